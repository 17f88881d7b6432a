import { foldText } from '../../../../shared/fold-text.ts';
import type { NamedClient } from '../../clients/bulk-api.ts';
import type { PersonName } from '../matching/person-names.ts';

interface Bearer {
  readonly id: string;
  readonly dateOfBirth: string | null;
}

/** A name as lists of different programs have it in common: no accents, no case, single spaces. */
const keyOf = (...parts: readonly string[]): string =>
  foldText(parts.join(' '))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** All clients by their full names, for rows that bring nothing else. About 100 bytes a client, read once and only if needed. */
export class ClientsByName {
  readonly #bearers = new Map<string, Bearer[]>();

  static async load(batches: AsyncIterable<readonly NamedClient[]>): Promise<ClientsByName> {
    const names = new ClientsByName();
    for await (const batch of batches) for (const client of batch) names.#add(client);
    return names;
  }

  /** Those with the name, who may have been born on that day. */
  find({ firstName = '', lastName = '', socialName = '' }: PersonName, dateOfBirth: string | undefined): string[] {
    const name = keyOf(firstName || socialName, lastName);
    const bearers = name === '' ? [] : (this.#bearers.get(name) ?? []);
    const mayBe = bearers.filter(
      (bearer) => bearer.dateOfBirth === null || dateOfBirth === undefined || bearer.dateOfBirth === dateOfBirth,
    );
    const born = mayBe.filter((bearer) => bearer.dateOfBirth === dateOfBirth);
    return (born.length === 1 ? born : mayBe).map(({ id }) => id);
  }

  #add({ id, firstName, lastName, socialName, dateOfBirth }: NamedClient): void {
    const names = new Set([keyOf(firstName, lastName), ...(socialName === '' ? [] : [keyOf(socialName, lastName)])]);
    for (const name of names) {
      const known = this.#bearers.get(name);
      if (known === undefined) this.#bearers.set(name, [{ id, dateOfBirth }]);
      else known.push({ id, dateOfBirth });
    }
  }
}
