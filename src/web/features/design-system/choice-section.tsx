import styles from './choice-section.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { Sample, Section } from './section.tsx';

/** Choice cards, and badges. */
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
