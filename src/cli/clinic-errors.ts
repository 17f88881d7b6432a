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
    case 'several_clinics':
      return `Choose a clinic with --clinic: ${refusal.names.map((name) => `“${name}”`).join(', ')}.`;
  }
}
