import styles from './conflict-choice.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { formatTime } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import type { Refusal } from '../change-appointment.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { SlotButtons } from './slot-buttons.tsx';

export interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}

/** What is sent along with a time to have it although it is taken. */
export interface Consent {
  readonly overlap?: { readonly reason: string };
  readonly allowClientOverlap?: true;
}

export interface ConflictChoiceProps {
  readonly refusal: Refusal;
  readonly isBusy?: boolean;
  readonly onChoose: (slot: Slot) => void;
  readonly onInsist: (consent: Consent) => void;
}

/** The refusal comes below a form that may fill the dialog. */
const showWhole = (element: HTMLElement | null): void => {
  element?.scrollIntoView({ block: 'nearest' });
};

/** Why a time was refused, the nearest free times, and the way to book it all the same. */
export function ConflictChoice({ refusal, isBusy = false, onChoose, onInsist }: ConflictChoiceProps) {
  const { t } = useLingui();
  const { timeZone, mayOverlap } = useAgendaFrame();
  const [reason, setReason] = useState<string>();
  return (
    <div className={styles['conflict']} role="alert" ref={showWhole}>
      <p>{refusal.message}</p>
      <Conflicts refusal={refusal} timeZone={timeZone} />
      {refusal.nearest.length > 0 && (
        <SlotButtons label={t`Horários próximos`} slots={refusal.nearest} timeZone={timeZone} onChoose={onChoose} />
      )}
      {refusal.code === 'client_conflict' ? (
        <Button
          busy={isBusy}
          onClick={() => {
            onInsist({ allowClientOverlap: true });
          }}
        >
          <Trans>Agendar mesmo assim</Trans>
        </Button>
      ) : mayOverlap && reason === undefined ? (
        <Button
          onClick={() => {
            setReason('');
          }}
        >
          <Trans>Marcar como encaixe</Trans>
        </Button>
      ) : (
        mayOverlap && (
          <form
            className={styles['overlap']}
            onSubmit={(event) => {
              event.preventDefault();
              if ((reason ?? '').trim() !== '' && !isBusy) onInsist({ overlap: { reason: (reason ?? '').trim() } });
            }}
          >
            <TextField
              label={t`Motivo do encaixe`}
              maxLength={300}
              required
              autoFocus
              value={reason ?? ''}
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
            <Button type="submit" busy={isBusy}>
              <Trans>Encaixar</Trans>
            </Button>
          </form>
        )
      )}
    </div>
  );
}

function Conflicts({ refusal, timeZone }: { readonly refusal: Refusal; readonly timeZone: string }) {
  const { t } = useLingui();
  if (refusal.conflicts.length === 0) return null;
  return (
    <ul className={styles['conflicts']} aria-label={t`O que há neste horário`}>
      {refusal.conflicts.slice(0, 4).map(({ startAt, endAt, clientName }) => (
        <li key={startAt + endAt + (clientName ?? '')} className="tabular">
          {formatTime(startAt, timeZone)}–{formatTime(endAt, timeZone)}{' '}
          {clientName === undefined ? <Trans>ocupado</Trans> : <span translate="no">{clientName}</span>}
        </li>
      ))}
    </ul>
  );
}
