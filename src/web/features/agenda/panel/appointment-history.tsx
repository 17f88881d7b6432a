import styles from './appointment-history.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import type {
  Appointment,
  AppointmentChange,
  AppointmentStatus,
} from '../../../../shared/contracts/agenda/appointments.ts';
import { statusLabels } from '../../../../shared/appointment-labels.ts';
import { formatMoment } from '../../../lib/format.ts';
import { describeStatus } from '../../../entities/appointment/state-words.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';

const isStatus = (value: unknown): value is AppointmentStatus =>
  typeof value === 'string' && Object.hasOwn(statusLabels, value);

const isMoment = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** What happened to an appointment: who, when, what; the latest first. */
export function AppointmentHistory({ appointment }: { readonly appointment: Appointment }) {
  const { timeZone } = useAgendaFrame();
  const describe = useChangeWords(timeZone);
  return (
    <details className={styles['history']}>
      <summary>
        <Trans>Histórico</Trans>
      </summary>
      <ol>
        {appointment.history.toReversed().map((change) => (
          <li key={change.version}>
            <span>{describe(change)}</span>
            <span className={styles['by']}>
              {change.by === null ? (
                <Trans>pelo link ou pelo sistema</Trans>
              ) : (
                <span translate="no">{change.by.name}</span>
              )}
              {' · '}
              {formatMoment(change.at, timeZone)}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function useChangeWords(timeZone: string): (change: AppointmentChange) => string {
  const { t } = useLingui();
  const names: Readonly<Record<AppointmentChange['action'], string>> = {
    create: t`Agendado`,
    update: t`Alterado`,
    move: t`Remarcado`,
    transition: t`Situação alterada`,
    shift: t`Dia atrasado`,
    series: t`Série alterada`,
    handOver: t`Passado a outro profissional`,
    import: t`Importado`,
    merge: t`Cadastros unidos`,
    delete: t`Excluído por engano`,
    answer: t`Resposta do cliente`,
  };
  return ({ action, changes }) => {
    const status = changes.find(({ field }) => field === 'status')?.to;
    if (action === 'transition' && isStatus(status)) return describeStatus(status);
    const state = action !== 'create' && isStatus(status) ? ` · ${describeStatus(status)}` : '';
    const start = changes.find(({ field }) => field === 'startAt');
    if (start !== undefined && isMoment(start.from) && isMoment(start.to))
      return `${names[action]}: ${formatMoment(start.from, timeZone)} → ${formatMoment(start.to, timeZone)}${state}`;
    const packaged = changes.find(({ field }) => field === 'packageId');
    if (action === 'update' && packaged !== undefined)
      return packaged.to === null ? t`Tirado do pacote` : t`Posto no pacote`;
    return names[action];
  };
}
