import styles from './booking-dialog.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDays } from '../../../../shared/zoned-time.ts';
import { availabilityQuery } from '../../../entities/appointment/appointment-queries.ts';
import { clockOf, dayOf, toWallTime } from '../../../lib/wall-time.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldError, TextField } from '../../../ui/field.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { nameDay } from '../day-words.ts';
import { listStarts, pickOffers } from './booking-form.ts';
import { SlotButtons } from './slot-buttons.tsx';

/** Days in which free times are looked for. */
const searched = 28;

interface WhenFieldProps {
  readonly timeZone: string;
  /** The present wall time. */
  readonly now: string;
  /** The day from which free times are offered; today without it or when it is past. */
  readonly day?: string | undefined;
  readonly professionalId: string;
  readonly visitType: string | undefined;
  readonly durationMinutes: number | undefined;
  readonly localStart: string | undefined;
  readonly error: string | undefined;
  /** The appointment whose own time counts as free. */
  readonly moving?: string | undefined;
  /** Whether the day and time are shown as fields at once: somebody pointed at a time. */
  readonly isExact: boolean;
  /** The gap that somebody pointed at: other starts in it are offered. */
  readonly gap?: { readonly localStart: string; readonly minutes: number; readonly duration: number } | undefined;
  readonly onChoose: (localStart: string | undefined) => void;
}

/** When: one of the nearest free times, or any day and time. */
export function WhenField(props: WhenFieldProps) {
  const { isExact, localStart, error, gap, now, day = '', onChoose } = props;
  const from = day > dayOf(now) ? day : dayOf(now);
  const [isOpen, setOpen] = useState(isExact);
  if (isOpen)
    return (
      <>
        <ExactTime localStart={localStart} error={error} from={from} onChoose={onChoose} />
        {gap !== undefined && <GapStarts gap={gap} localStart={localStart} onChoose={onChoose} />}
      </>
    );
  return (
    <div className={styles['when']} data-invalid={error === undefined ? undefined : ''}>
      <Offers {...props} from={from} />
      {error !== undefined && <FieldError>{error}</FieldError>}
      <Button
        variant="quiet"
        className={styles['other-time']}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Trans>Outro dia ou horário</Trans>
      </Button>
    </div>
  );
}

function Offers(props: WhenFieldProps & { readonly from: string }) {
  const { timeZone, now, from, professionalId, visitType, durationMinutes, moving, localStart, onChoose } = props;
  const { t } = useLingui();
  const [days, setDays] = useState(3);
  const length = durationMinutes === undefined ? { visitType } : { durationMinutes };
  const { data, error } = useQuery({
    ...availabilityQuery({ from, to: addDays(from, searched - 1), professionalId, moving, ...length }),
    placeholderData: keepPreviousData,
  });
  if (error !== null)
    return (
      <p>
        <Trans>Não foi possível buscar horários livres. Escolha o dia e a hora.</Trans>
      </p>
    );
  if (data === undefined) return <SkeletonRows rows={2} />;
  const free = data.flatMap(({ slots }) => slots).filter(({ startAt }) => toWallTime(startAt, timeZone) > now);
  const offers = pickOffers(free, { timeZone, days, perDay: days > 3 ? 8 : 4 });
  if (offers.length === 0)
    return (
      <p>
        <Trans>
          Nenhum horário livre em quatro semanas, a partir de {nameDay(from)}. Escolha o dia e a hora para um encaixe.
        </Trans>
      </p>
    );
  const chosen = offers.find(({ startAt }) => toWallTime(startAt, timeZone) === localStart)?.startAt ?? '';
  return (
    <>
      <SlotButtons
        label={t`Horários livres`}
        slots={offers}
        timeZone={timeZone}
        chosen={chosen}
        onChoose={({ startAt }) => {
          onChoose(toWallTime(startAt, timeZone));
        }}
      />
      {days === 3 && (
        <Button
          variant="quiet"
          className={styles['other-time']}
          onClick={() => {
            setDays(7);
          }}
        >
          <Trans>Mais horários livres</Trans>
        </Button>
      )}
    </>
  );
}

interface GapStartsProps extends Pick<WhenFieldProps, 'localStart' | 'onChoose'> {
  readonly gap: NonNullable<WhenFieldProps['gap']>;
}

/** The half hours of a long gap, one touch away. */
function GapStarts({ gap, localStart, onChoose }: GapStartsProps) {
  const { t } = useLingui();
  const starts = listStarts(gap.localStart, gap.minutes, gap.duration);
  if (starts.length < 2) return null;
  return (
    <div className={styles['starts']} role="group" aria-label={t`Inícios neste intervalo`}>
      {starts.map((start) => (
        <Button
          key={start}
          className={styles['start']}
          aria-pressed={start === localStart}
          onClick={() => {
            onChoose(start);
          }}
        >
          {clockOf(start)}
        </Button>
      ))}
    </div>
  );
}

function ExactTime({
  localStart,
  error,
  from,
  onChoose,
}: Pick<WhenFieldProps, 'localStart' | 'error' | 'onChoose'> & { readonly from: string }) {
  const { t } = useLingui();
  const [day, setDay] = useState(localStart === undefined ? from : dayOf(localStart));
  const [time, setTime] = useState(localStart?.slice(11) ?? '');
  const [known, setKnown] = useState(localStart);
  if (localStart !== known) {
    setKnown(localStart);
    // Chosen elsewhere, not typed here: an incomplete time that is being typed stays.
    if (localStart !== undefined && localStart !== `${day}T${time}`) {
      setDay(dayOf(localStart));
      setTime(clockOf(localStart));
    }
  }
  const choose = (nextDay: string, nextTime: string): void => {
    setDay(nextDay);
    setTime(nextTime);
    onChoose(nextDay === '' || nextTime === '' ? undefined : `${nextDay}T${nextTime}`);
  };
  return (
    <div className={styles['pair']}>
      <TextField
        label={t`Dia`}
        type="date"
        required
        value={day}
        onChange={(event) => {
          choose(event.target.value, time);
        }}
      />
      <TextField
        label={t`Hora`}
        type="time"
        required
        step={300}
        error={error}
        value={time}
        onChange={(event) => {
          choose(day, event.target.value);
        }}
      />
    </div>
  );
}
