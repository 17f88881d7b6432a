import type { ApartReason } from '../../../shared/contracts/copies.ts';
import type { Apart, Contributions } from '../../feature.ts';
import type { DataParts } from '../clients/api.ts';

/** The law behind each thing that a person's copy leaves out. */
export const apartLaws: Readonly<Record<ApartReason, string>> = {
  third_parties: 'LGPD, art. 5º, I, e art. 18: o direito é sobre os próprios dados',
  restricted_record: 'Resolução CFP 1/2009: material restrito do profissional',
};

export type ApartCounts = Map<ApartReason, number>;

/** Leaves out of the copy what the law keeps apart, and counts it in `counts` as the lists are read. */
export function keepApart(
  parts: DataParts,
  { clientRecords }: Pick<Contributions, 'clientRecords'>,
  counts: ApartCounts,
): DataParts {
  const rules = Object.assign({}, ...clientRecords.map(({ apart }) => apart)) as Readonly<
    Record<string, (item: unknown) => Apart | undefined>
  >;
  const read = (name: string, items: DataParts[keyof DataParts]) => {
    const rule = rules[name];
    return rule === undefined || Array.isArray(items) ? items : withoutApart(items, rule, counts);
  };
  return Object.fromEntries(Object.entries(parts).map(([name, items]) => [name, read(name, items)])) as DataParts;
}

async function* withoutApart(
  items: DataParts[keyof DataParts],
  rule: (item: unknown) => Apart | undefined,
  counts: ApartCounts,
): AsyncGenerator {
  for await (const item of items) {
    const apart = rule(item);
    if (apart === undefined) yield item;
    else {
      counts.set(apart.reason, (counts.get(apart.reason) ?? 0) + 1);
      if (apart.kept !== undefined) yield apart.kept;
    }
  }
}
