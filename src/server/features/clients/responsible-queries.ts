import type { Profile } from '../../../shared/contracts/profile.ts';
import { personName } from '../../db/person-name.ts';
import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

interface Responsible extends Pick<Profile, 'council' | 'specialty'> {
  readonly name: string;
}

/** Whose client somebody is, as documents name them. */
export async function findResponsible(tx: Transaction, clientId: string): Promise<Responsible | undefined> {
  const rows = await tx.run(
    sql<Responsible>`
      select ${personName('p')} as name, p.specialty,
        case when p.council_kind is not null then
          jsonb_build_object('kind', p.council_kind, 'number', p.council_number, 'state', p.council_state)
        end as council
      from clients c join professionals p on p.clinic_id = c.clinic_id and p.id = c.professional_id
      where c.clinic_id = app.current_clinic() and c.id = ${clientId}`,
  );
  return rows[0];
}
