/** npm run bench: what the design's claims are worth on this machine, as ratios. */
import { join } from 'node:path';
import { ensureInstalled, root, runInNode24 } from './bootstrap.mjs';

process.chdir(root);
await ensureInstalled();
await runInNode24(join(root, 'tests', 'bench', 'main.ts'));
