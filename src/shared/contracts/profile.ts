import { z } from 'zod';
import { state } from '../address.ts';
import { document } from '../document.ts';
import { singleLineText } from '../text.ts';

/** The councils that register most of those who treat people in clinics; `none` for professions that have none. */
const councilKinds = ['CRM', 'CRP', 'CRO', 'CREFITO', 'CRBM', 'other', 'none'] as const;

/** A registration with the council of a profession. A council has a number, `none` has neither number nor state. */
const council = z
  .strictObject({
    kind: z.enum(councilKinds),
    number: singleLineText(30).nullable().default(null).describe('as the council writes it: `123456`, `06/12345`'),
    state: state.nullable().default(null).describe('of the regional council'),
  })
  .superRefine(({ kind, number, state: region }, context) => {
    const hasNumber = number !== null && number.trim() !== '';
    if (kind === 'none' && number !== null)
      context.addIssue({ code: 'custom', path: ['number'], message: 'invalid_value' });
    if (kind === 'none' && region !== null)
      context.addIssue({ code: 'custom', path: ['state'], message: 'invalid_value' });
    if (kind !== 'none' && !hasNumber) context.addIssue({ code: 'custom', path: ['number'], message: 'required' });
  });

/** Who somebody is where documents are signed or printed; people fill it in themselves, too. */
export const profileInput = {
  council: council.nullable().optional(),
  specialty: singleLineText(100).nullable().optional(),
  document: document.nullable().optional().describe('CPF of a person, CNPJ of a company'),
};

export const profile = {
  council: z
    .object({ kind: z.enum(councilKinds), number: z.string().nullable(), state: z.string().nullable() })
    .nullable(),
  specialty: z.string().nullable(),
  document: z
    .string()
    .nullable()
    .describe(
      'CPF of a person or CNPJ of a company; null for those who may not see it: administrators and the person do',
    ),
};

export type Profile = z.output<z.ZodObject<typeof profile>>;
export type ProfileInput = z.output<z.ZodObject<typeof profileInput>>;
