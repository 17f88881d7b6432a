import styles from './incidents.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconLock, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { IncidentSummary } from '../../../shared/contracts/incidents.ts';
import { may } from '../../../shared/permissions.ts';
import { formatMoment, formatPlainDate, today } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { IncidentDialog } from './incident-dialog.tsx';
import { incidentsQuery } from './incident-queries.ts';
import { ShowMore } from '../../ui/show-more.tsx';

/** Incidents with personal data, for the clinic's administrators. */
export function IncidentsPage() {
  const { t } = useLingui();
  const isAllowed = may(useMe().role, 'incidents.manage');
  const [isAdding, setAdding] = useState(false);
  return (
    <Page
      title={t`Incidentes com dados`}
      width="text"
      parent={{ to: '/configuracoes', label: t`Configurações` }}
      {...(isAllowed && {
        primary: (
          <Button
            variant="primary"
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setAdding(true);
            }}
          >
            <Trans>Registrar incidente</Trans>
          </Button>
        ),
      })}
    >
      {isAllowed ? (
        <Incidents />
      ) : (
        <EmptyState tone="neutral" icon={<IconLock />} title={t`Incidentes são de quem administra a clínica`}>
          <Trans>Se algo estranho aconteceu com uma conta ou um aparelho, avise a administração na mesma hora.</Trans>
        </EmptyState>
      )}
      {isAdding && (
        <IncidentDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function Incidents() {
  const { t } = useLingui();
  const query = useInfiniteQuery(incidentsQuery);
  const incidents = query.data?.pages.flatMap((page) => page.items);
  if (incidents === undefined)
    return query.error === null ? (
      <SkeletonRows rows={4} />
    ) : (
      <FailureState error={query.error} onRetry={() => void query.refetch()} />
    );
  if (incidents.length === 0)
    return (
      <EmptyState icon={<IconAlertTriangle />} title={t`Nenhum incidente registrado`}>
        <Trans>
          Um aparelho perdido, uma conta usada por outra pessoa, um arquivo enviado a quem não devia: registre aqui,
          mesmo na dúvida. A auditoria diz que clientes foram alcançados, e esta página, até quando comunicar.
        </Trans>
      </EmptyState>
    );
  return (
    <>
      <ul className={styles['list']}>
        {incidents.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </ul>
      <ShowMore list={query} wide />
    </>
  );
}

function IncidentRow({ incident }: { readonly incident: IncidentSummary }) {
  const timeZone = useClinicTimeZone();
  const { id, description, from, to, authorityToldOn, deadlines } = incident;
  const [begin, end] = [formatMoment(from, timeZone), formatMoment(to, timeZone)];
  const [told, day] = [
    authorityToldOn === null ? '' : formatPlainDate(authorityToldOn),
    formatPlainDate(deadlines.tellBy),
  ];
  return (
    <li className={styles['item']}>
      <span className={styles['words']}>
        <Link to="/incidentes/$id" params={{ id }} className={styles['name']}>
          <span className={styles['clamped']} translate="no">
            {description}
          </span>
        </Link>
        <span className={styles['note']}>
          <Trans>
            de {begin} a {end}
          </Trans>
        </span>
      </span>
      {authorityToldOn === null ? (
        <Badge tone={deadlines.tellBy < today(timeZone) ? 'warning' : 'neutral'}>
          <Trans>Comunicar até {day}</Trans>
        </Badge>
      ) : (
        <Badge tone="success">
          <Trans>ANPD comunicada em {told}</Trans>
        </Badge>
      )}
    </li>
  );
}
