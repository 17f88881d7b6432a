import { Trans, useLingui } from '@lingui/react/macro';
import { deviceTimeZone, formatMoment } from '../../lib/format.ts';
import type { Problem } from '../../../shared/problem.ts';

/** The kind of device that ended the session, as far as the server tells. */
function useDeviceKind(kind: unknown): string {
  const { t } = useLingui();
  switch (kind) {
    case 'phone':
      return t`um celular`;
    case 'tablet':
      return t`um tablet`;
    case 'computer':
      return t`um computador`;
    default:
      return t`outro aparelho`;
  }
}

/** Says why a session ended, from `reason`, `endedAt` and `endedBy` of the server's `session_ended` problem. */
export function EndReason({ problem }: { readonly problem: Problem }) {
  const device = useDeviceKind(problem['endedBy']);
  const { endedAt } = problem;
  const when = typeof endedAt === 'string' ? formatMoment(endedAt, deviceTimeZone()) : '';
  switch (problem['reason']) {
    case 'device_limit':
      return (
        <Trans>
          Você entrou por {device} ({when}) e alcançou o limite de aparelhos. Por isso, este foi desconectado.
        </Trans>
      );
    case 'ended_by_owner':
      return (
        <Trans>
          Você desconectou este aparelho a partir de {device} ({when}).
        </Trans>
      );
    case 'ended_by_administrator':
      return <Trans>A administração da clínica desconectou este aparelho ({when}).</Trans>;
    case 'token_reuse':
      return <Trans>Por segurança, encerramos esta sessão: o acesso dela apareceu em outro lugar.</Trans>;
    case 'deactivated':
      return <Trans>Seu acesso a esta clínica foi desativado. Fale com a administração.</Trans>;
    case 'clinic_suspended':
      return (
        <Trans>O acesso desta clínica foi suspenso. Os dados estão guardados. Fale com quem hospeda o sistema.</Trans>
      );
    case 'entry_over':
      return <Trans>O acesso registrado de quem hospeda o sistema terminou.</Trans>;
    default:
      return <Trans>Seu acesso venceu, por segurança.</Trans>;
  }
}
