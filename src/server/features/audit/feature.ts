import type { Feature } from '../../feature.ts';
import { runJob } from '../../jobs/definition.ts';
import { headJob } from './head-job.ts';
import { composeHeadMail } from './head-mail.ts';
import { makeHeadKeeper } from './keep-heads.ts';
import { registerAuditRoutes } from './routes.ts';
import { sealEvents } from './service.ts';

declare module './actions.ts' {
  interface AuditActions {
    /** Somebody was refused something; the details say what. */
    access_denied: 'client' | 'professional' | 'import';
    trail_read: undefined;
    trail_exported: undefined;
    viewers_read: 'client';
  }
}

/** The audit trail: who did what, chained by hashes. */
export const audit: Feature = {
  name: 'audit',
  tables: ['audit_events', 'audit_seals'],
  routes: registerAuditRoutes,
  exposes: { viewers_read: ['registration'] },
  jobs: ({ config, mailer }) => [
    runJob(headJob, async (job) => {
      const { auditHeadEmail } = config;
      if (auditHeadEmail !== undefined) await mailer.send(composeHeadMail(auditHeadEmail, job));
    }),
  ],
  periodicTasks: ({ db, config }) => {
    let runs = 0;
    const seal = async (): Promise<void> => {
      // Once a minute is enough for those of long transactions: under load looking back costs more than sealing.
      await sealEvents(db, runs === 0 ? 'all' : runs % 30 === 0 ? 'recent' : 'latest');
      runs += 1;
    };
    return [
      {
        everySeconds: 2,
        run: seal,
        failure: { event: 'sealing_failed', message: 'audit events wait for their seal' },
      },
      {
        everySeconds: 60,
        run: makeHeadKeeper({ db, config }),
        failure: {
          event: 'heads_not_kept',
          message: 'the heads of the audit chains were not written outside the database',
        },
      },
    ];
  },
};
