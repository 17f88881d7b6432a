import styles from './consents.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPrinter } from '@tabler/icons-react';
import type { Client } from '../../../shared/contracts/clients.ts';
import type { ConsentText } from '../../../shared/contracts/consents.ts';
import { isMinor } from '../../../shared/format.ts';
import { clientQuery } from '../../entities/client/client-queries.ts';
import { useFieldLabels } from '../../entities/client/field-labels.ts';
import { formatField } from '../../entities/client/format-field.ts';
import { clinicQuery } from '../../entities/clinic/clinic-queries.ts';
import { privacyQuery } from '../../entities/clinic/privacy-queries.ts';
import { consentTextsQuery } from '../../entities/consent/consent-queries.ts';
import { useNameOnPaper } from '../../entities/professional/name-on-paper.ts';
import { civilName, formatDate, formatPlainDate, fullName, today } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Button } from '../../ui/button.tsx';
import { FormattedText } from '../../ui/formatted-text.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FailureState } from '../../ui/states.tsx';
import { Verbatim } from '../../ui/verbatim.tsx';

/** A text on paper, for the client or their guardian to sign. */
export function ConsentPrintPage() {
  const { t } = useLingui();
  const { id, textId } = useParams({ from: '/app/clientes/$id/termo/$textId' });
  const client = useQuery(clientQuery(id));
  const texts = useQuery(consentTextsQuery);
  const text = texts.data?.find((each) => each.id === textId);
  const error = client.error ?? texts.error;
  return (
    <Page
      title={text?.title ?? t`Termo de consentimento`}
      parent={{ to: '/clientes/$id', params: { id }, label: t`Cadastro` }}
      width="text"
      primary={
        text !== undefined && (
          <Button
            variant="primary"
            icon={<IconPrinter size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              print();
            }}
          >
            <Trans>Imprimir</Trans>
          </Button>
        )
      }
    >
      {client.data !== undefined && text !== undefined ? (
        <Sheet client={client.data.client} text={text} />
      ) : error !== null ? (
        <FailureState
          error={error}
          onRetry={() => {
            void client.refetch();
            void texts.refetch();
          }}
        />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </Page>
  );
}

function Sheet({ client, text }: { readonly client: Client; readonly text: ConsentText }) {
  const timeZone = useClinicTimeZone();
  const professional = useNameOnPaper(client.professionalId);
  const { labelOf } = useFieldLabels();
  const { dateOfBirth, guardian, document } = client;
  const isUnderAge = dateOfBirth !== null && isMinor(dateOfBirth, today(timeZone));
  const written = formatDate(text.createdAt, timeZone);
  return (
    <article className={styles['sheet']}>
      <Head />
      <h2 className={styles['title']} translate="no">
        {text.title}
      </h2>
      <p>
        <Trans>
          Cliente: <strong translate="no">{fullName(client)}</strong>
        </Trans>
        {fullName(client) !== civilName(client) && (
          <>
            {' · '}
            <Trans>
              Nome civil: <Verbatim>{civilName(client)}</Verbatim>
            </Trans>
          </>
        )}
        {document !== null && (
          <>
            {' '}
            · {labelOf('document')} {formatField('document', document)}
          </>
        )}
        {dateOfBirth !== null && (
          <>
            {' · '}
            <Trans>nascimento {formatPlainDate(dateOfBirth)}</Trans>
          </>
        )}
      </p>
      {professional !== undefined && (
        <p>
          <Trans>
            Profissional: <span translate="no">{professional}</span>
          </Trans>
        </p>
      )}
      <FormattedText text={text.body} level={3} />
      <div className={styles['choices']}>
        <p>
          <Trans>☐ Autorizo</Trans>
        </p>
        <p>
          <Trans>☐ Não autorizo</Trans>
        </p>
      </div>
      <div className={styles['signatures']}>
        <p className={styles['signature']}>
          <Trans>Lugar e data</Trans>
        </p>
        <p className={styles['signature']}>
          {isUnderAge ? (
            <Trans>
              Responsável (nome, CPF e parentesco): <span translate="no">{guardian.name ?? ''}</span>
            </Trans>
          ) : (
            <Trans>
              Cliente: <span translate="no">{fullName(client)}</span>
            </Trans>
          )}
        </p>
      </div>
      <p className={styles['note']}>
        <Trans>
          Versão {text.version}, de {written}.
        </Trans>
      </p>
    </article>
  );
}

/** Who asks: the clinic, as it presents itself, and who answers for the data. */
function Head() {
  const { data: clinic } = useQuery(clinicQuery);
  const { data: privacy } = useQuery(privacyQuery);
  if (clinic === undefined) return null;
  const { name, address, city, state } = clinic.clinic;
  const place = [address, city, state].filter((part) => part !== null).join(', ');
  const { controllerName = null, controllerDocument = null } = privacy?.settings ?? {};
  const controller = [controllerName, controllerDocument === null ? null : formatField('document', controllerDocument)];
  return (
    <header className={styles['head']} translate="no">
      <strong>{name}</strong>
      {place !== '' && <span className={styles['note']}>{place}</span>}
      {controllerName !== null && (
        <span className={styles['note']}>{controller.filter((part) => part !== null).join(' · ')}</span>
      )}
    </header>
  );
}
