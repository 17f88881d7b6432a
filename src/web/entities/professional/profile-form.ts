import type { Profile, ProfileInput } from '../../../shared/contracts/profile.ts';

export type CouncilKind = NonNullable<Profile['council']>['kind'];

/** What a form holds of somebody's profile; an empty kind: nothing is said. */
export interface ProfileValues {
  readonly council: CouncilKind | '';
  readonly councilNumber: string;
  readonly councilState: string;
  readonly specialty: string;
  readonly document: string;
}

export const toProfileValues = ({ council, specialty, document }: Profile): ProfileValues => ({
  council: council?.kind ?? '',
  councilNumber: council?.number ?? '',
  councilState: council?.state ?? '',
  specialty: specialty ?? '',
  document: document ?? '',
});

const textOrNull = (text: string): string | null => text.trim() || null;

/** The part of a request's body that says it; unchecked, as typed. */
export function fromProfileValues(values: ProfileValues): { readonly [Name in keyof ProfileInput]: unknown } {
  const { council: kind, councilNumber, councilState } = values;
  const isRegistered = kind !== '' && kind !== 'none';
  return {
    council:
      kind === ''
        ? null
        : {
            kind,
            number: isRegistered ? textOrNull(councilNumber) : null,
            state: isRegistered ? textOrNull(councilState) : null,
          },
    specialty: textOrNull(values.specialty),
    document: textOrNull(values.document),
  };
}
