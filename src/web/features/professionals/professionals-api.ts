import { queryOptions } from '@tanstack/react-query';
import type { Deactivation, ProfessionalInput, ProfessionalPatch } from '../../../shared/contracts/professionals.ts';
import { api } from '../../lib/api.ts';
import { queryClient } from '../../lib/query.ts';

const all = ['professionals'] as const;

/** Everybody of the clinic, by name. */
export const professionalsQuery = queryOptions({
  queryKey: all,
  queryFn: async ({ signal }) => (await api('GET /professionals', { signal })).body.items,
});

/** One person with the ETag of the version that was read. */
export const professionalQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'one', id],
    queryFn: async ({ signal }) => {
      const { body, etag } = await api('GET /professionals/{id}', { params: { id }, signal });
      return { person: body, etag: etag ?? '' };
    },
  });

/** The devices a person is signed in on. */
export const personDevicesQuery = (id: string) =>
  queryOptions({
    queryKey: [...all, 'devices', id],
    queryFn: async ({ signal }) =>
      (await api('GET /professionals/{id}/sessions', { params: { id }, signal })).body.items,
    staleTime: 0,
  });

/** Reads everything that shows people again; also after a refusal, which may mean that there is something newer. */
export const refreshPeople = (): Promise<void> => queryClient.invalidateQueries({ queryKey: all });

async function change<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } finally {
    void refreshPeople();
  }
}

export const invitePerson = (body: ProfessionalInput) => change(api('POST /professionals', { body }));

/** Rejects with 412 when `etag` is no longer the person's. */
export const changePerson = (id: string, body: ProfessionalPatch, etag: string) =>
  change(api('PATCH /professionals/{id}', { params: { id }, body, headers: { 'if-match': etag } }));

/** Takes access away. Clients are read again too, because a transfer changes their professional. */
export async function deactivatePerson(id: string, body: Deactivation): Promise<void> {
  await change(api('POST /professionals/{id}/deactivate', { params: { id }, body }));
  if (body.transferTo !== undefined) void queryClient.invalidateQueries({ queryKey: ['clients'] });
}

export const reactivatePerson = (id: string) => change(api('POST /professionals/{id}/reactivate', { params: { id } }));

export const endPersonDevice = (id: string, sessionId: string) =>
  change(api('DELETE /professionals/{id}/sessions/{sessionId}', { params: { id, sessionId } }));
