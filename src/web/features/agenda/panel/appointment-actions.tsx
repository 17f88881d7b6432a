import styles from './appointment-actions.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconCalendarPlus, IconDotsVertical, IconMessage, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import { removeAppointment } from '../change-appointment.ts';
import { StatusIcon } from '../status-icon.tsx';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { useNow } from '../use-now.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { MissDialog } from './miss-dialog.tsx';
import { RescheduleDialog } from './reschedule-dialog.tsx';
import { findStateBefore, listActions, type StatusAction, targets } from './status-actions.ts';
import { useStatusChange } from './use-status-change.tsx';

type Open = 'cancel' | 'miss' | 'reschedule' | 'message';

interface ActionsProps {
  readonly appointment: Appointment;
  readonly onClose: () => void;
}

/** What can be done with an appointment: its next states, moving, canceling, and the rest in a menu. */
export function AppointmentActions({ appointment, onClose }: ActionsProps) {
  const { t } = useLingui();
  const { timeZone } = useAgendaFrame();
  const now = useNow(timeZone);
  const { change, changeWithUndo, isBusy, dialog } = useStatusChange();
  const [open, setOpen] = useState<Open>();
  const close = (): void => {
    setOpen(undefined);
  };
  const names: Readonly<Record<StatusAction, string>> = {
    confirm: t`Confirmar`,
    arrive: t`Chegou`,
    start: t`Iniciar`,
    finish: t`Concluir`,
    miss: t`Faltou`,
    cancel: t`Cancelar`,
    reschedule: t`Remarcar`,
    takeBack:
      {
        confirmed: t`Desfazer a confirmação`,
        arrived: t`Desfazer a chegada`,
        inProgress: t`Desfazer o início`,
      }[appointment.status as string] ?? t`Voltar a agendado`,
  };
  const actions = listActions(appointment, now);
  const run = (action: StatusAction): void => {
    const to = targets[action];
    if (action === 'miss') setOpen('miss');
    else if (action === 'takeBack')
      void change(appointment, { to: findStateBefore(appointment), from: appointment.status });
    else if (to !== undefined) void changeWithUndo(appointment, to);
    else if (action === 'reschedule' && isFinal(appointment)) bookAgain(appointment);
    else setOpen(action === 'cancel' ? 'cancel' : 'reschedule');
  };
  return (
    <div className={styles['actions']} role="group" aria-label={t`Ações do atendimento`}>
      {actions.map((action, index) => {
        const to = targets[action];
        return (
          <Button
            key={action}
            variant={index === 0 && to !== undefined ? 'primary' : 'secondary'}
            icon={
              action === 'takeBack' ? (
                <IconArrowBackUp size="1.25rem" aria-hidden="true" />
              ) : (
                to !== undefined && <StatusIcon status={to} size="1.25rem" />
              )
            }
            busy={isBusy && index === 0}
            onClick={() => {
              if (!isBusy) run(action);
            }}
          >
            {names[action]}
          </Button>
        );
      })}
      {appointment.owesMakeup && <MakeupButton appointment={appointment} />}
      <MoreActions
        appointment={appointment}
        onMessage={() => {
          setOpen('message');
        }}
        onClose={onClose}
      />
      {open === 'cancel' && <CancelDialog appointment={appointment} onClose={close} />}
      {open === 'miss' && <MissDialog appointment={appointment} onClose={close} />}
      {open === 'reschedule' && <RescheduleDialog appointment={appointment} onClose={close} />}
      {open === 'message' && <MessageDialog appointment={appointment} onClose={close} />}
      {dialog}
    </div>
  );
}

const isFinal = ({ status }: Appointment): boolean => status === 'canceled' || status === 'noShow';

/** What was canceled or missed stays as it is: its client gets another appointment. */
function bookAgain({ clientId, clientName, professionalId, visitType }: Appointment): void {
  openBooking({ client: { id: clientId, name: clientName }, professionalId, visitType });
}

function MakeupButton({ appointment }: { readonly appointment: Appointment }) {
  const { id, clientId, clientName, professionalId, visitType } = appointment;
  return (
    <Button
      icon={<IconCalendarPlus size="1.25rem" aria-hidden="true" />}
      onClick={() => {
        openBooking({ client: { id: clientId, name: clientName }, professionalId, visitType, makeupOf: id });
      }}
    >
      <Trans>Marcar reposição</Trans>
    </Button>
  );
}

function MoreActions({ appointment, onMessage, onClose }: ActionsProps & { readonly onMessage: () => void }) {
  const { t } = useLingui();
  const remove = async (): Promise<void> => {
    try {
      await removeAppointment(appointment);
      onClose();
      toast({ message: t`Atendimento excluído da agenda. Ninguém foi avisado.` });
    } catch (error) {
      toastFailure(error);
    }
  };
  const isComing = appointment.status === 'scheduled' || appointment.status === 'confirmed';
  return (
    <Menu
      label={t`Mais ações`}
      items={[
        ...(isComing
          ? [{ label: t`Mensagem de confirmação`, icon: <IconMessage aria-hidden="true" />, onSelect: onMessage }]
          : []),
        {
          label: t`Excluir: foi engano`,
          icon: <IconTrash aria-hidden="true" />,
          danger: true,
          onSelect: () => void remove(),
        },
      ]}
      trigger={(links) => (
        <IconButton label={t`Mais ações`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
      )}
    />
  );
}
