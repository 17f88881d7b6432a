import './page.css';
import { Link, type LinkProps } from '@tanstack/react-router';
import { IconChevronLeft } from '@tabler/icons-react';
import { createContext, use, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';

/** What the layout puts at the corner of every page on a phone: the account. */
export const PageCorner = createContext<ReactNode>(null);

let hasShownPage = false;

/** For pages of another shape: the next `Page` takes the focus. */
export function notePageShown(): void {
  hasShownPage = true;
}

/** For what lies over a page at an address of its own: the window is called by it, and by the page again afterwards. */
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
  /** The page this one belongs to: an installed app has no Back of its own on every phone. */
  readonly parent?: { readonly to: NonNullable<LinkProps['to']>; readonly label: string };
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** The one action of the page: beside the title on a computer, at the thumb on a phone. */
  readonly primary?: ReactNode;
  /** Stays in sight under the title, such as a search. */
  readonly toolbar?: ReactNode;
  /** `text` keeps lines readable; `wide` is for lists. */
  readonly width?: 'wide' | 'text';
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
            <Link to={parent.to} className="page-parent">
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

/** Tells the title to the window, and to those who listen: focus goes to the heading unless the page took it. */
function useArrival(page: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>, title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · Acolhe`;
  }, [title]);
  useEffect(() => {
    const isElsewhere = page.current?.contains(document.activeElement) === false;
    const isUnderDialog = page.current?.closest('[inert]') !== null;
    if (hasShownPage && isElsewhere && !isUnderDialog) heading.current?.focus({ preventScroll: true });
    hasShownPage = true;
  }, [page, heading]);
}
