/**
 * A controller as a process whose programs can take it down, for death.test.ts: `deadly-controller.ts DATA`, with
 * DATABASE_URL and MILLRACE_KEY. The first start makes the jobs and starts one build of each.
 */
import { TestServer } from '../../testing/test-controller.ts';

const SCRIPTS = {
  guilty: `parallel busy: { for (int i = 0; i < 2000; i++) { sleep(time: 40, unit: 'MILLISECONDS') } }, deadly: { sleep(time: 300, unit: 'MILLISECONDS'); echo 'dies here' }`,
  waiting: `node { sh 'while [ ! -e "$GO" ]; do sleep 0.05; done' }; echo 'waited'`,
  busy: `for (int i = 0; i < 60; i++) { sleep(time: 40, unit: 'MILLISECONDS') }; echo 'was busy'`,
};

const data = process.argv[2] as string;
const server = await TestServer.start({
  data,
  databaseUrl: process.env['DATABASE_URL'] || null,
  key: process.env['MILLRACE_KEY'],
  workers: { entry: new URL('./deadly-thread.ts', import.meta.url), size: 1, memoryMb: 96 },
});
const known = await server.store.db.selectFrom('items').select('id').execute();
if (known.length === 0) for (const [name, script] of Object.entries(SCRIPTS)) await server.start(await server.job(name, script.replace('$GO', `${data}/go`)));
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
