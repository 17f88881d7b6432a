import styles from './stale-dialog.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { ChoiceCard } from '../../../ui/choice-card.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { FormField, FormValues } from './form-fields.ts';
import { mergeStaleEdit, takeField } from './stale-edit.ts';

interface StaleDialogProps {
  readonly base: FormValues;
  readonly mine: FormValues;
  readonly current: FormValues;
  readonly onClose: () => void;
  readonly onSave: (settled: FormValues) => void;
}

/** Shown when somebody else changed the record meanwhile: the person chooses between both versions, field by field. */
export function StaleDialog({ base, mine, current, onClose, onSave }: StaleDialogProps) {
  const { t } = useLingui();
  const { merged, disputed, adopted } = mergeStaleEdit(base, mine, current);
  const [theirs, setTheirs] = useState<readonly FormField[]>([]);
  const settled = theirs.reduce((values, field) => takeField(values, field, current), merged);
  return (
    <Dialog
      label={t`Este cadastro mudou enquanto você editava`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Voltar ao formulário</Trans>
          </Button>
          <Button
            variant="primary"
            data-autofocus=""
            onClick={() => {
              onSave(settled);
            }}
          >
            <Trans>Salvar assim</Trans>
          </Button>
        </>
      }
    >
      {disputed.length > 0 && (
        <p className={styles['stale-intro']}>
          <Trans>Outra pessoa mudou os mesmos campos. Escolha o que fica.</Trans>
        </p>
      )}
      {disputed.map((field) => (
        <Choice
          key={field}
          field={field}
          mine={mine}
          current={current}
          takesTheirs={theirs.includes(field)}
          onChoose={(takesTheirs) => {
            setTheirs(takesTheirs ? [...theirs, field] : theirs.filter((each) => each !== field));
          }}
        />
      ))}
      {adopted.length > 0 && <Adopted fields={adopted} current={current} />}
    </Dialog>
  );
}

const formatValue = (values: FormValues, field: FormField): string =>
  field === 'tags' ? values.tags.join(', ') : values[field];

interface ChoiceProps {
  readonly field: FormField;
  readonly mine: FormValues;
  readonly current: FormValues;
  readonly takesTheirs: boolean;
  readonly onChoose: (takesTheirs: boolean) => void;
}

function Choice({ field, mine, current, takesTheirs, onChoose }: ChoiceProps) {
  const { t } = useLingui();
  const { labelOf } = useFieldLabels();
  const options = [
    { title: t`O que você escreveu`, words: formatValue(mine, field), isTheirs: false },
    { title: t`O que está salvo agora`, words: formatValue(current, field), isTheirs: true },
  ];
  return (
    <fieldset className={styles['stale-choice']}>
      <legend>{labelOf(field)}</legend>
      {options.map(({ title, words, isTheirs }) => (
        <ChoiceCard
          key={title}
          name={`stale-${field}`}
          checked={takesTheirs === isTheirs}
          onChoose={() => {
            onChoose(isTheirs);
          }}
        >
          <span>
            <span className={styles['stale-title']}>{title}</span>
            <span className={styles['stale-words']}>{words === '' ? t`vazio` : words}</span>
          </span>
        </ChoiceCard>
      ))}
    </fieldset>
  );
}

function Adopted({ fields, current }: { readonly fields: readonly FormField[]; readonly current: FormValues }) {
  const { t } = useLingui();
  const { labelOf } = useFieldLabels();
  return (
    <div className={styles['stale-adopted']}>
      <p>
        <Trans>Outra pessoa também mudou, e isso fica:</Trans>
      </p>
      <dl>
        {fields.map((field) => {
          const words = formatValue(current, field);
          return (
            <div key={field}>
              <dt>{labelOf(field)}</dt>
              <dd>{words === '' ? t`vazio` : words}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
