import { ago, purgeWith } from '../../db/purge.ts';
import { qb } from '../../db/query-builder.ts';
import { sql } from '../../db/sql.ts';

/** Sessions that ended or expired more than 90 days ago. */
const sessions = purgeWith((limit) =>
  qb.deleteFrom('device_sessions').where('id', 'in', (eb) =>
    eb
      .selectFrom('device_sessions')
      .select('id')
      .where((of) => of.fn.coalesce('ended_at', 'refresh_expires_at'), '<', ago('90 days'))
      .limit(limit),
  ),
);

const codes = purgeWith((limit) =>
  qb.deleteFrom('access_codes').where('id', 'in', (eb) =>
    eb
      .selectFrom('access_codes')
      .select('id')
      .where((of) => of.fn.coalesce('used_at', 'expires_at'), '<', ago('7 days'))
      .limit(limit),
  ),
);

const guards = purgeWith((limit) =>
  qb.deleteFrom('sign_in_guards').where(
    (eb) =>
      sql<boolean>`${eb.refTuple('email_key', 'device_key')} in ${eb
        .selectFrom('sign_in_guards')
        .select(['email_key', 'device_key'])
        .where('updated_at', '<', ago('30 days'))
        .where((of) => of.or([of('locked_until', 'is', null), of('locked_until', '<', ago('0'))]))
        .limit(limit)}`,
  ),
);

const rateLimits = purgeWith((limit) =>
  qb
    .deleteFrom('rate_limits')
    .where('key', 'in', (eb) =>
      eb.selectFrom('rate_limits').select('key').where('expires_at', '<', ago('0')).limit(limit),
    ),
);

const passkeyChallenges = purgeWith((limit) =>
  qb
    .deleteFrom('passkey_challenges')
    .where('challenge', 'in', (eb) =>
      eb.selectFrom('passkey_challenges').select('challenge').where('expires_at', '<', ago('0')).limit(limit),
    ),
);

export const purges = { sessions, codes, guards, rateLimits, passkeyChallenges };
