import { mayForAll } from '../../../shared/permissions.ts';
import type { Database } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import type { AuditEvent } from './actions.ts';
import { findQueue } from './event-queue.ts';
import { OnceAnHour } from './once-an-hour.ts';

const recorded = new WeakMap<Database, OnceAnHour>();

function findRecorded(db: Database): OnceAnHour {
  const known = recorded.get(db) ?? new OnceAnHour();
  recorded.set(db, known);
  return known;
}

/** How many different refusals of one person are listed within an hour. */
const listedRefusals = 40;

/** An operation that somebody was refused. */
export interface Refusal {
  readonly actor: Actor;
  /** The contract's key, `PATCH /clients/{id}`, or its like outside the API: `GET /fhir/Patient/{id}`. */
  readonly operation: string;
  readonly recordId: string | undefined;
  readonly status: number;
}

/** Whether no client of the clinic is hidden from the person. */
const seesAll = (actor: Actor): boolean => mayForAll(actor, 'clients.read.registration');

/** What the ids in the addresses of operations are. */
const recordTypes: Readonly<Record<string, 'client' | 'professional' | 'import'>> = {
  clients: 'client',
  professionals: 'professional',
  imports: 'import',
  'fhir/Patient': 'client',
  'fhir/Practitioner': 'professional',
};

/** The part of an operation that says what its id is: `clients`, `fhir/Patient`. */
const subjectOf = (operation: string): string => {
  const [, first = '', second = ''] = operation.split('/');
  return first === 'fhir' ? `fhir/${second}` : first;
};

/**
 * Records an attempt that was refused: a missing right (403), or a colleague's client, which answers like one that does not
 * exist (404). Repetitions within the hour are recorded once, and of the many different ones of a flood only the first.
 */
export function noteRefusal(db: Database, { actor, operation, recordId, status }: Refusal): void {
  const recordType = recordTypes[subjectOf(operation)];
  const isHidden = status === 404;
  if (isHidden && (recordType !== 'client' || recordId === undefined || seesAll(actor))) return;
  const counts = findRecorded(db);
  const ofPerson = `refusals ${actor.professionalId} ${String(status)}`;
  if (counts.times(ofPerson) > listedRefusals) return;
  if (counts.count([actor.sessionId, operation, recordId].join(' ')) > 1) return;
  if (counts.count(ofPerson) > listedRefusals) {
    findQueue(db).add(actor, { action: 'access_denied', details: { status, more: true } });
    return;
  }
  const about = recordType === undefined || recordId === undefined ? {} : { recordType, recordId };
  const event: AuditEvent = { action: 'access_denied', ...about, details: { operation, status } };
  findQueue(db).add(actor, event, isHidden ? { ofColleague: true } : {});
}
