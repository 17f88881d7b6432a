import { Trans, useLingui } from '@lingui/react/macro';
import { IconDotsVertical, IconPencil, IconPhone, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { Sample, Section } from './section.tsx';

type Kind = 'dialog' | 'panel' | 'form' | 'alert';

/** What opens over the page: menus, dialogs, toasts. */
export function LayerSection() {
  const { t } = useLingui();
  const [open, setOpen] = useState<Kind>();
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <Section
      id="camadas"
      title={t`O que se abre por cima`}
      note={
        <Trans>
          Fecham com Voltar, Esc, um toque fora e o botão; o foco entra e volta para onde estava. No celular, um diálogo
          é uma página inteira.
        </Trans>
      }
    >
      <Sample label={t`Menu`}>
        <SampleMenu />
      </Sample>
      <Sample label={t`Diálogos`}>
        {(['dialog', 'panel', 'form', 'alert'] as const).map((kind) => (
          <Button
            key={kind}
            onClick={() => {
              setOpen(kind);
            }}
          >
            {
              {
                dialog: t`Abrir diálogo`,
                panel: t`Abrir painel`,
                form: t`Abrir formulário`,
                alert: t`Abrir pergunta`,
              }[kind]
            }
          </Button>
        ))}
      </Sample>
      <Sample label={t`Avisos`}>
        <Button
          onClick={() => {
            toast({ message: t`Convite enviado.` });
          }}
        >
          <Trans>Mostrar aviso</Trans>
        </Button>
        <Button
          onClick={() => {
            toast({ message: t`Cliente arquivado.`, action: { label: t`Desfazer`, onPress: () => undefined } });
          }}
        >
          <Trans>Mostrar aviso com volta</Trans>
        </Button>
      </Sample>
      {open === 'form' && <SampleForm onClose={close} />}
      {open === 'alert' && <SampleAlert onClose={close} />}
      {(open === 'dialog' || open === 'panel') && <SampleDialog kind={open} onClose={close} />}
    </Section>
  );
}

function SampleMenu() {
  const { t } = useLingui();
  return (
    <Menu
      label={t`Ações`}
      heading={t`Maria Gonçalves`}
      items={[
        { label: t`Ligar`, icon: <IconPhone aria-hidden="true" />, href: 'tel:+5511987654321' },
        { label: t`Editar`, icon: <IconPencil aria-hidden="true" /> },
        { label: t`Arquivar`, icon: <IconTrash aria-hidden="true" />, danger: true },
      ]}
      trigger={(links) => (
        <IconButton
          label={t`Mais ações`}
          icon={<IconDotsVertical aria-hidden="true" />}
          variant="secondary"
          {...links}
        />
      )}
    />
  );
}

function SampleDialog({ kind, onClose }: { readonly kind: 'dialog' | 'panel'; readonly onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      label={kind === 'dialog' ? t`Um diálogo` : t`Um painel`}
      kind={kind}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button variant="primary" onClick={onClose}>
            <Trans>Salvar</Trans>
          </Button>
        </>
      }
    >
      <TextField label={t`Nome`} data-autofocus="" />
    </Dialog>
  );
}

/** A form in a dialog: sending it takes a moment and is refused, as the words below it say. */
function SampleForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [isRefused, setRefused] = useState(false);
  return (
    <FormDialog
      label={t`Um formulário`}
      isBusy={isBusy}
      failure={isRefused ? t`Não foi possível salvar agora. Tente de novo em instantes.` : undefined}
      onSubmit={() => {
        setBusy(true);
        setRefused(false);
        setTimeout(() => {
          setBusy(false);
          setRefused(true);
        }, 1000);
      }}
      onClose={onClose}
    >
      <TextField label={t`Nome`} data-autofocus="" />
      <TextField label={t`Motivo`} optional />
    </FormDialog>
  );
}

function SampleAlert({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      label={t`Arquivar Maria Gonçalves?`}
      kind="alert"
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button variant="danger" onClick={onClose}>
            <Trans>Arquivar</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>O cadastro sai da lista e pode voltar quando você quiser.</Trans>
      </p>
    </Dialog>
  );
}
