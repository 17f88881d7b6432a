import pg from 'pg';

export interface BenchClinic {
  readonly clinicId: string;
  readonly professionalId: string;
  readonly sessionId: string;
  readonly clientIds: readonly string[];
}

const first = [
  'João',
  'José',
  'Antônia',
  'Luís',
  'Márcia',
  'André',
  'Conceição',
  'Inês',
  'Lúcia',
  'Zoé',
  'Íris',
  'Caetano',
];
const last = [
  'da Silva',
  'Souza',
  'Araújo',
  'Gonçalves',
  'Magalhães',
  'Muñoz',
  'D’Ávila',
  'Simões',
  'Leão',
  'Peçanha',
  'Ximenes',
];

const tags = ['diabetes', 'palmilha', 'retorno'];

/** Creates a clinic with one professional, who is signed in and has so many clients. */
export async function fillClinic(url: string, clients: number): Promise<BenchClinic> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ clinic: string; professional: string; session: string }>(`
      with c as (insert into clinics (name) values ('Bench') returning id),
        p as (
          insert into professionals (clinic_id, email, first_name, role)
          select id, 'bench@exemplo.test', 'Bench', 'professional' from c returning clinic_id, id
        ),
        s as (
          insert into device_sessions (clinic_id, professional_id, device_key, refresh_expires_at)
          select clinic_id, id, 'bench', now() + interval '1 day' from p returning id
        )
      select p.clinic_id as clinic, p.id as professional, s.id as session from p, s`);
    const [row] = rows;
    if (row === undefined) throw new Error('no clinic was made');
    const made = await client.query<{ id: string }>(
      `insert into clients (clinic_id, professional_id, first_name, last_name, email, phone, city, state,
         date_of_birth, tags)
       select $1, $2, ($4::text[])[1 + n * 7 % 12], ($5::text[])[1 + n * 5 % 11] || ' ' || ($5::text[])[1 + n * 3 % 7],
         'cliente' || n || '@exemplo.test', '+55119' || 10000000 + n, 'São Paulo', 'SP',
         case when n % 3 > 0 then date '1940-01-01' + n * 13 % 27000 end, ($6::text[])[1 : n % 4]
       from generate_series(1, $3::integer) as n returning id`,
      [row.clinic, row.professional, clients, first, last, tags],
    );
    await client.query('vacuum analyze clients');
    const clientIds = made.rows.slice(0, 1000).map(({ id }) => id);
    return { clinicId: row.clinic, professionalId: row.professional, sessionId: row.session, clientIds };
  } finally {
    await client.end();
  }
}
