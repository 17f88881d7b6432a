import parts from './sample-parts.module.css';
import styles from './palette-section.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { Section } from './section.tsx';

const schemes = ['light', 'dark'] as const;
const accents = ['teal', 'indigo', 'rose', 'amber'] as const;

/** The eight palettes side by side, each with samples of its colours. */
export function PaletteSection() {
  const { t } = useLingui();
  const schemeNames = { light: t`Claro`, dark: t`Escuro` };
  const accentNames = { teal: t`Verde-água`, indigo: t`Índigo`, rose: t`Rosa`, amber: t`Âmbar` };
  return (
    <Section
      id="cores"
      title={t`Cores`}
      note={
        <Trans>
          Um fundo neutro e quente, e uma só cor viva, para a ação principal e para o que está escolhido. Todo texto tem
          contraste de pelo menos 4,5:1, e o que se lê mais, de 7:1.
        </Trans>
      }
    >
      <ul className={styles['palettes']}>
        {schemes.flatMap((scheme) =>
          accents.map((accent) => (
            <li key={`${scheme} ${accent}`} className="palette" data-scheme={scheme} data-accent={accent}>
              <Palette name={`${schemeNames[scheme]}, ${accentNames[accent]}`} />
            </li>
          )),
        )}
      </ul>
    </Section>
  );
}

function Palette({ name }: { readonly name: string }) {
  return (
    <>
      <Wordmark size="1.25rem" />
      <h3 className={parts['sample-label']}>{name}</h3>
      <p className={styles['palette-person']}>
        <Avatar name={name} size="2.25rem" />
        <span>
          <mark>Mari</mark>
          <Trans>a Gonçalves</Trans>
        </span>
      </p>
      <p className={styles['palette-words']}>
        <span className={styles['palette-chip']}>
          <Trans>escolhido</Trans>
        </span>
        <span className={styles['palette-danger']}>
          <Trans>erro</Trans>
        </span>
        <span className={styles['palette-success']}>
          <Trans>certo</Trans>
        </span>
        <span className={styles['palette-warning']}>
          <Trans>atenção</Trans>
        </span>
      </p>
      <p className={styles['palette-parts']}>
        <Button variant="primary">
          <Trans>Salvar</Trans>
        </Button>
        <Button variant="quiet">
          <Trans>Cancelar</Trans>
        </Button>
      </p>
    </>
  );
}
