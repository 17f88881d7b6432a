import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Appointment, AppointmentInput } from '../../../../shared/contracts/agenda/appointments.ts';
import { refreshAgenda } from '../../../entities/appointment/appointment-queries.ts';
import { refreshAllClients } from '../../../entities/client/client-queries.ts';
import { ApiError, api } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { readRefusal, type Refusal } from '../change-appointment.ts';
import { type ChosenClient, splitName } from './booking-form.ts';

export interface BookingErrors {
  readonly client?: string | undefined;
  readonly phone?: string;
  readonly when?: string | undefined;
  readonly all?: string;
}

/** Registers a new client if need be, and books. What is refused comes back as `refusal`, with the nearest free times. */
export function useBooking(onClientRegistered: (client: ChosenClient) => void) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<BookingErrors>({});
  const [refusal, setRefusal] = useState<Refusal>();

  const findClientId = async (client: ChosenClient, professionalId: string): Promise<string> => {
    if (client.kind === 'known') return client.id;
    const phone = client.phone.trim() === '' ? {} : { phone: client.phone.trim() };
    const body = { ...splitName(client.name), ...phone, professionalId };
    const { id } = (await api('POST /clients', { body })).body;
    onClientRegistered({ kind: 'known', id, name: client.name, professionalId });
    void refreshAllClients();
    return id;
  };
  const explain = (error: unknown): void => {
    const found = readRefusal(error);
    const problem = error instanceof ApiError ? error.problem : undefined;
    if (found !== undefined) setRefusal(found);
    else if (problem?.code === 'duplicate_phone' || problem?.errors?.[0]?.path === 'phone')
      setErrors({ phone: failureText(error) });
    else setErrors({ all: failureText(error) });
  };
  const run = async <Done>(act: () => Promise<Done>): Promise<Done | undefined> => {
    setBusy(true);
    setErrors({});
    setRefusal(undefined);
    try {
      return await act();
    } catch (error) {
      explain(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    errors,
    refusal,
    /** Takes back what was said about a field, once something is chosen there. */
    settle: (field: 'client' | 'when'): void => {
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
    /** Tells what is missing. @returns whether nothing is */
    check: ({ client, localStart }: { client: ChosenClient | undefined; localStart: string | undefined }): boolean => {
      const missing = {
        ...(client === undefined && { client: t`Escolha o cliente, ou digite o nome para cadastrar.` }),
        ...(localStart === undefined && { when: t`Escolha o horário.` }),
      };
      setErrors(missing);
      return Object.keys(missing).length === 0;
    },
    registerFirst: (client: ChosenClient, professionalId: string) => run(() => findClientId(client, professionalId)),
    book: (client: ChosenClient, build: (clientId: string) => AppointmentInput): Promise<Appointment | undefined> =>
      run(async () => {
        const body = build(await findClientId(client, build('').professionalId));
        const answer = await api('POST /appointments', { body });
        void refreshAgenda();
        return answer.body;
      }),
  };
}
