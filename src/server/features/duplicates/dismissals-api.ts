// What other features do with remarks that two clients are different people.

export { forgetDismissals, listDismissed } from './dismissal-queries.ts';
