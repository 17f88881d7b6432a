import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '../../../../shared/contracts/auth.ts';
import type { Clinic } from '../../../../shared/contracts/agenda/clinic.ts';
import { may } from '../../../../shared/permissions.ts';
import { clinicQuery } from '../../../entities/clinic/clinic-queries.ts';
import { useProfessionalsWithClients } from '../../../entities/professional/professional-queries.ts';
import type { FormValues } from './form-fields.ts';
import { emptyValues } from './form-model.ts';

/** In localStorage: whom somebody without clients of their own chose last on this device. Forgotten when they sign out. */
const chosenKey = 'acolhe.chosen-professional';

/** Remembers for the next new client whom somebody without clients of their own chose. */
export function rememberProfessional(me: Me, professionalId: string): void {
  if (!may(me.role, 'clients.treat')) localStorage.setItem(chosenKey, professionalId);
}

/** The form of a new client before anything is typed: the clinic's city and state, and a professional. */
export function makeNewClientBase(clinic: Clinic | undefined, professionalId: string): FormValues {
  return {
    ...emptyValues,
    'address.city': clinic?.city ?? '',
    'address.state': clinic?.state ?? '',
    professionalId,
  };
}

/** The same with what this clinic, this person and this device propose; changes once the clinic is known. */
export function useNewClientBase(me: Me): FormValues {
  const { data } = useQuery(clinicQuery);
  const people = useProfessionalsWithClients();
  const [lastChosen] = useState(() => localStorage.getItem(chosenKey));
  const clinic = data?.clinic;
  const proposed = [lastChosen, clinic?.defaultProfessionalId].find((id) => people.some((person) => person.id === id));
  return makeNewClientBase(clinic, may(me.role, 'clients.treat') ? me.id : (proposed ?? ''));
}
