/** Finds the objects that a statement creates or drops, except columns. */
const created =
  /\b(?:create\s+(?:or\s+replace\s+|unlogged\s+)?(function|table|trigger|index|sequence)|create\s+unique\s+(index))\s+(?:if\s+not\s+exists\s+)?([\w.]+)/;
const dropped = /\bdrop\s+(function|table|trigger|index|sequence|constraint)\s+(?:if\s+exists\s+)?([\w.]+)/;
// Only in a table's definition: not `on constraint`, `comment on constraint` or a field of an error.
const declared = /(?<=\badd\s+|[,(]\s*)\bconstraint\s+(\w+)\s+(?:primary|unique|foreign|check|exclude)/;
const steps = new RegExp(`${created.source}|${dropped.source}|${declared.source}`, 'gi');

/** The objects that exist after these migrations were applied in this order, each as `kind name`. */
export function listExpectedObjects(migrations: readonly string[]): ReadonlySet<string> {
  const objects = new Set<string>();
  for (const sql of migrations)
    for (const [, kind, unique, name, gone, goneName, constraint] of sql.replace(/--.*$/gm, '').matchAll(steps)) {
      if (gone !== undefined) objects.delete(`${gone.toLowerCase()} ${goneName ?? ''}`);
      else objects.add(`${(kind ?? unique ?? 'constraint').toLowerCase()} ${name ?? constraint ?? ''}`);
    }
  return objects;
}

/** Lists the objects of a database in the same form, without disabled triggers and invalid indexes. */
export const objectsQuery = `
  select 'table ' || relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
  union all
  select 'index ' || i.relname from pg_index x join pg_class i on i.oid = x.indexrelid
    where i.relnamespace = 'public'::regnamespace and x.indisvalid and x.indisready
      and not exists (select from pg_constraint c where c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x'))
  union all
  select 'constraint ' || c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
    where t.relnamespace = 'public'::regnamespace and c.contype <> 'n'
  union all
  select 'trigger ' || g.tgname from pg_trigger g join pg_class t on t.oid = g.tgrelid
    where t.relnamespace = 'public'::regnamespace and not g.tgisinternal and g.tgenabled <> 'D'
  union all
  select 'sequence app.' || relname from pg_class where relnamespace = to_regnamespace('app') and relkind = 'S'
  union all
  select distinct 'function app.' || proname from pg_proc where pronamespace = to_regnamespace('app')`;
