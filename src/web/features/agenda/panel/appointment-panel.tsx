import styles from './appointment-panel.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBrandWhatsapp, IconMessage, IconPhone, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { mayFor } from '../../../../shared/permissions.ts';
import { appointmentQuery } from '../../../entities/appointment/appointment-queries.ts';
import { describeWholeState } from '../../../entities/appointment/state-words.ts';
import { callLink, whatsappLink } from '../../../entities/client/client-links.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { useMe } from '../../../lib/me.ts';
import { clockOf, dayOf, minutesSince } from '../../../lib/wall-time.ts';
import { Button, ButtonAnchor } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useLeaveGuard } from '../../../ui/leave-guard.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { readAgendaAddress } from '../agenda-address.ts';
import { describeLength } from '../appointment-words.ts';
import { nameLongDay } from '../day-words.ts';
import { StatusIcon } from '../status-icon.tsx';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { AppointmentActions } from './appointment-actions.tsx';
import { AppointmentHistory } from './appointment-history.tsx';
import { AppointmentNotes } from './appointment-notes.tsx';
import { AppointmentPackage } from './appointment-package.tsx';
import { ClientGlance } from './client-glance.tsx';
import { Matches } from './matches.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { needsNewConfirmation } from './needs-confirmation.ts';
import { type Notes, useNotes } from './use-notes.ts';

interface PanelProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One appointment: when, who, what state, and what can be done with it. */
export function AppointmentPanel({ id, onClose }: PanelProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(appointmentQuery(id));
  if (data === undefined)
    return (
      <Dialog kind="panel" label={t`Atendimento`} onClose={onClose}>
        {error === null ? (
          <SkeletonRows rows={4} />
        ) : (
          <FailureState error={error} title={t`Não foi possível abrir o atendimento`} onRetry={() => void refetch()} />
        )}
      </Dialog>
    );
  return <OpenPanel key={id} appointment={data} onClose={onClose} />;
}

interface OpenPanelProps {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}

function OpenPanel({ appointment, onClose }: OpenPanelProps) {
  const notes = useNotes(appointment);
  const { leave, question } = useLeaveGuard({
    wouldLose: notes.wouldLose,
    onDiscard: notes.discard,
    // The agenda's address names the open appointment: Back takes it out.
    isLeft: (from, to) =>
      from.pathname !== to.pathname || (isNamed(from.search, appointment) && !isNamed(to.search, appointment)),
  });
  return (
    <Dialog
      kind="panel"
      label={appointment.clientName}
      translate="no"
      onClose={() => {
        leave(onClose);
      }}
    >
      <Content appointment={appointment} notes={notes} onClose={onClose} />
      {question}
    </Dialog>
  );
}

const isNamed = (search: object, { id }: Appointment): boolean => readAgendaAddress({ ...search }).atendimento === id;

function Content({ appointment, notes, onClose }: OpenPanelProps & { readonly notes: Notes }) {
  const me = useMe();
  const { mayWrite } = useAgendaFrame();
  const { professionalId, clientId, status } = appointment;
  const mayReadNotes = mayFor({ ...me, professionalId: me.id }, 'agenda.notes', professionalId, clientId);
  return (
    <div className={styles['panel']}>
      <ClientGlance client={appointment.client} />
      <Facts appointment={appointment} />
      <Wish appointment={appointment} />
      {mayWrite && needsNewConfirmation(appointment) && <ConfirmAgain appointment={appointment} />}
      {mayWrite && <AppointmentActions appointment={appointment} onClose={onClose} />}
      <Contact appointment={appointment} />
      {mayWrite && <AppointmentPackage appointment={appointment} />}
      {status === 'canceled' && mayWrite && <Matches appointment={appointment} />}
      {mayReadNotes && <AppointmentNotes notes={notes} />}
      <AppointmentHistory appointment={appointment} />
    </div>
  );
}

function Facts({ appointment }: { readonly appointment: Appointment }) {
  const { t } = useLingui();
  const { describeType, rooms } = useAgendaFrame();
  const nameOf = useProfessionalNames();
  const { localStart, localEnd, status, pending, session, title, overlap, cancellation } = appointment;
  const day = dayOf(localStart);
  const length = describeLength(minutesSince(day, localEnd) - minutesSince(day, localStart));
  const room = rooms.find(({ id }) => id === appointment.roomId)?.name;
  const type = describeType(appointment.visitType).name;
  const place = [room, appointment.location].filter((part) => part !== undefined && part !== null).join(' · ');
  return (
    <div className={styles['facts']}>
      <p className={styles['moment']}>
        {nameLongDay(day)}
        <span className={styles['clock']}>
          {clockOf(localStart)}–{clockOf(localEnd)}
        </span>
      </p>
      <p className={styles['state']} data-status={status} data-pending={pending ? '' : undefined}>
        <StatusIcon status={status} size="1.25em" />
        {describeWholeState(appointment)}
      </p>
      <p>
        {[type, title, length].filter((part) => part !== null).join(' · ')}
        {session !== null && ` · ${t`sessão ${session.number} de ${session.total}`}`}
      </p>
      <p translate="no">{nameOf(appointment.professionalId)}</p>
      {place !== '' && <p>{place}</p>}
      {overlap !== null && (
        <p>
          <Trans>Encaixe: {overlap.reason}</Trans>
        </p>
      )}
      {cancellation?.reason != null && (
        <p>
          <Trans>Motivo: {cancellation.reason}</Trans>
        </p>
      )}
      {appointment.seriesId !== null && (
        <p>
          <Trans>Faz parte de uma série.</Trans>
        </p>
      )}
      {appointment.makeupOf !== null && (
        <p>
          <Trans>É a reposição de um atendimento que não houve.</Trans>
        </p>
      )}
      {appointment.owesMakeup && (
        <p className={styles['owed']}>
          <Trans>Há uma reposição a marcar.</Trans>
        </p>
      )}
    </div>
  );
}

/** What the client asked for by the link of a message: the clinic decides. */
function Wish({ appointment: { clientAnswer, status } }: { readonly appointment: Appointment }) {
  if (clientAnswer === null || clientAnswer === 'confirm' || status === 'canceled') return null;
  return (
    <p className={styles['wish']} role="note">
      {clientAnswer === 'cancel' ? (
        <Trans>O cliente pediu para cancelar pelo link. Cancele ou fale com ele.</Trans>
      ) : (
        <Trans>O cliente pediu outro horário pelo link. Remarque ou fale com ele.</Trans>
      )}
    </p>
  );
}

/** A confirmation was for the time before: the message goes out again. */
function ConfirmAgain({ appointment }: { readonly appointment: Appointment }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles['wish']} role="note">
      <p>
        <Trans>Estava confirmado para o horário de antes. Peça a confirmação do novo.</Trans>
      </p>
      <Button
        icon={<IconMessage size="1.25rem" aria-hidden="true" />}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Trans>Pedir confirmação</Trans>
      </Button>
      {isOpen && (
        <MessageDialog
          appointment={appointment}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

function Contact({ appointment: { clientId, clientPhone } }: { readonly appointment: Appointment }) {
  return (
    <p className={styles['contact']}>
      <Link to="/clientes/$id" params={{ id: clientId }} className={styles['card-link']}>
        <IconUser size="1.25rem" aria-hidden="true" />
        <Trans>Abrir ficha</Trans>
      </Link>
      {clientPhone !== null && (
        <>
          <ButtonAnchor
            variant="quiet"
            href={whatsappLink(clientPhone)}
            target="_blank"
            rel="noreferrer"
            icon={<IconBrandWhatsapp size="1.25rem" aria-hidden="true" />}
          >
            <Trans>WhatsApp</Trans>
          </ButtonAnchor>
          <ButtonAnchor
            variant="quiet"
            href={callLink(clientPhone)}
            icon={<IconPhone size="1.25rem" aria-hidden="true" />}
          >
            <Trans>Ligar</Trans>
          </ButtonAnchor>
        </>
      )}
    </p>
  );
}
