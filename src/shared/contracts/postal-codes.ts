import { z } from 'zod';
import { postalCode, state } from '../address.ts';
import { clientFields } from '../client-fields.ts';
import { singleLineText } from '../text.ts';
import { defineRoutes } from './route.ts';

const line = (field: 'address.city' | 'address.neighborhood' | 'address.street') =>
  singleLineText(clientFields[field].limit).nullable();

/** What a CEP says about an address; small towns have one CEP for all their streets. */
export const postalPlace = z.object({
  state,
  city: line('address.city'),
  neighborhood: line('address.neighborhood'),
  street: line('address.street'),
});
export type FoundPlace = z.output<typeof postalPlace>;

export const postalCodeRoutes = defineRoutes({
  'GET /postal-codes/{postalCode}': {
    summary: 'The address of a CEP, from the service that the operator has chosen',
    tag: 'postal codes',
    access: 'session',
    params: z.strictObject({ postalCode }),
    status: 200,
    response: z.object({
      place: postalPlace
        .nullable()
        .describe('null: nobody knows this CEP, no service was chosen, or it did not answer in time'),
    }),
    errors: ['not_found', 'too_many_requests'],
  },
});
