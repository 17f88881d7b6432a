/** What somebody signed in begins with, besides the first page: the navigation, and who they are (vite.parts.ts). */
export { findMe } from '../lib/me.ts';
export { Shell } from './shell.tsx';
