import type { Profile, ProfileInput } from '../../../shared/contracts/profile.ts';

/** The columns of `professionals` that a profile is made of. */
export const profileColumns = ['council_kind', 'council_number', 'council_state', 'specialty', 'document'] as const;

type ProfileRow = Readonly<Record<(typeof profileColumns)[number], string | null>>;

/** What somebody is where documents are signed or printed. */
export const presentProfile = (row: ProfileRow): Profile => ({
  council:
    row.council_kind === null
      ? null
      : {
          kind: row.council_kind as NonNullable<Profile['council']>['kind'],
          number: row.council_number,
          state: row.council_state,
        },
  specialty: row.specialty,
  document: row.document,
});

/** The columns that a body names. */
export const profileValues = ({ council, specialty, document }: ProfileInput): Partial<ProfileRow> => ({
  ...(council === undefined
    ? {}
    : {
        council_kind: council?.kind ?? null,
        council_number: council?.number ?? null,
        council_state: council?.state ?? null,
      }),
  ...(specialty === undefined ? {} : { specialty }),
  ...(document === undefined ? {} : { document }),
});
