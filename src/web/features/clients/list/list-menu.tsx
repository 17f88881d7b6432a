import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowMerge, IconDotsVertical } from '@tabler/icons-react';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';

/** Actions on the list as a whole that are rarely needed. */
export function ListMenu() {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <Menu
      label={t`Opções da lista`}
      items={[
        {
          label: t`Cadastros repetidos`,
          icon: <IconArrowMerge size="1.25rem" aria-hidden="true" />,
          onSelect: () => void navigate({ to: '/clientes/duplicados' }),
        },
      ]}
      trigger={(links) => (
        <IconButton label={t`Opções da lista`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
      )}
    />
  );
}
