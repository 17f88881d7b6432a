import type { Role } from '../../../../shared/contracts/auth.ts';
import { foldText } from '../../../../shared/fold-text.ts';
import { may, reaches, type Scope } from '../../../../shared/permissions.ts';
import { toInstant } from '../../../../shared/zoned-time.ts';
import type { AppointmentProblemCode } from '../reading/rows/rows.ts';
import type { AgendaFacts } from './agenda-queries.ts';

/** The kind of visit of an appointment that names none. */
const usualVisitType = 'consulta';
const titles = /^(?:dr|dra|doutor|doutora|prof|profa|sr|sra)\b\.?\s*/;

const fold = (name: string): string =>
  foldText(name)
    .replace(/[^\p{L}\p{N}@.+_-]+/gu, ' ')
    .trim();
const foldPerson = (name: string): string => fold(foldText(name).replace(titles, ''));

type VisitType = AgendaFacts['visit_types'][number];
type Professional = AgendaFacts['professionals'][number];

/** The clinic's people, rooms, kinds of visit and clock, as the rows of a file name them. */
export class ClinicAgenda {
  readonly timeZone: string;
  readonly #facts: AgendaFacts;
  readonly #scope: Scope;
  readonly #usual: VisitType | undefined;

  /** `scope`: the agendas that whoever imports may write. */
  constructor(facts: AgendaFacts, scope: Scope) {
    const active = facts.visit_types.filter((type) => type.active);
    this.timeZone = facts.time_zone;
    this.#facts = facts;
    this.#scope = scope;
    this.#usual = active.find(({ key }) => key === usualVisitType) ?? active[0];
  }

  /** The instant of a time in a file: the clinic's wall time, unless an offset stands with it. */
  readTime(time: string): Date {
    const offset = time.slice(16);
    return offset === '' ? toInstant(time, this.timeZone) : new Date(time);
  }

  /** The person with an e-mail or a name; a first name is enough if only one has it. */
  findProfessional(text: string): Professional | AppointmentProblemCode {
    const wanted = foldPerson(text);
    const people = this.#facts.professionals;
    const byEmail = people.find(({ email }) => email.toLowerCase() === text.trim().toLowerCase());
    if (byEmail !== undefined) return byEmail;
    const same = people.filter(({ name }) => foldPerson(name) === wanted);
    const begun = people.filter(({ name }) => `${foldPerson(name)} `.startsWith(`${wanted} `));
    const found = same.length > 0 ? same : begun;
    // Of namesakes the one who is still there.
    const [first, ...others] = found.some(({ active }) => active) ? found.filter(({ active }) => active) : found;
    if (first === undefined || wanted === '') return 'professional_unknown';
    return others.length > 0 ? 'several_professionals' : first;
  }

  getProfessional(id: string): Professional | AppointmentProblemCode {
    return this.#facts.professionals.find((professional) => professional.id === id) ?? 'professional_unknown';
  }

  /** Why nothing can be booked with a person. Past visits may be those of people who have left. */
  refuseProfessional({ id, role, active }: Professional, isComing: boolean): AppointmentProblemCode | undefined {
    if (!reaches(this.#scope, id)) return 'agenda_of_another';
    const isBookable = active && may(role as Role, 'clients.treat');
    return isComing && !isBookable ? 'professional_not_bookable' : undefined;
  }

  /** The kind of visit by its name; the usual one, with the name as title, for a name that the clinic does not have. */
  findVisitType(text: string | undefined): { readonly type: VisitType; readonly title: string | null } | undefined {
    const wanted = text === undefined ? undefined : fold(text);
    const named = this.#facts.visit_types.find(({ key, name }) => wanted === fold(key) || wanted === fold(name));
    if (named !== undefined) return { type: named, title: null };
    return this.#usual && { type: this.#usual, title: text?.slice(0, longestTitle) ?? null };
  }

  /** The room by its name; the name as a place, if the clinic has no such room. */
  findRoom(text: string | undefined): { readonly roomId: string | null; readonly location: string | null } {
    if (text === undefined) return { roomId: null, location: null };
    const room = this.#facts.rooms.find(({ name, active }) => active && fold(name) === fold(text));
    return room === undefined ? { roomId: null, location: text } : { roomId: room.id, location: null };
  }
}

/** As in the contract. */
const longestTitle = 120;
