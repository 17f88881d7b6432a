import { z } from 'zod';
import { defineRoutes, idParams, timestamp } from '../route.ts';
import { instant } from './times.ts';

const token = z.strictObject({ token: z.string().min(1).max(200) });

/** What somebody with the link of a message is shown: nothing else about the client. */
export const publicConfirmation = z.object({
  firstName: z.string(),
  clinicName: z.string(),
  clinicPhone: z.string().nullable(),
  startAt: timestamp,
  endAt: timestamp,
  localStart: z.string(),
  timeZone: z.string(),
  privacyPath: z
    .string()
    .nullable()
    .describe('where the clinic’s privacy notice and terms are, once it has published some'),
  answer: z.enum(['confirm', 'cancel', 'reschedule']).nullable(),
  mayAnswer: z.boolean().describe('false once the appointment was canceled or has begun'),
  moved: z.boolean().describe('its time is another than the one in the message'),
});
export type PublicConfirmation = z.output<typeof publicConfirmation>;

const tag = 'confirmations';

export const confirmationRoutes = defineRoutes({
  'POST /appointments/{id}/confirmation-link': {
    summary: 'A link by which the client confirms, and a prepared WhatsApp message',
    tag,
    access: 'session',
    params: idParams,
    status: 200,
    response: z.object({
      url: z.string().describe('a path when the configuration does not say where the web app is'),
      whatsappUrl: z.string().nullable().describe('null without a phone'),
      message: z.string(),
      firstName: z.string().describe('what the message calls the client'),
      request: z.string().describe('the part with time and link, to follow other words than those of the message'),
      expiresAt: timestamp,
    }),
    errors: ['not_found', 'forbidden', 'invalid_transition', 'messages_refused'],
  },
  'DELETE /appointments/{id}/confirmation-link': {
    summary: 'Revoke the links of an appointment',
    tag,
    access: 'session',
    params: idParams,
    status: 204,
    errors: ['not_found', 'forbidden'],
  },
  'GET /public/confirmations/{token}': {
    summary: 'The appointment of a link: first name, time, clinic. Changes nothing.',
    tag,
    access: 'public',
    params: token,
    status: 200,
    response: publicConfirmation,
    errors: ['not_found', 'too_many_requests'],
  },
  'POST /public/confirmations/{token}': {
    summary: "The client's answer",
    tag,
    access: 'public',
    params: token,
    body: z.strictObject({
      answer: z.enum(['confirm', 'cancel', 'reschedule']),
      startAt: instant
        .optional()
        .describe('the time that the page shows; needed once the appointment was moved after the message'),
    }),
    status: 200,
    response: publicConfirmation,
    errors: ['not_found', 'invalid_request', 'invalid_transition', 'too_many_requests'],
  },
});
