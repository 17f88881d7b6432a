import parts from './form-parts.module.css';
import styles from './quick-edit.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { clientQuery, type VersionedClient } from '../../../entities/client/client-queries.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { FormField } from './form-field.tsx';
import type { FormField as FormFieldName, FormValues } from './form-fields.ts';
import { changedFields, isSameField, toFormValues } from './form-model.ts';
import { TagsField } from './tags-field.tsx';
import { type ClientForm, useClientForm } from './use-client-form.ts';
import { useSaveClient } from './use-save-client.ts';

interface QuickEditProps {
  /** One field, or a few that belong together. */
  readonly fields: readonly FormFieldName[];
  readonly versioned: VersionedClient;
  readonly onDone: () => void;
}

/** The state of a form for a few fields, which starts with what the card shows. */
function useQuickEdit(fields: readonly FormFieldName[], versioned: VersionedClient, onSaved: () => void) {
  const queries = useQueryClient();
  // State keeps the version that the edit began with when the card is read again meanwhile.
  const [{ client, etag }] = useState(versioned);
  const [base] = useState(() => toFormValues(client));
  const form = useClientForm({ base, id: client.id, choosesProfessional: false }, base);
  const saving = useSaveClient({
    form,
    id: client.id,
    etag,
    idempotencyKey: '',
    onAnswered: () => void queries.invalidateQueries({ queryKey: clientQuery(client.id).queryKey }),
    onSaved,
    mayOverwrite: (newer) => fields.every((field) => isSameField(field, base, toFormValues(newer))),
  });
  return { form, base, ...saving };
}

/** Edits a value of the card in place, by the rules of the whole form. */
export function QuickEdit({ fields, versioned, onDone }: QuickEditProps) {
  const { t } = useLingui();
  const area = useRef<HTMLFormElement>(null);
  const leaving = useLeaving();
  const done = (): void => {
    leaving.finish();
    onDone();
    returnFocus(fields[0]);
  };
  const { form, base, save, isBusy, failure, current } = useQuickEdit(fields, versioned, done);
  useEffect(() => {
    area.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, []);
  const duplicate = form.duplicate && (
    <DuplicateNotice
      duplicate={form.duplicate}
      onShare={() => {
        form.sharePhone();
      }}
    />
  );
  const newer = current && joinValues(fields, toFormValues(current.client));
  const stale = newer !== undefined && t`Outra pessoa mudou para “${newer}”. Salve de novo para trocar.`;
  const general = duplicate ?? failure ?? stale;
  const isChanged = (): boolean =>
    changedFields(base, form.values).length > 0 || (area.current !== null && hasOpenTag(area.current));
  return (
    <>
      <form
        ref={area}
        className={classNames(parts['client-form'], styles['quick-edit'])}
        data-client-form=""
        noValidate
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          event.nativeEvent.stopImmediatePropagation();
          done();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (changedFields(base, form.values).length === 0) done();
          else if (!isBusy) void (current === undefined ? save() : save(form.values, undefined, current.etag));
        }}
      >
        {fields.map((field, index) => (
          <EditedField
            key={field}
            field={field}
            form={form}
            error={form.errors.fields[field] ?? (index === 0 ? general : undefined)}
          />
        ))}
        <div className={styles['quick-edit-bar']}>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Salvar</Trans>
          </Button>
          <Button onClick={done}>
            <Trans>Cancelar</Trans>
          </Button>
        </div>
      </form>
      {/* Outside the form, which would take the keys of the question for its own. */}
      <LeaveGuard wouldLose={() => !leaving.isDone() && isChanged()} onDiscard={discardAll} />
    </>
  );
}

/** Whether a tag is typed that neither a comma nor Enter has ended yet. */
const hasOpenTag = (form: HTMLElement): boolean =>
  (form.querySelector<HTMLInputElement>('input[name=tags]')?.value ?? '').trim() !== '';

/** The edits on the page. One answer to “leave without saving?” is for all of them. */
const openEdits = new Set<{ isDone: boolean }>();

function discardAll(): void {
  for (const edit of openEdits) edit.isDone = true;
}

/** Whether this edit is over, so that leaving loses nothing. */
function useLeaving() {
  const edit = useRef({ isDone: false });
  useEffect(() => {
    const own = edit.current;
    openEdits.add(own);
    return () => {
      openEdits.delete(own);
    };
  }, []);
  return {
    isDone: () => edit.current.isDone,
    finish: () => {
      edit.current.isDone = true;
    },
  };
}

interface EditedFieldProps {
  readonly field: FormFieldName;
  readonly form: ClientForm;
  readonly error: ReactNode;
}

function EditedField({ field, form, error }: EditedFieldProps) {
  if (field === 'tags')
    return (
      <TagsField
        tags={form.values.tags}
        error={error}
        onChange={(tags) => {
          form.set(field, tags);
        }}
      />
    );
  return (
    <FormField
      field={field}
      value={form.values[field]}
      error={error}
      onChange={(value) => {
        form.set(field, value);
      }}
    />
  );
}

/** The values of the fields as one text. */
const joinValues = (fields: readonly FormFieldName[], values: FormValues): string =>
  fields
    .flatMap((field) => values[field])
    .filter((text) => text !== '')
    .join(fields.includes('tags') ? ', ' : ' ');

/** Focuses the field's pencil, which is on the page again with the next frame. */
function returnFocus(field: FormFieldName | undefined): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-field="${field ?? ''}"]`)?.focus();
  });
}
