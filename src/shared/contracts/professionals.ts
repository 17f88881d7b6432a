import { z } from 'zod';
import { role } from './auth.ts';
import { defineRoutes, pageOf, uuid } from './route.ts';

export const professional = z.object({
  id: uuid,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  role,
  active: z.boolean(),
});
export type Professional = z.output<typeof professional>;

export const professionalRoutes = defineRoutes({
  'GET /professionals': {
    summary: 'The people of the clinic',
    tag: 'professionals',
    access: 'session',
    status: 200,
    response: pageOf(professional),
    errors: [],
  },
});
