import type { RouteContext } from '../../feature.ts';
import type { RouteBinder } from '../../http/route.ts';
import { paginateShortList, placeById } from '../../http/page.ts';
import { HttpProblem } from '../../http/problem.ts';
import { clearTokenCookies, readCookie, setCodeRequestCookie, setTokenCookies } from './cookies.ts';
import { findLane, requestCode } from './codes.ts';
import { endColleagueSession, listColleagueDevices } from './colleague-sessions.ts';
import type { AuthDependencies, EntranceDependencies } from './dependencies.ts';
import { guessDeviceKind } from './device-kind.ts';
import { registerPasskeyRoutes } from './passkey-routes.ts';
import { refresh } from './refresh.ts';
import { answerSignIn, presentTokens } from './session-answer.ts';
import { endOwnSession, listDevices, renameDevice } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { signInByLink } from './sign-in-link.ts';

export function registerAuthRoutes(route: RouteBinder, context: RouteContext): void {
  const entrance = { ...context, share: context.strangers.signingIn };
  registerEntranceRoutes(route, entrance);
  registerDeviceRoutes(route, context);
  registerPasskeyRoutes(route, entrance);
}

/** The public routes: requesting a code, signing in, refreshing tokens. */
function registerEntranceRoutes(route: RouteBinder, entrance: EntranceDependencies): void {
  const { config } = entrance;

  route('POST /auth/codes', async ({ body, caller, locale, request, reply }) => {
    const lane = await findLane(entrance, body.email, body.device?.id);
    const held = readCookie(config, request, 'code_request');
    const asked = await requestCode(entrance, { ...caller, email: body.email, lane, locale, requestToken: held });
    setCodeRequestCookie(config, reply, asked.requestToken);
    // The number goes into a header, so that the body is the same for everybody.
    const headers = { 'code-number': String(asked.number), date: asked.requestedAt.toUTCString() };
    return { body: { expiresIn: config.otp.ttlSeconds }, headers };
  });

  route('POST /auth/sessions', async ({ body, caller, request, reply }) => {
    const lane = await findLane(entrance, body.email, body.device.id);
    const device = { id: body.device.id, name: body.device.name, kind: guessDeviceKind(request.headers['user-agent']) };
    const requestToken = readCookie(config, request, 'code_request');
    const opened = await signIn(entrance, { email: body.email, code: body.code, lane, device, requestToken }, caller);
    return { body: await answerSignIn(entrance, reply, opened, body.transport) };
  });

  route('POST /auth/link-sessions', async ({ body, caller, request, reply }) => {
    const device = { id: body.device.id, name: body.device.name, kind: guessDeviceKind(request.headers['user-agent']) };
    const opened = await signInByLink(entrance, { email: body.email, secret: body.secret, device }, caller);
    return { body: await answerSignIn(entrance, reply, opened, body.transport) };
  });

  route('POST /auth/refresh', async ({ body, caller, request, reply }) => {
    const cookie = readCookie(config, request, 'refresh');
    const token = body?.refreshToken ?? cookie;
    if (token === undefined) throw new HttpProblem('unauthenticated');
    const tokens = await refresh(entrance, token, caller);
    const transport = body?.refreshToken === undefined ? 'cookie' : 'bearer';
    if (transport === 'cookie') setTokenCookies(config, reply, tokens);
    return { body: presentTokens(tokens, transport) };
  });
}

/** The routes for signed-in devices: one's own and, for administrators, their colleagues'. */
function registerDeviceRoutes(route: RouteBinder, deps: AuthDependencies): void {
  route('GET /auth/sessions', async ({ actor, query }) => {
    const list = { name: ['sessions'], items: await listDevices(deps, actor), placeOf: placeById };
    return { body: paginateShortList(list, query) };
  });

  route('DELETE /auth/sessions/current', async ({ actor, reply }) => {
    await endOwnSession(deps, actor, actor.sessionId);
    clearTokenCookies(deps.config, reply);
    return {};
  });

  route('PATCH /auth/sessions/{id}', async ({ actor, params, body }) => ({
    body: await renameDevice(deps, actor, params.id, body.deviceName),
  }));

  route('DELETE /auth/sessions/{id}', async ({ actor, params }) => {
    await endOwnSession(deps, actor, params.id);
    return {};
  });

  route('GET /professionals/{id}/sessions', async ({ actor, params, query }) => {
    const items = await listColleagueDevices(deps, actor, params.id);
    return { body: paginateShortList({ name: ['sessions', params.id], items, placeOf: placeById }, query) };
  });

  route('DELETE /professionals/{id}/sessions/{sessionId}', async ({ actor, params }) => {
    await endColleagueSession(deps, actor, params.id, params.sessionId);
    return {};
  });
}
