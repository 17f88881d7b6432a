import parts from './settings-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from '../../lib/query.ts';
import { toastFailure } from '../../ui/toast.tsx';
import { type PushState, readPushState, turnPushOff, turnPushOn } from './push-device.ts';
import { Switch } from './switch.tsx';

const stateQuery = {
  queryKey: ['me', 'push'],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => readPushState(signal),
};

/** Has this device tell its person that a client answered. */
export function AnswerNotices() {
  const { t } = useLingui();
  const { data: state } = useQuery(stateQuery);
  const turn = useMutation({
    mutationFn: (isOn: boolean) => (isOn ? turnPushOn() : turnPushOff()),
    onError: toastFailure,
    onSettled: () => queryClient.invalidateQueries({ queryKey: stateQuery.queryKey }),
  });
  const isOn = turn.isPending ? turn.variables : state === 'on';
  return (
    <fieldset className={parts['choices']}>
      <legend className={parts['choices-label']}>
        <Trans>Avisos</Trans>
      </legend>
      <Switch
        label={t`Avisar neste aparelho quando um cliente responder`}
        hint={<Hint state={state} />}
        isOn={isOn}
        disabled={turn.isPending || state === undefined || state === 'unsupported' || state === 'denied'}
        onChange={turn.mutate}
      />
    </fieldset>
  );
}

function Hint({ state }: { readonly state: PushState | undefined }): ReactNode {
  if (state === 'unsupported')
    return (
      <Trans>
        Este navegador não recebe avisos. No iPhone e no iPad, adicione o Acolhe à tela de início e abra-o por lá.
      </Trans>
    );
  if (state === 'denied')
    return (
      <Trans>
        Os avisos deste site estão bloqueados no navegador. Permita-os nas configurações do site e recarregue a página.
      </Trans>
    );
  return (
    <Trans>
      Quando alguém confirma, pede para cancelar ou pede outro horário pelo link. O aviso não diz quem nem quando,
      porque aparece também com a tela bloqueada.
    </Trans>
  );
}
