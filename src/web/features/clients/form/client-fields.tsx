import styles from './client-fields.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { textFields } from '../../../../shared/client-fields.ts';
import type { Me } from '../../../../shared/contracts/auth.ts';
import { ageOn, isMinor } from '../../../../shared/format.ts';
import { makeProperName } from '../../../../shared/proper-name.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { may, mayForAll } from '../../../../shared/permissions.ts';
import { fullName, today } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { Button, TextButton } from '../../../ui/button.tsx';
import { useIsPhone } from '../../../ui/screen.ts';
import { readBirthDate } from './birth-date.ts';
import { describeAge, describePlace } from '../../../entities/client/client-line.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { FormField } from './form-field.tsx';
import type { FormText, FormValues } from './form-fields.ts';
import { formSections } from '../field-places.ts';
import { sectionTitles } from './section-titles.ts';
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

/** Every field of the form, in its sections. */
export function ClientFields({ form, base, client, me }: ClientFieldsProps) {
  const { t } = useLingui();
  const { values, errors } = form;
  const day = today(useClinicTimeZone());
  const field = useFieldProps(form, base, client);
  const later = useLaterFields(values, errors.fields);
  const seesNotes = client === undefined ? may(me, 'clients.write.clinical') : client.notes !== undefined;
  const isShown = (section: Section): boolean => section.key !== 'guardian' || needsGuardian(values, day);
  return (
    <>
      {formSections.filter(isShown).map((section) => (
        <SectionFields key={section.key} section={section} values={values} errors={errors.fields}>
          {section.fields.map((placed) => (
            <PlacedField key={placed.field} placed={placed} isHidden={later.isFolded(section, placed)}>
              <FormField {...field(placed.field)} />
            </PlacedField>
          ))}
          {section.key === 'identity' && mayForAll(me, 'clients.assign') && (
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
          <ShowLater section={section} later={later} />
        </SectionFields>
      ))}
      <SectionFrame title={t`Atendimento`}>
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

type Placed = Section['fields'][number];

interface LaterFields {
  readonly isFolded: (section: Section, placed: Placed) => boolean;
  readonly show: (section: Section) => void;
}

/** On a phone, fields that are asked last are folded away, section by section, while they are empty. */
function useLaterFields(values: FormValues, errors: Partial<Record<string, string>>): LaterFields {
  const isPhone = useIsPhone();
  const [shown, setShown] = useState<ReadonlySet<Section['key']>>(new Set());
  return {
    isFolded: ({ key }, { field, isLater }) =>
      isPhone && isLater === true && !shown.has(key) && values[field] === '' && errors[field] === undefined,
    show: ({ key }) => {
      setShown((before) => new Set([...before, key]));
    },
  };
}

interface PlacedFieldProps {
  readonly placed: Placed;
  readonly isHidden: boolean;
  readonly children: ReactNode;
}

const PlacedField = ({ placed: { width, isPaired }, isHidden, children }: PlacedFieldProps) => (
  <div style={{ '--width': width } as CSSProperties} data-paired={isPaired === true ? '' : undefined} hidden={isHidden}>
    {children}
  </div>
);

/** The button for the folded fields of a section, which names them. Focuses the first one. */
function ShowLater({ section, later }: { readonly section: Section; readonly later: LaterFields }) {
  const { labelOf } = useFieldLabels();
  const area = useRef<HTMLDivElement>(null);
  const folded = section.fields.filter((placed) => later.isFolded(section, placed));
  const names = folded.map(({ field }) => labelOf(field)).join(', ');
  return (
    <div ref={area} className={styles['form-later']} hidden={folded.length === 0}>
      <Button
        variant="quiet"
        icon={<IconPlus size="1.125rem" aria-hidden="true" />}
        onClick={() => {
          const [first] = folded;
          flushSync(() => {
            later.show(section);
          });
          const { parentElement } = area.current ?? {};
          parentElement?.querySelector<HTMLElement>(`[name="${first?.field ?? ''}"]`)?.focus();
        }}
      >
        {names}
      </Button>
    </div>
  );
}

const guardianFields = textFields.filter((field) => field.startsWith('guardian.'));

/** Minors have a guardian; a guardian on record is shown at any age. */
function needsGuardian(values: FormValues, day: string): boolean {
  const birth = readBirthDate(values.dateOfBirth);
  const isUnderAge = birth !== undefined && isMinor(birth, day);
  return isUnderAge || guardianFields.some((field) => values[field] !== '');
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
  const title = i18n._(sectionTitles[section.key]);
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
  const day = today(useClinicTimeZone());
  const similar = useSimilarClients(values, base, client?.id);
  // What the form began with may be the clinic's own city, which the client's CEP replaces.
  const postal = usePostalFill(form.setValues, client === undefined ? placeOf(base) : undefined);
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
  const takeInto =
    (field: FormText) =>
    (text: string): void => {
      form.set(field, text);
    };
  const showHint = (field: FormText): ReactNode => {
    const birth = field === 'dateOfBirth' ? readBirthDate(values.dateOfBirth) : undefined;
    if (birth !== undefined && !Number.isNaN(Date.parse(birth)) && ageOn(birth, day) >= 0)
      return describeAge(birth, day);
    if (field === 'address.postalCode' && postal.place !== undefined)
      return describePlace({ city: postal.place.city ?? null, state: postal.place.state });
    const found = postal.suggest(field, values[field]);
    if (found !== undefined && values[field] !== '') return <Proposal text={found} onTake={takeInto(field)} />;
    const areaCode = form.completedBy(field);
    if (areaCode !== undefined) return <Trans>Completado com o DDD {areaCode} da clínica.</Trans>;
    if (field === 'phone' && form.sharesPhone) return <Trans>Telefone compartilhado com a família.</Trans>;
    const proper = isName(field) ? makeProperName(values[field], field !== 'lastName') : values[field];
    if (proper !== values[field] && form.isLeft(field)) return <Proposal text={proper} onTake={takeInto(field)} />;
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

interface ProposalProps {
  readonly text: string;
  readonly onTake: (text: string) => void;
}

/** What would stand in the field if nobody had typed something else. */
const Proposal = ({ text, onTake }: ProposalProps) => (
  <TextButton
    onClick={() => {
      onTake(text);
    }}
  >
    <Trans>Usar “{text}”</Trans>
  </TextButton>
);

const placeOf = (values: FormValues) => ({ city: values['address.city'], state: values['address.state'] });

const isName = (field: FormText): boolean => ['firstName', 'lastName', 'socialName', 'guardian.name'].includes(field);

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
