import type { TestProject } from 'vitest/node';
import { type Chromium, prepareChromium } from '../../src/cli/smoke/chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: Chromium;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await prepareChromium());
}
