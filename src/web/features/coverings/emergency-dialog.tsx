import styles from './coverings.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { emergencyHours, type FoundClient } from '../../../shared/contracts/emergencies.ts';
import { parseDocument } from '../../../shared/document.ts';
import { mayFor } from '../../../shared/permissions.ts';
import { api } from '../../lib/api.ts';
import { useMe } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { refreshCoverings } from '../../entities/covering/covering-queries.ts';

/** Finds a colleague's client by the whole CPF or phone, then opens the card with a reason. */
export function EmergencyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<readonly FoundClient[]>();
  const find = async (): Promise<void> => {
    const isDocument = 'value' in parseDocument(number);
    await save(async () => {
      const body = isDocument ? { document: number } : { phone: number };
      setFound((await api('POST /emergency-accesses/look-up', { body })).body.items);
    });
  };
  if (found !== undefined && found.length > 0)
    return (
      <ReasonStep
        found={found}
        onBack={() => {
          setFound(undefined);
        }}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      label={t`Abrir em emergência`}
      action={<Trans>Buscar</Trans>}
      isBusy={isBusy}
      failure={errors['']}
      isDisabled={number.trim() === ''}
      onSubmit={() => void find()}
      onClose={onClose}
    >
      <TextField
        label={t`CPF ou telefone completo`}
        hint={t`Só números inteiros são buscados. Cada busca fica na auditoria.`}
        error={errors['document'] ?? errors['phone']}
        inputMode="tel"
        autoComplete="off"
        value={number}
        onChange={(event) => {
          setNumber(event.target.value);
          setFound(undefined);
        }}
      />
      {found?.length === 0 && (
        <p role="status">
          <Trans>Ninguém da clínica tem este número.</Trans>
        </p>
      )}
    </FormDialog>
  );
}

interface ReasonStepProps {
  readonly found: readonly FoundClient[];
  readonly onBack: () => void;
  readonly onClose: () => void;
}

function ReasonStep({ found, onBack, onClose }: ReasonStepProps) {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate();
  const { isBusy, errors, save } = useSave();
  const [first] = found;
  const [chosen, setChosen] = useState(found.length === 1 ? (first?.id ?? '') : '');
  const [reason, setReason] = useState('');
  const wanted = found.find(({ id }) => id === chosen);
  const isInReach =
    wanted !== undefined &&
    mayFor({ ...me, professionalId: me.id }, 'clients.read.registration', wanted.owner.id, wanted.id);
  const open = async (): Promise<void> => {
    if (isInReach) {
      void navigate({ to: '/clientes/$id', params: { id: chosen } });
      return;
    }
    const isSaved = await save(async () => {
      await api('POST /clients/{id}/emergency-access', { params: { id: chosen }, body: { reason: reason.trim() } });
      await refreshCoverings();
    });
    if (isSaved) void navigate({ to: '/clientes/$id', params: { id: chosen } });
  };
  const describe = ({ birthYear, owner }: FoundClient): string => {
    const ownerName = owner.name;
    const whose = owner.id === me.id ? t`seu cliente` : t`cliente de ${ownerName}`;
    return birthYear === null ? whose : `${t`nasceu em ${birthYear}`}, ${whose}`;
  };
  return (
    <FormDialog
      label={t`Abrir em emergência`}
      action={<Trans>Abrir a ficha</Trans>}
      isBusy={isBusy}
      failure={errors['']}
      isDisabled={chosen === '' || (!isInReach && reason.trim() === '')}
      onSubmit={() => void open()}
      onClose={onClose}
      onBack={onBack}
    >
      <div role="group" aria-label={t`Quem tem este número`}>
        {found.map((client) => (
          <ChoiceCard
            key={client.id}
            name="client"
            value={client.id}
            checked={client.id === chosen}
            onChoose={() => {
              setChosen(client.id);
            }}
          >
            <span className={styles['words']}>
              <span className={styles['name']} translate="no">
                {client.initials}
              </span>
              <span className={styles['note']}>{describe(client)}</span>
            </span>
          </ChoiceCard>
        ))}
      </div>
      {isInReach ? (
        <p role="status">
          <Trans>Você já vê este cliente: a ficha abre sem acesso de emergência.</Trans>
        </p>
      ) : (
        <TextAreaField
          label={t`Motivo`}
          hint={t`A ficha abre por ${emergencyHours} horas. Quem atende o cliente é avisado agora e lê o motivo, assim como a administração.`}
          error={errors['reason']}
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      )}
    </FormDialog>
  );
}
