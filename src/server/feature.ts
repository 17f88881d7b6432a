import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Remainder, RetentionPart } from '../shared/contracts/anonymizing.ts';
import type { clientDataExport } from '../shared/contracts/clients.ts';
import type { ApartReason } from '../shared/contracts/copies.ts';
import type { ChangeEvent } from '../shared/contracts/events.ts';
import type { DataKind } from '../shared/contracts/incidents.ts';
import type { DeactivatedProfessional } from '../shared/contracts/professionals.ts';
import type { Config } from './config.ts';
import type { Purge } from './db/purge.ts';
import type { DB } from './db/schema.generated.ts';
import type { StrangerShares } from './db/stranger-shares.ts';
import type { Database, Transaction } from './db/transaction.ts';
import type { AuditAction, AuditActions } from './features/audit/api.ts';
import type { Keyring } from './features/auth/api.ts';
import type { Actor } from './http/actor.ts';
import type { Identity, RouteBinder } from './http/route.ts';
import type { Job } from './jobs/definition.ts';
import type { PeriodicTask } from './jobs/periodic-task.ts';
import type { Mailer } from './mail/mailer.ts';
import type { ErrorReporter } from './observability/error-reporter.ts';
import type { Metrics } from './observability/metrics.ts';

/** What a feature brings to the server. Listed once, in features.ts; app.ts, server.ts and start-workers.ts walk that list. */
export interface Feature {
  readonly name: string;
  /** The tables that this feature alone writes (table-owners.test.ts). */
  readonly tables: readonly (keyof DB)[];
  /** Binds its contracts to their handlers. */
  readonly routes?: (route: RouteBinder, context: RouteContext) => void;
  /** Registers paths outside `/api/v1`, whose form other programs prescribe. */
  readonly outerRoutes?: (app: FastifyInstance, context: RouteContext) => void;
  readonly jobs?: (context: JobContext) => readonly Job[];
  readonly periodicTasks?: (context: FeatureContext) => readonly PeriodicTask[];
  /** What deletes rows that are no longer needed, by the name that `acolhe sessions purge` shows. */
  readonly purges?: Readonly<Record<string, Purge>>;
  /** Gives what belongs to a professional to another one, in the transaction in which the first one is deactivated. */
  readonly handOver?: HandOver;
  /** What the feature keeps about clients, and what becomes of it. */
  readonly clientRecords?: ClientRecords;
  /** Those of its tables whose rows hang on a client (client-tables.test.ts, docs/client-data.md). */
  readonly clientTables?: Readonly<Partial<Record<keyof DB, ClientTable>>>;
  /** Runs in every process before it takes requests. */
  readonly beforeServing?: (context: FeatureContext) => Promise<unknown>;
  /** Clears what is out of date in rows restored from an archive, such as running imports, in the restoring transaction. */
  readonly afterRestore?: (tx: Transaction) => Promise<unknown>;
  /** Tables whose rows the archive of one clinic leaves out: what opens doors, and what triggers compute anew. */
  readonly staysBehind?: readonly (keyof DB)[];
  /** Clears what is out of date in the rows of a clinic that came from another installation, in the importing transaction. */
  readonly afterClinicImport?: (tx: Transaction, clinicId: string) => Promise<unknown>;
  /** Audit actions that change what other people's screens show; the change feed announces them (events/audience.ts: to whom). */
  readonly announces?: readonly AnnouncedAction[];
  /** Audit actions by which somebody sees a client's record: the answer to the client who asks who saw it. */
  readonly opens?: readonly AuditAction[];
  /** Audit actions by which somebody sees, takes or changes data of clients, and of which kinds: what an incident touched. */
  readonly exposes?: Exposed;
  /** Kinds of records of the trail that belong to one client, with the table whose `client_id` says to whom. */
  readonly ofClients?: Readonly<Record<string, keyof DB>>;
}

/** Actions about a kind of record that the change feed knows. */
export type AnnouncedAction = {
  [Action in AuditAction]: AuditActions[Action] extends ChangeEvent['recordType'] ? Action : never;
}[AuditAction];

/** `clinical` counts for those who may see clinical data. */
export type Exposed = Readonly<Partial<Record<AuditAction, readonly DataKind[]>>>;

/** Runs as `actor`, the administrator. @returns what became of it, by names for the answer */
export type HandOver = (
  tx: Transaction,
  actor: Actor,
  people: {
    readonly from: string;
    /** Null: nobody takes over, what there is only gets counted. */
    readonly to: string | null;
  },
) => Promise<HandedOver>;

export interface HandedOver {
  readonly appointments?: NonNullable<DeactivatedProfessional['appointments']>;
}

/** What a feature keeps about clients. Each part runs in the transaction of what happens to the client, who is locked. */
export interface ClientRecords {
  /** Throws when a client cannot be archived because of it. */
  readonly beforeArchiving?: (tx: Transaction, clinicId: string, clientId: string) => Promise<unknown>;
  /** Gives what is the loser's to the winner. */
  readonly merge?: (tx: Transaction, actor: Actor, merge: MergedClients) => Promise<unknown>;
  /** Gives the loser back what merging gave to the winner and the winner still has. */
  readonly unmerge?: (tx: Transaction, actor: Actor, merge: MergedClients) => Promise<unknown>;
  /** Removes whatever may tell who the clients were. The clinic is the transaction's, too. */
  readonly anonymize?: (
    tx: Transaction,
    clinic: Pick<Actor, 'clinicId'>,
    clientIds: readonly string[],
  ) => Promise<unknown>;
  /** The entries about any of the clients that a law requires to be kept, by the clock that counts for them. */
  readonly countKept?: (tx: Transaction, clinicId: string, clientIds: readonly string[]) => Promise<KeptEntries>;
  /** What stays for a while although the clients become anonymous, and until when. */
  readonly remains?: (tx: Transaction, clinicId: string, clientIds: readonly string[]) => Promise<readonly Remainder[]>;
  /** What goes into a person's copy of their data: lists by their names there, read in short transactions. */
  readonly copies?: Readonly<
    Partial<Record<CopyName, (db: Database, actor: Actor, clientId: string) => AsyncIterable<unknown>>>
  >;
  /** What of an item of `copies` the person's own copy leaves out and counts. @returns undefined when nothing is */
  readonly apart?: Readonly<Partial<Record<CopyName, (item: never) => Apart | undefined>>>;
  /** The files that go into a person's copy, read when their turn comes. */
  readonly files?: (db: Database, actor: Actor, clientId: string) => AsyncIterable<CopyFile>;
}

/** Entries that a law requires to be kept. */
export interface KeptEntries {
  readonly part: Exclude<RetentionPart, 'registration'>;
  readonly entries: number;
  /** Of the latest one: the law counts from it. */
  readonly latest: Date | null;
}

/** Something that the law keeps apart from a person's own copy. */
export interface Apart {
  readonly reason: ApartReason;
  /** What the copy has in place of it; undefined: nothing. */
  readonly kept: unknown;
}

export interface CopyFile {
  readonly name: string;
  readonly open: () => Promise<Readable>;
}

/** What becomes of a table's rows about a client. One line of docs/client-data.md. */
export interface ClientTable {
  /** Columns that name a client: an id, a list of ids, or JSON that has ids in it. Of a row of another table if `of` is given. */
  readonly columns: readonly string[];
  /** The table on this list whose rows the columns name. */
  readonly of?: keyof DB;
  readonly holds: string;
  /** `given`: the winner has it; `stays`: it remains the loser's, and is read together with the winner's; `follows`: with its row. */
  readonly merge: 'given' | 'stays' | 'follows';
  readonly undo: 'given back' | 'stays' | 'follows';
  /** The list of the person's copy in which it is; or why it is in none. */
  readonly copy: CopyPart | { readonly not: string };
  readonly anonymize:
    'deleted' | 'kept' | { readonly emptied?: readonly string[]; readonly replaced?: readonly string[] };
  /** The clock by which it is kept. */
  readonly part: RetentionPart;
  /** Where earlier states are. */
  readonly history: string;
  readonly backup: 'whole' | 'left out';
}

export type CopyPart = keyof z.input<typeof clientDataExport>;

export type CopyName = Exclude<CopyPart, 'generatedAt' | 'clinic' | 'professional' | 'client'>;

export interface MergedClients {
  readonly mergeId: string;
  readonly winnerId: string;
  readonly loserId: string;
}

/** What all features bring, put together. */
export interface Contributions {
  readonly announced: readonly AuditAction[];
  readonly opening: readonly AuditAction[];
  readonly exposed: Exposed;
  readonly ofClients: Readonly<Record<string, keyof DB>>;
  readonly purges: Readonly<Record<string, Purge>>;
  readonly handOver: HandOver;
  readonly clientRecords: readonly ClientRecords[];
  readonly clientTables: Readonly<Partial<Record<keyof DB, ClientTable>>>;
  readonly afterRestore: (tx: Transaction) => Promise<void>;
  readonly staysBehind: readonly string[];
  readonly afterClinicImport: (tx: Transaction, clinicId: string) => Promise<void>;
}

/** What features are made with. */
export interface FeatureContext {
  readonly config: Config;
  readonly db: Database;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly contributions: Contributions;
}

export interface RouteContext extends FeatureContext {
  readonly metrics: Metrics;
  readonly confirm: Identity['confirm'];
  /** For routes outside the contracts, which find out for themselves who asks. */
  readonly identity: Identity;
  /** Requests without a session take their connections from these. */
  readonly strangers: StrangerShares;
  /** Reports an error that nobody foresaw. */
  readonly report: (error: unknown, request: FastifyRequest) => void;
  /** Registers work to be done before the server closes its connections. */
  readonly beforeClose: (work: () => Promise<void>) => void;
  /** Registers work to be done when the last request has been answered, while the database is still open. */
  readonly afterRequests: (work: () => Promise<void>) => void;
}

export interface JobContext extends FeatureContext {
  readonly mailer: Mailer;
  readonly errors: ErrorReporter;
  /** The database's URL, for jobs that need a connection of their own. */
  readonly url: string;
  /** Aborted when the server stops: long jobs go back to the queue. */
  readonly stopping: AbortSignal;
}
