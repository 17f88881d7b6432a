import styles from './policies.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { may } from '../../../shared/permissions.ts';
import { privacyQuery } from '../../entities/clinic/privacy-queries.ts';
import { useMe } from '../../lib/me.ts';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { policiesQuery } from './policies-query.ts';
import { PolicyEditor } from './policy-editor.tsx';
import { ResponsibleForm } from './responsible-form.tsx';

/** What the clinic publishes about personal data, and who answers for it. */
export function PrivacySettingsPage() {
  const { t } = useLingui();
  return (
    <Page
      title={t`Privacidade e termos de uso`}
      width="text"
      parent={{ to: '/configuracoes', label: t`Configurações` }}
    >
      {may(useMe().role, 'clinic.manage') ? (
        <Settings />
      ) : (
        <EmptyState tone="neutral" icon={<IconLock />} title={t`Esta página é de quem administra a clínica`}>
          <Trans>O que a clínica publicou está no endereço que vai nas mensagens aos clientes.</Trans>
        </EmptyState>
      )}
    </Page>
  );
}

function Settings() {
  const privacy = useQuery(privacyQuery);
  const policies = useQuery(policiesQuery);
  const error = privacy.error ?? policies.error;
  if (privacy.data === undefined || policies.data === undefined)
    return error === null ? (
      <SkeletonRows rows={6} />
    ) : (
      <FailureState
        error={error}
        onRetry={() => {
          void privacy.refetch();
          void policies.refetch();
        }}
      />
    );
  const { settings, etag } = privacy.data;
  const isPublished = policies.data.length > 0;
  return (
    <div className={styles['sections']}>
      <p>
        {isPublished ? (
          <Trans>
            O que está publicado pode ser lido por qualquer pessoa em{' '}
            <a href={settings.publicPath} translate="no">
              {settings.publicPath}
            </a>
            . A página de confirmação de horários leva até lá.
          </Trans>
        ) : (
          <Trans>
            Nada está publicado ainda. Os modelos são um começo: leia, adapte e peça a opinião de quem orienta a
            clínica.
          </Trans>
        )}
      </p>
      <ResponsibleForm key={etag} settings={settings} etag={etag} />
      <PolicyEditor kind="privacy" versions={policies.data} />
      <PolicyEditor kind="terms" versions={policies.data} />
    </div>
  );
}
