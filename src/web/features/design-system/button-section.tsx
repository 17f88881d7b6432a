import { Trans, useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconPencil, IconPhone, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, ButtonAnchor, ButtonLink, IconAnchor, IconButton, TextButton } from '../../ui/button.tsx';
import { Sample, Section } from './section.tsx';

const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;

/** Every button in every state. */
export function ButtonSection() {
  const { t } = useLingui();
  const names = { primary: t`Principal`, secondary: t`Comum`, quiet: t`Discreto`, danger: t`Perigo` };
  return (
    <Section
      id="botoes"
      title={t`Botões`}
      note={
        <Trans>
          Um botão é um verbo, e uma página tem um só botão principal. Passe o mouse para ver o realce e use a tecla Tab
          para ver o foco. Ocupado, guarda o tamanho e o foco e não aceita outro toque.
        </Trans>
      }
    >
      {variants.map((variant) => (
        <Sample key={variant} label={names[variant]}>
          <Button variant={variant}>
            <Trans>Salvar</Trans>
          </Button>
          <Button variant={variant} icon={<IconUserPlus size="1.25rem" aria-hidden="true" />}>
            <Trans>Com ícone</Trans>
          </Button>
          <Button variant={variant} busy>
            <Trans>Salvando…</Trans>
          </Button>
          <Button variant={variant} disabled>
            <Trans>Indisponível</Trans>
          </Button>
        </Sample>
      ))}
      <Sample label={t`Só ícone`}>
        <IconButton label={t`Editar`} icon={<IconPencil aria-hidden="true" />} />
        <IconButton label={t`Editar com borda`} icon={<IconPencil aria-hidden="true" />} variant="secondary" />
        <IconButton label={t`Editar indisponível`} icon={<IconPencil aria-hidden="true" />} disabled />
      </Sample>
      <Sample label={t`Endereços com cara de botão`}>
        <ButtonLink to="/clientes">
          <Trans>Ir para os clientes</Trans>
        </ButtonLink>
        <ButtonAnchor href="tel:+5511987654321" icon={<IconPhone size="1.25rem" aria-hidden="true" />}>
          <Trans>Ligar</Trans>
        </ButtonAnchor>
        <ButtonAnchor variant="quiet" href="tel:+5511987654321" icon={<IconPhone size="1.25rem" aria-hidden="true" />}>
          <Trans>Ligar, discreto</Trans>
        </ButtonAnchor>
        <IconAnchor label={t`WhatsApp`} href="tel:+5511987654321" icon={<IconBrandWhatsapp aria-hidden="true" />} />
        <IconAnchor
          label={t`WhatsApp com borda`}
          href="tel:+5511987654321"
          icon={<IconBrandWhatsapp aria-hidden="true" />}
          variant="secondary"
        />
      </Sample>
      <Sample label={t`Dentro de um aviso`}>
        <TextButton>
          <Trans>Atualizar</Trans>
        </TextButton>
      </Sample>
      <Sample label={t`Na largura toda, e um que trabalha`}>
        <BusyButton />
      </Sample>
    </Section>
  );
}

/** Shows the change from ready to busy and back. */
function BusyButton() {
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      variant="primary"
      wide
      busy={isBusy}
      onClick={() => {
        setBusy(true);
        setTimeout(() => {
          setBusy(false);
        }, 2000);
      }}
    >
      {isBusy ? <Trans>Salvando…</Trans> : <Trans>Salvar por dois segundos</Trans>}
    </Button>
  );
}
