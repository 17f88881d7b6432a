import importColumns from './import-columns.module.css';
import { useLingui } from '@lingui/react/macro';
import type { ColumnMeaning } from '../../../../shared/contracts/import-columns.ts';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { SelectField } from '../../../ui/field.tsx';
import { fieldText } from '../field-text.ts';
import { meaningNames, useMeaningNames } from '../meanings.ts';
import type { ColumnChoice } from './use-column-choice.ts';

interface ColumnFieldsProps {
  readonly choice: ColumnChoice;
  readonly preview: ImportJob['preview'];
}

/** One select per column: what the column holds, with its first value as an example. */
export function ColumnFields({ choice, preview }: ColumnFieldsProps) {
  const { t } = useLingui();
  const { nameOf } = useMeaningNames();
  return (
    <div className={importColumns['import-columns']}>
      {choice.columns.map(({ header, meaning }) => {
        const example = findExample(preview, header, meaning);
        return (
          <SelectField
            key={header}
            label={header}
            value={meaning}
            hint={example && t`Por exemplo: ${example}`}
            error={choice.clashes.has(meaning) ? t`Outra coluna já é “${nameOf(meaning)}”.` : undefined}
            onChange={(event) => {
              choice.choose(header, event.target.value as ColumnMeaning);
            }}
          >
            {meaningNames.map((name) => (
              <option key={name} value={name}>
                {nameOf(name)}
              </option>
            ))}
          </SelectField>
        );
      })}
    </div>
  );
}

/** Characters of an example. */
const longest = 40;

/** The first non-empty value of a column in the preview. */
function findExample(preview: ImportJob['preview'], header: string, meaning: ColumnMeaning): string | undefined {
  for (const { values, tags, extra } of preview) {
    const text = (): string => {
      if (meaning === 'extra') return extra[header] ?? '';
      if (meaning === 'tags') return tags.join(', ');
      if (meaning === 'fullName') return [values['firstName'], values['lastName']].filter(Boolean).join(' ');
      return fieldText(meaning, values[meaning]);
    };
    const found = text().replace(/\s+/g, ' ').trim();
    if (found !== '') return found.length > longest ? `${found.slice(0, longest)}…` : found;
  }
  return undefined;
}
