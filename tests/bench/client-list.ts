import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemoCpf } from '../../src/server/features/demo/identifiers.ts';

const first = 'João,José,Antônia,Luís,Márcia,André,Conceição,Inês,Lúcia,Zoé,Íris,Caetano'.split(',');
const last = 'da Silva,Souza,Araújo,Gonçalves,Magalhães,Muñoz,D’Ávila,Simões,Leão,Peçanha'.split(',');
const cities = 'São Paulo:SP:11,Rio de Janeiro:RJ:21,Belém:PA:91,Curitiba:PR:41'
  .split(',')
  .map((city) => city.split(':'));

/** The same random order in every run (a linear congruential generator, Numerical Recipes). */
function createRandom(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** Writes a client list for imports: by the shared harness's generator where that is, else by our own. @returns whose it is */
export async function writeClientList(path: string, rows: number, harness: string): Promise<'shared' | 'own'> {
  const generator = join(harness, 'generate.mjs');
  if (!existsSync(generator)) {
    await writeOwnList(path, rows);
    return 'own';
  }
  const child = spawn(process.execPath, [generator, String(rows)], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.pipe(createWriteStream(path));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${generator} ended with ${String(code)}`);
  return 'shared';
}

/**
 * Writes a client list as the earlier Django system exports it. One row in twenty repeats an earlier person with another
 * address.
 */
async function writeOwnList(path: string, rows: number): Promise<void> {
  const random = createRandom();
  const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
  const file = createWriteStream(path);
  file.write(
    'first_name,last_name,email,phone,document,date_of_birth,profession,address,address_number,city,state,postal_code,notes\n',
  );
  let lines = '';
  for (let row = 0; row < rows; row++) {
    const person = row > 20 && random(20) === 0 ? random(row) : row;
    const name = `${first[person % 12] ?? ''},"${last[person % 10] ?? ''} ${last[(person * 7) % 10] ?? ''}"`;
    const [city = '', state = '', area = ''] = cities[person % 4] ?? [];
    const phone = `(${area}) 9${String(10_000_000 + person)}`;
    const born = `${String(1940 + (person % 75))}-0${String(1 + (person % 9))}-1${String(person % 10)}`;
    const notes = random(10) === 0 ? '"linha um\nlinha ""dois"""' : '';
    const home = `"Rua ${pick(last)}, fundos",${String(random(3000))},${city},${state},0131${String(random(10))}-100`;
    lines += `${name},p${String(person)}@exemplo.com.br,${phone},${makeDemoCpf(person)},${born},${pick(['Professora', '', 'Médico'])},${home},${notes}\n`;
    if (lines.length < 1 << 20) continue;
    if (!file.write(lines)) await once(file, 'drain');
    lines = '';
  }
  file.end(lines);
  await once(file, 'close');
}
