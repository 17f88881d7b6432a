import { v7 as uuidv7 } from 'uuid';
import type { Room } from '../../../shared/contracts/agenda/availability.ts';
import { foldLine } from '../../../shared/fold-text.ts';
import type { Database } from '../../db/transaction.ts';
import { conflict, notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { etagOf } from '../../http/etag.ts';
import { recordEvent } from '../audit/api.ts';
import { claimCreation, earlierRecord } from '../idempotency/api.ts';
import { assertMayManage } from './policy.ts';
import { insertRoom, listRoomRows, lockRoom, updateRoom } from './room-queries.ts';

/** The most rooms of a clinic. */
const mostRooms = 200;

interface RoomAnswer {
  readonly body: Room;
  readonly etag: string;
}

const answer = (room: Room): RoomAnswer => ({ body: room, etag: etagOf(room.version) });

/** The clinic's rooms by name, those out of use too. */
export const listRooms = (db: Database, actor: Actor): Promise<Room[]> =>
  db.read(actor, (tx) => listRoomRows(tx, actor.clinicId));

/** Throws duplicate_room when a room has the name, whatever case, accents and spaces it is written with. */
function assertNameIsFree(rooms: readonly Room[], name: string): void {
  if (rooms.some((room) => foldLine(room.name) === foldLine(name))) throw conflict('duplicate_room');
}

/** Adds a room. Throws forbidden, duplicate_room, list_full. */
export async function addRoom(
  db: Database,
  actor: Actor,
  input: { readonly name: string },
  idempotencyKey: string | undefined,
): Promise<RoomAnswer & { readonly replayed: boolean }> {
  assertMayManage(actor);
  const id = uuidv7();
  return db.write(actor, async (tx) => {
    const [claim, rooms] = await Promise.all([
      claimCreation(tx, actor, { key: idempotencyKey, route: 'POST /rooms', content: [input], recordId: id }),
      listRoomRows(tx, actor.clinicId),
    ]);
    const earlier = earlierRecord(claim);
    if (earlier !== undefined) {
      const known = rooms.find((room) => room.id === earlier);
      if (known === undefined) throw notFound();
      return { ...answer(known), replayed: true };
    }
    assertNameIsFree(rooms, input.name);
    if (rooms.length >= mostRooms) throw conflict('list_full');
    const [room] = await Promise.all([
      insertRoom(tx, { ...input, id, clinic_id: actor.clinicId }),
      recordEvent(tx, actor, { action: 'room_added', recordType: 'room', recordId: id }),
    ]);
    return { ...answer(room), replayed: false };
  });
}

interface RoomPatch {
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
}

/** Renames a room, or takes it out of use or back into it. Throws forbidden, not_found, stale, duplicate_room. */
export async function changeRoom(
  db: Database,
  actor: Actor,
  id: string,
  matches: (version: number) => boolean,
  { name, active }: RoomPatch,
): Promise<RoomAnswer> {
  assertMayManage(actor);
  return db.write(actor, async (tx) => {
    const room = await lockRoom(tx, actor.clinicId, id);
    if (room === undefined) throw notFound();
    if (!matches(room.version)) throw conflict('stale');
    const values = { name: name ?? room.name, active: active ?? room.active };
    if (values.name === room.name && values.active === room.active) return answer(room);
    if (values.name !== room.name) {
      const rooms = await listRoomRows(tx, actor.clinicId);
      assertNameIsFree(
        rooms.filter((other) => other.id !== id),
        values.name,
      );
    }
    const [changed] = await Promise.all([
      updateRoom(tx, actor.clinicId, id, values),
      recordEvent(tx, actor, { action: 'room_changed', recordType: 'room', recordId: id }),
    ]);
    return answer(changed);
  });
}
