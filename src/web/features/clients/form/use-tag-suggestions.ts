import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { tagsQuery } from '../../../entities/tag/tag-queries.ts';
import { completeTag, spellTag, suggestTags } from '../../../entities/tag/suggest-tags.ts';

const mostSuggestions = 6;

const stepFrom = (at: number, step: number, count: number): number =>
  (at + step + count + (at < 0 && step < 0 ? 1 : 0)) % count;

/** The tags that the clinic has and that fit what is typed, for a combobox (WAI-ARIA Authoring Practices). */
export function useTagSuggestions(text: string, chosen: readonly string[]) {
  const id = useId();
  // Without these suggestions, for example offline, the field still takes any text.
  const { data: known = [] } = useQuery(tagsQuery);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = isOpen ? suggestTags(text, known, chosen, mostSuggestions) : [];
  // What Enter takes: a tag of the clinic that begins with what is typed, until the arrows choose another.
  const current = active >= 0 ? found[active] : completeTag(text, found);
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  /** Handles the keys of the list; `choose` gets the tag that is picked. @returns whether the key was for the list */
  const handleKey = (event: KeyboardEvent, choose: (tag: string) => void): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setOpen(true);
      setActive((before) =>
        found.length === 0 ? -1 : stepFrom(before < 0 && current !== undefined ? 0 : before, step, found.length),
      );
    } else if (event.key === 'Enter' && current !== undefined) choose(current.name);
    else if (event.key === 'Escape' && found.length > 0) close();
    else return false;
    event.preventDefault();
    // The form would take Escape for its own.
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    return true;
  };
  return {
    found,
    active: current,
    listId: `${id}-list`,
    optionId: (tagId: string): string => `${id}-${tagId}`,
    spell: (written: string): string => spellTag(written, known),
    open: (): void => {
      setOpen(true);
      setActive(-1);
    },
    close,
    handleKey,
  };
}
