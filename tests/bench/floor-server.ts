/**
 * The least that a server on Node can do for a request: so many statements that do nothing, in one trip, and an answer of so many
 * bytes. Prints its port. Usage: floor-server.ts DATABASE_URL STATEMENTS BYTES
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPool } from '../../src/server/db/pool.ts';

const [url = '', statements = '0', bytes = '0'] = process.argv.slice(2);
const pool = createPool({ url, max: 10, idleSeconds: 60 });
const work = Array.from({ length: Number(statements) }, (_, index) => ({
  name: `s${String(index)}`,
  text: 'select 1',
}));
const body = Buffer.alloc(Number(bytes), 'x');

async function useDatabase(): Promise<void> {
  const client = await pool.connect();
  await Promise.all(work.map((statement) => client.query(statement)));
  client.release();
}

const server = createServer((_request, response) => {
  void (work.length === 0 ? Promise.resolve() : useDatabase()).then(() => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
