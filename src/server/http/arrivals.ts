import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HttpProblem } from './problem.ts';
import { answerOnSocket } from './unreadable.ts';

/** How long a request may take to arrive, and how many may be arriving at once. Times are in seconds. */
export interface ArrivalLimits {
  /** The most connections of the process. */
  readonly connections: number;
  /** The most unfinished requests of one address. */
  readonly perAddress: number;
  /** An unfinished request is safe for this long: only older ones are ended for newer ones of the same address. */
  readonly patience: number;
  readonly body: { readonly seconds: number; readonly grace: number; readonly bytesPerSecond: number };
  readonly upload: { readonly seconds: number; readonly window: number; readonly bytesPerSecond: number };
  /** For the rest of a body after its request was answered. */
  readonly afterAnswer: number;
}

/** What a connection waits for: the rest of a request, the server's answer, or the next request. */
type State = 'arriving' | 'working' | 'idle';

interface Connection {
  readonly socket: Socket;
  block: string;
  state: State;
  /** When the state began, as `performance.now()`. */
  since: number;
  /** Requests whose answer has not ended; more than one where the client does not wait for answers. */
  inFlight: number;
  /** The newest request and its answer. */
  request: IncomingMessage | undefined;
  response: ServerResponse | undefined;
  bytesBefore: number;
  answeredAt: number | undefined;
}

/** Bodies of uploads, which have their own time limits: `held` ones wait for their turn, `upload` ones are being received. */
const paces = new WeakMap<IncomingMessage, { readonly kind: 'held' | 'upload'; since: number; bytes: number }>();

/** Gives a body the longer time limit of an upload. Only for people who may send files. */
export function setBodyPace(request: IncomingMessage, kind: 'held' | 'upload'): void {
  paces.set(request, { kind, since: performance.now(), bytes: request.socket.bytesRead });
}

/** A proxy's connection carries requests of many people: it counts for nobody until a request's head names the address. */
const nobody = '';

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Knows every connection of a server. Protects against clients that open connections and send slowly or nothing (“slowloris”):
 * slow requests are ended, and when there are too many connections, the one that has waited longest at the address with the most
 * of them, so that new clients are always answered. When the server stops, it ends them as soon as their requests are answered.
 */
export class Arrivals {
  readonly #limits: ArrivalLimits;
  readonly #blockOf: (socket: Socket) => string;
  readonly #connections = new Map<Socket, Connection>();
  /** Waiting connections by address; in each set the longest wait comes first. */
  readonly #waiting = { arriving: new Map<string, Set<Connection>>(), idle: new Map<string, Set<Connection>>() };
  #isDraining = false;

  /** `blockOf` gives the address block of a new connection; undefined for a proxy's. */
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

  /** Counts the connection for this address block, which is known once the head of a request has arrived. */
  assign(socket: Socket, block: string): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || connection.block === block) return;
    this.#leave(connection);
    connection.block = block;
    this.#join(connection);
    this.#boundAddress(block);
  }

  /**
   * Ends connections without a request at once and the others when their requests are answered. Browsers keep unused connections
   * open, and stopping must not wait for those.
   */
  drain(): void {
    this.#isDraining = true;
    for (const { socket, inFlight } of this.#connections.values()) if (inFlight === 0) socket.destroy();
  }

  #open(socket: Socket): void {
    if (this.#isDraining) {
      socket.destroy();
      return;
    }
    if (this.#connections.size >= this.#limits.connections) this.#makeRoom();
    const connection: Connection = {
      socket,
      block: this.#blockOf(socket),
      state: 'arriving',
      since: performance.now(),
      inFlight: 0,
      request: undefined,
      response: undefined,
      bytesBefore: 0,
      answeredAt: undefined,
    };
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
    connection.inFlight += 1;
    connection.request = request;
    connection.response = response;
    connection.bytesBefore = request.socket.bytesRead;
    connection.answeredAt = undefined;
    if (hasBody(request)) {
      this.#move(connection, 'arriving');
      request.once('end', () => {
        if (connection.request === request && connection.state === 'arriving') this.#move(connection, 'working');
      });
    } else this.#move(connection, 'working');
    response.once('close', () => {
      this.#finish(connection, request);
    });
  }

  #finish(connection: Connection, request: IncomingMessage): void {
    const { socket } = connection;
    connection.inFlight -= 1;
    // Not `end`, which would wait for the other side: clients that keep connections for later do not close theirs.
    if (this.#isDraining && connection.inFlight === 0) socket.destroySoon();
    if (connection.request !== request || socket.destroyed) return;
    connection.answeredAt = performance.now();
    if (request.complete) this.#move(connection, 'idle');
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

  /** Ends a connection, with a problem as answer if none has begun. */
  #refuse(connection: Connection, problem: HttpProblem): void {
    const { socket, response, state } = connection;
    this.#leave(connection);
    if (state === 'idle' || response?.headersSent === true) socket.destroy();
    else answerOnSocket(problem, socket);
  }

  /** Ends the longest wait at the address with the most connections; an idle one only when no request is arriving. */
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

/** The longest wait that may be ended. Spared are uploads, whose senders are known, and requests that have arrived. */
function longestWait(own: ReadonlySet<Connection>): Connection | undefined {
  for (const connection of own) {
    const { request, state } = connection;
    if (state === 'idle' || request === undefined || (!request.complete && !paces.has(request))) return connection;
  }
  return undefined;
}
