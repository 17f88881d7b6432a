import type { z } from 'zod';
import { agendaErrors } from '../errors/agenda.ts';
import { credentialErrors, passkeyErrors } from '../errors/auth.ts';
import { consentErrors } from '../errors/consents.ts';
import { policyErrors } from '../errors/policies.ts';
import { clientErrors } from '../errors/clients.ts';
import { commonErrors } from '../errors/common.ts';
import { duplicateErrors } from '../errors/duplicates.ts';
import { httpErrors } from '../errors/http.ts';
import { importErrors } from '../errors/imports.ts';
import { professionalErrors } from '../errors/professionals.ts';
import { relativeErrors } from '../errors/relatives.ts';
import { recordErrors } from '../errors/records.ts';
import { retentionErrors } from '../errors/retention.ts';
import { sessionErrors } from '../errors/sessions.ts';
import { tagErrors } from '../errors/tags.ts';
import type { ErrorText } from '../errors/text.ts';
import { appointment, appointmentRoutes, appointmentSummary } from './agenda/appointments.ts';
import { availabilityRoutes } from './agenda/availability.ts';
import { calendarFeedRoutes } from './agenda/calendar-feeds.ts';
import { pushSubscriptionRoutes } from './agenda/push-subscriptions.ts';
import { clinic, clinicRoutes } from './agenda/clinic.ts';
import { confirmationRoutes } from './agenda/confirmations.ts';
import { reminderRoutes } from './agenda/reminders.ts';
import { seriesRoutes } from './agenda/series.ts';
import { sessionPackageRoutes } from './agenda/session-packages.ts';
import { waitingListRoutes } from './agenda/waiting-list.ts';
import { auditEvent, auditRoutes, clientView } from './audit.ts';
import { authRoutes, deviceSession, me, settings } from './auth.ts';
import { clientRoutes } from './client-routes.ts';
import { client, clientChange, clientInput, clientMerge, clientPatch, clientSummary } from './clients.ts';
import { consent, consentRoutes, consentText } from './consents.ts';
import { duplicatePair, duplicateRoutes, mergeInput } from './duplicates.ts';
import { eventRoutes } from './events.ts';
import { handOverRoutes } from './hand-overs.ts';
import { importJob, importRoutes, importSummary } from './imports.ts';
import { incident, incidentRoutes, incidentSummary } from './incidents.ts';
import { policyRoutes } from './policies.ts';
import { professional, professionalRoutes } from './professionals.ts';
import { relativeRoutes } from './relatives.ts';
import type { RouteContract } from './route.ts';
import { severalClientRoutes } from './several-clients.ts';
import { clinicTag, tagRoutes } from './tags.ts';

/** Sorts errors by status; the sort is stable, so errors of one status stay in the order of the features. */
const byStatus = <Errors extends Record<string, ErrorText>>(errors: Errors): Errors =>
  Object.fromEntries(Object.entries(errors).sort(([, a], [, b]) => a.status - b.status)) as Errors;

/** Every problem that a request can be answered with (RFC 9457). The key is the `code` of the answer. */
export const errorCatalogue = byStatus({
  ...commonErrors,
  ...httpErrors,
  ...sessionErrors,
  ...clientErrors,
  ...professionalErrors,
  ...retentionErrors,
  ...duplicateErrors,
  ...relativeErrors,
  ...tagErrors,
  ...credentialErrors,
  ...passkeyErrors,
  ...recordErrors,
  ...importErrors,
  ...agendaErrors,
  ...consentErrors,
  ...policyErrors,
});

export type ErrorCode = keyof typeof errorCatalogue;

/** The whole HTTP surface below `/api/v1`: the one source of validation, types and OpenAPI. */
export const contracts = {
  ...authRoutes,
  ...clientRoutes,
  ...severalClientRoutes,
  ...relativeRoutes,
  ...tagRoutes,
  ...duplicateRoutes,
  ...eventRoutes,
  ...importRoutes,
  ...professionalRoutes,
  ...clinicRoutes,
  ...appointmentRoutes,
  ...availabilityRoutes,
  ...seriesRoutes,
  ...sessionPackageRoutes,
  ...waitingListRoutes,
  ...confirmationRoutes,
  ...reminderRoutes,
  ...calendarFeedRoutes,
  ...pushSubscriptionRoutes,
  ...handOverRoutes,
  ...auditRoutes,
  ...consentRoutes,
  ...incidentRoutes,
  ...policyRoutes,
} satisfies Record<string, RouteContract<ErrorCode>>;

export type Contracts = typeof contracts;
export type RouteKey = keyof Contracts;

/** The descriptions of the routes' tags in the OpenAPI document. */
export const tags: Readonly<Record<string, string>> = {
  auth: 'Signing in by a code sent by e-mail, tokens, and the devices that are signed in.',
  me: 'The person who is signed in.',
  clients: 'The clients of the clinic: search, cards, history.',
  tags: 'The tags that clients have, each in one spelling, and which of them warn.',
  imports: 'Clients that come in as files: a job each, with what it did and the way back.',
  duplicates: 'Records that are likely one person: merging them, and the way back.',
  professionals: 'The people who work in the clinic.',
  clinic: 'The clinic itself and its settings.',
  appointments: 'Who comes when, to whom, and what became of it.',
  availability: 'Opening hours, absences, holidays, kinds of visit, rooms, and the free times that follow from them.',
  series: 'Appointments that repeat.',
  'session packages': 'Numbers of sessions that clients have agreed on, and how many are used.',
  'waiting list': 'Who wants a time that is not free.',
  confirmations: 'What clients answer by the link of a message.',
  reminders: 'Reminders by e-mail, and who wants none.',
  'calendar feeds': 'The agenda in other calendar programs (RFC 5545).',
  'push subscriptions': 'Devices that are told when a client answers (Web Push, RFC 8030).',
  audit: 'The trail of who did what: append-only, chained by hashes, never with personal data.',
  consents: 'What clients agree to: the texts in their versions, answers and withdrawals, never changed.',
  incidents: 'Incidents with personal data: whom they touched, by when they have to be told.',
  policies: 'Privacy notice, terms, and who is responsible: what anybody may read.',
  events: 'What changed in the clinic, told as it happens.',
};

/** Shapes that have a name of their own in the OpenAPI document. */
export const namedShapes = {
  Appointment: appointment,
  AppointmentSummary: appointmentSummary,
  Clinic: clinic,
  AuditEvent: auditEvent,
  Client: client,
  ClientChange: clientChange,
  ClientInput: clientInput,
  ClientMerge: clientMerge,
  ClientPatch: clientPatch,
  ClientSummary: clientSummary,
  ClientView: clientView,
  ClinicTag: clinicTag,
  Consent: consent,
  ConsentText: consentText,
  Incident: incident,
  IncidentSummary: incidentSummary,
  DeviceSession: deviceSession,
  ImportJob: importJob,
  ImportSummary: importSummary,
  DuplicatePair: duplicatePair,
  Me: me,
  MergeInput: mergeInput,
  Professional: professional,
  Settings: settings,
} satisfies Record<string, z.ZodType>;
