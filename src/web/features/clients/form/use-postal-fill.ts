import { useRef, useState } from 'react';
import type { FormValues } from './form-fields.ts';
import { offlinePostalLookup, type PostalLookup } from './postal-lookup.ts';
import type { PostalPlace } from './postal-table.ts';

type Fill = (change: (before: FormValues) => FormValues) => void;

const filled = [
  ['address.street', 'street'],
  ['address.neighborhood', 'neighborhood'],
  ['address.city', 'city'],
  ['address.state', 'state'],
] as const;

/** Fills what is empty, and what the CEP before had filled; never what someone wrote. */
function fillAddress(before: FormValues, place: PostalPlace, previous: PostalPlace | undefined): FormValues {
  const after = { ...before };
  for (const [field, part] of filled)
    if (before[field].trim() === '' || before[field] === previous?.[part]) after[field] = place[part] ?? '';
  return after;
}

/** Looks up a CEP as soon as it is whole and fills the address from it. Nothing waits for the answer. */
export function usePostalFill(fill: Fill, lookup: PostalLookup = offlinePostalLookup) {
  const [place, setPlace] = useState<PostalPlace>();
  const running = useRef<AbortController>(undefined);
  const previous = useRef<PostalPlace>(undefined);

  const find = async (postalCode: string, signal: AbortSignal): Promise<void> => {
    const found = await lookup.find(postalCode, signal).catch(() => undefined);
    if (signal.aborted || found === undefined) return;
    const last = previous.current;
    previous.current = found;
    setPlace(found);
    fill((before) => fillAddress(before, found, last));
  };
  return {
    /** What the CEP says, to be shown. */
    place,
    look: (postalCode: string): void => {
      running.current?.abort();
      running.current = new AbortController();
      setPlace(undefined);
      const digits = postalCode.replace(/\D/g, '');
      if (digits.length === 8) void find(digits, running.current.signal);
    },
  };
}
