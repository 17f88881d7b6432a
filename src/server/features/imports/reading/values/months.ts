import { foldText } from '../../../../../shared/fold-text.ts';

/** In Portuguese, English and Spanish. The first three letters identify a month. */
const names = [
  'janeiro january enero',
  'fevereiro february febrero',
  'marco march marzo',
  'abril april',
  'maio may mayo',
  'junho june junio',
  'julho july julio',
  'agosto august',
  'setembro september septiembre setiembre',
  'outubro october octubre',
  'novembro november noviembre',
  'dezembro december diciembre',
].map((month) => month.split(' '));

/** The number of a month, `1` to `12`, by the first three or more letters of its name; undefined for other words. */
export function monthOf(word: string): string | undefined {
  const folded = foldText(word);
  if (folded.length < 3) return undefined;
  const at = names.findIndex((month) => month.some((name) => name.startsWith(folded)));
  return at < 0 ? undefined : String(at + 1);
}

const weekdays =
  'domingo segunda terca quarta quinta sexta sabado sunday monday tuesday wednesday thursday friday saturday lunes martes miercoles jueves viernes'.split(
    ' ',
  );

/** Whether a word is a day of the week: `qua`, `Quarta`, `Wed`. */
export function isWeekday(word: string): boolean {
  const folded = foldText(word);
  return folded.length >= 3 && weekdays.some((day) => day.startsWith(folded));
}
