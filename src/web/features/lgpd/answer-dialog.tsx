import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { DataRequest } from '../../../shared/contracts/data-requests.ts';
import { useSave } from '../../lib/use-save.ts';
import { TextAreaField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { changeRequest } from './request-queries.ts';

interface AnswerDialogProps {
  readonly request: DataRequest;
  readonly onClose: () => void;
}

/** Notes what the person was told, as of now. */
export function AnswerDialog({ request, onClose }: AnswerDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [answer, setAnswer] = useState(request.answer ?? '');
  const name = request.clientName;
  const send = async (): Promise<void> => {
    const text = answer.trim();
    const body = { answer: text === '' ? null : text, answeredAt: new Date().toISOString() };
    if (await save(() => changeRequest(request, body))) onClose();
  };
  return (
    <FormDialog
      label={t`Responder a ${name}`}
      isBusy={isBusy}
      failure={errors[''] ?? errors['answeredAt']}
      action={<Trans>Marcar como respondido</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextAreaField
        label={t`O que foi respondido`}
        hint={t`Sem dados de saúde: basta o que foi feito e como a pessoa soube.`}
        rows={4}
        maxLength={4000}
        data-autofocus=""
        error={errors['answer']}
        value={answer}
        onChange={(event) => {
          setAnswer(event.target.value);
        }}
      />
    </FormDialog>
  );
}
