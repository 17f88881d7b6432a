import { z } from 'zod';
import { defineRoutes, idParams } from '../route.ts';

/** What a client wants to be reminded by. */
export const reminderPreference = z.object({
  email: z.boolean().describe('whether the client gets reminders by e-mail at the times that the clinic has chosen'),
});
export type ReminderPreference = z.output<typeof reminderPreference>;

/** What they get in the end: consent comes before the choice. */
const reminderState = reminderPreference.extend({
  messagesRefused: z.boolean().describe('no messages at all: consent was refused or withdrawn'),
});
export type ReminderState = z.output<typeof reminderState>;

const tag = 'reminders';
const access = 'session';

export const reminderRoutes = defineRoutes({
  'GET /clients/{id}/reminders': {
    summary: 'Whether a client gets reminders',
    tag,
    access,
    params: idParams,
    status: 200,
    response: reminderState,
    errors: ['not_found'],
  },
  'PATCH /clients/{id}/reminders': {
    summary: 'Write a client off reminders, or on again',
    tag,
    access,
    params: idParams,
    body: z.strictObject({ email: z.boolean() }),
    ifMatch: true,
    status: 200,
    response: reminderState,
    errors: ['not_found', 'invalid_request', 'forbidden', 'stale', 'precondition_required'],
  },
});
