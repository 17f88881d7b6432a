import parts from './settings-parts.module.css';
import styles from './settings-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useAppearance } from '../../lib/appearance.ts';
import { fullName } from '../../lib/format.ts';
import { currentLanguage } from '../../lib/i18n.ts';
import { useMe } from '../../lib/me.ts';
import { useSaveSettings } from '../../entities/me/save-settings.ts';
import { settingsQuery } from '../../entities/me/settings.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Page } from '../../ui/page.tsx';
import { FailureState } from '../../ui/states.tsx';
import { AnswerNotices } from './answer-notices.tsx';
import { ChoiceGroup } from './choice-group.tsx';
import { OwnName } from './own-name.tsx';
import { Switch } from './switch.tsx';
import type { Me } from '../../../shared/contracts/auth.ts';
import { may } from '../../../shared/permissions.ts';

/** Personal preferences. They apply on every device on which the person signs in. */
export function SettingsPage() {
  const { t } = useLingui();
  const { role } = useMe();
  const { error, data, refetch } = useQuery(settingsQuery);
  return (
    <Page title={t`Configurações`} width="text">
      <Profile />
      <ClinicLinks />
      {error !== null && data === undefined ? (
        <FailureState error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={styles['settings']}>
          <Look />
          <Language />
          <Shortcuts />
          {may(role, 'clients.treat') && <AnswerNotices />}
        </div>
      )}
    </Page>
  );
}

function useRoleName(role: Me['role']): string {
  const { t } = useLingui();
  return {
    administrator: t`Administração`,
    professional: t`Profissional`,
    reception: t`Recepção`,
    auditor: t`Auditoria`,
  }[role];
}

function Profile() {
  const me = useMe();
  const name = fullName(me);
  const role = useRoleName(me.role);
  return (
    <section className={styles['settings-profile']}>
      <Avatar name={name} size="3.5rem" />
      <div className={styles['settings-profile-words']}>
        <h2 className={styles['settings-profile-name']} translate="no">
          {name}
        </h2>
        <p className={parts['settings-note']}>
          {role} · {me.clinic.name}
        </p>
        <p className={parts['settings-note']} translate="no">
          {me.email}
        </p>
      </div>
      <div className={styles['settings-own-name']}>
        <OwnName />
      </div>
      <div className={styles['settings-links']}>
        <Link to="/configuracoes/dispositivos" className={styles['settings-link']}>
          <Trans>Meus dispositivos</Trans>
          <IconChevronRight size="1.25rem" aria-hidden="true" />
        </Link>
        <Link to="/configuracoes/chaves-de-acesso" className={styles['settings-link']}>
          <Trans>Chaves de acesso</Trans>
          <IconChevronRight size="1.25rem" aria-hidden="true" />
        </Link>
      </div>
    </section>
  );
}

/** The clinic's settings, for those who may change them. */
function ClinicLinks() {
  const { t } = useLingui();
  const { role } = useMe();
  const links = [
    { to: '/configuracoes/clinica', name: t`Clínica`, right: 'clinic.manage' },
    { to: '/configuracoes/atendimentos', name: t`Tipos de atendimento e salas`, right: 'clinic.manage' },
    { to: '/configuracoes/etiquetas', name: t`Etiquetas`, right: 'clinic.manage' },
    { to: '/configuracoes/mensagens', name: t`Mensagens prontas`, right: 'clinic.manage' },
    { to: '/configuracoes/horarios', name: t`Horários de atendimento`, right: 'agenda.hours' },
    { to: '/configuracoes/ausencias', name: t`Ausências e feriados`, right: 'agenda.hours' },
    { to: '/configuracoes/hospedagem', name: t`Acessos da hospedagem`, right: 'clinic.manage' },
    { to: '/configuracoes/calendario', name: t`Agenda em outro calendário`, right: 'agenda.read' },
    { to: '/configuracoes/termos', name: t`Termos de consentimento`, right: 'clinic.manage' },
    { to: '/configuracoes/privacidade', name: t`Privacidade e termos de uso`, right: 'clinic.manage' },
    { to: '/incidentes', name: t`Incidentes com dados`, right: 'incidents.manage' },
  ] as const;
  return (
    <nav className={styles['settings-clinic']} aria-label={t`Clínica e agenda`}>
      {links
        .filter(({ right }) => may(role, right))
        .map(({ to, name }) => (
          <Link key={to} to={to} className={styles['settings-link']}>
            {name}
            <IconChevronRight size="1.25rem" aria-hidden="true" />
          </Link>
        ))}
    </nav>
  );
}

const Look = () => (
  <>
    <Theme />
    <Accent />
    <TextSize />
  </>
);

function Theme() {
  const { t } = useLingui();
  const { theme } = useAppearance();
  const save = useSaveSettings();
  return (
    <ChoiceGroup
      label={t`Tema`}
      name="theme"
      value={theme}
      onChoose={(choice) => {
        save({ theme: choice });
      }}
      choices={[
        {
          value: 'system',
          label: t`Do aparelho`,
          sample: <span className={styles['sample-theme']} data-theme="system" />,
        },
        { value: 'light', label: t`Claro`, sample: <span className={styles['sample-theme']} data-theme="light" /> },
        { value: 'dark', label: t`Escuro`, sample: <span className={styles['sample-theme']} data-theme="dark" /> },
      ]}
    />
  );
}

function Accent() {
  const { t } = useLingui();
  const { accent } = useAppearance();
  const save = useSaveSettings();
  return (
    <ChoiceGroup
      label={t`Cor de destaque`}
      name="accent"
      value={accent}
      onChoose={(choice) => {
        save({ accent: choice });
      }}
      choices={[
        {
          value: 'teal',
          label: t`Verde-água`,
          sample: <span className={styles['sample-accent']} data-accent="teal" />,
        },
        {
          value: 'indigo',
          label: t`Índigo`,
          sample: <span className={styles['sample-accent']} data-accent="indigo" />,
        },
        { value: 'rose', label: t`Rosa`, sample: <span className={styles['sample-accent']} data-accent="rose" /> },
        { value: 'amber', label: t`Âmbar`, sample: <span className={styles['sample-accent']} data-accent="amber" /> },
      ]}
    />
  );
}

function TextSize() {
  const { t } = useLingui();
  const { textSize } = useAppearance();
  const save = useSaveSettings();
  return (
    <ChoiceGroup
      label={t`Tamanho do texto`}
      name="textSize"
      value={textSize}
      onChoose={(choice) => {
        save({ textSize: choice });
      }}
      choices={[
        {
          value: 'small',
          label: t`Pequeno`,
          sample: (
            <span className={styles['sample-text']} data-size="small">
              Aa
            </span>
          ),
        },
        {
          value: 'medium',
          label: t`Médio`,
          sample: (
            <span className={styles['sample-text']} data-size="medium">
              Aa
            </span>
          ),
        },
        {
          value: 'large',
          label: t`Grande`,
          sample: (
            <span className={styles['sample-text']} data-size="large">
              Aa
            </span>
          ),
        },
      ]}
    />
  );
}

function Language() {
  const { t } = useLingui();
  const save = useSaveSettings();
  return (
    <ChoiceGroup
      label={t`Idioma`}
      name="language"
      value={currentLanguage()}
      onChoose={(choice) => {
        save({ language: choice });
      }}
      choices={[
        { value: 'pt-BR', label: 'Português', lang: 'pt-BR' },
        { value: 'en', label: 'English', lang: 'en' },
      ]}
    />
  );
}

function Shortcuts() {
  const { t } = useLingui();
  const { singleKeyShortcuts } = useAppearance();
  const save = useSaveSettings();
  return (
    <fieldset className={parts['choices']}>
      <legend className={parts['choices-label']}>
        <Trans>Teclado</Trans>
      </legend>
      <Switch
        label={t`Atalhos de uma tecla`}
        hint={
          <Trans>
            Na lista de clientes, <kbd>/</kbd> vai para a busca e <kbd>n</kbd> abre um novo cadastro. Desligue se você
            dita textos ou esbarra nas teclas; <kbd>Ctrl</kbd> <kbd>K</kbd> continua.
          </Trans>
        }
        isOn={singleKeyShortcuts}
        onChange={(isOn) => {
          save({ singleKeyShortcuts: isOn });
        }}
      />
    </fieldset>
  );
}
