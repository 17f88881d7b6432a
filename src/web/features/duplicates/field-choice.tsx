import styles from './field-choice.module.css';
import { Trans } from '@lingui/react/macro';
import { mergeRuleOf, type MergeField } from '../../../shared/client-fields.ts';
import { useFieldLabels } from '../../entities/client/field-labels.ts';
import { ChoiceCard } from '../../ui/choice-card.tsx';

type Choice = 'winner' | 'loser' | 'both';

interface FieldChoiceProps {
  readonly field: MergeField;
  readonly values: Readonly<Record<'winner' | 'loser', string>>;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

/** For a field in which the records differ: chooses whose value stays. */
export function FieldChoice({ field, values, choice, onChoose }: FieldChoiceProps) {
  const { labelOf } = useFieldLabels();
  const canJoin = mergeRuleOf(field) === 'joined' && values.winner !== '' && values.loser !== '';
  const choices: readonly Choice[] = canJoin ? ['winner', 'loser', 'both'] : ['winner', 'loser'];
  return (
    <fieldset className={styles['merge-field']}>
      <legend>{labelOf(field)}</legend>
      <div className={styles['merge-options']}>
        {choices.map((each) => (
          <ChoiceCard
            key={each}
            name={field}
            checked={each === choice}
            wide={each === 'both'}
            onChoose={() => {
              onChoose(each);
            }}
          >
            <span className={styles['merge-words']}>
              {each === 'both' ? <Trans>Ficar com as duas, uma depois da outra</Trans> : <Value text={values[each]} />}
            </span>
          </ChoiceCard>
        ))}
      </div>
    </fieldset>
  );
}

const Value = ({ text }: { readonly text: string }) =>
  text === '' ? (
    <em>
      <Trans>vazio</Trans>
    </em>
  ) : (
    text
  );
