#!/usr/bin/env node
/** What a host runs to build: packages, then the web app in dist/web. Works under Node 20, like everything in scripts/. */
import { ensureInstalled } from '../scripts/bootstrap/installation.mjs';
import { ensureWebBuilt } from '../scripts/bootstrap/web-build.mjs';
import { refuseBuild } from './build-guard.mjs';

try {
  const refusal = refuseBuild(process.env);
  if (refusal) throw new Error(refusal);
  await ensureInstalled();
  await ensureWebBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
