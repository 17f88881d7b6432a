import { Trans } from '@lingui/react/macro';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Failure } from './failure.tsx';

interface ShowMoreProps {
  readonly list: Pick<
    UseInfiniteQueryResult,
    'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'error' | 'fetchNextPage'
  >;
  readonly variant?: 'secondary' | 'quiet';
  readonly wide?: boolean;
  readonly className?: string | undefined;
  /** What the button says, in place of “Mostrar mais”. */
  readonly children?: ReactNode;
}

/** Below a list that is loaded in pages: loads the next one, and says when that fails. Nothing after the last. */
export function ShowMore({ list, children, ...look }: ShowMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <>
      {list.isFetchNextPageError && <Failure error={list.error} />}
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} {...look}>
        {children ?? <Trans>Mostrar mais</Trans>}
      </Button>
    </>
  );
}
