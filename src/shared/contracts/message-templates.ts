import { z } from 'zod';
import { multilineText, name } from '../text.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, uuid } from './route.ts';

const fields = {
  name: name(60),
  text: multilineText(1000)
    .refine((text) => text.trim() !== '', 'blank')
    .describe('{nome}, {clinica} and {profissional} stand for what differs from client to client'),
};
export const messageTemplateInput = z.strictObject(fields);
export const messageTemplatePatch = messageTemplateInput.partial();
export const messageTemplate = z.object({
  id: uuid,
  version: z.number().int().describe('the number in its ETag'),
  name: z.string(),
  text: z.string(),
});
export type MessageTemplate = z.output<typeof messageTemplate>;
export type MessageTemplateInput = z.output<typeof messageTemplateInput>;
export type MessageTemplatePatch = z.output<typeof messageTemplatePatch>;

const tag = 'message templates';
const access = 'session';

export const messageTemplateRoutes = defineRoutes({
  'GET /message-templates': {
    summary: "The clinic's own messages for WhatsApp, by name",
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(messageTemplate),
    errors: ['invalid_request'],
  },
  'POST /message-templates': {
    summary: 'Add a message',
    tag,
    access,
    body: messageTemplateInput,
    idempotent: true,
    status: 201,
    response: messageTemplate,
    errors: ['invalid_request', 'forbidden', 'list_full', 'idempotency_key_reused'],
  },
  'PATCH /message-templates/{id}': {
    summary: 'Change a message',
    tag,
    access,
    params: idParams,
    body: messageTemplatePatch,
    ifMatch: true,
    status: 200,
    response: messageTemplate,
    errors: ['invalid_request', 'not_found', 'forbidden', 'stale', 'precondition_required'],
  },
  'DELETE /message-templates/{id}': {
    summary: 'Delete a message',
    tag,
    access,
    params: idParams,
    ifMatch: true,
    status: 204,
    errors: ['not_found', 'forbidden', 'stale', 'precondition_required'],
  },
});
