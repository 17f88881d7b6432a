import type { TextRun } from './highlight.ts';

/** Text with the letters that a search asked for marked. */
export function MarkedText({ runs }: { readonly runs: readonly TextRun[] }) {
  return runs.map((run, index) => (run.marked ? <mark key={index}>{run.text}</mark> : run.text));
}
