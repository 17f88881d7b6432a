import type { Me, Settings } from '../../../shared/contracts/auth.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { HttpProblem } from '../../http/problem.ts';
import { recordEvent } from '../audit/api.ts';
import type { AuthDependencies, LimitDependencies } from './dependencies.ts';
import { chargeClinicLimits, chargeLimits, refundLimits } from './limit-queries.ts';
import { invitationLimits, invitedLimits, type Inviter, tooManyInvitations } from './limits.ts';
import { presentMe, presentSettings } from './presenter.ts';
import { findProfessional, lockProfessional, type ProfessionalRow, updateProfile, updateSettings } from './queries.ts';

export type { LimitDependencies };

export interface Versioned<Body> {
  readonly body: Body;
  readonly etag: string;
}

async function readSelf(deps: AuthDependencies, actor: Actor): Promise<ProfessionalRow> {
  const row = await deps.db.read(actor, (tx) => findProfessional(tx, actor.professionalId));
  if (row === undefined) throw new HttpProblem('not_found');
  return row;
}

/** Changes the own row when the client saw its latest version. Throws stale. */
async function changeSelf(
  deps: AuthDependencies,
  actor: Actor,
  matches: (version: number) => boolean,
  change: (tx: Parameters<typeof updateProfile>[0], row: ProfessionalRow) => Promise<unknown>,
): Promise<ProfessionalRow> {
  return deps.db.write(actor, async (tx) => {
    const [, row] = await Promise.all([
      lockProfessional(tx, actor.professionalId),
      findProfessional(tx, actor.professionalId),
    ]);
    if (row === undefined) throw new HttpProblem('not_found');
    if (!matches(row.version)) throw new HttpProblem('stale');
    const [, , changed] = await Promise.all([
      change(tx, row),
      recordEvent(tx, actor, { action: 'profile_updated', recordType: 'professional', recordId: actor.professionalId }),
      findProfessional(tx, actor.professionalId),
    ]);
    return changed ?? row;
  });
}

export async function getMe(deps: AuthDependencies, actor: Actor): Promise<Versioned<Me>> {
  const row = await readSelf(deps, actor);
  return { body: presentMe(row), etag: etagOf(row.version) };
}

export async function changeMe(
  deps: AuthDependencies,
  actor: Actor,
  matches: (version: number) => boolean,
  patch: { firstName?: string | undefined; lastName?: string | null | undefined },
): Promise<Versioned<Me>> {
  const row = await changeSelf(deps, actor, matches, (tx, old) =>
    updateProfile(tx, actor.professionalId, {
      firstName: patch.firstName ?? old.first_name,
      lastName: patch.lastName === undefined ? old.last_name : patch.lastName,
    }),
  );
  return { body: presentMe(row), etag: etagOf(row.version) };
}

export async function getSettings(deps: AuthDependencies, actor: Actor): Promise<Versioned<Settings>> {
  const row = await readSelf(deps, actor);
  return { body: presentSettings(row), etag: etagOf(row.version) };
}

export async function changeSettings(
  deps: AuthDependencies,
  actor: Actor,
  matches: (version: number) => boolean,
  patch: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
): Promise<Versioned<Settings>> {
  const row = await changeSelf(deps, actor, matches, (tx, old) => {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    return updateSettings(tx, actor.professionalId, { ...presentSettings(old), ...given });
  });
  return { body: presentSettings(row), etag: etagOf(row.version) };
}

/** Counts an invitation within the transaction that makes it. Throws too_many_requests. */
export async function chargeInvitation(deps: LimitDependencies, tx: Transaction, inviter: Inviter): Promise<void> {
  const wait = await chargeClinicLimits(tx, invitationLimits(deps, inviter));
  if (wait > 0) throw tooManyInvitations(wait);
}

/** Counts an invitation mailed to an address; false when it has got enough for a day. */
export const countInvited = async (deps: LimitDependencies, tx: Transaction, email: string): Promise<boolean> =>
  (await chargeLimits(tx, invitedLimits(deps, email))) === 0;

/** The mail did not go out. */
export const uncountInvited = (deps: LimitDependencies, tx: Transaction, email: string): Promise<unknown> =>
  refundLimits(tx, invitedLimits(deps, email));
