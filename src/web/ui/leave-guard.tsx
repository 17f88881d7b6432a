import { Trans, useLingui } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface Place {
  readonly pathname: string;
  readonly search: object;
}

interface LeaveGuardOptions {
  /** Whether leaving now would lose text; called on each attempt to leave. */
  readonly wouldLose: () => boolean;
  /** Called before leaving without saving. If that navigates, `wouldLose` must give false from then on. */
  readonly onDiscard?: () => void;
  /** Which steps of the address leave. Another search part alone, such as a filter, does not unless this says so. */
  readonly isLeft?: (from: Place, to: Place) => boolean;
}

interface LeaveGuardState {
  /** Runs what would lose the text: at once if there is none, otherwise after the question. */
  readonly leave: (go: () => void) => void;
  readonly question: ReactNode;
}

const isAnotherPage = (from: Place, to: Place): boolean => from.pathname !== to.pathname;

/** Asks before unsaved changes are left behind: by a link, by Back, by closing the tab, and by what goes through `leave`. */
export function useLeaveGuard({ wouldLose, onDiscard, isLeft = isAnotherPage }: LeaveGuardOptions): LeaveGuardState {
  const [held, setHeld] = useState<() => void>();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => wouldLose() && isLeft(current, next),
    enableBeforeUnload: wouldLose,
    withResolver: true,
  });
  const dropHeld = (): void => {
    setHeld(undefined);
  };
  const ask = (go: () => void, stay: () => void): ReactNode => (
    <LeaveQuestion
      onLeave={() => {
        onDiscard?.();
        go();
      }}
      onStay={stay}
    />
  );
  const leaveHeld = (): void => {
    dropHeld();
    held?.();
  };
  return {
    leave: (go) => {
      if (wouldLose()) setHeld(() => go);
      else go();
    },
    question:
      blocker.status === 'blocked'
        ? ask(blocker.proceed, blocker.reset)
        : held !== undefined && ask(leaveHeld, dropHeld),
  };
}

/** The same for a page that is left by its address alone. */
export const LeaveGuard = (options: LeaveGuardOptions): ReactNode => useLeaveGuard(options).question;

interface LeaveQuestionProps {
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

function LeaveQuestion({ onLeave, onStay }: LeaveQuestionProps) {
  const { t } = useLingui();
  return (
    <Dialog
      kind="alert"
      role="alertdialog"
      label={t`Sair sem salvar?`}
      onClose={onStay}
      footer={
        <>
          <Button variant="danger" onClick={onLeave}>
            <Trans>Sair sem salvar</Trans>
          </Button>
          <Button variant="primary" data-autofocus="" onClick={onStay}>
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
