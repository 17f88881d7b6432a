import styles from './today-strip.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { clockOf } from '../../../lib/wall-time.ts';
import { TextButton } from '../../../ui/button.tsx';
import type { ViewProps } from '../view-props.ts';
import { summarizeToday } from './today-summary.ts';

interface TodayStripProps {
  readonly appointments: readonly AppointmentSummary[];
  readonly now: string;
  readonly onOpen: ViewProps['onOpen'];
}

/** Above today's columns: who is next, who has arrived, what is pending or unconfirmed. */
export function TodayStrip({ appointments, now, onOpen }: TodayStripProps) {
  const { t } = useLingui();
  const { next, arrived, pending, unconfirmed } = summarizeToday(appointments, now);
  const first = next[0];
  const facts = [
    arrived.length > 0 && (
      <span key="arrived" className={styles['arrived']}>
        <Plural value={arrived.length} one="# chegou" other="# chegaram" />
      </span>
    ),
    unconfirmed.length > 0 && (
      <span key="unconfirmed">
        <Plural value={unconfirmed.length} one="# a confirmar" other="# a confirmar" />
      </span>
    ),
    pending.length > 0 && (
      <span key="pending" className={styles['pending']}>
        <Plural value={pending.length} one="# a concluir" other="# a concluir" />
      </span>
    ),
  ].filter((fact) => fact !== false);
  if (appointments.length === 0) return null;
  return (
    <section className={styles['strip']} aria-label={t`Resumo de hoje`}>
      {first === undefined ? (
        <span>
          <Trans>Ninguém mais por vir hoje</Trans>
        </span>
      ) : (
        <span className={styles['next']}>
          <Trans>A seguir</Trans>
          <TextButton
            onClick={() => {
              onOpen(first);
            }}
          >
            <span className="tabular">{clockOf(first.localStart)}</span> <span translate="no">{first.clientName}</span>
          </TextButton>
        </span>
      )}
      {facts}
      <Link to="/hoje" className={styles['more']}>
        <Trans>Ver o dia</Trans>
      </Link>
    </section>
  );
}
