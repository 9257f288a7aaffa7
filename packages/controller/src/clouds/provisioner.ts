/**
 * The duty `provisioner`: makes the nodes that requests wait for, and ends those that nobody needs. What to do is decided by
 * `decide`; here it is read, written and asked for. It can be killed anywhere: a node's row is there before its cloud is asked,
 * with the mark of what comes next, and who takes the duty over asks the same again.
 *
 * A pass never waits for a cloud: `provision`, `terminate` and `observe` go on beside it, and what they answer wakes the next.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { parseAskKey } from '../builds/ask-context.ts';
import { podDemandOf } from '../builds/asks/pod.ts';
import type { Sealer } from '../builds/worker/sealer.ts';
import type { HeldDuty } from '../fleet/duties.ts';
import { hashSecret } from '../nodes/agent-desk.ts';
import type { Loss } from '../nodes/lose-node.ts';
import { loseNode } from '../nodes/lose-node.ts';
import { pause } from '../pause.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Wakes } from '../store/wakes.ts';
import { BackOff } from './back-off.ts';
import { writeState } from './beside.ts';
import type { Cloud, Outcome, PodDemand } from './cloud.ts';
import { CloudError } from './cloud.ts';
import { CloudSampler, forgetHistory, noteEvent, noteRefusal } from './cloud-history.ts';
import { CloudLooks } from './cloud-looks.ts';
import { countImages, forgetImages, imageUses } from './image-uses.ts';
import type { CloudRetention } from './load-clouds.ts';
import { loadClouds, retentionOf } from './load-clouds.ts';
import type { CloudNode, Decision, WaitingRequest } from './provision.ts';
import { backOffKey, cloudKeys, decide } from './provision.ts';
import { tellReasons } from './reasons.ts';
import { Tending } from './tending.ts';
import { tell, toldOf, withLines } from './told.ts';
import { WARM } from './warm.ts';

const LOOK_MS = 3_000;
const FORGET_MS = 86_400_000;
/** A pass that is wanted again waits as long as it took, and no longer than this. */
const GATHER_MS = 50;

export interface ProvisionerOptions {
  readonly store: Store;
  /** Of the duty: it refuses what comes too late. */
  readonly write: HeldDuty['write'];
  readonly sealer: Sealer;
  /** Nodes' secrets are made from it, so that whoever goes on asks with the same one. */
  readonly key: Uint8Array;
  readonly clouds: readonly Cloud[];
  /** A controller's address, for agents. */
  readonly url: () => string;
  readonly now: () => number;
  readonly nodeGoneMs: number;
  readonly onError: (error: unknown) => void;
}

export class Provisioner {
  private readonly options: ProvisionerOptions;
  private readonly looks: CloudLooks;
  private readonly tending: Tending;
  private readonly backOff: BackOff;
  private readonly sampler: CloudSampler;
  /** Names whose `provision` or `terminate` is under way. */
  private readonly busy = new Set<string>();
  /** Names whose `terminate` has failed. */
  private readonly troubled = new Set<string>();
  private readonly offs: (() => void)[] = [];
  private readonly forgetting: NodeJS.Timeout;
  private timer: NodeJS.Timeout | null = null;
  private running = false;
  private again = false;
  private stopped = false;

  constructor(options: ProvisionerOptions) {
    this.options = options;
    const { clouds, now } = options;
    const wake = (): void => {
      this.wake();
    };
    this.backOff = new BackOff(now);
    this.sampler = new CloudSampler({ clouds, now, write: options.write });
    const back = (cloud: string): void => {
      this.backOff.allAnswered(cloudKeys(cloud));
      this.wake();
    };
    this.looks = new CloudLooks({ clouds, now, changed: wake, back, onError: options.onError });
    const { store, write } = options;
    this.tending = new Tending({
      clouds,
      now,
      images: (cloud, days) => imageUses(store, cloud, days, now()),
      keep: (cloud, state) =>
        write(async (tx) => {
          await writeState(tx, cloud, state, now());
        }),
      onError: (error) => {
        this.report(error);
      },
    });
    this.forgetting = setInterval(() => this.forget(), FORGET_MS);
    this.forgetting.unref();
    this.forget();
    for (const word of ['queue', 'node']) this.offs.push(options.store.wakes.on(word, wake));
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    for (const off of this.offs) off();
    this.looks.stop();
    this.tending.stop();
    clearInterval(this.forgetting);
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** What was used long ago is of no use to anybody. */
  private forget(): void {
    const { write, now } = this.options;
    write(async (tx) => {
      await forgetImages(tx, now());
      await forgetHistory(tx, now());
    }).catch((error: unknown) => {
      this.report(error);
    });
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    if (this.timer !== null) clearTimeout(this.timer);
    const begun = performance.now();
    void this.pass()
      .catch((error: unknown) => {
        this.report(error);
        return LOOK_MS;
      })
      .then((next) => {
        const { again } = this;
        this.again = false;
        // What comes until then shares the next pass: hundreds of nodes wake it many times each.
        this.running = again;
        if (this.stopped) return;
        this.timer = setTimeout(
          () => {
            this.running = false;
            this.wake();
          },
          again ? Math.min(performance.now() - begun, GATHER_MS) : next,
        );
        this.timer.unref();
      });
  }

  /** Answers in how many milliseconds the next one is due. */
  private async pass(): Promise<number> {
    const { store, sealer, clouds, now, nodeGoneMs } = this.options;
    const loaded = await loadClouds(store, sealer, now(), nodeGoneMs);
    this.looks.know(loaded.nodes);
    for (const node of loaded.nodes) if (node.online) this.backOff.succeeded(backOffKey(node.cloud, node));
    const decision = decide({
      ...loaded,
      now: now(),
      clouds: clouds.map((c) => ({
        name: c.name,
        cap: c.cap,
        caps: c.caps,
        plan: (demand) => c.plan(demand),
        warm: c.warm?.(now()) ?? [],
        observed: this.looks.of(c.name),
      })),
      backOff: this.backOff.all,
      unknownSince: this.looks.unknownSince,
    });
    for (const node of loaded.nodes) if (node.ending !== null) this.end(node);
    for (const orphan of decision.orphans) this.endOrphan(orphan);
    for (const node of decision.resume) if (!this.backOff.holds(backOffKey(node.cloud, node))) this.ask(node.cloud, node.id, node.name, node, node.lease);
    const { done, toMark } = this.sorted(decision.terminate);
    for (const { node } of done) this.end(node);
    // Given at once, all of it shares one commit, in this order: a request that `mark` fails is told no more. What can be asked
    // for is asked for as soon as it is written, be it hundreds.
    await Promise.all([
      this.tellLines(decision),
      this.mark({ ...decision, terminate: toMark }, new Map(loaded.waiting.map((w) => [w.id, w]))),
      this.bind(decision),
      ...decision.provision.map(async (one) => {
        const made = this.stopped ? null : await this.declare(one);
        if (made !== null) this.ask(one.cloud, made.id, made.name, { template: one.offer.template, place: one.offer.place ?? null }, one.lease);
      }),
      tellReasons(this.options, decision.timeline),
      this.sampler.seen(loaded.nodes, decision),
    ]);
    if (decision.terminate.some((t) => t.failed)) this.again = true;
    return Math.max(0, Math.min((decision.nextDue ?? Number.POSITIVE_INFINITY) - now(), LOOK_MS));
  }

  /**
   * A machine whose one request is gone takes nothing new without a mark, and whoever goes on sees that as well: its end waits
   * for no commit, which hundreds of builds that end at once make long. It is marked where its cloud does not end it, to be seen.
   */
  private sorted(terminate: Decision['terminate']): { readonly done: Decision['terminate']; readonly toMark: Decision['terminate'] } {
    const isDone = ({ node, lost }: Decision['terminate'][number]): boolean =>
      !lost && node.lease !== null && node.lease !== WARM && !node.leaseLives && node.running === 0 && !this.troubled.has(node.name);
    return { done: terminate.filter(isDone), toMark: terminate.filter((one) => !isDone(one)) };
  }

  /** Rows that are to end take nothing new from then on, whoever ends them; then they are ended. */
  private async mark({ terminate, idle }: Decision, waiting: ReadonlyMap<string, WaitingRequest>): Promise<void> {
    const { write, now, sealer } = this.options;
    if (terminate.length === 0 && idle.length === 0) return;
    const marked = await write(async (tx, wakes) => {
      const marked: CloudNode[] = [];
      for (const { node, why, lost, failed, moved, outcome } of terminate) {
        const offline = JSON.stringify({ by: null, message: why, at: now() });
        // Touched first: a lease that is granted at the same time waits, and then finds it offline.
        await tx.updateTable('nodes').set({ offline }).where('id', '=', node.id).execute();
        const row = await tx.selectFrom('nodes').select(['retention', 'lease']).where('id', '=', node.id).executeTakeFirst();
        if (row === undefined) continue;
        const held = await tx.selectFrom('leases').select('id').where('node_id', '=', node.id).limit(1).executeTakeFirst();
        if (held !== undefined && !lost) {
          await tx.updateTable('nodes').set({ offline: null }).where('id', '=', node.id).execute();
          continue;
        }
        const retention: CloudRetention = { ...retentionOf(row), ending: { why, lost, outcome } };
        await tx
          .updateTable('nodes')
          .set({ retention: JSON.stringify(retention), lease: null })
          .where('id', '=', node.id)
          .execute();
        if (lost) await loseNode(tx, wakes, sealer, node.id, lossOf(node.name, why, outcome));
        if (lost || failed) await noteEvent(tx, now(), { cloud: node.cloud, kind: 'failed', node: node.name, job: node.jobs[0] ?? null, message: why });
        // A template of the configuration may be mended; that of a pipeline is what it is.
        if (failed && node.lease !== null && waiting.get(node.lease)?.pod != null) await failRequest(tx, wakes, node.lease, why, outcome);
        if (failed || moved) this.backOff.failed(backOffKey(node.cloud, node), `${node.name}: ${why}`);
        wakes.add(`node ${node.id}`);
        // One that builds hold is looked at anew: they are told first.
        if (held === undefined) marked.push({ ...node, ending: { why, lost, outcome } });
      }
      for (const { node, since } of idle) await tx.updateTable('nodes').set({ idle_since: since }).where('id', '=', node.id).execute();
      return marked;
    });
    for (const node of marked) this.end(node);
    if (terminate.length > 0) this.again = true;
  }

  /** What a request has been given meanwhile is its own; a machine that is ending is nobody's. */
  private async bind({ bind }: Decision): Promise<void> {
    if (bind.length === 0) return;
    await this.options.write(async (tx, wakes) => {
      for (const { node, lease, job } of bind) {
        const waits = await tx.selectFrom('leases').select('id').where('id', '=', lease).where('state', '=', 'waiting').executeTakeFirst();
        const row = await tx.selectFrom('nodes').select('retention').where('id', '=', node.id).where('lease', '=', WARM).executeTakeFirst();
        if (waits === undefined || row === undefined) continue;
        const retention: CloudRetention = { ...retentionOf(row), job };
        await tx
          .updateTable('nodes')
          .set({ lease, retention: JSON.stringify(retention) })
          .where('id', '=', node.id)
          .where('lease', '=', WARM)
          .execute();
      }
      wakes.add('queue');
    });
  }

  private async tellLines({ lines }: Decision): Promise<void> {
    if (lines.length === 0) return;
    await this.options.write(async (tx, wakes) => {
      for (const one of lines) await tell(tx, wakes, one.lease, (told) => withLines(told, one.lines));
    });
  }

  private async declare({ cloud, offer, lease, job, pod }: Decision['provision'][number]): Promise<{ id: number; name: string } | null> {
    const { write, now } = this.options;
    const name = `${(offer.namePrefix ?? `${cloud}-${offer.template}`)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)}-${randomBytes(5).toString('hex')}`;
    const retention: CloudRetention = {
      template: offer.template,
      ...(offer.place === undefined ? {} : { place: offer.place }),
      ...(offer.moveOn === undefined ? {} : { moveOn: offer.moveOn }),
      ...(offer.namespace === undefined ? {} : { namespace: offer.namespace }),
      idleMinutes: offer.idleMinutes,
      connectMs: offer.connectSeconds * 1_000,
      ...(offer.retries === undefined ? {} : { retries: offer.retries }),
      knownSince: now(),
      ...(job === null ? {} : { job }),
      ...(pod === null ? {} : { pod }),
    };
    const row = {
      name,
      kind: 'cloud' as const,
      description: `of the cloud ${cloud}`,
      labels: JSON.stringify(offer.labels),
      executors: offer.executors,
      mode: offer.mode,
      root: null,
      env: '{}',
      secret_hash: hashSecret(this.secret(name)),
      cloud,
      cloud_ref: null,
      lease,
      retention: JSON.stringify(retention),
      offline: null,
      disconnected: null,
      instance: null,
      session: null,
      seen_at: null,
      connected_at: null,
      facts: '{}',
      monitors: '{}',
      idle_since: null,
      revision: 1,
      created_at: now(),
    };
    return write(async (tx, wakes) => {
      // The request may have been served or taken back since it was looked at.
      if (lease !== null && lease !== WARM) {
        const waits = await tx.selectFrom('leases').select('cloud').where('id', '=', lease).where('state', '=', 'waiting').executeTakeFirst();
        if (waits === undefined || toldOf(waits.cloud).failure !== null) return null;
      }
      const { id } = await tx.insertInto('nodes').values(row).returning('id').executeTakeFirstOrThrow();
      wakes.add('queue');
      return { id, name };
    });
  }

  private ask(cloudName: string, id: number, name: string, { template, place }: Pick<CloudNode, 'template' | 'place'>, requestId: string | null): void {
    const { write, now, url } = this.options;
    const key = backOffKey(cloudName, { template, place });
    this.alone(name, async () => {
      const cloud = this.cloud(cloudName);
      if (cloud === undefined) return;
      const row = await this.options.store.db.selectFrom('nodes').select(['retention', 'cloud_ref']).where('id', '=', id).executeTakeFirst();
      // What a pass has decided may have been done by the one before it.
      if (row === undefined || row.cloud_ref !== null) return;
      const { pod: podKey, job = null } = retentionOf(row);
      const pod = await this.podOf(podKey ?? null);
      try {
        const {
          ref,
          lines = [],
          images = [],
        } = await cloud.provision({
          name,
          secret: this.secret(name),
          url: url(),
          template,
          place,
          requestId: requestId === WARM ? null : requestId,
          job,
          pod,
        });
        if (this.stopped) return;
        this.backOff.answered(key);
        await write(async (tx, wakes) => {
          const row = await tx.selectFrom('nodes').select(['retention', 'cloud_ref']).where('id', '=', id).executeTakeFirst();
          if (row === undefined) return;
          // Once for each machine, however often it is asked for.
          if (row.cloud_ref === null) {
            await countImages(tx, cloudName, images, now());
            await noteEvent(tx, now(), { cloud: cloudName, kind: 'made', node: name, job, message: place === null ? template : `${template}, ${place}` });
          }
          const retention: CloudRetention = { ...retentionOf(row), knownSince: now() };
          await tx
            .updateTable('nodes')
            .set({ cloud_ref: ref, retention: JSON.stringify(retention) })
            .where('id', '=', id)
            .execute();
          if (requestId !== null && lines.length > 0) await tell(tx, wakes, requestId, (told) => withLines(told, lines));
          wakes.add(`node ${id}`);
        });
        this.looks.look(cloudName);
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        this.backOff.failed(key, `${cloudName} (${place ?? template}): ${error.message}`, error);
        if (!this.stopped) {
          const isAway = error.code === 'MR_CLOUD_AWAY';
          await write((tx) =>
            noteRefusal(tx, now(), {
              cloud: cloudName,
              kind: isAway ? 'away' : 'refused',
              node: null,
              job: isAway ? null : job,
              message: `${error.code}: ${error.message}`,
            }),
          );
        }
        // Nothing was made; else the same is asked again.
        if (error.code !== 'MR_CLOUD_AWAY' && !this.stopped) await this.remove(id);
        if (requestId !== null && pod !== null && !this.stopped) await this.tellRefusal(requestId, error);
      }
    });
  }

  /** The pipeline's template that a node is made from; null: none, or its build is over. */
  private async podOf(pod: string | null): Promise<PodDemand | null> {
    const { store, sealer } = this.options;
    const key = parseAskKey(pod ?? '');
    if (key === null) return null;
    const template = await store.db.selectFrom('pod_templates').selectAll().where('build_id', '=', key.build).where('ask_id', '=', key.ask).executeTakeFirst();
    return template === undefined ? null : podDemandOf(template, sealer);
  }

  /** A pipeline's template that a cloud does not take fails its request; what passes is told, once. */
  private tellRefusal(lease: string, { code, message, retryable }: CloudError): Promise<void> {
    return this.options.write((tx, wakes) =>
      tell(tx, wakes, lease, (told) => {
        const label = retryable ? 'WARNING' : 'ERROR';
        const said = withLines(told, [{ key: `${code} ${message}`, text: `${label}: Unable to create pod: ${message}` }]);
        return retryable ? said : { ...said, failure: { code: 'MR_POD_FAILED', message } };
      }),
    );
  }

  private end(node: CloudNode): void {
    this.alone(node.name, async () => {
      const { write, sealer } = this.options;
      const cloud = this.cloud(node.cloud);
      if (cloud === undefined) return;
      // One whose answer was lost is found by its name; if it comes later still, nobody knows it, and it is ended as such.
      const seen = this.looks.of(node.cloud);
      if (node.ref === null && (seen === null || seen.at <= node.knownSince)) {
        await pause(LOOK_MS / 10);
        return;
      }
      const ref = node.ref ?? seen?.list.find((o) => o.name === node.name)?.ref ?? null;
      if (ref !== null)
        try {
          await cloud.terminate(ref);
        } catch (error) {
          if (!(error instanceof CloudError)) throw error;
          this.options.onError(error);
          this.troubled.add(node.name);
          await pause(LOOK_MS);
          return;
        }
      this.troubled.delete(node.name);
      if (this.stopped) return;
      if (node.busy === 0) return this.remove(node.id, node);
      // Builds hold it still: what they ask of it fails, until they give it back.
      await write((tx, wakes) => loseNode(tx, wakes, sealer, node.id, lossOf(node.name, node.ending?.why ?? '', node.ending?.outcome)));
      await pause(LOOK_MS / 10);
    });
  }

  private endOrphan({ cloud, ref, name }: Decision['orphans'][number]): void {
    this.alone(name, async () => {
      try {
        await this.cloud(cloud)?.terminate(ref);
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        this.options.onError(error);
      }
      // Until the cloud has been looked at again it seems to be there.
      this.looks.look(cloud);
      await pause(LOOK_MS);
    });
  }

  /** `ended`: its machine was there, and is not any more. */
  private remove(id: number, ended: CloudNode | null = null): Promise<void> {
    const { write, now } = this.options;
    return write(async (tx, wakes) => {
      const held = await tx.selectFrom('leases').select('id').where('node_id', '=', id).limit(1).executeTakeFirst();
      if (held !== undefined) return;
      await tx.deleteFrom('work').where('node_id', '=', id).execute();
      await tx.deleteFrom('workspaces').where('node_id', '=', id).execute();
      const { numDeletedRows } = await tx.deleteFrom('nodes').where('id', '=', id).executeTakeFirst();
      // Of what was lost that is told already.
      if (ended !== null && ended.ending?.lost !== true && Number(numDeletedRows) > 0)
        await noteEvent(tx, now(), {
          cloud: ended.cloud,
          kind: 'ended',
          node: ended.name,
          job: ended.jobs[0] ?? null,
          message: ended.ending?.why ?? 'its build is done with it',
        });
      for (const topic of ['queue', `node ${id}`, `work ${id}`]) wakes.add(topic);
    });
  }

  /** One thing at a time for a name; the next pass sees what came of it. */
  private alone(name: string, what: () => Promise<void> | undefined): void {
    if (this.busy.has(name) || this.stopped) return;
    this.busy.add(name);
    void Promise.resolve()
      .then(what)
      .catch((error: unknown) => {
        this.report(error);
      })
      .finally(() => {
        this.busy.delete(name);
        this.wake();
      });
  }
  private cloud(name: string): Cloud | undefined {
    return this.options.clouds.find((c) => c.name === name);
  }
  private secret(name: string): string {
    return createHmac('sha256', this.options.key).update(`cloud node ${name}`).digest('base64url');
  }
  private report(error: unknown): void {
    const { code } = error as { code?: string };
    if (code !== 'MR_FENCED' && code !== 'MR_DUTY_LOST' && code !== 'MR_STORE_CLOSED') this.options.onError(error);
  }
}

/** After so many machines that were lost at their start the request fails. */
const MOST_FAILURES = 3;

function failRequest(tx: Tx, wakes: Wakes, lease: string, why: string, outcome: Outcome): Promise<void> {
  return tell(tx, wakes, lease, (told) => {
    const failures = told.failures + 1;
    const code = outcome === 'refused' ? 'MR_POD_FAILED' : outcome === 'ended' ? 'MR_POD_ENDED' : 'MR_NODE_LOST';
    return { ...told, failures, failure: outcome === 'lost' && failures < MOST_FAILURES ? null : { code, message: why.split('\n')[0] as string } };
  });
}

function lossOf(name: string, why: string, outcome: Outcome = 'lost'): Loss {
  return outcome === 'lost' ? { code: 'MR_NODE_LOST', message: `${name} was lost: ${why}` } : { code: 'MR_POD_ENDED', message: why };
}
