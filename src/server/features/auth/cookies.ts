import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Tokens } from './refresh.ts';

type CookieName = 'access' | 'refresh' | 'code_request';

/** `__Host-` binds a cookie to this host and to https; with plain http in development browsers would refuse it. */
const buildCookieName = (config: Config, name: CookieName): string =>
  `${config.https.sessionCookieSecure ? '__Host-' : ''}acolhe_${name}`;

/** A web app on another site needs cross-site cookies; then exact origins are the only protection (docs/security.md). */
const buildCookieOptions = (config: Config, maxAge: number) => ({
  path: '/',
  httpOnly: true,
  secure: config.https.sessionCookieSecure,
  sameSite:
    config.corsAllowedOrigins.length > 0 && config.https.sessionCookieSecure ? ('none' as const) : ('lax' as const),
  maxAge,
});

export function readCookie(config: Config, request: FastifyRequest, name: CookieName): string | undefined {
  const { cookie } = request.headers;
  return cookie === undefined ? undefined : request.server.parseCookie(cookie)[buildCookieName(config, name)];
}

export function setTokenCookies(config: Config, reply: FastifyReply, tokens: Tokens): void {
  reply.setCookie(
    buildCookieName(config, 'access'),
    tokens.accessToken,
    buildCookieOptions(config, config.accessTokenSeconds),
  );
  reply.setCookie(
    buildCookieName(config, 'refresh'),
    tokens.refreshToken,
    buildCookieOptions(config, config.refreshTokenSeconds),
  );
}

export function clearTokenCookies(config: Config, reply: FastifyReply): void {
  reply.clearCookie(buildCookieName(config, 'access'), buildCookieOptions(config, 0));
  reply.clearCookie(buildCookieName(config, 'refresh'), buildCookieOptions(config, 0));
}

export const setCodeRequestCookie = (config: Config, reply: FastifyReply, token: string): FastifyReply =>
  reply.setCookie(buildCookieName(config, 'code_request'), token, buildCookieOptions(config, config.otp.ttlSeconds));
