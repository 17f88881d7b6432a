import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Tokens } from './refresh.ts';

type CookieName = 'access' | 'refresh' | 'code_request';

/** `__Host-` pins a cookie to this host and to https; plain http, in development, cannot have it. */
const nameOf = (config: Config, name: CookieName): string =>
  `${config.https.sessionCookieSecure ? '__Host-' : ''}acolhe_${name}`;

/** A web app on another site needs cross-site cookies; exact origins are then the only protection (docs/security.md). */
const optionsOf = (config: Config, maxAge: number) => ({
  path: '/',
  httpOnly: true,
  secure: config.https.sessionCookieSecure,
  sameSite:
    config.corsAllowedOrigins.length > 0 && config.https.sessionCookieSecure ? ('none' as const) : ('lax' as const),
  maxAge,
});

export const readCookie = (config: Config, request: FastifyRequest, name: CookieName): string | undefined =>
  request.cookies[nameOf(config, name)];

export function setTokenCookies(config: Config, reply: FastifyReply, tokens: Tokens): void {
  reply.setCookie(nameOf(config, 'access'), tokens.accessToken, optionsOf(config, config.accessTokenSeconds));
  reply.setCookie(nameOf(config, 'refresh'), tokens.refreshToken, optionsOf(config, config.refreshTokenSeconds));
}

export function clearTokenCookies(config: Config, reply: FastifyReply): void {
  reply.clearCookie(nameOf(config, 'access'), optionsOf(config, 0));
  reply.clearCookie(nameOf(config, 'refresh'), optionsOf(config, 0));
}

export const setCodeRequestCookie = (config: Config, reply: FastifyReply, token: string): FastifyReply =>
  reply.setCookie(nameOf(config, 'code_request'), token, optionsOf(config, config.otp.ttlSeconds));
