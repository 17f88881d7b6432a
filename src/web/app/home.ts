/** Loaded first for a signed-in person, besides the page itself: the navigation and the person's data (scripts/vite/parts.ts). */
export { findMe } from '../lib/me.ts';
export { Shell } from './shell.tsx';
