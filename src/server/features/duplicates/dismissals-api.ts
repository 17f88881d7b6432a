// Dismissals (“not the same person”), for other features.

export { forgetDismissals, listDismissed } from './dismissal-queries.ts';
