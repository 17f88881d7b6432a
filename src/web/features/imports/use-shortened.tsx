import { Trans } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';

const first = 5;

/** The first few items of a list, and the button that shows the rest. */
export function useShortened<Item>(items: readonly Item[]): {
  readonly shown: readonly Item[];
  readonly more: ReactNode;
} {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || items.length <= first + 1) return { shown: items, more: null };
  return {
    shown: items.slice(0, first),
    more: (
      <Button
        variant="quiet"
        onClick={() => {
          setWhole(true);
        }}
      >
        <Trans>Mostrar mais {items.length - first}</Trans>
      </Button>
    ),
  };
}
