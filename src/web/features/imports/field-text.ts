import { statusLabels } from '../../../shared/appointment-labels.ts';
import { formatField } from '../../entities/client/format-field.ts';
import { formatPlainDate } from '../../lib/format.ts';
import { currentLanguage } from '../../lib/i18n.ts';

/** The wall time of an appointment in a file, as the server has read it; other text as it is. */
function formatRead(text: string): string {
  const [, date = '', time = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text) ?? [];
  return date === '' ? text : `${formatPlainDate(date)} ${time}`;
}

const isStatus = (text: string): text is keyof typeof statusLabels => Object.hasOwn(statusLabels, text);

/** A field's value as people read it; empty if there is none. */
export function fieldText(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' && field === 'appointment.status' && isStatus(value))
    return statusLabels[value][currentLanguage()];
  if (typeof value === 'string' && /^(?:nextAppointment|appointment)\./.test(field)) return formatRead(value);
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value === 'string') return formatField(field, value);
  return JSON.stringify(value);
}

export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces the change of `extra`, which holds all extra fields, by one change for each extra field that differs. */
export const spreadChanges = (changes: readonly FieldChange[]): FieldChange[] =>
  changes.flatMap((change) => {
    const { field, from, to } = change;
    if (field !== 'extra' || !isRecord(to)) return [change];
    const before = isRecord(from) ? from : {};
    return Object.entries(to)
      .filter(([key, value]) => before[key] !== value)
      .map(([key, value]) => ({ field: key, from: before[key] ?? null, to: value }));
  });
