import type { ClinicError } from '../server/features/clinics/api.ts';

type Refused = Pick<ClinicError, 'refusal'>;

/** Recognises the error by name, so that its module need not be loaded. */
export const isClinicError = (error: unknown): error is Refused =>
  error instanceof Error && error.name === 'ClinicError';

/** Says why a command about clinics cannot be done, and what to do instead. */
export function explainClinicError({ refusal }: Refused): string {
  switch (refusal.code) {
    case 'name_taken':
      return `There is a clinic named “${refusal.name}” already.`;
    case 'email_taken':
      return `${refusal.email} is somebody's sign-in address already.`;
    case 'unknown_person':
      return `Nobody signs in as ${refusal.email}.`;
    case 'no_clinic':
      return 'There is no clinic yet: `acolhe create-clinic` makes one.';
    case 'unknown_clinic':
      return `There is no clinic “${refusal.name}”.`;
    case 'suspended_already':
      return `“${refusal.name}” is suspended already.`;
    case 'not_suspended':
      return `“${refusal.name}” is not suspended: nothing may change between the export and the deletion. Run \`acolhe clinics suspend\` and \`acolhe clinics export\` first.`;
    case 'not_exported':
      return `“${refusal.name}” was not exported since it was suspended: run \`acolhe clinics export\` first, and keep the archive.`;
    case 'deletion_planned':
      return `The deletion of “${refusal.name}” is planned: \`acolhe clinics delete --take-back\` takes that back.`;
    case 'no_deletion_planned':
      return `The deletion of “${refusal.name}” is not planned: \`acolhe clinics delete --schedule\` plans it.`;
    case 'deletion_not_due':
      return `“${refusal.name}” can be deleted from ${refusal.dueAt.toISOString()} on, not before.`;
    case 'wrong_name':
      return `Nothing was deleted: --confirm takes the name of the clinic letter by letter, “${refusal.name}”.`;
    case 'several_clinics':
      return `Choose a clinic with --clinic: ${refusal.names.map((name) => `“${name}”`).join(', ')}.`;
  }
}
