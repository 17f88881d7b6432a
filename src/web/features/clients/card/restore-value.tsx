import styles from './card-history.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ClientField, isClinical, isFieldName, splitField } from '../../../../shared/client-fields.ts';
import type { Client, ClientPatch } from '../../../../shared/contracts/clients.ts';
import { may, mayForAll } from '../../../../shared/permissions.ts';
import { isSameValue } from '../../../../shared/same-value.ts';
import { clientQuery } from '../../../entities/client/client-queries.ts';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { ApiError } from '../../../lib/api.ts';
import { useMe } from '../../../lib/me.ts';
import { TextButton } from '../../../ui/button.tsx';
import { toast, toastFailure } from '../../../ui/toast.tsx';
import { changeClient } from '../client-changes.ts';

interface RestoreValueProps {
  readonly clientId: string;
  readonly field: string;
  /** What the field held before the change. */
  readonly value: unknown;
}

/** Gives one field the value back that a change took from it, unless it has that value already. */
export function RestoreValue({ clientId, field, value }: RestoreValueProps) {
  const { t } = useLingui();
  const { findLabel } = useFieldLabels();
  const mayWrite = useMayWrite(field);
  const { data, refetch } = useQuery(clientQuery(clientId));
  const [isBusy, setBusy] = useState(false);
  if (data === undefined || !isRestorable(field) || !mayWrite) return null;
  const current = readValue(data.client, field);
  if (isSameValue(current, value ?? null)) return null;
  const label = findLabel(field) ?? field;

  const put = async (wanted: unknown, etag: string): Promise<void> => {
    setBusy(true);
    try {
      await changeClient(clientId, makePatch(field, wanted), etag);
    } finally {
      setBusy(false);
    }
  };
  const undo = async (): Promise<void> => {
    const newest = (await refetch()).data;
    if (newest !== undefined && isSameValue(readValue(newest.client, field), value ?? null))
      await put(current, newest.etag);
  };
  const restore = async (): Promise<void> => {
    try {
      await put(value, data.etag);
      toast({
        message: t`${label}: o valor anterior voltou.`,
        action: { label: t`Desfazer`, onPress: () => void undo().catch(toastFailure) },
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        await refetch();
        toast({ message: t`Outra pessoa mudou este cadastro agora. Confira o valor atual e tente de novo.` });
      } else toastFailure(error);
    }
  };
  return (
    <div className={styles['card-change-restore']}>
      <TextButton aria-label={t`${label}: voltar a este valor`} disabled={isBusy} onClick={() => void restore()}>
        <Trans>Voltar a este valor</Trans>
      </TextButton>
    </div>
  );
}

/** Imported columns are stored as parts of one field, which no change replaces as a whole. */
const isRestorable = (field: string): field is Exclude<ClientField, 'extra'> => isFieldName(field) && field !== 'extra';

function useMayWrite(field: string): boolean {
  const me = useMe();
  if (!isFieldName(field)) return false;
  if (field === 'professionalId') return mayForAll(me, 'clients.assign');
  return may(me, isClinical(field) ? 'clients.write.clinical' : 'clients.write.registration');
}

function readValue(client: Client, field: ClientField): unknown {
  const [outer, part] = splitField(field);
  const value: unknown = client[outer];
  return part === undefined ? value : (value as Readonly<Record<string, unknown>>)[part];
}

function makePatch(field: ClientField, value: unknown): ClientPatch {
  const [outer, part] = splitField(field);
  const given = field === 'tags' ? (value ?? []) : (value ?? null);
  return { [outer]: part === undefined ? given : { [part]: given } };
}
