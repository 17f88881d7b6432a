import { describe, expect, it } from 'vitest';
import { errorForLog, safeError } from './safe-error.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('what is told of an error', () => {
  it.each([
    (): unknown => JSON.parse('Inês Segredo'),
    () => BigInt('Inês'),
    () => decodeURIComponent('%Inês'),
    () => new URL('Inês'),
    () => new Intl.DateTimeFormat('pt-BR', { timeZone: 'Inês' }),
    () => {
      throw new Error('Inês Segredo has no phone +55 11 98765-4321');
    },
    () => {
      throw new TypeError('user Inês: ines@paciente.example "Inês" 529.982.247-25');
    },
    () => {
      throw new TypeError('Cannot find Inês Segredo of 529.982.247-25');
    },
    () => {
      throw new TypeError('oops\n    at Inês (/Inês/Segredo.ts:1:2)');
    },
    () => {
      const error = new Error('x', { cause: new TypeError("reading 'Inês'", { cause: 'Inês' }) });
      error.name = 'Inês Segredo';
      throw error;
    },
    () => {
      throw Object.assign(new Error('x'), { code: 'Inês Segredo', detail: 'Inês', table: 'Inês Segredo' });
    },
  ])('%s tells nobody’s name', (work) => {
    const error = thrownBy(work);
    for (const text of [JSON.stringify(safeError(error)), JSON.stringify(errorForLog(error))]) {
      expect(text).not.toMatch(/Inês|Segredo|ines@|98765|529\.982/);
      expect(text).toContain('src/server/observability/safe-error.test.ts');
    }
  });

  it('what the engine says of the code stays', () => {
    const error = thrownBy(() => (undefined as unknown as { x: { y: number } }).x.y);
    expect(safeError(error)).toMatchObject({
      type: 'TypeError',
      message: 'Cannot read properties of undefined (reading …)',
      frames: expect.arrayContaining([
        expect.objectContaining({ own: true, file: 'src/server/observability/safe-error.test.ts' }),
      ]) as unknown,
    });
  });

  it('anything may be thrown', () => {
    expect(safeError('Inês')).toEqual({ type: 'string', frames: [] });
    expect(safeError(undefined)).toEqual({ type: 'undefined', frames: [] });
  });
});
