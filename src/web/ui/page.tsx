import './page.css';
import { Link, type LinkProps } from '@tanstack/react-router';
import { IconChevronLeft } from '@tabler/icons-react';
import { createContext, use, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { notePageShown, wasPageShown } from './arrival.ts';
import { findTopLayer } from './layers.ts';
import type { ReactNode, RefObject } from 'react';

/** Shown in the corner of every page on a phone: the account menu. */
export const PageCorner = createContext<ReactNode>(null);

/** Sets the title of the window for a dialog with an address of its own, and the previous title again afterwards. */
export function useWindowTitle(title: string): void {
  useLayoutEffect(() => {
    const before = document.title;
    document.title = `${title} · Acolhe`;
    return () => {
      document.title = before;
    };
  }, [title]);
}

interface PageProps {
  readonly title: string;
  /** The page above this one. The link is needed because an installed app has no Back button on some phones. */
  readonly parent?: {
    readonly to: NonNullable<LinkProps['to']>;
    readonly params?: Readonly<Record<string, string>>;
    readonly label: string;
  };
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** The page's main action: beside the title on a computer, at the bottom on a phone. */
  readonly primary?: ReactNode;
  /** For example a search. It stays visible below the title. */
  readonly toolbar?: ReactNode;
  /** `text`: narrow, for readable lines; `wide`: for lists; `whole`: for lists of many columns. */
  readonly width?: 'whole' | 'wide' | 'text';
  readonly children: ReactNode;
}

/** A page below the navigation. On a phone its large title scrolls away and a small one takes its place. */
export function Page({ title, parent, actions, primary, toolbar, width = 'wide', children }: PageProps) {
  const page = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isScrolled = useScrolledPast(heading);
  useArrival(page, heading, title);
  return (
    <div className="page" data-width={width} data-scrolled={isScrolled ? '' : undefined} ref={page}>
      <header className="page-head">
        <div className="page-bar">
          {parent !== undefined && (
            <Link to={parent.to} params={parent.params ?? {}} className="page-parent">
              <IconChevronLeft size="1.25rem" aria-hidden="true" />
              {parent.label}
            </Link>
          )}
          <span className="page-bar-title" aria-hidden="true">
            {title}
          </span>
          {actions !== undefined && <div className="page-actions">{actions}</div>}
          <div className="page-corner">{use(PageCorner)}</div>
        </div>
        <h1 className="page-title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {primary !== undefined && <div className="page-primary">{primary}</div>}
        {toolbar !== undefined && <div className="page-toolbar">{toolbar}</div>}
      </header>
      <div className="page-body">{children}</div>
    </div>
  );
}

function useScrolledPast(heading: RefObject<HTMLElement | null>): boolean {
  const [isPast, setPast] = useState(false);
  useEffect(() => {
    if (heading.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        setPast(entry?.isIntersecting === false);
      },
      { rootMargin: '-64px 0px 0px 0px' },
    );
    observer.observe(heading.current);
    return () => {
      observer.disconnect();
    };
  }, [heading]);
  return isPast;
}

/** Sets the title of the window, and focuses the heading, so that screen readers read it, unless the page took the focus. */
function useArrival(page: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>, title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · Acolhe`;
  }, [title]);
  useEffect(() => {
    const isElsewhere = page.current?.contains(document.activeElement) === false;
    const isUnderDialog = findTopLayer() !== undefined;
    if (wasPageShown() && isElsewhere && !isUnderDialog) heading.current?.focus({ preventScroll: true });
    notePageShown();
  }, [page, heading]);
}
