import { tags } from '../../shared/contracts/index.ts';
import type { Config } from '../config.ts';
import { describePaths } from './operations.ts';
import { problemSchema } from './problems.ts';
import { describeNamedShapes } from './schemas.ts';
import type { OpenApiDocument, Operation, PathItem, Schema } from './types.ts';

const description = `Client register for small clinics.

Requests and answers are JSON in camelCase; times are RFC 3339 in UTC, plain dates \`YYYY-MM-DD\`, ids UUIDv7. Unknown
fields are refused. Errors are \`application/problem+json\` with a stable \`code\`; their \`detail\` is Portuguese, or
English with \`Accept-Language: en\`. Lists come in pages: pass \`nextCursor\` as \`cursor\`. A record that is not yours
answers as one that does not exist.

Programs sign in with \`transport: "bearer"\` and send \`Authorization: Bearer\`; browsers sign in with
\`transport: "cookie"\` and hold their tokens in HttpOnly cookies.`;

const tagDescriptions: typeof tags = { ...tags, service: 'The server itself: health, and this document.' };

/** The tags of the operations, in the order of their first use. */
function listTags(paths: Readonly<Record<string, PathItem>>): OpenApiDocument['tags'] {
  const methods = ['get', 'post', 'patch', 'delete'] as const;
  const used = Object.values(paths).flatMap((item) => methods.flatMap((method) => item[method]?.tags ?? []));
  return [...new Set(used)].map((name) => ({ name, description: tagDescriptions[name] ?? '' }));
}

const text = (values?: readonly string[]): Schema => ({ type: 'string', ...(values ? { enum: values } : {}) });

function describeServiceRoute(
  operationId: string,
  summary: string,
  answers: Readonly<Record<string, readonly [means: string, mediaType: string, schema: Schema]>>,
): Operation {
  return {
    operationId,
    summary,
    tags: ['service'],
    security: [],
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, [means, mediaType, schema]]) => [
        status,
        { description: means, content: { [mediaType]: { schema } } },
      ]),
    ),
  };
}

const health: Schema = {
  type: 'object',
  properties: { status: text(['ok']), version: text(), commit: text() },
  required: ['status', 'version', 'commit'],
};
const readiness: Schema = {
  type: 'object',
  properties: {
    status: text(['ok', 'unavailable']),
    checks: {
      type: 'object',
      properties: {
        database: { type: 'boolean' },
        migrations: { type: 'boolean' },
        access: { type: 'boolean' },
        writable: { type: 'boolean' },
        worker: { type: 'boolean' },
      },
      additionalProperties: { type: 'boolean' },
    },
  },
  required: ['status', 'checks'],
};

/** Health checks are outside the base path, where platforms look for them. */
const servicePaths: Record<string, PathItem> = {
  '/healthz': {
    servers: [{ url: '/' }],
    get: describeServiceRoute('getHealthz', 'The process lives', {
      200: ['It lives; its version and commit.', 'application/json', health],
    }),
  },
  '/readyz': {
    servers: [{ url: '/' }],
    get: describeServiceRoute('getReadyz', 'The server can serve', {
      200: ['It can.', 'application/json', readiness],
      503: ['It cannot; the checks tell why.', 'application/json', readiness],
    }),
  },
  '/openapi.json': {
    get: describeServiceRoute('getOpenapiJson', 'This document', {
      200: ['OpenAPI 3.1.', 'application/json', { type: 'object' }],
    }),
  },
  '/docs': {
    get: describeServiceRoute('getDocs', 'This document to read', {
      200: ['A page.', 'text/html', { type: 'string' }],
    }),
  },
};

/** Makes the OpenAPI 3.1 document of this server from the contract table. */
export function createOpenApiDocument(config: Pick<Config, 'release' | 'https'>): OpenApiDocument {
  const paths = { ...describePaths(), ...servicePaths };
  return {
    openapi: '3.1.0',
    info: { title: 'Acolhe', version: config.release.version, description },
    servers: [{ url: '/api/v1' }],
    tags: listTags(paths),
    paths,
    components: {
      schemas: { ...describeNamedShapes(), Problem: problemSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          // The name that features/auth/cookies.ts gives it; a test signs in and compares.
          name: `${config.https.sessionCookieSecure ? '__Host-' : ''}acolhe_access`,
        },
      },
    },
  };
}
