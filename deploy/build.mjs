#!/usr/bin/env node
/** The build command for a hosting service: installs the packages, builds the web app into dist/web and the server into dist/server. Works under Node 20. */
import { ensureInstalled } from '../scripts/bootstrap/installation.mjs';
import { ensureServerBuilt } from '../scripts/bootstrap/server-build.mjs';
import { ensureWebBuilt } from '../scripts/bootstrap/web-build.mjs';
import { refuseBuild } from './build-guard.mjs';

try {
  const refusal = refuseBuild(process.env);
  if (refusal) throw new Error(refusal);
  await ensureInstalled();
  await ensureWebBuilt();
  await ensureServerBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
