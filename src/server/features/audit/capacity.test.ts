import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAppointment } from '../../../../tests/support/planned-appointments.ts';
import { openLendingClinic, register } from '../../../../tests/support/lending.ts';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import { type Capacity, capacityFor } from '../../../shared/capacity.ts';
import { plainStanding, type Standing } from '../../../shared/permissions.ts';
import { sql } from '../../db/sql.ts';
import { chooseCapacity, selectCapacity } from './capacity-queries.ts';

type Name = 'ana' | 'bruno' | 'carla' | 'davi' | 'eva';
type Case = readonly [person: Name, standing: Partial<Standing>, owner: Name, as: Capacity | undefined];

describe('the capacity in which somebody sees a record', () => {
  let server: TestServer;
  let clinicId: string;
  let people: Record<Name, SignedIn>;
  /** A client of each professional, and the appointment of that client with each. */
  let clients: Record<string, string>;
  let appointments: Record<string, string>;

  beforeAll(async () => {
    server = await startTestServer();
    people = await openLendingClinic(server);
    clinicId = (await people.ana.api('GET /me')).body.clinic.id;
    clients = {};
    appointments = {};
    const { ana, bruno, davi, eva } = people;
    for (const [name, person] of Object.entries({ ana, bruno, davi, eva }))
      clients[name] = await register(person, name);
    let minutes = 0;
    for (const [name, person] of Object.entries({ ana, bruno, davi, eva }))
      for (const [whose, id] of Object.entries(clients))
        appointments[`${whose} with ${name}`] = await insertAppointment(server, person, {
          ...{ inMinutes: (minutes += 60), client_id: id },
        });
  });
  afterAll(() => server.stop());

  const idOf = (name: Name): string => people[name].professionalId;
  const roleOf = (name: Name) => (name === 'ana' ? 'administrator' : name === 'carla' ? 'reception' : 'professional');
  /** The names of people and clients of a standing are replaced by ids. */
  const actingAs = (name: Name, standing: Partial<Standing>) => ({
    ...{ ...plainStanding(roleOf(name)), ...standing, clinicId, professionalId: idOf(name) },
    covered: (standing.covered ?? []).map((other) => idOf(other as Name)),
    coveredInPart: (standing.coveredInPart ?? []).map((other) => idOf(other as Name)),
    coveredClients: (standing.coveredClients ?? []).map((other) => clients[other] ?? ''),
    emergencies: (standing.emergencies ?? []).map((other) => clients[other] ?? ''),
  });

  /** What the page says, and what the trail does. */
  async function bothOf(acting: ReturnType<typeof actingAs>, kind: 'client' | 'appointment', record: Reached) {
    const page = capacityFor(acting, record.owner, record.client, kind);
    const { as, byRecord } = chooseCapacity(acting, kind);
    if (byRecord === undefined) return [page, as];
    const selected = selectCapacity(acting, byRecord, sql`${record.id}::uuid`);
    const [row] = await server.db.system((tx) => tx.run(sql<{ as: string | null }>`select ${selected} as "as"`));
    return [page, row?.as ?? undefined];
  }
  interface Reached {
    readonly id: string;
    readonly owner: string;
    readonly client: string;
  }

  const named = { coveredClients: ['bruno'], coveredInPart: ['bruno'] };
  const cases: readonly Case[] = [
    ['ana', {}, 'bruno', 'administrator'],
    // The role comes first: she reaches it whoever's it is.
    ['ana', {}, 'ana', 'administrator'],
    ['ana', { clinicalAccess: false }, 'ana', 'administrator'],
    ['carla', {}, 'bruno', 'reception'],
    ['bruno', {}, 'bruno', 'owner'],
    ['davi', { covered: ['bruno'] }, 'bruno', 'covering'],
    ['davi', { covered: ['bruno'] }, 'davi', 'owner'],
    ['davi', { covered: ['bruno'] }, 'eva', undefined],
    ['davi', named, 'bruno', 'covering'],
    ['davi', named, 'eva', undefined],
    // By name, but not hers who is away: not by the covering.
    ['davi', { coveredClients: ['bruno'], coveredInPart: ['eva'] }, 'bruno', undefined],
    ['davi', { ...named, seesClinic: true }, 'bruno', 'covering'],
    ['davi', { ...named, seesClinic: true }, 'eva', 'clinic'],
    ['davi', { seesClinic: true }, 'davi', 'owner'],
    ['davi', { seesClinic: true }, 'bruno', 'clinic'],
  ];

  it.each(cases)(
    'is the same on the page and in the trail: %s %j, a record of %s: %s',
    async (who, lent, owner, as) => {
      const acting = actingAs(who, lent);
      const record = { owner: idOf(owner), client: clients[owner] ?? '' };
      expect(await bothOf(acting, 'client', { ...record, id: record.client })).toEqual([as, as]);
      const appointment = { ...record, id: appointments[`${owner} with ${owner}`] ?? '' };
      expect(await bothOf(acting, 'appointment', appointment)).toEqual([as, as]);
    },
  );

  it('of an emergency is that of the client, not of their appointments', async () => {
    const acting = actingAs('davi', { emergencies: ['bruno'] });
    const record = { owner: idOf('bruno'), client: clients['bruno'] ?? '' };
    expect(await bothOf(acting, 'client', { ...record, id: record.client })).toEqual(['emergency', 'emergency']);
    const id = appointments['bruno with bruno'] ?? '';
    expect(capacityFor(acting, record.owner, record.client, 'appointment')).toBeUndefined();
    expect(await bothOf({ ...acting, seesClinic: true }, 'appointment', { ...record, id })).toEqual([
      'clinic',
      'clinic',
    ]);
  });

  it('of a client who is covered by name is not that of their appointments with others', async () => {
    const acting = actingAs('davi', named);
    const record = { owner: idOf('eva'), client: clients['bruno'] ?? '', id: appointments['bruno with eva'] ?? '' };
    expect(await bothOf(acting, 'appointment', record)).toEqual([undefined, undefined]);
  });

  it('is that of nobody for a record that does not exist', async () => {
    const acting = actingAs('davi', named);
    const selected = selectCapacity(acting, 'client', sql`${randomUUID()}::uuid`);
    expect(await server.db.system((tx) => tx.run(sql`select ${selected} as "as"`))).toEqual([{ as: null }]);
  });
});
