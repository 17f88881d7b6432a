import styles from './today-page.module.css';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconCake } from '@tabler/icons-react';
import type { Birthday } from '../../../../shared/contracts/clients.ts';
import { clientKeys } from '../../../entities/client/client-queries.ts';
import { api } from '../../../lib/api.ts';
import { fullName } from '../../../lib/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { nameDay } from '../day-words.ts';
import { Section } from './section.tsx';

const none: readonly never[] = [];
/** This day and the six after it. */
const days = 7;

/** Clients whose birthday it is, and those who have it within a week. */
export function Birthdays({ today }: { readonly today: string }) {
  const { t } = useLingui();
  const { data = none } = useQuery({
    queryKey: [...clientKeys.birthdays, today],
    queryFn: async ({ signal }) =>
      (await api('GET /clients/birthdays', { query: { from: today, days }, signal })).body.items,
    staleTime: 10 * 60_000,
  });
  const [now, later] = [data.filter(({ date }) => date === today), data.filter(({ date }) => date !== today)];
  return (
    <>
      {now.length > 0 && (
        <Section title={t`Aniversários`} count={now.length}>
          {now.map((birthday) => (
            <Row key={birthday.client.id} birthday={birthday} />
          ))}
        </Section>
      )}
      {later.length > 0 && (
        <Section title={t`Aniversários da semana`} count={later.length}>
          {later.map((birthday) => (
            <Row key={birthday.client.id} birthday={birthday} day={nameDay(birthday.date)} />
          ))}
        </Section>
      )}
    </>
  );
}

interface RowProps {
  readonly birthday: Birthday;
  /** Of those who have it on another day. */
  readonly day?: string;
}

function Row({ birthday: { client, date }, day }: RowProps) {
  // Who was born on a 29 February is a year older on the 28th, too.
  const age =
    client.dateOfBirth === null ? undefined : Number(date.slice(0, 4)) - Number(client.dateOfBirth.slice(0, 4));
  const words = age === undefined ? undefined : plural(age, { one: '# ano', other: '# anos' });
  return (
    <li className={styles['birthday']}>
      <Avatar name={fullName(client)} size="2.25rem" />
      <Link to="/clientes/$id" params={{ id: client.id }} translate="no">
        {fullName(client)}
      </Link>
      <span className={styles['birthday-day']}>{[day, words].filter((part) => part !== undefined).join(' · ')}</span>
      {day === undefined && <IconCake size="1.25rem" aria-hidden="true" />}
    </li>
  );
}
