import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './preview-rows.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useIsPhone } from '../../../ui/screen.ts';
import { fieldText } from '../field-text.ts';
import { meaningNames, useMeaningNames } from '../meanings.ts';

/** A row of the preview: the client's name, and the other values by field. */
interface PreviewRow {
  readonly line: number;
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** The first rows as they will be imported: a table on a computer, cards on a phone. */
export function PreviewRows({ job }: { readonly job: ImportJob }) {
  const isPhone = useIsPhone();
  if (job.preview.length === 0) return null;
  const rows = job.preview.map(readRow);
  const fields = listFields(rows, job.columns);
  return (
    <section>
      <h2 className={importText['import-heading']}>
        <Trans>As primeiras linhas, como serão lidas</Trans>
      </h2>
      {isPhone ? <Cards rows={rows} fields={fields} /> : <Table rows={rows} fields={fields} />}
    </section>
  );
}

function readRow({ line, values, tags, extra }: ImportJob['preview'][number]): PreviewRow {
  const { firstName = '', lastName = '', ...rest } = values;
  const all = Object.entries(rest).map(([field, value]) => [field, fieldText(field, value)] as const);
  const labels = tags.length === 0 ? [] : [['tags', tags.join(', ')] as const];
  return {
    line,
    name: `${firstName} ${lastName}`.trim(),
    texts: new Map([...all, ...labels, ...Object.entries(extra)]),
  };
}

/** The fields that some row has: known ones in the order of the column select, then extra ones in the order of the file. */
function listFields(rows: readonly PreviewRow[], columns: ImportJob['columns']): string[] {
  const present = new Set(rows.flatMap(({ texts }) => [...texts.keys()]));
  const known = [...meaningNames, ...columns.map(({ header }) => header)].filter((name) => present.has(name));
  return [...new Set([...known, ...present])];
}

interface RowsProps {
  readonly rows: readonly PreviewRow[];
  readonly fields: readonly string[];
}

function Table({ rows, fields }: RowsProps) {
  const { t } = useLingui();
  const { fieldName } = useMeaningNames();
  return (
    <div className={styles['import-table-frame']} role="region" aria-label={t`As primeiras linhas`} tabIndex={0}>
      <table className={classNames(styles['import-table'], 'tabular')}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Linha</Trans>
            </th>
            <th scope="col">
              <Trans>Nome</Trans>
            </th>
            {fields.map((field) => (
              <th scope="col" key={field}>
                {fieldName(field)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, name, texts }) => (
            <tr key={line}>
              <td>{line}</td>
              <th scope="row" translate="no">
                {name || '—'}
              </th>
              {fields.map((field) => (
                <td key={field} translate="no">
                  {texts.get(field)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows, fields }: RowsProps) {
  const { t } = useLingui();
  const { fieldName } = useMeaningNames();
  return (
    <ul className={importText['import-list']} aria-label={t`As primeiras linhas`}>
      {rows.map(({ line, name, texts }) => (
        <li className={importList['import-change']} key={line}>
          <p className={importList['import-item-name']} translate="no">
            {name || '—'}
          </p>
          <dl className={importList['import-pairs']}>
            {fields
              .filter((field) => texts.has(field))
              .map((field) => (
                <div key={field}>
                  <dt>{fieldName(field)}</dt>
                  <dd translate="no">{texts.get(field)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
