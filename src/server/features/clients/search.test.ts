import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignedIn, startTestServer, type TestServer } from '../../../../tests/support/server.ts';
import type { ClientInput } from '../../../shared/contracts/clients.ts';

type Registration = Pick<ClientInput, 'firstName'> & Record<string, unknown>;

const book = {
  goncalves: {
    firstName: 'Conceição',
    lastName: 'Gonçalves',
    phone: '(11) 98765-4321',
    document: '529.982.247-25',
    email: 'Conceicao.G@exemplo.com.br',
  },
  joao: { firstName: 'João', lastName: 'da Silva Magalhães', phone: '(21) 3456-7890', document: '012.345.678-90' },
  davila: { firstName: 'Áurea', lastName: 'D’Ávila', email: "o'aurea@exemplo.test" },
  hyphen: { firstName: 'Anne-Marie', lastName: 'Sant´Anna', email: 'anne-marie@exemplo.test' },
  social: { firstName: 'Roberto', socialName: 'Roberta Luz', lastName: 'Prado' },
  company: { firstName: 'Clínica Vértice', document: '12.ABC.345/01DE-35' },
  signs: { firstName: 'Cem % Nina', lastName: 'a_b c\\d "aspas"' },
  decomposed: { firstName: 'Estêvão'.normalize('NFD'), lastName: 'Íñigo'.normalize('NFD') },
  russian: { firstName: 'Юрий', lastName: 'Семёнов' },
  chinese: { firstName: '伟', lastName: '王' },
  greek: { firstName: 'Ελένη', lastName: 'Παπαδοπούλου' },
  turkish: { firstName: 'İbrahim', lastName: 'Yıldız' },
  abroad: { firstName: 'Susan', lastName: 'Whitaker', phone: '+1 212 555 0123' },
  invisible: { firstName: 'Ma\u200bri\u00adlda', lastName: 'Oc\u2060ulta' },
} satisfies Record<string, Registration>;

type Entry = keyof typeof book;

describe('searching for clients', () => {
  let server: TestServer;
  let bruno: SignedIn;
  const entries = new Map<string, Entry>();

  beforeAll(async () => {
    server = await startTestServer();
    await server.createClinic('busca.test');
    bruno = await server.signIn('bruno@busca.test');
    await Promise.all(
      Object.entries(book).map(async ([entry, body]) => {
        const created = await bruno.api('POST /clients', { body });
        entries.set(created.body.id, entry as Entry);
      }),
    );
  });
  afterAll(() => server.stop());

  async function find(q: string): Promise<string[]> {
    const { body } = await bruno.api('GET /clients', { query: { q } });
    expect(body.total).toEqual({ value: body.items.length, relation: 'eq' });
    return body.items.map((item) => entries.get(item.id) ?? 'unknown').sort();
  }

  it.each<[what: string, query: string, found: Entry[]]>([
    ['without accents', 'goncalves', ['goncalves']],
    ['with accents', 'Gonçalves', ['goncalves']],
    ['with other accents', 'gônçálvês', ['goncalves']],
    ['in capitals', 'CONCEIÇÃO GONÇALVES', ['goncalves']],
    ['in decomposed letters', 'Conceição'.normalize('NFD'), ['goncalves']],
    ['in full-width letters', 'ｇｏｎｃａｌｖｅｓ', ['goncalves']],
    ['in another word order', 'goncalves conceicao', ['goncalves']],
    ['by parts of words', 'galh joa', ['joao']],
    ['with much space around', '  joao   silva  ', ['joao']],
    ['by the start of a word in two letters', 'jo', ['joao']],
    ['by one letter', 'g', ['goncalves']],
    ['by two starts', 'j s', ['joao']],
  ])('finds a name %s', async (_, query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it.each<[what: string, query: string, found: Entry[]]>([
    ['with another letter', 'Goncalvez', ['goncalves']],
    ['with a letter missing', 'Gonalves', ['goncalves']],
    ['with a letter too many', 'Goncallves', ['goncalves']],
    ['with two letters swapped', 'Gonclaves', ['goncalves']],
    ['in a short word', 'Juao', ['joao']],
    ['in a very short one', 'Lus', ['social']],
    ['in its first letter', 'Zilva', ['joao']],
    ['in one word of two', 'conceicao gonsalves', ['goncalves']],
    ['in the second half of a double name', 'Anne Marye', ['hyphen']],
  ])('finds a name that was mistyped %s', async (_, query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it('forgives a spelling that is somebody else’s name, and letters that changed places', async () => {
    await server.createClinic('pares.test');
    const { api } = await server.signIn('bruno@pares.test');
    const names = {
      luis: ['Luís', 'Sousa'],
      luiz: ['Luiz', 'Prates'],
      ana: ['Ana', 'Souza'],
      maria: ['Maria', 'Wolff'],
    };
    const ids = new Map<string, string>();
    for (const [key, [firstName = '', lastName]] of Object.entries(names))
      ids.set((await api('POST /clients', { body: { firstName, lastName } })).body.id, key);
    const findPair = async (q: string) => {
      const { body } = await api('GET /clients', { query: { q } });
      return body.items.map(({ id }) => ids.get(id));
    };
    expect(await findPair('luiz')).toEqual(['luiz']);
    expect(await findPair('luiz souza')).toEqual(['luis']);
    expect(await findPair('luis prates')).toEqual(['luiz']);
    expect(await findPair('maira')).toEqual(['maria']);
    expect(await findPair('ana wolff')).toEqual([]);
    expect(await find('jaoo')).toEqual(['joao']);
  });

  it('does not take one name for a different one', async () => {
    expect(await find('Gonzaga')).toEqual([]);
    expect(await find('Magali Ribeiro')).toEqual([]);
  });

  it.each<[query: string, found: Entry[]]>([
    ['davila', ['davila']],
    ["d'avila", ['davila']],
    ['D’Ávila', ['davila']],
    ['d´avila', ['davila']],
    ['d`ávila', ['davila']],
    ['d avila', ['davila']],
    ['avila', ['davila']],
    ['santanna', ['hyphen']],
    ["sant'anna", ['hyphen']],
    ['anne marie', ['hyphen']],
    ['anne-marie', ['hyphen']],
    ['anne‑marie', ['hyphen']],
  ])('takes apostrophes and hyphens as people do: %s', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it.each<[query: string, found: Entry[]]>([
    ['4321', ['goncalves']],
    ['987654321', ['goncalves']],
    ['98765-4321', ['goncalves']],
    ['98765 4321', ['goncalves']],
    ['(11) 98765-4321', ['goncalves']],
    ['11987654321', ['goncalves']],
    ['+55 11 98765-4321', ['goncalves']],
    ['55 (11) 98765.4321', ['goncalves']],
    ['5511987654321', ['goncalves']],
    ['011 98765-4321', ['goncalves']],
    ['\u202a+55 11 98765‑4321\u202c', ['goncalves']],
    ['021 3456-7890', ['joao']],
    ['conceicao 4321', ['goncalves']],
    ['conceicao 98765-4321', ['goncalves']],
    ['+1 212 555 0123', ['abroad']],
    ['2125550123', ['abroad']],
  ])('finds a phone as people type it: %s', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it.each<[query: string, found: Entry[]]>([
    ['52998224725', ['goncalves']],
    ['529.982.247-25', ['goncalves']],
    ['529.982', ['goncalves']],
    ['982.247', ['goncalves']],
    ['012.345.678-90', ['joao']],
    ['01234567890', ['joao']],
    ['12ABC34501DE35', ['company']],
    ['12.abc.345/01de-35', ['company']],
    ['12.ABC.3', ['company']],
    ['12abc345', ['company']],
  ])('finds a document with and without punctuation: %s', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it.each<[query: string, found: Entry[]]>([
    ['conceicao.g@exemplo.com.br', ['goncalves']],
    ['CONCEICAO.G@', ['goncalves']],
    ['anne-marie@exemplo.test', ['hyphen']],
    ["o'aurea@exemplo", ['davila']],
    ['roberto prado', ['social']],
    ['roberta luz', ['social']],
  ])('finds an e-mail, and both names of a person: %s', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it.each<[query: string, found: Entry[]]>([
    ['%', ['signs']],
    ['cem %', ['signs']],
    ['a_b', ['signs']],
    ['a%b', []],
    ['axb', []],
    ['c\\d', ['signs']],
    ['c\\\\d', []],
    ['"aspas"', ['signs']],
    ["'", []],
    ["''", []],
    ["' or 1=1 --", []],
    ["'; drop table clients; --", []],
    ['%%%', []],
    ['___', []],
    ['\\', []],
    ['$$ $1 :name ?', []],
    ['%s %L %I', []],
    ['|', []],
    ['\u200b', []],
  ])('takes signs for what they are: %s', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it.each<[query: string, found: Entry[]]>([
    ['estevao inigo', ['decomposed']],
    ['Estêvão', ['decomposed']],
    ['юрий', ['russian']],
    ['СЕМЕНОВ', ['russian']],
    ['Семенав', ['russian']],
    ['王', ['chinese']],
    ['伟', ['chinese']],
    ['ελενη', ['greek']],
    ['ibrahim yildiz', ['turkish']],
    ['marilda oculta', ['invisible']],
  ])('finds names in any script: %s', async (query, found) => {
    expect(await find(query)).toEqual(found);
  });

  it('gives everybody for an empty query, nobody for a stranger, and refuses one that is too long or no text', async () => {
    expect(await find('   ')).toHaveLength(Object.keys(book).length);
    expect(await find('wxyzwxyz')).toEqual([]);
    expect(await find('a'.repeat(200))).toEqual([]);
    expect(await find('㌖'.repeat(200))).toEqual([]);
    expect(await find('é '.repeat(100).trim())).toEqual(['decomposed']);
    for (const q of ['a'.repeat(201), 'a\0b'])
      await expect(bruno.api('GET /clients', { query: { q } })).rejects.toMatchObject({
        problem: { code: 'invalid_request', errors: [{ path: 'q' }] },
      });
  });

  it('keeps finding a name that changed, and no longer the old one', async () => {
    const { body, etag = '' } = await bruno.api('POST /clients', { body: { firstName: 'Valquíria' } });
    await bruno.api('PATCH /clients/{id}', {
      params: { id: body.id },
      headers: { 'if-match': etag },
      body: { firstName: 'Wanderléia' },
    });
    entries.set(body.id, 'goncalves');
    expect(await find('valquiria')).toEqual([]);
    expect(await find('wanderleya')).toHaveLength(1);
  });

  it('stores the longest names of any script, and finds them', async () => {
    const syllables = Array.from({ length: 450 }, (_, index) => String.fromCodePoint(0xac00 + index * 23)).join('');
    const units = Array.from({ length: 150 }, (_, index) => String.fromCodePoint(0x3300 + (index % 88))).join('');
    for (const [firstName, socialName, lastName] of [
      [syllables.slice(0, 150), syllables.slice(150, 300), syllables.slice(300)],
      [units, units, units],
      ['𠀀'.repeat(75), '𠀁'.repeat(75), '𠀂'.repeat(75)],
    ] as const) {
      const names = { firstName, socialName, lastName };
      const { body } = await bruno.api('POST /clients', { body: names });
      expect(body).toMatchObject(names);
      const { body: page } = await bruno.api('GET /clients', { query: { q: firstName.slice(0, 40) } });
      expect(page.items.map(({ id }) => id)).toContain(body.id);
      expect(await find(`${lastName.slice(0, 60)}wxyzwxyz`)).toEqual([]);
    }
  });
});
