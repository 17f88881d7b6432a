import { randomUUID } from 'node:crypto';
import type { SignedIn, TestServer } from './server.ts';

/** People of one clinic, and `vera`, the administrator of another. */
export interface TwoClinics {
  readonly ana: SignedIn;
  readonly bruno: SignedIn;
  readonly carla: SignedIn;
  readonly vera: SignedIn;
}

/** Creates two clinics that no other test uses, and signs their people in. */
export async function signInTwoClinics(server: TestServer): Promise<TwoClinics> {
  const [mine, other] = [`${randomUUID()}.test`, `${randomUUID()}.test`];
  await server.createClinic(mine);
  await server.createClinic(other);
  const [ana, bruno, carla, vera] = (await Promise.all(
    [`ana@${mine}`, `bruno@${mine}`, `carla@${mine}`, `ana@${other}`].map((email) => server.signIn(email)),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn];
  return { ana, bruno, carla, vera };
}
