export const roles = ['administrator', 'professional', 'reception', 'auditor'] as const;
type Role = (typeof roles)[number];

/** Whose records a right covers: everybody's in the clinic, only one's own, or nobody's. */
export type Reach = 'all' | 'own' | 'none';

/** Auditors have what a line gives them expressly: they read the trail and nothing else. */
const reach = (administrator: Reach, professional: Reach, reception: Reach, auditor: Reach = 'none') => ({
  administrator,
  professional,
  reception,
  auditor,
});

/**
 * Who may do what. Of a client's fields, `registration` is who somebody is and how to reach them, `clinical` what was written
 * in treatment. Policies and pages ask this table; docs/roles.md is made from it.
 */
export const permissions = {
  'clients.read.registration': reach('all', 'own', 'all'),
  'clients.read.clinical': reach('all', 'own', 'none'),
  'clients.write.registration': reach('all', 'own', 'all'),
  'clients.write.clinical': reach('all', 'own', 'none'),
  'clients.assign': reach('all', 'own', 'all'),
  'clients.treat': reach('own', 'own', 'none'),
  'clients.export': reach('all', 'own', 'none'),
  'clients.hand-over': reach('all', 'own', 'none'),
  'clients.anonymize': reach('all', 'none', 'none'),
  'data-requests.manage': reach('all', 'none', 'none'),
  'imports.run': reach('all', 'own', 'none'),
  'professionals.read': reach('all', 'all', 'all'),
  'professionals.manage': reach('all', 'none', 'none'),
  'agenda.read': reach('all', 'own', 'all'),
  'agenda.write': reach('all', 'own', 'all'),
  'agenda.notes': reach('all', 'own', 'none'),
  'agenda.hours': reach('all', 'own', 'all'),
  'clinic.manage': reach('all', 'none', 'none'),
  'incidents.manage': reach('all', 'none', 'none'),
  'audit.read': reach('all', 'none', 'none', 'all'),
  'clients.viewers': reach('all', 'own', 'none'),
  'clients.emergency': reach('none', 'all', 'none'),
  'emergencies.read': reach('all', 'own', 'none'),
  'emergencies.review': reach('all', 'none', 'none'),
  'coverings.read': reach('all', 'own', 'all'),
  'coverings.manage': reach('all', 'own', 'none'),
} as const satisfies Readonly<Record<string, Readonly<Record<Role, Reach>>>>;

export type Right = keyof typeof permissions;

/** Rights over what was written in treatment. Nobody has them without clinical access, whatever the role. */
const clinicalRights = [
  'clients.read.clinical',
  'clients.write.clinical',
  'clients.hand-over',
  'imports.run',
  'agenda.notes',
] as const satisfies readonly Right[];
export type ClinicalRight = (typeof clinicalRights)[number];

/**
 * Rights over a client as a whole. With any other right, somebody to whom a client is lent by name reaches only what the lender
 * has with that client, and nothing that other professionals have.
 */
const clientRights = [
  'clients.read.registration',
  'clients.read.clinical',
  'clients.write.registration',
  'clients.write.clinical',
] as const satisfies readonly Right[];

const appointmentRights = ['agenda.read', 'agenda.write', 'agenda.notes'] as const satisfies readonly Right[];

/** By what else than owning a record `own` reaches it. A file taken out of the clinic has one's own clients, always. */
export const extensions = {
  /** The clinic lets professionals see and treat all of it. */
  clinic: [...clientRights, ...appointmentRights],
  /** Somebody who is away is covered. */
  covering: [...clientRights, ...appointmentRights],
  /** One client, for some hours. */
  emergency: clientRights,
} as const satisfies Readonly<Record<string, readonly Right[]>>;

const isOverWholeClient = (right: Right): boolean => (clientRights as readonly Right[]).includes(right);

const extendsRight = (way: keyof typeof extensions, right: Right): boolean =>
  (extensions[way] as readonly Right[]).includes(right);

export const needsClinicalAccess = (right: Right): boolean => (clinicalRights as readonly Right[]).includes(right);

/** Whether somebody who gets this role gets clinical access with it, and whether they may have it at all. */
export const treats = (role: Role): boolean => reachOf(role, 'clients.read.clinical') !== 'none';

/** What somebody may do besides what their role says. The database tells it at every request (app.standing_of). */
export interface Standing {
  readonly role: Role;
  readonly clinicalAccess: boolean;
  /** Whether professionals of this clinic see its clients and agendas all. */
  readonly seesClinic: boolean;
  /** Colleagues whom they cover with all clients and the agenda. */
  readonly covered: readonly string[];
  /** Clients whom they cover by name, and whose those are. */
  readonly coveredClients: readonly string[];
  readonly coveredInPart: readonly string[];
  /** Clients whom they opened in an emergency. */
  readonly emergencies: readonly string[];
}

/** The standing of somebody of whom nothing but the role is known. */
export const plainStanding = (role: Role): Standing => ({
  role,
  clinicalAccess: treats(role),
  seesClinic: false,
  covered: [],
  coveredClients: [],
  coveredInPart: [],
  emergencies: [],
});

/** Without the rest of the standing somebody reaches their own records alone. */
export type Person = Pick<Standing, 'role' | 'clinicalAccess'> &
  Partial<Omit<Standing, 'role' | 'clinicalAccess'>> & { readonly professionalId: string };

/** A role that only a later release knows has no rights here. */
function reachOf(role: Role, right: Right): Reach {
  return (permissions[right] as Partial<Record<Role, Reach>>)[role] ?? 'none';
}

type Rights = Pick<Person, 'role' | 'clinicalAccess'> & Partial<Pick<Person, 'seesClinic'>>;

function reachFor(who: Role | Rights, right: Right): Reach {
  if (typeof who === 'string') return reachOf(who, right);
  if (!who.clinicalAccess && needsClinicalAccess(right)) return 'none';
  const reached = reachOf(who.role, right);
  return reached === 'own' && who.seesClinic === true && extendsRight('clinic', right) ? 'all' : reached;
}

/** Whether somebody has the right for any records, if only for their own. For clinical rights a role is not enough. */
export function may(role: Role, right: Exclude<Right, ClinicalRight>): boolean;
export function may(person: Rights, right: Right): boolean;
export function may(who: Role | Rights, right: Right): boolean {
  return reachFor(who, right) !== 'none';
}

/** Whether the person has the right for every record of the clinic. */
export const mayForAll = (person: Rights, right: Right): boolean => reachFor(person, right) === 'all';

/** Whether the person has the right for a record of this professional; for one about a client, pass the client, too. */
export const mayFor = (person: Person, right: Right, ownerId: string, clientId?: string): boolean =>
  may(person, right) && reaches(scopeFor(person, right), ownerId, clientId);

/**
 * Whose records an SQL statement may read or change: the whole clinic's, or one professional's, and besides those what the
 * professional is lent. `inScope` writes it as a condition.
 */
export type Scope =
  | { readonly whole: true }
  | {
      readonly whole: false;
      readonly professionalId: string;
      /** Others whose records are all reached. */
      readonly covered?: readonly string[];
      /** Clients who are reached by name. */
      readonly clients?: readonly string[];
      /** Of the named clients, only the records of these professionals; missing: all of them. */
      readonly within?: readonly string[];
    };

export const wholeClinic: Scope = { whole: true };

/** The scope of a right that the person has. Throws an Error without the right: policies refuse such requests earlier. */
export function scopeFor(person: Person, right: Right): Scope {
  const { role, professionalId, covered = [], coveredClients = [], coveredInPart = [], emergencies = [] } = person;
  if (!may(person, right)) throw new Error(`${role} has no right ${right}`);
  if (mayForAll(person, right)) return wholeClinic;
  const covers = extendsRight('covering', right);
  const clients = [...(covers ? coveredClients : []), ...(extendsRight('emergency', right) ? emergencies : [])];
  return {
    whole: false,
    professionalId,
    ...(covers && covered.length > 0 ? { covered } : {}),
    ...(clients.length > 0 ? { clients, ...(isOverWholeClient(right) ? {} : { within: coveredInPart }) } : {}),
  };
}

/** The professionals whose records a scope reaches all; undefined: everybody's. */
export const ownersIn = (scope: Scope): readonly string[] | undefined =>
  scope.whole ? undefined : [scope.professionalId, ...(scope.covered ?? [])];

/** Whether a scope reaches a record of this professional that is about this client. */
export const reaches = (scope: Scope, ownerId: string, clientId?: string): boolean =>
  scope.whole ||
  ownersIn(scope)?.includes(ownerId) === true ||
  (clientId !== undefined && scope.clients?.includes(clientId) === true && scope.within?.includes(ownerId) !== false);
