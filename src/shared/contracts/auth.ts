import { z } from 'zod';
import { email } from '../email.ts';
import { roles } from '../permissions.ts';
import { name, singleLineText } from '../text.ts';
import { profile, profileInput } from './profile.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, timestamp, uuid } from './route.ts';

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
  'clinic_suspended',
  'entry_over',
] as const;

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  accent: z.enum(['teal', 'indigo', 'rose', 'amber']),
  textSize: z.enum(['small', 'medium', 'large']),
  language: z.enum(['pt-BR', 'en']),
  /** Whether keys such as `/` and `n` act by themselves (WCAG 2.1.4). */
  singleKeyShortcuts: z.boolean(),
});
export type Settings = z.output<typeof settings>;

export const me = z.object({
  id: uuid,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  role,
  clinicalAccess: z.boolean().describe('reads and writes what was written in treatment'),
  seesClinic: z.boolean().describe('a professional who sees the clients and agendas of the whole clinic'),
  covered: z.array(uuid).readonly().describe('colleagues whom they cover now, with all clients and the agenda'),
  coveredClients: z.array(uuid).readonly().describe('clients whom they cover by name'),
  coveredInPart: z.array(uuid).readonly().describe('whose those clients are'),
  emergencies: z.array(uuid).readonly().describe('clients whom they opened in an emergency'),
  ...profile,
  clinic: z.object({ id: uuid, name: z.string(), timeZone: z.string() }),
});
export type Me = z.output<typeof me>;

export const mePatch = z.strictObject({
  firstName: name(100).optional(),
  lastName: singleLineText(100).nullable().optional(),
  ...profileInput,
});
export type MePatch = z.output<typeof mePatch>;

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

const device = z.strictObject({ id: deviceId, name: name(80).optional() });
const transport = z.enum(['cookie', 'bearer']);

/** The answer to signing in, by code, link or passkey. It has tokens for `bearer` only; browsers get them as cookies. */
const openedSession = z.object({
  professional: me,
  session: deviceSession,
  activeSessions: z.number().int(),
  maxSessions: z.number().int(),
  endedSessions: z.array(deviceSession.omit({ current: true })),
  ...tokens,
});

export const passkey = z.object({
  id: uuid,
  name: z.string(),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  backedUp: z.boolean().describe('kept by a password manager, so that losing the device does not lose it'),
});
export type Passkey = z.output<typeof passkey>;

/** The parts of a browser's `PublicKeyCredential.toJSON()` that the server checks (WebAuthn level 3, section 5.1). */
const base64url = z.string().regex(/^[\w-]+$/);
const credential = {
  id: base64url.max(2000),
  rawId: base64url.max(2000),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
};
const clientDataJSON = base64url.max(10_000);
export const createdCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON,
    attestationObject: base64url.max(50_000),
    transports: z.array(singleLineText(32)).max(10).default([]),
  }),
});
export const assertedCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON,
    authenticatorData: base64url.max(10_000),
    signature: base64url.max(10_000),
    userHandle: base64url.max(200).nullish(),
  }),
});
export type CreatedCredential = z.output<typeof createdCredential>;
export type AssertedCredential = z.output<typeof assertedCredential>;

const publicKeyOptions = (what: string) =>
  z.looseObject({ challenge: z.string() }).describe(`${what} (WebAuthn level 3); good once, for five minutes`);

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
    response: z.object({ expiresIn: z.number().int().describe('seconds') }),
    headers: {
      'Code-Number': 'the number that the mail calls the code by; with `Date`, it tells mails apart',
    },
    errors: ['invalid_request', 'too_many_requests'],
  },
  'POST /auth/sessions': {
    summary: 'Sign in with a code',
    tag,
    access: 'public',
    body: z.strictObject({
      email,
      code: z.string().regex(/^\d{6}$/, 'invalid_code_format'),
      device,
      transport,
    }),
    status: 201,
    response: openedSession,
    errors: [
      'invalid_request',
      'invalid_code',
      'superseded_code',
      'too_many_requests',
      'clinic_suspended',
      'entry_missing',
    ],
  },
  'POST /auth/link-sessions': {
    summary: 'Sign in by the link of a mail that brought a code',
    tag,
    access: 'public',
    body: z.strictObject({
      email,
      secret: z
        .string()
        .regex(/^[\w-]{43}$/, 'invalid_value')
        .describe('`chave` in the part of the link after `#`'),
      device,
      transport,
    }),
    status: 201,
    response: openedSession,
    errors: ['invalid_request', 'invalid_link', 'too_many_requests', 'clinic_suspended', 'entry_missing'],
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
    auditors: true,
    query: shortListQuery,
    status: 200,
    response: pageOf(deviceSession),
    errors: ['invalid_request'],
  },
  'DELETE /auth/sessions/current': {
    summary: 'Sign out of this device',
    tag,
    access: 'session',
    auditors: true,
    status: 204,
    errors: [],
  },
  'PATCH /auth/sessions/{id}': {
    summary: 'Rename a device',
    tag,
    access: 'session',
    auditors: true,
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
    auditors: true,
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
  'GET /auth/passkeys': {
    summary: 'Own passkeys',
    tag,
    access: 'session',
    auditors: true,
    query: shortListQuery,
    status: 200,
    response: pageOf(passkey),
    errors: ['invalid_request'],
  },
  'POST /auth/passkeys/options': {
    summary: 'Begin to add a passkey',
    tag,
    access: 'session',
    auditors: true,
    status: 200,
    response: publicKeyOptions('PublicKeyCredentialCreationOptionsJSON'),
    errors: ['too_many_passkeys', 'too_many_requests'],
  },
  'POST /auth/passkeys': {
    summary: 'Add the passkey that the browser made',
    tag,
    access: 'session',
    auditors: true,
    body: z.strictObject({ name: name(80), credential: createdCredential }),
    status: 201,
    response: passkey,
    errors: ['invalid_request', 'passkey_refused', 'duplicate_passkey', 'too_many_passkeys'],
  },
  'DELETE /auth/passkeys/{id}': {
    summary: 'Remove a passkey',
    tag,
    access: 'session',
    auditors: true,
    params: idParams,
    status: 204,
    errors: ['not_found'],
  },
  'POST /auth/passkey-sessions/options': {
    summary: 'Begin to sign in with a passkey',
    tag,
    access: 'public',
    status: 200,
    response: publicKeyOptions('PublicKeyCredentialRequestOptionsJSON'),
    errors: ['too_many_requests'],
  },
  'POST /auth/passkey-sessions': {
    summary: 'Sign in with a passkey',
    tag,
    access: 'public',
    body: z.strictObject({ credential: assertedCredential, device, transport }),
    status: 201,
    response: openedSession,
    errors: ['invalid_request', 'invalid_passkey', 'too_many_requests', 'clinic_suspended', 'entry_missing'],
  },
  'GET /me': {
    summary: 'Own profile',
    tag: 'me',
    access: 'session',
    auditors: true,
    status: 200,
    response: me,
    errors: [],
  },
  'PATCH /me': {
    summary: 'Change who oneself is; never one’s own rights',
    tag: 'me',
    access: 'session',
    auditors: true,
    body: mePatch,
    ifMatch: true,
    status: 200,
    response: me,
    errors: ['invalid_request', 'stale', 'precondition_required'],
  },
  'GET /me/settings': {
    summary: 'Own preferences',
    tag: 'me',
    access: 'session',
    auditors: true,
    status: 200,
    response: settings,
    errors: [],
  },
  'PATCH /me/settings': {
    summary: 'Change own preferences',
    tag: 'me',
    access: 'session',
    auditors: true,
    body: settings.partial(),
    ifMatch: true,
    status: 200,
    response: settings,
    errors: ['invalid_request', 'stale', 'precondition_required'],
  },
});
