import styles from './person-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { IconUserQuestion } from '@tabler/icons-react';
import { may } from '../../../shared/permissions.ts';
import { ApiError } from '../../lib/api.ts';
import { fullName } from '../../lib/format.ts';
import { useGoBack } from '../../lib/go-back.ts';
import { useMe } from '../../lib/me.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useWindowTitle } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { PersonAccess } from './person-access.tsx';
import { PersonDevices } from './person-devices.tsx';
import { PersonEdit } from './person-edit.tsx';
import { professionalQuery } from './professionals-api.ts';

/** One person of the clinic, in a panel over the list: name and role, devices, access. */
export function PersonPage() {
  const { t } = useLingui();
  const { id = '' } = useParams({ strict: false });
  const close = useClosePerson();
  const isAdministrator = may(useMe().role, 'professionals.manage');
  const { data, error, isError, refetch } = useQuery({ ...professionalQuery(id), enabled: isAdministrator });
  const label = data === undefined ? t`Profissional` : fullName(data.person);
  useWindowTitle(label);
  if (!isAdministrator) return null;
  if (data === undefined)
    return (
      <Dialog kind="panel" label={label} onClose={close}>
        {isError ? <NoPerson error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={3} />}
      </Dialog>
    );
  const { person } = data;
  return (
    <Dialog kind="panel" label={label} translate="no" onClose={close}>
      <p className={styles['person-mail']} translate="no">
        {person.email}
      </p>
      <PersonEdit key={person.id} versioned={data} />
      {person.active && <PersonDevices person={person} />}
      <PersonAccess person={person} />
    </Dialog>
  );
}

/** Goes back to the list as it was, or opens the list if the person was opened from a link. */
function useClosePerson(): () => void {
  const navigate = useNavigate();
  const goBack = useGoBack();
  const isOverList = useLocation({ select: ({ state }) => state.isOverList === true });
  return () => {
    if (isOverList) goBack();
    else void navigate({ to: '/profissionais', replace: true, resetScroll: false });
  };
}

function NoPerson({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useLingui();
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <EmptyState
        tone="neutral"
        icon={<IconUserQuestion />}
        title={t`Pessoa não encontrada`}
        actions={
          <ButtonLink to="/profissionais" replace>
            <Trans>Ver a equipe</Trans>
          </ButtonLink>
        }
      >
        <Trans>O endereço pode ter alguma diferença.</Trans>
      </EmptyState>
    );
  return <FailureState error={error} onRetry={onRetry} title={t`Não foi possível abrir o cadastro`} />;
}
