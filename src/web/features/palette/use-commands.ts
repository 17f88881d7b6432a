import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type CommandEntry, isFor } from '../../lib/feature.ts';
import { currentLanguage } from '../../lib/i18n.ts';
import { useMe } from '../../lib/me.ts';
import { useSaveSettings } from '../../entities/me/save-settings.ts';
import { useSignOut } from '../../entities/me/sign-out.ts';
import type { Command } from './palette-option.ts';

/** The commands of all features that this person may use, in the page's language. */
export function useCommands(entries: readonly CommandEntry[]): Command[] {
  const { i18n } = useLingui();
  const tools = { navigate: useNavigate(), saveSettings: useSaveSettings(), signOut: useSignOut() };
  const me = useMe();
  const language = currentLanguage();
  const read = (text: CommandEntry['label']): string => (typeof text === 'string' ? text : i18n._(text));
  return entries
    .filter((entry) => isFor(entry, me) && entry.languages?.includes(language) !== false)
    .map(({ id, group, label, also = '', icon, run }) => ({
      id,
      group,
      label: read(label),
      also: read(also),
      icon,
      run: () => {
        run(tools);
      },
    }));
}
