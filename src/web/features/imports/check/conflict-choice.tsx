import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import styles from './conflict-choice.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { OnConflict } from '../../../../shared/import-choices.ts';

interface ConflictChoiceProps {
  readonly value: OnConflict;
  readonly onChoose: (value: OnConflict) => void;
}

/** What happens to rows whose phone or e-mail belongs to somebody who may be another person. */
export function ConflictChoice({ value, onChoose }: ConflictChoiceProps) {
  const { t } = useLingui();
  const id = useId();
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
        <label className={styles['import-choice']} key={choice}>
          <input
            type="radio"
            name={id}
            checked={value === choice}
            aria-describedby={`${id}-${choice}`}
            onChange={() => {
              onChoose(choice);
            }}
          />
          <span className={importList['import-item-words']}>
            <span className={importList['import-item-name']}>{label}</span>
            <span className={importList['import-item-line']} id={`${id}-${choice}`}>
              {note}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
