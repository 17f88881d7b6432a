import styles from './several-dialogs.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClientSummary } from '../../../../../shared/contracts/clients.ts';
import { composeWhatsappUrl } from '../../../../../shared/whatsapp.ts';
import { formatPhone, fullName } from '../../../../lib/format.ts';
import { ButtonAnchor } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextAreaField } from '../../../../ui/field.tsx';
import { Verbatim } from '../../../../ui/verbatim.tsx';
import { useSelection } from './selection-context.tsx';

/** What stands for the client's name in the text; the same in all languages of the page, as it is typed. */
const placeholder = '{nome}';

/** A conversation for each of the chosen clients with the text already in it. WhatsApp sends nothing by itself. */
export function MessageDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { chosen } = useSelection();
  const [text, setText] = useState(() => t`Olá, ${placeholder}. Aqui é da clínica. `);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  return (
    <Dialog label={t`Mensagem pelo WhatsApp`} onClose={onClose}>
      <TextAreaField
        label={t`Texto`}
        hint={t`${placeholder} vira o nome de cada cliente. Você confere e envia cada conversa.`}
        rows={4}
        data-autofocus=""
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <ul className={styles['people']} aria-label={t`Conversas`}>
        {[...chosen.values()].map((client) => (
          <Conversation
            key={client.id}
            client={client}
            text={text}
            isOpened={opened.has(client.id)}
            onOpen={() => {
              setOpened((before) => new Set([...before, client.id]));
            }}
          />
        ))}
      </ul>
    </Dialog>
  );
}

interface ConversationProps {
  readonly client: ClientSummary;
  readonly text: string;
  readonly isOpened: boolean;
  readonly onOpen: () => void;
}

function Conversation({ client, text, isOpened, onOpen }: ConversationProps) {
  const { t } = useLingui();
  const { phone, firstName, socialName } = client;
  const name = fullName(client);
  const url = composeWhatsappUrl(phone, text.replaceAll(placeholder, socialName ?? firstName).trim());
  return (
    <li>
      <span className={styles['words']}>
        <strong>
          <Verbatim>{name}</Verbatim>
        </strong>
        <span>
          {phone === null ? (
            <Trans>Sem telefone</Trans>
          ) : isOpened ? (
            <span className={styles['done']}>
              <IconCheck size="1rem" aria-hidden="true" />
              <Trans>Conversa aberta</Trans>
            </span>
          ) : (
            formatPhone(phone)
          )}
        </span>
      </span>
      {url !== null && (
        <ButtonAnchor
          href={url}
          target="_blank"
          rel="noreferrer"
          icon={<IconBrandWhatsapp size="1.25rem" aria-hidden="true" />}
          aria-label={t`Abrir a conversa com ${name}`}
          onClick={onOpen}
        >
          <Trans>Abrir</Trans>
        </ButtonAnchor>
      )}
    </li>
  );
}
