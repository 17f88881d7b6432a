import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './conflict-choice.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { OnConflict } from '../../../../shared/import-choices.ts';
import { ChoiceCard } from '../../../ui/choice-card.tsx';

interface ConflictChoiceProps {
  readonly value: OnConflict;
  readonly onChoose: (value: OnConflict) => void;
}

/** What happens to rows whose phone or e-mail belongs to somebody who may be another person. */
export function ConflictChoice({ value, onChoose }: ConflictChoiceProps) {
  const { t } = useLingui();
  const name = useId();
  const choices: readonly (readonly [OnConflict, string, string])[] = [
    ['skip', t`Deixar de fora`, t`Ficam na lista abaixo, para você decidir uma a uma.`],
    ['create', t`Criar outro cadastro`, t`Para pessoas da mesma família, que dividem o telefone ou o e-mail.`],
    [
      'update',
      t`Atualizar o cadastro que existe`,
      t`Para a mesma pessoa, que mudou de sobrenome. Outro nome ou nascimento fica de fora.`,
    ],
  ];
  return (
    <fieldset className={styles['import-choices']}>
      <legend className={importText['import-heading']}>
        <Trans>Quando o telefone ou o e-mail já é de alguém que pode ser outra pessoa</Trans>
      </legend>
      {choices.map(([choice, label, note]) => (
        <ChoiceCard
          key={choice}
          name={name}
          checked={value === choice}
          onChoose={() => {
            onChoose(choice);
          }}
        >
          <span className={importList['import-item-words']}>
            <span className={importList['import-item-name']}>{label}</span>
            <span className={importList['import-item-line']}>{note}</span>
          </span>
        </ChoiceCard>
      ))}
    </fieldset>
  );
}
