import type { Database } from '../../db/transaction.ts';
import { type HostEvent, listHostEvents } from './desk-queries.ts';

/** What the host did to whole clinics, oldest first; also to those that are gone. */
export const listDeskEvents = (db: Database): Promise<HostEvent[]> => db.system(listHostEvents);
