import { Command } from 'commander';
import type { ChainReport } from '../../server/features/audit/api.ts';
import { formatCount, printNote, printLine, printJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

const faults = {
  link_missing: 'the link before it is gone',
  does_not_follow: 'it does not follow from the link before it',
  event_altered: 'its event is not the one that was sealed',
} as const;

function describeChain({ clinicName, links, head, broken, unsealed }: ChainReport): string {
  const waiting = unsealed > 0 ? `; ${formatCount(unsealed, 'event')} not sealed yet` : '';
  if (broken !== undefined)
    return `${clinicName}: broken at link ${String(broken.sequence)} (event ${broken.eventId}): ${faults[broken.reason]}${waiting}`;
  return `${clinicName}: ${formatCount(links, 'link')} hold${links === 1 ? 's' : ''}${head === undefined ? '' : `, head ${head}`}${waiting}`;
}

const verify = new Command('verify')
  .description('recompute every clinic’s chain of audit events; exit 1 at the first link that does not hold')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nNote the head elsewhere: it shows later that nobody cut the end of a chain off.')
  .action(async (options: { readonly json?: true }) => {
    const { verifyChains } = await import('../../server/features/audit/api.ts');
    const reports = await withDatabase((db) =>
      verifyChains(db, (name) => {
        printNote(`verifying ${name}`);
      }),
    );
    if (options.json === true) printJson(reports);
    else for (const report of reports) printLine(describeChain(report));
    if (reports.some(({ broken }) => broken !== undefined)) process.exitCode = 1;
  });

export const auditCommand = new Command('audit').description('the audit trail').addCommand(verify);
