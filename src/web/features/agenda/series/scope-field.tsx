import styles from './scope-field.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ChoiceCard } from '../../../ui/choice-card.tsx';
import { countMeant, type InSeries, type Scope, seriesQuery } from './change-series.ts';

interface ScopeFieldProps {
  readonly appointment: InSeries;
  readonly scope: Scope;
  readonly onChoose: (scope: Scope) => void;
}

const scopes = ['one', 'following', 'all'] as const satisfies readonly Scope[];

/** How much of a series a change is about, with the number of appointments. */
export function ScopeField({ appointment, scope, onChoose }: ScopeFieldProps) {
  const { t } = useLingui();
  const { data, dataUpdatedAt } = useQuery(seriesQuery(appointment.seriesId));
  const names: Readonly<Record<Scope, string>> = {
    one: t`Só este`,
    following: t`Este e os seguintes`,
    all: t`Todos`,
  };
  const now = new Date(dataUpdatedAt).toISOString();
  return (
    <fieldset className={styles['scopes']}>
      <legend>{t`Este atendimento faz parte de uma série. O que muda?`}</legend>
      {scopes.map((each) => (
        <ChoiceCard
          key={each}
          name="scope"
          checked={scope === each}
          onChoose={() => {
            onChoose(each);
          }}
        >
          <span className={styles['words']}>
            {names[each]}
            {each !== 'one' && data !== undefined && (
              <span className={styles['count']}>
                <Plural
                  value={countMeant(data, appointment, each, now)}
                  one="# atendimento por vir"
                  other="# atendimentos por vir"
                />
              </span>
            )}
          </span>
        </ChoiceCard>
      ))}
      {scope !== 'one' && (
        <p className={styles['count']}>
          <Trans>Os que foram remarcados à parte ficam como estão.</Trans>
        </p>
      )}
    </fieldset>
  );
}
