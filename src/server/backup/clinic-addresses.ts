import type pg from 'pg';

/**
 * Prepares arriving people, in the temporary table `arriving`, whose address already signs in to a clinic here: as when somebody
 * is invited with such an address, they come in with a placeholder that nobody signs in with. @returns the addresses held
 */
export async function holdTakenAddresses(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ email: string }>(`
    update arriving a set invited_email = a.email, email = a.id || '@invited.invalid'
    where a.invited_email is null and exists (select from professionals p where lower(p.email) = lower(a.email))
    returning a.invited_email as email`);
  return rows.map(({ email }) => email).sort();
}
