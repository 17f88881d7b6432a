import type { SignedIn, TestServer } from './server.ts';
import type { Client } from '../../src/shared/contracts/clients.ts';

let clinics = 0;

/** Creates a clinic with an administrator and a professional, both signed in, and a receptionist, who can sign in. */
export async function openImportClinic(server: TestServer) {
  const domain = `importa${String((clinics += 1))}.test`;
  await server.createClinic(domain);
  const [ana, bruno] = [await server.signIn(`ana@${domain}`), await server.signIn(`bruno@${domain}`)];
  return { ana, bruno, carla: () => server.signIn(`carla@${domain}`) };
}

/** Reads every active client that a person may see, with all fields. */
export async function listAll(person: SignedIn): Promise<Client[]> {
  const { body } = await person.api('GET /clients', { query: { limit: 200 } });
  return Promise.all(
    body.items.map(async ({ id }) => (await person.api('GET /clients/{id}', { params: { id } })).body),
  );
}

/** The client with this first name. Throws when there is none. */
export const getClientByName = async (person: SignedIn, firstName: string): Promise<Client> => {
  const found = (await listAll(person)).find((client) => client.firstName === firstName);
  if (found === undefined) throw new Error(`no ${firstName}`);
  return found;
};
