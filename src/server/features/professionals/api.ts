// The people of a clinic, for other features and backups.

export {
  addPeople,
  deactivatePeople,
  findColleagueRole,
  findPersonByEmail,
  isActiveProfessional,
  listActiveEmails,
  listClientOwners,
  type NewPerson,
} from './people.ts';
export { findSuperuser, seatSuperuser } from './superusers.ts';
