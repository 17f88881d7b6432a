import { useLingui } from '@lingui/react/macro';
import { IconUsers } from '@tabler/icons-react';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { fullName } from '../../../lib/format.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { useOtherPhoneItems } from './use-other-phone-items.tsx';

/** The guardian's and the second number of a row, on a computer. Left out for those who have neither. */
export function OtherPhonesMenu({ client }: { readonly client: ClientSummary }) {
  const { t } = useLingui();
  const items = useOtherPhoneItems(client);
  const name = fullName(client);
  if (items.length === 0) return null;
  return (
    <Menu
      label={t`Outros telefones de ${name}`}
      items={items}
      trigger={(links) => <IconButton label={t`Outros telefones`} icon={<IconUsers aria-hidden="true" />} {...links} />}
    />
  );
}
