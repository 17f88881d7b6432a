import styles from './list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageTemplate } from '../../../shared/contracts/message-templates.ts';
import { templatesQuery } from '../../entities/message-template/template-queries.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { DeleteMessageDialog } from './delete-message-dialog.tsx';
import { MessageTemplateDialog } from './message-template-dialog.tsx';
import { Section, SettingsLayout } from './settings-layout.tsx';

type Open = { readonly act: 'new' } | { readonly act: 'change' | 'delete'; readonly template: MessageTemplate };

/** The clinic's own words for WhatsApp, from which people choose when they write to clients. */
export function MessagesPage() {
  const { t } = useLingui();
  const templates = useQuery(templatesQuery);
  const [open, setOpen] = useState<Open>();
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <SettingsLayout title={t`Mensagens prontas`} query={templates}>
      <Section
        title={t`Mensagens da clínica`}
        note={
          <Trans>
            Quem escreve a clientes pelo WhatsApp escolhe entre elas, na ficha ou para vários de uma vez. Nada é enviado
            sozinho.
          </Trans>
        }
      >
        <ul className={styles['list']}>
          {templates.data?.map((template) => (
            <li key={template.id} className={styles['row']}>
              <span className={styles['words']}>
                <span translate="no">{template.name}</span>
                <span className={styles['note']} translate="no">
                  {template.text}
                </span>
              </span>
              <IconButton
                label={t`Alterar ${template.name}`}
                icon={<IconPencil aria-hidden="true" />}
                onClick={() => {
                  setOpen({ act: 'change', template });
                }}
              />
              <IconButton
                label={t`Apagar ${template.name}`}
                icon={<IconTrash aria-hidden="true" />}
                onClick={() => {
                  setOpen({ act: 'delete', template });
                }}
              />
            </li>
          ))}
        </ul>
        <div>
          <Button
            data-new-message=""
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setOpen({ act: 'new' });
            }}
          >
            <Trans>Nova mensagem</Trans>
          </Button>
        </div>
      </Section>
      {open?.act === 'new' && <MessageTemplateDialog template={undefined} onClose={close} />}
      {open?.act === 'change' && <MessageTemplateDialog template={open.template} onClose={close} />}
      {open?.act === 'delete' && <DeleteMessageDialog template={open.template} onClose={close} />}
    </SettingsLayout>
  );
}
