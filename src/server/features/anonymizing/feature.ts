import type { Feature, FeatureContext } from '../../feature.ts';
import { Ledger } from './ledger.ts';
import { repeatAnonymizations, writeDown } from './replay.ts';
import { registerAnonymizeRoutes } from './routes.ts';
import type { AnonymizingDependencies } from './service.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    client_anonymization_asked: 'client';
    client_anonymization_withdrawn: 'client';
    client_anonymized: 'client';
  }
}

const depend = ({ db, config, contributions }: FeatureContext): AnonymizingDependencies => ({
  db,
  contributions,
  ledger: new Ledger(config),
});

/** Takes out what tells who a client is, and keeps it out whatever is restored. */
export const anonymizing: Feature = {
  name: 'anonymizing',
  tables: ['client_anonymizations'],
  routes: (route, context) => {
    registerAnonymizeRoutes(route, depend(context));
  },
  beforeServing: (context) => repeatAnonymizations(depend(context)),
  periodicTasks: (context) => [
    {
      everySeconds: 60,
      run: () => writeDown(depend(context)),
      failure: {
        event: 'anonymized_not_kept',
        message: 'who was made anonymous was not written outside of the database',
      },
    },
  ],
  clientTables: {
    client_anonymizations: {
      columns: ['client_id', 'client_ids'],
      holds: 'Who was made anonymous, asked for and done by whom, and what that did, without values',
      merge: 'stays',
      undo: 'stays',
      copy: { not: 'a person who has it is not known any more' },
      anonymize: 'kept',
      part: 'registration',
      history: 'trail',
      backup: 'whole',
    },
  },
};
