import { loadConfig } from './config.ts';
import { describeFailure } from './describe-failure.ts';
import { createLog } from './observability/log.ts';
import { runServer } from './run-server.ts';

// Runs the whole product in one process: embedded database, migrations, demo clinic in development, API and web app.
try {
  const config = loadConfig(process.env);
  const log = createLog(config, process.env);
  await runServer({ config, env: process.env, log }, { migrate: true, demo: config.debug });
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(1);
}
