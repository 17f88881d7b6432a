import styles from './policies.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PrivacySettings, PrivacySettingsPatch } from '../../../shared/contracts/policies.ts';
import { formatField } from '../../entities/client/format-field.ts';
import { refreshPrivacy } from '../../entities/clinic/privacy-queries.ts';
import { api } from '../../lib/api.ts';
import { formatPhone } from '../../lib/format.ts';
import { useSave } from '../../lib/use-save.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { TextField } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { Failure } from '../../ui/failure.tsx';

type Text = Exclude<keyof PrivacySettingsPatch, 'smallAgent'>;

interface ResponsibleFormProps {
  readonly settings: PrivacySettings;
  readonly etag: string;
}

const write = (texts: PrivacySettings): Record<Text, string> => ({
  publicName: texts.publicName ?? '',
  controllerName: texts.controllerName ?? '',
  controllerDocument: texts.controllerDocument === null ? '' : formatField('document', texts.controllerDocument),
  controllerAddress: texts.controllerAddress ?? '',
  officerName: texts.officerName ?? '',
  officerEmail: texts.officerEmail ?? '',
  officerPhone: texts.officerPhone === null ? '' : formatPhone(texts.officerPhone),
});

/** Who answers for the data, and whom people may ask. */
export function ResponsibleForm({ settings, etag }: ResponsibleFormProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [texts, setTexts] = useState(() => write(settings));
  const [smallAgent, setSmallAgent] = useState(settings.smallAgent);
  const send = async (): Promise<void> => {
    const filled = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, text.trim() === '' ? null : text.trim()]),
    ) as Record<Text, string | null>;
    const isSaved = await save(async () => {
      await api('PATCH /privacy-settings', { body: { ...filled, smallAgent }, headers: { 'if-match': etag } });
      await refreshPrivacy();
    });
    if (isSaved) toast({ message: t`Responsáveis salvos.` });
  };
  const field = (name: Text) => ({
    value: texts[name],
    error: errors[name],
    optional: true,
    onChange: (event: { target: { value: string } }) => {
      setTexts((before) => ({ ...before, [name]: event.target.value }));
    },
  });
  return (
    <form
      noValidate
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
    >
      <section className={styles['section']} aria-label={t`Quem responde pelos dados`}>
        <h2>
          <Trans>Quem responde pelos dados</Trans>
        </h2>
        <TextField label={t`Nome ou razão social`} maxLength={200} {...field('controllerName')} />
        <div className={styles['row']}>
          <TextField label={t`CNPJ ou CPF`} {...field('controllerDocument')} />
          <TextField label={t`Endereço completo`} maxLength={300} {...field('controllerAddress')} />
        </div>
        <Check
          label={t`Agente de tratamento de pequeno porte`}
          hint={t`Dobra os prazos para comunicar incidentes (Resolução CD/ANPD 2/2022). Não vale para quem faz tratamento de alto risco: confirme com quem orienta a clínica.`}
          checked={smallAgent}
          onChange={setSmallAgent}
        />
      </section>
      <section className={styles['section']} aria-label={t`Encarregado`}>
        <h2>
          <Trans>Encarregado</Trans>
        </h2>
        <p className={styles['note']}>
          <Trans>A pessoa a quem clientes e a ANPD se dirigem (LGPD, art. 41). Aparece na página pública.</Trans>
        </p>
        <TextField label={t`Nome do encarregado`} maxLength={200} {...field('officerName')} />
        <div className={styles['row']}>
          <TextField label={t`E-mail do encarregado`} type="email" {...field('officerEmail')} />
          <TextField label={t`Telefone do encarregado`} type="tel" {...field('officerPhone')} />
        </div>
      </section>
      <TextField
        label={t`Endereço da página pública`}
        hint={t`Depois de /privacidade/: letras minúsculas, números e hífens. Sem ele, o endereço é um código.`}
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
        {...field('publicName')}
      />
      <Failure error={errors['']} />
      <div>
        <Button type="submit" variant="primary" busy={isBusy}>
          <Trans>Salvar responsáveis</Trans>
        </Button>
      </div>
    </form>
  );
}
