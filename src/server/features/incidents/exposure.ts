import { type DataKind, dataKinds, type Incident, type MassEvent } from '../../../shared/contracts/incidents.ts';
import { roles, treats } from '../../../shared/permissions.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Contributions } from '../../feature.ts';
import { countListedClients, listMassEvents, listTouchedClients, type Suspect } from './trail-queries.ts';

/** The most clients and mass events that an answer names. */
const mostClients = 2000;
const mostMassEvents = 200;

/** Whether somebody who acted in this capacity sees clinical data. Another capacity than a role was given for treatment. */
const seesClinical = (capacity: string): boolean => {
  const role = roles.find((each) => each === capacity);
  return role === undefined || treats(role);
};

const inOrder = (kinds: ReadonlySet<DataKind>): DataKind[] => dataKinds.filter((kind) => kinds.has(kind));

function kindsOf(exposed: Contributions['exposed'], action: string, capacity: string): readonly DataKind[] {
  const kinds = (exposed as Readonly<Partial<Record<string, readonly DataKind[]>>>)[action] ?? ['other'];
  return kinds.filter((kind) => kind !== 'clinical' || seesClinical(capacity));
}

type Exposure = Pick<Incident, 'clients' | 'clientCount' | 'massEvents' | 'lists'>;

/** Which clients and kinds of data were touched, as the trail knows it. */
export async function findExposure(
  tx: Transaction,
  suspect: Suspect,
  { exposed, ofClients }: Pick<Contributions, 'exposed' | 'ofClients'>,
): Promise<Exposure> {
  const [touched, mass, listed] = await Promise.all([
    listTouchedClients(tx, suspect, ofClients, mostClients),
    listMassEvents(tx, suspect, { actions: Object.keys(exposed), tables: ofClients }, mostMassEvents),
    countListedClients(tx, suspect),
  ]);
  return {
    clients: touched.map(({ id, name, acts, first_at, last_at }) => ({
      id,
      name,
      kinds: inOrder(
        new Set(
          acts.flatMap((act) => {
            const [action = '', capacity = ''] = act.split(' ');
            return kindsOf(exposed, action, capacity);
          }),
        ),
      ),
      firstAt: first_at.toISOString(),
      lastAt: last_at.toISOString(),
    })),
    clientCount: touched[0]?.total ?? 0,
    massEvents: mass.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      action: row.action,
      kinds: inOrder(new Set(kindsOf(exposed, row.action, row.capacity ?? ''))),
      clients: row.clients,
      scope: row.scope as MassEvent['scope'],
    })),
    lists: listed === null ? null : { clients: listed, kinds: ['registration', 'contact'] },
  };
}
