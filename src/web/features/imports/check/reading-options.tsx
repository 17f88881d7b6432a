import importColumns from './import-columns.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { type Encoding, encodings } from '../../../../shared/import-choices.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { type Delimiter, delimiterNames, encodingNames, isDelimiter } from './reading-names.ts';
import type { useRepeat } from './use-repeat.ts';

interface ReadingOptionsProps {
  readonly job: ImportJob;
  readonly repeat: ReturnType<typeof useRepeat>;
}

/** For wrong letters or merged columns: shows encoding and delimiter of the file, and reads it again with others. */
export function ReadingOptions({ job, repeat }: ReadingOptionsProps) {
  const { t, i18n } = useLingui();
  const { reading } = job;
  const [encoding, setEncoding] = useState<Encoding>(reading?.encoding ?? 'windows-1252');
  const [delimiter, setDelimiter] = useState<Delimiter | undefined>(
    isDelimiter(reading?.delimiter ?? '') ? (reading?.delimiter as Delimiter) : reading === null ? undefined : ';',
  );
  if (reading !== null && reading.format !== 'csv') return null;
  const isChanged = encoding !== reading?.encoding || delimiter !== reading.delimiter;
  return (
    <details className={importColumns['import-reading-options']} open={job.failure !== null}>
      <summary>
        <Trans>Letras trocadas ou colunas juntas?</Trans>
      </summary>
      <div className={importColumns['import-columns']}>
        <SelectField
          label={t`Letras`}
          value={encoding}
          onChange={(event) => {
            setEncoding(event.target.value as Encoding);
          }}
        >
          {encodings.map((name) => (
            <option key={name} value={name}>
              {i18n._(encodingNames[name])}
            </option>
          ))}
        </SelectField>
        {delimiter !== undefined && (
          <SelectField
            label={t`Entre as colunas`}
            value={delimiter}
            onChange={(event) => {
              setDelimiter(event.target.value as Delimiter);
            }}
          >
            {Object.entries(delimiterNames).map(([sign, name]) => (
              <option key={sign} value={sign}>
                {i18n._(name)}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <Button
        disabled={!isChanged}
        busy={repeat.pending?.encoding !== undefined}
        onClick={() => {
          // The new reading may give other column names, so the mapping starts afresh.
          repeat.run({ dryRun: true, onConflict: job.onConflict, mapping: {}, encoding, delimiter });
        }}
      >
        <Trans>Ler de novo</Trans>
      </Button>
    </details>
  );
}
