import importBar from '../import-bar.module.css';
import importText from '../import-text.module.css';
import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { mayForAll } from '../../../../shared/permissions.ts';
import { useMe } from '../../../lib/me.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { AreaCodeField, isEmptyOrAreaCode, needsAreaCode } from './area-code-field.tsx';
import { BadFieldChoice } from './bad-field-choice.tsx';
import { ColumnFields } from './column-fields.tsx';
import { ConflictChoice } from './conflict-choice.tsx';
import { JobNumbers } from '../outcome/job-numbers.tsx';
import { JobProblems } from '../outcome/job-problems.tsx';
import { JobSample } from '../outcome/job-sample.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { ReadingOptions } from './reading-options.tsx';
import { StepHeading } from '../step-heading.tsx';
import { ToStart } from '../to-start.tsx';
import { type ColumnChoice, useColumnChoice } from './use-column-choice.ts';
import { useRepeat } from './use-repeat.ts';
import { Failure } from '../../../ui/failure.tsx';

/** Shows what the import would do, before anything is written, with the choices about it. */
export function CheckStep({ job }: { readonly job: ImportJob }) {
  const choice = useColumnChoice(job);
  const [onConflict, setOnConflict] = useState(job.onConflict);
  const [areaCode, setAreaCode] = useState(job.areaCode ?? '');
  const [withoutBadFields, setWithoutBadFields] = useState(job.withoutBadFields);
  const [apart, setApart] = useState<ReadonlySet<number>>(() => new Set(job.apart));
  const repeat = useRepeat(job);
  // The numbers were counted with the job's own choices. After a change, the file is checked again first.
  const isChanged =
    choice.isChanged ||
    onConflict !== job.onConflict ||
    areaCode !== (job.areaCode ?? '') ||
    withoutBadFields !== job.withoutBadFields ||
    apart.size !== job.apart.length ||
    job.apart.some((line) => !apart.has(line));
  const apartLines = job.repeatable
    ? {
        lines: apart,
        toggle: (line: number) => {
          setApart((before) => (before.has(line) ? without(before, line) : new Set([...before, line])));
        },
      }
    : undefined;
  return (
    <div className={importText['import-form']}>
      <Opening job={job} />
      <JobNumbers job={job} />
      <JobSample job={job} {...(apartLines && { apart: apartLines })} />
      <KeptApart
        lines={job.apart.filter((line) => apart.has(line))}
        onDrop={() => {
          setApart(new Set());
        }}
      />
      <PreviewRows job={job} />
      <Columns job={job} choice={choice} />
      {job.repeatable && <ReadingOptions job={job} repeat={repeat} />}
      {job.repeatable && needsAreaCode(job) && <AreaCodeField value={areaCode} onChange={setAreaCode} />}
      {job.kind === 'clients' && (job.conflicts > 0 || job.onConflict !== 'skip') && (
        <ConflictChoice value={onConflict} onChoose={setOnConflict} />
      )}
      {job.repeatable && (job.rejected > 0 || job.withoutBadFields) && (
        <BadFieldChoice value={withoutBadFields} onChange={setWithoutBadFields} />
      )}
      <JobProblems job={job} {...(apartLines && { apart: apartLines })} />
      <Failure error={repeat.error} />
      {job.repeatable ? (
        <Decision
          job={job}
          isChanged={isChanged}
          isUnfit={choice.clashes.size > 0 || !isEmptyOrAreaCode(areaCode)}
          isBusy={repeat.pending !== undefined}
          onGo={() => {
            repeat.run({
              dryRun: isChanged,
              onConflict,
              mapping: choice.mapping,
              areaCode: areaCode || null,
              withoutBadFields,
              apart: [...apart],
            });
          }}
        />
      ) : (
        <Gone />
      )}
    </div>
  );
}

const without = (lines: ReadonlySet<number>, line: number): ReadonlySet<number> =>
  new Set([...lines].filter((each) => each !== line));

/** The lines that were counted as people of their own, with the way back. */
function KeptApart({ lines, onDrop }: { readonly lines: readonly number[]; readonly onDrop: () => void }) {
  if (lines.length === 0) return null;
  const list = lines.join(', ');
  return (
    <div>
      <p className={importText['import-text']}>
        <Plural
          value={lines.length}
          one={`A linha ${list} não é quem parecia: conta como outra pessoa.`}
          other={`As linhas ${list} não são quem pareciam: contam como outras pessoas.`}
        />
      </p>
      <Button variant="quiet" onClick={onDrop}>
        <Trans>São as mesmas pessoas</Trans>
      </Button>
    </div>
  );
}

function Opening({ job }: { readonly job: ImportJob }) {
  const professional = useProfessionalNames()(job.professionalId);
  const choosesOwner = mayForAll(useMe(), 'imports.run');
  const namesOwners = choosesOwner && job.columns.some(({ meaning }) => meaning === 'professionalEmail');
  return (
    <div>
      <StepHeading>
        <Trans>Confira antes de importar</Trans>
      </StepHeading>
      <p className={importText['import-text']}>
        {job.kind === 'appointments' ? (
          <Trans>
            É uma lista de consultas: foi isto que lemos em <strong translate="no">{job.fileName}</strong>. Nenhum
            cadastro muda, e nada foi gravado ainda.
          </Trans>
        ) : professional === undefined ? (
          <Trans>
            Foi isto que lemos em <strong translate="no">{job.fileName}</strong>. Nada foi gravado ainda.
          </Trans>
        ) : (
          <Trans>
            Foi isto que lemos em <strong translate="no">{job.fileName}</strong>, para clientes de{' '}
            <strong translate="no">{professional}</strong>. Nada foi gravado ainda.
          </Trans>
        )}
        {namesOwners && (
          <>
            {' '}
            <Trans>Onde uma linha diz o e-mail do profissional, vale o que ela diz.</Trans>
          </>
        )}
      </p>
    </div>
  );
}

function Columns({ job, choice }: { readonly job: ImportJob; readonly choice: ColumnChoice }) {
  const unknown = job.columns.filter(({ meaning }) => meaning === 'extra').length;
  return (
    <section>
      <h2 className={importText['import-heading']}>
        <Trans>O que há em cada coluna</Trans>
      </h2>
      {job.remembered && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Trans>Usamos o que a clínica escolheu antes para um arquivo com estas colunas. Confira.</Trans>
        </p>
      )}
      {job.kind === 'appointments' && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Trans>
            Se for uma lista de clientes, diga que a coluna do dia da consulta é outra coisa e confira de novo.
          </Trans>
        </p>
      )}
      {unknown > 0 && job.kind === 'clients' && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Plural
            value={unknown}
            one="# coluna não tem campo no cadastro: fica guardada como campo extra, a não ser que você escolha outro."
            other="# colunas não têm campo no cadastro: ficam guardadas como campos extras, a não ser que você escolha outro."
          />
        </p>
      )}
      <ColumnFields choice={choice} preview={job.preview} />
    </section>
  );
}

interface DecisionProps {
  readonly job: ImportJob;
  readonly isChanged: boolean;
  readonly isUnfit: boolean;
  readonly isBusy: boolean;
  readonly onGo: () => void;
}

function Decision({ job, isChanged, isUnfit, isBusy, onGo }: DecisionProps) {
  const rows = job.created + job.updated;
  const isNothing = rows + job.booked === 0;
  return (
    <div className={importBar['import-bar']} data-sticky="">
      <Button variant="primary" busy={isBusy} disabled={isUnfit || (isNothing && !isChanged)} onClick={onGo}>
        {isChanged ? (
          <Trans>Conferir de novo</Trans>
        ) : rows === 0 && job.booked > 0 ? (
          <Plural value={job.booked} one="Importar # consulta" other="Importar # consultas" />
        ) : (
          <Plural value={rows} _0="Nada a importar" one="Importar # cliente" other="Importar # clientes" />
        )}
      </Button>
      <ToStart>
        <Trans>Cancelar</Trans>
      </ToStart>
    </div>
  );
}

function Gone() {
  return (
    <div className={importBar['import-bar']}>
      <p className={importText['import-text']}>
        <Trans>O arquivo não está mais guardado. Para importar, envie-o de novo.</Trans>
      </p>
      <ToStart variant="primary">
        <Trans>Escolher o arquivo</Trans>
      </ToStart>
    </div>
  );
}
