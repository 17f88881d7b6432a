import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { IconUserPlus } from '@tabler/icons-react';
import { useIsAway } from '../../lib/connection.ts';
import { formatPhone, fullName } from '../../lib/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { recentClientsQuery } from '../../entities/client/recent-clients.ts';
import { useFoundClients } from '../../entities/client/found-clients.tsx';
import type { PaletteOption } from './palette-option.ts';

interface ClientOptions {
  readonly options: PaletteOption[];
  /** The option to register a new client, if nobody was found. */
  readonly register: PaletteOption | undefined;
  readonly isCurrent: boolean;
  readonly error: Error | null;
}

/** The clients for the typed text, as options. */
export function useClientOptions(text: string): ClientOptions {
  const { t } = useLingui();
  const navigate = useNavigate();
  const isOnList = useLocation({ select: ({ pathname }) => pathname === '/clientes' });
  const isAway = useIsAway();
  const found = useFoundClients(text);
  const { isCurrent, error } = found;
  const { data: recent = [] } = useQuery(recentClientsQuery);
  const clients = text.trim() === '' ? recent : found.clients;
  const options = clients.map((client): PaletteOption => {
    const name = fullName(client);
    const city = 'city' in client ? client.city : client.address.city;
    const facts = [client.phone === null ? '' : formatPhone(client.phone), city ?? ''];
    return {
      id: client.id,
      group: 'clients',
      label: name,
      detail: facts.filter((fact) => fact !== '').join(' · '),
      icon: <Avatar name={name} size="2rem" />,
      run: () =>
        void navigate({
          to: '/clientes/$id',
          params: { id: client.id },
          // If the list is open, the card opens over it, and closing goes back to the list as it was.
          ...(isOnList && { search: true, state: (state) => ({ ...state, isOverList: true }) }),
        }),
    };
  });
  const name = text.trim();
  const nobody: PaletteOption = {
    id: 'register',
    group: 'clients',
    label: t`Cadastrar “${name}”`,
    icon: <IconUserPlus aria-hidden="true" />,
    run: () => void navigate({ to: '/clientes/novo', search: { nome: name } }),
  };
  const isNobody = !isAway && isCurrent && error === null && options.length === 0 && /\p{L}/u.test(name);
  return { options, register: isNobody ? nobody : undefined, isCurrent, error };
}
