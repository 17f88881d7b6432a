import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './job-sample.module.css';
import { Trans } from '@lingui/react/macro';
import { IconArrowRight } from '@tabler/icons-react';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { ApartChoice, type ApartLines } from './apart-choice.tsx';
import { type FieldChange, fieldText, spreadChanges } from '../field-text.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { useMeaningNames } from '../meanings.ts';
import { useShortened } from '../use-shortened.tsx';

/** Some of the updates, field by field. */
export function JobSample({ job, apart }: { readonly job: ImportJob; readonly apart?: ApartLines }) {
  const { shown, more } = useShortened(job.sample);
  if (job.sample.length === 0) return null;
  return (
    <section>
      <h2 className={importText['import-heading']}>
        <Heading isDone={!job.dryRun} isWhole={job.sample.length >= job.updated} />
      </h2>
      <ul className={importText['import-list']}>
        {shown.map(({ line, client, changes }) => (
          <li className={importList['import-change']} key={line}>
            <p className={importList['import-item-name']} translate="no">
              {client.name}
            </p>
            <dl className={importList['import-pairs']}>
              {spreadChanges(changes).map((change) => (
                <Change key={change.field} change={change} />
              ))}
            </dl>
            <ApartChoice line={line} name={client.name} apart={apart} />
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

function Heading({ isDone, isWhole }: { readonly isDone: boolean; readonly isWhole: boolean }) {
  if (isDone && isWhole) return <Trans>O que mudou em quem já estava cadastrado</Trans>;
  if (isDone) return <Trans>O que mudou em quem já estava cadastrado, por exemplo</Trans>;
  if (isWhole) return <Trans>O que muda em quem já está cadastrado</Trans>;
  return <Trans>O que muda em quem já está cadastrado, por exemplo</Trans>;
}

function Change({ change: { field, from, to } }: { readonly change: FieldChange }) {
  const { fieldName } = useMeaningNames();
  const findName = useProfessionalNames();
  const read = (value: unknown): string => {
    const name = field === 'professionalId' && typeof value === 'string' ? findName(value) : undefined;
    return name ?? fieldText(field, value);
  };
  const before = read(from);
  return (
    <div>
      <dt>{fieldName(field)}</dt>
      <dd className={styles['import-difference']} translate="no">
        {before !== '' && (
          <>
            <del>
              <span className="visually-hidden">
                <Trans>antes:</Trans>{' '}
              </span>
              {before}
            </del>
            <IconArrowRight size="1em" aria-hidden="true" />
          </>
        )}
        <ins>
          <span className="visually-hidden">
            <Trans>depois:</Trans>{' '}
          </span>
          {read(to) || '—'}
        </ins>
      </dd>
    </div>
  );
}
