import { useRef, useState } from 'react';
import { fillAddress, findPart } from './fill-address.ts';
import type { FormText, FormValues } from './form-fields.ts';
import { type PostalLookup, postalLookups } from './postal-lookup.ts';
import type { PostalPlace } from './postal-table.ts';

type Fill = (change: (before: FormValues) => FormValues) => void;

/**
 * Looks a CEP up once it has 8 digits, and fills in the address as the answers come. Nothing waits for them. `proposed`: a place
 * that the form began with and nobody typed.
 */
export function usePostalFill(fill: Fill, proposed?: PostalPlace, lookups: readonly PostalLookup[] = postalLookups) {
  const [place, setPlace] = useState<PostalPlace>();
  const running = useRef<AbortController>(undefined);
  const previous = useRef<PostalPlace>(undefined);

  const find = async (postalCode: string, signal: AbortSignal): Promise<void> => {
    const answers = lookups.map((lookup) => lookup.find(postalCode, signal).catch(() => undefined));
    let known: PostalPlace | undefined;
    for (const answer of answers) {
      const found = await answer;
      if (signal.aborted) return;
      if (found === undefined) continue;
      const place = { ...known, ...found };
      const last = previous.current ?? proposed;
      known = place;
      previous.current = place;
      setPlace(place);
      fill((before) => fillAddress(before, place, last));
    }
  };
  return {
    /** Where the CEP is, to be shown. */
    place,
    /** What was found for a field in which somebody typed something else. */
    suggest: (field: FormText, typed: string): string | undefined => {
      const found = findPart(field, place);
      return found === undefined || found === typed.trim() ? undefined : found;
    },
    look: (postalCode: string): void => {
      running.current?.abort();
      running.current = new AbortController();
      setPlace(undefined);
      const digits = postalCode.replace(/\D/g, '');
      if (digits.length === 8) void find(digits, running.current.signal);
    },
  };
}
