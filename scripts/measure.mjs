/** npm run measure: measures size and speed of the web app on this machine. Exits with 1 when a limit is exceeded. `-- lighthouse day` measures only those parts. */
import { join } from 'node:path';
import { ensureInstalled } from './bootstrap/installation.mjs';
import { runInNode24 } from './bootstrap/node-runtime.mjs';
import { root } from './bootstrap/paths.mjs';

process.chdir(root);
await ensureInstalled();
await runInNode24(join(root, 'tests', 'measure', 'main.ts'), process.argv.slice(2));
