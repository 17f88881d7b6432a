import type { HandOver } from '../../feature.ts';
import { recordEvent } from '../audit/api.ts';
import { transferClients } from './hand-over-queries.ts';

/** Gives all clients of a person who leaves to a colleague. */
export const handOverClients: HandOver = async (tx, actor, { from, to }) => {
  if (to === null) return {};
  await Promise.all([
    transferClients(tx, {
      clinicId: actor.clinicId,
      from,
      to,
      actorId: actor.professionalId,
      sessionId: actor.sessionId,
    }),
    recordEvent(tx, actor, { action: 'clients_transferred', recordType: 'professional', recordId: to }),
  ]);
  return {};
};
