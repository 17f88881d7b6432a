import styles from './list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Holiday } from '../../../shared/contracts/agenda/availability.ts';
import { may } from '../../../shared/permissions.ts';
import { refreshAgenda } from '../../entities/appointment/appointment-queries.ts';
import { clinicQuery, refreshClinic } from '../../entities/clinic/clinic-queries.ts';
import { api } from '../../lib/api.ts';
import { formatDay, today } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { toastFailure } from '../../ui/toast.tsx';
import { HolidayDialog } from './holiday-dialog.tsx';
import { Section } from './settings-layout.tsx';

const holidaysQuery = (year: number) => ({
  queryKey: ['clinic', 'holidays', year],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly Holiday[]> =>
    (await api('GET /holidays', { query: { year }, signal })).body.items,
});

async function refreshHolidays(): Promise<void> {
  await refreshClinic();
  await queryClient.invalidateQueries({ queryKey: ['clinic', 'holidays'] });
  await refreshAgenda();
}

/** The holidays of a year: national and state ones close; optional ones by choice, municipal ones by hand. */
export function Holidays() {
  const { t } = useLingui();
  const { role } = useMe();
  const thisYear = Number(today(useClinicTimeZone()).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [isAdding, setAdding] = useState(false);
  const { data = [] } = useQuery(holidaysQuery(year));
  const mayManage = may(role, 'clinic.manage');
  return (
    <Section title={t`Feriados`}>
      <SelectField
        label={t`Ano`}
        value={year}
        onChange={(event) => {
          setYear(Number(event.target.value));
        }}
      >
        {[thisYear, thisYear + 1, thisYear + 2].map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </SelectField>
      <ul className={styles['list']}>
        {data.map((holiday) => (
          <HolidayRow key={holiday.id} holiday={holiday} mayManage={mayManage} />
        ))}
      </ul>
      {mayManage && (
        <div>
          <Button
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setAdding(true);
            }}
          >
            <Trans>Novo feriado municipal</Trans>
          </Button>
        </div>
      )}
      {isAdding && (
        <HolidayDialog
          onSaved={() => void refreshHolidays()}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Section>
  );
}

function HolidayRow({ holiday, mayManage }: { readonly holiday: Holiday; readonly mayManage: boolean }) {
  const { t } = useLingui();
  const { data } = useQuery(clinicQuery);
  const { id, date, name, kind, closed } = holiday;
  const kinds: Readonly<Record<Holiday['kind'], string>> = {
    national: t`nacional`,
    state: t`estadual`,
    optional: t`facultativo`,
    municipal: t`municipal`,
  };
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      toastFailure(error);
    } finally {
      await refreshHolidays();
    }
  };
  const toggle = (): void => {
    if (data === undefined) return;
    const { optionalHolidays } = data.clinic;
    const next = closed ? optionalHolidays.filter((each) => each !== name) : [...optionalHolidays, name];
    void run(() => api('PATCH /clinic', { body: { optionalHolidays: next }, headers: { 'if-match': data.etag } }));
  };
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['note']}>
          {formatDay(`${date}T12:00:00Z`, 'UTC')} · {kinds[kind]}
        </span>
      </span>
      <Badge tone={closed ? 'neutral' : 'success'}>{closed ? t`Fechado` : t`Aberto`}</Badge>
      {mayManage && kind === 'optional' && (
        <Button variant="quiet" aria-label={closed ? t`Abrir em ${name}` : t`Fechar em ${name}`} onClick={toggle}>
          {closed ? t`Abrir` : t`Fechar`}
        </Button>
      )}
      {mayManage && kind === 'municipal' && (
        <IconButton
          label={t`Tirar ${name}`}
          icon={<IconTrash aria-hidden="true" />}
          onClick={() => void run(() => api('DELETE /holidays/{id}', { params: { id } }))}
        />
      )}
    </li>
  );
}
