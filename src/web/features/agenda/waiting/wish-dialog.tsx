import styles from '../panel/dialog-form.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import type { WishInput } from '../../../../shared/contracts/agenda/waiting-list.ts';
import { api } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { queryClient } from '../../../lib/query.ts';
import { Check } from '../../../ui/check.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import type { ChosenClient } from '../booking/booking-form.ts';
import { ClientSearch } from '../booking/client-search.tsx';
import { useAgendaFrame } from '../use-agenda-frame.ts';
import { waitingKey } from './waiting-key.ts';
import { useWishNames } from './wish-words.ts';

type Period = NonNullable<WishInput['periods']>[number];

interface Values {
  readonly client: ChosenClient | undefined;
  readonly professionalId: string;
  readonly visitType: string;
  readonly weekdays: readonly number[];
  readonly periods: readonly Period[];
  readonly note: string;
}

const toggle = <Item,>(items: readonly Item[], item: Item): readonly Item[] =>
  items.includes(item) ? items.filter((each) => each !== item) : [...items, item];

/** Notes who waits, and for what. */
export function WishDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const { people, types } = useAgendaFrame();
  const names = useWishNames();
  const { values, set, send, isBusy, failure, isMissing } = useWish(onClose);
  return (
    <FormDialog
      label={t`Incluir na lista de espera`}
      isBusy={isBusy}
      failure={failure}
      action={<Trans>Incluir</Trans>}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <ClientSearch
        client={values.client}
        error={isMissing ? t`Escolha o cliente.` : undefined}
        mayRegister={false}
        onChoose={(client) => {
          set({ client });
        }}
      />
      <div className={styles['pair']}>
        <SelectField
          label={t`Profissional`}
          value={values.professionalId}
          onChange={(event) => {
            set({ professionalId: event.target.value });
          }}
        >
          <option value="">{t`Qualquer um`}</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t`Tipo`}
          value={values.visitType}
          onChange={(event) => {
            set({ visitType: event.target.value });
          }}
        >
          <option value="">{t`Qualquer um`}</option>
          {types
            .filter(({ active }) => active)
            .map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
        </SelectField>
      </div>
      <Choices legend={t`Dias`}>
        {names.weekdays.map((name, index) => (
          <Check
            key={name}
            label={name}
            checked={values.weekdays.includes(index + 1)}
            onChange={() => {
              set({ weekdays: toggle(values.weekdays, index + 1) });
            }}
          />
        ))}
      </Choices>
      <Choices legend={t`Períodos`}>
        {(Object.keys(names.periods) as Period[]).map((period) => (
          <Check
            key={period}
            label={names.periods[period]}
            checked={values.periods.includes(period)}
            onChange={() => {
              set({ periods: toggle(values.periods, period) });
            }}
          />
        ))}
      </Choices>
      <TextField
        label={t`Observação`}
        optional
        maxLength={200}
        value={values.note}
        onChange={(event) => {
          set({ note: event.target.value });
        }}
      />
    </FormDialog>
  );
}

const Choices = ({ legend, children }: { legend: string; children: ReactNode }) => (
  <fieldset className={styles['checks']}>
    <legend>{legend}</legend>
    {children}
  </fieldset>
);

function useWish(onDone: () => void) {
  const [values, setValues] = useState<Values>({
    client: undefined,
    professionalId: '',
    visitType: '',
    weekdays: [],
    periods: [],
    note: '',
  });
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [isMissing, setMissing] = useState(false);
  const send = async (): Promise<void> => {
    const { client, professionalId, visitType, weekdays, periods, note } = values;
    setMissing(client === undefined);
    if (client?.kind !== 'known') return;
    setBusy(true);
    setFailure(undefined);
    try {
      await api('POST /waiting-list', {
        body: {
          clientId: client.id,
          weekdays: [...weekdays].sort((one, other) => one - other),
          periods: [...periods],
          ...(professionalId !== '' && { professionalId }),
          ...(visitType !== '' && { visitType }),
          ...(note.trim() !== '' && { note: note.trim() }),
        },
      });
      await queryClient.invalidateQueries({ queryKey: waitingKey });
      onDone();
    } catch (error) {
      setFailure(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  const set = (change: Partial<Values>): void => {
    setValues((before) => ({ ...before, ...change }));
  };
  return { values, set, send, isBusy, failure, isMissing };
}
