import styles from './card-appointments.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { clientAppointmentsQuery, nextVisitQuery } from '../../../entities/appointment/appointment-queries.ts';
import { describeWholeState } from '../../../entities/appointment/state-words.ts';
import { useAgendaChanges } from '../../../entities/appointment/use-agenda-changes.ts';
import { visitTypesQuery } from '../../../entities/clinic/clinic-queries.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { formatMoment, today } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { dayOf } from '../../../lib/wall-time.ts';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { CardPackages } from './card-packages.tsx';
import { ShowMore } from '../../../ui/show-more.tsx';

interface CardAppointmentsProps {
  readonly id: string;
  /** For whom nothing new is booked or agreed on. */
  readonly isArchived: boolean;
}

/** A client's appointments: those to come, and those that were. */
export function CardAppointments({ id, isArchived }: CardAppointmentsProps) {
  const { t } = useLingui();
  const query = useInfiniteQuery(clientAppointmentsQuery(id));
  useAgendaChanges();
  if (query.data === undefined)
    return query.error === null ? (
      <SkeletonRows rows={3} />
    ) : (
      <FailureState error={query.error} onRetry={() => void query.refetch()} />
    );
  const now = new Date(query.dataUpdatedAt).toISOString();
  const all = query.data.pages.flatMap((page) => page.items);
  const coming = all.filter(({ startAt }) => startAt >= now);
  const past = all.filter(({ startAt }) => startAt < now).reverse();
  if (all.length === 0)
    return (
      <>
        <p className={styles['nothing']}>
          {isArchived ? (
            <Trans>Nenhum atendimento.</Trans>
          ) : (
            <Trans>Nenhum atendimento ainda. O primeiro se marca em Agendar.</Trans>
          )}
        </p>
        <CardPackages clientId={id} isArchived={isArchived} />
      </>
    );
  return (
    <>
      <CardPackages clientId={id} isArchived={isArchived} />
      {coming.length > 0 && <Appointments title={t`Próximos`} appointments={coming} />}
      {past.length > 0 && <Appointments title={t`Anteriores`} appointments={past} />}
      <ShowMore list={query} />
    </>
  );
}

/** What the client comes for next. */
export function NextVisit({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { data, isError } = useQuery(nextVisitQuery(id, today(useClinicTimeZone())));
  useAgendaChanges();
  if (isError) return null;
  const title = t`Próximo atendimento`;
  if (data !== undefined && data.length > 0) return <Appointments title={title} appointments={data} />;
  return (
    <section className={styles['appointments']}>
      <h3 className={styles['title']}>{title}</h3>
      <p className={styles['none']}>{data !== undefined && <Trans>Nada marcado.</Trans>}</p>
    </section>
  );
}

interface AppointmentsProps {
  readonly title: string;
  readonly appointments: readonly AppointmentSummary[];
}

function Appointments({ title, appointments }: AppointmentsProps) {
  const { t } = useLingui();
  const { data: types } = useQuery(visitTypesQuery);
  const nameOf = useProfessionalNames();
  return (
    <section className={styles['appointments']}>
      <h3 className={styles['title']}>{title}</h3>
      <ul>
        {appointments.map((appointment) => {
          const { id, startAt, timeZone, localStart, visitType, status, session } = appointment;
          const facts = [
            types === undefined ? '' : (types.find(({ key }) => key === visitType)?.name ?? visitType),
            ...(session === null ? [] : [t`${session.number} de ${session.total}`]),
            nameOf(appointment.professionalId) ?? '',
            appointment.makeupOf === null ? '' : t`reposição`,
          ];
          return (
            <li key={id}>
              <Link
                to="/agenda"
                search={{ dia: dayOf(localStart), atendimento: id }}
                className={styles['appointment']}
                data-status={status}
              >
                <span className={styles['when']}>{formatMoment(startAt, timeZone)}</span>
                <span className={styles['state']}>{describeWholeState(appointment)}</span>
                <span className={styles['what']}>
                  {facts.filter((fact) => fact !== '').join(' · ')}
                  {appointment.owesMakeup && <span className={styles['owed']}>{t`reposição a marcar`}</span>}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
