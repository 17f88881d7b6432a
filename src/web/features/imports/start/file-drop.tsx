import styles from './file-drop.module.css';
import { Trans } from '@lingui/react/macro';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useId } from 'react';
import { FieldError } from '../../../ui/field.tsx';
import { useIsPhone } from '../../../ui/screen.ts';
import { formatFileSize } from './file-size.ts';
import { useFileDrop } from './use-file-drop.ts';

interface FileDropProps {
  readonly file: File | undefined;
  readonly error: string | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The button that chooses a file. Files can be dropped anywhere on the page. */
export function FileDrop({ file, error, onFiles }: FileDropProps) {
  const id = useId();
  const isPhone = useIsPhone();
  const isOver = useFileDrop(onFiles);
  return (
    <div className="field">
      <label
        className={styles['file-drop']}
        data-over={isOver ? '' : undefined}
        data-wrong={error === undefined ? undefined : ''}
      >
        <input
          type="file"
          className="visually-hidden"
          accept=".csv,.txt,.tsv,.xlsx,.vcf,text/csv,text/vcard,text/x-vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-invalid={error !== undefined || undefined}
          aria-describedby={error === undefined ? undefined : id}
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            // Otherwise choosing the same file again, for example after correcting it, would cause no event.
            event.target.value = '';
          }}
        />
        <IconFileSpreadsheet size="2rem" aria-hidden="true" />
        <span className={styles['file-drop-words']}>
          <span className={styles['file-drop-name']}>
            {file !== undefined ? (
              file.name
            ) : isPhone ? (
              <Trans>Escolha um arquivo</Trans>
            ) : (
              <Trans>Escolha um arquivo ou solte-o aqui</Trans>
            )}
          </span>
          <span className={styles['file-drop-note']}>
            {file === undefined ? (
              <Trans>CSV, Excel (.xlsx) ou contatos do celular (.vcf)</Trans>
            ) : (
              <Trans>{formatFileSize(file.size)} · Trocar de arquivo</Trans>
            )}
          </span>
        </span>
      </label>
      {error !== undefined && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}
