/**
 * npm test: the static checks, each counted as one test, then unit, server and browser tests. The last line is the total.
 * `npm test -- some/path` runs only the test files that match, without the static checks.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { node24Path, nodeFlags } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';
import { ensureServerBuilt } from './bootstrap/server-build.mjs';
import { ensureWebBuilt } from './bootstrap/web-build.mjs';

/** The longest first, so that the last ones end at about the same time. */
const checks = [
  { name: 'types and lint', program: 'oxlint/bin/oxlint', args: ['--deny-warnings'] },
  { name: 'prettier', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  {
    name: 'imports',
    program: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.js', 'src'],
  },
  { name: 'unused code', program: 'knip/bin/knip.js', args: ['--no-progress'] },
];

const compiled = join(root, 'node_modules', '.cache', 'compiled-for-tests');
const filters = process.argv.slice(2);
const count = { passed: 0, failed: 0, skipped: 0 };

process.chdir(root);
try {
  await ensureInstalled();
  const before = filters.length === 0 ? runChecks() : Promise.resolve();
  const built = await Promise.all([ensureWebBuilt(), ensureServerBuilt()]).then(
    () => true,
    (error) => {
      console.error(error.message);
      count.failed += 1;
      return false;
    },
  );
  await before;
  if (built) await runTests();
} catch (error) {
  console.error(error.message);
  count.failed += 1;
}
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;

/** Runs as many checks at a time as there are cores, at most three: each needs up to a gigabyte of memory. */
async function runChecks() {
  const waiting = [...checks];
  const runners = Array.from({ length: Math.min(3, availableParallelism()) }, async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) await runCheck(check);
  });
  await Promise.all(runners);
}

async function runCheck({ name, program, args }) {
  const startedAt = Date.now();
  const { code, output } = await run([join(root, 'node_modules', program), ...args], { show: false });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  count[code === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
}

async function runTests() {
  // All temporary files are in this folder, which is deleted at the end. Started by root, PostgreSQL runs as another account,
  // which must be able to pass through the folder.
  const folder = mkdtempSync(join(tmpdir(), 'acolhe-tests-'));
  chmodSync(folder, 0o711);
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const { code } = await run([vitest, 'run', ...reporters, ...filters], { show: true, temporary: folder });
    addResults(readReport(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Vitest ended without a report; its exit code counts.
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
}

function addResults(report, code) {
  // A file that does not load, or whose beforeAll fails, has no failed test. It counts as one.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  count.passed += report.numPassedTests;
  // Errors outside of tests show only in the exit code.
  count.failed += code === 0 ? failed : Math.max(1, failed);
  count.skipped += report.numPendingTests + report.numTodoTests;
}

/**
 * Runs Node 24 and resolves with its exit code. With `show` it prints to this terminal, otherwise its output is in the result.
 * `temporary`: the folder for its temporary files.
 */
function run(args, { show, temporary = tmpdir() }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node24Path(), [...nodeFlags, ...args], {
      cwd: root,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      // Tests start hundreds of servers and commands, which all use the same compiled code.
      env: { ...process.env, NODE_ENV: 'test', NODE_COMPILE_CACHE: compiled, TMPDIR: temporary, TEMP: temporary },
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
    const passOn = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, passOn);
  });
}
