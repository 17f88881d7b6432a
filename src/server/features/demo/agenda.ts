import { v7 as uuidv7 } from 'uuid';
import type { Hours } from '../../../shared/contracts/agenda/availability.ts';
import { addDays, toInstant, toLocalDate, weekdayOf } from '../../../shared/zoned-time.ts';
import type { SeededAppointment } from '../appointments/api.ts';
import { holidaysOf } from '../availability/api.ts';
import { Chance } from './chance.ts';

const morning = { from: '08:00', to: '12:00' };
const afternoon = { from: '13:30', to: '18:00' };
const windows = [morning, afternoon];

const isHoliday = (day: string): boolean =>
  holidaysOf(Number(day.slice(0, 4))).some(({ date, kind }) => date === day && kind === 'national');

const isWorkday = (day: string): boolean => weekdayOf(day) <= 5 && !isHoliday(day);

/** Monday to Friday with lunch, and today, whichever day it is: whoever tries the product wants to see one. */
export function makeDemoHours(now: Date, timeZone: string): Hours {
  const today = toLocalDate(now, timeZone);
  return {
    weekly: [1, 2, 3, 4, 5].flatMap((weekday) => windows.map((window) => ({ weekday, ...window }))),
    exceptions: isWorkday(today) ? [] : [{ date: today, windows }],
  };
}

interface DemoAgenda {
  readonly professionalId: string;
  readonly clientIds: readonly string[];
}

const visits = [
  { visitType: 'consulta', minutes: 60 },
  { visitType: 'consulta', minutes: 60 },
  { visitType: 'retorno', minutes: 30 },
  { visitType: 'retorno', minutes: 30 },
  { visitType: 'procedimento', minutes: 90 },
  { visitType: 'avaliacao', minutes: 60 },
] as const;

const [daysBack, daysAhead] = [14, 24];

/** How full a day is: those behind and today well, those ahead less and less. */
const fillingOf = (ahead: number): number => (ahead <= 0 ? 0.88 : Math.max(0.25, 0.8 - ahead * 0.03));

/** Two weeks behind, today, and three ahead, for each agenda; always the same on the same day. */
export function makeDemoAppointments(agendas: readonly DemoAgenda[], now: Date, timeZone: string): SeededAppointment[] {
  const today = toLocalDate(now, timeZone);
  const chance = new Chance(20_261_203);
  const appointments: SeededAppointment[] = [];
  for (let ahead = -daysBack; ahead <= daysAhead; ahead++) {
    const day = addDays(today, ahead);
    if (ahead !== 0 && !isWorkday(day)) continue;
    for (const { professionalId, clientIds } of agendas)
      for (const { from, to } of windows) {
        const span = { start: toInstant(`${day}T${from}`, timeZone), end: toInstant(`${day}T${to}`, timeZone) };
        for (const visit of fillSpan(chance, span, fillingOf(ahead)))
          appointments.push({
            ...visit,
            ...chooseState(chance, visit, now),
            id: uuidv7(),
            professionalId,
            clientId: chance.pick(clientIds),
          });
      }
  }
  return appointments;
}

type Visit = Pick<SeededAppointment, 'visitType' | 'startAt' | 'endAt'>;

/** Visits one after the other, with gaps of half an hour. */
function fillSpan(
  chance: Chance,
  { start, end }: { readonly start: Date; readonly end: Date },
  filling: number,
): Visit[] {
  const made: Visit[] = [];
  for (let at = start.getTime(); at < end.getTime();) {
    const { visitType, minutes } = chance.pick(visits);
    const until = at + minutes * 60_000;
    if (!chance.happens(filling) || until > end.getTime()) {
      at += 30 * 60_000;
      continue;
    }
    made.push({ visitType, startAt: new Date(at), endAt: new Date(until) });
    at = until;
  }
  return made;
}

/** What became of a visit by now. */
function chooseState(
  chance: Chance,
  { startAt, endAt }: Visit,
  now: Date,
): Pick<SeededAppointment, 'status' | 'cancelReason'> {
  const luck = chance.next();
  if (luck < 0.04) return { status: 'canceled', cancelReason: 'Imprevisto no trabalho' };
  if (endAt <= now) return { status: luck < 0.09 ? 'noShow' : luck < 0.11 ? 'confirmed' : 'done' };
  if (startAt <= now) return { status: 'inProgress' };
  const minutesLeft = (startAt.getTime() - now.getTime()) / 60_000;
  if (minutesLeft < 30) return { status: 'arrived' };
  return { status: luck < (minutesLeft < 36 * 60 ? 0.7 : 0.25) ? 'confirmed' : 'scheduled' };
}
