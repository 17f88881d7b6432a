import { contracts, type ErrorCode } from '../../shared/contracts/index.ts';
import type { RouteContract } from '../../shared/contracts/route.ts';
import { listErrorCodes, describeProblems } from './problems.ts';
import { toJsonSchema } from './schemas.ts';
import type { Answer, Header, Method, Operation, Parameter, PathItem } from './types.ts';

const table = Object.entries<RouteContract<ErrorCode>>(contracts);

/** Shapes of records that are changed with If-Match. Every answer with such a shape has an ETag. */
const versioned = new Set(table.flatMap(([, { ifMatch, response }]) => (ifMatch === true ? (response ?? []) : [])));

const noContent = 'Done; nothing to tell.';

function describeIfMatch(
  method: Method,
  { ifMatch }: RouteContract,
): (readonly [required: boolean, meaning: string])[] {
  if (ifMatch !== undefined) return [[ifMatch === true, 'the ETag of the version you have seen, or `*`']];
  return method === 'delete' ? [[false, 'such a record has no ETag: `*`, or nothing']] : [];
}

function describeParameters(method: Method, contract: RouteContract): Parameter[] {
  const fields = (place: 'path' | 'query', schema: RouteContract['params']): Parameter[] => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = toJsonSchema(schema, 'input');
    return Object.entries(properties).map(([name, { description, ...rest }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    }));
  };
  const header = (name: string, required: boolean, description: string): Parameter => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string', maxLength: 255 },
  });
  return [
    ...fields('path', contract.params),
    ...fields('query', contract.query),
    ...describeIfMatch(method, contract).map(([required, meaning]) => header('If-Match', required, meaning)),
    ...(contract.idempotent !== undefined
      ? [header('Idempotency-Key', false, 'repeating a request with the same key makes one record, not two')]
      : []),
  ];
}

function describeHeaders(contract: RouteContract): Record<string, Header> {
  const text = (description: string): Header => ({ description, schema: { type: 'string' } });
  return {
    ...(contract.response !== undefined && versioned.has(contract.response)
      ? { ETag: text('version of the record, for If-Match') }
      : {}),
    ...(contract.idempotent === true ? { Location: text('address of the record') } : {}),
    ...(contract.idempotent !== undefined
      ? {
          'Idempotency-Replayed': text('`true` when an earlier request with the same key made the record'),
        }
      : {}),
    ...Object.fromEntries(Object.entries(contract.headers ?? {}).map(([name, meaning]) => [name, text(meaning)])),
  };
}

function describeSuccess(contract: RouteContract): Answer {
  const { response, produces, summary } = contract;
  const headers = describeHeaders(contract);
  const content =
    produces !== undefined
      ? { content: { [produces]: { schema: { type: 'string' } } } }
      : response !== undefined
        ? { content: { 'application/json': { schema: toJsonSchema(response, 'output') } } }
        : {};
  return {
    description: 'content' in content ? summary : noContent,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...content,
  };
}

/** `PATCH /clients/{id}` → `patchClientsById`. */
const makeOperationId = (method: string, path: string): string =>
  method +
  path
    .split('/')
    .filter(Boolean)
    .map((part) => part.replace(/^\{(\w+)\}/, 'by-$1'))
    .flatMap((part) => part.split(/[^A-Za-z0-9]/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function describeRequestBody({ body, consumes }: RouteContract): Operation['requestBody'] {
  if (body === undefined) return undefined;
  const schema = toJsonSchema(body, 'input');
  if (consumes === undefined)
    return { required: !body.safeParse(undefined).success, content: { 'application/json': { schema } } };
  const { properties = {}, required = [] } = schema;
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  return {
    required: true,
    content: {
      [consumes]: { schema: { ...schema, properties: { ...properties, file }, required: [...required, 'file'] } },
    },
  };
}

function describeOperation(method: Method, path: string, contract: RouteContract<ErrorCode>): Operation {
  const parameters = describeParameters(method, contract);
  const requestBody = describeRequestBody(contract);
  return {
    operationId: makeOperationId(method, path),
    summary: contract.summary,
    tags: [contract.tag],
    security: contract.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      [String(contract.status)]: describeSuccess(contract),
      ...describeProblems(listErrorCodes(method, contract)),
    },
  };
}

/** The paths of the contract table, in the same order. */
export function describePaths(): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const [key, contract] of table) {
    const [verb = '', path = ''] = key.split(' ');
    const method = verb.toLowerCase() as Method;
    paths[path] = { ...paths[path], [method]: describeOperation(method, path, contract) };
  }
  return paths;
}
