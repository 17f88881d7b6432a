import { paginateShortList, placeById } from '../../http/page.ts';
import type { RouteBinder } from '../../http/route.ts';
import type { EntranceDependencies } from './dependencies.ts';
import { guessDeviceKind } from './device-kind.ts';
import { beginPasskeySignIn, signInWithPasskey } from './passkey-sign-in.ts';
import { addPasskey, beginPasskey, listOwnPasskeys, removePasskey } from './passkeys.ts';
import { chooseRelyingParty } from './relying-party.ts';
import { answerSignIn } from './session-answer.ts';

export function registerPasskeyRoutes(route: RouteBinder, deps: EntranceDependencies): void {
  const { config } = deps;

  route('GET /auth/passkeys', async ({ actor, query }) => {
    const list = { name: ['passkeys'], items: await listOwnPasskeys(deps, actor), placeOf: placeById };
    return { body: paginateShortList(list, query) };
  });

  route('POST /auth/passkeys/options', async ({ actor, request }) => ({
    body: await beginPasskey(deps, actor, chooseRelyingParty(config, request)),
  }));

  route('POST /auth/passkeys', async ({ actor, body, request }) => ({
    body: await addPasskey(deps, actor, chooseRelyingParty(config, request), body),
  }));

  route('DELETE /auth/passkeys/{id}', async ({ actor, params }) => {
    await removePasskey(deps, actor, params.id);
    return {};
  });

  route('POST /auth/passkey-sessions/options', async ({ caller, request }) => ({
    body: await beginPasskeySignIn(deps, chooseRelyingParty(config, request), caller),
  }));

  route('POST /auth/passkey-sessions', async ({ body, caller, request, reply }) => {
    const device = { id: body.device.id, name: body.device.name, kind: guessDeviceKind(request.headers['user-agent']) };
    const answer = { credential: body.credential, device };
    const opened = await signInWithPasskey(deps, chooseRelyingParty(config, request), answer, caller);
    return { body: await answerSignIn(deps, reply, opened, body.transport) };
  });
}
