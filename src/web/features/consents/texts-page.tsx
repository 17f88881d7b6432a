import styles from './consents.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConsentPurpose, ConsentText } from '../../../shared/contracts/consents.ts';
import { may } from '../../../shared/permissions.ts';
import { consentTextsQuery } from '../../entities/consent/consent-queries.ts';
import { formatDate } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormattedText } from '../../ui/formatted-text.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { consentDrafts } from './drafts.ts';
import { TextDialog, type TextStart } from './text-dialog.tsx';

/** The texts that clients are asked to agree to. */
export function TextsPage() {
  const { t } = useLingui();
  const isAllowed = may(useMe().role, 'clinic.manage');
  return (
    <Page title={t`Termos de consentimento`} width="text" parent={{ to: '/configuracoes', label: t`Configurações` }}>
      {isAllowed ? (
        <Texts />
      ) : (
        <EmptyState tone="neutral" icon={<IconLock />} title={t`Os termos são de quem administra a clínica`}>
          <Trans>O que cada cliente respondeu está na ficha dele, em “Consentimentos”.</Trans>
        </EmptyState>
      )}
    </Page>
  );
}

type Open = { readonly act: 'write'; readonly start: TextStart } | { readonly act: 'read'; readonly text: ConsentText };

function Texts() {
  const { t } = useLingui();
  const query = useQuery(consentTextsQuery);
  const [open, setOpen] = useState<Open>();
  if (query.data === undefined)
    return query.error === null ? (
      <SkeletonRows rows={4} />
    ) : (
      <FailureState error={query.error} onRetry={() => void query.refetch()} />
    );
  const latest = query.data.filter(({ isLatest }) => isLatest);
  const purposes: readonly (readonly [ConsentPurpose, string])[] = [
    ['treatment', t`Atendimento`],
    ['images', t`Imagens`],
    ['messages', t`Mensagens`],
    ['other', t`Outros`],
  ];
  const close = (): void => {
    setOpen(undefined);
  };
  const write = (start: TextStart) => (): void => {
    setOpen({ act: 'write', start });
  };
  return (
    <div className={styles['sections']}>
      <p>
        <Trans>
          Cada finalidade tem o seu texto, e cada cliente responde a cada uma em separado. Uma nova versão não muda o
          que já foi respondido. Os modelos são um começo: leia, adapte e peça a opinião de quem orienta a clínica.
        </Trans>
      </p>
      {purposes.map(([purpose, name]) => {
        const texts = latest.filter((text) => text.purpose === purpose);
        return (
          <section key={purpose} className={styles['section']} aria-label={name}>
            <h2 className={styles['title']}>{name}</h2>
            {texts.length > 0 && (
              <ul className={styles['list']}>
                {texts.map((text) => (
                  <TextRow
                    key={text.id}
                    text={text}
                    onWrite={write({ ...text, isNew: false })}
                    onRead={() => {
                      setOpen({ act: 'read', text });
                    }}
                  />
                ))}
              </ul>
            )}
            {(texts.length === 0 || purpose === 'other') && (
              <div>
                <Button
                  icon={<IconPlus size="1.25rem" aria-hidden="true" />}
                  onClick={write({ ...consentDrafts[purpose], purpose, asked: true, isNew: true })}
                >
                  {purpose === 'other' ? <Trans>Novo texto</Trans> : <Trans>Começar pelo modelo</Trans>}
                </Button>
              </div>
            )}
          </section>
        );
      })}
      {open?.act === 'write' && <TextDialog start={open.start} onClose={close} />}
      {open?.act === 'read' && <Versions text={open.text} all={query.data} onClose={close} />}
    </div>
  );
}

interface TextRowProps {
  readonly text: ConsentText;
  readonly onWrite: () => void;
  readonly onRead: () => void;
}

function TextRow({ text: { title, version, createdAt, asked }, onWrite, onRead }: TextRowProps) {
  const { t } = useLingui();
  const day = formatDate(createdAt, useClinicTimeZone());
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']} translate="no">
          {title}
        </span>
        <span className={styles['note']}>
          <Trans>
            Versão {version}, {day}
          </Trans>{' '}
          {!asked && (
            <Badge size="small">
              <Trans>Não é pedido</Trans>
            </Badge>
          )}
        </span>
      </span>
      <span className={styles['actions']}>
        <Button aria-label={t`Nova versão de ${title}`} onClick={onWrite}>
          <Trans>Nova versão</Trans>
        </Button>
        <Button variant="quiet" aria-label={t`Ler ${title}`} onClick={onRead}>
          <Trans>Ler</Trans>
        </Button>
      </span>
    </li>
  );
}

interface VersionsProps {
  readonly text: ConsentText;
  readonly all: readonly ConsentText[];
  readonly onClose: () => void;
}

/** A text as it is, and as it was. */
function Versions({ text, all, onClose }: VersionsProps) {
  const isSame = ({ purpose, title }: ConsentText): boolean =>
    purpose === text.purpose && (purpose !== 'other' || title.toLowerCase() === text.title.toLowerCase());
  return (
    <Dialog label={text.title} onClose={onClose}>
      <div className={styles['versions']}>
        {all.filter(isSame).map((version) => (
          <Version key={version.id} text={version} />
        ))}
      </div>
    </Dialog>
  );
}

function Version({ text: { version, createdAt, body, isLatest } }: { readonly text: ConsentText }) {
  const day = formatDate(createdAt, useClinicTimeZone());
  return (
    <details open={isLatest}>
      <summary>
        <Trans>
          Versão {version}, {day}
        </Trans>
      </summary>
      <FormattedText text={body} level={3} />
    </details>
  );
}
