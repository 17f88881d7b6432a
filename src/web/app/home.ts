/** What somebody signed in begins with, in one part: the navigation, the list of clients, and what these ask for. */
export { ClientListPage } from '../features/clients/list/list-page.tsx';
export { prefetchClients } from '../features/clients/client-api.ts';
export { findMe } from '../lib/me.ts';
export { Shell } from './shell.tsx';
