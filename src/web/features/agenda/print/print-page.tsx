import styles from './print-page.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppointmentSummary } from '../../../../shared/contracts/agenda/appointments.ts';
import { windowQuery } from '../../../entities/appointment/appointment-queries.ts';
import { formatPhone } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { clockOf, dayOf } from '../../../lib/wall-time.ts';
import { getInitials } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { Page } from '../../../ui/page.tsx';
import { readAgendaAddress } from '../agenda-address.ts';
import { describeState } from '../appointment-words.ts';
import { nameLongDay } from '../day-words.ts';
import { type AgendaFrame, useAgendaFrame } from '../use-agenda-frame.ts';
import { useNow } from '../use-now.ts';
import { Loaded } from '../view-states.tsx';

/** How clients are called on paper, which others may see lying about. */
type Naming = 'names' | 'initials';

/** The day on paper: a sheet for each professional, with every appointment of the day. */
export function PrintPage() {
  const { t } = useLingui();
  const frame = useAgendaFrame();
  const now = useNow(frame.timeZone);
  const { dia: day = dayOf(now), profissional } = readAgendaAddress(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [naming, setNaming] = useState<Naming>('names');
  const query = useQuery(windowQuery({ from: day, to: day }));
  const chosen = frame.people.filter(({ id }) => profissional === undefined || id === profissional);
  const go = (change: { dia?: string; profissional?: string | undefined }): void => {
    const search = { dia: day, profissional, ...change };
    void navigate({ to: '/agenda/imprimir', search: readAgendaAddress(search), replace: true });
  };
  return (
    <Page
      title={t`Folha do dia`}
      parent={{ to: '/agenda', label: t`Agenda` }}
      primary={
        <Button
          variant="primary"
          icon={<IconPrinter size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            print();
          }}
        >
          <Trans>Imprimir</Trans>
        </Button>
      }
    >
      <div className={styles['choices']}>
        <TextField
          label={t`Dia`}
          type="date"
          value={day}
          onChange={(event) => {
            if (event.target.value !== '') go({ dia: event.target.value });
          }}
        />
        {frame.people.length > 1 && (
          <SelectField
            label={t`Profissional`}
            value={profissional ?? ''}
            onChange={(event) => {
              go({ profissional: event.target.value === '' ? undefined : event.target.value });
            }}
          >
            <option value="">{t`Todos os profissionais`}</option>
            {frame.people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label={t`Clientes`}
          value={naming}
          onChange={(event) => {
            setNaming(event.target.value as Naming);
          }}
        >
          <option value="names">{t`Com o nome`}</option>
          <option value="initials">{t`Só as iniciais`}</option>
        </SelectField>
      </div>
      <Loaded
        isLoading={query.isPending}
        error={query.error}
        hasData={query.data !== undefined}
        storedAt={query.data?.storedAt}
        timeZone={frame.timeZone}
        onRetry={() => void query.refetch()}
      >
        {chosen.map(({ id, name, signature }) => (
          <Sheet
            key={id}
            name={name}
            signature={signature}
            day={day}
            naming={naming}
            frame={frame}
            appointments={
              query.data?.items.filter(
                ({ professionalId, status }) => professionalId === id && status !== 'canceled',
              ) ?? []
            }
          />
        ))}
      </Loaded>
    </Page>
  );
}

interface SheetProps {
  readonly name: string;
  /** Council and specialty. */
  readonly signature: string;
  readonly day: string;
  readonly naming: Naming;
  readonly frame: AgendaFrame;
  readonly appointments: readonly AppointmentSummary[];
}

function Sheet({ name, signature, day, naming, frame, appointments }: SheetProps) {
  const me = useMe();
  return (
    <section className={styles['sheet']} aria-label={name}>
      <h2 className={styles['title']}>
        <span translate="no">{name}</span>
        <span className={styles['day']}>{nameLongDay(day)}</span>
      </h2>
      {signature !== '' && (
        <p className={styles['count']} translate="no">
          {signature}
        </p>
      )}
      <p className={styles['count']}>
        <span translate="no">{me.clinic.name}</span> ·{' '}
        <Plural value={appointments.length} _0="nada marcado" one="# atendimento" other="# atendimentos" />
      </p>
      {appointments.length > 0 && (
        <div className={styles['scroll']} tabIndex={0}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Hora</Trans>
                </th>
                <th scope="col">
                  <Trans>Cliente</Trans>
                </th>
                <th scope="col">
                  <Trans>Tipo</Trans>
                </th>
                <th scope="col">
                  <Trans>Situação</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {appointments.map((appointment) => (
                <tr key={appointment.id}>
                  <td className="tabular">
                    {clockOf(appointment.localStart)}–{clockOf(appointment.localEnd)}
                  </td>
                  <td translate="no">
                    {naming === 'names' ? <Named appointment={appointment} /> : getInitials(appointment.clientName)}
                  </td>
                  <td>{frame.describeType(appointment.visitType).name}</td>
                  <td>{describeState(appointment)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const Named = ({ appointment: { clientName, clientPhone } }: { readonly appointment: AppointmentSummary }) => (
  <>
    {clientName}
    {clientPhone !== null && <span className={styles['phone']}> {formatPhone(clientPhone)}</span>}
  </>
);
