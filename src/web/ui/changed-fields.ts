import { useEffect, useRef } from 'react';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Values {
  /** Before the person changed it for the first time. */
  first: string;
  last: string;
  isTouched: boolean;
}

const hasChecks = new Set(['checkbox', 'radio']);

const valueOf = (field: Field): string =>
  field instanceof HTMLInputElement && hasChecks.has(field.type) ? String(field.checked) : field.value;

/** What comes before each change by a person. */
const changeBegins = ['pointerdown', 'keydown', 'focusin'] as const;

/**
 * Watches the fields of a part of the page. @returns whether a person changed any of them: what was changed back does not count, nor what the
 * page itself filled in. A field that is gone counts with its last value.
 */
export function useChangedFields(partId: string): () => boolean {
  const known = useRef(new Map<Field, Values>());
  useEffect(() => {
    const part = document.getElementById(partId);
    if (part === null) return undefined;
    const note = (): void => {
      for (const field of part.querySelectorAll<Field>('input, textarea, select'))
        if (known.current.get(field)?.isTouched !== true)
          known.current.set(field, { first: valueOf(field), last: valueOf(field), isTouched: false });
    };
    const onInput = ({ target }: Event): void => {
      const values = known.current.get(target as Field);
      if (values === undefined) return;
      values.isTouched = true;
      values.last = valueOf(target as Field);
    };
    note();
    for (const type of changeBegins) part.addEventListener(type, note, true);
    // In the capture phase, before a component tidies the value or takes the field away.
    part.addEventListener('input', onInput, true);
    return () => {
      for (const type of changeBegins) part.removeEventListener(type, note, true);
      part.removeEventListener('input', onInput, true);
    };
  }, [partId]);
  return () =>
    [...known.current].some(
      ([field, { first, last, isTouched }]) => isTouched && (field.isConnected ? valueOf(field) : last) !== first,
    );
}
