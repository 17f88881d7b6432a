import { t } from '@lingui/core/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isMergeField, mergeRuleOf, type MergeField } from '../../../shared/client-fields.ts';
import { readingOrder } from '../../../shared/client-labels.ts';
import type { Client } from '../../../shared/contracts/clients.ts';
import type { MergeChoices } from '../../../shared/contracts/duplicates.ts';
import { defaultChoice, isEmptyValue, mergeClients } from '../../../shared/merge-clients.ts';
import { isSameValue } from '../../../shared/same-value.ts';
import type { VersionedClient } from '../../entities/client/client-queries.ts';
import { refreshMerged, undoMerge } from '../../entities/merge/merges.ts';
import { failureText } from '../../lib/failure-text.ts';
import { fullName } from '../../lib/format.ts';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { merge } from './duplicates-api.ts';

/** Undoes a merge, and tells in a toast what came of it. */
async function undoWithToast(id: string): Promise<void> {
  try {
    const kept = await undoMerge(id);
    void refreshMerged();
    toast({
      message:
        kept.length === 0
          ? t`União desfeita: os dois cadastros estão como antes.`
          : t`União desfeita. O que foi alterado depois dela ficou como está.`,
    });
  } catch (error) {
    toastFailure(error);
  }
}

/** The fields that this person may see and that are filled in at least one of the two clients. */
const listFilledFields = (winner: Client, loser: Client): MergeField[] =>
  readingOrder
    .filter(isMergeField)
    .filter(
      (field) =>
        winner[field] !== undefined &&
        loser[field] !== undefined &&
        !(isEmptyValue(winner[field]) && isEmptyValue(loser[field])),
    );

/** The state of a merge: the choices between two clients, the result, and sending it. */
export function useMerge(winner: VersionedClient, loser: VersionedClient) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<MergeChoices>({});
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const seen = listFilledFields(winner.client, loser.client);
  const isEqual = (field: MergeField): boolean => isSameValue(winner.client[field], loser.client[field]);
  const differing = seen.filter((field) => !isEqual(field));
  const choiceOf = (field: MergeField) => chosen[field] ?? defaultChoice(field, winner.client, loser.client);
  const fields: MergeChoices = Object.fromEntries(differing.map((field) => [field, choiceOf(field)]));

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const id = await merge({
        winnerId: winner.client.id,
        loserId: loser.client.id,
        winnerEtag: winner.etag,
        loserEtag: loser.etag,
        fields,
      });
      const name = fullName(result);
      toast({
        message: t`Cadastros de ${name} unidos.`,
        action: { label: t`Desfazer`, onPress: () => void undoWithToast(id) },
      });
      await navigate({ to: '/clientes/duplicados', replace: true });
    } catch (error) {
      // Somebody else may have changed the clients: they are read again, and the choices stay.
      void refreshMerged();
      setFailure(failureText(error));
      setBusy(false);
    }
  };

  const result = { ...winner.client, ...mergeClients(winner.client, loser.client, fields) };
  return {
    seen,
    differing,
    equal: seen.filter(isEqual),
    choiceOf,
    choose: (field: MergeField, choice: 'winner' | 'loser' | 'both') => {
      setChosen({ ...chosen, [field]: choice });
    },
    chooseAll: (choice: 'winner' | 'loser') => {
      const { client } = choice === 'winner' ? winner : loser;
      // Fields that are empty in this client keep the other's value, and notes are still joined.
      const taken = differing.filter((field) => mergeRuleOf(field) !== 'joined' && !isEmptyValue(client[field]));
      setChosen({ ...chosen, ...Object.fromEntries(taken.map((field) => [field, choice])) });
    },
    result,
    isBusy,
    failure,
    submit,
  };
}
