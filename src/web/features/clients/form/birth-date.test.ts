import { describe, expect, it } from 'vitest';
import { readBirthDate, writeBirthDate } from './birth-date.ts';

describe('readBirthDate', () => {
  it.each([
    ['05/03/1981', '1981-03-05'],
    ['5/3/1981', '1981-03-05'],
    [' 5-3-1981 ', '1981-03-05'],
    ['05.03.81', '1981-03-05'],
    ['05031981', '1981-03-05'],
    ['05/03/26', '2026-03-05'],
    ['05/03/27', '1927-03-05'],
    ['1981-03-05', '1981-03-05'],
    ['31/02/1981', '1981-02-31'],
    ['1981/3/5', '1981-03-05'],
    ['1981-03-05T00:00:00.000Z', '1981-03-05'],
    ['05/03/1981 12:30', '1981-03-05'],
    ['05/03/1981 (45 anos)', '1981-03-05'],
    ['5 de março de 1981', '1981-03-05'],
    ['05-MAR-81', '1981-03-05'],
    ['05 fev. 1981', '1981-02-05'],
    ['5 October 1981', '1981-10-05'],
  ])('%s', (written, plain) => {
    expect(readBirthDate(written, 2026)).toBe(plain);
  });

  it.each(['', '5', '05/03', 'março', '05/03/198', '1/1/1/1981'])('cannot read “%s”', (written) => {
    expect(readBirthDate(written, 2026)).toBeUndefined();
  });

  it('reads what it writes', () => {
    expect(writeBirthDate('1981-03-05')).toBe('05/03/1981');
    expect(readBirthDate(writeBirthDate('1981-03-05'))).toBe('1981-03-05');
  });
});
