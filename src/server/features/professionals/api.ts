// The people of a clinic, for other features and backups.

export {
  addPeople,
  deactivatePeople,
  findColleagueRole,
  findPersonByEmail,
  isActiveProfessional,
  listActiveEmails,
  type NewPerson,
} from './people.ts';
