import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between the server and PostgreSQL, counts round trips and plays faults of the network. */
export interface TcpProxy {
  /** The given URL with the proxy's address. */
  url: string;
  /**
   * Round trips so far, over all connections. One starts when the client sends after it has heard from the server (or for
   * the first time), so statements that travel together count once. Signing in takes a few trips of its own: connect
   * first, then look at the difference.
   */
  trips(): number;
  /** Ends every connection now and refuses new ones until restore(). */
  cut(): Promise<void>;
  /** Passes nothing on, in either direction, until restore(): a network that swallows. */
  stall(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy on a free loopback port for the server in a PostgreSQL URL. */
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
