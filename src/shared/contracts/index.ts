import type { z } from 'zod';
import { agendaErrors } from '../errors/agenda.ts';
import { credentialErrors, entryErrors, passkeyErrors } from '../errors/auth.ts';
import { consentErrors } from '../errors/consents.ts';
import { policyErrors } from '../errors/policies.ts';
import { clientErrors } from '../errors/clients.ts';
import { clinicErrors } from '../errors/clinics.ts';
import { commonErrors } from '../errors/common.ts';
import { duplicateErrors } from '../errors/duplicates.ts';
import { emergencyErrors } from '../errors/emergencies.ts';
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
import { anonymizeRoutes } from './anonymizing.ts';
import { visitRoutes } from './agenda/visits.ts';
import { auditEvent, auditRoutes, clientView } from './audit.ts';
import { authRoutes, deviceSession, me, settings } from './auth.ts';
import { clientRoutes } from './client-routes.ts';
import { client, clientChange, clientInput, clientMerge, clientPatch, clientSummary } from './clients.ts';
import { covering, coveringRoutes } from './coverings.ts';
import { copyRoutes } from './copies.ts';
import { dataRequest, dataRequestRoutes } from './data-requests.ts';
import { consent, consentRoutes, consentText } from './consents.ts';
import { duplicatePair, duplicateRoutes, mergeInput } from './duplicates.ts';
import { emergencyAccess, emergencyRoutes } from './emergencies.ts';
import { eventRoutes } from './events.ts';
import { handOverRoutes } from './hand-overs.ts';
import { hostEntry, hostEntryRoutes } from './host-entries.ts';
import { importJob, importSummary } from './import-job.ts';
import { importRoutes } from './imports.ts';
import { messageTemplate, messageTemplateRoutes } from './message-templates.ts';
import { postalCodeRoutes } from './postal-codes.ts';
import { incident, incidentRoutes, incidentSummary } from './incidents.ts';
import { policyRoutes } from './policies.ts';
import { professional, professionalRoutes } from './professionals.ts';
import { relativeRoutes } from './relatives.ts';
import type { RouteContract } from './route.ts';
import { savedFilter, savedFilterRoutes } from './saved-filters.ts';
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
  ...clinicErrors,
  ...retentionErrors,
  ...duplicateErrors,
  ...relativeErrors,
  ...emergencyErrors,
  ...tagErrors,
  ...credentialErrors,
  ...entryErrors,
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
  ...anonymizeRoutes,
  ...copyRoutes,
  ...severalClientRoutes,
  ...relativeRoutes,
  ...tagRoutes,
  ...savedFilterRoutes,
  ...messageTemplateRoutes,
  ...postalCodeRoutes,
  ...duplicateRoutes,
  ...eventRoutes,
  ...importRoutes,
  ...professionalRoutes,
  ...clinicRoutes,
  ...hostEntryRoutes,
  ...appointmentRoutes,
  ...visitRoutes,
  ...availabilityRoutes,
  ...seriesRoutes,
  ...sessionPackageRoutes,
  ...waitingListRoutes,
  ...confirmationRoutes,
  ...reminderRoutes,
  ...calendarFeedRoutes,
  ...pushSubscriptionRoutes,
  ...handOverRoutes,
  ...coveringRoutes,
  ...emergencyRoutes,
  ...auditRoutes,
  ...dataRequestRoutes,
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
  'saved filters': 'Filters of the client list that each person keeps under names.',
  'message templates': "The clinic's own words for messages that people send by WhatsApp.",
  'postal codes': 'Addresses by CEP, from a service that the operator may choose.',
  imports: 'Clients that come in as files: a job each, with what it did and the way back.',
  duplicates: 'Records that are likely one person: merging them, and the way back.',
  professionals: 'The people who work in the clinic.',
  coverings: 'Who stands in for whom, with which clients and until when.',
  emergencies: 'Clients of colleagues that somebody opened for some hours, and what became of it.',
  clinic: 'The clinic itself and its settings.',
  'host entries': 'When somebody of the host was let into the clinic.',
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
  'data requests': 'What people ask about their data (LGPD art. 18), and what was done.',
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
  HostEntry: hostEntry,
  AuditEvent: auditEvent,
  Client: client,
  ClientChange: clientChange,
  ClientInput: clientInput,
  ClientMerge: clientMerge,
  ClientPatch: clientPatch,
  ClientSummary: clientSummary,
  ClientView: clientView,
  ClinicTag: clinicTag,
  DataRequest: dataRequest,
  Consent: consent,
  ConsentText: consentText,
  Incident: incident,
  IncidentSummary: incidentSummary,
  DeviceSession: deviceSession,
  ImportJob: importJob,
  ImportSummary: importSummary,
  Covering: covering,
  DuplicatePair: duplicatePair,
  EmergencyAccess: emergencyAccess,
  Me: me,
  MergeInput: mergeInput,
  MessageTemplate: messageTemplate,
  Professional: professional,
  SavedFilter: savedFilter,
  Settings: settings,
} satisfies Record<string, z.ZodType>;
