import type {
  LeftClient,
  SeveralChange,
  SeveralResult,
  SeveralUndone,
} from '../../../../../shared/contracts/several-clients.ts';
import { refreshAllClients } from '../../../../entities/client/client-queries.ts';
import { api, createSessionApi } from '../../../../lib/api.ts';
import { fetchOrThrow } from '../../../../lib/unreachable.ts';
import type { ExportFormat } from '../export-path.ts';

export type { LeftClient, SeveralChange, SeveralResult, SeveralUndone };

/** Changes clients in one way. All that shows clients is read again, also after a refusal. */
export async function changeSeveral(ids: readonly string[], change: SeveralChange): Promise<SeveralResult> {
  try {
    return (await api('POST /clients/several', { body: { ids: [...ids], change } })).body;
  } finally {
    void refreshAllClients();
  }
}

/** Undoes such a change as a whole. Rejects with 409 after an hour. */
export async function undoSeveral(id: string): Promise<SeveralUndone> {
  try {
    return (await api('POST /clients/several/{id}/undo', { params: { id } })).body;
  } finally {
    void refreshAllClients();
  }
}

/** Saves the clients as a file. */
export async function exportSeveral(ids: readonly string[], format: ExportFormat): Promise<void> {
  let file = new Blob();
  // The client reads answers as JSON or text; a workbook is neither.
  const send: typeof fetch = async (input, init) => {
    const response = await fetchOrThrow(input, init);
    if (response.ok) file = await response.clone().blob();
    return response;
  };
  const call = createSessionApi(send);
  if (format === 'xlsx') await call('POST /clients/export.xlsx', { body: { ids: [...ids] } });
  else await call('POST /clients/export.csv', { body: { ids: [...ids], dialect: 'excel' } });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `clientes.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
