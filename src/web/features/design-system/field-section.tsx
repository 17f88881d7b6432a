import styles from './field-section.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { FieldError, Select, SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { Section } from './section.tsx';

/** Every field in every state. */
export function FieldSection() {
  const { t } = useLingui();
  return (
    <Section
      id="campos"
      title={t`Campos`}
      note={
        <Trans>
          O nome fica acima e sempre à vista. O opcional é marcado, o obrigatório não. O erro vem em palavras, abaixo do
          campo, e nunca só em vermelho.
        </Trans>
      }
    >
      <div className={styles['field-samples']}>
        <TextField label={t`Nome`} defaultValue="Maria" />
        <TextField label={t`Nome social`} optional />
        <TextField label={t`Telefone`} hint={t`Com o DDD.`} inputMode="tel" placeholder="(11) 98765-4321" />
        <TextField label={t`E-mail`} error={t`Falta o @ neste e-mail.`} defaultValue="maria.exemplo" />
        <TextField label={t`Cadastro`} readOnly defaultValue="2026" hint={t`Só leitura.`} />
        <TextField label={t`Convênio`} disabled defaultValue={t`Indisponível`} />
        <SelectField label={t`Estado`} defaultValue="SP">
          <option value="SP">São Paulo</option>
          <option value="MG">Minas Gerais</option>
        </SelectField>
        <SelectField label={t`Profissional`} error={t`Escolha quem atende.`} defaultValue="">
          <option value="">{t`Escolha`}</option>
          <option value="ana">Ana Guimarães</option>
        </SelectField>
        <div className="field">
          <Select aria-label={t`Como ver`} defaultValue="dia">
            <option value="dia">{t`Dia`}</option>
            <option value="semana">{t`Semana`}</option>
          </Select>
          <FieldError>{t`Escolha também um horário.`}</FieldError>
        </div>
        <SampleSuggestions />
        <TextAreaField label={t`Anotações`} optional defaultValue={t`Prefere o primeiro horário da manhã.`} />
        <TextAreaField label={t`Motivo`} error={t`Diga o motivo.`} />
      </div>
    </Section>
  );
}

/** Any text, with what others have written before. */
function SampleSuggestions() {
  const { t } = useLingui();
  const [value, setValue] = useState('');
  return (
    <SuggestField
      label={t`Cidade`}
      hint={t`Digite “sa”.`}
      value={value}
      suggestions={['Salvador', 'Santos', 'São Carlos', 'São Paulo']}
      onChange={(event) => {
        setValue(event.target.value);
      }}
      onChoose={setValue}
    />
  );
}
