/** The import rules of docs/architecture.md, kept by a tool. @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-pure',
      comment: 'shared runs anywhere: itself, zod and the value libraries only',
      severity: 'error',
      from: { path: '^src/shared', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/shared', '^node_modules/(zod|libphonenumber-js|cpf-cnpj-validator)/'] },
    },
    {
      name: 'web-and-server-never-meet',
      severity: 'error',
      from: { path: '^src/web' },
      to: { path: '^src/(server|cli)' },
    },
    {
      name: 'server-never-meets-web',
      severity: 'error',
      from: { path: '^src/(server|cli)' },
      to: { path: '^src/web' },
    },
    {
      name: 'server-does-not-know-the-cli',
      severity: 'error',
      from: { path: '^src/server' },
      to: { path: '^src/cli' },
    },
    {
      name: 'features-meet-at-api',
      comment: "a feature imports its own files and another feature's api.ts (or …-api.ts)",
      severity: 'error',
      from: { path: '^src/server/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/server/features/', pathNot: ['^src/server/features/$1/', '/api\\.ts$', '-api\\.ts$'] },
    },
    {
      name: 'everybody-meets-features-at-api',
      comment: 'the server, backups and the command line too; the list of features alone knows their feature.ts',
      severity: 'error',
      from: {
        path: '^src/(cli|server)/',
        pathNot: ['^src/server/features/', '\\.test\\.ts$', '^src/server/features\\.ts$'],
      },
      to: { path: '^src/server/features/', pathNot: ['/api\\.ts$', '-api\\.ts$'] },
    },
    {
      name: 'only-the-list-knows-feature-files',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/server/features\\.ts$' },
      to: { path: '^src/server/features/[^/]+/feature\\.ts$' },
    },
    {
      name: 'the-list-knows-feature-files-alone',
      severity: 'error',
      from: { path: '^src/server/features\\.ts$' },
      to: { path: '^src/server/features/', pathNot: '/feature\\.ts$' },
    },
    {
      name: 'features-do-not-know-the-list',
      severity: 'error',
      from: { path: '^src/server/features/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/server/features\\.ts$' },
    },
    {
      name: 'api-hands-out-no-statement',
      comment: 'an api.ts has verbs; the bulk verbs of clients and dismissals are written as queries themselves',
      severity: 'error',
      from: {
        path: ['^src/server/features/[^/]+/api\\.ts$', '^src/server/features/.*-api\\.ts$'],
        pathNot: ['/clients/bulk-api\\.ts$', '/duplicates/dismissals-api\\.ts$'],
      },
      to: { path: 'queries\\.ts$' },
    },
    {
      name: 'queries-are-not-passed-on',
      comment: "who re-exports a statement makes it somebody else's",
      severity: 'error',
      from: {
        path: '^src/server/features/',
        pathNot: ['/clients/bulk-api\\.ts$', '/duplicates/dismissals-api\\.ts$'],
      },
      to: { path: 'queries\\.ts$', dependencyTypes: ['export'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'infrastructure-below-features',
      severity: 'error',
      from: {
        path: '^src/server/(config|db|embedded-database|http|mail|jobs|observability|openapi|processes)(/|\\.ts$)',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^src/server/features/' },
    },
    {
      name: 'embedded-database-stands-alone',
      comment: 'it is read and changed without the rest of the server',
      severity: 'error',
      from: { path: '^src/server/embedded-database/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/server/embedded-database/', '^src/server/db/connect\\.ts$'] },
    },
    {
      name: 'sql-lives-in-queries',
      severity: 'error',
      from: {
        path: '^src/server/features/',
        pathNot: ['queries\\.ts$', '\\.test\\.ts$', '/testing/'],
      },
      to: {
        path: ['^src/server/db/(query-builder|sql)\\.ts$', '^node_modules/(@types/)?(kysely|pg|pg-copy-streams)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'routes-ask-services',
      severity: 'error',
      from: { path: '^src/server/features/.*routes\\.ts$' },
      to: { path: 'queries\\.ts$' },
    },
    {
      name: 'fastify-stops-at-routes',
      comment: 'besides routes, only what reads and writes credentials sees requests and replies',
      severity: 'error',
      from: {
        path: '^src/server/features/',
        pathNot: [
          'routes\\.ts$',
          '/feature\\.ts$',
          '\\.test\\.ts$',
          '/testing/',
          '/auth/(cookies|identity|relying-party|session-answer)\\.ts$',
        ],
      },
      to: { path: ['^node_modules/(fastify|@fastify)/', 'routes\\.ts$', '^src/server/http/route\\.ts$'] },
    },
    {
      name: 'domain-knows-no-http',
      comment:
        'services, policies and queries throw the errors of domain-error.ts; http/error-handler.ts finds status, words and language',
      severity: 'error',
      from: {
        path: '^src/server/features/',
        pathNot: ['routes\\.ts$', '\\.test\\.ts$', '/testing/', '/auth/identity\\.ts$'],
      },
      to: { path: ['^src/server/http/(error-handler|invalid-request|locale|problem)\\.ts$', '^src/shared/errors/'] },
    },
    {
      name: 'queries-are-at-the-bottom',
      severity: 'error',
      from: { path: 'queries\\.ts$' },
      to: { path: '/(service|policy|presenter|.*routes)\\.ts$' },
    },
    {
      name: 'web-features-are-separate',
      severity: 'error',
      from: { path: '^src/web/features/([^/]+)/' },
      to: { path: '^src/web/features/', pathNot: '^src/web/features/$1/' },
    },
    {
      name: 'web-entities-below-features',
      severity: 'error',
      from: { path: '^src/web/entities/' },
      to: { path: '^src/web/(features|app)/' },
    },
    {
      name: 'web-parts-below-entities',
      severity: 'error',
      from: { path: '^src/web/(ui|lib)/' },
      to: { path: '^src/web/(entities|features|app)/' },
    },
    {
      name: 'web-features-below-app',
      severity: 'error',
      from: { path: '^src/web/features/' },
      to: { path: '^src/web/app/' },
    },
    {
      name: 'service-worker-stands-alone',
      severity: 'error',
      from: { path: '^src/web/worker/' },
      to: { pathNot: '^src/web/worker/' },
    },
    {
      name: 'runs-without-development-packages',
      comment: 'but for `acolhe smoke --browser`, which says so',
      severity: 'error',
      from: {
        path: '^src/(server|cli|shared)/',
        pathNot: ['\\.test\\.ts$', '/testing/', '^src/cli/smoke/(browser-steps|chromium)\\.ts$'],
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'loaded-where-it-is-configured',
      comment: 'what most installations never use costs their start nothing',
      severity: 'error',
      from: { path: '^src', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/server/observability/(sentry|opentelemetry)\\.ts$', dynamic: false },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: { path: '^src', pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: '(\\.test\\.tsx?$|^tests/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
    },
  },
};
