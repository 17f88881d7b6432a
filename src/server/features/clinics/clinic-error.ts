type Refusal =
  | { readonly code: 'name_taken' | 'unknown_clinic'; readonly name: string }
  | { readonly code: 'email_taken' | 'unknown_person'; readonly email: string }
  | { readonly code: 'no_clinic' }
  | { readonly code: 'several_clinics'; readonly names: readonly string[] }
  | {
      readonly code:
        | 'suspended_already'
        | 'not_suspended'
        | 'not_exported'
        | 'deletion_planned'
        | 'no_deletion_planned'
        | 'wrong_name';
      readonly name: string;
    }
  | { readonly code: 'deletion_not_due'; readonly name: string; readonly dueAt: Date };

/** An operator's request cannot be done. The command line turns the code into a message. */
export class ClinicError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'ClinicError';
    this.refusal = refusal;
  }
}
