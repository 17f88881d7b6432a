import { useLayoutEffect, useState } from 'react';
import { mayForAll } from '../../../../shared/permissions.ts';
import { useAppearance } from '../../../lib/appearance.ts';
import { useMe } from '../../../lib/me.ts';
import { useIsPhone } from '../../../ui/screen.ts';
import { chooseLayout, type ListLayout } from './columns.ts';

interface Measures {
  /** In pixels: where the list begins, what stays above it while scrolling, and the height of a row. */
  readonly top: number;
  readonly covered: number;
  readonly row: number;
  readonly layout: ListLayout;
}

/** Height of a row with a name and facts of two lines each, in rem. */
const tightRow = 6.75;

/** Measures the list on the page, again whenever something around it changes. `rowInRem`: height of a row. */
export function useListMeasures(list: { readonly current: HTMLUListElement | null }, rowInRem: number): Measures {
  const { textSize } = useAppearance();
  const isPhone = useIsPhone();
  const seesClinic = mayForAll(useMe(), 'clients.read.registration');
  const [found, setFound] = useState({ top: 0, covered: 0, rem: 16, width: isPhone ? 22 : 40 });
  useLayoutEffect(() => {
    const measure = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const box = list.current?.getBoundingClientRect();
      const width = Math.floor((box?.width ?? 0) / rem);
      const top = (box?.top ?? 0) + scrollY;
      const covered = document.querySelector<HTMLElement>('.page-head')?.offsetHeight ?? 0;
      setFound((before) =>
        before.top === top && before.rem === rem && before.width === width && before.covered === covered
          ? before
          : { top, covered, rem, width },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    if (list.current !== null) observer.observe(list.current);
    return () => {
      observer.disconnect();
    };
  }, [list, textSize, isPhone]);
  const { top, covered, rem, width } = found;
  const [layout, setLayout] = useState({ width, seesClinic, chosen: chooseLayout(width, seesClinic) });
  if (layout.width !== width || layout.seesClinic !== seesClinic)
    setLayout({ width, seesClinic, chosen: chooseLayout(width, seesClinic) });
  return { top, covered, row: (layout.chosen.isTight ? tightRow : rowInRem) * rem, layout: layout.chosen };
}
