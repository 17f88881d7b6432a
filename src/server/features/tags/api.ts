// The clinic's tags, for features that write clients.

export { addStandardTags, addUsedTags } from './standard-tags.ts';
export { spellTags } from './spelling.ts';
