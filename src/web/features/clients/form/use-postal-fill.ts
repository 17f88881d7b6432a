import { useRef, useState } from 'react';
import type { FormValues } from './form-fields.ts';
import { offlinePostalLookup, type PostalLookup } from './postal-lookup.ts';
import type { PostalPlace } from './postal-table.ts';

type Fill = (change: (before: FormValues) => FormValues) => void;

/** Fields of the form with the part of the place that fills them. */
const filled = [
  ['address.street', 'street'],
  ['address.neighborhood', 'neighborhood'],
  ['address.city', 'city'],
  ['address.state', 'state'],
] as const;

/** Fills fields that are empty or hold what the previous CEP filled in; never what somebody typed. */
function fillAddress(before: FormValues, place: PostalPlace, previous: PostalPlace | undefined): FormValues {
  const after = { ...before };
  for (const [field, part] of filled)
    if (before[field].trim() === '' || before[field] === previous?.[part]) after[field] = place[part] ?? '';
  return after;
}

/**
 * Looks a CEP up once it has 8 digits, and fills in the address. Nothing waits for the answer. `proposed`: a place that the form
 * began with and nobody typed.
 */
export function usePostalFill(fill: Fill, proposed?: PostalPlace, lookup: PostalLookup = offlinePostalLookup) {
  const [place, setPlace] = useState<PostalPlace>();
  const running = useRef<AbortController>(undefined);
  const previous = useRef<PostalPlace>(undefined);

  const find = async (postalCode: string, signal: AbortSignal): Promise<void> => {
    const found = await lookup.find(postalCode, signal).catch(() => undefined);
    if (signal.aborted || found === undefined) return;
    const last = previous.current ?? proposed;
    previous.current = found;
    setPlace(found);
    fill((before) => fillAddress(before, found, last));
  };
  return {
    /** Where the CEP is, to be shown. */
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
