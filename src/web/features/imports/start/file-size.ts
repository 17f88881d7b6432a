import { currentLanguage } from '../../../lib/i18n.ts';

const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file as file managers show it: “2,3 MB”. */
export function formatFileSize(bytes: number): string {
  let size = bytes / 1000;
  let step = 0;
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1000;
    step += 1;
  }
  const digits = size < 10 && step > 0 ? 1 : 0;
  const unit = units[step] ?? 'kilobyte';
  const rounded = Math.max(size, digits === 0 ? 1 : 0.1);
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit, maximumFractionDigits: digits }).format(
    rounded,
  );
}
