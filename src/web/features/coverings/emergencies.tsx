import styles from './coverings.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconUrgent } from '@tabler/icons-react';
import { useState } from 'react';
import type { EmergencyAccess } from '../../../shared/contracts/emergencies.ts';
import { may } from '../../../shared/permissions.ts';
import { api } from '../../lib/api.ts';
import { formatDay, formatMoment, formatTime } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FailureState } from '../../ui/states.tsx';
import { toastFailure } from '../../ui/toast.tsx';
import { emergenciesQuery, refreshCoverings } from '../../entities/covering/covering-queries.ts';
import { EmergencyDialog } from './emergency-dialog.tsx';

/** Accesses to colleagues' clients: one's own, those to one's clients, and for administrators all, to be reviewed. */
export function Emergencies() {
  const { t } = useLingui();
  const me = useMe();
  const query = useQuery(emergenciesQuery);
  const [isOpening, setOpening] = useState(false);
  return (
    <section className={styles['section']} aria-label={t`Acesso de emergência`}>
      <h2 className={styles['title']}>
        <Trans>Acesso de emergência</Trans>
      </h2>
      <p className={styles['note']}>
        <Trans>
          Abre por quatro horas a ficha de um cliente de outra pessoa. Quem atende o cliente é avisado na hora, e o
          acesso fica em aberto até que a administração o reveja.
        </Trans>
      </p>
      {query.data === undefined ? (
        query.error === null ? (
          <SkeletonRows rows={2} />
        ) : (
          <FailureState error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : query.data.length === 0 ? (
        <p>
          <Trans>Nenhum acesso de emergência.</Trans>
        </p>
      ) : (
        <ul className={styles['list']}>
          {query.data.map((access) => (
            <AccessRow key={access.id} access={access} />
          ))}
        </ul>
      )}
      {may(me, 'clients.emergency') && (
        <Button
          icon={<IconUrgent size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setOpening(true);
          }}
        >
          <Trans>Abrir em emergência</Trans>
        </Button>
      )}
      {isOpening && (
        <EmergencyDialog
          onClose={() => {
            setOpening(false);
          }}
        />
      )}
    </section>
  );
}

function AccessRow({ access }: { readonly access: EmergencyAccess }) {
  const { t } = useLingui();
  const me = useMe();
  const timeZone = useClinicTimeZone();
  const { id, client, professional, owner, reason, openedAt, expiresAt, reviewedAt, reviewedBy } = access;
  const review = async (): Promise<void> => {
    try {
      await api('POST /emergency-accesses/{id}/review', { params: { id } });
    } catch (error) {
      toastFailure(error);
    } finally {
      void refreshCoverings();
    }
  };
  const at = (moment: string): string => formatMoment(moment, timeZone);
  const isOneDay = formatDay(openedAt, timeZone) === formatDay(expiresAt, timeZone);
  const expires = isOneDay ? formatTime(expiresAt, timeZone) : at(expiresAt);
  const [opened, reviewed] = [at(openedAt), reviewedAt === null ? '' : at(reviewedAt)];
  const [professionalName, ownerName, reviewer] = [professional.name, owner.name, reviewedBy?.name ?? ''];
  const clientName = client.name;
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>
          {clientName === null ? (
            <Trans>
              {professionalName} abriu um cliente de {ownerName}
            </Trans>
          ) : (
            <Trans>
              {professionalName} abriu{' '}
              <Link to="/clientes/$id" params={{ id: client.id }} translate="no">
                {clientName}
              </Link>
              , cliente de {ownerName}
            </Trans>
          )}
        </span>
        <span className={styles['note']}>
          <Trans>
            {opened}, até {expires}
          </Trans>
        </span>
        {reason !== '' && (
          <span className={styles['note']} translate="no">
            {reason}
          </span>
        )}
        {reviewedAt !== null && (
          <span className={styles['note']}>
            <Trans>
              Revisto em {reviewed} por {reviewer}
            </Trans>
          </span>
        )}
      </span>
      <Badge tone={reviewedAt === null ? 'warning' : 'neutral'} size="small">
        {reviewedAt === null ? t`Em aberto` : t`Revisto`}
      </Badge>
      {reviewedAt === null && may(me, 'emergencies.review') && professional.id !== me.id && (
        <Button onClick={() => void review()} aria-label={t`Marcar como revisto o acesso de ${professionalName}`}>
          <Trans>Marcar como revisto</Trans>
        </Button>
      )}
    </li>
  );
}
