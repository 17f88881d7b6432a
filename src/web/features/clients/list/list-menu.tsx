import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import {
  IconArchive,
  IconArrowMerge,
  IconDotsVertical,
  IconFileSpreadsheet,
  IconFileTypeCsv,
  IconPrinter,
} from '@tabler/icons-react';
import { may } from '../../../../shared/permissions.ts';
import { download } from '../../../lib/download.ts';
import { useMe } from '../../../lib/me.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { toastFailure } from '../../../ui/toast.tsx';
import { type ExportFormat, exportPath } from './export-path.ts';
import type { ListFilters } from './list-filters.ts';

/** Actions on the list as a whole that are rarely needed. An export has the clients that the list shows. */
export function ListMenu({ filters }: { readonly filters: ListFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { role } = useMe();
  const save = (format: ExportFormat, withArchived = false): void => {
    download(exportPath(format, filters, withArchived)).catch(toastFailure);
  };
  const exports = [
    {
      label: t`Exportar CSV`,
      icon: <IconFileTypeCsv size="1.25rem" aria-hidden="true" />,
      onSelect: () => {
        save('csv');
      },
    },
    {
      label: t`Exportar planilha`,
      icon: <IconFileSpreadsheet size="1.25rem" aria-hidden="true" />,
      onSelect: () => {
        save('xlsx');
      },
    },
    {
      label: t`CSV com arquivados`,
      icon: <IconArchive size="1.25rem" aria-hidden="true" />,
      onSelect: () => {
        save('csv', true);
      },
    },
    {
      label: t`Planilha com arquivados`,
      icon: <IconArchive size="1.25rem" aria-hidden="true" />,
      onSelect: () => {
        save('xlsx', true);
      },
    },
  ];
  const printing = {
    label: t`Imprimir a lista`,
    icon: <IconPrinter size="1.25rem" aria-hidden="true" />,
    onSelect: () => {
      print();
    },
  };
  return (
    <Menu
      label={t`Opções da lista`}
      items={[
        {
          label: t`Cadastros repetidos`,
          icon: <IconArrowMerge size="1.25rem" aria-hidden="true" />,
          onSelect: () => void navigate({ to: '/clientes/duplicados' }),
        },
        ...(may(role, 'clients.export') ? [...exports, printing] : []),
        {
          label: t`Imprimir ficha em branco`,
          icon: <IconPrinter size="1.25rem" aria-hidden="true" />,
          onSelect: () => void navigate({ to: '/clientes/imprimir-ficha' }),
        },
      ]}
      trigger={(links) => (
        <IconButton label={t`Opções da lista`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
      )}
    />
  );
}
