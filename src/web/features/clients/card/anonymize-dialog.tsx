import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { fullName } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import { anonymizeClient } from '../client-changes.ts';

interface AnonymizeDialogProps {
  readonly client: Client;
  readonly onClose: () => void;
}

/** Asks before a record loses for good what tells who it is about. */
export function AnonymizeDialog({ client, onClose }: AnonymizeDialogProps) {
  const { t } = useLingui();
  const name = fullName(client);
  const act = useMutation({
    mutationFn: () => anonymizeClient(client.id),
    onSuccess: () => {
      onClose();
      toast({ message: t`O cadastro não diz mais de quem é.` });
    },
  });
  return (
    <Dialog
      kind="alert"
      role="alertdialog"
      label={t`Tornar anônimo o cadastro de ${name}?`}
      onClose={onClose}
      footer={
        <>
          <Button
            variant="danger"
            busy={act.isPending}
            onClick={() => {
              act.mutate();
            }}
          >
            <Trans>Tornar anônimo</Trans>
          </Button>
          <Button variant="primary" data-autofocus="" onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          Nome, documentos, contatos, endereço exato e anotações somem para sempre, também do histórico. Ficam a cidade,
          o ano de nascimento e as datas. Não dá para desfazer.
        </Trans>
      </p>
      <p>
        <Trans>Antes de 20 anos do último registro, a lei pede que ele fique como está (Lei 13.787/2018).</Trans>
      </p>
      {act.isError && <p role="alert">{failureText(act.error)}</p>}
    </Dialog>
  );
}
