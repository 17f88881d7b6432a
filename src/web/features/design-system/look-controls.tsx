import parts from './sample-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { activateLanguage, currentLanguage } from '../../lib/i18n.ts';
import { useAppearance } from '../../lib/appearance.ts';
import { SelectField } from '../../ui/field.tsx';

/** Applies the look that is stored on the device (public/appearance.js listens). */
const showDeviceLook = (): void => {
  dispatchEvent(new Event('acolhe:appearance'));
};

/** The look chosen on this page. It is shown over the device's own, which comes back on leaving. */
function useLook() {
  const chosen = useAppearance();
  const [look, setLook] = useState({ scheme: '', accent: chosen.accent, textSize: chosen.textSize });
  const language = currentLanguage();
  useEffect(() => {
    const root = document.documentElement;
    showDeviceLook();
    if (look.scheme !== '') root.setAttribute('data-scheme', look.scheme);
    root.setAttribute('data-accent', look.accent);
    root.setAttribute('data-text-size', look.textSize);
    root.lang = language;
  }, [look, language]);
  useEffect(
    () => () => {
      showDeviceLook();
      void activateLanguage();
    },
    [],
  );
  return [look, setLook] as const;
}

/** Changes the look of this page only, not of the app. */
export function LookControls() {
  const { t } = useLingui();
  const [look, setLook] = useLook();
  const set = (change: Partial<typeof look>): void => {
    setLook((before) => ({ ...before, ...change }));
  };
  return (
    <form
      className={parts['look-controls']}
      aria-label={t`Aparência desta página`}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <SelectField
        label={t`Tema`}
        value={look.scheme}
        onChange={(event) => {
          set({ scheme: event.target.value });
        }}
      >
        <option value="">{t`Do aparelho`}</option>
        <option value="light">{t`Claro`}</option>
        <option value="dark">{t`Escuro`}</option>
      </SelectField>
      <SelectField
        label={t`Cor`}
        value={look.accent}
        onChange={(event) => {
          set({ accent: event.target.value as typeof look.accent });
        }}
      >
        <option value="teal">{t`Verde-água`}</option>
        <option value="indigo">{t`Índigo`}</option>
        <option value="rose">{t`Rosa`}</option>
        <option value="amber">{t`Âmbar`}</option>
      </SelectField>
      <SelectField
        label={t`Tamanho do texto`}
        value={look.textSize}
        onChange={(event) => {
          set({ textSize: event.target.value as typeof look.textSize });
        }}
      >
        <option value="small">{t`Menor`}</option>
        <option value="medium">{t`Normal`}</option>
        <option value="large">{t`Maior`}</option>
      </SelectField>
      <LanguageSelect />
      <p className={parts['samples-note']}>
        <Trans>Só esta página muda; o que você escolheu para o Acolhe continua como está.</Trans>
      </p>
    </form>
  );
}

function LanguageSelect() {
  const { t } = useLingui();
  const language = currentLanguage();
  return (
    <SelectField
      label={t`Idioma`}
      value={language}
      onChange={(event) => void activateLanguage(event.target.value === 'en' ? 'en' : 'pt-BR')}
    >
      <option value="pt-BR" lang="pt-BR">
        Português
      </option>
      <option value="en" lang="en">
        English
      </option>
    </SelectField>
  );
}
