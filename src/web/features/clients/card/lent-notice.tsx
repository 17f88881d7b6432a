import parts from './card-parts.module.css';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { capacityFor } from '../../../../shared/permissions.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { useMe } from '../../../lib/me.ts';

/** Says why somebody sees a client who isn't theirs: in a covering, or in an emergency. */
export function LentNotice({ client }: { readonly client: Client }) {
  const me = useMe();
  const capacity = capacityFor({ ...me, professionalId: me.id }, client.professionalId, client.id);
  const isLent = capacity === 'covering' || capacity === 'emergency';
  const owner = useProfessionalNames({ enabled: isLent })(client.professionalId) ?? '';
  if (!isLent) return null;
  return (
    <p className={parts['card-lent']} role="note">
      {capacity === 'covering' ? (
        <Trans>Você vê este cliente em cobertura de {owner}.</Trans>
      ) : (
        <Trans>Você abriu este cliente de {owner} em emergência, por quatro horas.</Trans>
      )}{' '}
      <Link to="/coberturas">
        <Trans>Ver coberturas</Trans>
      </Link>
    </p>
  );
}
