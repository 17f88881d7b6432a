import styles from './policies.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { PublicPolicies } from '../../../shared/contracts/policies.ts';
import { formatField } from '../../entities/client/format-field.ts';
import { useAction } from '../../lib/action.ts';
import { ApiError, publicApi } from '../../lib/api.ts';
import { formatDate, formatPhone } from '../../lib/format.ts';
import { FormattedText } from '../../ui/formatted-text.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { Delayed } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';

const read = async (clinic: string): Promise<PublicPolicies> =>
  clinic === ''
    ? (await publicApi('GET /public/policies', {})).body
    : (await publicApi('GET /public/policies/{clinic}', { params: { clinic } })).body;

/** What a clinic says about personal data, for anybody. */
export function PoliciesPage() {
  const { t } = useLingui();
  const { clinic = '' } = useParams({ strict: false });
  const [shown, setShown] = useState<PublicPolicies>();
  const load = useAction(read, { onDone: setShown });
  useWindowTitle(t`Privacidade`);
  const start = useEffectEvent(load.run);
  useEffect(() => {
    start(clinic);
  }, [clinic]);
  return (
    <main className={styles['page']}>
      {shown !== undefined ? (
        <Policies shown={shown} />
      ) : load.error === undefined ? (
        <Delayed>
          <p role="status">
            <Trans>Carregando…</Trans>
          </p>
        </Delayed>
      ) : load.error instanceof ApiError && load.error.status === 404 ? (
        <NothingHere isOfHost={clinic === ''} />
      ) : (
        <FailureState
          level={1}
          error={load.error}
          title={t`Não foi possível abrir`}
          onRetry={() => {
            load.run(clinic);
          }}
        />
      )}
      <p>
        <Wordmark size="1.125rem" />
      </p>
    </main>
  );
}

function NothingHere({ isOfHost }: { readonly isOfHost: boolean }) {
  const { t } = useLingui();
  return isOfHost ? (
    <EmptyState level={1} tone="neutral" title={t`Cada clínica tem o seu aviso de privacidade`}>
      <Trans>
        O endereço do aviso está nas mensagens que você recebeu da clínica. Se não o encontrar, peça à própria clínica:
        é ela que responde pelos seus dados.
      </Trans>
    </EmptyState>
  ) : (
    <EmptyState level={1} tone="neutral" title={t`Não há nada publicado neste endereço`}>
      <Trans>Confira o endereço, ou peça o aviso de privacidade à própria clínica.</Trans>
    </EmptyState>
  );
}

function Policies({ shown }: { readonly shown: PublicPolicies }) {
  const { t } = useLingui();
  const { clinicName, controller, officer, privacy, terms, timeZone } = shown;
  const controllerFacts = [
    controller.name,
    controller.document === null ? null : formatField('document', controller.document),
    controller.address,
  ];
  return (
    <>
      <header className={styles['head']}>
        <p className={styles['note']} translate="no">
          {clinicName}
        </p>
        <h1 className={styles['title']}>
          <Trans>Privacidade e termos de uso</Trans>
        </h1>
      </header>
      <dl className={styles['facts']}>
        <Fact name={t`Quem responde pelos dados (controlador)`} lines={controllerFacts} />
        <Fact
          name={t`Encarregado pelos dados pessoais`}
          lines={[
            officer.name,
            officer.email !== null && (
              <a key="mail" href={`mailto:${officer.email}`}>
                {officer.email}
              </a>
            ),
            officer.phone !== null && (
              <a key="phone" href={`tel:${officer.phone}`}>
                {formatPhone(officer.phone)}
              </a>
            ),
          ]}
        />
      </dl>
      {privacy !== null && <Text title={t`Aviso de privacidade`} policy={privacy} timeZone={timeZone} />}
      {terms !== null && <Text title={t`Termos de uso`} policy={terms} timeZone={timeZone} />}
    </>
  );
}

function Fact({ name, lines }: { readonly name: string; readonly lines: readonly ReactNode[] }) {
  const known = lines.filter((line) => line !== null && line !== false);
  if (known.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      {known.map((line, place) => (
        <dd key={place} translate="no">
          {line}
        </dd>
      ))}
    </div>
  );
}

interface TextProps {
  readonly title: string;
  readonly policy: NonNullable<PublicPolicies['privacy']>;
  readonly timeZone: string;
}

function Text({ title, policy: { body, version, publishedAt }, timeZone }: TextProps) {
  const day = formatDate(publishedAt, timeZone);
  return (
    <section className={styles['section']} aria-label={title}>
      <h2>{title}</h2>
      <FormattedText text={body} level={3} />
      <p className={styles['note']}>
        <Trans>
          Versão {version}, publicada em {day}.
        </Trans>
      </p>
    </section>
  );
}
