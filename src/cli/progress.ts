import { printNote } from './output.ts';

const width = 30;
const secondsBetweenLines = 5;

export interface ProgressDisplay {
  /** Shows that `share` of the work is done, from 0 to 1; `label` says how much, such as `20 rows`. */
  show(share: number, label: string): void;
  /** Removes the bar, so that other output can follow. */
  end(): void;
}

/** Shows a progress bar on a terminal, otherwise a line every few seconds; both on stderr. */
export function createProgress(): ProgressDisplay {
  const { stderr } = process;
  let drawn = false;
  let toldAt = Date.now();
  return {
    show: (share, label) => {
      const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
      if (stderr.isTTY) {
        const filled = Math.round(share * width);
        stderr.write(`\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent}  ${label}`);
        drawn = true;
      } else if (Date.now() - toldAt > secondsBetweenLines * 1000) {
        toldAt = Date.now();
        printNote(`${percent}  ${label}`);
      }
    },
    end: () => {
      if (drawn) stderr.write('\r\u001b[K');
      drawn = false;
    },
  };
}
