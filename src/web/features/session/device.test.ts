import { describe, expect, it } from 'vitest';
import { nameDevice } from './device.ts';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const mac = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/17.4 Safari/605.1.15`;

describe('nameDevice', () => {
  it.each([
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${webkit} Version/17.4 Mobile/15E148 Safari/604.1`,
      'iPhone · Safari',
    ],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) ${webkit} CriOS/123.0 Mobile/15E148 Safari/604.1`,
      'iPhone · Chrome',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 SamsungBrowser/24.0 Chrome/117.0 Mobile Safari/537.36',
      'Android · Samsung Internet',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/123.0 Safari/537.36 Edg/123.0',
      'Windows · Edge',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0', 'Linux · Firefox'],
    [mac, 'Mac · Safari'],
    ['', undefined],
  ])('names %s', (agent, name) => {
    expect(nameDevice(agent, 0)).toBe(name);
  });

  it('tells an iPad from the Mac it claims to be', () => {
    expect(nameDevice(mac, 5)).toBe('iPad · Safari');
  });
});
