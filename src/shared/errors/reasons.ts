import { agendaReasons } from './agenda.ts';
import { authReasons } from './auth.ts';
import { emergencyReasons } from './emergencies.ts';
import { httpReasons } from './http.ts';
import { importReasons } from './imports.ts';

/** Texts for reasons of errors, if the text of the code would say too little. */
export const reasonCatalogue = {
  ...agendaReasons,
  ...authReasons,
  ...emergencyReasons,
  ...httpReasons,
  ...importReasons,
};

export type ErrorReason = keyof typeof reasonCatalogue;
