import parts from './card-parts.module.css';
import styles from './card-data.module.css';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconPencil, IconPlus } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { definitionOf, type TextField } from '../../../../shared/client-fields.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { mayForAll } from '../../../../shared/permissions.ts';
import { callLink, whatsappLink } from '../../../entities/client/client-links.ts';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { readText } from '../../../entities/client/read-field.ts';
import { formatDay } from '../../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../../lib/me.ts';
import { IconAnchor, IconButton } from '../../../ui/button.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';
import { formatField } from '../../../entities/client/format-field.ts';
import { useNameOnPaper } from '../../../entities/professional/name-on-paper.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { cardSections, wordFields } from '../field-places.ts';
import { CardAddress } from './card-address.tsx';
import { CopyValue, isCopied } from './copy-value.tsx';
import { QuickEdit } from './lazy-quick-edit.ts';

type Section = (typeof cardSections)[number];

const titles: Readonly<Record<Section['key'], MessageDescriptor>> = {
  contact: msg`Contato`,
  identity: msg`Identificação`,
  person: msg`Dados pessoais`,
  guardian: msg`Responsável`,
  address: msg`Endereço`,
  insurance: msg`Convênio`,
  notes: msg`Observações do cadastro`,
};

/** Shorter words where the section says the rest; buttons are named by the whole ones. */
const shortLabels: Partial<Record<TextField, MessageDescriptor>> = {
  dateOfBirth: msg`Nascimento`,
  'guardian.name': msg`Nome`,
  'guardian.phone': msg`Contato`,
  'guardian.document': msg`Documento`,
};

interface CardSectionsProps {
  readonly tab: Section['tab'];
  readonly versioned: VersionedClient;
}

/** A tab's data of a client, section by section. Each value can be edited in its place. */
export function CardSections({ tab, versioned }: CardSectionsProps) {
  // Several may be open: another pencil leaves what is being typed where it is.
  const [editing, setEditing] = useState<ReadonlySet<TextField>>(new Set());
  const edit = (field: TextField, isEdited: boolean): void => {
    setEditing((before) => {
      const after = new Set(before);
      if (isEdited) after.add(field);
      else after.delete(field);
      return after;
    });
  };
  return cardSections
    .filter((section) => section.tab === tab)
    .map((section) =>
      section.key === 'address' ? (
        <CardAddress key={section.key} fields={section.fields} versioned={versioned} />
      ) : (
        <SectionRows key={section.key} section={section} versioned={versioned} editing={editing} onEdit={edit} />
      ),
    );
}

interface SectionRowsProps {
  readonly section: Section;
  readonly versioned: VersionedClient;
  readonly editing: ReadonlySet<TextField>;
  readonly onEdit: (field: TextField, isEdited: boolean) => void;
}

function SectionRows({ section, versioned, editing, onEdit }: SectionRowsProps) {
  const { i18n } = useLingui();
  const { client } = versioned;
  const isArchived = client.archivedAt !== null;
  const filled = section.fields.filter((field) => (readText(client, field) ?? '') !== '' || editing.has(field));
  const missing = (section.wanted ?? []).filter((field) => readText(client, field) === null && !editing.has(field));
  if (filled.length === 0 && (missing.length === 0 || isArchived)) return null;
  return (
    <section className={parts['card-section']} data-section={section.key}>
      <h3 className={parts['card-section-title']}>{i18n._(titles[section.key])}</h3>
      <dl>
        {filled.map((field) =>
          editing.has(field) ? (
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
  const { labelOf } = useFieldLabels();
  return (
    <div className={styles['card-editing']}>
      <dt className="visually-hidden">{labelOf(field)}</dt>
      <dd>
        <Suspense fallback={formatField(field, readText(versioned.client, field) ?? '')}>
          <QuickEdit
            fields={[field]}
            versioned={versioned}
            onDone={() => {
              onEdit(field, false);
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
  /** Whether the label is visible; false where the section has one field and its title says the same. */
  readonly isLabelled: boolean;
  /** Undefined for an archived client, who cannot be changed. */
  readonly onEdit: SectionRowsProps['onEdit'] | undefined;
}

function FieldRow({ field, client, isLabelled, onEdit }: FieldRowProps) {
  const { t, i18n } = useLingui();
  const { labelOf } = useFieldLabels();
  const label = labelOf(field);
  const short = shortLabels[field];
  const value = readText(client, field) ?? '';
  const isYear = client.anonymous && definitionOf(field).kind === 'date';
  // Of somebody anonymous the year alone is kept, as its first day.
  const text = isYear ? value.slice(0, 4) : formatField(field, value);
  const isPhone = definitionOf(field).kind === 'phone';
  return (
    <div className={styles['card-field']}>
      <dt className={isLabelled ? undefined : 'visually-hidden'}>{short === undefined ? label : i18n._(short)}</dt>
      <dd className="tabular" translate={wordFields.has(field) ? undefined : 'no'}>
        {isPhone ? (
          <a className={styles['card-value']} href={callLink(value)}>
            {text}
          </a>
        ) : (
          <span className={styles['card-value']}>{text}</span>
        )}
        {/* The head has this link for the client's own phone. */}
        {isPhone && field !== 'phone' && <PhoneMessage label={label} phone={value} />}
        {isCopied(field) && <CopyValue label={label} value={text} />}
        {onEdit !== undefined && (
          <IconButton
            label={t`Alterar ${label}`}
            data-field={field}
            data-pencil=""
            icon={<IconPencil size="1.125rem" aria-hidden="true" />}
            onClick={() => {
              onEdit(field, true);
            }}
          />
        )}
      </dd>
    </div>
  );
}

function PhoneMessage({ label, phone }: { readonly label: string; readonly phone: string }) {
  const { t } = useLingui();
  const name = t`Mensagem para ${label}`;
  return (
    <IconAnchor
      label={name}
      href={whatsappLink(phone)}
      target="_blank"
      rel="noreferrer"
      icon={<IconBrandWhatsapp size="1.125rem" aria-hidden="true" />}
    />
  );
}

interface MissingFieldsProps {
  readonly fields: readonly TextField[];
  readonly onEdit: SectionRowsProps['onEdit'];
}

/** Empty fields, each a button to fill it in. */
function MissingFields({ fields, onEdit }: MissingFieldsProps) {
  const { t } = useLingui();
  const { labelOf } = useFieldLabels();
  return (
    <p className={styles['card-missing']} data-screen-only="">
      {fields.map((field) => {
        const label = labelOf(field);
        return (
          <button
            key={field}
            type="button"
            className={parts['card-add']}
            data-field={field}
            aria-label={t`Incluir ${label}`}
            onClick={() => {
              onEdit(field, true);
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

/** Where the record comes from: other columns of an imported file, and whose client this is since when. */
export function CardOrigin({ client }: { readonly client: Client }) {
  return (
    <>
      <ImportedColumns client={client} />
      <Provenance client={client} />
    </>
  );
}

/** Columns of an imported file that have no field of their own. */
function ImportedColumns({ client }: { readonly client: Client }) {
  const columns = Object.entries(client.extra ?? {}).filter(([, value]) => value !== null && value !== '');
  if (columns.length === 0) return null;
  return (
    <section className={parts['card-section']}>
      <h3 className={parts['card-section-title']}>
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
  const seesClinic = mayForAll(useMe(), 'clients.read.registration');
  const findName = useProfessionalNames({ enabled: seesClinic });
  const since = formatDay(client.createdAt, useClinicTimeZone());
  const who = findName(client.professionalId);
  return (
    <div className={styles['card-since']}>
      <p>
        {who === undefined ? (
          <Trans>Cliente desde {since}</Trans>
        ) : (
          <Trans>
            Cliente de <Verbatim>{who}</Verbatim> desde {since}
          </Trans>
        )}
      </p>
      <Responsible client={client} />
    </div>
  );
}

/** Whose client it is, with council and specialty: on paper alone. */
function Responsible({ client: { professionalId } }: { readonly client: Client }) {
  const words = useNameOnPaper(professionalId);
  if (words === undefined) return null;
  return (
    <p className={styles['card-signature']}>
      <Trans>
        Profissional responsável: <Verbatim>{words}</Verbatim>
      </Trans>
    </p>
  );
}
