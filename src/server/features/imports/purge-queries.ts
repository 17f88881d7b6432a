import { ago, purgeWith } from '../../db/purge.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';

const importsBefore = (interval: string) => qb.selectFrom('imports as i').where('i.created_at', '<', ago(interval));

/** Deletes uploaded files after a day, which is enough to check a dry run and then import. */
const importFiles = purgeWith((limit) =>
  qb.deleteFrom('import_files').where(
    (eb) =>
      sql<boolean>`${eb.refTuple('import_id', 'part')} in ${importsBefore('1 day')
        .innerJoin('import_files as f', (join) =>
          join.onRef('f.clinic_id', '=', 'i.clinic_id').onRef('f.import_id', '=', 'i.id'),
        )
        .select(['f.import_id', 'f.part'])
        .limit(limit)}`,
  ),
);

/** Keeps rejected rows for 30 days, as long as an import can be undone. */
const importRejects = purgeWith((limit) =>
  qb.deleteFrom('import_rejects').where(
    (eb) =>
      sql<boolean>`${eb.refTuple('import_id', 'line')} in ${importsBefore('30 days')
        .innerJoin('import_rejects as r', (join) =>
          join.onRef('r.clinic_id', '=', 'i.clinic_id').onRef('r.import_id', '=', 'i.id'),
        )
        .select(['r.import_id', 'r.line'])
        .limit(limit)}`,
  ),
);

export const purges = { importFiles, importRejects };
