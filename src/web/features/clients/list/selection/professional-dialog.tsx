import styles from './several-dialogs.module.css';
import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { useProfessionalsWithClients } from '../../../../entities/professional/professional-queries.ts';
import { ProfessionalSelect } from '../../../../entities/professional/professional-select.tsx';
import { fullName } from '../../../../lib/format.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useSelection } from './selection-context.tsx';
import { useSeveral } from './use-several.ts';

/** Gives the chosen clients to a professional. Their appointments stay where they are. */
export function ProfessionalDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { chosen } = useSelection();
  const { isBusy, run } = useSeveral();
  const people = useProfessionalsWithClients();
  const [professionalId, setProfessionalId] = useState('');
  const id = useId();
  const give = async (): Promise<void> => {
    const person = people.find((each) => each.id === professionalId);
    if (person === undefined) return;
    const name = fullName(person);
    const isDone = await run({ professionalId }, (changed) =>
      plural(changed, { one: `# cliente agora é de ${name}.`, other: `# clientes agora são de ${name}.` }),
    );
    if (isDone) onClose();
  };
  return (
    <Dialog
      label={t`Trocar o profissional`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Voltar</Trans>
          </Button>
          <Button type="submit" form={id} variant="primary" busy={isBusy} disabled={professionalId === ''}>
            <Plural value={chosen.size} one="Passar # cliente" other="Passar # clientes" />
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void give();
        }}
      >
        <ProfessionalSelect
          people={people}
          question={t`Escolha quem passa a atender`}
          hint={t`Os horários já marcados continuam com quem estão.`}
          data-autofocus=""
          value={professionalId}
          onChange={(event) => {
            setProfessionalId(event.target.value);
          }}
        />
      </form>
    </Dialog>
  );
}
