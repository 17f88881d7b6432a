import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { createPool } from '../../db/pool.ts';
import { sql } from '../../db/sql.ts';
import { Database } from '../../db/transaction.ts';
import { fileRows } from './reading-process/file-rows.ts';
import { insertImport } from './stored/import-queries.ts';
import { memorySource } from './testing/memory-source.ts';
import { runImport } from './running/run-import.ts';

const rows = 5000;

const cell = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A client list with everything that a wrong encoding or delimiter could spoil. */
function listOf(delimiter: string, newline: string): string {
  const [first, last] = [
    ['João', 'Íris', 'Conceição', 'Zoë'],
    ['Muñoz', 'D’Ávila', 'Araújo', 'Peçanha'],
  ];
  const lines = Array.from({ length: rows }, (_, at) => [
    first[at % 4] ?? '',
    `${last[at % 4] ?? ''} ${String(at)}`,
    `119${String(90_000_000 + at)}`,
    at % 7 === 0 ? 'Rua “A”, 2; fundos, à esquerda' : 'Praça da Sé',
    at % 5 === 0 ? 'diz "sim"\nàs quintas' : '',
  ]);
  return [['nome', 'sobrenome', 'telefone', 'rua', 'observações'], ...lines]
    .map((line) => line.map((text) => cell(text, delimiter)).join(delimiter) + newline)
    .join('');
}

/** Encodes as Windows-1252, including characters that Latin-1 lacks. */
const windows1252 = (text: string): Buffer => {
  const special = new Map([
    ['“', 0x93],
    ['”', 0x94],
    ['’', 0x92],
  ]);
  return Buffer.from(Array.from(text, (letter) => special.get(letter) ?? letter.charCodeAt(0)));
};

const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text, 'utf8'),
  'UTF-8 with BOM': (text) => Buffer.from(`\ufeff${text}`, 'utf8'),
  'UTF-16 LE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 BE': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'UTF-16 LE without BOM': (text) => Buffer.from(text, 'utf16le'),
  'Windows-1252': windows1252,
};
const delimiters: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t' };

describe('one client list', () => {
  let database: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new Database(createPool({ url: database.url, max: 3, idleSeconds: 5 }));
  });
  afterAll(async () => {
    await db.pool.end();
    await database.drop();
  });

  /** Imports into a new clinic. @returns a fingerprint of all its clients */
  async function markOf(name: string, bytes: Buffer): Promise<string> {
    const [clinic] = await db.system((tx) =>
      tx.run(
        sql<{ clinic: string; person: string }>`with c as (insert into clinics (name) values (${name}) returning id)
          insert into professionals (clinic_id, email, first_name, role)
            select id, ${`${name.replaceAll(' ', '-')}@listas.test`}, 'Ana', 'administrator' from c
            returning clinic_id as clinic, id as person`,
      ),
    );
    if (clinic === undefined) throw new Error('no clinic');
    const { id } = await db.system((tx) =>
      insertImport(tx, {
        clinicId: clinic.clinic,
        professionalId: clinic.person,
        createdBy: clinic.person,
        sessionId: null,
        source: 'command',
        fileName: 'lista.csv',
        fileBytes: bytes.length,
        fileId: null,
        dryRun: false,
        onConflict: 'skip',
        options: {},
      }),
    );
    const done = await runImport({ db, url: database.url }, id, fileRows(memorySource(bytes)));
    expect(done).toMatchObject({ status: 'done', created: rows, rejected: 0, conflicts: 0 });
    const [mark] = await db.system((tx) =>
      tx.run(
        sql<{
          mark: string;
        }>`select md5(string_agg(concat_ws('|', first_name, last_name, phone, street, notes, search_text), '#' order by phone)) as mark
          from clients where clinic_id = ${clinic.clinic}`,
      ),
    );
    return mark?.mark ?? '';
  }

  it('is the same clients in six encodings and with three delimiters', { timeout: 120_000 }, async () => {
    const marks = new Map<string, string>();
    for (const [encoding, encode] of Object.entries(encodings))
      for (const [delimiter, sign] of Object.entries(delimiters)) {
        const name = `${encoding} ${delimiter}`;
        marks.set(name, await markOf(name, encode(listOf(sign, delimiter === 'comma' ? '\n' : '\r\n'))));
      }
    expect(marks.size).toBe(18);
    expect(new Set(marks.values()).size).toBe(1);
  });
});
