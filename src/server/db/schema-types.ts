import { join } from 'node:path';
import { Cli } from 'kysely-codegen';

const outFile = join(import.meta.dirname, 'schema.generated.ts');

/**
 * Writes the table types that the code compiles against from a migrated database, or with `verify` throws when the
 * committed ones differ from it.
 */
export async function generateSchemaTypes(url: string, options: { readonly verify: boolean }): Promise<void> {
  await new Cli().generate({
    url,
    dialect: 'postgres',
    dateParser: 'string',
    includePattern: 'public.*',
    logLevel: 'silent',
    outFile,
    verify: options.verify,
  });
}
