import styles from './list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CalendarFeed } from '../../../shared/contracts/agenda/calendar-feeds.ts';
import { api } from '../../lib/api.ts';
import { formatDay, formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { queryClient } from '../../lib/query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { canCopy, copyText } from '../../ui/copy-text.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { SaveForm, Section, SettingsLayout } from './settings-layout.tsx';
import { useSave } from '../../lib/use-save.ts';

const feedsQuery = {
  queryKey: ['me', 'calendar-feeds'],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly CalendarFeed[]> =>
    (await api('GET /calendar-feeds', { signal })).body.items,
};

const refreshFeeds = (): Promise<void> => queryClient.invalidateQueries({ queryKey: feedsQuery.queryKey });

/** Secret addresses by which other calendar programs show the own agenda. */
export function FeedsPage() {
  const { t } = useLingui();
  const query = useQuery(feedsQuery);
  const [url, setUrl] = useState<string>();
  return (
    <SettingsLayout title={t`Agenda em outro calendário`} query={query}>
      <Section
        title={t`Endereços em uso`}
        note={
          <Trans>
            Um endereço mostra a sua agenda no Google, no Outlook ou no iPhone, só para leitura. Quem o conhece vê a
            agenda: não o passe adiante. O Google pode levar um dia para mostrar mudanças.
          </Trans>
        }
      >
        {query.data?.length === 0 && (
          <p>
            <Trans>Nenhum endereço criado.</Trans>
          </p>
        )}
        <ul className={styles['list']}>
          {query.data?.map((feed) => (
            <FeedRow key={feed.id} feed={feed} />
          ))}
        </ul>
      </Section>
      <NewFeed onMade={setUrl} />
      {url !== undefined && (
        <NewAddress
          url={url}
          onClose={() => {
            setUrl(undefined);
          }}
        />
      )}
    </SettingsLayout>
  );
}

function FeedRow({ feed }: { readonly feed: CalendarFeed }) {
  const { t } = useLingui();
  const timeZone = useClinicTimeZone();
  const { id, name, content, createdAt, lastReadAt } = feed;
  const revoke = async (): Promise<void> => {
    try {
      await api('DELETE /calendar-feeds/{id}', { params: { id } });
      toast({ message: t`O endereço já não funciona.` });
    } catch (error) {
      toastFailure(error);
    } finally {
      await refreshFeeds();
    }
  };
  const made = formatDay(createdAt, timeZone);
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['note']}>
          {content === 'initials' ? t`só iniciais` : t`com nomes`} · <Trans>criado em {made}</Trans> ·{' '}
          {lastReadAt === null ? t`ainda não lido` : t`lido em ${formatMoment(lastReadAt, timeZone)}`}
        </span>
      </span>
      <IconButton label={t`Revogar ${name}`} icon={<IconTrash aria-hidden="true" />} onClick={() => void revoke()} />
    </li>
  );
}

const proposed = { name: 'Agenda', content: 'initials' } as const;

function NewFeed({ onMade }: { readonly onMade: (url: string) => void }) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [name, setName] = useState<string>(proposed.name);
  const [content, setContent] = useState<CalendarFeed['content']>(proposed.content);
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      const { url } = (await api('POST /calendar-feeds', { body: { name, content } })).body;
      // Without a configured address the server gives a path: other programs need the whole address.
      onMade(new URL(url, location.href).href);
      await refreshFeeds();
    });
    if (!isSaved) return;
    setName(proposed.name);
    setContent(proposed.content);
  };
  return (
    <Section title={t`Novo endereço`}>
      <LeaveGuard wouldLose={() => name !== proposed.name || content !== proposed.content} />
      <SaveForm isBusy={isBusy} failure={errors['']} action={<Trans>Criar endereço</Trans>} onSave={() => void send()}>
        <TextField
          label={t`Nome`}
          hint={t`Para você saber onde o usa, por exemplo “Celular”.`}
          maxLength={60}
          error={errors['name']}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <SelectField
          label={t`Clientes`}
          hint={t`O outro programa guarda o que recebe. Iniciais bastam para quase todos.`}
          value={content}
          onChange={(event) => {
            setContent(event.target.value as CalendarFeed['content']);
          }}
        >
          <option value="initials">{t`Só as iniciais`}</option>
          <option value="names">{t`Com o nome`}</option>
        </SelectField>
      </SaveForm>
    </Section>
  );
}

function NewAddress({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog
      label={t`Endereço criado`}
      onClose={onClose}
      footer={
        canCopy() && (
          <Button
            variant="primary"
            icon={<IconCopy size="1.25rem" aria-hidden="true" />}
            onClick={() => void copyText(url, t`Endereço copiado.`)}
          >
            <Trans>Copiar endereço</Trans>
          </Button>
        )
      }
    >
      <TextField
        label={t`Endereço`}
        readOnly
        hint={t`Ele só aparece agora. Cole-o no outro calendário em “assinar por URL”.`}
        value={url}
      />
    </Dialog>
  );
}
