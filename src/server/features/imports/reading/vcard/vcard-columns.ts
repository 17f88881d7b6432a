import { writeTags } from '../../../../../shared/tag-separators.ts';
import { foldHeader } from '../headers/header-names.ts';
import { limits } from '../records/limits.ts';
import { FileProblem } from '../records/records.ts';
import type { Card } from './vcard-cards.ts';
import { takeAddresses } from './vcard-address.ts';
import { addOther, type Cells, emailsAtMost, oneLine, partsOf, put, textOf, usualColumns } from './vcard-cells.ts';
import { takePhones } from './vcard-phones.ts';
import { divide, type Property } from './vcard-property.ts';

/** Technical properties of the format or of programs, which are ignored. */
const idle: ReadonlySet<string> = new Set(
  'VERSION PRODID REV UID SOURCE NAME KIND PROFILE CLASS SORT-STRING SORT-AS CLIENTPIDMAP XML AGENT MAILER LANG TZ GEO LABEL FBURL CALURI CALADRURI X-ABLABEL X-ABADR X-ABUID X-ABSHOWAS X-ABORDER X-ADDRESSBOOKSERVER-KIND X-IMAGEHASH X-IMAGETYPE X-SHARED-PHOTO-DISPLAY-PREF X-ACTIVITY-ALERT X-ANDROID-CUSTOM X-WAB-GENDER X-CLASS X-REDUCTION X-NO'.split(
    ' ',
  ),
);
const isIdle = (name: string): boolean => idle.has(name) || name.startsWith('X-MS-OL-');

/** Collects the columns of a file: those that at least one card has. */
export class CardColumns {
  readonly #seen = new Set<string>();
  #hasBroken = false;

  see(card: Card): void {
    this.#hasBroken ||= card.broken !== undefined;
    for (const name of cellsOf(card).keys()) this.#seen.add(name);
    if (this.#seen.size > limits.columns) throw new FileProblem('too_many_columns', { line: card.line });
  }

  get isEmpty(): boolean {
    return this.#seen.size === 0 && !this.#hasBroken;
  }

  get header(): readonly string[] {
    const known = usualColumns.filter((name) => this.#seen.has(name));
    const others = [...this.#seen].filter((name) => !usualColumns.includes(name));
    const header = [...known, ...others];
    // A table needs at least one known column, even if no card is complete.
    return known.length === 0 ? ['First Name', ...header] : header;
  }
}

/** Converts a card to the columns of a contact list. */
export function cellsOf(card: Card): Cells {
  const cells: Cells = new Map();
  const of = (name: string): Property[] =>
    card.properties.filter((property) => property.name === name).sort((a, b) => a.preference - b.preference);
  const labels = new Map(of('X-ABLABEL').map((property) => [property.group, plainLabel(textOf(property))]));
  takeNames(cells, of);
  const first = (name: string): string =>
    of(name)
      .map(textOf)
      .find((text) => text !== '') ?? '';
  put(cells, 'Organization Title', oneLine(first('TITLE') || first('ROLE')));
  put(cells, 'Nickname', oneLine(first('NICKNAME')));
  put(
    cells,
    'Notes',
    of('NOTE')
      .map(textOf)
      .filter((text) => text !== '')
      .join('\n\n'),
  );
  put(
    cells,
    'Website',
    of('URL')
      .map(textOf)
      .filter((text) => text !== '')
      .join(' '),
  );
  takeBirthday(cells, of('BDAY'));
  takeGender(cells, of('GENDER'));
  takeTags(cells, of('CATEGORIES'));
  const emails = of('EMAIL').map((property) => oneLine(textOf(property)).replace(/^mailto:/i, ''));
  [...new Set(emails.filter((email) => email !== ''))].forEach((email, index) => {
    if (index < emailsAtMost) put(cells, `E-mail ${String(index + 1)} - Value`, email);
    else addOther(cells, 'EMAIL', email);
  });
  takePhones(cells, of('TEL'), labels);
  takeAddresses(cells, of('ADR'));
  takeOthers(cells, card.properties, labels);
  return cells;
}

/** Removes Apple's marks from its default labels: `_$!<Mobile>!$_`. */
const plainLabel = (label: string): string => oneLine(label.replace(/^_\$!</, '').replace(/>!\$_$/, ''));

function takeNames(cells: Cells, of: (name: string) => Property[]): void {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = (
    of('N')
      .map(partsOf)
      .find((parts) => parts.some((part) => part !== '')) ?? []
  ).map(oneLine);
  const organization = of('ORG')
    .map((property) =>
      partsOf(property)
        .filter((part) => part !== '')
        .join(' - '),
    )
    .find((text) => text !== '');
  const firm = oneLine(organization ?? '');
  put(cells, 'Name Prefix', prefix);
  if (family !== '' && given !== '') {
    put(cells, 'First Name', given);
    put(cells, 'Middle Name', additional);
    put(cells, 'Last Name', `${family} ${suffix}`.trim());
    put(cells, 'Organization Name', firm);
    return;
  }
  const shown = of('FN')
    .map(textOf)
    .map(oneLine)
    .find((text) => text !== '');
  const parts = [given, additional, family, suffix].filter((part) => part !== '').join(' ');
  const nickname = of('NICKNAME').map(textOf).map(oneLine)[0];
  const whole = parts || (shown ?? '') || firm || (nickname ?? '');
  // The words after the first become a middle name, so that a stored name which is split elsewhere still matches.
  const space = whole.indexOf(' ');
  put(cells, 'First Name', space < 0 ? whole : whole.slice(0, space));
  put(cells, 'Middle Name', space < 0 ? '' : whole.slice(space + 1));
  if (firm !== whole) put(cells, 'Organization Name', firm);
}

/** Takes a birthday as plain date, or without year as `--MM-DD`. A year alone or words are kept as other text. */
function takeBirthday(cells: Cells, [property]: readonly Property[]): void {
  if (property === undefined) return;
  const text = oneLine(textOf(property));
  const [, year, month = '', day = ''] = /^(\d{4}|--?)-?(\d\d)-?(\d\d)(?:T.{0,40}|Z)?$/.exec(text) ?? [];
  if (property.isText || /^\d{4}(?:-\d\d)?$/.test(text) || text.startsWith('-') !== (year?.startsWith('-') ?? false))
    addOther(cells, 'BDAY', text);
  // Apple writes 1604 for a birthday without year.
  else if (year?.startsWith('-') === true || year === '1604') put(cells, 'Birthday', `--${month}-${day}`);
  else put(cells, 'Birthday', year === undefined ? text : `${year}-${month}-${day}`);
}

function takeGender(cells: Cells, [property]: readonly Property[]): void {
  if (property === undefined) return;
  const [sex = ''] = partsOf(property);
  if (/^[MF]$/i.test(sex)) put(cells, 'Gender', sex);
  else addOther(cells, 'GENDER', textOf(property));
}

/** Groups that Google and Apple add to contacts automatically. */
const programsOwn: ReadonlySet<string> = new Set(['mycontacts', 'starred', 'imported']);

function takeTags(cells: Cells, properties: readonly Property[]): void {
  const all = properties.flatMap(({ value, decode }) => divide(value, ',').map((tag) => oneLine(decode(tag))));
  const tags = [...new Set(all)].filter((tag) => tag !== '' && !programsOwn.has(tag.toLowerCase()));
  if (tags.length > 0) put(cells, 'Labels', writeTags(tags));
}

const taken: ReadonlySet<string> = new Set(
  'N FN ORG TITLE ROLE NICKNAME NOTE URL BDAY GENDER CATEGORIES EMAIL TEL ADR'.split(' '),
);

function takeOthers(cells: Cells, properties: readonly Property[], labels: ReadonlyMap<string, string>): void {
  for (const property of properties) {
    const { name, group } = property;
    if (taken.has(name) || isIdle(name) || foldHeader(name) === '') continue;
    const text = partsOf(property)
      .filter((part) => part !== '')
      .join('; ');
    const label = labels.get(group) ?? '';
    if (text === '' || /^data:/i.test(text)) continue;
    addOther(cells, name, label === '' ? text : `${text} (${label})`);
  }
  takeAndroidNickname(cells, properties);
}

/** `X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Duda;1;;;` */
function takeAndroidNickname(cells: Cells, properties: readonly Property[]): void {
  for (const property of properties) {
    if (property.name !== 'X-ANDROID-CUSTOM') continue;
    const [kind = '', text = ''] = partsOf(property);
    if (kind.endsWith('/nickname') && !cells.has('Nickname')) put(cells, 'Nickname', oneLine(text));
  }
}
