/** What the list needs first; the build puts it in one file (scripts/vite/parts.ts). */
export { ClientListPage } from './list-page.tsx';
export { prefetchClients } from './list-queries.ts';
