import styles from './policies.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Policy, PolicyKind } from '../../../shared/contracts/policies.ts';
import { api } from '../../lib/api.ts';
import { formatDate } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { useSave } from '../../lib/use-save.ts';
import { Button } from '../../ui/button.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { FormattedText } from '../../ui/formatted-text.tsx';
import { useLeaveGuard } from '../../ui/leave-guard.tsx';
import { toast } from '../../ui/toast.tsx';
import { policyDrafts } from './drafts.ts';
import { policiesQuery } from './policies-query.ts';

interface PolicyEditorProps {
  readonly kind: PolicyKind;
  /** Of both kinds, the newest first. */
  readonly versions: readonly Policy[];
}

/** The notice or the terms: what is published, and the next version. */
export function PolicyEditor({ kind, versions }: PolicyEditorProps) {
  const { t } = useLingui();
  const known = versions.filter((version) => version.kind === kind);
  const latest = known.find(({ isLatest }) => isLatest);
  const [text, setText] = useState<string>();
  const { isBusy, errors, save } = useSave();
  const start = latest?.body ?? policyDrafts[kind];
  const { leave, question } = useLeaveGuard({ wouldLose: () => text !== undefined && text !== start });
  const title = kind === 'privacy' ? t`Aviso de privacidade` : t`Termos de uso`;
  const publish = async (): Promise<void> => {
    const isSaved = await save(async () => {
      await api('POST /policies', { body: { kind, body: text ?? '' } });
      await queryClient.invalidateQueries({ queryKey: policiesQuery.queryKey });
    });
    if (!isSaved) return;
    setText(undefined);
    toast({ message: t`${title}: publicado.` });
  };
  return (
    <section className={styles['section']} aria-label={title}>
      <h2>{title}</h2>
      {text === undefined ? (
        <>
          <Published versions={known} />
          <div>
            <Button
              aria-label={latest === undefined ? t`${title}: começar pelo modelo` : t`${title}: nova versão`}
              onClick={() => {
                setText(start);
              }}
            >
              {latest === undefined ? <Trans>Começar pelo modelo</Trans> : <Trans>Nova versão</Trans>}
            </Button>
          </div>
        </>
      ) : (
        <form
          noValidate
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isBusy) void publish();
          }}
        >
          <TextAreaField
            label={t`${title}, em texto`}
            hint={t`Uma linha que começa com “# ” é um título; com “- ”, um item de lista.`}
            rows={18}
            maxLength={50_000}
            error={errors['body'] ?? errors['']}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <details>
            <summary>
              <Trans>Como vai aparecer</Trans>
            </summary>
            <FormattedText text={text} level={3} />
          </details>
          <div className={styles['actions']}>
            <Button type="submit" variant="primary" busy={isBusy}>
              <Trans>Publicar</Trans>
            </Button>
            <Button
              onClick={() => {
                leave(() => {
                  setText(undefined);
                });
              }}
            >
              <Trans>Descartar</Trans>
            </Button>
          </div>
        </form>
      )}
      {question}
    </section>
  );
}

function Published({ versions }: { readonly versions: readonly Policy[] }) {
  return (
    <>
      {versions.map((version) => (
        <Version key={version.id} policy={version} />
      ))}
    </>
  );
}

function Version({ policy: { version, publishedAt, body } }: { readonly policy: Policy }) {
  const day = formatDate(publishedAt, useClinicTimeZone());
  return (
    <details>
      <summary>
        <Trans>
          Versão {version}, publicada em {day}
        </Trans>
      </summary>
      <FormattedText text={body} level={3} />
    </details>
  );
}
