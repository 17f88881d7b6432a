import styles from './duplicate-notice.module.css';
import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Verbatim } from '../../../ui/verbatim.tsx';
import type { Problem } from '../../../../shared/problem.ts';

/** A client who already has a phone or document, as far as this person may know. */
export interface Duplicate {
  readonly field: 'phone' | 'document';
  readonly client?: { readonly id: string; readonly name: string };
  /** The server's words, for when the client may not be named. */
  readonly detail: string;
}

/** Reads the duplicate from a problem of status 409; undefined for any other problem. */
export function findDuplicate({ code, detail, ...problem }: Problem): Duplicate | undefined {
  const field = code === 'duplicate_phone' ? 'phone' : code === 'duplicate_document' ? 'document' : undefined;
  if (field === undefined) return undefined;
  const client = problem['client'] as Duplicate['client'];
  return { field, detail, ...(client && { client }) };
}

interface DuplicateNoticeProps {
  readonly duplicate: Duplicate;
  /** For phones only: called when the person says that a family shares the number. */
  readonly onShare?: (() => void) | undefined;
}

/** Says who already has the phone or document, with a link, and for a phone a button to share it on purpose. */
export function DuplicateNotice({ duplicate: { field, client, detail }, onShare }: DuplicateNoticeProps) {
  return (
    <>
      {client === undefined ? (
        detail
      ) : (
        <>
          {field === 'phone' ? (
            <Trans>
              Este telefone já é de <Verbatim>{client.name}</Verbatim>.
            </Trans>
          ) : (
            <Trans>
              Este CPF já é de <Verbatim>{client.name}</Verbatim>.
            </Trans>
          )}{' '}
          <Link to="/clientes/$id" params={{ id: client.id }} ignoreBlocker className={styles['duplicate-link']}>
            <Trans>Abrir cadastro?</Trans>
          </Link>
        </>
      )}
      {field === 'phone' && onShare !== undefined && (
        <button type="button" className={styles['duplicate-share']} onClick={onShare}>
          <Trans>É a mesma família: usar assim mesmo</Trans>
        </button>
      )}
    </>
  );
}
