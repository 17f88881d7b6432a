import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';
import type { Config } from '../config.ts';

/** The headers that every answer has. Made once: they depend on the configuration alone. */
export function prepareSecurityHeaders({ https }: Pick<Config, 'https'>): Readonly<Record<string, string>> {
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // No 'unsafe-inline': positions in long lists are set through the CSSOM, which this policy does not restrict.
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https.redirect ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity:
      https.hstsSeconds > 0
        ? { maxAge: https.hstsSeconds, includeSubDomains: https.hstsIncludeSubdomains, preload: https.hstsPreload }
        : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  setHeaders(request, response, (error) => {
    if (error instanceof Error) throw error;
  });
  // No answer is cached unless its route says otherwise.
  return { ...(response.getHeaders() as Record<string, string>), 'cache-control': 'no-store' };
}
