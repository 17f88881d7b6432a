import { useLingui } from '@lingui/react/macro';
import { IconPhone } from '@tabler/icons-react';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { callLink } from '../../../entities/client/client-links.ts';
import { formatPhone, fullName } from '../../../lib/format.ts';
import { IconAnchor, IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { useOtherPhoneItems } from './use-other-phone-items.tsx';

/** Calls the client; where there is a guardian or another number, a menu of all of them. */
export function CallAction({ client }: { readonly client: ClientSummary }) {
  const { t } = useLingui();
  const { phone } = client;
  const others = useOtherPhoneItems(client);
  const name = fullName(client);
  const icon = <IconPhone aria-hidden="true" />;
  if (others.length > 0) {
    const own = phone === null ? [] : [{ label: t`Ligar: ${formatPhone(phone)}`, icon, href: callLink(phone) }];
    return (
      <Menu
        label={t`Telefones de ${name}`}
        items={[...own, ...others]}
        trigger={(links) => <IconButton label={t`Ligar`} icon={icon} {...links} />}
      />
    );
  }
  if (phone === null) return null;
  return <IconAnchor label={t`Ligar`} href={callLink(phone)} icon={icon} />;
}
