import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { chooseLanguage, currentLanguage } from '../../lib/i18n.ts';
import { changeAppearance } from '../../lib/appearance.ts';
import type { Settings } from '../../../shared/contracts/auth.ts';

interface StoredSettings {
  readonly settings: Settings;
  readonly etag: string;
}

/** The professional's preferences with the version they were read at. */
export const settingsQuery = queryOptions({
  queryKey: ['me', 'settings'],
  queryFn: async ({ signal }): Promise<StoredSettings> => {
    const { body, etag } = await api('GET /me/settings', { signal });
    return { settings: body, etag: etag ?? '' };
  },
});

/** Shows preferences at once on this device. */
export async function showSettings({ language, ...look }: Partial<Settings>): Promise<void> {
  changeAppearance(look);
  if (language !== undefined && language !== currentLanguage()) await chooseLanguage(language);
}
