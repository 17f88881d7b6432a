import type { fieldColumns, TextField } from '../../../shared/client-fields.ts';
import { foldText } from '../../../shared/fold-text.ts';
import { childrensNotes, insurancePlans, notes, referrals } from './care.ts';
import { Chance } from './chance.ts';
import { makeDemoCpf, makeDemoPhone } from './identifiers.ts';
import { childrensNames, familyNames, firms, mensNames, professions, rememberedPeople, womensNames } from './names.ts';
import { complements, faraway, nearby, type Place, streets } from './places.ts';

/** A client as a row of its table, without owner and times. */
export type DemoClient = { readonly [Field in TextField as (typeof fieldColumns)[Field]]?: string } & {
  readonly first_name: string;
  readonly phone_shared?: boolean;
  readonly tags?: readonly string[];
};

const singles = 122;
const households = 16;
const maritalStatuses = ['Solteira(o)', 'Casada(o)', 'União estável', 'Divorciada(o)', 'Viúva(o)'];

/** Invents the same people each time. Only birth years depend on the current year, so that children stay children. */
class ClientBook {
  readonly clients: DemoClient[] = [];
  readonly #chance = new Chance(20_261_124);
  readonly #thisYear: number;
  readonly #names = new Set<string>();
  #numbers = 0;

  constructor(thisYear: number) {
    this.#thisYear = thisYear;
  }

  addRemembered(): void {
    for (const { firstName, lastName, socialName, nationality, sex, born } of rememberedPeople)
      this.clients.push({
        ...this.#adult(firstName, lastName, sex, born),
        ...(socialName === undefined ? {} : { social_name: socialName }),
        nationality: nationality ?? 'Brasileira',
      });
  }

  addSingles(count: number): void {
    for (let index = 0; index < count; index++) {
      const [firstName, sex] = this.#givenName();
      this.clients.push(this.#adult(firstName, this.#freshSurname(firstName), sex, this.#chance.between(18, 88)));
    }
  }

  /** A parent, perhaps a partner, and children, all with the parent's phone. */
  addHousehold(): void {
    const surname = this.#chance.pick(familyNames);
    const [firstName, sex] = this.#givenName();
    const parent = { ...this.#adult(firstName, surname, sex, this.#chance.between(28, 46)), phone_shared: true };
    this.clients.push(parent);
    const home = getHome(parent);
    if (this.#chance.happens(0.4)) {
      const [partnersName, partnersSex] = this.#givenName();
      const partner = this.#adult(partnersName, surname, partnersSex, this.#chance.between(28, 48));
      this.clients.push({ ...partner, ...home });
    }
    for (let left = this.#chance.between(1, 3); left > 0; left--) this.clients.push(this.#child(parent, surname, home));
  }

  addFirms(): void {
    for (const { name, document, profession } of firms) {
      const place = this.#chance.pick(nearby);
      this.clients.push({
        first_name: name,
        document,
        profession,
        email: `contato@${toSlug(name)}.example`,
        phone: this.#phone(place),
        tags: ['empresa'],
        notes: 'Atendimento na empresa, uma vez por mês; nota fiscal em nome da empresa.',
        ...this.#address(place),
      });
    }
  }

  #adult(firstName: string, lastName: string, sex: string, age: number): DemoClient {
    const chance = this.#chance;
    const place = chance.happens(0.82) ? chance.pick(nearby) : chance.pick(faraway);
    const care = chance.happens(0.7) ? chance.pick(notes) : undefined;
    const fits = care !== undefined && (!care.tags.includes('gestante') || (sex === 'Feminino' && age < 42));
    return dropUndefined({
      first_name: firstName,
      last_name: lastName,
      email: chance.happens(0.65) ? this.#email(firstName, lastName) : undefined,
      phone: this.#phone(place),
      secondary_phone: chance.happens(0.12) ? this.#phone(place) : undefined,
      document: chance.happens(0.8) ? makeDemoCpf(this.#numbers) : undefined,
      rg: chance.happens(0.2) ? String(chance.between(20_000_000, 59_999_999)) : undefined,
      date_of_birth: this.#born(age),
      sex,
      marital_status: chance.happens(0.6) ? chance.pick(maritalStatuses) : undefined,
      nationality: 'Brasileira',
      profession: chance.happens(0.6) ? (age > 66 ? 'Aposentada(o)' : chance.pick(professions)) : undefined,
      ...(chance.happens(0.85) ? this.#address(place) : { city: place.city, state: place.state }),
      ...this.#insurance(0.25),
      tags: fits ? care.tags : [],
      notes: fits ? care.text : undefined,
      referral: chance.happens(0.15) ? chance.pick(referrals) : undefined,
    });
  }

  #child(parent: DemoClient, surname: string, home: Home): DemoClient {
    const chance = this.#chance;
    const [firstName, sex] = chance.pick(childrensNames.filter(([name]) => !this.#names.has(`${name} ${surname}`)));
    this.#names.add(`${firstName} ${surname}`);
    this.#numbers += 1;
    const care = chance.happens(0.6) ? chance.pick(childrensNotes) : undefined;
    return dropUndefined({
      first_name: firstName,
      last_name: surname,
      ...home,
      document: chance.happens(0.5) ? makeDemoCpf(this.#numbers) : undefined,
      date_of_birth: this.#born(chance.between(3, 15)),
      sex,
      nationality: 'Brasileira',
      guardian_name: `${parent.first_name} ${parent.last_name ?? ''}`,
      guardian_phone: parent.phone,
      guardian_document: parent.document,
      ...this.#insurance(0.4),
      tags: care?.tags ?? ['criança'],
      notes: care?.text,
    });
  }

  #givenName(): readonly [name: string, sex: string] {
    return this.#chance.happens(0.58)
      ? [this.#chance.pick(womensNames), 'Feminino']
      : [this.#chance.pick(mensNames), 'Masculino'];
  }

  /** One or two surnames that nobody with this first name has yet. */
  #freshSurname(firstName: string): string {
    for (;;) {
      const last = this.#chance.pick(familyNames);
      const middle = this.#chance.happens(0.3) ? this.#chance.pick(familyNames) : undefined;
      const surname = middle === undefined || middle === last ? last : `${middle} ${last}`;
      if (this.#names.has(`${firstName} ${surname}`)) continue;
      this.#names.add(`${firstName} ${surname}`);
      return surname;
    }
  }

  #phone(place: Place): string {
    this.#numbers += 1;
    return makeDemoPhone(place.areaCode, this.#numbers);
  }

  /** An address at a domain that never reaches anybody (RFC 2606). */
  #email(firstName: string, lastName: string): string {
    const number = this.#chance.happens(0.3) ? String(this.#chance.between(1, 99)) : '';
    return `${toSlug(firstName)}.${toSlug(lastName.split(' ').at(-1) ?? '')}${number}@correio.example`;
  }

  #born(age: number): string {
    const month = String(this.#chance.between(1, 12)).padStart(2, '0');
    return `${String(this.#thisYear - age)}-${month}-${String(this.#chance.between(1, 28)).padStart(2, '0')}`;
  }

  #address(place: Place) {
    const chance = this.#chance;
    const prefix = String(chance.between(...place.postalCodes)).padStart(5, '0');
    return dropUndefined({
      postal_code: `${prefix}${String(chance.between(0, 899)).padStart(3, '0')}`,
      street: chance.pick(streets),
      street_number: chance.happens(0.05) ? 's/n' : String(chance.between(8, 2_400)),
      complement: chance.happens(0.3) ? chance.pick(complements) : undefined,
      neighborhood: chance.pick(place.neighborhoods),
      city: place.city,
      state: place.state,
    });
  }

  #insurance(share: number): Pick<DemoClient, 'insurance_plan' | 'insurance_number'> {
    if (!this.#chance.happens(share)) return {};
    const number = String(this.#chance.between(100_000_000, 999_999_999));
    return { insurance_plan: this.#chance.pick(insurancePlans), insurance_number: number };
  }
}

type Defined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** What the members of a household have in common. */
type Home = Pick<
  DemoClient,
  'phone' | 'phone_shared' | 'postal_code' | 'street' | 'street_number' | 'neighborhood' | 'city' | 'state'
>;

const getHome = ({ phone, postal_code, street, street_number, neighborhood, city, state }: DemoClient): Home =>
  dropUndefined({ phone_shared: true, phone, postal_code, street, street_number, neighborhood, city, state });

/** Leaves out undefined properties. */
const dropUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Defined<T>;

const toSlug = (text: string): string =>
  foldText(text)
    .replace(/ł/g, 'l')
    .replace(/[^a-z0-9]+/g, '');

/** The demo clinic's clients, about 200, always the same in the same year. */
export function writeClientBook(thisYear: number): DemoClient[] {
  const book = new ClientBook(thisYear);
  book.addRemembered();
  book.addSingles(singles);
  for (let count = 0; count < households; count++) book.addHousehold();
  book.addFirms();
  return book.clients;
}
