import { useLocation, useRouter } from '@tanstack/react-router';

/** `history.back()` takes effect later, with `popstate`. Until then, a second call would go back twice. */
let isGoingBack = false;

function arrived(): void {
  isGoingBack = false;
}

interface Back {
  /** Leaves the page without asking about unsaved changes. */
  readonly ignoreBlocker?: boolean;
}

/**
 * Goes back from the page by one entry of the history. Further calls do nothing, so that a double tap, or Esc pressed twice,
 * closes the page once.
 */
export function useGoBack(): (back?: Back) => void {
  const { history } = useRouter();
  const shown = useLocation({ select: ({ state }) => state.__TSR_index });
  return (back = {}) => {
    if (isGoingBack || history.location.state.__TSR_index !== shown) return;
    isGoingBack = true;
    addEventListener('popstate', arrived, { once: true });
    // The previous entry may be of another site. If the browser then restores this page from memory, it must work again.
    addEventListener('pagehide', arrived, { once: true });
    history.back(back);
  };
}
