// What other features and backups ask about the people of a clinic.

export {
  addPeople,
  deactivatePeople,
  findPersonByEmail,
  isActiveProfessional,
  listActiveEmails,
  type NewPerson,
} from './people.ts';
