import type { HandOverState } from '../../../shared/contracts/hand-overs.ts';
import { may } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { forbidden, notFound } from '../../domain-error.ts';
import type { HandOver } from '../../feature.ts';
import type { Actor } from '../../http/actor.ts';
import { countAppointmentsOf, returnAppointments } from '../appointments/api.ts';
import { recordEvent } from '../audit/api.ts';
import { findColleagueRole, isActiveProfessional } from '../professionals/api.ts';
import { returnSeries } from '../series/api.ts';
import { countClientsOf, listReturnable, lockHandOvers, returnClients, transferClients } from './hand-over-queries.ts';

/** Gives all clients of a person who leaves to a colleague. */
export const handOverClients: HandOver = async (tx, actor, { from, to }) => {
  if (to === null) return {};
  await Promise.all([
    transferClients(tx, actor, { from, to }),
    recordEvent(tx, actor, { action: 'clients_transferred', recordType: 'professional', recordId: to }),
  ]);
  return {};
};

function assertManagesPeople(actor: Actor): void {
  if (!may(actor.role, 'professionals.manage')) throw forbidden();
}

/** How many clients a person has, and how many that were given away could come back. Throws forbidden, not_found. */
export async function getHandOver(db: Database, actor: Actor, id: string): Promise<HandOverState> {
  assertManagesPeople(actor);
  const [person, clients, given, appointments] = await db.read(actor, (tx) =>
    Promise.all([
      findColleagueRole(tx, id),
      countClientsOf(tx, id),
      listReturnable(tx, id),
      countAppointmentsOf(tx, actor.clinicId, id),
    ]),
  );
  if (person === undefined) throw notFound();
  const shown = person.canTreat ? given : [];
  return {
    clients,
    given: shown.map(({ to_id, made_at, clients }) => ({ toId: to_id, at: made_at.toISOString(), clients })),
    appointments: { coming: appointments.coming, given: person.canTreat ? appointments.given : 0 },
  };
}

interface Returned {
  readonly returned: number;
  readonly kept: number;
  readonly appointments: { readonly returned: number; readonly overlapping: number };
}

/** The coming appointments, and the series that they belong to. Somebody without access has none. */
async function takeBackAppointments(tx: Transaction, actor: Actor, id: string): Promise<Returned['appointments']> {
  if (!(await isActiveProfessional(tx, id))) return { returned: 0, overlapping: 0 };
  const { returned, overlapping, seriesIds, from } = await returnAppointments(tx, actor, id);
  await returnSeries(tx, actor.clinicId, { ids: seriesIds, from, to: id });
  return { returned, overlapping };
}

/**
 * Gives a person their clients and coming appointments back, as far as those who received them still have them: whoever was given
 * on, and whatever was moved, stays there. Somebody whose role cannot have clients gets none. Throws forbidden, not_found.
 */
export function takeBackClients(db: Database, actor: Actor, id: string): Promise<Returned> {
  assertManagesPeople(actor);
  return db.write(actor, async (tx: Transaction) => {
    const [person, handOvers] = await Promise.all([findColleagueRole(tx, id), lockHandOvers(tx, id)]);
    if (person === undefined) throw notFound();
    const appointments = await takeBackAppointments(tx, actor, id);
    if (!person.canTreat || handOvers.length === 0) return { returned: 0, kept: 0, appointments };
    const counts = await Promise.all([
      ...handOvers.map(({ id: handOver, to_id: to }) => returnClients(tx, actor, { id: handOver, from: id, to })),
      recordEvent(tx, actor, { action: 'clients_returned', recordType: 'professional', recordId: id }).then(() => 0),
    ]);
    const returned = counts.reduce((sum, count) => sum + count, 0);
    return { returned, kept: handOvers.reduce((sum, { given }) => sum + given, 0) - returned, appointments };
  });
}
