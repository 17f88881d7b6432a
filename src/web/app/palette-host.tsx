import { useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import { type ComponentType, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { failureText } from '../lib/failure-text.ts';
import { withWords } from '../lib/i18n.ts';
import { toast } from '../ui/toast.tsx';
import { listOffered } from './features.ts';

const load = withWords('palette', async () => {
  const [{ Palette }, ...brought] = await Promise.all([
    import('../features/palette/palette.tsx'),
    ...listOffered('commands').map((loadCommands) => loadCommands()),
  ]);
  const commands = brought.flatMap((part) => part.commands);
  return { Palette: (props: PaletteProps) => <Palette commands={commands} {...props} /> };
});

interface PaletteProps {
  readonly start: Ahead;
  readonly onClose: () => void;
}

const asked = 'acolhe:palette';

/** Opens the command palette from wherever one is. */
export function openPalette(): void {
  dispatchEvent(new Event(asked));
}

const isShortcut = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';

/** A question must be answered before anything else. */
const isQuestionOpen = (): boolean => document.querySelector('[role=alertdialog]') !== null;

/** What somebody types who does not wait for the palette to be loaded. */
interface Ahead {
  readonly text: string;
  /** Enter was pressed. */
  readonly goes: boolean;
}

/** Takes the keys pressed until the palette is there: they are meant for it and not for the page. */
function catchKeys(): () => Ahead {
  let ahead: Ahead = { text: '', goes: false };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') ahead = { ...ahead, goes: true };
    else if (event.key.length === 1) ahead = { text: ahead.text + event.key, goes: false };
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', onKey, { capture: true });
  return () => {
    document.removeEventListener('keydown', onKey, { capture: true });
    return ahead;
  };
}

type PalettePart = ComponentType<PaletteProps>;

/** The command palette while it is open, and Ctrl/⌘ K, which opens and closes it. Its code comes with the first use. */
export function PaletteHost() {
  const [start, setStart] = useState<Ahead>();
  const [Palette, setPalette] = useState<PalettePart>();
  const isOpen = start !== undefined;
  useEffect(() => {
    const open = (): void => {
      const release = catchKeys();
      load().then(
        (module) => {
          // In the same turn as the field takes the focus, so that no key falls between the two.
          flushSync(() => {
            setPalette(() => module.Palette);
            setStart(release());
          });
        },
        (error: unknown) => {
          release();
          toast({ message: failureText(error) });
        },
      );
    };
    const onKey = (event: KeyboardEvent): void => {
      if (!isShortcut(event) || event.isComposing || isQuestionOpen()) return;
      event.preventDefault();
      if (isOpen) setStart(undefined);
      else if (!event.repeat) open();
    };
    addEventListener(asked, open);
    document.addEventListener('keydown', onKey);
    return () => {
      removeEventListener(asked, open);
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

/** What shows on a computer that the palette is there. */
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
