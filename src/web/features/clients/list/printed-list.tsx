import styles from './printed-list.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { describePlace } from '../../../entities/client/client-line.ts';
import { formatPhone, formatPlainDate, fullName, today } from '../../../lib/format.ts';
import { useMe } from '../../../lib/me.ts';
import { useIsPrinting } from '../../../ui/screen.ts';

interface PrintedListProps {
  readonly clients: readonly ClientSummary[];
  /** Of the whole list, if more of it has not been loaded. */
  readonly total: number | undefined;
  readonly query: string;
}

/** The list on paper: every row that was loaded, which the window's list keeps out of the page while it is out of sight. */
export function PrintedList(props: PrintedListProps) {
  return useIsPrinting() ? <Sheet {...props} /> : null;
}

function Sheet({ clients, total, query }: PrintedListProps) {
  const { t } = useLingui();
  const { clinic } = useMe();
  const shown = clients.length;
  return (
    <section className={styles['sheet']} aria-label={t`Clientes`}>
      <header className={styles['head']}>
        <h2>
          <Trans>Clientes</Trans> · <span translate="no">{clinic.name}</span>
        </h2>
        <p>
          {formatPlainDate(today(clinic.timeZone))} ·{' '}
          {total !== undefined && total > shown ? (
            <Trans>
              {shown} de {total} clientes
            </Trans>
          ) : (
            <Plural value={shown} one="# cliente" other="# clientes" />
          )}
          {query !== '' && (
            <>
              {' · '}
              <Trans>busca: “{query}”</Trans>
            </>
          )}
        </p>
      </header>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t`Nome`}</th>
            <th scope="col">{t`Telefone`}</th>
            <th scope="col">{t`Nascimento`}</th>
            <th scope="col">{t`Cidade`}</th>
          </tr>
        </thead>
        <tbody translate="no">
          {clients.map((client) => (
            <tr key={client.id}>
              <td>{fullName(client)}</td>
              <td>{client.phone !== null && formatPhone(client.phone)}</td>
              <td>{client.dateOfBirth !== null && formatPlainDate(client.dateOfBirth)}</td>
              <td>{describePlace(client)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
