import { connect } from 'node:net';

/** Sends bytes as they are and gives what comes back until the server hangs up. */
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

/** Sends one request, its head line by line without `Connection`, and reads the answer. */
export async function ask(
  address: string,
  lines: readonly string[],
  body: string | Uint8Array = '',
): Promise<SpokenAnswer> {
  // Bytes beyond ASCII go out as they are.
  const head = Buffer.from([...lines, 'Connection: close', '', ''].join('\r\n'), 'latin1');
  const answer = await speak(address, Buffer.concat([head, Buffer.from(body)]));
  const [answered = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answered)?.[1]), head: answered, body: rest.join('\r\n\r\n') };
}
