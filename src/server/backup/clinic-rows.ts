import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ClinicTable } from '../db/table-catalogue.ts';
import { list, quote } from './tables.ts';

/** The rows of one clinic in COPY's text format, ordered by key: the same bytes on every server. */
export const readClinicRows = (client: pg.ClientBase, table: ClinicTable, clinicId: string): Readable =>
  client.query(
    copyTo(
      `copy (select ${list(table.columns)} from ${quote(table.name)}
        where ${table.key} = ${pg.escapeLiteral(clinicId)} order by ${table.order}) to stdout`,
    ),
  );
