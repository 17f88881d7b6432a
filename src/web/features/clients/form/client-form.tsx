import parts from './form-parts.module.css';
import styles from './client-form.module.css';
import { Trans } from '@lingui/react/macro';
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { IconAlertCircle, IconCloudOff } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { may } from '../../../../shared/permissions.ts';
import { useGoBack } from '../../../lib/go-back.ts';
import { useIsAway } from '../../../lib/connection.ts';
import { meQuery, useMe } from '../../../lib/me.ts';
import { Button } from '../../../ui/button.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { useIsPhone } from '../../../ui/screen.ts';
import { ClientFields } from './client-fields.tsx';
import type { FormValues } from './form-fields.ts';
import { changedFields, toFormValues } from './form-model.ts';
import { StaleDialog } from './stale-dialog.tsx';
import { isSettled, mergeStaleEdit } from './stale-edit.ts';
import { type ClientForm, useClientForm } from './use-client-form.ts';
import { deleteDraft, useStoreDraft } from './use-form-draft.ts';
import { randomId } from '../../../lib/random-id.ts';
import { useSaveClient } from './use-save-client.ts';

interface ClientFormProps {
  /** The client that is edited; none for a new one. */
  readonly client?: Client;
  readonly base: FormValues;
  readonly start: FormValues;
  readonly etag?: string;
  readonly idempotencyKey: string | undefined;
  readonly onSaved?: (saved: Client) => void;
  /** For new clients: whether the next one follows, which is then called with the saved one. */
  readonly another?: AnotherClient;
}

interface AnotherClient {
  readonly isWanted: boolean;
  readonly onWant: (isWanted: boolean) => void;
  readonly onSaved: (saved: Client) => void;
  /** Whether this form follows another one, whose place the focus was in. */
  readonly isNext: boolean;
}

/** The form with its save bar, its draft, and what can come between typing and saving. */
export function ClientFormView({ client, base, start, etag, idempotencyKey, onSaved, another }: ClientFormProps) {
  const me = useMe();
  const id = client?.id;
  const [key, setKey] = useState(() => idempotencyKey ?? randomId());
  const form = useClientForm({ base, id, choosesProfessional: !may(me.role, 'clients.treat') }, start);
  useProposals(form, id === undefined ? base : undefined);
  const isChanged = changedFields(base, form.values).length > 0;
  const { isDone, finish } = useFinish(id);
  const showClient = useShowClient();
  const { save, isBusy, failure, current, dismissCurrent } = useSaveClient({
    form,
    id,
    etag,
    idempotencyKey: key,
    onAnswered: () => {
      setKey(randomId());
    },
    onSaved: (saved) => {
      finish();
      onSaved?.(saved);
      if (another?.isWanted === true) another.onSaved(saved);
      else showClient(saved);
    },
    // If nobody else changed a field of this form, there is nothing to choose and the change is sent again.
    mayOverwrite: (newer) => isSettled(mergeStaleEdit(base, form.values, toFormValues(newer))),
  });
  const kept = id === undefined ? {} : { base, ...(etag !== undefined && { etag }) };
  useStoreDraft({ clientId: id, isChanged, owner: me.id, values: form.values, idempotencyKey: key, ...kept });
  const isPhone = useIsPhone();
  const area = useFocusOnArrival(id === undefined, another?.isNext === true);
  return (
    <form
      ref={area}
      className={parts['client-form']}
      data-client-form=""
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void save();
      }}
    >
      <AwayNotice />
      <ClientFields form={form} base={base} client={client} me={me} />
      {isPhone && another !== undefined && <AnotherChoice another={another} />}
      <SaveBar
        isBusy={isBusy}
        failures={[...(failure === undefined ? [] : [failure]), ...form.errors.other]}
        another={isPhone ? undefined : another}
      />
      {current !== undefined && (
        <StaleDialog
          base={base}
          mine={form.values}
          current={toFormValues(current.client)}
          onClose={dismissCurrent}
          onSave={(settled) => {
            form.setValues(settled);
            void save(settled, toFormValues(current.client), current.etag);
          }}
        />
      )}
      <LeaveGuard wouldLose={() => isChanged && !isDone.current} onDiscard={finish} />
    </form>
  );
}

const proposedFields = ['address.city', 'address.state', 'professionalId'] as const;

/** Fills in what a new client is proposed once that is known, where the form is still empty. */
function useProposals(form: ClientForm, base: FormValues | undefined): void {
  const fill = useEffectEvent(() => {
    for (const field of proposedFields) {
      const value = base?.[field] ?? '';
      if (form.values[field] === '' && value !== '') form.set(field, value);
    }
  });
  const proposal = proposedFields.map((field) => base?.[field]).join('\n');
  useEffect(() => {
    fill();
  }, [proposal]);
}

/** `finish` is called once the text is saved or discarded: then leaving no longer asks, and the draft is deleted. */
function useFinish(id: string | undefined) {
  const isDone = useRef(false);
  return {
    isDone,
    finish: (): void => {
      isDone.current = true;
      deleteDraft(id);
    },
  };
}

/** Says before the form is filled in that it cannot be saved now. What is typed stays in this tab meanwhile. */
function AwayNotice() {
  const queries = useQueryClient();
  const isAway = useIsAway();
  useEffect(() => {
    // Asks the server if nothing else has lately.
    queries.query({ ...meQuery, staleTime: 30_000, retry: false }).catch(() => undefined);
  }, [queries]);
  if (!isAway) return null;
  return (
    <p className={styles['form-away']} role="status">
      <IconCloudOff size="1.25rem" aria-hidden="true" />
      <Trans>
        Sem conexão, este formulário não pode ser salvo agora. O que você escrever fica nesta aba até a internet voltar.
      </Trans>
    </p>
  );
}

function AnotherChoice({ another: { isWanted, onWant } }: { readonly another: AnotherClient }) {
  return (
    <label className={styles['form-another']}>
      <input
        type="checkbox"
        checked={isWanted}
        onChange={(event) => {
          onWant(event.target.checked);
        }}
      />
      <Trans>Salvar e cadastrar outro</Trans>
    </label>
  );
}

interface SaveBarProps {
  readonly isBusy: boolean;
  /** What belongs to no field: shown where the button that was pressed is. */
  readonly failures: readonly string[];
  /** Asked for here where there is room; on a phone at the end of the form. */
  readonly another: AnotherClient | undefined;
}

function SaveBar({ isBusy, failures, another }: SaveBarProps) {
  const router = useRouter();
  const goBack = useGoBack();
  return (
    <div className={styles['save-bar']}>
      {failures.map((message) => (
        <Failure key={message} message={message} />
      ))}
      {another !== undefined && <AnotherChoice another={another} />}
      <Button
        onClick={() => {
          if (router.history.canGoBack()) goBack();
          else void router.navigate({ to: '/clientes' });
        }}
      >
        <Trans>Cancelar</Trans>
      </Button>
      <Button type="submit" variant="primary" busy={isBusy} data-save="">
        <Trans>Salvar</Trans>
      </Button>
    </div>
  );
}

/** Focuses the first field of a new client; not on a phone, where the keyboard would cover the page. */
function useFocusOnArrival(isNew: boolean, isNext: boolean) {
  const area = useRef<HTMLFormElement>(null);
  const isPhone = useIsPhone();
  const arrive = useEffectEvent(() => {
    if (isNext || (isNew && !isPhone)) area.current?.querySelector('input')?.focus({ preventScroll: true });
  });
  useEffect(() => {
    arrive();
  }, []);
  return area;
}

/** Opens the client's card after saving, in place of the form. */
function useShowClient(): (client: Client) => void {
  const navigate = useNavigate();
  const goBack = useGoBack();
  const { isOverCard, isOverList = false } = useLocation({ select: ({ state }) => state });
  return ({ id }) => {
    if (isOverCard === true) goBack({ ignoreBlocker: true });
    else
      void navigate({
        to: '/clientes/$id',
        params: { id },
        state: (state) => ({ ...state, isOverList }),
        replace: true,
        ignoreBlocker: true,
      });
  };
}

function Failure({ message }: { readonly message: string }) {
  return (
    <p className={styles['form-failure']} role="alert">
      <IconAlertCircle size="1.25rem" aria-hidden="true" />
      {message}
    </p>
  );
}
