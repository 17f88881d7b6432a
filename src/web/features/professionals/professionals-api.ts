import type { ResponseOf } from '../../../shared/api-client.ts';
import { queryOptions } from '@tanstack/react-query';
import type { Deactivation, ProfessionalInput, ProfessionalPatch } from '../../../shared/contracts/professionals.ts';
import { refreshAllClients } from '../../entities/client/client-queries.ts';
import { professionalsKey, refreshProfessionals } from '../../entities/professional/professional-queries.ts';
import { api } from '../../lib/api.ts';

/** One person with the ETag of the version that was read. */
export const professionalQuery = (id: string) =>
  queryOptions({
    queryKey: [...professionalsKey, 'one', id],
    queryFn: async ({ signal }) => {
      const { body, etag } = await api('GET /professionals/{id}', { params: { id }, signal });
      return { person: body, etag: etag ?? '' };
    },
  });

/** How many clients a person has, and what they gave away that could come back. */
export const handOverQuery = (id: string) =>
  queryOptions({
    queryKey: [...professionalsKey, 'hand-over', id],
    queryFn: async ({ signal }) => (await api('GET /professionals/{id}/hand-over', { params: { id }, signal })).body,
    staleTime: 0,
  });

/** The devices a person is signed in on. */
export const personDevicesQuery = (id: string) =>
  queryOptions({
    queryKey: [...professionalsKey, 'devices', id],
    queryFn: async ({ signal }) =>
      (await api('GET /professionals/{id}/sessions', { params: { id }, signal })).body.items,
    staleTime: 0,
  });

/** Reads people again after a change, also after a failed one. */
async function change<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } finally {
    void refreshProfessionals();
  }
}

export const invitePerson = (body: ProfessionalInput) => change(api('POST /professionals', { body }));

/** Mails the invitation again. Rejects with 409 once the person has signed in. */
export const invitePersonAgain = (id: string) => change(api('POST /professionals/{id}/invitation', { params: { id } }));

/** Changes a person. Rejects with 412 when `etag` is not the current version. */
export const changePerson = (id: string, body: ProfessionalPatch, etag: string) =>
  change(api('PATCH /professionals/{id}', { params: { id }, body, headers: { 'if-match': etag } }));

/** Takes access away. Clients are read again too, because a transfer changes their professional. */
export async function deactivatePerson(id: string, body: Deactivation): Promise<void> {
  await change(api('POST /professionals/{id}/deactivate', { params: { id }, body }));
  if (body.transferTo !== undefined) void refreshAllClients();
}

export const reactivatePerson = (id: string) => change(api('POST /professionals/{id}/reactivate', { params: { id } }));

/** Gives a person their clients back. @returns how many came back, and how many somebody else has by now */
export async function takeBackClients(id: string): Promise<ResponseOf<'POST /professionals/{id}/hand-over/take-back'>> {
  const { body } = await change(api('POST /professionals/{id}/hand-over/take-back', { params: { id } }));
  void refreshAllClients();
  return body;
}

/** Undoes a deactivation as a whole: access first, then the clients. */
export async function undoDeactivation(id: string): Promise<void> {
  await reactivatePerson(id);
  await takeBackClients(id);
}

export const endPersonDevice = (id: string, sessionId: string) =>
  change(api('DELETE /professionals/{id}/sessions/{sessionId}', { params: { id, sessionId } }));
