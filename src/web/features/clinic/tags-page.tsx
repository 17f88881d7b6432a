import styles from './list.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconDotsVertical, IconGitMerge, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClinicTag } from '../../../shared/contracts/tags.ts';
import { TagLink } from '../../entities/tag/tag-link.tsx';
import { tagsQuery } from '../../entities/tag/tag-queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { DeleteTagDialog } from './delete-tag-dialog.tsx';
import { MergeTagDialog } from './merge-tag-dialog.tsx';
import { Section, SettingsLayout } from './settings-layout.tsx';
import { TagDialog } from './tag-dialog.tsx';

type Open = { readonly act: 'new' } | { readonly act: 'change' | 'merge' | 'delete'; readonly tag: ClinicTag };

/** The clinic's tags: their names, how they look, and which of them warn. */
export function TagsPage() {
  const { t } = useLingui();
  const tags = useQuery(tagsQuery);
  const [open, setOpen] = useState<Open>();
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <SettingsLayout title={t`Etiquetas`} query={tags}>
      <Section
        title={t`Etiquetas da clínica`}
        note={
          <Trans>
            Uma etiqueta de aviso aparece na lista e no alto da ficha. Acentos, maiúsculas e espaços não criam outra
            etiqueta.
          </Trans>
        }
      >
        <ul className={styles['list']}>
          {tags.data?.map((tag) => (
            <TagRow
              key={tag.id}
              tag={tag}
              onAct={(act) => {
                setOpen({ act, tag });
              }}
            />
          ))}
        </ul>
        <div>
          <Button
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setOpen({ act: 'new' });
            }}
          >
            <Trans>Nova etiqueta</Trans>
          </Button>
        </div>
      </Section>
      {open?.act === 'new' && <TagDialog tag={undefined} onClose={close} />}
      {open?.act === 'change' && <TagDialog tag={open.tag} onClose={close} />}
      {open?.act === 'merge' && <MergeTagDialog tag={open.tag} onClose={close} />}
      {open?.act === 'delete' && <DeleteTagDialog tag={open.tag} onClose={close} />}
    </SettingsLayout>
  );
}

interface TagRowProps {
  readonly tag: ClinicTag;
  readonly onAct: (act: 'change' | 'merge' | 'delete') => void;
}

function TagRow({ tag, onAct }: TagRowProps) {
  const { t } = useLingui();
  const { name, clients, warns } = tag;
  const act = (what: Parameters<TagRowProps['onAct']>[0]) => (): void => {
    onAct(what);
  };
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span>
          <TagLink tag={tag} />
        </span>
        <span className={styles['note']}>
          {warns && (
            <>
              <Badge tone="warning">
                <Trans>Aviso</Trans>
              </Badge>{' '}
            </>
          )}
          <Plural value={clients} _0="Nenhum cliente" one="# cliente" other="# clientes" />
        </span>
      </span>
      <IconButton label={t`Alterar ${name}`} icon={<IconPencil aria-hidden="true" />} onClick={act('change')} />
      <Menu
        label={t`Ações de ${name}`}
        items={[
          { label: t`Unir a outra`, icon: <IconGitMerge aria-hidden="true" />, onSelect: act('merge') },
          { label: t`Apagar`, icon: <IconTrash aria-hidden="true" />, danger: true, onSelect: act('delete') },
        ]}
        trigger={(links) => (
          <IconButton label={t`Mais ações de ${name}`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
        )}
      />
    </li>
  );
}
