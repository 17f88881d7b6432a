import type { Right } from '../permissions.ts';
import { z } from 'zod';

/** One operation of the HTTP surface. Its key in a contract table is `METHOD /path/{param}`, below `/api/v1`. */
export interface RouteContract<Code extends string = string> {
  readonly summary: string;
  readonly tag: string;
  /** `public` operations answer without a session; every other one is 401 without it. */
  readonly access: 'public' | 'session';
  readonly params?: z.ZodObject;
  /** The query string. A request with a query or a body that its contract does not have is refused. */
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The media type of a request that is not JSON; `body` then describes the form's fields besides `file`. */
  readonly consumes?: 'multipart/form-data';
  /** It waits most of the time and has limits of its own: it does not count as load (http/load-shedding.ts). */
  readonly waits?: true;
  /** The right that sending this body takes. Without it, the body is not read at all. */
  readonly senders?: Right;
  /** Open to auditors too, who read the trail and nothing else: every other operation is 403 for them. */
  readonly auditors?: true;
  /**
   * The change needs `If-Match`, or heeds it when it is sent. A DELETE without it is of a record that has no version, and
   * accepts `*` alone.
   */
  readonly ifMatch?: true | 'optional';
  /** The creation takes `Idempotency-Key`. `unaddressed`: what it makes has no address but the one in the answer. */
  readonly idempotent?: true | 'unaddressed';
  readonly status: 200 | 201 | 202 | 204;
  /** The body of a successful answer; none for 204 and for files. */
  readonly response?: z.ZodType;
  /** Headers of a successful answer with their description, besides those that all routes of the kind have. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The media type of a success that is not JSON. */
  readonly produces?: string;
  /** Codes of src/shared/errors; index.ts checks them. */
  readonly errors: readonly Code[];
}

export type RouteTable = Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, RouteContract>;

/** Keeps the exact types of a table while checking its shape. */
export const defineRoutes = <const Table extends RouteTable>(table: Table): Table => table;

export const uuid = z.uuid().toLowerCase();
export const idParams = z.strictObject({ id: uuid });
export const timestamp = z.iso.datetime().describe('RFC 3339, UTC');
const anyLimit = z.coerce.number().int().min(1).max(200);
export const limit = anyLimit.default(50);
/** Long enough for a cursor that holds a client's name. */
export const cursor = z.string().min(1).max(2000).describe('nextCursor of the page before');
/** The query of a list that is short enough to be sent as a whole. */
export const shortListQuery = z.strictObject({
  limit: anyLimit.optional().describe('the whole list comes without it'),
  cursor: cursor.optional(),
});
export type ShortListQuery = z.output<typeof shortListQuery>;

/** A page of a list; `total` is exact with `eq` and a lower bound with `gte`. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.object({ value: z.number().int(), relation: z.enum(['eq', 'gte']) }),
  });
