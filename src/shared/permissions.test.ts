import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { mayFor, permissions, type Reach, type Right, roles, scopeFor } from './permissions.ts';

const docs = resolve(import.meta.dirname, '../../docs/roles.md');

const meanings: Readonly<Record<Right, string>> = {
  'clients.read.registration': 'read registration data: lists, cards, history, duplicates, vCards',
  'clients.read.clinical': 'read clinical data: `notes`, `extra`',
  'clients.write.registration': 'write registration data, archive, restore, merge',
  'clients.write.clinical': 'write clinical data',
  'clients.assign': 'name the professional of a client: anybody, or oneself',
  'clients.treat': 'have clients of one’s own',
  'clients.export': 'take the list out of the clinic: CSV, XLSX',
  'clients.hand-over': 'hand a person the copy of their data',
  'clients.anonymize': 'anonymise a client',
  'imports.run': 'start, see, repeat and undo imports',
  'professionals.read': 'see who works in the clinic',
  'professionals.manage': 'invite, change, deactivate, end sessions',
  'agenda.read': 'see appointments, hours and free times',
  'agenda.write': 'book, move and cancel appointments, and say what became of them',
  'agenda.notes': 'read and write the notes of appointments, which are clinical',
  'agenda.hours': 'set hours, enter absences',
  'clinic.manage': 'change the clinic’s settings, holidays, rooms, kinds of visit and tags',
  'incidents.manage': 'register incidents with personal data, and see whom they touched',
  'audit.read': 'read the trail of who did what, and take it as CSV',
  'clients.viewers': 'see who opened a client’s record',
};

const cells: Readonly<Record<Reach, string>> = { all: 'yes', own: 'own', none: 'no' };

function renderTable(): string {
  const rows = Object.entries(permissions).map(
    ([right, reach]) =>
      `| \`${right}\` | ${meanings[right as Right]} | ${roles.map((role) => cells[reach[role]]).join(' | ')} |`,
  );
  return [`| right | means | ${roles.join(' | ')} |`, `| --- | --- |${' --- |'.repeat(roles.length)}`, ...rows].join(
    '\n',
  );
}

describe('the table of permissions', () => {
  it('stands in docs/roles.md (vitest --update writes it anew)', async () => {
    const text = await readFile(docs, 'utf8');
    const section = /(?<=<!-- permissions -->\n).*(?=<!-- \/permissions -->)/s;
    expect(text).toMatch(section);
    const style = await resolveConfig(docs);
    const renewed = text.replace(section, () => `\n${renderTable()}\n\n`);
    await expect(await format(renewed, { ...style, parser: 'markdown' })).toMatchFileSnapshot(docs);
  });

  it('gives a scope that says what it means, and none to those who may not', () => {
    const bruno = { role: 'professional', professionalId: 'bruno' } as const;
    expect(scopeFor(bruno, 'clients.export')).toEqual({ whole: false, professionalId: 'bruno' });
    expect(scopeFor({ ...bruno, role: 'administrator' }, 'clients.export')).toEqual({ whole: true });
    expect(() => scopeFor({ ...bruno, role: 'reception' }, 'clients.export')).toThrow('reception has no right');
  });

  it('knows whose a record is', () => {
    const person = (role: (typeof roles)[number]) => ({ role, professionalId: 'me' });
    const seen = (role: (typeof roles)[number], right: Right) =>
      ['me', 'a colleague'].filter((owner) => mayFor(person(role), right, owner));
    expect(roles.map((role) => seen(role, 'clients.read.clinical'))).toEqual([['me', 'a colleague'], ['me'], [], []]);
  });
});
