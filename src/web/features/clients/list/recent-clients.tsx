import styles from './recent-clients.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { recentClientsQuery } from '../../../entities/client/recent-clients.ts';
import { fullName } from '../../../lib/format.ts';
import { openOverList } from '../open-over-list.ts';

/** The clients whose cards were opened last, above a list that is too long to see them in. */
export function RecentClients() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data = [], refetch } = useQuery(recentClientsQuery);
  const isCardOpen = useParams({ strict: false }).id !== undefined;
  const pathname = useLocation({ select: (location) => location.pathname });
  const readAgain = useEffectEvent(() => void refetch());
  // A card was opened or closed over the list.
  useEffect(() => {
    readAgain();
  }, [pathname]);
  if (data.length === 0) return null;
  return (
    <div className={styles['recent-clients']} role="group" aria-label={t`Vistos há pouco`}>
      <span className={styles['recent-title']} aria-hidden="true">
        <Trans>Vistos há pouco</Trans>
      </span>
      {data.map((client) => (
        <button
          key={client.id}
          type="button"
          className={styles['recent-client']}
          translate="no"
          onClick={() =>
            void navigate({
              to: '/clientes/$id',
              params: { id: client.id },
              search: true,
              replace: isCardOpen,
              state: isCardOpen ? true : openOverList,
              resetScroll: false,
            })
          }
        >
          {fullName(client)}
        </button>
      ))}
    </div>
  );
}
