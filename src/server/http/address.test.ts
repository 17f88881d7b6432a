import { describe, expect, it } from 'vitest';
import { toAddressBlock, readClientAddress } from './address.ts';

const from = (ip: string) => readClientAddress({ ip, socket: { remoteAddress: '10.0.0.9' } });

describe('readClientAddress', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('reads %s as %s', (given, address) => {
    expect(from(given)).toBe(address);
  });

  it.each(['unknown', '', '<script>', '203.0.113.7.9', "'; drop table clients"])(
    'takes the socket’s address for %j',
    (given) => {
      expect(from(given)).toBe('10.0.0.9');
    },
  );
});

describe('toAddressBlock', () => {
  it('counts every address of an IPv6 customer as one', () => {
    const spellings = ['2001:db8:1:2::1', '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:3::192.0.2.1'];
    expect(new Set(spellings.map(toAddressBlock))).toEqual(new Set(['2001:db8:1:2::/64']));
    expect(toAddressBlock('2001:db8:1:3::1')).not.toBe(toAddressBlock('2001:db8:1:2::1'));
    expect(toAddressBlock('::1')).toBe('0:0:0:0::/64');
    expect(toAddressBlock('2001:db8::1:2:3:4')).toBe('2001:db8:0:0::/64');
  });

  it('counts IPv4 addresses one by one', () => {
    expect(toAddressBlock('203.0.113.7')).toBe('203.0.113.7');
  });
});
