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
} as const satisfies Readonly<Record<string, Readonly<Record<Role, Reach>>>>;

export type Right = keyof typeof permissions;

/** A role that only a later release knows has no rights here. */
const reachOf = (role: Role, right: Right): Reach =>
  (permissions[right] as Partial<Record<Role, Reach>>)[role] ?? 'none';

/** Whether the role has the right for any records, if only for its own. */
export const may = (role: Role, right: Right): boolean => reachOf(role, right) !== 'none';

/** Whether the role has the right for every record of the clinic. */
export const mayForAll = (role: Role, right: Right): boolean => reachOf(role, right) === 'all';

export interface Person {
  readonly role: Role;
  readonly professionalId: string;
}

/** Whether the person has the right for a record of this professional. */
export const mayFor = ({ role, professionalId }: Person, right: Right, ownerId: string): boolean =>
  mayForAll(role, right) || (may(role, right) && ownerId === professionalId);

/** Whose records an SQL statement may read or change: the whole clinic's, or one professional's. */
export type Scope = { readonly whole: true } | { readonly whole: false; readonly professionalId: string };

export const wholeClinic: Scope = { whole: true };

/** The scope of a right that the person has. Throws an Error without the right: policies refuse such requests earlier. */
export function scopeFor({ role, professionalId }: Person, right: Right): Scope {
  if (!may(role, right)) throw new Error(`${role} has no right ${right}`);
  return mayForAll(role, right) ? wholeClinic : { whole: false, professionalId };
}

/** Whether a scope reaches the records of this professional. */
export const reaches = (scope: Scope, ownerId: string): boolean => scope.whole || scope.professionalId === ownerId;
