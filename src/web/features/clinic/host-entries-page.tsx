import styles from './list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { HostEntry } from '../../../shared/contracts/host-entries.ts';
import { api } from '../../lib/api.ts';
import { formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { Section, SettingsLayout } from './settings-layout.tsx';

const entriesQuery = {
  queryKey: ['clinic', 'host-entries'],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly HostEntry[]> =>
    (await api('GET /host-entries', { query: {}, signal })).body.items,
};

const refreshEntries = (): Promise<void> => queryClient.invalidateQueries({ queryKey: entriesQuery.queryKey });

/** When somebody of the host was let into the clinic, and why. Such an entry can be ended at once. */
export function HostEntriesPage() {
  const { t } = useLingui();
  const query = useQuery(entriesQuery);
  return (
    <SettingsLayout title={t`Acessos da hospedagem`} query={query}>
      <Section
        title={t`Quem hospeda o sistema`}
        note={
          <Trans>
            Quem hospeda o sistema só age nesta clínica com um acesso registrado, que tem motivo, hora para acabar e
            fica na auditoria. Você pode encerrá-lo antes.
          </Trans>
        }
      >
        {query.data?.length === 0 && (
          <p>
            <Trans>Ninguém da hospedagem entrou nesta clínica.</Trans>
          </p>
        )}
        <ul className={styles['list']}>
          {query.data?.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </ul>
      </Section>
    </SettingsLayout>
  );
}

function EntryRow({ entry }: { readonly entry: HostEntry }) {
  const { t } = useLingui();
  const timeZone = useClinicTimeZone();
  const { id, reason, startedAt, endsAt, endedAt, endedBy, open } = entry;
  const end = async (): Promise<void> => {
    try {
      await api('POST /host-entries/{id}/end', { params: { id } });
      toast({ message: t`Acesso encerrado.` });
    } catch (error) {
      toastFailure(error);
    } finally {
      await refreshEntries();
    }
  };
  const [from, until] = [formatMoment(startedAt, timeZone), formatMoment(endedAt ?? endsAt, timeZone)];
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>{reason}</span>
        <span className={styles['note']}>
          {open ? (
            <Trans>
              Aberto desde {from}, até {until}
            </Trans>
          ) : (
            <Trans>
              De {from} a {until}
            </Trans>
          )}
          {endedBy !== null && (
            <>
              {' · '}
              <Trans>encerrado pela administração</Trans>
            </>
          )}
        </span>
      </span>
      {open && (
        <Button onClick={() => void end()}>
          <Trans>Encerrar agora</Trans>
        </Button>
      )}
    </li>
  );
}
