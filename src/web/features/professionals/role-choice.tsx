import styles from './role-choice.module.css';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Role } from '../../../shared/contracts/auth.ts';
import { roles } from '../../../shared/permissions.ts';
import { ChoiceCard } from '../../ui/choice-card.tsx';

/** What each role is called. */
export const roleNames: Readonly<Record<Role, MessageDescriptor>> = {
  administrator: msg`Administração`,
  professional: msg`Profissional`,
  reception: msg`Recepção`,
  auditor: msg`Auditoria`,
};

const roleDuties: Readonly<Record<Role, MessageDescriptor>> = {
  administrator: msg`Vê todos os clientes e cuida da equipe.`,
  professional: msg`Atende e vê os próprios clientes.`,
  reception: msg`Cadastra e vê todos os clientes, sem as anotações clínicas.`,
  auditor: msg`Lê o registro do que se fez na clínica, e mais nada.`,
};

interface RoleChoiceProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** What a person may do, in words: a radio button for each role. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const { i18n } = useLingui();
  return (
    <fieldset className={styles['role-choice']}>
      <legend>
        <Trans>Função</Trans>
      </legend>
      {roles.map((role) => (
        <ChoiceCard
          key={role}
          name="role"
          value={role}
          checked={role === value}
          onChoose={() => {
            onChange(role);
          }}
        >
          <span className={styles['role-words']}>
            <span className={styles['role-name']}>{i18n._(roleNames[role])}</span>
            <span className={styles['role-duty']}>{i18n._(roleDuties[role])}</span>
          </span>
        </ChoiceCard>
      ))}
    </fieldset>
  );
}
