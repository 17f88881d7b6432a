import importBar from '../import-bar.module.css';
import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import { Trans } from '@lingui/react/macro';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { formatDay } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { JobNumbers } from '../outcome/job-numbers.tsx';
import { JobProblems } from '../outcome/job-problems.tsx';
import { JobSample } from '../outcome/job-sample.tsx';
import { StepHeading } from '../step-heading.tsx';
import { ToStart } from '../to-start.tsx';
import { UndoDialog } from './undo-dialog.tsx';
import { KeptAppointments, KeptClients, UndoneNumbers } from './undone-notice.tsx';

/** The result of an import, with the rejected rows and a button to undo it. */
export function ResultStep({ job }: { readonly job: ImportJob }) {
  return job.status === 'undone' ? <Undone job={job} /> : <Done job={job} />;
}

function Done({ job }: { readonly job: ImportJob }) {
  const timeZone = useClinicTimeZone();
  const [isAsking, setAsking] = useState(false);
  const until = job.undoUntil === null ? undefined : formatDay(job.undoUntil, timeZone);
  return (
    <div className={importText['import-form']}>
      <div>
        <StepHeading>
          <Trans>Importação concluída</Trans>
        </StepHeading>
        <p className={importText['import-text']}>
          <strong>{job.fileName ?? <Trans>Outro sistema</Trans>}</strong>
        </p>
      </div>
      {/* An import that is done fails only by being undone. */}
      <Failure error={job.failure?.message} />
      <JobNumbers job={job} />
      <NextActions job={job}>
        {until !== undefined && (
          <Button
            variant="quiet"
            icon={<IconArrowBackUp size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setAsking(true);
            }}
          >
            <Trans>Desfazer importação</Trans>
          </Button>
        )}
        {until !== undefined && (
          <p className={importList['import-item-line']}>
            <Trans>Pode ser desfeita até {until}</Trans>
          </p>
        )}
      </NextActions>
      <JobProblems job={job} />
      <JobSample job={job} />
      {isAsking && (
        <UndoDialog
          job={job}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

function Undone({ job }: { readonly job: ImportJob }) {
  return (
    <div className={importText['import-form']}>
      <div>
        <StepHeading>
          <Trans>Importação desfeita</Trans>
        </StepHeading>
        {job.undo !== null && <UndoneNumbers undo={job.undo} kind={job.kind} />}
      </div>
      {job.undo !== null && <KeptClients undo={job.undo} />}
      {job.undo !== null && <KeptAppointments undo={job.undo} />}
      <NextActions />
    </div>
  );
}

function NextActions({ job, children }: { readonly job?: ImportJob; readonly children?: ReactNode }) {
  return (
    <div className={importBar['import-bar']}>
      {job?.kind === 'appointments' ? (
        <ButtonLink to="/agenda" variant="primary">
          <Trans>Abrir a agenda</Trans>
        </ButtonLink>
      ) : (
        <ButtonLink to="/clientes" search={job === undefined ? {} : { importId: job.id }} variant="primary">
          {job === undefined ? <Trans>Ver clientes</Trans> : <Trans>Ver estes clientes</Trans>}
        </ButtonLink>
      )}
      <ToStart>
        <Trans>Importar outro arquivo</Trans>
      </ToStart>
      {children}
    </div>
  );
}
