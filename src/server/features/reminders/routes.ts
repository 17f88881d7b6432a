import type { RouteContext } from '../../feature.ts';
import type { RouteBinder } from '../../http/route.ts';
import { createConfirmationLink, revokeConfirmationLinks } from './links.ts';
import { changePreference, getPreference } from './preferences.ts';
import { answerConfirmation, getConfirmation } from './public-answers.ts';

/** Search engines that found a link in a public place would show whose it is. */
const headers = { 'x-robots-tag': 'noindex, nofollow' };

export function registerReminderRoutes(route: RouteBinder, context: RouteContext): void {
  const { db } = context;
  const deps = { ...context, share: context.strangers.pages };

  route('POST /appointments/{id}/confirmation-link', async ({ actor, params }) => ({
    body: await createConfirmationLink(deps, actor, params.id),
  }));
  route('DELETE /appointments/{id}/confirmation-link', async ({ actor, params }) => {
    await revokeConfirmationLinks(deps, actor, params.id);
    return {};
  });
  route('GET /public/confirmations/{token}', async ({ params, caller, reply }) => {
    reply.headers(headers);
    return { body: await getConfirmation(deps, params.token, caller) };
  });
  route('POST /public/confirmations/{token}', async ({ params, body, caller, reply }) => {
    reply.headers(headers);
    return { body: await answerConfirmation(deps, params.token, body, caller) };
  });
  route('GET /clients/{id}/reminders', ({ actor, params }) => getPreference(db, actor, params.id));
  route('PATCH /clients/{id}/reminders', ({ actor, params, matches, body }) =>
    changePreference(db, actor, params.id, matches, body),
  );
}
