/** npm run sbom: writes sbom.cdx.json, the bill of materials of package-lock.json in CycloneDX 1.5. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bootstrap/paths.mjs';

const file = join(root, 'sbom.cdx.json');

/**
 * The text of the bill of materials: every locked package with its licence, hash and dependencies. It does not depend on time or
 * place, so that a test can compare it. Packages for building are included, because some end up in the web app.
 * @param {string} lockText package-lock.json
 */
export function renderSbom(lockText) {
  const { packages } = JSON.parse(lockText);
  const byReference = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '') continue;
    const reference = referenceOf(path, entry);
    // The same release in two folders is one component, with the dependencies of both.
    const known = byReference.get(reference) ?? { component: componentOf(path, entry), needs: new Set() };
    for (const need of needsOf(packages, path)) known.needs.add(need);
    byReference.set(reference, known);
  }
  const all = [...byReference].sort(([a], [b]) => (a < b ? -1 : 1));
  const product = packages[''];
  const productReference = purlOf(product.name, product.version);
  return renderLines(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: {
        component: {
          'bom-ref': productReference,
          type: 'application',
          name: product.name,
          version: product.version,
          licenses: [{ license: { id: product.license } }],
          purl: productReference,
        },
      },
    },
    {
      components: all.map(([, { component }]) => component),
      dependencies: [
        { ref: productReference, dependsOn: needsOf(packages, '') },
        ...all.map(([ref, { needs }]) => ({ ref, dependsOn: [...needs].sort() })),
      ],
    },
  );
}

const nameOf = (path, { name }) => name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const referenceOf = (path, entry) => purlOf(nameOf(path, entry), entry.version);

function componentOf(path, entry) {
  const [algorithm, digest] = entry.integrity.split(' ')[0].split(/-(.*)/s);
  const marks = { development: entry.dev || entry.devOptional, hasInstallScript: entry.hasInstallScript };
  const properties = Object.entries(marks).flatMap(([name, is]) =>
    is ? [{ name: `cdx:npm:package:${name}`, value: 'true' }] : [],
  );
  return {
    'bom-ref': referenceOf(path, entry),
    type: 'library',
    name: nameOf(path, entry),
    version: entry.version,
    scope: entry.optional || entry.devOptional ? 'optional' : 'required',
    hashes: [{ alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') }],
    ...(entry.license === undefined ? {} : { licenses: [licenceOf(entry.license)] }),
    purl: referenceOf(path, entry),
    ...(properties.length > 0 ? { properties } : {}),
  };
}

/** One licence as its SPDX id, several as an SPDX expression. */
const licenceOf = (text) => (/[\s(]/.test(text) ? { expression: text } : { license: { id: text } });

/** References of a package's dependencies in the lock file, which has optional ones for other machines too. */
function needsOf(packages, path) {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = packages[path];
  const asked = {
    ...dependencies,
    ...(path === '' ? devDependencies : {}),
    ...optionalDependencies,
    ...peerDependencies,
  };
  const found = Object.keys(asked).flatMap((name) => resolve(packages, path, name) ?? []);
  return [...new Set(found)].sort();
}

/** Finds a package as Node does: in node_modules of the requiring folder, then of each folder above it. */
function resolve(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[candidate]) return referenceOf(candidate, packages[candidate]);
    if (folder === '') return undefined;
  }
}

/** JSON with one line for each item of the lists, so that a diff shows which packages changed. */
function renderLines(head, lists) {
  const body = Object.entries(lists).map(
    ([name, items]) => `${JSON.stringify(name)}:[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`,
  );
  return `${JSON.stringify(head).slice(0, -1)},\n${body.join(',\n')}}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(file, renderSbom(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  console.error(`${file} written`);
}
