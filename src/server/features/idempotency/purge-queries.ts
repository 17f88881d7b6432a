import { ago, purgeWith } from '../../db/purge.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';

const idempotencyKeys = purgeWith((limit) =>
  qb
    .deleteFrom('idempotency_keys')
    .where(
      (eb) =>
        sql<boolean>`${eb.refTuple('professional_id', 'key')} in ${eb
          .selectFrom('idempotency_keys')
          .select(['professional_id', 'key'])
          .where('created_at', '<', ago('24 hours'))
          .limit(limit)}`,
    ),
);

export const purges = { idempotencyKeys };
