import importText from '../import-text.module.css';
import styles from './undo-dialog.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { undoImport } from '../import-api.ts';
import { Failure } from '../../../ui/failure.tsx';

interface UndoDialogProps {
  readonly job: ImportJob;
  readonly onClose: () => void;
}

/** Asks before an import is undone, and says what undoing does. */
export function UndoDialog({ job, onClose }: UndoDialogProps) {
  const { t } = useLingui();
  const undo = useMutation({ mutationFn: () => undoImport(job.id) });
  return (
    <Dialog
      kind="alert"
      role="alertdialog"
      label={t`Desfazer a importação?`}
      onClose={onClose}
      footer={
        <>
          <Button data-autofocus="" onClick={onClose}>
            <Trans>Manter</Trans>
          </Button>
          <Button
            variant="danger"
            busy={undo.isPending}
            onClick={() => {
              undo.mutate();
            }}
          >
            <Trans>Desfazer importação</Trans>
          </Button>
        </>
      }
    >
      <div className={styles['import-question']}>
        {job.created > 0 && (
          <p>
            <Plural value={job.created} one="# cliente novo sai da lista." other="# clientes novos saem da lista." />
          </p>
        )}
        {job.updated > 0 && (
          <p>
            <Plural
              value={job.updated}
              one="# cliente atualizado volta ao que era."
              other="# clientes atualizados voltam ao que eram."
            />
          </p>
        )}
        {job.booked > 0 && (
          <p>
            <Plural
              value={job.booked}
              one="# consulta importada sai da agenda."
              other="# consultas importadas saem da agenda."
            />
          </p>
        )}
        <p className={importText['import-text']}>
          <Trans>O que alguém mudou depois da importação fica como está.</Trans>
        </p>
        <Failure error={undo.error} />
      </div>
    </Dialog>
  );
}
