import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { clientQuery } from '../../../entities/client/client-queries.ts';
import { useIdle } from '../../../lib/use-idle.ts';
import { notePageShown } from '../../../ui/arrival.ts';
import { useIsPhone } from '../../../ui/screen.ts';
import { clientListQuery } from './list-queries.ts';
import { useListAddress } from './use-list-address.ts';

interface Cover {
  /** Whether nothing of the list has been seen yet. */
  readonly isCovered: boolean;
  /** Whose card it is, or was last. */
  readonly cardId: string | undefined;
}

/** Whether the page began with a card that covers all of the list, as on a phone, and still shows it. */
export function useCoveringCard(): Cover {
  const { id } = useParams({ strict: false });
  const isCovered = useIsPhone() && id !== undefined;
  const [cover, setCover] = useState<Cover>({ isCovered, cardId: isCovered ? id : undefined });
  if (!cover.isCovered || (isCovered && cover.cardId === id)) return cover;
  const next = { isCovered, cardId: id ?? cover.cardId };
  setCover(next);
  return next;
}

/**
 * In place of a list that nobody can see: the card has the phone's processor for itself. The clients are read once the card is
 * there, so that closing it shows the list at once.
 */
export function CoveredList({ cardId = '' }: { readonly cardId: string | undefined }) {
  const { filters } = useListAddress();
  const { isPending } = useQuery(clientQuery(cardId));
  const isDue = useIdle(!isPending);
  useInfiniteQuery({ ...clientListQuery(filters), enabled: isDue, notifyOnChangeProps: [] });
  // The list takes the focus when it takes the place of the card.
  useEffect(notePageShown, []);
  return null;
}

/** Moves the focus to the row of the card that covered the list, unless it has been taken elsewhere. */
export function useReturnToRow(cardId: string | undefined, areRowsThere: boolean): void {
  useEffect(() => {
    if (cardId === undefined || !areRowsThere) return undefined;
    // Rows are on the page once the list has been measured, which takes until the next frame.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement?.matches('h1, main, body') !== true) return;
      const row = document.querySelector<HTMLElement>(`[data-client="${CSS.escape(cardId)}"] .client-name`);
      row?.focus({ preventScroll: true });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [cardId, areRowsThere]);
}
