import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HttpProblem } from './problem.ts';
import { answerOnSocket } from './unreadable.ts';

/** How long requests may take to arrive, and how many may be arriving. Times in seconds. */
export interface ArrivalLimits {
  /** Connections of the process. */
  readonly connections: number;
  /** Unfinished requests of one address. */
  readonly perAddress: number;
  /** An unfinished request younger than this is not ended in favour of others of its address. */
  readonly patience: number;
  readonly body: { readonly seconds: number; readonly grace: number; readonly bytesPerSecond: number };
  readonly upload: { readonly seconds: number; readonly window: number; readonly bytesPerSecond: number };
  /** For the rest of a body whose request has been answered. */
  readonly afterAnswer: number;
}

/** What is being waited for on a connection: a request's head or body, the work of the server, or another request. */
type State = 'arriving' | 'working' | 'idle';

interface Connection {
  readonly socket: Socket;
  block: string;
  state: State;
  /** When the state began, in milliseconds of the process. */
  since: number;
  request?: IncomingMessage;
  response?: ServerResponse;
  bytesBefore: number;
  answeredAt?: number;
}

/** Bodies with a time of their own: `held` ones wait for a place, `upload` ones are received. */
const paces = new WeakMap<IncomingMessage, { readonly kind: 'held' | 'upload'; since: number; bytes: number }>();

/** Gives a body the time of an upload, which is for people who may send files. */
export function setBodyPace(request: IncomingMessage, kind: 'held' | 'upload'): void {
  paces.set(request, { kind, since: performance.now(), bytes: request.socket.bytesRead });
}

/** Connections whose address is a proxy's stand for many people: until the head of a request is there, for nobody. */
const nobody = '';

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Bounds what costs nothing to send: connections on which a request does not arrive. Too slow ones are ended; where there are
 * too many, the longest wait ends for a newcomer, first at the address with the most of them, so that newcomers are always
 * answered.
 */
export class Arrivals {
  readonly #limits: ArrivalLimits;
  readonly #blockOf: (socket: Socket) => string;
  readonly #connections = new Map<Socket, Connection>();
  /** Those that wait, by address, the longest wait first. */
  readonly #waiting = { arriving: new Map<string, Set<Connection>>(), idle: new Map<string, Set<Connection>>() };

  /** `blockOf` gives the address that a new connection counts for, or nothing where that is a proxy's. */
  constructor(server: Server, limits: ArrivalLimits, blockOf: (socket: Socket) => string | undefined) {
    this.#limits = limits;
    this.#blockOf = (socket) => blockOf(socket) ?? nobody;
    server.on('connection', (socket: Socket) => {
      this.#open(socket);
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#receive(request, response);
    });
    const timer = setInterval(() => {
      this.#endSlow(performance.now());
    }, 1000);
    timer.unref();
    server.on('close', () => {
      clearInterval(timer);
    });
  }

  /** The address from which a request comes, once its head tells. */
  assign(socket: Socket, block: string): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || connection.block === block) return;
    this.#leave(connection);
    connection.block = block;
    this.#join(connection);
    this.#boundAddress(block);
  }

  #open(socket: Socket): void {
    if (this.#connections.size >= this.#limits.connections) this.#makeRoom();
    const since = performance.now();
    const connection: Connection = { socket, block: this.#blockOf(socket), state: 'arriving', since, bytesBefore: 0 };
    this.#connections.set(socket, connection);
    this.#join(connection);
    socket.once('close', () => {
      this.#leave(connection);
      this.#connections.delete(socket);
    });
    this.#boundAddress(connection.block);
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#connections.get(request.socket);
    if (connection === undefined) return;
    Object.assign(connection, { request, response, bytesBefore: request.socket.bytesRead });
    delete connection.answeredAt;
    this.#move(connection, hasBody(request) ? 'arriving' : 'working');
    request.once('end', () => {
      if (connection.request === request && connection.state === 'arriving') this.#move(connection, 'working');
    });
    response.once('close', () => {
      if (connection.request !== request || request.socket.destroyed) return;
      connection.answeredAt = performance.now();
      if (request.complete) this.#move(connection, 'idle');
    });
  }

  #join(connection: Connection): void {
    if (connection.state === 'working') return;
    const waiting = this.#waiting[connection.state];
    const own = waiting.get(connection.block) ?? new Set();
    own.add(connection);
    waiting.set(connection.block, own);
  }

  #leave(connection: Connection): void {
    if (connection.state === 'working') return;
    const waiting = this.#waiting[connection.state];
    const own = waiting.get(connection.block);
    own?.delete(connection);
    if (own?.size === 0) waiting.delete(connection.block);
  }

  #move(connection: Connection, state: State): void {
    this.#leave(connection);
    connection.state = state;
    connection.since = performance.now();
    this.#join(connection);
  }

  #boundAddress(block: string): void {
    const own = this.#waiting.arriving.get(block);
    if (block === nobody || own === undefined || own.size <= this.#limits.perAddress) return;
    const oldest = longestWait(own);
    if (oldest === undefined || performance.now() - oldest.since < this.#limits.patience * 1000) return;
    this.#refuse(oldest, tooMany());
  }

  /** Ends a connection, with words where no answer has begun. */
  #refuse(connection: Connection, problem: HttpProblem): void {
    const { socket, response, state } = connection;
    this.#leave(connection);
    if (state === 'idle' || response?.headersSent === true) socket.destroy();
    else answerOnSocket(problem, socket);
  }

  /** Ends the longest wait at the address that has most, idle connections only where nothing else waits. */
  #makeRoom(): void {
    for (const waiting of [this.#waiting.arriving, this.#waiting.idle]) {
      let most: Set<Connection> | undefined;
      for (const own of waiting.values()) if (own.size > (most?.size ?? 0)) most = own;
      const oldest = most === undefined ? undefined : longestWait(most);
      if (oldest === undefined) continue;
      this.#refuse(oldest, tooMany());
      return;
    }
  }

  #endSlow(now: number): void {
    for (const [block, own] of this.#waiting.arriving) {
      for (let surplus = own.size - this.#limits.perAddress; surplus > 0; surplus--) this.#boundAddress(block);
      for (const connection of own) {
        const { request, answeredAt, socket } = connection;
        if (request === undefined) continue;
        if (answeredAt !== undefined) {
          if (request.complete) this.#move(connection, 'idle');
          else if (now - answeredAt > this.#limits.afterAnswer * 1000) socket.destroy();
        } else if (!request.complete && this.#isSlow(connection, request, now))
          this.#refuse(connection, new HttpProblem('request_timeout'));
      }
    }
  }

  #isSlow({ since, socket, bytesBefore }: Connection, request: IncomingMessage, now: number): boolean {
    const { body, upload } = this.#limits;
    const pace = paces.get(request);
    if (pace?.kind === 'held') return false;
    const seconds = (now - since) / 1000;
    if (pace === undefined) {
      const isSlow = seconds > body.grace && socket.bytesRead - bytesBefore < body.bytesPerSecond * seconds;
      return isSlow || seconds > body.seconds;
    }
    if (seconds > upload.seconds) return true;
    if (now - pace.since < upload.window * 1000) return false;
    const isSlow = socket.bytesRead - pace.bytes < upload.bytesPerSecond * upload.window;
    pace.since = now;
    pace.bytes = socket.bytesRead;
    return isSlow;
  }
}

const tooMany = (): HttpProblem => new HttpProblem('too_many_requests', { retryAfterSeconds: 5 });

/** The longest wait of somebody unknown: uploads have been let in, and a body that is there is waited for no more. */
function longestWait(own: ReadonlySet<Connection>): Connection | undefined {
  for (const connection of own) {
    const { request, state } = connection;
    if (state === 'idle' || request === undefined || (!request.complete && !paces.has(request))) return connection;
  }
  return undefined;
}
