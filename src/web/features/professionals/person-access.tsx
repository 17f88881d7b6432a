import parts from './person-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { formatDay } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Button } from '../../ui/button.tsx';
import { dismissToasts } from '../../ui/toast.tsx';
import { AccessState } from './access-state.tsx';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { GivenClients } from './given-clients.tsx';
import { InviteAgain } from './invite-again.tsx';
import { reactivatePerson } from './professionals-api.ts';

/** Shows whether a person may sign in, and why not, with the button to change it. */
export function PersonAccess({ person }: { readonly person: Professional }) {
  const [isAsking, setAsking] = useState(false);
  const area = useRef<HTMLElement>(null);
  const wasActive = useRef(person.active);
  useEffect(() => {
    // What can come back stands in sight.
    if (person.active && !wasActive.current) area.current?.scrollIntoView({ block: 'nearest' });
    wasActive.current = person.active;
  }, [person.active]);
  return (
    <section className={parts['person-section']} ref={area}>
      <h3>
        <Trans>Acesso</Trans>
      </h3>
      <AccessState person={person} />
      {/* Before the button, so that it is in sight when somebody has their access back. */}
      {person.active && <GivenClients id={person.id} />}
      {person.active && person.invited && <InviteAgain person={person} />}
      {person.active ? (
        <div>
          <Button
            variant="danger"
            onClick={() => {
              setAsking(true);
            }}
          >
            <Trans>Desativar acesso</Trans>
          </Button>
        </div>
      ) : (
        <>
          <Deactivated person={person} />
          <GivenClients id={person.id} />
        </>
      )}
      {isAsking && (
        <DeactivateDialog
          person={person}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}

function Deactivated({ person }: { readonly person: Professional }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const reactivate = useMutation({
    mutationFn: () => reactivatePerson(person.id),
    onSuccess: () => {
      dismissToasts(person.id);
    },
  });
  const day = person.deactivatedAt === null ? '' : formatDay(person.deactivatedAt, timeZone);
  const reason = person.deactivationReason ?? t`sem motivo anotado`;
  return (
    <>
      <p className={parts['person-note']}>
        <Trans>
          Desde {day}: {reason}
        </Trans>
      </p>
      <Failure error={reactivate.error} />
      <div>
        <Button
          busy={reactivate.isPending}
          onClick={() => {
            reactivate.mutate();
          }}
        >
          <Trans>Reativar acesso</Trans>
        </Button>
      </div>
    </>
  );
}
