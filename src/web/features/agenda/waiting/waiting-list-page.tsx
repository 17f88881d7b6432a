import styles from './waiting-list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBrandWhatsapp, IconCalendarPlus, IconHourglass, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ResponseOf } from '../../../../shared/api-client.ts';
import type { Wish } from '../../../../shared/contracts/agenda/waiting-list.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { whatsappLink } from '../../../entities/client/client-links.ts';
import { api } from '../../../lib/api.ts';
import { formatDay } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { queryClient } from '../../../lib/query.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, IconAnchor, IconButton } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../../ui/states.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { waitingKey } from './waiting-key.ts';
import { useWishWords } from './wish-words.ts';
import { WishDialog } from './wish-dialog.tsx';
import { byCursor, pageFrom } from '../../../lib/paging.ts';
import { ShowMore } from '../../../ui/show-more.tsx';

/** Who waits for a time that is not free, the longest first. */
export function WaitingListPage() {
  const { t } = useLingui();
  const { mayWrite } = useAgendaFrame();
  const [isAdding, setAdding] = useState(false);
  const query = useInfiniteQuery({
    queryKey: waitingKey,
    queryFn: async ({ pageParam, signal }): Promise<ResponseOf<'GET /waiting-list'>> =>
      (await api('GET /waiting-list', { query: pageFrom(pageParam), signal })).body,
    ...byCursor,
  });
  const wishes = query.data?.pages.flatMap((page) => page.items);
  return (
    <Page
      title={t`Lista de espera`}
      parent={{ to: '/agenda', label: t`Agenda` }}
      width="text"
      {...(mayWrite && {
        primary: (
          <Button
            variant="primary"
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setAdding(true);
            }}
          >
            <Trans>Incluir</Trans>
          </Button>
        ),
      })}
    >
      {wishes === undefined ? (
        query.error === null ? (
          <SkeletonRows rows={5} />
        ) : (
          <FailureState error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : wishes.length === 0 ? (
        <EmptyState icon={<IconHourglass />} title={t`Ninguém espera por um horário`}>
          <Trans>
            Anote aqui quem quer um horário que não está livre. Quando um atendimento for cancelado, a agenda mostra
            quem combina com ele.
          </Trans>
        </EmptyState>
      ) : (
        <ul className={styles['wishes']} role="list">
          {wishes.map((wish) => (
            <WishRow key={wish.id} wish={wish} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      <ShowMore list={query} />
      {isAdding && (
        <WishDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function WishRow({ wish, mayWrite }: { readonly wish: Wish; readonly mayWrite: boolean }) {
  const { t } = useLingui();
  const describe = useWishWords();
  const { id, clientId, clientName, clientPhone, professionalId, visitType, createdAt } = wish;
  const since = formatDay(createdAt, useClinicTimeZone());
  const remove = async (): Promise<void> => {
    try {
      await api('DELETE /waiting-list/{id}', { params: { id } });
      toast({ message: t`${clientName} saiu da lista de espera.` });
    } catch (error) {
      toastFailure(error);
    } finally {
      await queryClient.invalidateQueries({ queryKey: waitingKey });
    }
  };
  return (
    <li className={styles['wish']} aria-label={clientName}>
      <Avatar name={clientName} />
      <span className={styles['words']}>
        <Link to="/clientes/$id" params={{ id: clientId }} className={styles['name']} translate="no">
          {clientName}
        </Link>
        <span className={styles['note']}>{describe(wish)}</span>
        <span className={styles['note']}>
          <Trans>Desde {since}</Trans>
        </span>
      </span>
      <span className={styles['actions']}>
        {clientPhone !== null && (
          <IconAnchor
            label={t`WhatsApp`}
            href={whatsappLink(clientPhone)}
            target="_blank"
            rel="noreferrer"
            icon={<IconBrandWhatsapp aria-hidden="true" />}
          />
        )}
        {mayWrite && (
          <>
            <IconButton
              label={t`Agendar`}
              icon={<IconCalendarPlus aria-hidden="true" />}
              onClick={() => {
                openBooking({
                  client: { id: clientId, name: clientName },
                  professionalId: professionalId ?? undefined,
                  visitType: visitType ?? undefined,
                });
              }}
            />
            <IconButton
              label={t`Tirar ${clientName} da lista`}
              icon={<IconTrash aria-hidden="true" />}
              onClick={() => void remove()}
            />
          </>
        )}
      </span>
    </li>
  );
}
