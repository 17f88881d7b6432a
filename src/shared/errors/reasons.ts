import { authReasons } from './auth.ts';
import { httpReasons } from './http.ts';
import { importReasons } from './imports.ts';

/** Why exactly, where a code's own words would say too little. */
export const reasonCatalogue = { ...authReasons, ...httpReasons, ...importReasons };

export type ErrorReason = keyof typeof reasonCatalogue;
