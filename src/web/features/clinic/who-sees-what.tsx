import { Trans, useLingui } from '@lingui/react/macro';
import type { Clinic } from '../../../shared/contracts/agenda/clinic.ts';
import { Check } from '../../ui/check.tsx';
import { Section } from './settings-layout.tsx';

interface WhoSeesWhatProps {
  readonly value: Clinic['professionalsSee'];
  readonly mayChange: boolean;
  readonly set: (change: Pick<Clinic, 'professionalsSee'>) => void;
}

/** Whether professionals see their own clients, or all of the clinic. */
export function WhoSeesWhat({ value, mayChange, set }: WhoSeesWhatProps) {
  const { t } = useLingui();
  return (
    <Section
      title={t`Quem vê quais clientes`}
      note={
        <Trans>
          Administração e recepção veem todos os clientes; a recepção, sem as anotações clínicas. Cada mudança daqui
          fica na auditoria.
        </Trans>
      }
    >
      <Check
        label={t`Profissionais veem e atendem todos os clientes da clínica`}
        hint={t`Sem isto, cada profissional vê só os próprios clientes e a própria agenda.`}
        checked={value === 'all'}
        disabled={!mayChange}
        onChange={(isOn) => {
          set({ professionalsSee: isOn ? 'all' : 'own' });
        }}
      />
    </Section>
  );
}
