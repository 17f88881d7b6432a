import { refreshAllClients } from '../../entities/client/client-queries.ts';
import { refreshTags } from '../../entities/tag/tag-queries.ts';

/** Reads again what shows tags, after clients have got others. */
export const refreshTagged = async (): Promise<void> => {
  await Promise.all([refreshTags(), refreshAllClients()]);
};
