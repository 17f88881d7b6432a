import dialogs from '../list/selection/several-dialogs.module.css';
import styles from './message-dialog.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconBrandWhatsapp, IconCheck } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { composeWhatsappUrl } from '../../../../shared/whatsapp.ts';
import { callNameOf } from '../../../../shared/person-name.ts';
import { fillTemplate } from '../../../entities/message-template/fill-template.ts';
import { templatesQuery } from '../../../entities/message-template/template-queries.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { formatPhone, fullName } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { ButtonAnchor } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../../ui/field.tsx';
import { Delayed, SkeletonRows } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import { refusalsQuery } from './refusals-query.ts';

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
  const [text, setText] = useState(() => t`Olá, ${placeholder}. Aqui é da equipe ${clinica}. `);
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
      <Conversations clients={clients}>
        {(client) => (
          <Conversation
            key={client.id}
            client={client}
            text={fillTemplate(text, {
              nome: callNameOf(client),
              clinica,
              profissional: findName(client.professionalId) ?? '',
            })}
            isOpened={opened.has(client.id)}
            onOpen={() => {
              setOpened((before) => new Set([...before, client.id]));
            }}
          />
        )}
      </Conversations>
    </Dialog>
  );
}

interface ConversationsProps {
  readonly clients: readonly Addressee[];
  readonly children: (client: Addressee) => ReactNode;
}

/** The conversations with those who take messages; who wants none is named below. Until that is known nobody is written to. */
function Conversations({ clients, children }: ConversationsProps) {
  const { t } = useLingui();
  const heading = useId();
  const { data: refusing, error, refetch } = useQuery(refusalsQuery(clients.map(({ id }) => id)));
  if (refusing === undefined)
    return error === null ? (
      <Delayed>
        <SkeletonRows rows={Math.min(clients.length, 3)} />
      </Delayed>
    ) : (
      <FailureState
        error={error}
        title={t`Não foi possível saber quem aceita mensagens`}
        onRetry={() => void refetch()}
      />
    );
  const left = clients.filter(({ id }) => refusing.has(id));
  const written = clients.filter(({ id }) => !refusing.has(id));
  return (
    <>
      {written.length > 0 && (
        <ul className={dialogs['people']} aria-label={t`Conversas`}>
          {written.map((client) => children(client))}
        </ul>
      )}
      {left.length > 0 && (
        <section className={dialogs['group']}>
          <h3 id={heading}>
            <Trans>Ficam de fora</Trans>
          </h3>
          <ul className={dialogs['people']} aria-labelledby={heading}>
            {left.map((client) => (
              <li key={client.id}>
                <span className={dialogs['words']}>
                  <strong>
                    <Verbatim>{fullName(client)}</Verbatim>
                  </strong>
                  <span>
                    <Trans>Não quer receber mensagens: recusou ou retirou o consentimento.</Trans>
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
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
