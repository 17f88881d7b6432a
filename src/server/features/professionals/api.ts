// The people of a clinic, for other features and backups.

export {
  addPeople,
  deactivatePeople,
  findPersonByEmail,
  isActiveProfessional,
  listActiveEmails,
  type NewPerson,
} from './people.ts';
