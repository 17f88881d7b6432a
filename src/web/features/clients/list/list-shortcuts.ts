import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useAppearance } from '../../../lib/appearance.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** `/` goes to the search, `n` to a new client; not while typing, under a dialog, or if turned off in the settings. */
export function useListShortcuts(): void {
  const navigate = useNavigate();
  const { singleKeyShortcuts: isOn } = useAppearance();
  useEffect(() => {
    if (!isOn) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const isOurs = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
      const search = document.querySelector<HTMLInputElement>('[data-client-search]');
      if (!isOurs || isTyping(event.target) || search?.closest('[inert]') !== null) return;
      if (event.key === '/') {
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === 'n') {
        event.preventDefault();
        void navigate({ to: '/clientes/novo', state: { isOverList: true } });
      }
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [navigate, isOn]);
}
