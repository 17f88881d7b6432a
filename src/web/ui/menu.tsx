import './menu.css';
import { useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { KeyboardEvent, ReactNode, Ref } from 'react';

interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** An address outside the app, for items that are links. */
  readonly href?: string;
  readonly onSelect?: () => void;
}

/** Attributes that the button of the menu needs. */
interface TriggerLinks {
  readonly ref: Ref<HTMLButtonElement>;
  readonly 'aria-haspopup': 'menu';
  readonly 'aria-expanded': boolean;
  readonly 'aria-controls': string;
  readonly onClick: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface MenuProps {
  readonly label: string;
  readonly trigger: (links: TriggerLinks) => ReactNode;
  readonly items: readonly MenuItem[];
  /** Shown above the items; not an item itself. */
  readonly heading?: ReactNode;
}

/** Pixels between the button and the menu, and between the menu and the window's edge. */
const gap = 6;

/** Moves the menu below the button, or above it if there is no room, and keeps it inside the window. */
function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.min(Math.max(gap, anchor.right - size.width), innerWidth - size.width - gap);
  const fitsRight = anchor.left + size.width + gap <= innerWidth;
  menu.style.left = `${anchor.right - size.width < gap && fitsRight ? anchor.left : left}px`;
  const fitsBelow = anchor.bottom + size.height + 2 * gap <= innerHeight;
  menu.style.top = `${fitsBelow ? anchor.bottom + gap : Math.max(gap, anchor.top - size.height - gap)}px`;
}

/** The item that a key moves to: by arrows, which go round, by Home and End, or by a first letter. */
function findTarget(key: string, items: readonly HTMLElement[], current: number): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(current + 1) % items.length];
  if (key === 'ArrowUp') return items.at(current <= 0 ? -1 : current - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1) return undefined;
  const turned = [...items.slice(current + 1), ...items.slice(0, current + 1)];
  return turned.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
}

/** Opens the menu with the focus on an item, and closes it with the focus back on the button. */
function useOpening() {
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const itemsIn = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  const open = (end: 0 | -1 = 0): void => {
    if (menu.current === null || button.current === null) return;
    flushSync(() => {
      setOpen(true);
    });
    menu.current.showPopover();
    placeMenu(menu.current, button.current);
    itemsIn().at(end)?.focus();
  };
  const close = (): void => {
    menu.current?.hidePopover();
    button.current?.focus();
  };
  return { button, menu, isOpen, setOpen, itemsIn, open, close };
}

/** A menu button as in the ARIA practices. The browser's popover shows it on top and closes it on a tap outside. */
export function Menu({ label, trigger, items, heading }: MenuProps) {
  const id = useId();
  const { button, menu, isOpen, setOpen, itemsIn, open, close } = useOpening();
  const onMenuKey = (event: KeyboardEvent): void => {
    const all = itemsIn();
    const target = findTarget(event.key, all, all.indexOf(document.activeElement as HTMLElement));
    if (event.key === 'Escape' || event.key === 'Tab') close();
    target?.focus();
    if (target !== undefined || event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      {trigger({
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'aria-controls': id,
        onClick: () => {
          if (isOpen) close();
          else open();
        },
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open(event.key === 'ArrowDown' ? 0 : -1);
        },
      })}
      <div
        ref={menu}
        id={id}
        className="menu"
        popover="auto"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
        }}
        onKeyDown={onMenuKey}
      >
        {isOpen && heading !== undefined && <div className="menu-heading">{heading}</div>}
        <div role="menu" aria-label={label}>
          {isOpen &&
            items.map((item) => (
              <Item
                key={item.label}
                item={item}
                onDone={() => {
                  close();
                  item.onSelect?.();
                }}
              />
            ))}
        </div>
      </div>
    </>
  );
}

function Item({ item, onDone }: { readonly item: MenuItem; readonly onDone: () => void }) {
  const common = { role: 'menuitem', tabIndex: -1, className: 'menu-item', onClick: onDone } as const;
  const danger = item.danger === true ? '' : undefined;
  if (item.href !== undefined)
    return (
      <a
        {...common}
        href={item.href}
        data-danger={danger}
        {...(item.href.startsWith('http') && { target: '_blank', rel: 'noreferrer' })}
      >
        {item.icon}
        {item.label}
      </a>
    );
  return (
    <button type="button" {...common} data-danger={danger}>
      {item.icon}
      {item.label}
    </button>
  );
}
