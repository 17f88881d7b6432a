import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { MessageTemplate } from '../../../shared/contracts/message-templates.ts';
import { fillTemplate } from '../../entities/message-template/fill-template.ts';
import { refreshTemplates } from '../../entities/message-template/template-queries.ts';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { useMe } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';

interface MessageTemplateDialogProps {
  /** Undefined for a new one. */
  readonly template: MessageTemplate | undefined;
  readonly onClose: () => void;
}

/** Makes or changes one of the clinic's messages, and shows how it will read. */
export function MessageTemplateDialog({ template, onClose }: MessageTemplateDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const clinica = useMe().clinic.name;
  const [name, setName] = useState(template?.name ?? '');
  const [text, setText] = useState(template?.text ?? '');
  const [nome, professional] = ['{nome}', '{profissional}'];
  const clinic = '{clinica}';
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      if (template === undefined) await api('POST /message-templates', { body: { name, text } });
      else
        await api('PATCH /message-templates/{id}', {
          params: { id: template.id },
          body: { name, text },
          headers: ifMatch(template.version),
        });
    }, refreshTemplates);
    if (isSaved) onClose();
  };
  const shown = fillTemplate(text, { nome: 'Maria', clinica, profissional: 'Bruno Lima' }).trim();
  return (
    <FormDialog
      label={template === undefined ? t`Nova mensagem` : t`Alterar mensagem`}
      isBusy={isBusy}
      failure={errors['']}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextField
        label={t`Nome`}
        data-autofocus=""
        maxLength={60}
        error={errors['name']}
        hint={t`Como a equipe a encontra: “Retorno”, “Aniversário”.`}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextAreaField
        label={t`Texto`}
        rows={5}
        maxLength={1000}
        error={errors['text']}
        hint={t`${nome}, ${clinic} e ${professional} viram o nome do cliente, da clínica e de quem atende.`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {shown !== '' && <TextAreaField label={t`Como vai ficar`} readOnly rows={4} value={shown} />}
    </FormDialog>
  );
}
