import { ConfigError } from '../../app/config-error.ts';
import { sentenceForRefusal } from '../../app/refusals.ts';
import { openServices } from './open-services.ts';
import { serveServices } from './serve-services.ts';

/* Entry of the services' process: plain Node, started and watched by the shell. */
serveServices(process.parentPort, {
  open: openServices,
  explain: (error) =>
    error instanceof ConfigError ? { sentence: error.message, exitCode: 2 } : sentenceForRefusal(error),
  exit: (code) => {
    process.exit(code);
  },
});
