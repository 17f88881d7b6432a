import { describe, expect, it } from 'vitest';
import { readFile } from '../../testing/read-file.ts';

async function phonesOf(...lines: readonly string[]) {
  const { rows } = await readFile(lines.join('\r\n'));
  return rows.map((row) =>
    'problems' in row ? row.problems[0]?.code : [row.values.phone, row.values.secondaryPhone, row.extra ?? {}],
  );
}

describe('the phones of a row', () => {
  it('are told apart by Google’s labels, in its new and its old form and in other languages', async () => {
    for (const [label, mobile] of [
      ['Label', 'Mobile'],
      ['Type', 'Celular'],
      ['Label', '* Móvel'],
    ] as const) {
      const header = [1, 2, 3].map((n) => `Phone ${String(n)} - ${label},Phone ${String(n)} - Value`).join(',');
      expect(
        await phonesOf(
          `First Name,${header}`,
          `Iracema,${mobile},+55 11 98765-1201 ::: (11) 3222-1201,,,,`,
          'Padaria,Work,(11) 3222-1202,,,,',
          `Kauê,Home,1132221203,${mobile},11987651203,Work,1140041203`,
          `Lia,Home,1132221204,Work,1132221205,${mobile},11987651204`,
          'Rui,Home,,Work,(11) 3222-1206,,',
          'Eva,Mãe,11987651207,,,,',
        ),
      ).toEqual([
        ['+5511987651201', '+551132221201', {}],
        ['+551132221202', undefined, {}],
        ['+5511987651203', '+551132221203', { 'Phone 3 - Value': '1140041203' }],
        ['+5511987651204', '+551132221205', expect.anything()],
        ['+551132221206', undefined, {}],
        ['+5511987651207', undefined, { [`Phone 1 - ${label}`]: 'Mãe' }],
      ]);
    }
  });

  it('are a phone wherever a row has one alone, as Outlook’s at work', async () => {
    expect(
      await phonesOf(
        'First Name,Last Name,Home Phone,Business Phone,Mobile Phone,Birthday',
        'Iara,Tum,(11) 3222-7101,,(11) 98765-7101,0/0/00',
        'Joel,Tum,,(11) 3222-7102,,7/3/1984',
        'Lia,Tum,(11) 3222-7103,(11) 3222-7104,,',
      ),
    ).toEqual([
      ['+5511987657101', '+551132227101', {}],
      ['+551132227102', undefined, {}],
      ['+551132227103', undefined, { 'Business Phone': '(11) 3222-7104' }],
    ]);
  });
});
