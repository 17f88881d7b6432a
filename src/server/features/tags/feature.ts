import type { Feature } from '../../feature.ts';
import { registerTagRoutes } from './routes.ts';
import { completeTags } from './standard-tags.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    tag_added: 'tag';
    tag_changed: 'tag';
    tag_renamed: 'tag';
    /** The record is the tag that stays. */
    tag_merged: 'tag';
    tag_deleted: 'tag';
  }
}

/** The tags of a clinic: one spelling each, how they look, and which of them warn. */
export const tags: Feature = {
  name: 'tags',
  tables: ['clinic_tags'],
  routes: registerTagRoutes,
  afterRestore: completeTags,
  announces: ['tag_added', 'tag_changed', 'tag_renamed', 'tag_merged', 'tag_deleted'],
};
