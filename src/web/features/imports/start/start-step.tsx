import importBar from '../import-bar.module.css';
import importProgress from '../import-progress.module.css';
import importText from '../import-text.module.css';
import styles from './start-step.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react';
import { useState } from 'react';
import { mayForAll } from '../../../../shared/permissions.ts';
import { useMe } from '../../../lib/me.ts';
import { classNames } from '../../../ui/class-names.ts';
import { download } from '../../../lib/download.ts';
import { Button } from '../../../ui/button.tsx';
import { toastFailure } from '../../../ui/toast.tsx';
import { FileDrop } from './file-drop.tsx';
import { useProfessionalsWithClients } from '../../../entities/professional/professional-queries.ts';
import { ProfessionalSelect } from '../../../entities/professional/professional-select.tsx';
import { formatFileSize } from './file-size.ts';
import { useUpload } from './use-upload.ts';
import { Failure } from '../../../ui/failure.tsx';

/** Chooses a file, and the professional to whom its clients will belong. Nothing is written yet. */
export function StartStep() {
  const { t } = useLingui();
  const me = useMe();
  const [chosen, setChosen] = useState('');
  const [isAsked, setAsked] = useState(false);
  const people = useProfessionalsWithClients();
  const upload = useUpload();
  const { file, error: fileError, take } = useOneFile(isAsked, upload.reset);
  const choosesOwner = mayForAll(me, 'imports.run');
  const professionalId = choosesOwner ? ((people.length === 1 ? people[0]?.id : undefined) ?? chosen) : me.id;

  if (file !== undefined && upload.isSending)
    return <Sending file={file} share={upload.share} onCancel={upload.cancel} />;
  return (
    <form
      className={importText['import-form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (file !== undefined && professionalId !== '') upload.send(file, professionalId);
      }}
    >
      <p className={importText['import-text']}>
        <Trans>
          Traga seus clientes de uma planilha ou de outro sistema, com a próxima consulta de cada um, ou uma lista de
          consultas de quem já está cadastrado. Nada é gravado antes de você conferir.
        </Trans>
      </p>
      <TemplateLinks />
      <FileDrop file={file} error={fileError} onFiles={take} />
      {choosesOwner && (
        <ProfessionalSelect
          people={people}
          question={t`Escolha quem atende`}
          hint={t`De quem serão os clientes e as consultas do arquivo. Onde uma linha diz o e-mail do profissional, vale o que ela diz.`}
          error={isAsked && professionalId === '' ? t`Escolha quem atende.` : undefined}
          value={professionalId}
          onChange={(event) => {
            setChosen(event.target.value);
          }}
        />
      )}
      <Failure error={upload.error} />
      <div className={importBar['import-bar']}>
        <Button type="submit" variant="primary">
          <Trans>Conferir arquivo</Trans>
        </Button>
      </div>
    </form>
  );
}

/** An empty list with all headings, for those who have none yet. */
function TemplateLinks() {
  const save = (format: 'csv' | 'xlsx'): void => {
    download(`/imports/template.${format}`).catch(toastFailure);
  };
  return (
    <div className={styles['template']}>
      <p className={importText['import-text']}>
        <Trans>Ainda não tem uma lista? Baixe um modelo com todas as colunas.</Trans>
      </p>
      <Button
        variant="quiet"
        icon={<IconFileSpreadsheet size="1.25rem" aria-hidden="true" />}
        onClick={() => {
          save('xlsx');
        }}
      >
        <Trans>Planilha</Trans>
      </Button>
      <Button
        variant="quiet"
        icon={<IconFileTypeCsv size="1.25rem" aria-hidden="true" />}
        onClick={() => {
          save('csv');
        }}
      >
        CSV
      </Button>
    </div>
  );
}

/** The chosen file, and what is wrong with the choice. `isAsked`: whether a missing file counts as an error. */
function useOneFile(isAsked: boolean, onTake: () => void) {
  const { t } = useLingui();
  const [file, setFile] = useState<File>();
  const [hasSeveral, setSeveral] = useState(false);
  const missing = isAsked && file === undefined ? t`Escolha o arquivo.` : undefined;
  return {
    file,
    error: hasSeveral ? t`Escolha um arquivo de cada vez.` : missing,
    take: (files: readonly File[]): void => {
      const [first] = files;
      if (first === undefined) return;
      setSeveral(files.length > 1);
      if (files.length === 1) setFile(first);
      onTake();
    },
  };
}

interface SendingProps {
  readonly file: File;
  /** How much has been sent, 0 to 1. */
  readonly share: number;
  readonly onCancel: () => void;
}

function Sending({ file, share, onCancel }: SendingProps) {
  const { t } = useLingui();
  const percent = Math.floor(share * 100);
  return (
    <div className={importProgress['import-progress']}>
      <p className={importText['import-heading']} role="status">
        <Trans>
          Enviando {file.name} ({formatFileSize(file.size)})…
        </Trans>
      </p>
      <progress
        className={importProgress['import-progress-bar']}
        aria-label={t`Envio do arquivo`}
        value={percent}
        max={100}
      />
      <p className={classNames(importText['import-text'], 'tabular')}>
        <Trans>{percent} % enviados. Deixe esta página aberta até o fim do envio.</Trans>
      </p>
      <div className={importBar['import-bar']}>
        <Button onClick={onCancel}>
          <Trans>Cancelar envio</Trans>
        </Button>
      </div>
    </div>
  );
}
