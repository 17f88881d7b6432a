import { Trans, useLingui } from '@lingui/react/macro';
import { Avatar } from '../../ui/avatar.tsx';
import { Wordmark } from '../../ui/mark.tsx';
import { Sample, Section } from './section.tsx';

const people = [
  'Ágata Nóbrega',
  'Bruno Falcão',
  'Carla Dias',
  'Íris',
  'João da Silva',
  'Zoé Muñoz',
  'Úrsula Sá',
  'Olívia Reis',
];

/** The logo, and the avatars of people. */
export function PersonSection() {
  const { t } = useLingui();
  return (
    <Section
      id="pessoas"
      title={t`Marca e pessoas`}
      note={<Trans>A cor do círculo vem do nome, e é sempre a mesma para a mesma pessoa.</Trans>}
    >
      <Sample label={t`Marca`}>
        <Wordmark size="1.25rem" />
        <Wordmark size="1.625rem" />
        <Wordmark size="2.125rem" />
      </Sample>
      <Sample label={t`Iniciais`}>
        {people.map((name) => (
          <Avatar key={name} name={name} />
        ))}
      </Sample>
      <Sample label={t`Tamanhos`}>
        <Avatar name="Ágata Nóbrega" size="2.25rem" />
        <Avatar name="Ágata Nóbrega" />
        <Avatar name="Ágata Nóbrega" size="4.5rem" />
      </Sample>
    </Section>
  );
}
