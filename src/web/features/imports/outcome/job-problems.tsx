import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './job-problems.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCircleX, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { download } from '../../../lib/download.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldText } from '../field-text.ts';
import { ApartChoice, type ApartLines } from './apart-choice.tsx';
import { useShortened } from '../use-shortened.tsx';
import { Failure } from '../../../ui/failure.tsx';

/** The rows that are not imported, with their problems, and the file for correcting them. */
export function JobProblems({ job, apart }: { readonly job: ImportJob; readonly apart?: ApartLines }) {
  const { t } = useLingui();
  const { shown, more } = useShortened(groupByRow(job.problems));
  const left = job.rejected + job.conflicts + job.unbooked;
  if (left === 0) return null;
  return (
    <section>
      <h2 className={importText['import-heading']}>
        {job.dryRun ? <Trans>O que fica de fora</Trans> : <Trans>O que ficou de fora</Trans>}
      </h2>
      <ul className={importText['import-list']} aria-label={t`O que fica de fora`}>
        {shown.map((problems) => (
          <Row key={problems[0].line} job={job} problems={problems} apart={apart} />
        ))}
      </ul>
      {more}
      <Rejected id={job.id} left={left} />
    </section>
  );
}

type Problem = ImportJob['problems'][number];
type Problems = readonly [Problem, ...Problem[]];

/** Groups problems by their row, which may have several. */
function groupByRow(problems: readonly Problem[]): Problems[] {
  const rows = new Map<number, Problems>();
  for (const problem of problems) rows.set(problem.line, [...(rows.get(problem.line) ?? []), problem] as Problems);
  return [...rows.values()];
}

/** Codes with which the client of a problem is the one who has the time. */
const timeCodes: ReadonlySet<string> = new Set(['time_taken', 'room_taken', 'client_elsewhere']);

function KindName({ kind }: Pick<Problem, 'kind'>) {
  if (kind === 'unbooked') return <Trans>Sem a consulta</Trans>;
  return kind === 'conflict' ? <Trans>Conflito</Trans> : <Trans>Rejeitada</Trans>;
}

interface RowProps {
  readonly job: ImportJob;
  readonly problems: Problems;
  readonly apart: ApartLines | undefined;
}

function Row({ job, problems, apart }: RowProps) {
  const [{ line, kind, client, name, code }] = problems;
  const isTime = timeCodes.has(code);
  const isWarning = kind === 'conflict' || kind === 'unbooked';
  return (
    <li className={classNames(importList['import-change'], styles['import-problem'])} data-kind={kind}>
      {isWarning ? (
        <IconAlertTriangle size="1.25rem" aria-hidden="true" />
      ) : (
        <IconCircleX size="1.25rem" aria-hidden="true" />
      )}
      <div className={importList['import-item-words']}>
        <p className={classNames(importList['import-item-line'], 'tabular')}>
          <strong>
            <KindName kind={kind} />
          </strong>{' '}
          · <Trans>linha {line}</Trans>
          {name !== null && (
            <>
              {' '}
              · <strong translate="no">{name}</strong>
            </>
          )}
        </p>
        {problems.map((problem) => (
          <Cell key={`${problem.column}.${problem.code}`} job={job} problem={problem} />
        ))}
        {client !== null && (
          <p>
            {isTime ? <Trans>Quem está na agenda neste horário:</Trans> : <Trans>Cadastro que existe:</Trans>}{' '}
            <Link to="/clientes/$id" params={{ id: client.id }} translate="no">
              {client.name}
            </Link>
          </p>
        )}
        {client !== null && job.kind === 'clients' && !isTime && code !== 'same_document' && (
          <ApartChoice line={line} name={client.name} apart={apart} />
        )}
      </div>
    </li>
  );
}

/** One problem of a row: the column, the value, and what is wrong with it. */
function Cell({
  job,
  problem: { column, header, message, value, kind },
}: {
  readonly job: ImportJob;
  readonly problem: Problem;
}) {
  const meaning = job.columns[column - 1]?.meaning ?? '';
  const shown = kind === 'conflict' ? fieldText(meaning, value) : value;
  const place = [header, shown].filter((part) => part !== null && part !== '').join(': ');
  return (
    <div className={styles['import-cell']}>
      {place !== '' && (
        <p className={importList['import-item-name']} translate="no">
          {place}
        </p>
      )}
      <p>{message}</p>
    </div>
  );
}

/** Downloads the rejected rows with their reasons, to be corrected and imported again. */
function Rejected({ id, left }: { readonly id: string; readonly left: number }) {
  const save = useMutation({ mutationFn: () => download(`/imports/${id}/rejected.csv`) });
  return (
    <div className={styles['import-download']}>
      <Button
        icon={<IconDownload size="1.25rem" aria-hidden="true" />}
        busy={save.isPending}
        onClick={() => {
          save.mutate();
        }}
      >
        <Plural value={left} one="Baixar a linha que ficou de fora" other="Baixar as # linhas que ficaram de fora" />
      </Button>
      <p className={importList['import-item-line']}>
        <Trans>Cada linha vem com o motivo ao lado: corrija e importe o arquivo de novo.</Trans>
      </p>
      <Failure error={save.error} />
    </div>
  );
}
