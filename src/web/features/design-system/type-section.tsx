import styles from './type-section.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { FormattedText } from '../../ui/formatted-text.tsx';
import { Section, Sample } from './section.tsx';

const sizes = [34, 26, 20, 17, 15, 13] as const;

/** The text sizes, and aligned numbers. */
export function TypeSection() {
  const { t } = useLingui();
  return (
    <Section
      id="letras"
      title={t`Letras`}
      note={
        <Trans>
          Figtree, servida por nós. O texto corrido tem 15 pontos no computador e 17 no celular, e cresce com o tamanho
          escolhido e com o zoom.
        </Trans>
      }
    >
      <Sample label={t`Tamanhos`}>
        <ul className={styles['type-scale']}>
          {sizes.map((size) => (
            <li key={size} data-size={size}>
              <span className="tabular">{size}</span> <Trans>Ação, coração, pé e mão</Trans>
            </li>
          ))}
        </ul>
      </Sample>
      <Sample label={t`Números que se alinham`}>
        <ul className="tabular">
          <li>(11) 98765-4321</li>
          <li>(21) 91111-1111</li>
          <li>529.982.247-25</li>
        </ul>
      </Sample>
      <Sample label={t`Texto que a clínica escreve`}>
        <FormattedText level={4} text={t`# Um título\nUm parágrafo.\n- Um item\n- Outro item`} />
      </Sample>
    </Section>
  );
}
