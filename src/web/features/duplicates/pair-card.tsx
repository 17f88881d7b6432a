import parts from './pair-parts.module.css';
import styles from './pair-card.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowMerge } from '@tabler/icons-react';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import type { DuplicatePair } from '../../../shared/contracts/duplicates.ts';
import { formatDocument } from '../../../shared/format.ts';
import { formatDay, formatPhone, formatPlainDate, fullName } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { certaintyWords, reasonWords } from './reasons.ts';

interface PairCardProps {
  readonly pair: DuplicatePair;
  readonly onDismiss: () => void;
}

const certaintyTones = { high: 'accent', medium: 'warning', low: 'neutral' } as const;

/** Two records that may be one person: what they have in common, and what to do about it. */
export function PairCard({ pair, onDismiss }: PairCardProps) {
  const { i18n, t } = useLingui();
  const [older, younger] = pair.clients;
  const [first, second] = [fullName(older), fullName(younger)];
  return (
    <li className={styles['pair']} aria-label={t`${first} e ${second}`}>
      <p className={styles['pair-why']}>
        <Badge tone={certaintyTones[pair.certainty]}>{i18n._(certaintyWords[pair.certainty])}</Badge>
        {pair.reasons.map((reason) => (
          <Badge key={reason}>{i18n._(reasonWords[reason])}</Badge>
        ))}
      </p>
      <div className={styles['pair-people']}>
        <Person client={older} />
        <Person client={younger} />
      </div>
      <div className={styles['pair-actions']}>
        <Button variant="quiet" onClick={onDismiss}>
          <Trans>Não são a mesma pessoa</Trans>
        </Button>
        <ButtonLink
          to="/clientes/duplicados/$winnerId/$loserId"
          params={{ winnerId: older.id, loserId: younger.id }}
          icon={<IconArrowMerge size="1.25rem" aria-hidden="true" />}
        >
          <Trans>Comparar e unir</Trans>
        </ButtonLink>
      </div>
    </li>
  );
}

function Person({ client }: { readonly client: ClientSummary }) {
  const { phone, email, document, dateOfBirth, city, createdAt } = client;
  const name = fullName(client);
  const since = formatDay(createdAt, useClinicTimeZone());
  const facts = [
    phone === null ? null : formatPhone(phone),
    email,
    dateOfBirth === null ? null : formatPlainDate(dateOfBirth),
    document === null ? null : formatDocument(document),
    city,
  ].filter((fact) => fact !== null);
  return (
    <div className={styles['pair-person']}>
      <Avatar name={name} />
      <div className={parts['pair-words']}>
        <p className={parts['pair-name']} translate="no">
          {name}
        </p>
        {facts.map((fact) => (
          <p key={fact} className="tabular" translate="no">
            {fact}
          </p>
        ))}
        <p className={parts['pair-since']}>
          <Trans>Cadastro de {since}</Trans>
        </p>
      </div>
    </div>
  );
}
