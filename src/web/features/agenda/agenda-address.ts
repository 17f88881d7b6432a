import { startOfWeek } from '../../lib/wall-time.ts';

/** What the address of the agenda says. */
export interface AgendaAddress {
  /** A day `YYYY-MM-DD`; today if left out. */
  readonly dia?: string;
  readonly ver?: AgendaView;
  /** A professional's id. */
  readonly profissional?: string;
  /** The appointment whose panel is open. */
  readonly atendimento?: string;
}

export const agendaViews = ['dia', 'semana', 'mes', 'lista'] as const;
export type AgendaView = (typeof agendaViews)[number];

/** Whether a value is a day that exists: the date of `2026-02-30` would be another one. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);

/** Reads an address; what is no day, view or id is left out. */
export function readAgendaAddress({ dia, ver, profissional, atendimento }: Record<string, unknown>): AgendaAddress {
  const view = agendaViews.find((each) => each === ver);
  return {
    ...(isDay(dia) && { dia }),
    ...(view !== undefined && { ver: view }),
    ...(isId(profissional) && { profissional }),
    ...(isId(atendimento) && { atendimento }),
  };
}

/** The first day that a view of the agenda has. */
export function firstDayShown(day: string, view: AgendaView): string {
  if (view === 'mes') return `${day.slice(0, 8)}01`;
  return view === 'semana' ? startOfWeek(day) : day;
}
