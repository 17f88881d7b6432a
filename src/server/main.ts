import { describeFailure } from './describe-failure.ts';
import { runServer } from './run-server.ts';

// The product as one process: database where none is given, migrations, demo clinic in development, API and web app.
try {
  await runServer(process.env, (config) => ({ migrate: true, demo: config.debug }));
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(1);
}
