import { sql } from '../../db/sql.ts';
import type { Transaction } from '../../db/transaction.ts';

/** Gives clients the clinic's spelling of their tags, of clinics restored from an archive that had none. */
export const spellRestoredTags = (tx: Transaction): Promise<unknown> =>
  tx.run(
    sql`
      update clients c set tags = spelt.tags, facets = app.facets(spelt.tags, c.city, c.state, c.date_of_birth)
      from (
        select w.clinic_id, w.id, array(
          select coalesce(t.name, u.tag) from unnest(w.tags) with ordinality as u (tag, place)
            left join clinic_tags t on t.clinic_id = w.clinic_id and t.key = app.tag_key(u.tag)
          group by 1 order by min(u.place)
        ) as tags
        from clients w where w.tags <> '{}'
      ) as spelt
      where c.clinic_id = spelt.clinic_id and c.id = spelt.id and c.tags <> spelt.tags`,
  );

/** Lets search find clients by their guardian, as archives of earlier releases do not. */
export const describeRestoredGuardians = (tx: Transaction): Promise<unknown> =>
  tx.run(
    sql`
      update clients set search_text = app.client_search_text(
        document, phone, secondary_phone, first_name, social_name, last_name, email, guardian_name, guardian_phone
      )
      where guardian_name is not null or guardian_phone is not null`,
  );
