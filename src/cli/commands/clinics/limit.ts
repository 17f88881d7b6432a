import { Command } from 'commander';
import { CommandFailure } from '../../failure.ts';
import { toOperatorCaller } from '../../operator.ts';
import { printLine } from '../../output.ts';
import { withDatabase } from '../../with-database.ts';

/** A number, or null for `none`. Throws CommandFailure. */
function parseLimit(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return null;
  if (!/^\d{1,7}$/.test(text)) throw new CommandFailure('A limit is a whole number, or none.');
  return Number(text);
}

export const limitCommand = new Command('limit')
  .description('limit how many active clients and people a clinic may have; whoever is there stays')
  .argument('<clinic>', 'name of the clinic')
  .option('--clients <n>', 'active clients, or none for any number')
  .option('--people <n>', 'people with access, or none for any number')
  .action(async (name: string, options: { readonly clients?: string; readonly people?: string }) => {
    const limits = { clients: parseLimit(options.clients), people: parseLimit(options.people) };
    if (limits.clients === undefined && limits.people === undefined)
      throw new CommandFailure('Say what is limited: --clients, --people or both.');
    const { limitClinic } = await import('../../../server/features/clinics/api.ts');
    const now = await withDatabase((db) => limitClinic(db, name, limits, toOperatorCaller('clinics limit')));
    const say = (count: number, most: number | null): string =>
      `${String(count)} of ${most === null ? 'any number' : String(most)}`;
    printLine(`${now.name}: clients ${say(now.clients, now.maxClients)}, people ${say(now.people, now.maxPeople)}`);
  });
