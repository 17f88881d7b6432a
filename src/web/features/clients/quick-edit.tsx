import './form-page.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { clientQuery, type VersionedClient } from './client-api.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';
import { FormField } from './form-field.tsx';
import type { TextField } from './form-fields.ts';
import { sameField, valuesOf } from './form-model.ts';
import { useClientForm } from './use-client-form.ts';
import { useSaveClient } from './use-save-client.ts';

interface QuickEditProps {
  readonly field: TextField;
  readonly versioned: VersionedClient;
  readonly onDone: () => void;
}

/** One field of the card, corrected in its place by the rules of the whole form. */
export function QuickEdit({ field, versioned, onDone }: QuickEditProps) {
  const { t } = useLingui();
  const area = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  // The version this edit began with, also when the card is read again meanwhile.
  const [{ client, etag }] = useState(versioned);
  const [base] = useState(() => valuesOf(client));
  const form = useClientForm({ base, id: client.id, choosesProfessional: false }, base);
  const done = (): void => {
    onDone();
    returnFocus(field);
  };
  const { save, isBusy, failure, current } = useSaveClient({
    form,
    id: client.id,
    etag,
    idempotencyKey: '',
    onAnswered: () => void queries.invalidateQueries({ queryKey: clientQuery(client.id).queryKey }),
    onSaved: done,
    mayOverwrite: (newer) => sameField(field, base, valuesOf(newer)),
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
  const newer = current && valuesOf(current.client)[field];
  const stale = newer !== undefined && t`Outra pessoa mudou para “${newer}”. Salve de novo para trocar.`;
  return (
    <form
      ref={area}
      className="client-form quick-edit"
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
        if (form.values[field] === base[field]) done();
        else if (!isBusy) void (current === undefined ? save() : save(form.values, undefined, current.etag));
      }}
    >
      <FormField
        field={field}
        value={form.values[field]}
        error={form.errors.fields[field] ?? duplicate ?? failure ?? stale}
        onChange={(value) => {
          form.set(field, value);
        }}
      />
      <div className="quick-edit-bar">
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

/** The pencil of the field, once it is drawn again. */
function returnFocus(field: TextField): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-field="${field}"]`)?.focus();
  });
}
