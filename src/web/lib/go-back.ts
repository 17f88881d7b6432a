import { useLocation, useRouter } from '@tanstack/react-router';

/** `history.back()` answers later, by `popstate`: until then a second call would go back twice. */
let isGoingBack = false;

function arrived(): void {
  isGoingBack = false;
}

interface Back {
  /** Leave unsaved changes without asking. */
  readonly ignoreBlocker?: boolean;
}

/**
 * Goes back by one entry of the history: the one that the page was shown for.
 * Further calls do nothing, so a double tap or Esc pressed twice closes a page once.
 */
export function useGoBack(): (back?: Back) => void {
  const { history } = useRouter();
  const shown = useLocation({ select: ({ state }) => state.__TSR_index });
  return (back = {}) => {
    if (isGoingBack || history.location.state.__TSR_index !== shown) return;
    isGoingBack = true;
    addEventListener('popstate', arrived, { once: true });
    // The entry before may be another site's: a page that comes back from there is kept as it was.
    addEventListener('pagehide', arrived, { once: true });
    history.back(back);
  };
}
