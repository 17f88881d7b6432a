import styles from './client-fields.module.css';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconChevronDown } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useId, useState } from 'react';
import { textFields } from '../../../../shared/client-fields.ts';
import type { Me } from '../../../../shared/contracts/auth.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { may, mayForAll } from '../../../../shared/permissions.ts';
import { calculateAge, fullName } from '../../../lib/format.ts';
import { readBirthDate } from './birth-date.ts';
import { describeAge, describePlace } from '../../../entities/client/client-line.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { FormField } from './form-field.tsx';
import type { FormText, FormValues } from './form-fields.ts';
import { formSections } from '../field-places.ts';
import { ProfessionalField } from './professional-field.tsx';
import { TagsField } from './tags-field.tsx';
import type { ClientForm } from './use-client-form.ts';
import { usePostalFill } from './use-postal-fill.ts';
import { useSimilarClients } from './use-similar-clients.ts';

interface ClientFieldsProps {
  readonly form: ClientForm;
  readonly base: FormValues;
  readonly client: Client | undefined;
  readonly me: Me;
}

type Section = (typeof formSections)[number];

const titles: Readonly<Record<Section['key'], MessageDescriptor>> = {
  identity: msg`Identificação`,
  contact: msg`Contato`,
  guardian: msg`Responsável`,
  address: msg`Endereço`,
  more: msg`Mais dados`,
};

/** Every field of the form, in its sections. */
export function ClientFields({ form, base, client, me }: ClientFieldsProps) {
  const { t } = useLingui();
  const { values, errors } = form;
  const field = useFieldProps(form, base, client);
  const seesNotes = client === undefined ? may(me.role, 'clients.write.clinical') : client.notes !== undefined;
  const isShown = (section: Section): boolean => section.key !== 'guardian' || needsGuardian(values);
  return (
    <>
      {formSections.filter(isShown).map((section) => (
        <SectionFields key={section.key} section={section} values={values} errors={errors.fields}>
          {section.fields.map(({ field: name, width }) => (
            <div key={name} style={{ '--width': width } as CSSProperties}>
              <FormField {...field(name)} />
            </div>
          ))}
        </SectionFields>
      ))}
      <SectionFrame title={t`Atendimento`}>
        {mayForAll(me.role, 'clients.assign') && (
          <div style={{ '--width': 6 } as CSSProperties}>
            <ProfessionalField
              value={values.professionalId}
              error={errors.fields.professionalId}
              set={form.set}
              onLeave={() => {
                form.leave('professionalId');
              }}
            />
          </div>
        )}
        <div style={{ '--width': 6 } as CSSProperties}>
          <TagsField
            tags={values.tags}
            error={errors.fields.tags}
            onChange={(tags) => {
              form.set('tags', tags);
            }}
          />
        </div>
        {seesNotes && (
          <div style={{ '--width': 6 } as CSSProperties}>
            <FormField {...field('notes')} />
          </div>
        )}
      </SectionFrame>
    </>
  );
}

const guardianFields = textFields.filter((field) => field.startsWith('guardian.'));

/** Minors have a guardian; a guardian on record is shown at any age. */
function needsGuardian(values: FormValues): boolean {
  const birth = readBirthDate(values.dateOfBirth);
  const isMinor = birth !== undefined && calculateAge(birth) < 18;
  return isMinor || guardianFields.some((field) => values[field] !== '');
}

interface SectionFieldsProps {
  readonly section: Section;
  readonly values: FormValues;
  readonly errors: Partial<Record<string, string>>;
  readonly children: ReactNode;
}

/** “Mais dados” is collapsed until it has content or is opened. */
function SectionFields({ section, values, errors, children }: SectionFieldsProps) {
  const { i18n } = useLingui();
  const id = useId();
  const isFoldable = section.key === 'more';
  const [isOpen, setOpen] = useState(!isFoldable || section.fields.some(({ field }) => values[field] !== ''));
  const isUnfolded = isOpen || section.fields.some(({ field }) => errors[field] !== undefined);
  const title = i18n._(titles[section.key]);
  if (!isFoldable) return <SectionFrame title={title}>{children}</SectionFrame>;
  return (
    <div className={styles['form-section']} role="group" aria-label={title}>
      <h2>
        <button
          type="button"
          className={styles['form-fold']}
          aria-expanded={isUnfolded}
          aria-controls={id}
          onClick={() => {
            setOpen(!isUnfolded);
          }}
        >
          {title}
          <IconChevronDown size="1.25rem" aria-hidden="true" />
        </button>
      </h2>
      <div className={styles['form-grid']} id={id} hidden={!isUnfolded}>
        {children}
      </div>
    </div>
  );
}

function SectionFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div className={styles['form-section']} role="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className={styles['form-grid']}>{children}</div>
    </div>
  );
}

/** Gives the props of any field: its value, its error or duplicate, its hint, and what typing and leaving do. */
function useFieldProps(form: ClientForm, base: FormValues, client: Client | undefined) {
  const { values, errors } = form;
  const similar = useSimilarClients(values, base, client?.id);
  const postal = usePostalFill(form.setValues);
  const showDuplicate = (field: FormText): ReactNode => {
    if (field !== 'phone' && field !== 'document') return undefined;
    const early = field === 'phone' ? similar.byPhone : similar.byDocument;
    const seen = early && { field, detail: '', client: { id: early.id, name: fullName(early) } };
    const duplicate = form.duplicate?.field === field ? form.duplicate : seen;
    if (duplicate === undefined || (field === 'phone' && form.sharesPhone)) return undefined;
    return <DuplicateNotice duplicate={duplicate} onShare={sharePhone} />;
  };
  const sharePhone = (): void => {
    form.sharePhone();
    document.querySelector<HTMLElement>('[data-save]')?.focus();
  };
  const showHint = (field: FormText): ReactNode => {
    const birth = field === 'dateOfBirth' ? readBirthDate(values.dateOfBirth) : undefined;
    if (birth !== undefined && !Number.isNaN(Date.parse(birth)) && calculateAge(birth) >= 0) return describeAge(birth);
    if (field === 'address.postalCode' && postal.place !== undefined)
      return describePlace({ city: postal.place.city ?? null, state: postal.place.state });
    if (field === 'phone' && form.sharesPhone) return <Trans>Telefone compartilhado com a família.</Trans>;
    if (field === 'lastName' && similar.byName !== undefined) return <Namesake client={similar.byName} />;
    return undefined;
  };
  return (field: FormText) => ({
    field,
    value: values[field],
    error: errors.fields[field] ?? showDuplicate(field),
    hint: showHint(field),
    onChange: (value: string): void => {
      form.set(field, value);
      if (field === 'address.postalCode') postal.look(value);
    },
    onLeave: (): void => {
      form.leave(field);
    },
  });
}

function Namesake({ client }: { readonly client: Parameters<typeof describePlace>[0] & { readonly id: string } }) {
  const place = describePlace(client);
  return (
    <>
      {place === '' ? (
        <Trans>Já existe alguém com este nome.</Trans>
      ) : (
        <Trans>Já existe alguém com este nome em {place}.</Trans>
      )}{' '}
      <Link to="/clientes/$id" params={{ id: client.id }} ignoreBlocker>
        <Trans>Abrir cadastro?</Trans>
      </Link>
    </>
  );
}
