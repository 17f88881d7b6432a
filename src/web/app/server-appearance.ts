import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useIdle } from '../lib/use-idle.ts';
import { settingsQuery, showSettings } from '../entities/me/settings.ts';

/** The professional's own preferences follow them to every device they sign in on, once the page stands. */
export function AppearanceFromServer(): null {
  const isIdle = useIdle();
  const { data } = useQuery({ ...settingsQuery, enabled: isIdle });
  useEffect(() => {
    if (data !== undefined) void showSettings(data.settings);
  }, [data]);
  return null;
}
