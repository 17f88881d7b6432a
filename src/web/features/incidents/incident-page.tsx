import styles from './incidents.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/contracts/incidents.ts';
import { formatField } from '../../entities/client/format-field.ts';
import { privacyQuery } from '../../entities/clinic/privacy-queries.ts';
import { useProfessionalNames } from '../../entities/professional/professional-queries.ts';
import { formatMoment, formatPhone, formatPlainDate } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FailureState } from '../../ui/states.tsx';
import { incidentQuery } from './incident-queries.ts';
import { ReportForm } from './report-form.tsx';
import { Touched } from './touched.tsx';

/** One incident: by when to tell, whom it touched, and what the authority asks for. */
export function IncidentPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/app/incidentes/$id' });
  const { data, error, refetch } = useQuery(incidentQuery(id));
  return (
    <Page
      title={t`Incidente`}
      width="text"
      parent={{ to: '/incidentes', label: t`Incidentes com dados` }}
      primary={
        data !== undefined && (
          <Button
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
      {data !== undefined ? (
        <div className={styles['sections']}>
          <About incident={data.incident} />
          <Deadlines incident={data.incident} />
          <Touched incident={data.incident} />
          <ReportForm key={data.etag} incident={data.incident} etag={data.etag} />
          <Responsible />
        </div>
      ) : error !== null ? (
        <FailureState error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={6} />
      )}
    </Page>
  );
}

function About({ incident }: { readonly incident: Incident }) {
  const timeZone = useClinicTimeZone();
  const { accountId, address, deviceId, from, to, description } = incident;
  const findName = useProfessionalNames();
  const [begin, end] = [formatMoment(from, timeZone), formatMoment(to, timeZone)];
  return (
    <div>
      <p translate="no">{description}</p>
      <p className={styles['note']}>
        <Trans>
          de {begin} a {end}
        </Trans>
        {accountId !== null && (
          <>
            {' · '}
            <Trans>
              conta de <span translate="no">{findName(accountId) ?? '…'}</span>
            </Trans>
          </>
        )}
        {deviceId !== null && (
          <>
            {' · '}
            <Trans>um aparelho</Trans>
          </>
        )}
        {address !== null && (
          <>
            {' · '}
            <span translate="no">{address}</span>
          </>
        )}
      </p>
    </div>
  );
}

function Deadlines({ incident: { deadlines, knownOn } }: { readonly incident: Incident }) {
  const { t } = useLingui();
  const { businessDays, tellBy, supplementBy, keepUntil } = deadlines;
  const known = formatPlainDate(knownOn);
  const rows: readonly (readonly [string, string])[] = [
    [t`Comunicar a ANPD e as pessoas até`, tellBy],
    [t`Completar as informações até`, supplementBy],
    [t`Este registro fica até`, keepUntil],
  ];
  return (
    <section className={styles['section']} aria-label={t`Prazos`}>
      <h2>
        <Trans>Prazos</Trans>
      </h2>
      <dl className={styles['deadlines']}>
        {rows.map(([name, day]) => (
          <div key={name}>
            <dt className={styles['note']}>{name}</dt>
            <dd>{formatPlainDate(day)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['note']}>
        <Trans>
          {businessDays} dias úteis a partir de {known}, quando a clínica soube, e mais 20 para o que ainda não se sabia
          (Resolução CD/ANPD 15/2024). Contam-se só feriados nacionais. Comunica-se o que pode trazer risco ou dano
          relevante; o registro fica de qualquer modo.
        </Trans>
      </p>
    </section>
  );
}

/** Controller and officer, whom the communication names. */
function Responsible() {
  const { t } = useLingui();
  const { clinic } = useMe();
  const { data } = useQuery(privacyQuery);
  if (data === undefined) return null;
  const { controllerName, controllerDocument, controllerAddress, officerName, officerEmail, officerPhone } =
    data.settings;
  const join = (parts: readonly (string | null)[]): ReactNode => parts.filter((part) => part !== null).join(' · ');
  return (
    <section className={styles['section']} aria-label={t`Controlador e encarregado`}>
      <h2>
        <Trans>Controlador e encarregado</Trans>
      </h2>
      <p translate="no">
        {join([
          controllerName ?? clinic.name,
          controllerDocument === null ? null : formatField('document', controllerDocument),
          controllerAddress,
        ])}
      </p>
      {officerName === null && officerEmail === null ? (
        <p className={styles['note']}>
          <Trans>O encarregado ainda não foi indicado, em Configurações, Privacidade e termos de uso.</Trans>
        </p>
      ) : (
        <p translate="no">
          {join([officerName, officerEmail, officerPhone === null ? null : formatPhone(officerPhone)])}
        </p>
      )}
    </section>
  );
}
