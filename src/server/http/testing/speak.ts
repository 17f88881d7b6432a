import { connect } from 'node:net';

/** Sends raw bytes. @returns all that the server sends until it closes the connection, or `patience` milliseconds pass */
export function speak(address: string, bytes: string | Uint8Array, patience = 5000): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').setTimeout(patience, () => socket.destroy());
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', reject);
    socket.write(bytes);
  });
}

export interface SpokenAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends one request and reads the answer. `lines` is the head without `Connection`. */
export async function ask(
  address: string,
  lines: readonly string[],
  body: string | Uint8Array = '',
): Promise<SpokenAnswer> {
  // latin1 sends bytes beyond ASCII unchanged.
  const head = Buffer.from([...lines, 'Connection: close', '', ''].join('\r\n'), 'latin1');
  const answer = await speak(address, Buffer.concat([head, Buffer.from(body)]));
  const [answered = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answered)?.[1]), head: answered, body: rest.join('\r\n\r\n') };
}
