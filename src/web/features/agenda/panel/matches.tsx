import styles from './matches.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconBrandWhatsapp, IconCalendarPlus } from '@tabler/icons-react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { agendaKeys } from '../../../entities/appointment/appointment-queries.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { api } from '../../../lib/api.ts';
import { Button, ButtonAnchor } from '../../../ui/button.tsx';

/** Who waits for a time like the one that became free. Nothing is held: the first booking wins. */
export function Matches({ appointment }: { readonly appointment: Appointment }) {
  const { t } = useLingui();
  const { data = [] } = useQuery({
    queryKey: [...agendaKeys.one, appointment.id, 'matches'],
    queryFn: async ({ signal }) =>
      (await api('GET /waiting-list/matches', { query: { appointmentId: appointment.id }, signal })).body.items,
  });
  if (data.length === 0) return null;
  const { professionalId, localStart, visitType } = appointment;
  return (
    <section className={styles['matches']} aria-label={t`Quem espera por um horário assim`}>
      <h3>
        <Trans>Quem espera por um horário assim</Trans>
      </h3>
      <ul>
        {data.map(({ id, clientId, clientName, whatsappUrl, note }) => (
          <li key={id}>
            <span className={styles['who']}>
              <span translate="no">{clientName}</span>
              {note !== null && <span className={styles['note']}>{note}</span>}
            </span>
            {whatsappUrl !== null && (
              <ButtonAnchor
                href={whatsappUrl}
                target="_blank"
                rel="noreferrer"
                icon={<IconBrandWhatsapp size="1.25rem" aria-hidden="true" />}
              >
                <Trans>Oferecer</Trans>
              </ButtonAnchor>
            )}
            <Button
              icon={<IconCalendarPlus size="1.25rem" aria-hidden="true" />}
              onClick={() => {
                openBooking({ client: { id: clientId, name: clientName }, professionalId, localStart, visitType });
              }}
            >
              <Trans>Agendar</Trans>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
