import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { escapeHtml } from '../http/escape-html.ts';
import { type Field, listFields, renderFields, renderShape, renderText } from './docs-fields.ts';
import { docsStyle } from './docs-style.ts';
import type { Answer, OpenApiDocument, Operation, Parameter } from './types.ts';

/** The page's own Content-Security-Policy: its one style, by hash, and images of this server. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(docsStyle).digest('base64')}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

interface Entry {
  readonly method: string;
  readonly address: string;
  readonly operation: Operation;
}

function listEntries(document: OpenApiDocument): Entry[] {
  return Object.entries(document.paths).flatMap(([path, { servers, ...operations }]) => {
    const base = (servers ?? document.servers)[0]?.url.replace(/\/$/, '') ?? '';
    return Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      address: `${base}${path}`,
      operation,
    }));
  });
}

const places: readonly [Parameter['in'], string][] = [
  ['path', 'In the path'],
  ['query', 'In the query'],
  ['header', 'Headers'],
];

function renderParameters(parameters: readonly Parameter[]): string {
  return places
    .map(([place, title]) => {
      const fields = parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, required, schema, description }): Field => ({ name, required, schema, description }));
      return fields.length === 0 ? '' : `<h4>${title}</h4>${renderFields(fields, 'Name')}`;
    })
    .join('');
}

function renderBody({ requestBody }: Operation): string {
  if (requestBody === undefined) return '';
  return Object.entries(requestBody.content)
    .map(
      ([mediaType, { schema }]) =>
        `<h4>Body, <code>${escapeHtml(mediaType)}</code>${requestBody.required ? '' : ' (may be left out)'}</h4>${renderShape(schema)}`,
    )
    .join('');
}

const formatStatus = (status: string): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

function renderAnswer(status: string, answer: Answer): string {
  const headers = Object.entries(answer.headers ?? {}).map(([name, { description, schema }]): Field => ({
    name,
    required: false,
    schema,
    description,
  }));
  const content = Object.entries(answer.content ?? {})
    .map(
      ([mediaType, { schema }]) =>
        `<p><code>${escapeHtml(mediaType)}</code></p>${renderShape(schema, { showRequired: false })}`,
    )
    .join('');
  return `<h4>${escapeHtml(formatStatus(status))}</h4>${content === '' ? `<p>${renderText(answer.description)}</p>` : content}${renderFields(headers, 'Header')}`;
}

function renderErrors(errors: readonly [string, Answer][]): string {
  if (errors.length === 0) return '';
  const rows = errors.map(
    ([status, { description }]) =>
      `<tr><td>${escapeHtml(formatStatus(status))}</td><td>${description
        .split('\n\n')
        .map((line) => `<p>${renderText(line)}</p>`)
        .join('')}</td></tr>`,
  );
  return `<details><summary>Errors</summary><p>As <a href="#schema-Problem">Problem</a>.</p><div class="wide"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Code and meaning</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></details>`;
}

function renderOperation({ method, address, operation }: Entry): string {
  const { operationId, summary, security, parameters = [], responses } = operation;
  const answers = Object.entries(responses);
  const isProblem = (answer: Answer) => answer.content?.['application/problem+json'] !== undefined;
  return `<article id="${escapeHtml(operationId)}" aria-labelledby="${escapeHtml(operationId)}-title">
<div class="address"><span class="method">${method}</span><a href="#${escapeHtml(operationId)}"><code class="path">${escapeHtml(address)}</code></a>
<span class="access">${security.length === 0 ? 'public' : 'needs a session'}</span></div>
<h3 id="${escapeHtml(operationId)}-title">${escapeHtml(summary)}</h3>
${renderParameters(parameters)}
${renderBody(operation)}
${answers
  .filter(([, answer]) => !isProblem(answer))
  .map(([status, answer]) => renderAnswer(status, answer))
  .join('')}
${renderErrors(answers.filter(([, answer]) => isProblem(answer)))}
</article>`;
}

function renderNavigation(document: OpenApiDocument, entries: readonly Entry[]): string {
  const groups = document.tags.map(({ name }) => {
    const items = entries
      .filter(({ operation }) => operation.tags[0] === name)
      .map(
        ({ operation }) =>
          `<li><a href="#${escapeHtml(operation.operationId)}">${escapeHtml(operation.summary)}</a></li>`,
      );
    return `<a href="#tag-${escapeHtml(name)}"><strong>${escapeHtml(name)}</strong></a><ul>${items.join('')}</ul>`;
  });
  return `<nav aria-label="Operations">${groups.join('\n')}<a href="#schemas"><strong>Shapes</strong></a></nav>`;
}

/** The document as a readable HTML page, without scripts and without anything from other hosts. */
export function renderDocsPage(document: OpenApiDocument): string {
  const { title, version, description } = document.info;
  const entries = listEntries(document);
  const groups = document.tags.map(
    ({ name, description: about }) => `<section aria-labelledby="tag-${escapeHtml(name)}">
<h2 id="tag-${escapeHtml(name)}">${escapeHtml(name)}</h2><p>${renderText(about)}</p>
${entries
  .filter(({ operation }) => operation.tags[0] === name)
  .map(renderOperation)
  .join('\n')}</section>`,
  );
  const shapes = Object.entries(document.components.schemas).map(
    ([name, schema]) => `<article id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>
${schema.description === undefined ? '' : `<p>${renderText(schema.description)}</p>`}${renderFields(listFields(schema), 'Field')}</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} API ${escapeHtml(version)}</title>
<link rel="icon" href="/favicon.svg">
<style>${docsStyle}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the operations</a>
<div class="layout">
${renderNavigation(document, entries)}
<main id="main">
<h1>${escapeHtml(title)} API</h1>
<p>Version ${escapeHtml(version)}, <a href="/api/v1/openapi.json">OpenAPI ${document.openapi}</a>.</p>
${description
  .split('\n\n')
  .map((paragraph) => `<p>${renderText(paragraph)}</p>`)
  .join('\n')}
${groups.join('\n')}
<section aria-labelledby="schemas"><h2 id="schemas">Shapes</h2>
${shapes.join('\n')}</section>
</main>
</div>
</body>
</html>
`;
}
