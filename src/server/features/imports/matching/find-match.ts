import type { TextField } from '../../../../shared/client-fields.ts';
import type { ImportRow, RowProblemCode } from '../reading/rows/rows.ts';
import { keysOf, type KnownClient } from '../../clients/bulk-api.ts';
import { type MatchRules, ownerOf } from './match-rules.ts';
import { chooseNamesake, type Meant } from './namesakes.ts';
import { type Doubt, doubtOfNamesakes, doubtOfSharers, likenessOf } from './same-person.ts';
import type { WorkingSet } from './working-set.ts';

/** The client that a row belongs to. */
export interface Match {
  readonly kind: 'match';
  readonly client: KnownClient;
}

/** A row has a key in common with clients but may be somebody else: a person has to decide. */
export interface Question {
  readonly kind: 'question';
  /** One of these clients; undefined if there are too many. */
  readonly client: KnownClient | undefined;
  /** Undefined when it is an imported column. */
  readonly field: TextField | undefined;
  readonly code: RowProblemCode;
  /** Whether `onConflict` may decide it as creation, or as update. */
  readonly mayCreate: boolean;
  readonly mayUpdate: boolean;
}

/** Finds the client of a row among those who have one of its keys. @returns undefined if the row is a new person */
export function findMatch(row: ImportRow, known: WorkingSet, rules: MatchRules): Match | Question | undefined {
  const keys = keysOf(row.values);
  const byDocument = known.findByDocument(keys.document);
  if (byDocument !== undefined) return matchDocument(row, byDocument, rules);
  if (keys.name !== undefined) {
    return matchName(row, chooseNamesake(row, known.listNamesakes(keys.name), ownerOf(row, rules)));
  }
  return new Sharers(row, known, rules).choose();
}

/** Whether the person who imports may not see the client. */
const isForeign = ({ professionalId }: KnownClient, rules: MatchRules): boolean =>
  rules.ownOnly && professionalId !== rules.professionalId;

/** Reveals about a client of others only that the document or phone is taken, like the form. */
const taken = (client: KnownClient, field: 'document' | 'phone'): Question => ({
  kind: 'question',
  client,
  field,
  code: 'client_of_another',
  mayCreate: field === 'phone',
  mayUpdate: false,
});

function matchDocument(row: ImportRow, client: KnownClient, rules: MatchRules): Match | Question {
  if (isForeign(client, rules)) return taken(client, 'document');
  const doubt = doubtOfNamesakes(row.values, client.values);
  if (doubt === undefined) return { kind: 'match', client };
  return { kind: 'question', client, field: 'document', code: doubt.code, mayCreate: false, mayUpdate: false };
}

function matchName(row: ImportRow, meant: Meant | undefined): Match | Question | undefined {
  if (meant === undefined) return undefined;
  const { client } = meant;
  if (meant.kind === 'one') return { kind: 'match', client };
  const asked = { kind: 'question', client, mayUpdate: false } as const;
  if (meant.kind === 'several') return { ...asked, field: 'firstName', code: 'several_matches', mayCreate: false };
  return { ...asked, field: meant.field, code: 'same_name_only', mayCreate: row.values.firstName !== undefined };
}

type SharedField = 'phone' | 'email';

interface Sharer {
  readonly client: KnownClient;
  readonly field: SharedField;
  readonly doubt: Doubt | undefined;
}

/** The clients who share a row's phone or e-mail. */
class Sharers {
  readonly #row: ImportRow;
  readonly #rules: MatchRules;
  readonly #own: readonly Sharer[];
  readonly #foreign: KnownClient | undefined;
  readonly #crowded: SharedField | undefined;
  readonly #havePhone: boolean;

  constructor(row: ImportRow, known: WorkingSet, rules: MatchRules) {
    this.#row = row;
    this.#rules = rules;
    const phone = known.list('phone', row.values);
    const email = known.list('email', row.values);
    const ofField = (field: SharedField, clients: readonly KnownClient[]): Sharer[] =>
      clients
        .filter((client) => !isForeign(client, rules))
        .map((client) => ({ client, field, doubt: doubtOfSharers(row.values, client.values) }));
    this.#own = [...ofField('phone', phone.clients), ...ofField('email', email.clients)];
    // By phone only: the form does not reveal either whether a colleague's client has an e-mail.
    this.#foreign = phone.clients.find((client) => isForeign(client, rules));
    this.#crowded = phone.isCrowd ? 'phone' : email.isCrowd ? 'email' : undefined;
    this.#havePhone = phone.clients.length > 0 || phone.isCrowd;
  }

  choose(): Match | Question | undefined {
    for (const field of ['phone', 'email'] as const) {
      const same = this.#own.filter((sharer) => sharer.field === field && sharer.doubt === undefined);
      if (same.length > 0) return this.#mostAlike(same, field);
    }
    // In our own export, people who share an e-mail are different people.
    if (this.#rules.exact && !this.#havePhone) return undefined;
    return this.#question();
  }

  /** Chooses, among several clients who may be the person, the one that is most like the row. */
  #mostAlike(same: readonly Sharer[], field: SharedField): Match | Question {
    const likeness = same.map(({ client }) => likenessOf(this.#row.values, client.values));
    const most = Math.max(...likeness);
    const [best, ...others] = same.filter((_, index) => likeness[index] === most);
    const unchanged = [best, ...others].find((sharer) => sharer !== undefined && this.#brings(sharer.client));
    const chosen = others.length === 0 ? best : unchanged;
    if (chosen !== undefined) return { kind: 'match', client: chosen.client };
    return this.#ask(best?.client, field, 'several_matches');
  }

  /** Whether a client already has all values of the row. */
  #brings({ values }: KnownClient): boolean {
    const fields = Object.keys(this.#row.values) as TextField[];
    return fields.every((field) => this.#row.values[field] === values[field]);
  }

  #question(): Question | undefined {
    const doubts = this.#own.flatMap(({ client, field, doubt }) => (doubt ? [{ client, field, doubt }] : []));
    const open = doubts.filter(({ doubt }) => !doubt.isCertain);
    const renamings = open.filter(({ doubt }) => doubt.isRenaming);
    // A new client needs a name.
    const mayCreate = this.#row.values.firstName !== undefined;
    const [asked] = renamings.length === 1 ? renamings : open;
    if (asked !== undefined) {
      const { client, field, doubt } = asked;
      return { ...this.#ask(client, field, doubt.code), mayCreate, mayUpdate: renamings.length === 1 };
    }
    if (this.#foreign !== undefined) return taken(this.#foreign, 'phone');
    if (this.#crowded === undefined) return undefined;
    return { ...this.#ask(doubts[0]?.client, this.#crowded, 'conflicting_name'), mayCreate };
  }

  #ask(client: KnownClient | undefined, field: SharedField, code: RowProblemCode): Question {
    return { kind: 'question', client, field, code, mayCreate: false, mayUpdate: false };
  }
}
