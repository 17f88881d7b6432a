import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

// Follows “Adding a field to the client” of docs/architecture.md, in a copy of the sources.

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
let scratch: string;

/** Inserts a line below the line that begins with `start`. */
const below =
  (start: string, line: string) =>
  (text: string): string => {
    const at = text.indexOf(`\n  ${start}`);
    if (at < 0) throw new Error(`no line begins with ${start}`);
    const end = text.indexOf('\n', at + 1);
    return `${text.slice(0, end)}\n  ${line}${text.slice(end)}`;
  };

/** Every file that has to be edited by hand for a new field. */
const edits: Readonly<Record<string, (text: string) => string>> = {
  'src/shared/client-fields.ts': (text) =>
    [
      below('profession: {', "motherName: { column: 'mother_name', kind: 'line', limit: 150 },"),
      below("profession: '", "motherName: 'mother nome_da_mae filiacao',"),
    ].reduce((before, edit) => edit(before), text),
  'src/shared/client-labels.ts': below('profession: label(', "motherName: label('Nome da mãe', 'Mother’s name'),"),
  'src/web/features/clients/field-places.ts': (text) =>
    text
      .replace("at('profession'),", "at('profession'), at('motherName'),")
      .replace("'profession', 'referral'],", "'profession', 'referral', 'motherName'],"),
  'migrations/9999_mother_name.sql': () => 'alter table clients add column mother_name text;\n',
};

beforeAll(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), 'acolhe-field-')));
  await mkdir(join(scratch, 'tests'));
  for (const part of ['src', 'migrations', 'tests/support', 'tests/walks', 'package.json', 'tsconfig.json'])
    await cp(join(root, part), join(scratch, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(scratch, 'node_modules'));
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(scratch, file);
    await writeFile(path, edit(await readFile(path, 'utf8').catch(() => '')));
  }
  await writeFile(
    join(scratch, 'provide.ts'),
    `export const setup = (project) => project.provide('testServer', ${JSON.stringify(inject('testServer'))});\n`,
  );
  const include = ['tests/walks/new-client-field.steps.ts', 'src/web/features/clients/field-places.test.ts'];
  const test = { include, globalSetup: './provide.ts', testTimeout: 60_000, hookTimeout: 60_000 };
  await writeFile(join(scratch, 'vitest.config.ts'), `export default ${JSON.stringify({ test })};\n`);
  await writeFile(
    join(scratch, 'tsconfig.walk.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      include: ['src'],
      exclude: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**'],
    }),
  );
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Runs a program in the copy. Throws with its output when it fails. */
async function runThere(program: string, ...args: readonly string[]): Promise<void> {
  const path = join(scratch, 'node_modules', program);
  await run(process.execPath, [path, ...args], { cwd: scratch, maxBuffer: 1 << 24 }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program}\n${stdout}\n${stderr}`);
  });
}

it(
  'a field is four edits: then it is kept, shown, merged, exported, recognised and anonymised',
  { timeout: 600_000 },
  async () => {
    expect(Object.keys(edits).length).toBeLessThanOrEqual(4);
    // The steps write the table types, which compiling needs, as `acolhe makemigrations` does.
    await runThere('vitest/vitest.mjs', 'run');
    await runThere('typescript/bin/tsc', '--project', 'tsconfig.walk.json');
  },
);

it('no other source file names the fields of a client one by one, but for those of a FHIR patient', async () => {
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  const naming: string[] = [];
  for (const file of files)
    if (/maritalStatus\b/.test(await readFile(join(root, 'src', file), 'utf8'))) naming.push(file);
  expect(naming.toSorted()).toEqual([
    'server/features/fhir/resources.ts',
    'shared/client-fields.ts',
    'shared/client-labels.ts',
    'web/features/clients/field-places.ts',
  ]);
});
