import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from './database.ts';

describe('createTestDatabase', () => {
  it('gives every caller a migrated database of its own', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    try {
      expect(first.url).not.toBe(second.url);
      expect(await countMigrations(first.url)).toBeGreaterThan(0);
      expect(await countMigrations(second.url)).toBe(await countMigrations(first.url));
    } finally {
      await Promise.all([first.drop(), second.drop()]);
    }
    await expect(countMigrations(first.url)).rejects.toThrow('does not exist');
  });
});

async function countMigrations(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>('select count(*) from schema_migrations');
    return Number(rows[0]?.count);
  } finally {
    await client.end();
  }
}
