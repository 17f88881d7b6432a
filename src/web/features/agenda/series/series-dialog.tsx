import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeriesDate, SeriesInput } from '../../../../shared/contracts/agenda/series.ts';
import { agendaKeys, refreshAgenda } from '../../../entities/appointment/appointment-queries.ts';
import { api } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { toast } from '../../../ui/toast.tsx';
import { readSeriesConflict } from './change-series.ts';
import { type Repeat, toRule } from './repeat-field.tsx';
import { type Choices, countBooked, fillChoices, readDates } from './series-choices.ts';
import { SeriesDates } from './series-dates.tsx';
import { Failure } from '../../../ui/failure.tsx';

interface SeriesDialogProps {
  readonly booking: {
    readonly clientId: string;
    readonly professionalId: string;
    readonly visitType: string;
    readonly localStart: string;
    readonly durationMinutes: number | undefined;
    readonly roomId: string | undefined;
    readonly title: string;
    readonly packageId: string | undefined;
  };
  readonly repeat: Repeat;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

function buildSeries({ booking, repeat }: Pick<SeriesDialogProps, 'booking' | 'repeat'>): SeriesInput {
  const { clientId, professionalId, visitType, localStart, durationMinutes, roomId, title, packageId } = booking;
  return {
    clientId,
    professionalId,
    visitType,
    localStart,
    rule: toRule(repeat),
    ...(durationMinutes !== undefined && { durationMinutes }),
    ...(roomId !== undefined && { roomId }),
    ...(title.trim() !== '' && { title: title.trim() }),
    ...(packageId !== undefined && { packageId }),
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
  const choices = fillChoices(dates ?? [], chosen);
  const { book, isBusy, failure } = useBookSeries({ onBooked: onClose, onRefused: setRefused });
  const count = countBooked(dates ?? [], choices);
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
          <SeriesDates
            dates={dates}
            choices={choices}
            skip={t`Pular esta data`}
            onChoose={(date, choice) => {
              setChosen((before) => ({ ...before, [date]: choice }));
            }}
          />
          <Failure error={failure} />
        </>
      )}
    </Dialog>
  );
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
  const book = async (body: SeriesInput): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const answer = await api('POST /series', { body });
      void refreshAgenda();
      onBooked();
      const count = 'appointments' in answer.body ? answer.body.appointments.length : 0;
      toast({ message: t`Série agendada: ${count} atendimentos.` });
    } catch (error) {
      const found = readSeriesConflict(error);
      if (found !== undefined) onRefused(found);
      setFailure(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  return { book, isBusy, failure };
}
