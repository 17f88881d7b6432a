import type { PolicyKind, PublicPolicies } from '../../../shared/contracts/policies.ts';
import type { Share } from '../../db/stranger-shares.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Caller } from '../../http/actor.ts';
import { chargePublicPage, type Keyring } from '../auth/api.ts';
import { findOnlyPublic, findPublic, type PublicRow } from './queries.ts';
import { composePolicyPath } from './settings.ts';

interface PublicDependencies {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly share: Share;
}

/** Requests a minute from one address. A waiting room and a phone network share one. */
const pagesAMinute = 60;

function presentPublic(row: PublicRow): PublicPolicies {
  const find = (kind: PolicyKind): PublicPolicies['privacy'] => {
    const found = row.published?.find((each) => each.kind === kind);
    if (found === undefined) return null;
    return { version: found.version, body: found.body, publishedAt: new Date(found.published_at).toISOString() };
  };
  return {
    clinicName: row.clinic_name,
    timeZone: row.time_zone,
    path: composePolicyPath(row),
    controller: { name: row.controller_name, document: row.controller_document, address: row.controller_address },
    officer: { name: row.officer_name, email: row.officer_email, phone: row.officer_phone },
    privacy: find('privacy'),
    terms: find('terms'),
  };
}

async function readPublic(
  deps: PublicDependencies,
  { address }: Caller,
  find: (tx: Transaction) => Promise<PublicRow | undefined>,
): Promise<PublicPolicies> {
  const row = await deps.share.run(() =>
    deps.db.system(async (tx) => {
      await chargePublicPage(deps, tx, { page: 'policies', address, perMinute: pagesAMinute });
      return find(tx);
    }),
  );
  if (row === undefined) throw notFound();
  return presentPublic(row);
}

/** What a clinic has published, by its public name or its id. Throws not_found, too_many_requests. */
export const getPublicPolicies = (deps: PublicDependencies, clinic: string, caller: Caller): Promise<PublicPolicies> =>
  readPublic(deps, caller, (tx) => findPublic(tx, clinic));

/**
 * What the host's only clinic has published, for the sign-in page, which does not know whose people use it. Where there are
 * several, it throws not_found: who the customers of a host are is not for everybody. Throws too_many_requests.
 */
export const getOnlyPolicies = (deps: PublicDependencies, caller: Caller): Promise<PublicPolicies> =>
  readPublic(deps, caller, findOnlyPublic);
