import './form-parts.module.css';
import styles from './quick-edit.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { clientQuery, type VersionedClient } from '../../../entities/client/client-queries.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { FormField } from './form-field.tsx';
import type { FormField as FormFieldName, FormValues } from './form-fields.ts';
import { changedFields, sameField, valuesOf } from './form-model.ts';
import { TagsField } from './tags-field.tsx';
import { useClientForm } from './use-client-form.ts';
import { useSaveClient } from './use-save-client.ts';

interface QuickEditProps {
  /** One, or a few that belong together. */
  readonly fields: readonly FormFieldName[];
  readonly versioned: VersionedClient;
  readonly onDone: () => void;
}

/** Edits a value of the card in place, by the rules of the whole form. */
export function QuickEdit({ fields, versioned, onDone }: QuickEditProps) {
  const { t } = useLingui();
  const area = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  // The version this edit began with, also when the card is read again meanwhile.
  const [{ client, etag }] = useState(versioned);
  const [base] = useState(() => valuesOf(client));
  const form = useClientForm({ base, id: client.id, choosesProfessional: false }, base);
  const done = (): void => {
    onDone();
    returnFocus(fields[0]);
  };
  const { save, isBusy, failure, current } = useSaveClient({
    form,
    id: client.id,
    etag,
    idempotencyKey: '',
    onAnswered: () => void queries.invalidateQueries({ queryKey: clientQuery(client.id).queryKey }),
    onSaved: done,
    mayOverwrite: (newer) => fields.every((field) => sameField(field, base, valuesOf(newer))),
  });
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
  const newer = current && describe(fields, valuesOf(current.client));
  const stale = newer !== undefined && t`Outra pessoa mudou para “${newer}”. Salve de novo para trocar.`;
  const general = duplicate ?? failure ?? stale;
  return (
    <form
      ref={area}
      className={classNames('client-form', styles['quick-edit'])}
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
      {fields.map((field, index) => {
        const error = form.errors.fields[field] ?? (index === 0 ? general : undefined);
        return field === 'tags' ? (
          <TagsField
            key={field}
            tags={form.values.tags}
            error={error}
            onChange={(tags) => {
              form.set(field, tags);
            }}
          />
        ) : (
          <FormField
            key={field}
            field={field}
            value={form.values[field]}
            error={error}
            onChange={(value) => {
              form.set(field, value);
            }}
          />
        );
      })}
      <div className={styles['quick-edit-bar']}>
        <Button type="submit" variant="primary" busy={isBusy}>
          <Trans>Salvar</Trans>
        </Button>
        <Button onClick={done}>
          <Trans>Cancelar</Trans>
        </Button>
      </div>
    </form>
  );
}

/** What the fields hold, as one text. */
const describe = (fields: readonly FormFieldName[], values: FormValues): string =>
  fields
    .flatMap((field) => values[field])
    .filter((text) => text !== '')
    .join(fields.includes('tags') ? ', ' : ' ');

/** The pencil of the field, once it is drawn again. */
function returnFocus(field: FormFieldName | undefined): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-field="${field ?? ''}"]`)?.focus();
  });
}
