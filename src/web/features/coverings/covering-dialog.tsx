import styles from './coverings.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mostCoveredClients, mostCoveringDays } from '../../../shared/contracts/coverings.ts';
import { mayForAll } from '../../../shared/permissions.ts';
import { ProfessionalOptions } from '../../entities/professional/professional-select.tsx';
import { useProfessionalsWithClients } from '../../entities/professional/professional-queries.ts';
import { api } from '../../lib/api.ts';
import { fullName, today } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { Check } from '../../ui/check.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { refreshCoverings } from '../../entities/covering/covering-queries.ts';

/** Has somebody covered: oneself, or as an administrator anybody. */
export function CoveringDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const people = useProfessionalsWithClients();
  const { isBusy, errors, save } = useSave();
  const choosesAbsent = mayForAll(me, 'coverings.manage');
  const day = today(useClinicTimeZone());
  const [values, setValues] = useState({ coveringId: '', from: day, to: day, reason: '' });
  const [absentId, setAbsentId] = useState(choosesAbsent ? '' : me.id);
  const [named, setNamed] = useState<readonly string[]>();
  const others = people.filter(({ id }) => id !== absentId);
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      const { coveringId, from, to, reason } = values;
      await api('POST /coverings', {
        body: { absentId, coveringId, from, to, reason: reason.trim(), ...(named && { clientIds: [...named] }) },
      });
    });
    if (!isSaved) return;
    await refreshCoverings();
    toast({ message: t`Cobertura salva.` });
    onClose();
  };
  const text = (name: keyof typeof values) => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => {
      setValues((before) => ({ ...before, [name]: event.target.value }));
    },
  });
  return (
    <FormDialog
      label={t`Nova cobertura`}
      isBusy={isBusy}
      failure={errors[''] ?? errors['clientIds']}
      isDisabled={absentId === '' || values.coveringId === '' || named?.length === 0}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {choosesAbsent && (
        <SelectField
          label={t`Quem fica fora`}
          error={errors['absentId']}
          value={absentId}
          onChange={(event) => {
            setAbsentId(event.target.value);
            setNamed(undefined);
          }}
        >
          <option value="">{t`Escolha`}</option>
          <ProfessionalOptions people={people} />
        </SelectField>
      )}
      <SelectField label={t`Quem cobre`} {...text('coveringId')}>
        <option value="">{t`Escolha`}</option>
        <ProfessionalOptions people={others} />
      </SelectField>
      <div className={styles['pair']}>
        <TextField label={t`De`} type="date" {...text('from')} />
        <TextField
          label={t`Até`}
          type="date"
          min={values.from}
          hint={t`O dia inteiro; no máximo ${mostCoveringDays} dias.`}
          {...text('to')}
        />
      </div>
      <TextAreaField
        label={t`Motivo`}
        hint={t`As duas partes e a administração leem.`}
        rows={2}
        maxLength={500}
        {...text('reason')}
      />
      {absentId !== '' && (
        <>
          <Check
            label={t`Só alguns clientes`}
            hint={t`Sem isto, todos os clientes e a agenda.`}
            checked={named !== undefined}
            onChange={(isOn) => {
              setNamed(isOn ? [] : undefined);
            }}
          />
          {named !== undefined && <NamedClients ownerId={absentId} chosen={named} onChange={setNamed} />}
        </>
      )}
    </FormDialog>
  );
}

interface NamedClientsProps {
  readonly ownerId: string;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function NamedClients({ ownerId, chosen, onChange }: NamedClientsProps) {
  const { t } = useLingui();
  const [q, setQ] = useState('');
  const { data = [] } = useQuery({
    queryKey: ['coverings', 'clients', ownerId, q],
    queryFn: async ({ signal }) => {
      const query = { professionalId: ownerId, limit: 50, ...(q.trim() === '' ? {} : { q: q.trim() }) };
      return (await api('GET /clients', { query, signal })).body.items;
    },
  });
  const isFull = chosen.length >= mostCoveredClients;
  const count = chosen.length;
  return (
    <>
      <TextField
        label={t`Buscar entre os clientes`}
        type="search"
        value={q}
        onChange={(event) => {
          setQ(event.target.value);
        }}
      />
      <div className={styles['people']} role="group" aria-label={t`Clientes emprestados`} tabIndex={0}>
        {data.map((client) => (
          <Check
            key={client.id}
            label={fullName(client)}
            checked={chosen.includes(client.id)}
            disabled={isFull && !chosen.includes(client.id)}
            onChange={(isOn) => {
              onChange(isOn ? [...chosen, client.id] : chosen.filter((id) => id !== client.id));
            }}
          />
        ))}
      </div>
      <p className={styles['note']} role="status">
        <Trans>Escolhidos: {count}</Trans>
      </p>
    </>
  );
}
