import { may, type Right, scopeFor } from '../../../shared/permissions.ts';
import type { Database, Transaction } from '../../db/transaction.ts';
import { forbidden, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { withId } from './condition-queries.ts';
import {
  appointmentExists,
  listAppointments,
  listPatients,
  listPractitioners,
  patientExists,
  type Wanted,
} from './queries.ts';
import {
  presentAppointment,
  presentPatient,
  presentPractitioner,
  type Resource,
  type ResourceType,
} from './resources.ts';
import type { Search } from './search.ts';

const rights: Readonly<Record<ResourceType, Right>> = {
  Patient: 'clients.read.registration',
  Practitioner: 'professionals.read',
  Appointment: 'agenda.read',
};

function assertMayRead(actor: Actor, type: ResourceType): void {
  if (!may(actor, rights[type])) throw forbidden();
}

/** The resources of a type that the actor may see, as the API shows them: the same rights, the same scope. */
async function list(tx: Transaction, actor: Actor, type: ResourceType, wanted: Wanted): Promise<Resource[]> {
  const scope = scopeFor(actor, rights[type]);
  switch (type) {
    case 'Patient':
      return (await listPatients(tx, actor.clinicId, scope, wanted)).map(presentPatient);
    case 'Appointment':
      return (await listAppointments(tx, actor.clinicId, scope, wanted)).map(presentAppointment);
    case 'Practitioner': {
      const withAddress = may(actor.role, 'professionals.manage');
      const rows = await listPractitioners(tx, actor.clinicId, wanted);
      return rows.map((row) => presentPractitioner(row, withAddress));
    }
  }
}

/** Notes who opened which record. People of the clinic are no records of care. */
function recordReading(tx: Transaction, actor: Actor, type: ResourceType, id: string): Promise<unknown> {
  if (type === 'Practitioner') return Promise.resolve();
  const scope = scopeFor(actor, rights[type]);
  return type === 'Patient'
    ? recordEvent(
        tx,
        actor,
        { action: 'client_read', recordType: 'client', recordId: id },
        patientExists(actor.clinicId, id, scope),
      )
    : recordEvent(
        tx,
        actor,
        { action: 'appointment_read', recordType: 'appointment', recordId: id },
        appointmentExists(actor.clinicId, id, scope),
      );
}

/** One resource; reading it is written to the trail. Throws forbidden, not_found. */
export async function readResource(db: Database, actor: Actor, type: ResourceType, id: string): Promise<Resource> {
  assertMayRead(actor, type);
  const wanted = { conditions: [withId(id)], after: undefined, limit: 1 };
  const [[resource]] = await db.read(actor, (tx) =>
    Promise.all([list(tx, actor, type, wanted), recordReading(tx, actor, type, id)]),
  );
  if (resource === undefined) throw notFound();
  return resource;
}

/** A page of resources, and one more if others follow; that somebody searched is written to the trail. Throws forbidden. */
export async function searchResources(db: Database, actor: Actor, search: Search): Promise<Resource[]> {
  const { type, conditions, after, limit } = search;
  assertMayRead(actor, type);
  const event = { action: 'fhir_searched', details: { operation: `GET /fhir/${type}` } } as const;
  const [found] = await db.read(actor, (tx) =>
    Promise.all([list(tx, actor, type, { conditions, after, limit: limit + 1 }), recordEvent(tx, actor, event)]),
  );
  return found;
}
