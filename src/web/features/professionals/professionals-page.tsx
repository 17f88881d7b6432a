import parts from './person-parts.module.css';
import styles from './professionals-page.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { IconLock, IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { may } from '../../../shared/permissions.ts';
import { useServerEvents } from '../../lib/server-events.ts';
import { fullName } from '../../lib/format.ts';
import { useMe } from '../../lib/me.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { Verbatim } from '../../ui/verbatim.tsx';
import { AccessState } from './access-state.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { professionalsQuery, refreshProfessionals } from '../../entities/professional/professional-queries.ts';
import { roleNames } from './role-choice.tsx';

/** The people of the clinic, for its administrators. */
export function ProfessionalsPage() {
  return may(useMe().role, 'professionals.manage') ? <Team /> : <NotYours />;
}

function Team() {
  const { t } = useLingui();
  const [isInviting, setInviting] = useState(false);
  const { data, error, isPending, refetch } = useQuery(professionalsQuery);
  useServerEvents({
    onChange: ({ recordType }, isOwn) => {
      if (recordType === 'professional' && !isOwn) void refreshProfessionals();
    },
    onGap: () => void refreshProfessionals(),
  });
  const open = (): void => {
    setInviting(true);
  };
  return (
    <>
      <Page
        title={t`Profissionais`}
        width="text"
        primary={
          <Button variant="primary" icon={<IconUserPlus size="1.25rem" aria-hidden="true" />} onClick={open}>
            <Trans>Convidar</Trans>
          </Button>
        }
      >
        {data !== undefined && <People people={data} onInvite={open} />}
        {isPending && <SkeletonRows rows={4} />}
        {error !== null && data === undefined && (
          <FailureState error={error} onRetry={() => void refetch()} title={t`Não foi possível abrir a equipe`} />
        )}
      </Page>
      {isInviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
      <Outlet />
    </>
  );
}

function People({ people, onInvite }: { readonly people: readonly Professional[]; readonly onInvite: () => void }) {
  const { t } = useLingui();
  const invited = people.filter((person) => person.active && person.invited).length;
  const active = people.filter((person) => person.active).length - invited;
  return (
    <>
      <p className={styles['people-count']} role="status">
        <Plural value={active} one="# pessoa com acesso" other="# pessoas com acesso" />
        {invited > 0 && (
          <>
            {' · '}
            <Plural value={invited} one="# convite à espera" other="# convites à espera" />
          </>
        )}
      </p>
      <ul className={styles['people']} aria-label={t`Profissionais`}>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
      {people.length === 1 && (
        <EmptyState
          icon={<IconUsersGroup />}
          title={t`Por enquanto, só você`}
          actions={
            <Button onClick={onInvite}>
              <Trans>Convidar alguém</Trans>
            </Button>
          }
        >
          <Trans>Convide quem atende e quem recebe os clientes: cada pessoa entra com o próprio e-mail.</Trans>
        </EmptyState>
      )}
    </>
  );
}

function PersonRow({ person }: { readonly person: Professional }) {
  const { i18n } = useLingui();
  const me = useMe();
  const name = fullName(person);
  return (
    <li className={parts['person']} aria-label={name}>
      <Avatar name={name} />
      <div className={parts['person-words']}>
        <span className={styles['person-title']}>
          <Link
            to="/profissionais/$id"
            params={{ id: person.id }}
            state={(state) => ({ ...state, isOverList: true })}
            resetScroll={false}
            className={parts['person-name']}
            translate="no"
          >
            {name}
          </Link>
          {person.id === me.id && (
            <Badge tone="accent" size="small">
              <Trans>você</Trans>
            </Badge>
          )}
        </span>
        <span className={parts['person-line']}>
          {i18n._(roleNames[person.role])} · <Verbatim>{person.email}</Verbatim>
        </span>
      </div>
      <AccessState person={person} />
    </li>
  );
}

function NotYours() {
  const { t } = useLingui();
  return (
    <Page title={t`Profissionais`} width="text">
      <EmptyState
        tone="neutral"
        icon={<IconLock />}
        title={t`Só a administração cuida da equipe`}
        actions={
          <ButtonLink to="/clientes">
            <Trans>Ir para os clientes</Trans>
          </ButtonLink>
        }
      >
        <Trans>Para incluir alguém ou mudar um acesso, fale com quem administra a clínica.</Trans>
      </EmptyState>
    </Page>
  );
}
