import { lingui } from '@lingui/vite-plugin';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests mostly wait: for a browser, a server, PostgreSQL. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** Measured in milliseconds, and so when nothing else is under way. */
const plans = 'src/server/**/plans.test.ts';

/** The projects that need PostgreSQL share one server, started by tests/support/global-setup.ts. */
const globalSetup = './tests/support/global-setup.ts';

/**
 * The projects that start servers load the code once a worker instead of once a file, which costs a quarter less time: what
 * a server keeps, it keeps for itself, and tests stub no module and no global.
 */
export default defineConfig({
  test: {
    // No mock survives a test, and what a test prints is shown with the test that fails.
    restoreMocks: true,
    unstubEnvs: true,
    silent: 'passed-only',
    projects: [
      {
        // What the web app says is read from its catalogues.
        plugins: [lingui()],
        test: {
          name: 'unit',
          include: ['src/{shared,web}/**/*.test.{ts,tsx}', 'tests/repository/**/*.test.ts'],
          isolate: false,
          testTimeout: 30_000,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'server',
          include: ['src/{server,cli}/**/*.test.ts', 'tests/{support,faults,walks}/**/*.test.ts'],
          exclude: [plans],
          globalSetup,
          isolate: false,
          testTimeout: 40_000,
          hookTimeout: 60_000,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: [globalSetup, './tests/support/browser-setup.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'plans',
          include: [plans],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
