import { type ClientField, fieldNames } from '../../../../../shared/client-fields.ts';
import { areOfAppointments, haveNextAppointment } from '../../../../../shared/appointment-columns.ts';
import type { ColumnMeaning } from '../../../../../shared/contracts/import-columns.ts';
import { appointmentMeaningOf, holdsTime, isOfVisits } from '../headers/appointment-names.ts';
import { foldHeader } from '../headers/header-names.ts';
import { identities } from './identities.ts';

interface Name {
  readonly header: string;
}

/** What lists of appointments say about a client, too. */
const ofBoth: ReadonlySet<string> = new Set<ClientField>([
  ...(['firstName', 'lastName', 'socialName', 'email', 'phone', 'secondaryPhone', 'document', 'dateOfBirth'] as const),
  ...(['guardian.phone', 'healthInsurance.plan', 'healthInsurance.number', 'tags', 'notes', 'extra'] as const),
]);
/** Fields that lists of clients have, and lists of appointments hardly. */
const ofClients: ReadonlySet<string> = new Set(fieldNames.filter((field) => !ofBoth.has(field)));
/** With so many of them it is a list of clients, whatever `Data` and `Hora` in it are. */
const manyOfClients = 2;

/**
 * Gives the columns of a list of appointments their meanings, and in a list of clients the time its day. What else a list of
 * appointments says about its clients is left out: such a list changes none.
 */
export function guessOfAppointments(
  names: readonly Name[],
  guesses: readonly ColumnMeaning[],
  chosen: ReadonlyMap<number, ColumnMeaning>,
): readonly ColumnMeaning[] {
  const known = guesses.map((guess, index) => chosen.get(index) ?? guess);
  if (known.includes('nextAppointment.date')) return withTimeBeside(names, guesses, known);
  const own = names.map(({ header }) => appointmentMeaningOf(header));
  const isChosen = [...chosen.values()].includes('appointment.date');
  if (!isChosen && (chosen.size > 0 || !lookLikeAppointments(names, known, own))) return guesses;
  return guesses.map((guess, index) => own[index] ?? (identities.has(guess) ? guess : 'ignore'));
}

function lookLikeAppointments(
  names: readonly Name[],
  known: readonly ColumnMeaning[],
  own: readonly (ColumnMeaning | undefined)[],
): boolean {
  const at = own.indexOf('appointment.date');
  const header = names[at]?.header ?? '';
  const has = (meaning: ColumnMeaning): boolean => own.includes(meaning);
  const isSaid = isOfVisits(header);
  const rest = (['end', 'minutes', 'professional', 'visitType', 'status', 'room'] as const).some((part) =>
    has(`appointment.${part}`),
  );
  const hasTime = has('appointment.time') || holdsTime(header) || (isSaid && rest);
  if (at < 0 || !hasTime || !known.some((meaning) => identities.has(meaning))) return false;
  return isSaid || known.filter((meaning) => ofClients.has(meaning)).length < manyOfClients;
}

/** `Hora` beside `Próxima consulta` is its time. */
function withTimeBeside(
  names: readonly Name[],
  guesses: readonly ColumnMeaning[],
  known: readonly ColumnMeaning[],
): readonly ColumnMeaning[] {
  if (known.includes('nextAppointment.time')) return guesses;
  const at = known.indexOf('nextAppointment.date') + 1;
  const isTime = /^(?:hora|horario|time)$/.test(foldHeader(names[at]?.header ?? ''));
  return guesses.map((guess, index) => (isTime && index === at ? 'nextAppointment.time' : guess));
}

interface WithMeaning {
  readonly meaning: ColumnMeaning;
}

/** Keeps as extra what has a meaning only beside a column that is not there: a time without its day. */
export function withoutStray<Column extends WithMeaning>(columns: readonly Column[]): Column[] {
  const isListed = areOfAppointments(columns);
  const isNext = !isListed && haveNextAppointment(columns);
  const isStray = ({ meaning }: WithMeaning): boolean =>
    (meaning.startsWith('appointment.') && !isListed) || (meaning.startsWith('nextAppointment.') && !isNext);
  return columns.map((column) => (isStray(column) ? { ...column, meaning: isListed ? 'ignore' : 'extra' } : column));
}
