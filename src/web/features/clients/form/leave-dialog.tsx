import { Trans, useLingui } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

interface LeaveDialogProps {
  /** Whether leaving now would lose text; called on each attempt to leave. */
  readonly wouldLose: () => boolean;
  readonly onDiscard: () => void;
}

/** Asks before unsaved changes are left behind. */
export function LeaveDialog({ wouldLose, onDiscard }: LeaveDialogProps) {
  const { t } = useLingui();
  const blocker = useBlocker({
    // A change of the search part alone, such as a filter, does not leave the page.
    shouldBlockFn: ({ current, next }) => wouldLose() && current.pathname !== next.pathname,
    enableBeforeUnload: wouldLose,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const { proceed, reset } = blocker;
  return (
    <Dialog
      kind="alert"
      role="alertdialog"
      label={t`Sair sem salvar?`}
      onClose={reset}
      footer={
        <>
          <Button
            variant="danger"
            onClick={() => {
              onDiscard();
              proceed();
            }}
          >
            <Trans>Sair sem salvar</Trans>
          </Button>
          <Button variant="primary" data-autofocus="" onClick={reset}>
            <Trans>Continuar editando</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>O que você escreveu ainda não foi salvo.</Trans>
      </p>
    </Dialog>
  );
}
