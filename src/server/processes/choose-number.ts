import { availableParallelism } from 'node:os';
import type { Config } from '../config.ts';

/** The most processes unless an operator asks for more. */
const most = 4;
/** Bytes of a limited container that each process gets at least, so that one import does not fill its part. */
const memoryEach = 384 * 1024 * 1024;
/** Connections that each process gets at least: with one, a slow request would hold up all others. */
const connectionsEach = 2;

/** What the choice depends on besides the configuration. */
interface Machine {
  readonly cores: number;
  /** Bytes that a container may use; Infinity without a limit. */
  readonly memory: number;
}

/** Cores and memory that this process may use, according to the container where it runs in one. */
function readMachine(): Machine {
  const given = process.constrainedMemory();
  const isKnown = given > 0 && given < Number.MAX_SAFE_INTEGER;
  return { cores: availableParallelism(), memory: isKnown ? given : Number.POSITIVE_INFINITY };
}

/** Why the number that was asked for cannot be served with. */
class WrongNumberOfProcesses extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongNumberOfProcesses';
  }
}

/**
 * The number of processes to serve with: what was asked for, otherwise one per core, as far as memory and connections allow.
 * One while the development mailbox is in use: it is in the memory of the process that sends the mails. Throws
 * WrongNumberOfProcesses.
 */
export function chooseProcesses(
  { mail, database }: Pick<Config, 'mail' | 'database'>,
  wanted: number | undefined,
  machine = readMachine(),
): number {
  const keepsMails = mail.transport === 'mailbox';
  if (wanted !== undefined) {
    if (wanted > 1 && keepsMails)
      throw new WrongNumberOfProcesses(
        'With the development mailbox there can be one process only: set EMAIL_HOST, or leave --workers out.',
      );
    if (wanted > database.poolMax)
      throw new WrongNumberOfProcesses(
        `Each of ${String(wanted)} processes needs a connection to the database, and DB_POOL_MAX allows ${String(database.poolMax)}.`,
      );
    return wanted;
  }
  if (keepsMails) return 1;
  const { cores, memory } = machine;
  return Math.max(
    1,
    Math.min(cores, most, Math.floor(memory / memoryEach), Math.floor(database.poolMax / connectionsEach)),
  );
}
