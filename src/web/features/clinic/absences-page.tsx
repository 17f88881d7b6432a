import styles from './list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { TimeOff } from '../../../shared/contracts/agenda/availability.ts';
import { mayFor, may } from '../../../shared/permissions.ts';
import { refreshAgenda } from '../../entities/appointment/appointment-queries.ts';
import { useProfessionalNames } from '../../entities/professional/professional-queries.ts';
import { api } from '../../lib/api.ts';
import { formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { toastFailure } from '../../ui/toast.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import { Holidays } from './holidays.tsx';
import { Section, SettingsLayout } from './settings-layout.tsx';

const timeOffQuery = {
  queryKey: ['clinic', 'time-off'],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly TimeOff[]> =>
    (await api('GET /time-off', { signal })).body.items,
};

/** Reads absences again, and the free times that follow from them. */
function refreshAbsences(): void {
  void queryClient.invalidateQueries({ queryKey: timeOffQuery.queryKey });
  void refreshAgenda();
}

/** Absences of hours or weeks, and the holidays on which the clinic is closed. */
export function AbsencesPage() {
  const { t } = useLingui();
  const query = useQuery(timeOffQuery);
  const [isAdding, setAdding] = useState(false);
  return (
    <SettingsLayout title={t`Ausências e feriados`} query={query}>
      <Section
        title={t`Ausências`}
        note={<Trans>Férias, um congresso, uma tarde fora. Nada é oferecido neste tempo.</Trans>}
      >
        {query.data?.length === 0 && (
          <p>
            <Trans>Nenhuma ausência marcada.</Trans>
          </p>
        )}
        <ul className={styles['list']}>
          {query.data?.map((absence) => (
            <AbsenceRow key={absence.id} absence={absence} />
          ))}
        </ul>
        <div>
          <Button
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setAdding(true);
            }}
          >
            <Trans>Nova ausência</Trans>
          </Button>
        </div>
      </Section>
      <Holidays />
      {isAdding && (
        <AbsenceDialog
          onSaved={refreshAbsences}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </SettingsLayout>
  );
}

function AbsenceRow({ absence }: { readonly absence: TimeOff }) {
  const { t } = useLingui();
  const me = useMe();
  const timeZone = useClinicTimeZone();
  const nameOf = useProfessionalNames();
  const { id, professionalId, startAt, endAt, reason } = absence;
  const mayRemove =
    professionalId === null
      ? may(me.role, 'clinic.manage')
      : mayFor({ ...me, professionalId: me.id }, 'agenda.hours', professionalId);
  const who = professionalId === null ? t`Toda a clínica` : (nameOf(professionalId) ?? '');
  const remove = async (): Promise<void> => {
    try {
      await api('DELETE /time-off/{id}', { params: { id } });
    } catch (error) {
      toastFailure(error);
    } finally {
      refreshAbsences();
    }
  };
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>{who}</span>
        <span className={styles['note']}>
          {formatMoment(startAt, timeZone)} – {formatMoment(endAt, timeZone)}
          {reason !== null && ` · ${reason}`}
        </span>
      </span>
      {mayRemove && (
        <IconButton
          label={t`Tirar a ausência de ${who}`}
          icon={<IconTrash aria-hidden="true" />}
          onClick={() => void remove()}
        />
      )}
    </li>
  );
}
