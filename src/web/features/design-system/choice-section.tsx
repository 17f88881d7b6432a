import styles from './choice-section.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { CheckCard } from '../../ui/check-card.tsx';
import { Check } from '../../ui/check.tsx';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { Sample, Section } from './section.tsx';

/** Choice cards, checkboxes, and badges. */
export function ChoiceSection() {
  const { t } = useLingui();
  return (
    <Section
      id="escolhas"
      title={t`Escolhas e selos`}
      note={
        <Trans>
          Cada opção diz em palavras o que muda. Um selo tem uma ou duas palavras, e a cor nunca fala sozinha.
        </Trans>
      }
    >
      <Sample label={t`Uma entre poucas`}>
        <SampleChoice />
      </Sample>
      <Sample label={t`Cada uma por si`}>
        <SampleChecks />
      </Sample>
      <Sample label={t`Selos`}>
        <Badge>
          <Trans>Comum</Trans>
        </Badge>
        <Badge tone="accent">
          <Trans>Realce</Trans>
        </Badge>
        <Badge tone="warning">
          <Trans>Atenção</Trans>
        </Badge>
        <Badge tone="success" icon={<IconCircleCheck size="1.125rem" aria-hidden="true" />}>
          <Trans>Ativo</Trans>
        </Badge>
        <Badge icon={<IconCircleOff size="1.125rem" aria-hidden="true" />}>
          <Trans>Desativado</Trans>
        </Badge>
        <Badge tone="accent" size="small">
          <Trans>você</Trans>
        </Badge>
      </Sample>
    </Section>
  );
}

function SampleChoice() {
  const { t } = useLingui();
  const [chosen, setChosen] = useState(0);
  const choices = [t`Atende e vê os próprios clientes.`, t`Vê todos os clientes e cuida da equipe.`];
  return (
    <div className={styles['choice-samples']} role="radiogroup" aria-label={t`Uma entre poucas`}>
      {choices.map((words, index) => (
        <ChoiceCard
          key={words}
          name="amostra"
          checked={index === chosen}
          onChoose={() => {
            setChosen(index);
          }}
        >
          <span>{words}</span>
        </ChoiceCard>
      ))}
    </div>
  );
}

/** Checkboxes: a word or two, with a hint, and in a card where it takes more. */
function SampleChecks() {
  const { t } = useLingui();
  const [checked, setChecked] = useState({ plain: true, hint: false, card: true });
  const set = (change: Partial<typeof checked>): void => {
    setChecked((before) => ({ ...before, ...change }));
  };
  return (
    <div className={styles['choice-samples']}>
      <Check
        label={t`Falta usa uma sessão`}
        checked={checked.plain}
        onChange={(plain) => {
          set({ plain });
        }}
      />
      <Check
        label={t`Fica uma reposição a marcar`}
        hint={t`Aparece até que seja marcada.`}
        checked={checked.hint}
        onChange={(hint) => {
          set({ hint });
        }}
      />
      <Check label={t`Indisponível`} checked={false} disabled onChange={() => undefined} />
      <CheckCard
        checked={checked.card}
        onChange={(card) => {
          set({ card });
        }}
      >
        <span>
          <Trans>Passa também os atendimentos que ainda vêm.</Trans>
        </span>
      </CheckCard>
    </div>
  );
}
