/**
 * A controller as a process that can be killed, for checks.test.ts: `checked-controller.ts DATA`, with DATABASE_URL, MILLRACE_KEY
 * and APP: JSON of the fields of the credential `app`.
 */
import { TestServer } from '../../testing/test-controller.ts';
import { appInstallation } from './app-installation.ts';

const server = await TestServer.start({
  data: process.argv[2] as string,
  databaseUrl: process.env['DATABASE_URL'] || null,
  key: process.env['MILLRACE_KEY'],
  installation: appInstallation(JSON.parse(process.env['APP'] ?? '{}') as Record<string, string>),
});
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
