import { z } from 'zod';
import { clientFields } from '../client-fields.ts';
import { name } from '../text.ts';
import { defineRoutes, idParams, pageOf, shortListQuery, uuid } from './route.ts';

export const tagColors = ['slate', 'teal', 'indigo', 'green', 'amber', 'rose'] as const;
export type TagColor = (typeof tagColors)[number];
export const tagIcons = ['tag', 'alert', 'droplet', 'pill', 'baby', 'heart', 'shoe', 'star'] as const;
export type TagIcon = (typeof tagIcons)[number];

const tagName = name(clientFields.tags.limit).describe('one spelling: case, accents and spaces make no other tag');
const look = {
  color: z.enum(tagColors),
  icon: z.enum(tagIcons),
  warns: z.boolean().describe('shown at the top of the card and in the list, whatever else is there'),
};

export const tagInput = z.strictObject({
  name: tagName,
  color: look.color.default('slate'),
  icon: look.icon.default('tag'),
  warns: look.warns.default(false),
});
export const tagPatch = z.strictObject({ name: tagName, ...look }).partial();
const tagMerge = z.strictObject({ into: uuid.describe('the tag that stays') });

export const clinicTag = z.object({
  id: uuid,
  version: z.number().int().describe('the number in its ETag'),
  name: z.string(),
  ...look,
  clients: z.number().int().describe('how many clients whom the person may see have it, archived ones too'),
});
export type ClinicTag = z.output<typeof clinicTag>;
export type TagInput = z.output<typeof tagInput>;
export type TagPatch = z.output<typeof tagPatch>;

const tag = 'tags';
const access = 'session';

export const tagRoutes = defineRoutes({
  'GET /tags': {
    summary: "The clinic's tags: first those that warn, then by name",
    tag,
    access,
    query: shortListQuery,
    status: 200,
    response: pageOf(clinicTag),
    errors: ['invalid_request'],
  },
  'POST /tags': {
    summary: 'Add a tag; a client who is given an unknown one adds it as well',
    tag,
    access,
    body: tagInput,
    idempotent: true,
    status: 201,
    response: clinicTag,
    errors: ['invalid_request', 'forbidden', 'duplicate_tag', 'list_full', 'idempotency_key_reused'],
  },
  'PATCH /tags/{id}': {
    summary: 'Change a tag; a new name is written into all clients who have it',
    tag,
    access,
    params: idParams,
    body: tagPatch,
    ifMatch: true,
    status: 200,
    response: clinicTag,
    errors: ['invalid_request', 'not_found', 'forbidden', 'duplicate_tag', 'stale', 'precondition_required'],
  },
  'POST /tags/{id}/merge': {
    summary: 'Give all clients of a tag another one instead, and delete it',
    tag,
    access,
    params: idParams,
    body: tagMerge,
    status: 200,
    response: clinicTag.describe('the tag that stays'),
    errors: ['invalid_request', 'not_found', 'forbidden'],
  },
  'DELETE /tags/{id}': {
    summary: 'Delete a tag, and take it from all clients who have it',
    tag,
    access,
    params: idParams,
    ifMatch: true,
    status: 204,
    errors: ['not_found', 'forbidden', 'stale', 'precondition_required'],
  },
});
