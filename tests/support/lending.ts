import { sql } from '../../src/server/db/sql.ts';
import type { SignedIn, TestServer } from './server.ts';

export interface LendingClinic {
  readonly ana: SignedIn;
  readonly bruno: SignedIn;
  readonly carla: SignedIn;
  /** Two more professionals. */
  readonly davi: SignedIn;
  readonly eva: SignedIn;
  readonly domain: string;
}

let opened = 0;

/** Opens a clinic with an administrator, reception and three professionals, who are all signed in. */
export async function openLendingClinic(server: TestServer): Promise<LendingClinic> {
  const domain = `emprestimo${String((opened += 1))}.test`;
  await server.createClinic(domain);
  await server.db.system((tx) =>
    tx.run(
      sql`insert into professionals (clinic_id, email, first_name, role)
        select clinic_id, added.email || ${`@${domain}`}, added.name, 'professional'
        from professionals, (values ('davi', 'Davi'), ('eva', 'Eva')) as added (email, name)
        where professionals.email = ${`ana@${domain}`}`,
    ),
  );
  const signIn = (name: string) => server.signIn(`${name}@${domain}`);
  return {
    domain,
    ana: await signIn('ana'),
    bruno: await signIn('bruno'),
    carla: await signIn('carla'),
    davi: await signIn('davi'),
    eva: await signIn('eva'),
  };
}

/** Registers a client of the person. @returns their id */
export async function register(person: SignedIn, firstName: string, more: object = {}): Promise<string> {
  const body = { firstName, notes: `notas de ${firstName}`, ...more };
  return (await person.api('POST /clients', { body })).body.id;
}

/** The first names of the clients that somebody's list shows. */
export async function listed(person: SignedIn, query: object = {}): Promise<string[]> {
  const { body } = await person.api('GET /clients', { query });
  return body.items.map((client) => client.firstName);
}

export const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
