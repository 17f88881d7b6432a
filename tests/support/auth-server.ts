import pg from 'pg';
import { startTestServer, type TestServer } from './server.ts';
import { type Send, sender } from '../../src/server/features/auth/testing/requests.ts';

/** A server on a database of its own, with raw requests to it, and a connection that reads what is stored. */
export interface AuthServer {
  readonly server: TestServer;
  readonly send: Send;
  readonly database: pg.Client;
  /** Ids of a person's sessions that have not ended; the one used most recently is the last. */
  readonly listLiveSessions: (email: string) => Promise<string[]>;
  stop(): Promise<void>;
}

export async function startAuthServer(settings?: Record<string, string>): Promise<AuthServer> {
  const server = await startTestServer(settings);
  const database = new pg.Client(server.database.url);
  await database.connect();
  return {
    server,
    send: sender(server.address),
    database,
    listLiveSessions: async (email) => {
      const { rows } = await database.query<{ id: string }>(
        `select s.id from device_sessions s join professionals p on p.id = s.professional_id
         where p.email = $1 and s.ended_at is null order by s.last_seen_at`,
        [email],
      );
      return rows.map(({ id }) => id);
    },
    stop: async () => {
      await database.end();
      await server.stop();
    },
  };
}
