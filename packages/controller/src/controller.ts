/**
 * One controller: starts and stops what `assemble` puts together. Several may live in one process.
 *
 * Start: store, key, place in the fleet, HTTP, builds, duties, the built-in agent. Stop: takes nothing new, gives its duties
 * back, lets go of its builds so that others go on with them, answers what is under way, leaves the fleet, closes the store.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Assembled } from './assemble.ts';
import { assemble } from './assemble.ts';
import { readKey } from './config/key.ts';
import { openKeys } from './config/keys.ts';
import type { ControllerOptions, ControllerParts } from './controller-options.ts';
import { pause } from './pause.ts';
import { openPatiently } from './store/open-patiently.ts';
import type { Store, StoreOptions } from './store/store.ts';

export class Controller {
  readonly parts: ControllerParts;
  /** Where it listens. */
  readonly url: string;
  private readonly made: Assembled;
  private draining = false;
  private letGo = false;

  private constructor(made: Assembled) {
    this.parts = made.parts;
    this.url = made.url;
    this.made = made;
    made.parts.store.wakes.on('fleet', () => {
      this.noticeDrain().catch(made.parts.services.onError);
    });
  }

  /** Throws an error with a code where the data folder, the key, the database or the address cannot be used. */
  static async start(options: ControllerOptions): Promise<Controller> {
    const { log } = options;
    // SQLite would make it; with PostgreSQL others write into it first.
    mkdirSync(options.data, { recursive: true, mode: 0o700 });
    const onError = (error: unknown): void => {
      // A write that came too late: what it was about is another controller's.
      if (/^MR_(FENCED|DUTY_LOST|STORE_CLOSED)$/.test((error as { code?: string }).code ?? '')) return;
      log.error({ err: error }, 'an error that nobody expected');
    };
    const origin = randomBytes(6).toString('hex');
    const store = await openStore(options, {
      url: options.databaseUrl,
      folder: options.data,
      origin,
      onAway: (error) => {
        log.warn({ err: error }, 'the database is away; what is to be written waits');
      },
    });
    try {
      const key = readKey(options.data, options.key, store.engine.shared);
      const keys = await openKeys(store, key, Date.now());
      let controller: Controller | null = null;
      controller = new Controller(await assemble(options, store, { key, keys }, { onError, isDraining: () => controller?.isDraining === true }));
      return controller;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  get id(): string {
    return this.made.membership.id;
  }
  get isDraining(): boolean {
    return this.draining || this.letGo;
  }

  /** Somebody asked this controller to drain, through whichever one: it lets go of its builds and takes none, but stays. */
  async noticeDrain(): Promise<void> {
    if (this.isDraining) return;
    const { store, owner, options } = this.parts;
    const row = await store.db.selectFrom('controllers').select('state').where('id', '=', this.id).executeTakeFirst();
    if (row?.state !== 'draining' || this.isDraining) return;
    this.letGo = true;
    options.log.info('draining, as asked: builds are let go');
    await owner.drain();
  }

  /**
   * Clean: running steps go on, and builds are let go for another controller or the next start. `endAgent`: the built-in
   * agent ends too; what it runs goes on.
   */
  async stop({ endAgent = false }: { readonly endAgent?: boolean } = {}): Promise<void> {
    if (this.draining) return;
    this.draining = true;
    const { owner, store, options } = this.parts;
    const steps: (() => unknown)[] = [
      () => this.made.membership.drain(),
      () => Promise.race([owner.drain(), pause(10_000)]),
      ...this.made.closing,
      () => (endAgent ? this.made.builtIn?.end() : this.made.builtIn?.stop()),
      () => this.made.membership.leave(),
    ];
    for (const step of steps)
      try {
        await step();
      } catch (error) {
        // Declared down already: others go on with what was ours.
        if ((error as { code?: string }).code !== 'MR_FENCED') options.log.error({ err: error }, 'the stop was not clean');
      }
    await store.close();
  }
}

/** Where the database is away it is waited for, and whoever asks is told so. */
async function openStore({ log, listen, waiting }: ControllerOptions, store: StoreOptions): Promise<Store> {
  let cause = '';
  let answering: FastifyInstance | null = null;
  try {
    const opened = await openPatiently({
      store,
      away: async (now, error) => {
        cause = now;
        log.warn({ err: error }, 'the database is away; the start waits for it');
        if (answering !== null || waiting === undefined) return;
        answering = waiting(() => cause);
        await answering.listen(listen);
      },
    });
    if (cause !== '') log.info('the database is there');
    return opened;
  } finally {
    await (answering as FastifyInstance | null)?.close();
  }
}
