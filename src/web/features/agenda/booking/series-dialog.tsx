import styles from './series-dialog.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { SeriesDate, SeriesInput } from '../../../../shared/contracts/agenda/series.ts';
import { agendaKeys, refreshAgenda } from '../../../entities/appointment/appointment-queries.ts';
import { ApiError, api } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { formatMoment, formatTime } from '../../../lib/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { nameDay } from '../day-words.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { type Repeat, toRule } from './repeat-field.tsx';

interface SeriesDialogProps {
  readonly booking: {
    readonly clientId: string;
    readonly professionalId: string;
    readonly visitType: string;
    readonly localStart: string;
    readonly durationMinutes: number | undefined;
    readonly roomId: string | undefined;
    readonly title: string;
  };
  readonly repeat: Repeat;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** What to do with a date that is not free: another start, or none. */
type Choices = Readonly<Record<string, string>>;

function buildSeries({ booking, repeat }: Pick<SeriesDialogProps, 'booking' | 'repeat'>): SeriesInput {
  const { clientId, professionalId, visitType, localStart, durationMinutes, roomId, title } = booking;
  return {
    clientId,
    professionalId,
    visitType,
    localStart,
    rule: toRule(repeat),
    ...(durationMinutes !== undefined && { durationMinutes }),
    ...(roomId !== undefined && { roomId }),
    ...(title.trim() !== '' && { title: title.trim() }),
  };
}

/** Shows every date of a series before it is booked; what to do with those that are not free is chosen one by one. */
export function SeriesDialog({ booking, repeat, onBack, onClose }: SeriesDialogProps) {
  const { t } = useLingui();
  const body = buildSeries({ booking, repeat });
  const [chosen, setChosen] = useState<Choices>({});
  const [refused, setRefused] = useState<readonly SeriesDate[]>();
  const { data, error, refetch } = useQuery({
    queryKey: [...agendaKeys.availability, 'series', body],
    queryFn: async () => readDates((await api('POST /series', { body: { ...body, dryRun: true } })).body),
    staleTime: 0,
  });
  const dates = refused ?? data;
  const choices = withDefaults(dates ?? [], chosen);
  const { book, isBusy, failure } = useBookSeries({ onBooked: onClose, onRefused: setRefused });
  const count = dates?.filter(({ date }) => choices[date] !== 'skip').length ?? 0;
  return (
    <Dialog
      label={t`Datas da série`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onBack}>
            <Trans>Voltar</Trans>
          </Button>
          <Button
            variant="primary"
            busy={isBusy}
            disabled={count === 0}
            onClick={() => void book({ ...body, choices })}
          >
            <Plural value={count} one="Agendar # data" other="Agendar # datas" />
          </Button>
        </>
      }
    >
      {error !== null && dates === undefined ? (
        <FailureState error={error} onRetry={() => void refetch()} />
      ) : dates === undefined ? (
        <SkeletonRows rows={5} />
      ) : (
        <>
          <ul className={styles['dates']}>
            {dates.map((date) => (
              <DateRow
                key={date.date}
                date={date}
                choice={choices[date.date]}
                onChoose={(choice) => {
                  setChosen((before) => ({ ...before, [date.date]: choice }));
                }}
              />
            ))}
          </ul>
          {failure !== undefined && (
            <p className={styles['failure']} role="alert">
              {failure}
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}

const readDates = (answer: object): readonly SeriesDate[] =>
  'dates' in answer ? (answer.dates as readonly SeriesDate[]) : [];

/** For a date that is not free: what was chosen, or its nearest free time, or none. */
function withDefaults(dates: readonly SeriesDate[], chosen: Choices): Choices {
  const busy = dates.filter(({ state }) => state !== 'free');
  return Object.fromEntries(busy.map(({ date, nearest }) => [date, chosen[date] ?? nearest ?? 'skip']));
}

function useBookSeries({
  onBooked,
  onRefused,
}: {
  readonly onBooked: () => void;
  readonly onRefused: (dates: readonly SeriesDate[]) => void;
}) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [key] = useState(() => crypto.randomUUID());
  const book = async (body: SeriesInput): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const headers = { 'idempotency-key': `${key}-${Object.values(body.choices ?? {}).join()}`.slice(0, 200) };
      const answer = await api('POST /series', { body, headers });
      void refreshAgenda();
      onBooked();
      const count = 'appointments' in answer.body ? answer.body.appointments.length : 0;
      toast({ message: t`Série agendada: ${count} atendimentos.` });
    } catch (error) {
      if (error instanceof ApiError && error.problem.code === 'series_conflict') onRefused(readDates(error.problem));
      setFailure(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  return { book, isBusy, failure };
}

interface DateRowProps {
  readonly date: SeriesDate;
  readonly choice: string | undefined;
  readonly onChoose: (choice: string) => void;
}

function DateRow({ date: { date, startAt, state, nearest }, choice, onChoose }: DateRowProps) {
  const { t } = useLingui();
  const { timeZone } = useAgendaFrame();
  const states: Readonly<Record<SeriesDate['state'], string>> = {
    free: t`livre`,
    conflict: t`ocupado`,
    holiday: t`feriado`,
    absent: t`ausência`,
    closed: t`fechado`,
    missing: t`não existe neste mês`,
  };
  return (
    <li className={styles['date']} data-state={state}>
      {state === 'free' ? (
        <IconCheck size="1.25rem" aria-hidden="true" />
      ) : (
        <IconAlertTriangle size="1.25rem" aria-hidden="true" />
      )}
      <span className={styles['words']}>
        <span className="tabular">
          {nameDay(date)}
          {state !== 'missing' && `, ${formatTime(startAt, timeZone)}`}
        </span>
        <span className={styles['state']}>{states[state]}</span>
      </span>
      {state !== 'free' && (
        <select
          className="field-input"
          aria-label={t`O que fazer em ${nameDay(date)}`}
          value={choice}
          onChange={(event) => {
            onChoose(event.target.value);
          }}
        >
          {nearest != null && <option value={nearest}>{formatMoment(nearest, timeZone)}</option>}
          <option value="skip">{t`Pular esta data`}</option>
        </select>
      )}
    </li>
  );
}
