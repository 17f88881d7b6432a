import { randomUUID } from 'node:crypto';
import type { RouteKey } from '../../src/shared/contracts/index.ts';

/** Ids that requests can name. All of them belong to one person of a clinic. */
export interface Belongings {
  readonly personId: string;
  readonly clientId: string;
  /** Another client. `mergeId`: a merge into it; `dismissalId`: a dismissal of it and the first client. */
  readonly secondClientId: string;
  readonly mergeId: string;
  readonly dismissalId: string;
  readonly sessionId: string;
  readonly passkeyId: string;
  readonly importId: string;
  readonly appointmentId: string;
  readonly timeOffId: string;
  readonly holidayId: string;
  readonly visitTypeId: string;
  readonly roomId: string;
  /** The series of the appointment. */
  readonly seriesId: string;
  readonly packageId: string;
  readonly wishId: string;
  /** A link between the first client and the second. */
  readonly linkId: string;
  readonly tagId: string;
  readonly secondTagId: string;
  readonly feedId: string;
  /** An open entry of the host into the clinic. */
  readonly hostEntryId: string;
  /** A push subscription. */
  readonly pushId: string;
  readonly filterId: string;
  /** A message of the clinic. */
  readonly templateId: string;
  /** A covering of the person by `covererId`, and an emergency access of the person; both are over. */
  readonly coveringId: string;
  readonly covererId: string;
  readonly emergencyId: string;
  readonly dataRequestId: string;
  /** The text that the consent is to. */
  readonly consentTextId: string;
  readonly consentId: string;
  readonly incidentId: string;
}

export interface Parts {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly form?: FormData;
}

interface Recipe {
  /** Makes the request about `target`. */
  readonly ask?: (target: Belongings) => Parts;
  /** The status for people with the right, if the request cannot get the contract's status. */
  readonly allowed?: number;
  /** The status for records of a colleague, if it is not 404. */
  readonly colleagues?: number;
  /** The request ends its own session. */
  readonly ends?: true;
}

export const email = () => `${randomUUID()}@papel.test`;
const ofClient = ({ clientId }: Belongings) => ({ params: { id: clientId } });
const ofSession = ({ sessionId }: Belongings) => ({ params: { id: sessionId } });
const ofImport = ({ importId }: Belongings) => ({ params: { id: importId } });
const ofPerson = ({ personId }: Belongings) => ({ params: { id: personId } });

const ofAppointment = ({ appointmentId }: Belongings) => ({ params: { id: appointmentId } });
let minutes = 0;
/** An instant that no other request names. */
const freshTime = () => new Date(Date.UTC(2040, 0, 1, 12) + (minutes += 1) * 86_400_000).toISOString();
const freshDay = () => freshTime().slice(0, 10);

/** How each operation is requested. Operations that are not listed need no parameters. */
export const recipes: Partial<Record<RouteKey, Recipe>> = {
  'POST /auth/codes': { ask: () => ({ body: { email: email() } }) },
  'POST /auth/sessions': {
    ask: () => ({ body: { email: email(), code: '123456', device: { id: 'x' }, transport: 'bearer' } }),
    allowed: 401,
  },
  'POST /auth/link-sessions': {
    ask: () => ({ body: { email: email(), secret: 'x'.repeat(43), device: { id: 'x' }, transport: 'bearer' } }),
    allowed: 401,
  },
  'POST /auth/refresh': { ask: () => ({ body: { refreshToken: 'x' } }), allowed: 401 },
  'DELETE /auth/sessions/current': { ends: true },
  'PATCH /auth/sessions/{id}': { ask: (target) => ({ ...ofSession(target), body: { deviceName: 'Celular' } }) },
  'DELETE /auth/sessions/{id}': { ask: ofSession },
  'POST /auth/passkeys': { ask: () => ({ body: { name: 'x', credential: {} } }), allowed: 422 },
  'DELETE /auth/passkeys/{id}': { ask: ({ passkeyId }) => ({ params: { id: passkeyId } }) },
  'POST /auth/passkey-sessions': { ask: () => ({ body: {} }), allowed: 422 },
  'PATCH /me': { ask: () => ({ body: { lastName: 'Prova' } }) },
  'PATCH /me/settings': { ask: () => ({ body: { theme: 'dark' } }) },
  'POST /clients': {
    ask: ({ personId }) => ({ body: { firstName: 'Nova', professionalId: personId } }),
    colleagues: 403,
  },
  'POST /clients/export.csv': { ask: ({ clientId }) => ({ body: { ids: [clientId] } }), colleagues: 200 },
  'POST /clients/export.xlsx': { ask: ({ clientId }) => ({ body: { ids: [clientId] } }), colleagues: 200 },
  // Clients of others are left alone, and the answer names none.
  'POST /clients/several': {
    ask: ({ clientId }) => ({ body: { ids: [clientId], change: { addTag: 'prova' } } }),
    colleagues: 200,
  },
  'POST /clients/several/{id}/undo': { ask: () => ({ params: { id: randomUUID() } }), allowed: 404 },
  'GET /clients/{id}': { ask: ofClient },
  'GET /clients/{id}/viewers': { ask: ofClient },
  'POST /coverings': {
    ask: ({ personId, covererId }) => ({
      body: { absentId: personId, coveringId: covererId, from: '2040-01-01', to: '2040-01-02', reason: 'prova' },
    }),
    colleagues: 403,
  },
  'DELETE /coverings/{id}': { ask: ({ coveringId }) => ({ params: { id: coveringId } }) },
  'POST /emergency-accesses/look-up': { ask: () => ({ body: { phone: '11987650000' } }) },
  'POST /clients/{id}/emergency-access': { ask: (target) => ({ ...ofClient(target), body: { reason: 'prova' } }) },
  'POST /emergency-accesses/{id}/review': { ask: ({ emergencyId }) => ({ params: { id: emergencyId } }) },
  'PATCH /clients/{id}': { ask: (target) => ({ ...ofClient(target), body: { rg: '1' } }) },
  // The first one has an appointment to come.
  'DELETE /clients/{id}': { ask: ({ secondClientId }) => ({ params: { id: secondClientId } }) },
  'POST /clients/{id}/restore': { ask: ofClient },
  'GET /clients/{id}/history': { ask: ofClient },
  'GET /clients/{id}/data-export': { ask: ofClient },
  'GET /clients/{id}/vcard': { ask: ofClient },
  // The client has an appointment to come.
  'POST /clients/{id}/anonymize': { ask: ofClient, allowed: 409 },
  'DELETE /clients/{id}/anonymize': { ask: ofClient },
  'POST /clients/{id}/copies': { ask: ofClient },
  'GET /copies/{token}.zip': { ask: () => ({ params: { token: 'x' } }), allowed: 404 },
  'POST /data-requests': {
    ask: ({ clientId }) => ({ body: { clientId, kind: 'access', identifiedBy: 'Documento visto' } }),
  },
  'GET /data-requests/{id}': { ask: ({ dataRequestId }) => ({ params: { id: dataRequestId } }) },
  'PATCH /data-requests/{id}': {
    ask: ({ dataRequestId }) => ({ params: { id: dataRequestId }, body: { answer: 'Prova' } }),
  },
  'GET /clients/{id}/relatives': { ask: ofClient },
  // The two are siblings already.
  'POST /clients/{id}/relatives': {
    ask: (target) => ({ ...ofClient(target), body: { clientId: target.secondClientId, kind: 'partner' } }),
  },
  'DELETE /clients/{id}/relatives/{linkId}': {
    ask: ({ clientId, linkId }) => ({ params: { id: clientId, linkId } }),
  },
  'POST /tags': { ask: () => ({ body: { name: randomUUID() } }) },
  'PATCH /tags/{id}': { ask: ({ tagId }) => ({ params: { id: tagId }, body: { warns: true } }) },
  'POST /tags/{id}/merge': {
    ask: ({ tagId, secondTagId }) => ({ params: { id: tagId }, body: { into: secondTagId } }),
  },
  'DELETE /tags/{id}': { ask: ({ tagId }) => ({ params: { id: tagId } }) },
  'POST /saved-filters': { ask: () => ({ body: { name: 'Prova', filters: { city: 'Santos' } } }) },
  'DELETE /saved-filters/{id}': { ask: ({ filterId }) => ({ params: { id: filterId } }) },
  'POST /message-templates': { ask: () => ({ body: { name: 'Prova', text: 'Olá, {nome}' } }) },
  'PATCH /message-templates/{id}': { ask: ({ templateId }) => ({ params: { id: templateId }, body: { text: 'Oi' } }) },
  'DELETE /message-templates/{id}': { ask: ({ templateId }) => ({ params: { id: templateId } }) },
  'GET /postal-codes/{postalCode}': { ask: () => ({ params: { postalCode: '01310100' } }) },
  'GET /clients/birthdays': { ask: () => ({ query: { from: '2026-12-01' } }) },
  'GET /visits': { ask: ({ clientId }) => ({ query: { clientId } }) },
  'POST /imports': {
    ask: ({ personId }) => {
      const form = new FormData();
      form.set('professionalId', personId);
      form.set('file', new Blob(['nome\n']), 'lista.csv');
      return { form };
    },
    colleagues: 403,
  },
  'GET /imports/{id}': { ask: ofImport },
  'GET /imports/{id}/rejected.csv': { ask: ofImport },
  'POST /imports/{id}/repeat': { ask: (target) => ({ ...ofImport(target), body: { dryRun: true } }) },
  'POST /imports/{id}/undo': { ask: ofImport },
  'POST /duplicates/dismissals': {
    ask: ({ clientId, secondClientId }) => ({ body: { clientIds: [clientId, secondClientId] } }),
    colleagues: 404,
  },
  'DELETE /duplicates/dismissals/{id}': { ask: ({ dismissalId }) => ({ params: { id: dismissalId } }) },
  'POST /duplicates/merge': {
    ask: ({ clientId, secondClientId }) => ({
      body: { winnerId: clientId, loserId: secondClientId, winnerEtag: '*', loserEtag: '*' },
    }),
    colleagues: 404,
  },
  'POST /duplicates/merges/{id}/undo': { ask: ({ mergeId }) => ({ params: { id: mergeId } }) },
  'POST /professionals': { ask: () => ({ body: { email: email(), firstName: 'Nova', role: 'professional' } }) },
  'GET /professionals/{id}': { ask: ofPerson },
  'PATCH /professionals/{id}': { ask: (target) => ({ ...ofPerson(target), body: { lastName: 'Prova' } }) },
  // The person has signed in.
  'POST /professionals/{id}/invitation': { ask: ofPerson, allowed: 409 },
  'POST /professionals/{id}/deactivate': { ask: (target) => ({ ...ofPerson(target), body: { reason: 'saiu' } }) },
  'POST /professionals/{id}/reactivate': { ask: ofPerson },
  'GET /professionals/{id}/hand-over': { ask: ofPerson },
  'POST /professionals/{id}/hand-over/take-back': { ask: ofPerson },
  'GET /professionals/{id}/sessions': { ask: ofPerson },
  'DELETE /professionals/{id}/sessions/{sessionId}': {
    ask: ({ personId, sessionId }) => ({ params: { id: personId, sessionId } }),
  },
  'PATCH /clinic': { ask: () => ({ body: { city: 'Santos' } }) },
  'POST /appointments': {
    ask: ({ clientId, personId }) => ({ body: { clientId, professionalId: personId, startAt: freshTime() } }),
    colleagues: 403,
  },
  'POST /appointments/shift': {
    ask: ({ personId }) => ({ body: { professionalId: personId, from: freshTime(), minutes: 10 } }),
    colleagues: 403,
  },
  'GET /appointments/{id}': { ask: ofAppointment },
  'PATCH /appointments/{id}': { ask: (target) => ({ ...ofAppointment(target), body: { title: 'Prova' } }) },
  'DELETE /appointments/{id}': { ask: ofAppointment },
  'POST /appointments/{id}/transitions': { ask: (target) => ({ ...ofAppointment(target), body: { to: 'confirmed' } }) },
  'GET /appointments/{id}/history': { ask: ofAppointment },
  'GET /availability': { ask: () => ({ query: { from: '2040-01-02', to: '2040-01-03' } }) },
  'GET /professionals/{id}/hours': { ask: ofPerson },
  'PUT /professionals/{id}/hours': { ask: (target) => ({ ...ofPerson(target), body: { weekly: [], exceptions: [] } }) },
  'POST /time-off': {
    ask: ({ personId }) => ({
      body: { professionalId: personId, startAt: '2040-01-02T12:00:00Z', endAt: '2040-01-02T13:00:00Z' },
    }),
    colleagues: 403,
  },
  'DELETE /time-off/{id}': { ask: ({ timeOffId }) => ({ params: { id: timeOffId } }) },
  'POST /host-entries/{id}/end': { ask: ({ hostEntryId }) => ({ params: { id: hostEntryId } }) },
  'GET /holidays': { ask: () => ({ query: { year: '2026' } }) },
  'POST /holidays': { ask: () => ({ body: { date: freshDay(), name: 'Prova', closed: false } }) },
  'DELETE /holidays/{id}': { ask: ({ holidayId }) => ({ params: { id: holidayId } }) },
  'POST /visit-types': { ask: () => ({ body: { key: `k${freshDay()}`, name: 'Prova', minutes: 30 } }) },
  'PATCH /visit-types/{id}': { ask: ({ visitTypeId }) => ({ params: { id: visitTypeId }, body: { name: 'Prova' } }) },
  'POST /rooms': { ask: () => ({ body: { name: `Sala ${freshDay()}` } }) },
  'PATCH /rooms/{id}': { ask: ({ roomId }) => ({ params: { id: roomId }, body: { name: 'Sala' } }) },
  'POST /series': {
    ask: ({ clientId, personId }) => ({
      body: {
        ...{ clientId, professionalId: personId, visitType: 'consulta', localStart: freshTime().slice(0, 16) },
        ...{ rule: { every: 1, unit: 'week', count: 1 }, dryRun: true },
      },
    }),
    allowed: 200,
    colleagues: 403,
  },
  'GET /series/{id}': { ask: ({ seriesId }) => ({ params: { id: seriesId } }) },
  'PATCH /series/{id}': {
    ask: ({ seriesId, appointmentId }) => ({
      params: { id: seriesId },
      body: { scope: 'one', appointmentId, title: 'Prova' },
    }),
  },
  'POST /session-packages': { ask: ({ clientId }) => ({ body: { clientId, total: 10 } }), colleagues: 404 },
  'PATCH /session-packages/{id}': { ask: ({ packageId }) => ({ params: { id: packageId }, body: { total: 12 } }) },
  'POST /waiting-list': { ask: ({ clientId }) => ({ body: { clientId } }), colleagues: 404 },
  'PATCH /waiting-list/{id}': { ask: ({ wishId }) => ({ params: { id: wishId }, body: { note: 'Prova' } }) },
  'DELETE /waiting-list/{id}': { ask: ({ wishId }) => ({ params: { id: wishId } }) },
  'GET /waiting-list/matches': { ask: ({ appointmentId }) => ({ query: { appointmentId } }), colleagues: 404 },
  'POST /appointments/{id}/confirmation-link': { ask: ofAppointment },
  'DELETE /appointments/{id}/confirmation-link': { ask: ofAppointment },
  'GET /public/confirmations/{token}': { ask: () => ({ params: { token: 'x' } }), allowed: 404 },
  'POST /public/confirmations/{token}': {
    ask: () => ({ params: { token: 'x' }, body: { answer: 'confirm' } }),
    allowed: 404,
  },
  'GET /clients/{id}/reminders': { ask: ofClient },
  'PATCH /clients/{id}/reminders': { ask: (target) => ({ ...ofClient(target), body: { email: false } }) },
  'POST /calendar-feeds': { ask: () => ({ body: { name: 'Prova' } }) },
  'DELETE /calendar-feeds/{id}': { ask: ({ feedId }) => ({ params: { id: feedId } }) },
  'POST /push-subscriptions': {
    ask: () => {
      const point = 'A'.repeat(87);
      return {
        body: { endpoint: 'https://[', keys: { p256dh: point, auth: 'A'.repeat(22) }, serverKey: point },
      };
    },
    allowed: 422,
  },
  'DELETE /push-subscriptions/{id}': { ask: ({ pushId }) => ({ params: { id: pushId } }) },
  'POST /consent-texts': { ask: () => ({ body: { purpose: 'other', title: randomUUID(), body: 'Autorizo.' } }) },
  'GET /clients/{id}/consents': { ask: ofClient },
  'POST /clients/{id}/consents': {
    ask: (target) => ({
      ...ofClient(target),
      body: { textId: target.consentTextId, decision: 'given', by: 'client', means: 'paper' },
    }),
  },
  'GET /message-refusals': { ask: ({ clientId }) => ({ query: { clientId } }) },
  'POST /consents/{id}/withdraw': {
    ask: ({ consentId }) => ({ params: { id: consentId }, body: { by: 'client', means: 'verbal' } }),
  },
  'POST /incidents': {
    ask: () => ({
      body: {
        ...{ address: '192.0.2.1', from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
        description: 'Acesso estranho',
      },
    }),
  },
  'GET /incidents/{id}': { ask: ({ incidentId }) => ({ params: { id: incidentId } }) },
  'PATCH /incidents/{id}': {
    ask: ({ incidentId }) => ({ params: { id: incidentId }, body: { description: 'Acesso estranho' } }),
  },
  'PATCH /privacy-settings': { ask: () => ({ body: { controllerName: 'Clínica' } }) },
  'POST /policies': { ask: () => ({ body: { kind: 'privacy', body: 'Aviso' } }) },
  // Two clinics share this host.
  'GET /public/policies': { allowed: 404 },
  'GET /public/policies/{clinic}': { ask: () => ({ params: { clinic: 'ninguem' } }), allowed: 404 },
};
