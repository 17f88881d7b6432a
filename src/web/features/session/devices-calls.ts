import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import type { DeviceSession } from '../../../shared/contracts/auth.ts';

/** This professional's devices, the current one first. */
export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async ({ signal }): Promise<readonly DeviceSession[]> => {
    const { body } = await api('GET /auth/sessions', { signal });
    return body.items.toSorted((one, other) => Number(other.current) - Number(one.current));
  },
  refetchOnWindowFocus: 'always',
});

export async function endDevice(id: string): Promise<void> {
  await api('DELETE /auth/sessions/{id}', { params: { id } });
}

export async function renameDevice(id: string, deviceName: string): Promise<DeviceSession> {
  const { body } = await api('PATCH /auth/sessions/{id}', { params: { id }, body: { deviceName } });
  return body;
}
