import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { clientDataExport } from '../shared/contracts/clients.ts';
import type { DataKind } from '../shared/contracts/incidents.ts';
import type { DeactivatedProfessional } from '../shared/contracts/professionals.ts';
import type { Config } from './config.ts';
import type { Purge } from './db/purge.ts';
import type { DB } from './db/schema.generated.ts';
import type { Database, Transaction } from './db/transaction.ts';
import type { AuditAction } from './features/audit/api.ts';
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
  /** Clears what is out of date in rows restored from an archive, such as running imports, in the restoring transaction. */
  readonly afterRestore?: (tx: Transaction) => Promise<unknown>;
  /** Audit actions that change what other people's screens show; the change feed announces them. */
  readonly announces?: readonly AuditAction[];
  /** Audit actions by which somebody sees a client's record: the answer to the client who asks who saw it. */
  readonly opens?: readonly AuditAction[];
  /** Audit actions by which somebody sees, takes or changes data of clients, and of which kinds: what an incident touched. */
  readonly exposes?: Exposed;
  /** Kinds of records of the trail that belong to one client, with the table whose `client_id` says to whom. */
  readonly ofClients?: Readonly<Record<string, keyof DB>>;
}

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
  /** Removes whatever may tell who the clients were. */
  readonly anonymize?: (tx: Transaction, actor: Actor, clientIds: readonly string[]) => Promise<unknown>;
  /** The time of the latest entry about any of the clients: the law counts from it how long records are kept. */
  readonly findLatestEntry?: (tx: Transaction, clinicId: string, clientIds: readonly string[]) => Promise<Date | null>;
  /** What goes into a person's copy of their data: lists by their names there, read in short transactions. */
  readonly copies?: Readonly<
    Partial<Record<CopyName, (db: Database, actor: Actor, clientId: string) => AsyncIterable<unknown>>>
  >;
}

export type CopyName = Exclude<keyof z.input<typeof clientDataExport>, 'generatedAt' | 'clinic' | 'client'>;

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
  readonly afterRestore: (tx: Transaction) => Promise<void>;
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
