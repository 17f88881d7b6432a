import parts from './person-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { Verbatim } from '../../ui/verbatim.tsx';
import { Failure } from '../../ui/failure.tsx';
import { invitePersonAgain } from './professionals-api.ts';

/** Sends the invitation again to somebody who has not signed in yet. */
export function InviteAgain({ person }: { readonly person: Professional }) {
  const { t } = useLingui();
  const { id, email } = person;
  const send = useMutation({
    mutationFn: () => invitePersonAgain(id),
    onSuccess: () => {
      toast({ message: t`Convite enviado de novo para ${email}.` });
    },
  });
  return (
    <>
      <p className={parts['person-note']}>
        <Trans>
          O convite foi para <Verbatim>{email}</Verbatim>. Ainda não houve nenhuma entrada com este e-mail.
        </Trans>
      </p>
      <Failure error={send.error} />
      <div>
        <Button
          busy={send.isPending}
          onClick={() => {
            send.mutate();
          }}
        >
          <Trans>Reenviar convite</Trans>
        </Button>
      </div>
    </>
  );
}
