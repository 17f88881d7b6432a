import { useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import { type ComponentType, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { withCatalogue } from '../lib/i18n.ts';
import { toastFailure } from '../ui/toast.tsx';
import { listOffered } from './features.ts';
import { KeyboardHelpHost } from './keyboard-help-host.tsx';

const load = withCatalogue('palette', async () => {
  const [{ Palette }, ...brought] = await Promise.all([
    import('../features/palette/palette.tsx'),
    ...listOffered('commands').map((loadCommands) => loadCommands()),
  ]);
  const commands = brought.flatMap((part) => part.commands);
  return { Palette: (props: PaletteProps) => <Palette commands={commands} {...props} /> };
});

interface PaletteProps {
  readonly start: EarlyKeys;
  readonly onClose: () => void;
}

const openEvent = 'acolhe:palette';

/** Opens the command palette, from any page. */
export function openPalette(): void {
  dispatchEvent(new Event(openEvent));
}

const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';

/** While a question is open, the shortcut does nothing: the question must be answered first. */
const isQuestionOpen = (): boolean => document.querySelector('[role=alertdialog]') !== null;

/** What was typed while the palette was loading. */
interface EarlyKeys {
  readonly text: string;
  /** Enter was pressed after the text. */
  readonly isEntered: boolean;
}

/**
 * Keeps the keys that are pressed while the palette is loading from the page: they are meant for the palette.
 * @returns a function that stops this and gives what was typed
 */
function catchKeys(): () => EarlyKeys {
  let typed: EarlyKeys = { text: '', isEntered: false };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') typed = { ...typed, isEntered: true };
    else if (event.key.length === 1) typed = { text: typed.text + event.key, isEntered: false };
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', onKey, { capture: true });
  return () => {
    document.removeEventListener('keydown', onKey, { capture: true });
    return typed;
  };
}

type PalettePart = ComponentType<PaletteProps>;

/** The command palette, and the list of shortcuts. */
export const PaletteHost = () => (
  <>
    <PaletteLayer />
    <KeyboardHelpHost />
  </>
);

/** Shows the command palette while it is open; Ctrl/⌘ K opens and closes it. Its code is loaded with the first use. */
function PaletteLayer() {
  const [start, setStart] = useState<EarlyKeys>();
  const [Palette, setPalette] = useState<PalettePart>();
  const isOpen = start !== undefined;
  useEffect(() => {
    const open = (): void => {
      const release = catchKeys();
      load().then(
        (module) => {
          // Synchronously: the field has the focus before keys are no longer caught, so that none is lost.
          flushSync(() => {
            setPalette(() => module.Palette);
            setStart(release());
          });
        },
        (error: unknown) => {
          release();
          toastFailure(error);
        },
      );
    };
    const onKey = (event: KeyboardEvent): void => {
      if (!isShortcut(event) || event.isComposing || isQuestionOpen()) return;
      event.preventDefault();
      if (isOpen) setStart(undefined);
      else if (!event.repeat) open();
    };
    addEventListener(openEvent, open);
    document.addEventListener('keydown', onKey);
    return () => {
      removeEventListener(openEvent, open);
      document.removeEventListener('keydown', onKey);
    };
  }, [isOpen]);
  if (start === undefined || Palette === undefined) return null;
  return (
    <Palette
      start={start}
      onClose={() => {
        setStart(undefined);
      }}
    />
  );
}

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The button that opens the palette on a computer, with its shortcut. */
export function PaletteButton() {
  const { t } = useLingui();
  const preload = (): void => void load().catch(() => undefined);
  return (
    <button
      type="button"
      className="nav-palette"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={openPalette}
      onPointerEnter={preload}
      onFocus={preload}
    >
      <IconSearch size="1.25rem" aria-hidden="true" />
      {t`Ir para…`}
      <kbd aria-hidden="true">{isApple() ? '⌘ K' : 'Ctrl K'}</kbd>
    </button>
  );
}
