import type { ChangeEvent } from '../../../shared/contracts/events.ts';
import { may, mayFor, mayForAll } from '../../../shared/permissions.ts';
import type { Actor } from '../../http/actor.ts';
import type { ChangeRow } from './queries.ts';

type Kind = ChangeEvent['recordType'];
type Audience = (actor: Actor, row: ChangeRow) => boolean;

/** Whatever role: what everybody in the clinic may read, or learns nothing of but that there was a change. */
const everybody: Audience = () => true;
const nobody = '00000000-0000-0000-0000-000000000000';

/** Who is told about a change, by the kind of record: those who see the record. */
const audiences: Readonly<Record<Kind, Audience>> = {
  client: (actor, { owner_id, record_id }) =>
    mayFor(actor, 'clients.read.registration', owner_id ?? nobody, record_id ?? nobody),
  appointment: (actor, { treated_by, treated_before_by, treated_client }) =>
    [treated_by ?? nobody, ...treated_before_by].some((owner) =>
      mayFor(actor, 'agenda.read', owner, treated_client ?? nobody),
    ),
  covering: (actor, { absent_id, covering_id }) =>
    mayForAll(actor, 'coverings.read') || [absent_id, covering_id].includes(actor.professionalId),
  host_entry: (actor) => may(actor, 'clinic.manage'),
  // Which one, only those are told who may open it.
  import: everybody,
  wish: everybody,
  professional: everybody,
  clinic: everybody,
  time_off: everybody,
  holiday: everybody,
  visit_type: everybody,
  room: everybody,
  tag: everybody,
};

const isKnown = (kind: string | null): kind is Kind => kind !== null && Object.hasOwn(audiences, kind);

/** Whether a change may be told to this person. One of a kind that is not listed is told to nobody. */
export const isToldTo = (actor: Actor, row: ChangeRow): boolean =>
  isKnown(row.record_type) && audiences[row.record_type](actor, row);

/** The change as it is told: of an import only those who may open it learn which one and by whom. */
export function presentChange(actor: Actor, row: ChangeRow): ChangeEvent {
  const isForeign =
    row.record_type === 'import' && !mayForAll(actor, 'imports.run') && row.imported_by !== actor.professionalId;
  return {
    recordType: row.record_type as Kind,
    recordId: isForeign ? nobody : (row.record_id ?? nobody),
    by: isForeign ? null : row.actor_id,
    at: row.at.toISOString(),
  };
}
