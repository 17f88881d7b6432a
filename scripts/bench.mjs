/** npm run bench: compares Acolhe with alternatives on this machine, and prints ratios. */
import { join } from 'node:path';
import { ensureInstalled, root, runInNode24 } from './bootstrap.mjs';

process.chdir(root);
await ensureInstalled();
await runInNode24(join(root, 'tests', 'bench', 'main.ts'));
