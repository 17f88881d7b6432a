import parts from './pair-parts.module.css';
import styles from './merge-preview.module.css';
import { Trans } from '@lingui/react/macro';
import { useId } from 'react';
import type { Client } from '../../../shared/contracts/clients.ts';
import { useFieldLabels } from '../../entities/client/field-labels.ts';
import type { MergeField } from '../../../shared/client-fields.ts';
import { fullName } from '../../lib/format.ts';
import { readValue } from './merge-values.ts';

interface MergePreviewProps {
  readonly client: Client;
  readonly fields: readonly MergeField[];
  readonly nameOf: (id: string) => string;
}

const inTheName: ReadonlySet<MergeField> = new Set(['firstName', 'lastName']);

/** The merged client as the current choices make it. */
export function MergePreview({ client, fields, nameOf }: MergePreviewProps) {
  const { labelOf } = useFieldLabels();
  const title = useId();
  const rows = fields
    .filter((field) => !inTheName.has(field))
    .map((field) => [field, readValue(field, client, nameOf)] as const)
    .filter(([, text]) => text !== '');
  return (
    <section className={styles['merge-preview']} aria-labelledby={title}>
      <h2 id={title}>
        <Trans>Como vai ficar</Trans>
      </h2>
      <p className={styles['merge-preview-name']} translate="no">
        {fullName(client)}
      </p>
      <dl className={parts['merge-values']}>
        {rows.map(([field, text]) => (
          <div key={field}>
            <dt>{labelOf(field)}</dt>
            <dd translate="no">{text}</dd>
          </div>
        ))}
        {client.tags.length > 0 && (
          <div>
            <dt>
              <Trans>Etiquetas</Trans>
            </dt>
            <dd>{client.tags.join(', ')}</dd>
          </div>
        )}
        {Object.entries(client.extra ?? {}).map(([column, text]) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd translate="no">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
