import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { settingsQuery, showSettings } from '../entities/me/settings.ts';

/** The professional's own preferences follow them to every device they sign in on. */
export function useAppearanceFromServer(): void {
  const { data } = useQuery(settingsQuery);
  useEffect(() => {
    if (data !== undefined) void showSettings(data.settings);
  }, [data]);
}
