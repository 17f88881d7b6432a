import styles from './selection-bar.module.css';
import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  IconArchive,
  IconBrandWhatsapp,
  IconDotsVertical,
  IconFileSpreadsheet,
  IconFileTypeCsv,
  IconListCheck,
  IconTag,
  IconUserShare,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { may, mayForAll } from '../../../../../shared/permissions.ts';
import { useMe } from '../../../../lib/me.ts';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { Menu } from '../../../../ui/menu.tsx';
import { useIsBroad, useIsPhone } from '../../../../ui/screen.ts';
import { toastFailure } from '../../../../ui/toast.tsx';
import type { ExportFormat } from '../export-path.ts';
import { MessageDialog } from '../../message/message-dialog.tsx';
import { ProfessionalDialog } from './professional-dialog.tsx';
import { useSelection } from './selection-context.tsx';
import { exportSeveral } from './several-calls.ts';
import { TagDialog } from './tag-dialog.tsx';
import { useSeveral } from './use-several.ts';

type DialogName = 'tag' | 'professional' | 'message';

/** How many clients are chosen, and what can be done with all of them. */
export function SelectionBar() {
  const { t } = useLingui();
  const { chosen, isFull, clear } = useSelection();
  const [open, setOpen] = useState<DialogName>();
  const isPhone = useIsPhone();
  const isBroad = useIsBroad();
  const actions = useActions(setOpen);
  const shown = isPhone ? [] : actions.filter(({ isMain }) => isMain).slice(0, isBroad ? undefined : 2);
  const close = (): void => {
    setOpen(undefined);
  };
  return (
    <div className={styles['selection-bar']} role="region" aria-label={t`Clientes selecionados`}>
      <IconButton label={t`Limpar seleção`} icon={<IconX aria-hidden="true" />} onClick={clear} />
      <p role="status">
        {isFull ? (
          <Trans>{chosen.size} selecionados, o máximo</Trans>
        ) : (
          <Plural value={chosen.size} one="# selecionado" other="# selecionados" />
        )}
      </p>
      {shown.map(({ label, icon, onSelect }) => (
        <Button key={label} variant="quiet" icon={icon} onClick={onSelect}>
          {label}
        </Button>
      ))}
      <Menu
        label={t`Ações com os selecionados`}
        items={actions.filter((action) => !shown.includes(action))}
        trigger={(links) =>
          isPhone ? (
            <Button variant="primary" {...links}>
              <Trans>Ações</Trans>
            </Button>
          ) : (
            <IconButton label={t`Mais ações`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
          )
        }
      />
      {open === 'tag' && <TagDialog onClose={close} />}
      {open === 'professional' && <ProfessionalDialog onClose={close} />}
      {open === 'message' && <MessageDialog clients={[...chosen.values()]} onClose={close} />}
    </div>
  );
}

interface BarAction {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onSelect: () => void;
  /** Has a button of its own where there is room. */
  readonly isMain: boolean;
}

function useActions(open: (dialog: DialogName) => void): readonly BarAction[] {
  const { t } = useLingui();
  const me = useMe();
  const { chosen, chooseAll, clear } = useSelection();
  const { run } = useSeveral();
  const icon = { size: '1.25rem', 'aria-hidden': true } as const;
  const save = (format: ExportFormat): void => {
    exportSeveral([...chosen.keys()], format).catch(toastFailure);
  };
  const archive = async (): Promise<void> => {
    const isDone = await run({ archive: true }, (changed) =>
      plural(changed, { one: '# cliente arquivado.', other: '# clientes arquivados.' }),
    );
    if (isDone) clear();
  };
  const opening = (dialog: DialogName) => () => {
    open(dialog);
  };
  const hasActive = [...chosen.values()].some(({ archivedAt }) => archivedAt === null);
  const actions: readonly (BarAction | false)[] = [
    { label: t`Etiquetas`, icon: <IconTag {...icon} />, onSelect: opening('tag'), isMain: true },
    { label: t`Mensagem`, icon: <IconBrandWhatsapp {...icon} />, onSelect: opening('message'), isMain: true },
    mayForAll(me, 'clients.assign') && {
      label: t`Profissional`,
      icon: <IconUserShare {...icon} />,
      onSelect: opening('professional'),
      isMain: true,
    },
    hasActive && {
      label: t`Arquivar`,
      icon: <IconArchive {...icon} />,
      onSelect: () => void archive(),
      isMain: true,
    },
    may(me, 'clients.export') && {
      label: t`Exportar CSV`,
      icon: <IconFileTypeCsv {...icon} />,
      onSelect: () => {
        save('csv');
      },
      isMain: false,
    },
    may(me, 'clients.export') && {
      label: t`Exportar planilha`,
      icon: <IconFileSpreadsheet {...icon} />,
      onSelect: () => {
        save('xlsx');
      },
      isMain: false,
    },
    { label: t`Selecionar todos da tela`, icon: <IconListCheck {...icon} />, onSelect: chooseAll, isMain: false },
  ];
  return actions.filter((action) => action !== false);
}
