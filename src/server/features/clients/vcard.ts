import { formatName } from '../../../shared/person-name.ts';
import type { Database } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { readingScope } from './policy.ts';
import { presentClient } from './presenter.ts';
import { clientExists, findClient } from './queries.ts';
import { writeVcard } from './vcard-format.ts';

interface ContactFile {
  readonly text: string;
  /** The value of Content-Disposition. */
  readonly disposition: string;
}

/** A client's registration data as a vCard. Records the copy in the audit trail. Throws not_found. */
export async function exportContact(db: Database, actor: Actor, id: string): Promise<ContactFile> {
  const scope = readingScope(actor);
  const [row] = await db.read(actor, (tx) =>
    Promise.all([
      findClient(tx, id, scope),
      recordEvent(
        tx,
        actor,
        { action: 'client_contact_exported', recordType: 'client', recordId: id },
        clientExists(id, scope),
      ),
    ]),
  );
  if (row === undefined) throw notFound();
  return {
    text: writeVcard(presentClient(row, false)),
    disposition: writeDisposition(formatName(row.first_name, row.last_name)),
  };
}

const longestFileName = 60;

/** Content-Disposition with the person's name as file name (RFC 6266), and an ASCII name for old programs (RFC 5987). */
function writeDisposition(name: string): string {
  const safe = name.replace(/[^\p{L}\p{M}\p{N} ._-]/gu, '').replace(/^[. ]+/, '');
  const short = Array.from(safe).slice(0, longestFileName).join('').replace(/\s+/g, ' ').trim();
  const plain = short
    .normalize('NFD')
    .replace(/[^\w .-]/g, '')
    .trim();
  const whole = short === '' ? 'contato' : short;
  const encoded = encodeURIComponent(`${whole}.vcf`).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain === '' ? 'contato' : plain}.vcf"; filename*=UTF-8''${encoded}`;
}
