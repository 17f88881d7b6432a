import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Reject } from '../matching/decisions.ts';
import { packRejects, unpackRejects } from './packed-rejects.ts';

const refused = (line: number, cells: string[], problems: Reject['problems']): Reject => ({
  line,
  kind: 'rejected',
  cells,
  problems,
  clientId: undefined,
});
const missing = { column: 2, code: 'missing_cells', value: '' } as const;

describe('refused rows', () => {
  it.each([
    ['of a letter', () => 'a'],
    ['of text that cannot be compressed', () => randomBytes(60).toString('base64url')],
  ])('take no more than three times their file: rows %s', async (_, cell) => {
    const rejects: Reject[] = [];
    let bytes = 0;
    for (let line = 2; bytes < 2 ** 17; line++) {
      const text = cell();
      bytes += text.length + 1;
      rejects.push(refused(line, [text], [missing]));
    }
    const pages = await packRejects(rejects);
    // A table row with its key takes about 100 bytes.
    const stored = pages.reduce((total, { packed }) => total + packed.length + 100, 0);
    expect(stored).toBeLessThan(3 * bytes);
    const back = await Promise.all(pages.map(({ packed }) => unpackRejects(packed)));
    expect(back.flat()).toEqual(rejects);
    expect(pages.map(({ line }) => line)).toEqual(back.map(([first]) => first?.line));
  });

  it('keep ten problems each, and say that there are more', async () => {
    const problems = Array.from(
      { length: 512 },
      (_, at) => ({ column: at + 1, code: 'damaged_text', value: '�' }) as const,
    );
    const [page] = await packRejects([refused(2, ['�'], problems)]);
    const [row] = await unpackRejects(page?.packed ?? Buffer.alloc(0));
    expect(row?.problems).toHaveLength(11);
    expect(row?.problems.at(-1)).toEqual({ column: 0, code: 'more_problems', value: '502' });
  });
});
