import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../../../shared/contracts/clients.ts';
import type {
  ConsentInput,
  ConsentMeans,
  ConsentStanding,
  GuardianRelation,
} from '../../../../shared/contracts/consents.ts';
import { isMinor } from '../../../../shared/format.ts';
import { consentTextsQuery, refreshConsents } from '../../../entities/consent/consent-queries.ts';
import { api } from '../../../lib/api.ts';
import { today } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { useSave } from '../../../lib/use-save.ts';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { FormattedText } from '../../../ui/formatted-text.tsx';

interface ConsentDialogProps {
  readonly client: Client;
  readonly standing: ConsentStanding;
  readonly onClose: () => void;
}

interface Giver {
  readonly by: ConsentInput['by'];
  readonly guardianName: string;
  readonly relation: GuardianRelation;
  readonly means: ConsentMeans;
  readonly day: string;
}

/** Whoever is under age answers by their guardian, as the card names them. */
function useGiver({ dateOfBirth, guardian }: Client) {
  const day = today(useClinicTimeZone());
  const isUnderAge = dateOfBirth !== null && isMinor(dateOfBirth, day);
  return useState<Giver>({
    by: isUnderAge ? 'guardian' : 'client',
    guardianName: guardian.name ?? '',
    relation: 'mother',
    means: 'paper',
    day,
  });
}

const giverBody = ({ by, guardianName, relation, means }: Giver) => ({
  by,
  means,
  ...(by === 'guardian' && { guardian: { name: guardianName.trim(), relation } }),
});

/** Records what the client or their guardian answered. */
export function RecordDialog({ client, standing, onClose }: ConsentDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [giver, setGiver] = useGiver(client);
  const [decision, setDecision] = useState<ConsentInput['decision']>('given');
  const send = async (): Promise<void> => {
    const body = { ...giverBody(giver), textId: standing.textId, decision, givenOn: giver.day };
    const isSaved = await save(async () => {
      await api('POST /clients/{id}/consents', { params: { id: client.id }, body });
      await refreshConsents();
    });
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={standing.title}
      isBusy={isBusy}
      failure={errors['']}
      action={<Trans>Registrar</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <Words textId={standing.textId} isOpen={giver.means === 'screen'} />
      <SelectField
        label={t`Resposta`}
        value={decision}
        onChange={(event) => {
          setDecision(event.target.value as typeof decision);
        }}
      >
        <option value="given">{t`Autoriza`}</option>
        <option value="refused">{t`Não autoriza`}</option>
      </SelectField>
      <GiverFields giver={giver} errors={errors} dayField="givenOn" onChange={setGiver} />
    </FormDialog>
  );
}

/** Records that the client or their guardian no longer agrees. */
export function WithdrawDialog({ client, standing, onClose }: ConsentDialogProps) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [giver, setGiver] = useGiver(client);
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      const body = { ...giverBody(giver), withdrawnOn: giver.day };
      await api('POST /consents/{id}/withdraw', { params: { id: standing.consentId ?? '' }, body });
      await refreshConsents();
    });
    if (isSaved) onClose();
  };
  const { title } = standing;
  return (
    <FormDialog
      label={t`Retirar: ${title}`}
      isBusy={isBusy}
      failure={errors['']}
      action={<Trans>Registrar retirada</Trans>}
      variant="danger"
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p>
        <Trans>
          O que foi autorizado antes continua registrado. Daqui em diante, a ficha mostra que não vale mais.
        </Trans>
      </p>
      <GiverFields giver={giver} errors={errors} dayField="withdrawnOn" onChange={setGiver} />
    </FormDialog>
  );
}

function Words({ textId, isOpen }: { readonly textId: string; readonly isOpen: boolean }) {
  const { data = [] } = useQuery(consentTextsQuery);
  const text = data.find(({ id }) => id === textId);
  if (text === undefined) return null;
  return (
    <details key={String(isOpen)} open={isOpen}>
      <summary>
        <Trans>Ler o texto (versão {text.version})</Trans>
      </summary>
      <FormattedText text={text.body} level={3} />
    </details>
  );
}

interface GiverFieldsProps {
  readonly giver: Giver;
  readonly errors: Readonly<Partial<Record<string, string>>>;
  /** What the day is called in answers of the server. */
  readonly dayField: 'givenOn' | 'withdrawnOn';
  readonly onChange: (giver: Giver) => void;
}

function GiverFields({ giver, errors, dayField, onChange }: GiverFieldsProps) {
  const { t } = useLingui();
  const timeZone = useClinicTimeZone();
  const set = (change: Partial<Giver>): void => {
    onChange({ ...giver, ...change });
  };
  return (
    <>
      <SelectField
        label={t`Quem respondeu`}
        error={giver.by === 'client' ? errors['guardian'] : undefined}
        value={giver.by}
        onChange={(event) => {
          set({ by: event.target.value as Giver['by'] });
        }}
      >
        <option value="client">{t`O próprio cliente`}</option>
        <option value="guardian">{t`Um responsável`}</option>
      </SelectField>
      {giver.by === 'guardian' && (
        <>
          <TextField
            label={t`Nome do responsável`}
            autoComplete="off"
            maxLength={200}
            error={errors['guardian.name'] ?? errors['guardian']}
            value={giver.guardianName}
            onChange={(event) => {
              set({ guardianName: event.target.value });
            }}
          />
          <RelationField
            relation={giver.relation}
            onChange={(relation) => {
              set({ relation });
            }}
          />
        </>
      )}
      <SelectField
        label={t`Como`}
        value={giver.means}
        onChange={(event) => {
          set({ means: event.target.value as ConsentMeans });
        }}
      >
        <option value="paper">{t`Papel assinado`}</option>
        <option value="verbal">{t`Dito em voz alta e registrado aqui`}</option>
        <option value="screen">{t`Lido e aceito nesta tela`}</option>
      </SelectField>
      <TextField
        label={t`Dia`}
        type="date"
        max={today(timeZone)}
        error={errors[dayField]}
        value={giver.day}
        onChange={(event) => {
          set({ day: event.target.value });
        }}
      />
    </>
  );
}

interface RelationFieldProps {
  readonly relation: GuardianRelation;
  readonly onChange: (relation: GuardianRelation) => void;
}

function RelationField({ relation, onChange }: RelationFieldProps) {
  const { t } = useLingui();
  const names: Readonly<Record<GuardianRelation, string>> = {
    mother: t`Mãe`,
    father: t`Pai`,
    tutor: t`Tutora ou tutor`,
    curator: t`Curadora ou curador`,
    other: t`Outra pessoa responsável`,
  };
  return (
    <SelectField
      label={t`O que é do cliente`}
      value={relation}
      onChange={(event) => {
        onChange(event.target.value as GuardianRelation);
      }}
    >
      {Object.entries(names).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
