import { useState } from 'react';
import { type ColumnMeaning, isShareable } from '../../../../shared/contracts/import-columns.ts';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';

export interface ColumnChoice {
  /** Columns with a header, in the order of the file, each with its current meaning. */
  readonly columns: ImportJob['columns'];
  /** The meanings by header, as they are sent. */
  readonly mapping: Readonly<Record<string, ColumnMeaning>>;
  readonly choose: (header: string, meaning: ColumnMeaning) => void;
  readonly isChanged: boolean;
  /** Meanings chosen for more than one column. */
  readonly clashes: ReadonlySet<ColumnMeaning>;
}

/** The meaning of each column, as corrected by the person. */
export function useColumnChoice(job: ImportJob): ColumnChoice {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ColumnMeaning>>(new Map());
  const named = job.columns.filter(({ header }) => header.trim() !== '');
  const columns = named.map(({ header, meaning }) => ({ header, meaning: chosen.get(header) ?? meaning }));
  const seen = new Set<ColumnMeaning>();
  const clashes = new Set<ColumnMeaning>();
  for (const { meaning } of columns) {
    if (seen.has(meaning) && !isShareable(meaning)) clashes.add(meaning);
    seen.add(meaning);
  }
  return {
    columns,
    mapping: Object.fromEntries(columns.map(({ header, meaning }) => [header, meaning])),
    choose: (header, meaning) => {
      setChosen(new Map(chosen).set(header, meaning));
    },
    isChanged: named.some(({ header, meaning }) => (chosen.get(header) ?? meaning) !== meaning),
    clashes,
  };
}
