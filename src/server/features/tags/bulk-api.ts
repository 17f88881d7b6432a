// The clinic's spelling of very many tags, for imports.

export { TagSpeller } from './tag-speller.ts';
