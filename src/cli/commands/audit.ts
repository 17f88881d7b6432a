import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { ChainFault, ChainHead, ChainReport } from '../../server/features/audit/api.ts';
import { CommandFailure } from '../failure.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';
import { assertFolder } from '../output-file.ts';
import { withDatabase } from '../with-database.ts';

/** `2`, or `2 to 5`. */
const places = ({ sequence, other = sequence }: ChainFault): string =>
  other > sequence ? `${String(sequence)} to ${String(other)}` : String(sequence);

/** `link 7 (event …)` */
const link = ({ sequence, eventId }: ChainFault): string =>
  `link ${String(sequence)}${eventId === undefined ? '' : ` (event ${eventId})`}`;

const words: Readonly<Record<ChainFault['reason'], (fault: ChainFault) => string>> = {
  link_missing: (fault) => `deleted: link ${places(fault)}`,
  link_inserted: () => 'it was inserted later',
  link_exchanged: ({ other }) => `it is out of order and belongs behind link ${String(other)}`,
  does_not_follow: () => 'it does not follow from the link before it',
  event_missing: () => 'its event was deleted',
  event_altered: () => 'its event is not the one that was sealed',
  event_exchanged: ({ other }) => `its event was exchanged with that of link ${String(other)}`,
  event_inserted: () => 'the event was inserted later than it is dated',
  tail_cut: (fault) => `cut off at the end: link ${places(fault)} of the noted head`,
  sealed_anew: (fault) => `not the chain of the noted head: sealed anew somewhere from link ${places(fault)}`,
  chain_missing: ({ other }) => `the chain is gone, with ${formatCount(other ?? 0, 'link')} of the noted head`,
};

const describeFault = (fault: ChainFault): string => `broken at ${link(fault)}: ${words[fault.reason](fault)}`;

function describeChain({ clinicId, clinicName = clinicId, links, head, unsealed, faults: found }: ChainReport): string {
  const waiting = unsealed > 0 ? `; ${formatCount(unsealed, 'event')} not sealed yet` : '';
  if (found.length > 0) return found.map((fault) => `${clinicName}: ${describeFault(fault)}${waiting}`).join('\n');
  return `${clinicName}: ${formatCount(links, 'link')} hold${links === 1 ? 's' : ''}${head === undefined ? '' : `, head ${head}`}${waiting}`;
}

/** Reads a file of heads. Throws CommandFailure. */
async function readHeadFile(file: string): Promise<ChainHead[]> {
  const { readHeads } = await import('../../server/features/audit/api.ts');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const heads = readHeads(text);
  if (typeof heads === 'number')
    throw new CommandFailure(`${file}, line ${String(heads)}: not a head as acolhe audit head writes it`);
  if (heads.length === 0) throw new CommandFailure(`${file} has no head in it`);
  return heads;
}

const verify = new Command('verify')
  .description('recompute every clinic’s chain of audit events; exit 1 and name the place when something does not hold')
  .option('--head <file>', 'heads noted earlier (acolhe audit head): finds also what was cut off at the end')
  .option('--json', 'the result as JSON')
  .action(async (options: { readonly head?: string; readonly json?: true }) => {
    const { verifyChains } = await import('../../server/features/audit/api.ts');
    const heads = options.head === undefined ? [] : await readHeadFile(options.head);
    const reports = await withDatabase((db) =>
      verifyChains(
        db,
        (name) => {
          printNote(`verifying ${name}`);
        },
        heads,
      ),
    );
    if (options.json === true) printJson(reports);
    else for (const report of reports) printLine(describeChain(report));
    if (reports.some(({ broken }) => broken !== undefined)) process.exitCode = 1;
  });

const head = new Command('head')
  .description('the ends of all chains, one line of JSON for each clinic; to be kept where the database’s owner is not')
  .option('-o, --output <file>', 'write to a new file instead of stdout')
  .addHelpText(
    'after',
    '\nA running server writes the same once a day to DATA_DIR/audit-heads and to AUDIT_HEAD_EMAIL.',
  )
  .action(async ({ output }: { readonly output?: string }) => {
    if (output !== undefined) await assertFolder('--output', output);
    const { takeHeads, writeHeads } = await import('../../server/features/audit/api.ts');
    const text = writeHeads(await withDatabase((db) => takeHeads(db)));
    if (output === undefined) process.stdout.write(text);
    else
      await writeFile(output, text, { flag: 'wx' }).catch((error: unknown) => {
        throw new CommandFailure(
          `${output} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
  });

export const auditCommand = new Command('audit').description('the audit trail').addCommand(verify).addCommand(head);
