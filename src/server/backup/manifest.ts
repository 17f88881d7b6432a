import { z } from 'zod';

/** Increase it when earlier releases could no longer read an archive. */
export const archiveFormat = 1;

/** The format of archives with one clinic, which releases that know only whole installations refuse as newer. */
export const clinicArchiveFormat = 2;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
// Names are used in SQL: allow only those that our schema could have.
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

const tableShape = z.strictObject({ name: identifier, columns: z.array(identifier).min(1) });
export type TableShape = z.output<typeof tableShape>;

/** `backup.json`, the first entry: what a restore needs before it reads rows. */
const installationHead = z.strictObject({
  format: z.literal(archiveFormat),
  id: z.uuid(),
  createdAt: z.iso.datetime({ precision: 3 }),
  release: z.strictObject({ version: z.string(), commit: z.string() }),
  /** The major version of the PostgreSQL server that was backed up. */
  postgresql: z.int(),
  migrations: z.array(z.strictObject({ name: z.string().regex(/^\d{4}_\w+$/), checksum: sha256 })).min(1),
  tables: z.array(tableShape),
});

/** The same of an archive with one clinic alone. */
const clinicHead = installationHead.extend({
  format: z.literal(clinicArchiveFormat),
  clinic: z.strictObject({ id: z.uuid(), name: z.string() }),
});

export const archiveHead = z.discriminatedUnion('format', [installationHead, clinicHead]);
export type ArchiveHead = z.output<typeof archiveHead>;
export type InstallationHead = z.output<typeof installationHead>;
export type ClinicHead = z.output<typeof clinicHead>;

/** One table's content as it was written. */
const tableContent = z.strictObject({
  name: identifier,
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Hash of the rows in COPY's text format, ordered by key. */
  sha256,
});
export type TableContent = z.output<typeof tableContent>;

/** `manifest.json`, the last entry: counts and hashes to check the tables against. */
export const archiveManifest = z.strictObject({ id: z.uuid(), tables: z.array(tableContent) });
export type ArchiveManifest = z.output<typeof archiveManifest>;

/** What an archive contains, for the person who made or read it. */
export type ArchiveSummary = InstallationHead & { readonly contents: readonly TableContent[] };

/** The same for an archive with one clinic. */
export type ClinicArchiveSummary = ClinicHead & { readonly contents: readonly TableContent[] };
