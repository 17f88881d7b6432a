/** What the list begins with, in one file of the build (vite.parts.ts). */
export { ClientListPage } from './list-page.tsx';
export { prefetchClients } from './list-queries.ts';
