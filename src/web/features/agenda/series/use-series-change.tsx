import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SeriesDate } from '../../../../shared/contracts/agenda/series.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { queryClient } from '../../../lib/query.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { toast } from '../../../ui/toast.tsx';
import {
  type InSeries,
  patchSeries,
  readSeriesConflict,
  type SeriesChange,
  seriesQuery,
  type WideScope,
} from './change-series.ts';
import { type Choices, fillChoices } from './series-choices.ts';
import { SeriesDates } from './series-dates.tsx';

interface Request {
  readonly appointment: InSeries;
  readonly scope: WideScope;
  readonly change: SeriesChange;
}

interface Refused {
  readonly request: Request;
  readonly dates: readonly SeriesDate[];
}

interface Reactions {
  readonly onDone?: () => void;
  /** Told what went wrong, where no form can show `failure`. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * Changes a series from an appointment on, or all of it. If dates are not free, `dialog` shows them, and what is to become of
 * each is chosen there.
 */
export function useSeriesChange({ onDone, onFailure }: Reactions = {}) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [refused, setRefused] = useState<Refused>();
  const send = async (request: Request, choices?: Choices): Promise<void> => {
    const { appointment, scope, change } = request;
    setBusy(true);
    setFailure(undefined);
    try {
      const series = await queryClient.query(seriesQuery(appointment.seriesId));
      await patchSeries(series, {
        ...change,
        scope,
        appointmentId: appointment.id,
        ...(choices !== undefined && Object.keys(choices).length > 0 && { choices }),
      });
      setRefused(undefined);
      toast({ message: change.cancel === undefined ? t`Série alterada.` : t`Série cancelada.` });
      onDone?.();
    } catch (error) {
      const dates = readSeriesConflict(error);
      if (dates !== undefined && dates.length > 0) setRefused({ request, dates });
      else if (onFailure === undefined) setFailure(failureText(error));
      else onFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    send: (appointment: InSeries, scope: WideScope, change: SeriesChange) => send({ appointment, scope, change }),
    isBusy,
    failure,
    dialog: refused !== undefined && (
      <RefusedDates
        key={refused.dates.map(({ date, state }) => date + state).join()}
        dates={refused.dates}
        isBusy={isBusy}
        failure={failure}
        onSend={(choices) => void send(refused.request, choices)}
        onClose={() => {
          setRefused(undefined);
        }}
      />
    ),
  };
}

interface RefusedDatesProps {
  readonly dates: readonly SeriesDate[];
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  readonly onSend: (choices: Choices) => void;
  readonly onClose: () => void;
}

/** The dates of a series that could not move as a whole. */
function RefusedDates({ dates, isBusy, failure, onSend, onClose }: RefusedDatesProps) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<Choices>({});
  const choices = fillChoices(dates, chosen);
  return (
    <FormDialog
      label={t`Nem todas as datas estão livres`}
      isBusy={isBusy}
      failure={failure}
      action={<Trans>Remarcar assim</Trans>}
      onSubmit={() => {
        onSend(choices);
      }}
      onClose={onClose}
    >
      <p>
        <Trans>Nada mudou ainda. Escolha o que fazer com cada data que não está livre.</Trans>
      </p>
      <SeriesDates
        dates={dates}
        choices={choices}
        skip={t`Cancelar nesta data`}
        onChoose={(date, choice) => {
          setChosen((before) => ({ ...before, [date]: choice }));
        }}
      />
    </FormDialog>
  );
}
