import { sql } from '../../../db/sql.ts';
import type { Transaction } from '../../../db/transaction.ts';

/** Seconds that a request may have worked on its change before the attempt began. */
const longestRequest = 10;

/** Whether somebody else changed clients of the clinic in the last seconds; nothing of the import itself is stored by then. */
export async function haveOthersChanged(tx: Transaction, clinicId: string, seconds: number): Promise<boolean> {
  const [found] = await tx.run<{ changed: boolean }>(
    sql<{ changed: boolean }>`select exists (
      select from clients
      where clinic_id = ${clinicId} and updated_at > now() - make_interval(secs => ${seconds + longestRequest})
    ) as changed`,
  );
  return found?.changed === true;
}
