import importBar from '../import-bar.module.css';
import { Trans } from '@lingui/react/macro';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import type { DateOrder } from '../../../../shared/import-choices.ts';
import { Button } from '../../../ui/button.tsx';
import type { useRepeat } from './use-repeat.ts';

interface DateOrderChoiceProps {
  readonly job: ImportJob;
  readonly repeat: ReturnType<typeof useRepeat>;
}

/** For a file with dates in both orders: a person says which is right; rows with the other order are rejected. */
export function DateOrderChoice({ job, repeat: { run, pending } }: DateOrderChoiceProps) {
  const read = (dateOrder: DateOrder): void => {
    run({ dryRun: true, onConflict: job.onConflict, dateOrder });
  };
  return (
    <div className={importBar['import-bar']}>
      <Button
        busy={pending?.dateOrder === 'day'}
        onClick={() => {
          read('day');
        }}
      >
        <Trans>O dia vem antes do mês</Trans>
      </Button>
      <Button
        busy={pending?.dateOrder === 'month'}
        onClick={() => {
          read('month');
        }}
      >
        <Trans>O mês vem antes do dia</Trans>
      </Button>
    </div>
  );
}
