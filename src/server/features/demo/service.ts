import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../../../shared/contracts/auth.ts';
import type { Database } from '../../db/transaction.ts';
import { type SeededClient, seedClients } from '../clients/api.ts';
import { hasNoClinic, openClinic } from '../clinics/api.ts';
import { listActiveEmails } from '../professionals/api.ts';
import { writeClientBook } from './client-book.ts';
import { lockSeeding } from './lock-queries.ts';

const ana = { email: 'ana@exemplo.acolhe', firstName: 'Ana', lastName: 'Guimarães', role: 'administrator' } as const;
const bruno = { email: 'bruno@exemplo.acolhe', firstName: 'Bruno', lastName: 'Falcão', role: 'professional' } as const;
const carla = { email: 'carla@exemplo.acolhe', firstName: 'Carla', lastName: 'Nóbrega', role: 'reception' } as const;

const people = [ana, bruno, carla] as const;

/** Those of the demo clinic who can sign in: its administrator, its professional, its reception. Nobody in any other. */
export async function listDemoPeople(db: Database): Promise<readonly { email: string; role: Role }[]> {
  const known = await db.system((tx) =>
    listActiveEmails(
      tx,
      people.map(({ email }) => email),
    ),
  );
  return people.filter(({ email }) => known.includes(email));
}

/**
 * Fills a database that holds no clinic with “Clínica Exemplo”, its people and its clients; gives whether it did.
 * Processes that start at once take turns, and only the first finds nothing.
 */
export async function seedDemoClinic(db: Database, now = new Date()): Promise<boolean> {
  return db.system(async (tx) => {
    const [, empty] = await Promise.all([lockSeeding(tx), hasNoClinic(tx)]);
    if (!empty) return false;
    const clinic = await openClinic(tx, { name: 'Clínica Exemplo', timeZone: 'America/Sao_Paulo', people });
    const [anasId = '', brunosId = ''] = clinic.peopleIds;
    await seedClients(tx, clinic.id, registrations(clinic.id, { anasId, brunosId }, now));
    return true;
  });
}

const day = 86_400_000;

/** The client book spread over a year and a half up to yesterday: most are Bruno's, a fifth are Ana's, few are archived. */
function registrations(
  clinicId: string,
  { anasId, brunosId }: { readonly anasId: string; readonly brunosId: string },
  now: Date,
): SeededClient[] {
  const book = writeClientBook(now.getUTCFullYear());
  return book.map((client, index) => {
    // Neighbours in the book are strangers: a step that has no divisor in common with their number mixes them.
    const place = (index * 89) % book.length;
    const created = now.getTime() - day - ((book.length - place) * 540 * day) / book.length;
    const archived = place % 19 === 7 && client.phone_shared !== true;
    const ended = created + 0.8 * (now.getTime() - created);
    return {
      ...client,
      clinic_id: clinicId,
      id: uuidv7({ msecs: Math.floor(created) }),
      // By the phone, so that a family has one professional.
      professional_id: /[37]$/.test(client.phone ?? '') ? anasId : brunosId,
      created_at: new Date(created).toISOString(),
      updated_at: new Date(archived ? ended : created).toISOString(),
      archived_at: archived ? new Date(ended).toISOString() : null,
    };
  });
}
