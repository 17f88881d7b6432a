import importList from '../import-list.module.css';
import { Trans } from '@lingui/react/macro';
import { CheckCard } from '../../../ui/check-card.tsx';

interface BadFieldChoiceProps {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Whether rows with a field that cannot be read come in without it. */
export const BadFieldChoice = ({ value, onChange }: BadFieldChoiceProps) => (
  <CheckCard checked={value} onChange={onChange}>
    <span className={importList['import-item-words']}>
      <span className={importList['import-item-name']}>
        <Trans>Trazer as linhas com erro, sem o campo errado</Trans>
      </span>
      <span className={importList['import-item-line']}>
        <Trans>
          O que está escrito fica guardado no cadastro como dado extra, para corrigir depois. Sem nome, não.
        </Trans>
      </span>
    </span>
  </CheckCard>
);
