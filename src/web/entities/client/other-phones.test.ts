import { expect, it } from 'vitest';
import { listOtherPhones } from './other-phones.ts';

const none = { phone: null, secondaryPhone: null, guardianName: null, guardianPhone: null };

it('the guardian’s number comes before the second one', () => {
  const client = { ...none, secondaryPhone: '+551132227788', guardianName: 'Gisela', guardianPhone: '+5521988776655' };
  expect(listOtherPhones(client)).toEqual([
    { whose: 'guardian', phone: '+5521988776655', name: 'Gisela' },
    { whose: 'second', phone: '+551132227788', name: null },
  ]);
});

it('a number that is the client’s own, or the guardian’s as well, is not told twice', () => {
  const same = '+5521988776655';
  expect(listOtherPhones({ ...none, phone: same, secondaryPhone: same, guardianPhone: same })).toEqual([]);
  expect(listOtherPhones({ ...none, secondaryPhone: same, guardianPhone: same })).toHaveLength(1);
  expect(listOtherPhones(none)).toEqual([]);
});
