import styles from './form-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fullName } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { Button } from '../../../ui/button.tsx';
import { toast } from '../../../ui/toast.tsx';
import { Page } from '../../../ui/page.tsx';
import { Delayed, SkeletonShape } from '../../../ui/skeleton.tsx';
import { clientQuery, type VersionedClient } from '../../../entities/client/client-queries.ts';
import { ClientFormView } from './client-form.tsx';
import { toFormValues } from './form-model.ts';
import { fillFromSearch } from './new-client-start.ts';
import { AnonymousClient, NoClient } from '../no-client.tsx';
import { deleteDraft, useStoredDraft } from './use-form-draft.ts';
import { rememberProfessional, useNewClientBase } from './use-new-client-base.ts';

/** The form for a new client, or for changing one. */
export function ClientFormPage() {
  const { id } = useParams({ strict: false });
  return id === undefined ? <NewClientPage /> : <EditClientPage key={id} id={id} />;
}

function NewClientPage() {
  const { t } = useLingui();
  const me = useMe();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const draft = useStoredDraft(undefined, me.id);
  const [round, setRound] = useState(0);
  // The next client gets the professional of the one before.
  const [next, setNext] = useState<{ readonly isWanted: boolean; readonly professionalId?: string }>({
    isWanted: false,
  });
  const navigate = useNavigate();
  const searched = search['nome'];
  const proposed = useNewClientBase(me);
  const base = next.professionalId === undefined ? proposed : { ...proposed, professionalId: next.professionalId };
  const isFirst = next.professionalId === undefined;
  const isSearched = isFirst && (typeof searched === 'string' || typeof searched === 'number');
  const start = fillFromSearch(isSearched ? String(searched) : '', base);
  const left = round === 0 ? draft : undefined;
  return (
    <Page title={t`Novo cliente`}>
      <DraftNotice
        isShown={left !== undefined}
        onDiscard={() => {
          deleteDraft(undefined);
          setRound(round + 1);
        }}
      />
      <ClientFormView
        key={round}
        base={base}
        start={left?.values ?? start}
        idempotencyKey={left?.idempotencyKey}
        onSaved={({ professionalId }) => {
          rememberProfessional(me, professionalId);
        }}
        another={{
          isWanted: next.isWanted,
          isNext: next.professionalId !== undefined,
          onWant: (isWanted) => {
            setNext({ ...next, isWanted });
          },
          onSaved: ({ id, professionalId, ...saved }) => {
            const name = fullName(saved);
            setNext({ isWanted: true, professionalId });
            setRound(round + 1);
            scrollTo({ top: 0 });
            toast({
              message: t`${name}: cadastro salvo.`,
              action: { label: t`Abrir`, onPress: () => void navigate({ to: '/clientes/$id', params: { id } }) },
            });
          },
        }}
      />
    </Page>
  );
}

function EditClientPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { data, error, isError, refetch, isFetchedAfterMount } = useQuery({ ...clientQuery(id), staleTime: 0 });
  if (data?.client.anonymous === true)
    return (
      <Page title={t`Editar cadastro`}>
        <AnonymousClient id={id} />
      </Page>
    );
  if (data !== undefined && (isFetchedAfterMount || isError)) return <LoadedEditPage versioned={data} />;
  return (
    <Page title={t`Editar cadastro`}>
      {isError ? <NoClient error={error} onRetry={() => void refetch()} /> : <FormSkeleton />}
    </Page>
  );
}

function LoadedEditPage({ versioned }: { readonly versioned: VersionedClient }) {
  const { t } = useLingui();
  const { id: owner } = useMe();
  // State keeps the version that the edit began with when the client is read again meanwhile.
  const [{ client, etag }] = useState(versioned);
  const draft = useStoredDraft(client.id, owner);
  const [round, setRound] = useState(0);
  const left = round === 0 ? draft : undefined;
  const base = left?.base ?? toFormValues(client);
  const name = fullName(client);
  return (
    <Page title={t`Editar ${name}`}>
      <DraftNotice
        isShown={left !== undefined}
        onDiscard={() => {
          deleteDraft(client.id);
          setRound(round + 1);
        }}
      />
      <ClientFormView
        key={round}
        client={client}
        base={base}
        start={left?.values ?? base}
        etag={left?.etag ?? etag}
        idempotencyKey={undefined}
      />
    </Page>
  );
}

interface DraftNoticeProps {
  readonly isShown: boolean;
  readonly onDiscard: () => void;
}

function DraftNotice({ isShown, onDiscard }: DraftNoticeProps) {
  if (!isShown) return null;
  return (
    <div className={styles['form-notice']} role="status">
      <p>
        <Trans>Recuperamos o que você tinha escrito e não salvou.</Trans>
      </p>
      <Button variant="quiet" onClick={onDiscard}>
        <Trans>Descartar</Trans>
      </Button>
    </div>
  );
}

function FormSkeleton() {
  return (
    <Delayed>
      <div className={styles['form-skeleton']} role="status">
        <span className="visually-hidden">
          <Trans>Carregando…</Trans>
        </span>
        {Array.from({ length: 6 }, (_, index) => (
          <SkeletonShape key={index} width="100%" height="3.75rem" />
        ))}
      </div>
    </Delayed>
  );
}
