import { v7 as uuidv7 } from 'uuid';
import type { Role } from '../../../shared/contracts/auth.ts';
import type { Database } from '../../db/transaction.ts';
import { seedAppointments } from '../appointments/api.ts';
import { saveHours } from '../availability/api.ts';
import { type SeededClient, seedClients } from '../clients/api.ts';
import { hasNoClinic, openClinic } from '../clinics/api.ts';
import { listActiveEmails } from '../professionals/api.ts';
import { addUsedTags } from '../tags/api.ts';
import { makeDemoAppointments, makeDemoHours } from './agenda.ts';
import { writeClientBook } from './client-book.ts';
import { lockSeeding } from './lock-queries.ts';

const ana = { email: 'ana@exemplo.acolhe', firstName: 'Ana', lastName: 'Guimarães', role: 'administrator' } as const;
const bruno = { email: 'bruno@exemplo.acolhe', firstName: 'Bruno', lastName: 'Falcão', role: 'professional' } as const;
const carla = { email: 'carla@exemplo.acolhe', firstName: 'Carla', lastName: 'Nóbrega', role: 'reception' } as const;

const people = [ana, bruno, carla] as const;
const timeZone = 'America/Sao_Paulo';

/** The people of the demo clinic who can sign in; empty in a database without that clinic. */
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
 * Creates “Clínica Exemplo” with people and clients in a database without clinics. Processes that start at the same time take
 * turns, so only the first one does. @returns whether it did
 */
export async function seedDemoClinic(db: Database, now = new Date()): Promise<boolean> {
  return db.system(async (tx) => {
    const [, empty] = await Promise.all([lockSeeding(tx), hasNoClinic(tx)]);
    if (!empty) return false;
    const clinic = await openClinic(tx, { name: 'Clínica Exemplo', timeZone, people });
    const [anasId = '', brunosId = '', carlasId = ''] = clinic.peopleIds;
    const registrations = makeRegistrations(clinic.id, { anasId, brunosId }, now);
    await seedClients(tx, clinic.id, registrations);
    await addUsedTags(tx, clinic.id);
    const agendas = [anasId, brunosId].map((professionalId) => ({
      professionalId,
      clientIds: registrations
        .filter((client) => client.professional_id === professionalId && client.archived_at === null)
        .map(({ id }) => id),
    }));
    for (const { professionalId } of agendas)
      await saveHours(tx, clinic.id, professionalId, makeDemoHours(now, timeZone));
    await seedAppointments(
      tx,
      { clinicId: clinic.id, timeZone, bookedBy: carlasId },
      makeDemoAppointments(agendas, now, timeZone),
    );
    return true;
  });
}

const day = 86_400_000;

/** The clients, created over a year and a half until yesterday: most are Bruno's, a fifth are Ana's, a few are archived. */
function makeRegistrations(
  clinicId: string,
  { anasId, brunosId }: { readonly anasId: string; readonly brunosId: string },
  now: Date,
): SeededClient[] {
  const book = writeClientBook(now.getUTCFullYear());
  return book.map((client, index) => {
    // Mixes the book, so that a family is not created in a row: 89 has no divisor in common with its length.
    const place = (index * 89) % book.length;
    const created = now.getTime() - day - ((book.length - place) * 540 * day) / book.length;
    const archived = place % 19 === 7 && client.phone_shared !== true;
    const ended = created + 0.8 * (now.getTime() - created);
    return {
      ...client,
      clinic_id: clinicId,
      id: uuidv7({ msecs: Math.floor(created) }),
      // Depends on the phone, so that a family has one professional.
      professional_id: /[37]$/.test(client.phone ?? '') ? anasId : brunosId,
      created_at: new Date(created).toISOString(),
      updated_at: new Date(archived ? ended : created).toISOString(),
      archived_at: archived ? new Date(ended).toISOString() : null,
    };
  });
}
