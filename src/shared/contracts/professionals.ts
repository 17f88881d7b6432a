import { z } from 'zod';
import { email } from '../email.ts';
import { multilineText, name, singleLineText } from '../text.ts';
import { deviceSession, role } from './auth.ts';
import { profile, profileInput } from './profile.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

export const professional = z.object({
  id: uuid,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  role,
  clinicalAccess: z
    .boolean()
    .describe(
      'reads and writes what was written in treatment; apart from the role, and never for reception and auditors',
    ),
  ...profile,
  active: z.boolean(),
  invited: z.boolean().describe('was invited by e-mail and has not signed in yet'),
  /** When and why the person lost access; for administrators. */
  deactivatedAt: timestamp.nullable(),
  deactivationReason: z.string().nullable(),
});
export type Professional = z.output<typeof professional>;

const names = { firstName: name(100), lastName: singleLineText(100).nullable().optional() };
export const professionalInput = z.strictObject({
  ...names,
  email,
  role,
  clinicalAccess: z.boolean().optional().describe('missing: as the role has it'),
  ...profileInput,
});
export const professionalPatch = z.strictObject({
  firstName: names.firstName.optional(),
  lastName: names.lastName,
  role: role.optional(),
  clinicalAccess: z.boolean().optional(),
  ...profileInput,
});
export const deactivation = z.strictObject({
  reason: multilineText(500).refine((value) => value.trim() !== '', 'blank'),
  /** Who takes over the person's clients. */
  transferTo: uuid.optional(),
});
export const deactivatedProfessional = professional.extend({
  appointments: z
    .object({
      moved: z.number().int().describe('coming appointments that whoever took over has now'),
      overlapping: z.number().int().describe('those of them that overlap others there, marked as such'),
      left: z.number().int().describe('coming appointments that stay with nobody to treat them'),
    })
    .optional()
    .describe('what became of the agenda; missing when the person had left before'),
});
export type DeactivatedProfessional = z.output<typeof deactivatedProfessional>;
export type ProfessionalInput = z.output<typeof professionalInput>;
export type ProfessionalPatch = z.output<typeof professionalPatch>;
export type Deactivation = z.output<typeof deactivation>;

const tag = 'professionals';
const access = 'session';

export const professionalRoutes = defineRoutes({
  'GET /professionals': {
    summary: 'The people of the clinic',
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(professional),
    errors: ['invalid_request'],
  },
  'POST /professionals': {
    summary: 'Invite a person by e-mail',
    tag,
    access,
    body: professionalInput,
    idempotent: true,
    status: 201,
    response: professional,
    errors: [
      'invalid_request',
      'forbidden',
      'duplicate_email',
      'people_limit_reached',
      'idempotency_key_reused',
      'too_many_requests',
    ],
  },
  'GET /professionals/{id}': {
    summary: 'One person of the clinic',
    tag,
    access,
    params: idParams,
    status: 200,
    response: professional,
    errors: ['not_found'],
  },
  'PATCH /professionals/{id}': {
    summary: 'Change who a person is and what they may do',
    tag,
    access,
    params: idParams,
    body: professionalPatch,
    ifMatch: true,
    status: 200,
    response: professional,
    errors: [
      'not_found',
      'invalid_request',
      'forbidden',
      'own_rights',
      'last_administrator',
      'stale',
      'precondition_required',
    ],
  },
  'POST /professionals/{id}/invitation': {
    summary: 'Send the invitation again to somebody who has not signed in yet',
    tag,
    access,
    params: idParams,
    status: 202,
    response: professional,
    errors: ['not_found', 'forbidden', 'not_invited', 'too_many_requests'],
  },
  'POST /professionals/{id}/deactivate': {
    summary: 'Take away access, handing clients and coming appointments over if asked',
    tag,
    access,
    params: idParams,
    body: deactivation,
    status: 200,
    response: deactivatedProfessional,
    errors: ['not_found', 'invalid_request', 'forbidden', 'last_administrator'],
  },
  'POST /professionals/{id}/reactivate': {
    summary: 'Give access back',
    tag,
    access,
    params: idParams,
    status: 200,
    response: professional,
    errors: ['not_found', 'forbidden', 'people_limit_reached'],
  },
  'GET /professionals/{id}/sessions': {
    summary: 'Devices on which a person of the clinic is signed in',
    tag,
    access,
    params: idParams,
    query: shortListQuery,
    status: 200,
    response: pageOf(deviceSession),
    errors: ['not_found', 'forbidden', 'invalid_request'],
  },
  'DELETE /professionals/{id}/sessions/{sessionId}': {
    summary: "End the session of a person's device",
    tag,
    access,
    params: idParams.extend({ sessionId: uuid }),
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
});
