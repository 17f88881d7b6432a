import { describe, expect, it } from 'vitest';
import { isAllowedEndpoint, isPublicAddress, lookUpPublic } from './endpoints.ts';

describe('where messages to devices are sent', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://sg2p.notify.windows.com/w/?token=abc',
  ])('%s: yes', (endpoint) => {
    expect(isAllowedEndpoint(endpoint, false)).toBe(true);
  });

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/fcm/send/abc',
    'https://user:pass@fcm.googleapis.com/',
    'https://localhost/abc',
    'https://postgres/abc',
    'https://10.0.0.5/abc',
    'https://127.1/abc',
    'https://0x7f000001/abc',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/abc',
    'https://[::ffff:10.0.0.1]/abc',
    'https://[fd00::1]/abc',
    'file:///etc/passwd',
    'not an address',
  ])('%s: no', (endpoint) => {
    expect(isAllowedEndpoint(endpoint, false)).toBe(false);
  });

  it.each([
    ['8.8.8.8', true],
    ['2600:1901:0:38d7::', true],
    ['100.64.0.1', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['224.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::', false],
    ['fe80::1', false],
    ['example.com', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });

  it('a name that leads to this machine is refused when the connection is made', async () => {
    const { promise, resolve } = Promise.withResolvers<Error | null>();
    lookUpPublic('localhost', {}, resolve);
    expect((await promise)?.message).toBe('the address of a push service is not public');
  });
});
