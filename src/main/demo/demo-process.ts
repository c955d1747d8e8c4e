// The process of `npm run demo`, and of the filling behind a server.
import { runDemo } from './run-demo.ts';

process.exitCode = await runDemo(process.argv.slice(2));
