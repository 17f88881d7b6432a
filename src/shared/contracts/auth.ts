import { z } from 'zod';
import { name, singleLineText } from '../text.ts';
import { defineRoutes, idParams, pageOf, timestamp, uuid } from './route.ts';

const email = z.email('invalid_email').max(254);

export const roles = ['administrator', 'professional', 'reception'] as const;
export const role = z.enum(roles);
export type Role = z.output<typeof role>;

/** Why a device session is over. */
export const endReasons = [
  'signed_out',
  'ended_by_owner',
  'ended_by_administrator',
  'device_limit',
  'same_device',
  'token_reuse',
  'deactivated',
  'expired',
  'restored',
] as const;

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  accent: z.enum(['teal', 'indigo', 'rose', 'amber']),
  textSize: z.enum(['small', 'medium', 'large']),
  language: z.enum(['pt-BR', 'en']),
});
export type Settings = z.output<typeof settings>;

export const me = z.object({
  id: uuid,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  role,
  clinic: z.object({ id: uuid, name: z.string(), timeZone: z.string() }),
});
export type Me = z.output<typeof me>;

export const deviceSession = z.object({
  id: uuid,
  deviceName: z.string().nullable(),
  deviceKind: z.enum(['phone', 'tablet', 'computer', 'unknown']),
  createdAt: timestamp,
  lastSeenAt: timestamp,
  current: z.boolean(),
});
export type DeviceSession = z.output<typeof deviceSession>;

const tokens = {
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  expiresIn: z.number().int().describe('seconds until the access token expires'),
};

const deviceId = singleLineText(128).min(1).describe('chosen once by the device, hard to guess; never shown to others');

const tag = 'auth';

export const authRoutes = defineRoutes({
  'POST /auth/codes': {
    summary: 'Send a sign-in code by e-mail',
    tag,
    access: 'public',
    body: z.strictObject({
      email,
      /** A device that has signed in before has codes and limits of its own, which nobody else can exhaust. */
      device: z.strictObject({ id: deviceId }).optional(),
    }),
    status: 202,
    response: z.object({ expiresIn: z.number().int(), requestedAt: timestamp }),
    errors: ['invalid_request', 'too_many_requests'],
  },
  'POST /auth/sessions': {
    summary: 'Sign in with a code',
    tag,
    access: 'public',
    body: z.strictObject({
      email,
      code: z.string().regex(/^\d{6}$/, 'invalid_code_format'),
      device: z.strictObject({ id: deviceId, name: name(80).optional() }),
      transport: z.enum(['cookie', 'bearer']),
    }),
    status: 201,
    response: z.object({
      professional: me,
      session: deviceSession,
      activeSessions: z.number().int(),
      maxSessions: z.number().int(),
      endedSessions: z.array(deviceSession.omit({ current: true })),
      ...tokens,
    }),
    errors: ['invalid_request', 'invalid_code', 'superseded_code', 'too_many_requests'],
  },
  'POST /auth/refresh': {
    summary: 'Rotate the refresh token and get a new access token',
    tag,
    access: 'public',
    body: z.strictObject({ refreshToken: z.string().max(1000).optional() }).optional(),
    status: 200,
    response: z.object(tokens),
    errors: ['unauthenticated', 'invalid_token', 'token_expired', 'session_ended'],
  },
  'GET /auth/sessions': {
    summary: 'Devices that are signed in',
    tag,
    access: 'session',
    status: 200,
    response: pageOf(deviceSession),
    errors: [],
  },
  'DELETE /auth/sessions/current': {
    summary: 'Sign out of this device',
    tag,
    access: 'session',
    status: 204,
    errors: [],
  },
  'PATCH /auth/sessions/{id}': {
    summary: 'Rename a device',
    tag,
    access: 'session',
    params: idParams,
    body: z.strictObject({ deviceName: name(80) }),
    status: 200,
    response: deviceSession,
    errors: ['not_found', 'invalid_request'],
  },
  'DELETE /auth/sessions/{id}': {
    summary: 'End the session of another device',
    tag,
    access: 'session',
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
  'GET /me': { summary: 'Own profile', tag: 'me', access: 'session', status: 200, response: me, errors: [] },
  'PATCH /me': {
    summary: 'Change the own name',
    tag: 'me',
    access: 'session',
    body: z.strictObject({ firstName: name(100).optional(), lastName: singleLineText(100).nullable().optional() }),
    ifMatch: true,
    status: 200,
    response: me,
    errors: ['invalid_request', 'stale', 'precondition_required'],
  },
  'GET /me/settings': {
    summary: 'Own preferences',
    tag: 'me',
    access: 'session',
    status: 200,
    response: settings,
    errors: [],
  },
  'PATCH /me/settings': {
    summary: 'Change own preferences',
    tag: 'me',
    access: 'session',
    body: settings.partial(),
    ifMatch: true,
    status: 200,
    response: settings,
    errors: ['invalid_request', 'stale', 'precondition_required'],
  },
});
