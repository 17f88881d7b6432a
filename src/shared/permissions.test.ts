import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { capacityFor } from './capacity.ts';
import {
  extensions,
  may,
  mayFor,
  needsClinicalAccess,
  permissions,
  type Person,
  plainStanding,
  type Reach,
  reaches,
  type Right,
  roles,
  scopeFor,
} from './permissions.ts';

const docs = resolve(import.meta.dirname, '../../docs/roles.md');

const meanings: Readonly<Record<Right, string>> = {
  'clients.read.registration': 'read registration data: lists, cards, history, duplicates, vCards',
  'clients.read.clinical': 'read clinical data: `notes`, `extra`',
  'clients.write.registration': 'write registration data, relatives, consents; archive, restore, merge',
  'clients.write.clinical': 'write clinical data',
  'clients.assign': 'name the professional of a client: anybody, or oneself',
  'clients.treat': 'have clients of one’s own',
  'clients.export': 'take the list out of the clinic: CSV, XLSX',
  'clients.hand-over': 'hand a person the copy of their data',
  'clients.anonymize': 'anonymise a client',
  'data-requests.manage': 'keep the desk of what people ask about their data (LGPD art. 18)',
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
  'clients.emergency': 'open a colleague’s client for four hours, with a reason',
  'emergencies.read': 'see who opened whose client in an emergency',
  'emergencies.review': 'review such an access, of somebody else',
  'coverings.read': 'see who covers whom',
  'coverings.manage': 'have somebody covered: oneself, or anybody',
};

const cells: Readonly<Record<Reach, string>> = { all: 'yes', own: 'own', none: 'no' };

const ways = Object.keys(extensions) as (keyof typeof extensions)[];

function renderTable(): string {
  const rows = Object.entries(permissions).map(([key, reach]) => {
    const right = key as Right;
    const lent = ways.filter((way) => (extensions[way] as readonly Right[]).includes(right)).join(', ');
    return [
      ...[`\`${right}\``, meanings[right], ...roles.map((role) => cells[reach[role]])],
      ...[needsClinicalAccess(right) ? 'needed' : '', lent],
    ];
  });
  const head = ['right', 'means', ...roles, 'clinical access', 'own goes beyond one’s own by'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const personOf = (role: (typeof roles)[number], professionalId = 'me'): Person => ({
  ...plainStanding(role),
  professionalId,
});

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
    const bruno = personOf('professional', 'bruno');
    expect(scopeFor(bruno, 'clients.export')).toEqual({ whole: false, professionalId: 'bruno' });
    expect(scopeFor(personOf('administrator'), 'clients.export')).toEqual({ whole: true });
    expect(() => scopeFor(personOf('reception'), 'clients.export')).toThrow('reception has no right');
  });

  it('knows whose a record is', () => {
    const seen = (role: (typeof roles)[number], right: Right) =>
      ['me', 'a colleague'].filter((owner) => mayFor(personOf(role), right, owner));
    expect(roles.map((role) => seen(role, 'clients.read.clinical'))).toEqual([['me', 'a colleague'], ['me'], [], []]);
  });

  it('gives no clinical right without clinical access, whatever the role, and all others', () => {
    const ana = { ...personOf('administrator'), clinicalAccess: false };
    const lost = (Object.keys(permissions) as Right[]).filter(
      (right) => may(personOf('administrator'), right) && !may(ana, right),
    );
    expect(lost).toEqual([
      'clients.read.clinical',
      'clients.write.clinical',
      'clients.hand-over',
      'imports.run',
      'agenda.notes',
    ]);
  });

  it('reaches the whole clinic where professionals see it, but takes nothing of colleagues out of it', () => {
    const bruno = { ...personOf('professional'), seesClinic: true };
    const whole = (Object.keys(permissions) as Right[]).filter(
      (right) => may(bruno, right) && mayFor(bruno, right, 'a colleague'),
    );
    expect(whole).toEqual([
      ...['clients.read.registration', 'clients.read.clinical', 'clients.write.registration', 'clients.write.clinical'],
      ...['professionals.read', 'agenda.read', 'agenda.write', 'agenda.notes', 'clients.emergency'],
    ]);
    expect(mayFor({ ...personOf('reception'), seesClinic: true }, 'clients.read.clinical', 'a colleague')).toBe(false);
  });

  it('reaches what somebody is lent: all of a colleague, named clients, one client in an emergency', () => {
    const bruno: Person = {
      ...personOf('professional'),
      ...{ covered: ['ana'], coveredClients: ['rui'], coveredInPart: ['davi'], emergencies: ['eva'] },
    };
    expect(scopeFor(bruno, 'clients.read.clinical')).toEqual({
      ...{ whole: false, professionalId: 'me', covered: ['ana'] },
      clients: ['rui', 'eva'],
    });
    expect(scopeFor(bruno, 'clients.export')).toEqual({ whole: false, professionalId: 'me' });
    const agenda = scopeFor(bruno, 'agenda.write');
    expect(agenda).toEqual({
      ...{ whole: false, professionalId: 'me', covered: ['ana'] },
      ...{ clients: ['rui'], within: ['davi'] },
    });
    // Of Rui's appointments those with Davi; of Davi's those with Rui.
    expect(
      [
        ['ana', 'x'],
        ['davi', 'rui'],
        ['davi', 'x'],
        ['carla', 'rui'],
      ].map(([owner = '', client]) => reaches(agenda, owner, client)),
    ).toEqual([true, true, false, false]);
    // Over a client as a whole nothing is narrowed; with every other right that is lent, it is.
    const narrowed = extensions.covering.filter((right) => 'within' in scopeFor(bruno, right));
    expect(narrowed).toEqual(['agenda.read', 'agenda.write', 'agenda.notes']);
    const capacities = [
      ['me', 'x'],
      ['ana', 'x'],
      ['davi', 'rui'],
      ['davi', 'eva'],
      ['davi', 'x'],
    ].map(([owner = '', client = '']) => capacityFor(bruno, owner, client));
    expect(capacities).toEqual(['owner', 'covering', 'covering', 'emergency', undefined]);
    expect(capacityFor({ ...bruno, seesClinic: true }, 'davi', 'x')).toBe('clinic');
    expect(capacityFor(personOf('administrator'), 'davi', 'x')).toBe('administrator');
  });
});
