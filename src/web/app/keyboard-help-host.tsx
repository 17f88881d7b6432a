import { type ComponentType, useEffect, useState } from 'react';
import { useAppearance } from '../lib/appearance.ts';
import { withCatalogue } from '../lib/i18n.ts';
import { keyboardHelpEvent } from '../lib/keyboard-help.ts';
import { toastFailure } from '../ui/toast.tsx';

const load = withCatalogue('palette', () => import('../features/palette/keyboard-help.tsx'));

type HelpPart = ComponentType<{ readonly onClose: () => void }>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** Shows the shortcuts of the keyboard, for `?` and for the palette's command; not while typing or under a question. */
export function KeyboardHelpHost() {
  const { singleKeyShortcuts } = useAppearance();
  const [Help, setHelp] = useState<HelpPart>();
  useEffect(() => {
    const open = (): void => {
      load().then(({ KeyboardHelp }) => {
        setHelp(() => KeyboardHelp);
      }, toastFailure);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!singleKeyShortcuts || isTyping(event.target) || document.querySelector('[role=alertdialog]') !== null)
        return;
      event.preventDefault();
      open();
    };
    addEventListener(keyboardHelpEvent, open);
    document.addEventListener('keydown', onKey);
    return () => {
      removeEventListener(keyboardHelpEvent, open);
      document.removeEventListener('keydown', onKey);
    };
  }, [singleKeyShortcuts]);
  if (Help === undefined) return null;
  return (
    <Help
      onClose={() => {
        setHelp(undefined);
      }}
    />
  );
}
