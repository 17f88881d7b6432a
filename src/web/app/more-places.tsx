import { useLingui } from '@lingui/react/macro';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { IconDots } from '@tabler/icons-react';
import type { Place } from '../lib/feature.ts';
import { Menu } from '../ui/menu.tsx';

/** The last entry of a phone's bar: a menu of all places that do not fit into it. */
export function MorePlaces({ places }: { readonly places: readonly Place[] }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const isHere = places.some(({ to }) => path.startsWith(to));
  return (
    <Menu
      label={t`Mais páginas`}
      items={places.map(({ to, label, icon: Icon }) => ({
        label: i18n._(label),
        icon: <Icon size="1.25rem" aria-hidden="true" />,
        onSelect: () => void navigate({ to }),
      }))}
      trigger={(links) => (
        <button type="button" className="nav-place" data-here={isHere ? '' : undefined} {...links}>
          <IconDots aria-hidden="true" />
          {t`Mais`}
        </button>
      )}
    />
  );
}
