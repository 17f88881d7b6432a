import type { Database } from '../../db/transaction.ts';
import { notFound } from '../../domain-error.ts';
import type { Actor } from '../../http/actor.ts';
import { recordEvent } from '../audit/api.ts';
import { scopeOf } from './policy.ts';
import { presentClient } from './presenter.ts';
import { clientExists, findClient } from './queries.ts';
import { writeVcard } from './vcard-format.ts';

interface ContactFile {
  readonly text: string;
  /** The value of Content-Disposition. */
  readonly disposition: string;
}

/** A client for a phone's contacts: registration data alone, the copy written down. Throws not_found. */
export async function exportContact(db: Database, actor: Actor, id: string): Promise<ContactFile> {
  const scope = scopeOf(actor);
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
    disposition: dispositionOf(`${row.first_name} ${row.last_name ?? ''}`),
  };
}

const longestFileName = 60;

/** A file named like the person (RFC 6266), with a plain name for programs that know no other (RFC 5987). */
function dispositionOf(name: string): string {
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
