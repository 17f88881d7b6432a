import type { Identity } from '../../http/route.ts';
import { HttpProblem } from '../../http/problem.ts';
import { readCookie } from './cookies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { KnownStandings } from './known-standings.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Identifies the caller by bearer token or cookie. Whether the session still lives is checked by the first statement. */
export function createIdentity({ config, keyring, db }: AuthDependencies): Identity {
  const tokens = new VerifiedTokens(keyring);
  const standings = new KnownStandings();
  return {
    authenticate: async (request, caller) => {
      const header = request.headers.authorization;
      const bearer = header === undefined ? undefined : /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
      if (header !== undefined && bearer === undefined) throw new HttpProblem('invalid_token');
      const token = bearer ?? readCookie(config, request, 'access');
      if (token === undefined) throw new HttpProblem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
      const claims = await tokens.verify(token);
      return { ...caller, ...claims, ...standings.find(claims) };
    },
    // Entering the transaction is the check, so there is nothing to read.
    confirm: (actor) => db.read(actor, () => Promise.resolve()),
    remember: ({ professionalId }, standing) => {
      standings.remember(professionalId, standing);
    },
  };
}
