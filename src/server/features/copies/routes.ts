import { Readable } from 'node:stream';
import type { RouteContext } from '../../feature.ts';
import { writeCreatedHeaders } from '../../http/created.ts';
import type { RouteBinder } from '../../http/route.ts';
import { assertOpenLink, type CopyDependencies, requestCopy, takeCopy } from './service.ts';
import { onlyPreviews, wantsPage } from './visitors.ts';

/** Never kept by anybody between, and never listed by search engines. */
const privately = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' };

export function registerCopyRoutes(route: RouteBinder, context: RouteContext): void {
  const { config, log } = context;
  const deps: CopyDependencies = { ...context, share: context.strangers.pages };

  route('POST /clients/{id}/copies', async ({ actor, params, body, idempotencyKey }) => {
    const wanted = { clientId: params.id, dataRequestId: body?.dataRequestId };
    const { replayed, ...requested } = await requestCopy(deps, actor, wanted, idempotencyKey);
    return { ...requested, headers: writeCreatedHeaders(undefined, replayed) };
  });

  route('GET /copies/{token}.zip', async ({ params: { token }, query, caller, request, reply }) => {
    if (request.method === 'HEAD') {
      const { bytes } = await assertOpenLink(deps, token, caller);
      return { stream: Readable.from([]), headers: { ...privately, 'content-length': String(bytes) } };
    }
    // A browser is shown the page with the button, which asks with `save`.
    if (onlyPreviews(request.headers) || (query.save === undefined && wantsPage(request.headers))) {
      const location = `${config.publicUrl ?? ''}/copia/${encodeURIComponent(token)}`;
      return { status: 303, stream: Readable.from([]), headers: { ...privately, location } };
    }
    const { stream, bytes, end } = await takeCopy(deps, token, caller);
    reply.raw.once('close', () => {
      end(reply.raw.writableFinished).catch((err: unknown) => {
        log.warn({ event: 'copy_not_noted', err }, 'it could not be noted that a copy was fetched');
      });
    });
    return {
      stream,
      headers: {
        ...privately,
        'content-length': String(bytes),
        'content-disposition': 'attachment; filename="meus-dados.zip"',
      },
    };
  });
}
