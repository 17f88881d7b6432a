import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Client, ClientInput, ClientPatch } from '../../../shared/contracts/clients.ts';
import { ApiError, isOffline } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';
import { changeClient, clientQuery, createClient, type VersionedClient } from './client-api.ts';
import { findDuplicate } from './duplicate-notice.tsx';
import type { FormValues } from './form-fields.ts';
import { errorsByField } from './form-validation.ts';
import type { ClientForm } from './use-client-form.ts';

interface Saving {
  readonly form: ClientForm;
  readonly id: string | undefined;
  readonly etag: string | undefined;
  readonly idempotencyKey: string;
  /** The server has answered for this key: a further try is another request. */
  readonly onAnswered: () => void;
  readonly onSaved: (client: Client) => void;
}

/** Focuses the first field that has something wrong, once it is drawn. */
export function focusFirstError(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.client-form [aria-invalid=true]')?.focus();
  });
}

/** Saves the form and tells every way it can end: saved, corrected, duplicate, stale, or not now. */
export function useSaveClient({ form, id, etag, idempotencyKey, onAnswered, onSaved }: Saving) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [current, setCurrent] = useState<VersionedClient>();

  const send = (body: ClientInput | ClientPatch, version: string | undefined): Promise<Client> =>
    id === undefined ? createClient(body as ClientInput, idempotencyKey) : changeClient(id, body, version ?? '');

  const explain = async (error: unknown): Promise<void> => {
    if (!(error instanceof ApiError)) {
      setFailure(
        isOffline(error)
          ? t`Sem conexão: nada se perdeu do que você escreveu. Salve de novo quando a internet voltar.`
          : t`Algo falhou do nosso lado. Tente de novo em instantes.`,
      );
      return;
    }
    if (error.status < 500) onAnswered();
    const { problem } = error;
    const duplicate = findDuplicate(problem);
    if (duplicate !== undefined) {
      form.setDuplicate(duplicate);
      focusFirstError();
    } else if (error.status === 412 && id !== undefined) {
      setCurrent(await queryClient.query({ ...clientQuery(id), staleTime: 0 }));
    } else if (problem.errors !== undefined) {
      form.setErrors(errorsByField(problem.errors));
      focusFirstError();
    } else setFailure(problem.detail);
  };

  /** `values` and `version` stand in for the form's own after a stale edit was settled. */
  const save = async (values: FormValues = form.values, base?: FormValues, version = etag): Promise<void> => {
    setFailure(undefined);
    setCurrent(undefined);
    const checked = form.read(values, base);
    if ('errors' in checked) {
      form.setErrors(checked.errors);
      focusFirstError();
      return;
    }
    setBusy(true);
    try {
      onSaved(await send({ ...checked.body, ...(form.sharesPhone && { allowSharedPhone: true }) }, version));
    } catch (error) {
      await explain(error).catch(() => {
        setFailure(t`Sem conexão: nada se perdeu do que você escreveu. Salve de novo quando a internet voltar.`);
      });
    } finally {
      setBusy(false);
    }
  };
  return {
    save,
    isBusy,
    failure,
    /** What the record has become, when the edit was of an older version. */
    current,
    dismissCurrent: () => {
      setCurrent(undefined);
    },
  };
}
