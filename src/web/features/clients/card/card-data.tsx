import parts from './card-parts.module.css';
import styles from './card-data.module.css';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { formatDay } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';
import { formatField } from '../../../entities/client/format-field.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { fieldLabels } from '../form/field-labels.ts';
import type { TextField } from '../form/form-fields.ts';
import { QuickEdit } from './lazy-quick-edit.ts';

interface Section {
  readonly title: MessageDescriptor;
  readonly fields: readonly TextField[];
  /** Offered to be filled in when empty. */
  readonly wanted?: readonly TextField[];
}

const sections: readonly Section[] = [
  { title: msg`Contato`, fields: ['phone', 'secondaryPhone', 'email'], wanted: ['phone', 'email'] },
  {
    title: msg`Dados pessoais`,
    fields: ['dateOfBirth', 'document', 'rg', 'sex', 'maritalStatus', 'nationality', 'profession'],
    wanted: ['dateOfBirth', 'document'],
  },
  { title: msg`Responsável`, fields: ['guardian.name', 'guardian.phone', 'guardian.document'] },
  {
    title: msg`Endereço`,
    fields: [
      'address.street',
      'address.number',
      'address.complement',
      'address.neighborhood',
      'address.city',
      'address.state',
      'address.postalCode',
    ],
  },
  { title: msg`Convênio`, fields: ['healthInsurance.plan', 'healthInsurance.number'] },
  { title: msg`Anotações`, fields: ['notes'], wanted: ['notes'] },
];

/** Fields that hold words, which a browser may translate; names and numbers it may not. */
const written: ReadonlySet<TextField> = new Set(['sex', 'maritalStatus', 'nationality', 'profession', 'notes']);

/** Everything on record, section by section; each value can be corrected in its place. */
export function CardData({ versioned }: { readonly versioned: VersionedClient }) {
  const { client } = versioned;
  const [editing, setEditing] = useState<TextField>();
  return (
    <>
      {sections.map((section) => (
        <SectionRows
          key={section.fields[0]}
          section={section}
          versioned={versioned}
          editing={editing}
          onEdit={setEditing}
        />
      ))}
      <ImportedColumns client={client} />
      <Provenance client={client} />
    </>
  );
}

interface SectionRowsProps {
  readonly section: Section;
  readonly versioned: VersionedClient;
  readonly editing: TextField | undefined;
  readonly onEdit: (field: TextField | undefined) => void;
}

function SectionRows({ section, versioned, editing, onEdit }: SectionRowsProps) {
  const { i18n } = useLingui();
  const { client } = versioned;
  const isArchived = client.archivedAt !== null;
  const filled = section.fields.filter((field) => (storedValue(client, field) ?? '') !== '' || field === editing);
  const missing = (section.wanted ?? []).filter((field) => storedValue(client, field) === null && field !== editing);
  if (filled.length === 0 && (missing.length === 0 || isArchived)) return null;
  return (
    <section className={styles['card-section']}>
      <h3 className={styles['card-section-title']}>{i18n._(section.title)}</h3>
      <dl>
        {filled.map((field) =>
          field === editing ? (
            <EditedRow key={field} field={field} versioned={versioned} onEdit={onEdit} />
          ) : (
            <FieldRow
              key={field}
              field={field}
              client={client}
              isLabelled={section.fields.length > 1}
              onEdit={isArchived ? undefined : onEdit}
            />
          ),
        )}
      </dl>
      {!isArchived && missing.length > 0 && <MissingFields fields={missing} onEdit={onEdit} />}
    </section>
  );
}

function EditedRow({ field, versioned, onEdit }: Omit<SectionRowsProps, 'section' | 'editing'> & OneField) {
  const { i18n } = useLingui();
  return (
    <div className={styles['card-editing']}>
      <dt className="visually-hidden">{i18n._(fieldLabels[field])}</dt>
      <dd>
        <Suspense fallback={formatField(field, storedValue(versioned.client, field) ?? '')}>
          <QuickEdit
            fields={[field]}
            versioned={versioned}
            onDone={() => {
              onEdit(undefined);
            }}
          />
        </Suspense>
      </dd>
    </div>
  );
}

interface OneField {
  readonly field: TextField;
}

interface FieldRowProps extends OneField {
  readonly client: Client;
  /** False where the section's title says it all. */
  readonly isLabelled: boolean;
  /** Missing where nothing may be changed. */
  readonly onEdit: SectionRowsProps['onEdit'] | undefined;
}

function FieldRow({ field, client, isLabelled, onEdit }: FieldRowProps) {
  const { i18n, t } = useLingui();
  const label = i18n._(fieldLabels[field]);
  return (
    <div className={styles['card-field']}>
      <dt className={isLabelled ? undefined : 'visually-hidden'}>{label}</dt>
      <dd className="tabular" translate={written.has(field) ? undefined : 'no'}>
        {formatField(field, storedValue(client, field) ?? '')}
        {onEdit !== undefined && (
          <IconButton
            label={t`Alterar ${label}`}
            data-field={field}
            icon={<IconPencil size="1.125rem" aria-hidden="true" />}
            onClick={() => {
              onEdit(field);
            }}
          />
        )}
      </dd>
    </div>
  );
}

interface MissingFieldsProps {
  readonly fields: readonly TextField[];
  readonly onEdit: SectionRowsProps['onEdit'];
}

/** Empty fields, each a button to fill it in. */
function MissingFields({ fields, onEdit }: MissingFieldsProps) {
  const { i18n, t } = useLingui();
  return (
    <p className={styles['card-missing']}>
      {fields.map((field) => {
        const label = i18n._(fieldLabels[field]);
        return (
          <button
            key={field}
            type="button"
            className={parts['card-add']}
            data-field={field}
            aria-label={t`Incluir ${label}`}
            onClick={() => {
              onEdit(field);
            }}
          >
            <IconPlus size="1rem" aria-hidden="true" />
            {label}
          </button>
        );
      })}
    </p>
  );
}

/** Columns of an imported file that have no field of their own. */
function ImportedColumns({ client }: { readonly client: Client }) {
  const columns = Object.entries(client.extra ?? {}).filter(([, value]) => value !== null && value !== '');
  if (columns.length === 0) return null;
  return (
    <section className={styles['card-section']}>
      <h3 className={styles['card-section-title']}>
        <Trans>Outros dados importados</Trans>
      </h3>
      <dl>
        {columns.map(([name, value]) => (
          <div key={name} className={styles['card-field']}>
            <dt>{name}</dt>
            <dd translate="no">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Provenance({ client }: { readonly client: Client }) {
  const seesClinic = useMe().role !== 'professional';
  const findName = useProfessionalNames({ enabled: seesClinic });
  const since = formatDay(client.createdAt);
  const who = findName(client.professionalId);
  return (
    <p className={styles['card-since']}>
      {who === undefined ? (
        <Trans>Cliente desde {since}</Trans>
      ) : (
        <Trans>
          Cliente de <Verbatim>{who}</Verbatim> desde {since}
        </Trans>
      )}
    </p>
  );
}

/** What a client has in a field, as stored; null for nothing, undefined for what this person is not shown. */
function storedValue(client: Client, field: TextField): string | null | undefined {
  const [outer, inner] = field.split('.') as [keyof Client, string?];
  const value: unknown = client[outer];
  if (inner === undefined) return value as string | null | undefined;
  return (value as Record<string, string | null>)[inner];
}
