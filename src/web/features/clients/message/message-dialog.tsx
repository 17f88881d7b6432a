import dialogs from '../list/selection/several-dialogs.module.css';
import styles from './message-dialog.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconBrandWhatsapp, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { composeWhatsappUrl } from '../../../../shared/whatsapp.ts';
import { fillTemplate } from '../../../entities/message-template/fill-template.ts';
import { templatesQuery } from '../../../entities/message-template/template-queries.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { formatPhone, fullName } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { ButtonAnchor } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../../ui/field.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';

/** What a message needs to know about a client. */
export interface Addressee {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly socialName: string | null;
  readonly phone: string | null;
  readonly guardianPhone: string | null;
  readonly professionalId: string;
}

const placeholder = '{nome}';

interface MessageDialogProps {
  readonly clients: readonly Addressee[];
  readonly onClose: () => void;
}

/**
 * A conversation for each client with the text already in it: the clinic's own words, or what is typed. WhatsApp sends nothing by
 * itself.
 */
export function MessageDialog({ clients, onClose }: MessageDialogProps) {
  const { t } = useLingui();
  const { name: clinica } = useMe().clinic;
  const { data: templates = [] } = useQuery(templatesQuery);
  const findName = useProfessionalNames();
  const [chosen, setChosen] = useState('');
  const [text, setText] = useState(() => t`Olá, ${placeholder}. Aqui é da ${clinica}. `);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  return (
    <Dialog label={t`Mensagem pelo WhatsApp`} onClose={onClose}>
      <div className={styles['text']}>
        {templates.length > 0 && (
          <SelectField
            label={t`Mensagem pronta`}
            value={chosen}
            onChange={({ target: { value } }) => {
              setChosen(value);
              const template = templates.find(({ id }) => id === value);
              if (template !== undefined) setText(template.text);
            }}
          >
            <option value="">{t`Escrever na hora`}</option>
            {templates.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
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
      </div>
      <ul className={dialogs['people']} aria-label={t`Conversas`}>
        {clients.map((client) => (
          <Conversation
            key={client.id}
            client={client}
            text={fillTemplate(text, {
              nome: client.socialName ?? client.firstName,
              clinica,
              profissional: findName(client.professionalId) ?? '',
            })}
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
  readonly client: Addressee;
  /** With everything filled in. */
  readonly text: string;
  readonly isOpened: boolean;
  readonly onOpen: () => void;
}

function Conversation({ client, text, isOpened, onOpen }: ConversationProps) {
  const { t } = useLingui();
  // A child's messages go to whoever answers for them.
  const phone = client.phone ?? client.guardianPhone;
  const name = fullName(client);
  const url = composeWhatsappUrl(phone, text.trim());
  return (
    <li>
      <span className={dialogs['words']}>
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
          ) : client.phone === null ? (
            <Trans>Responsável: {formatPhone(phone)}</Trans>
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
