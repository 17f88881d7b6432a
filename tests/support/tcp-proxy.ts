import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy between two sides, for example server and PostgreSQL, that counts round trips and simulates network faults. */
export interface TcpProxy {
  /** The target's URL with the proxy's address. */
  url: string;
  /**
   * Round trips so far, over all connections. A round trip begins when the client sends something for the first time, or after
   * an answer, so statements that are sent together count once. Connecting takes some trips itself: compare the numbers before
   * and after.
   */
  trips(): number;
  /** Ends every connection now and refuses new ones until restore(). */
  cut(): Promise<void>;
  /** Passes nothing on in either direction until restore(), like a network that loses everything. */
  stall(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy on a free loopback port for the server in a URL; the default port is PostgreSQL's. */
export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let trips = 0;
  let stalled = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    let heard = true;
    client.on('data', () => {
      if (heard) trips += 1;
      heard = false;
    });
    upstream.on('data', () => {
      heard = true;
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (stalled) from.pause();
    }
  });

  let port = 0;
  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const close = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  return {
    url: Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(port) }).href,
    trips: () => trips,
    cut: close,
    stall: () => {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    restore: async () => {
      stalled = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen();
    },
    close,
  };
}
