import { extensions, mayForAll, may, type Person, type Right, type roles } from './permissions.ts';

/** In which capacity somebody sees a record that belongs to a professional. */
export type Capacity = (typeof roles)[number] | 'owner' | 'covering' | 'emergency' | 'clinic';

/** The right that reaches the records of each kind. */
const rights = { client: 'clients.read.registration', appointment: 'agenda.read' } as const satisfies Readonly<
  Record<string, Right>
>;
export type OwnedKind = keyof typeof rights;

export const isOwnedKind = (recordType: string | undefined): recordType is OwnedKind =>
  recordType !== undefined && Object.hasOwn(rights, recordType);

/** What gives a capacity: that a record is of one of these professionals, and about one of these clients. Missing: of anybody. */
export interface Claim {
  readonly capacity: Capacity;
  readonly owners?: readonly string[];
  readonly clients?: readonly string[];
}

/**
 * By what somebody reaches the records of a kind; where several claims fit a record, the first counts. A role that reaches
 * everybody's comes before whose a record is: an administrator sees their own clients as the administrator, too.
 */
export function listClaims(person: Person, kind: OwnedKind): readonly Claim[] {
  const right = rights[kind];
  const { role, clinicalAccess, professionalId, covered = [], coveredClients = [], coveredInPart = [] } = person;
  if (!may(person, right)) return [];
  if (mayForAll({ role, clinicalAccess }, right)) return [{ capacity: role }];
  const lent: readonly Claim[] = [
    { capacity: 'covering', owners: covered },
    { capacity: 'covering', owners: coveredInPart, clients: coveredClients },
    { capacity: 'emergency', clients: person.emergencies ?? [] },
  ];
  return [
    { capacity: 'owner', owners: [professionalId] },
    ...lent.filter(
      ({ capacity, owners, clients }) => lends(capacity, right) && owners?.length !== 0 && clients?.length !== 0,
    ),
    ...(mayForAll(person, right) ? [{ capacity: 'clinic' } as const] : []),
  ];
}

const lends = (way: Capacity, right: Right): boolean =>
  (extensions as Readonly<Partial<Record<Capacity, readonly Right[]>>>)[way]?.includes(right) === true;

/** In which capacity the person sees a client of this professional, or an appointment with them; undefined for one they don't see. */
export const capacityFor = (
  person: Person,
  ownerId: string,
  clientId: string,
  kind: OwnedKind = 'client',
): Capacity | undefined =>
  listClaims(person, kind).find(
    ({ owners, clients }) => owners?.includes(ownerId) !== false && clients?.includes(clientId) !== false,
  )?.capacity;
