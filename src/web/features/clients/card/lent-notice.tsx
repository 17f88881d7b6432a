import parts from './card-parts.module.css';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconUrgent, IconUsersGroup } from '@tabler/icons-react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { capacityFor } from '../../../../shared/capacity.ts';
import { emergenciesQuery } from '../../../entities/covering/covering-queries.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { formatTime } from '../../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../../lib/me.ts';

/** Says why somebody sees a client who isn't theirs: in a covering, or in an emergency. */
export function LentNotice({ client }: { readonly client: Client }) {
  const me = useMe();
  const timeZone = useClinicTimeZone();
  const capacity = capacityFor({ ...me, professionalId: me.id }, client.professionalId, client.id);
  const isEmergency = capacity === 'emergency';
  const isLent = capacity === 'covering' || isEmergency;
  const owner = useProfessionalNames({ enabled: isLent })(client.professionalId) ?? '';
  const { data: accesses = [] } = useQuery({ ...emergenciesQuery, enabled: isEmergency });
  if (!isLent) return null;
  const access = accesses.find((each) => each.client.id === client.id && each.professional.id === me.id);
  const end = access && formatTime(access.expiresAt, timeZone);
  return (
    <div className={parts['card-lent']} role="note" data-emergency={isEmergency ? '' : undefined}>
      {isEmergency ? (
        <IconUrgent size="1.25rem" aria-hidden="true" />
      ) : (
        <IconUsersGroup size="1.25rem" aria-hidden="true" />
      )}
      <p>
        {!isEmergency ? (
          <Trans>Você vê este cliente em cobertura de {owner}.</Trans>
        ) : end === undefined ? (
          <Trans>Você abriu este cliente de {owner} em emergência, por quatro horas.</Trans>
        ) : (
          <Trans>
            Você abriu este cliente de {owner} em emergência, até {end}.
          </Trans>
        )}{' '}
        <Link to="/coberturas">
          <Trans>Ver coberturas</Trans>
        </Link>
      </p>
    </div>
  );
}
