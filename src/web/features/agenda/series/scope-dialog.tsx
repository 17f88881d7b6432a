import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import type { InSeries, Scope } from './change-series.ts';
import { ScopeField } from './scope-field.tsx';

interface ScopeDialogProps {
  readonly appointment: InSeries;
  readonly onChoose: (scope: Scope) => void;
  readonly onClose: () => void;
}

/** Asks how much of a series moves along with an appointment that was moved on the grid. */
export function ScopeDialog({ appointment, onChoose, onClose }: ScopeDialogProps) {
  const { t } = useLingui();
  const [scope, setScope] = useState<Scope>('one');
  return (
    <FormDialog
      label={t`Mudar a série`}
      isBusy={false}
      action={<Trans>Remarcar</Trans>}
      onSubmit={() => {
        onChoose(scope);
      }}
      onClose={onClose}
    >
      <ScopeField appointment={appointment} scope={scope} onChoose={setScope} />
    </FormDialog>
  );
}
