import { startRig } from './server/rig.ts';

const rig = await startRig({ executors: 8 });
const t0 = performance.now();
const T = (...s: any[]) => console.log(((performance.now() - t0) / 1000).toFixed(1), ...s);
const { server } = rig;
setTimeout(async () => {
  T(
    JSON.stringify([
      (await server.store.db.selectFrom('builds').select(['id', 'state', 'owner', 'epoch', 'parked', 'why']).where('state', '<>', 'ended').execute()).slice(
        0,
        4,
      ),
      (await server.store.db.selectFrom('leases').select(['id', 'state']).execute()).slice(0, 10),
      (await server.store.db.selectFrom('work').select(['id', 'kind', 'result', 'cancel']).execute()).slice(0, 8),
      await server.store.db
        .selectFrom('builds')
        .select((e) => ['state', e.fn.countAll().as('n')])
        .groupBy('state')
        .execute(),
    ]),
  );
  process.exit(1);
}, 22000);
const job = await rig.server.job('one-step', `node { sh 'true' }`);
for (let i = 0; i < 20; i++) await server.ended(await server.start(job));
T('warm');
for (let r = 0; r < 1; r++) {
  const N = 150;
  const b = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: N }, () => server.start(job)));
  for (let open = 1; open > 0; ) {
    await new Promise((r) => setTimeout(r, 50));
    open = Number(
      (
        await server.store.db
          .selectFrom('builds')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('state', 'in', ['queued', 'running'])
          .executeTakeFirstOrThrow()
      ).n,
    );
  }
  const c = process.cpuUsage(cpu);
  T(N / ((performance.now() - b) / 1000), 'per s', (c.user + c.system) / 1000 / N, 'ms');
}
process.exit(0);
