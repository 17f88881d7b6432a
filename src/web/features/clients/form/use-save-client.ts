import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { Client, ClientInput, ClientPatch } from '../../../../shared/contracts/clients.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { ApiError, isOffline } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { queryClient } from '../../../lib/query.ts';
import { clientQuery, type VersionedClient } from '../../../entities/client/client-queries.ts';
import { changeClient, createClient } from '../client-changes.ts';
import { findDuplicate } from './duplicate-notice.tsx';
import type { FormValues } from './form-fields.ts';
import { errorsByField } from './form-validation.ts';
import type { ClientForm } from './use-client-form.ts';

interface Saving {
  readonly form: ClientForm;
  readonly id: string | undefined;
  readonly etag: string | undefined;
  readonly idempotencyKey: string;
  /** Called when the server refused the request: the next attempt needs another idempotency key. */
  readonly onAnswered: () => void;
  readonly onSaved: (client: Client) => void;
  /** Whether the newer version did not touch what is being changed: then the change is sent again for that version. */
  readonly mayOverwrite?: (current: Client) => boolean;
}

/** Focuses the first field with an error, in the next frame: by then the errors must be rendered. */
function focusFirstError(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[data-client-form] [aria-invalid=true]')?.focus();
  });
}

/** Shows a problem at its fields. @returns false if it belongs to no field */
function showProblem(form: ClientForm, problem: Problem): boolean {
  const duplicate = findDuplicate(problem);
  if (duplicate === undefined && problem.errors === undefined) return false;
  flushSync(() => {
    if (duplicate !== undefined) form.setDuplicate(duplicate);
    else if (problem.errors !== undefined) form.setErrors(errorsByField(problem.errors));
  });
  focusFirstError();
  return true;
}

/** Saves the form. Handles every outcome: saved, invalid, duplicate, stale, no connection. */
export function useSaveClient({ form, id, etag, idempotencyKey, onAnswered, onSaved, mayOverwrite }: Saving) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [current, setCurrent] = useState<VersionedClient>();

  const send = (body: ClientInput | ClientPatch, version: string | undefined): Promise<Client> =>
    id === undefined ? createClient(body as ClientInput, idempotencyKey) : changeClient(id, body, version ?? '');

  const explain = async (error: unknown, body: ClientInput | ClientPatch): Promise<void> => {
    if (!(error instanceof ApiError)) {
      setFailure(
        isOffline(error)
          ? t`Sem conexão: nada se perdeu do que você escreveu. Salve de novo quando a internet voltar.`
          : failureText(error),
      );
      return;
    }
    if (error.status < 500) onAnswered();
    if (error.status === 412 && id !== undefined) {
      const now = await queryClient.query({ ...clientQuery(id), staleTime: 0 });
      if (mayOverwrite?.(now.client) === true) onSaved(await send(body, now.etag));
      else setCurrent(now);
    } else if (!showProblem(form, error.problem)) setFailure(failureText(error));
  };

  /** `values`, `base` and `version` replace the form's own after a stale edit was settled. */
  const save = async (values: FormValues = form.values, base?: FormValues, version = etag): Promise<void> => {
    setFailure(undefined);
    setCurrent(undefined);
    const checked = form.read(values, base);
    if ('errors' in checked) {
      form.setErrors(checked.errors);
      focusFirstError();
      return;
    }
    const body = { ...checked.body, ...(form.sharesPhone && { allowSharedPhone: true }) };
    setBusy(true);
    try {
      onSaved(await send(body, version));
    } catch (error) {
      await explain(error, body).catch((second: unknown) => {
        setFailure(failureText(second));
      });
    } finally {
      setBusy(false);
    }
  };
  return {
    save,
    isBusy,
    failure,
    /** The current version of the record, if somebody else changed it meanwhile. */
    current,
    dismissCurrent: () => {
      setCurrent(undefined);
    },
  };
}
