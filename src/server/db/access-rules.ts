import { createHash } from 'node:crypto';
import type pg from 'pg';
import { pointSearchPaths } from './extensions.ts';
import { readAccessRules } from './migration-files.ts';
import { onlyRow } from './rows.ts';

/** Applies migrations/access.sql in the caller's transaction, and creates the application role where the login may. */
export async function applyAccessRules(client: pg.ClientBase): Promise<void> {
  const role = await prepareApplicationRole(client, await findApplicationRole(client));
  const { sql, mark } = renderAccessRules(client, role);
  await pointSearchPaths(client);
  await client.query(sql);
  await client.query(`comment on function app.take_application_role() is ${client.escapeLiteral(mark)}`);
}

/** The rules as SQL for a role, and the mark (a comment in the database) that shows they were applied. */
function renderAccessRules(client: pg.ClientBase, role: string | undefined): { sql: string; mark: string } {
  const sql = readAccessRules().replaceAll(":'role'", client.escapeLiteral(role ?? ''));
  return { sql, mark: `access rules ${createHash('sha256').update(sql).digest('hex')}` };
}

/** True when exactly this release's rules were applied last, for the application role as it is now. */
export async function hasAccessRules(client: pg.ClientBase): Promise<boolean> {
  const found = await findApplicationRole(client);
  if (found.mayCreate && !(found.exists && found.usable)) return false;
  const { mark } = renderAccessRules(client, found.usable ? found.role : undefined);
  const { rows } = await client.query<{ mark: string | null }>(
    `select obj_description(to_regprocedure('app.take_application_role()'), 'pg_proc') as mark`,
  );
  return rows[0]?.mark === mark;
}

export interface ApplicationRole {
  readonly role: string;
  readonly exists: boolean;
  /** The login may switch to it (`set role`). */
  readonly usable: boolean;
  readonly mayCreate: boolean;
}

/**
 * The role that requests run as. Roles belong to the whole server, which may hold many copies of Acolhe, so its name
 * contains the database's oid.
 */
export async function findApplicationRole(client: pg.ClientBase): Promise<ApplicationRole> {
  const { rows } = await client.query<ApplicationRole>(`
    select role, exists (select from pg_roles where rolname = role) as exists,
      coalesce((select pg_has_role(current_user, r.oid, 'member') from pg_roles r where r.rolname = role), false) as usable,
      (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "mayCreate"
    from (select 'acolhe_app_' || oid as role from pg_database where datname = current_database()) as name`);
  return onlyRow(rows);
}

/** Creates the role and lets this login switch to it. @returns undefined when the login may not create roles */
async function prepareApplicationRole(client: pg.ClientBase, found: ApplicationRole): Promise<string | undefined> {
  if (!found.usable && !found.mayCreate) return undefined;
  const role = client.escapeIdentifier(found.role);
  if (!found.exists) await client.query(`create role ${role} nologin`);
  await client.query(`grant ${role} to current_user`);
  return found.role;
}
