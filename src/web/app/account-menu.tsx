import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconLogout, IconSearch } from '@tabler/icons-react';
import { isShown } from '../lib/feature.ts';
import { fullName } from '../lib/format.ts';
import { useMe } from '../lib/me.ts';
import { useSignOut } from '../entities/me/sign-out.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { useIsPhone } from '../ui/screen.ts';
import { listOffered } from './features.ts';
import { openPalette } from './palette-host.tsx';

/** Who is signed in, their devices, and the way out. */
export function AccountMenu() {
  const { t, i18n } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const leave = useSignOut();
  const name = fullName(me);
  const places = listOffered('accountPlaces')
    .flat()
    .filter((place) => isShown(place, me, isPhone));

  return (
    <Menu
      label={t`Conta`}
      heading={
        <>
          <strong translate="no">{name}</strong>
          <br />
          <span translate="no">{me.email}</span>
        </>
      }
      items={[
        ...(isPhone
          ? [
              {
                label: t`Buscar ou ir para…`,
                icon: <IconSearch size="1.25rem" aria-hidden="true" />,
                onSelect: openPalette,
              },
            ]
          : []),
        ...places.map(({ to, label, icon: Icon }) => ({
          label: i18n._(label),
          icon: <Icon size="1.25rem" aria-hidden="true" />,
          onSelect: () => void navigate({ to }),
        })),
        { label: t`Sair`, icon: <IconLogout size="1.25rem" aria-hidden="true" />, onSelect: () => void leave() },
      ]}
      trigger={(links) => (
        <button type="button" className="account" {...links}>
          <Avatar name={name} size="2.25rem" />
          <span className="visually-hidden">
            <Trans>Conta:</Trans>{' '}
          </span>
          <span className={isPhone ? 'visually-hidden' : 'account-words'}>
            <span className="account-name" translate="no">
              {name}
            </span>{' '}
            <span className="account-clinic" translate="no">
              {me.clinic.name}
            </span>
          </span>
        </button>
      )}
    />
  );
}
