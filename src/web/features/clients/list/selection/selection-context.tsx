import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { ClientSummary } from '../../../../../shared/contracts/clients.ts';
import type { LeftClient } from '../../../../../shared/contracts/several-clients.ts';
import { mostAtOnce } from '../../../../../shared/most-at-once.ts';
import { type Chosen, selectRange, toggleOne } from './select.ts';

interface Selection {
  readonly chosen: Chosen;
  /** Whether further clients do not fit. */
  readonly isFull: boolean;
  /** Chooses the client at a place of the list, or no longer; with `isRange`, all from the one that was chosen last. */
  readonly toggle: (index: number, isRange?: boolean) => void;
  /** Chooses the first clients of the list, as many as fit. */
  readonly chooseAll: () => void;
  readonly clear: () => void;
  /** Clients whom the last change left as they were; shown until somebody has read it. */
  readonly left: readonly LeftClient[];
  readonly showLeft: (left: readonly LeftClient[]) => void;
}

const SelectionContext = createContext<Selection | undefined>(undefined);

/** What is chosen in the list around; throws outside of one. */
export function useSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (selection === undefined) throw new Error('there is no list to choose from');
  return selection;
}

interface SelectionProviderProps {
  /** Names the list: in another one, nobody is chosen who is not seen there. */
  readonly list: string;
  readonly clients: readonly ClientSummary[];
  readonly children: ReactNode;
}

const nobody: Chosen = new Map();

/** Keeps which clients of a list are chosen. */
export function SelectionProvider({ list, clients, children }: SelectionProviderProps) {
  const [kept, setKept] = useState({ list, chosen: nobody });
  const chosen = kept.list === list ? kept.chosen : nobody;
  const setChosen = useCallback(
    (change: (before: Chosen) => Chosen): void => {
      setKept((before) => ({ list, chosen: change(before.list === list ? before.chosen : nobody) }));
    },
    [list],
  );
  const [left, setLeft] = useState<readonly LeftClient[]>([]);
  const anchor = useRef<string>(undefined);
  const toggle = useCallback(
    (index: number, isRange = false): void => {
      const client = clients[index];
      if (client === undefined) return;
      const from = isRange ? clients.findIndex(({ id }) => id === anchor.current) : -1;
      anchor.current = client.id;
      setChosen((before) =>
        from < 0 ? toggleOne(before, client) : selectRange(before, clients.slice(...ordered(from, index))),
      );
    },
    [clients, setChosen],
  );
  const chooseAll = useCallback((): void => {
    setChosen(() => selectRange(nobody, clients));
  }, [clients, setChosen]);
  const clear = useCallback((): void => {
    setChosen(() => nobody);
  }, [setChosen]);
  const selection = useMemo(
    () => ({ chosen, isFull: chosen.size >= mostAtOnce, toggle, chooseAll, clear, left, showLeft: setLeft }),
    [chosen, toggle, chooseAll, clear, left],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

const ordered = (one: number, other: number): [number, number] => [Math.min(one, other), Math.max(one, other) + 1];
