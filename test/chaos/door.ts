/** What the harness does to the server as its users do: triggers, answers to inputs, aborts. It does not need the web API. */
import type { wakeAsk } from '../../packages/controller/src/builds/asks/wake-ask.ts';
import type { Enqueue } from '../../packages/controller/src/builds/enqueue.ts';
import type { Sealer } from '../../packages/controller/src/builds/worker/sealer.ts';
import type { Work } from '../../packages/controller/src/store/group-writer.ts';
import type { NewRow } from '../../packages/controller/src/store/schema.ts';

export type Command =
  | { readonly do: 'job'; readonly name: string; readonly kind: 'pipeline' | 'freestyle'; readonly config: string }
  | { readonly do: 'node'; readonly row: NewRow<'nodes'> }
  | { readonly do: 'resource'; readonly name: string; readonly label: string }
  | { readonly do: 'trigger'; readonly job: number; readonly token: string }
  | { readonly do: 'answer'; readonly build: number; readonly ask: string; readonly value: string }
  | { readonly do: 'abort'; readonly build: number };

export interface Means {
  readonly write: <T>(work: Work<T>) => Promise<T>;
  readonly enqueue: Enqueue;
  readonly sealer: Sealer;
  readonly wakeAsk: typeof wakeAsk;
}

/** Answers an id where there is one. Done again it does nothing twice, but for triggers. */
export function carryOut(command: Command, { write, enqueue, sealer, wakeAsk: wake }: Means): Promise<number> {
  return write(async (tx, wakes) => {
    switch (command.do) {
      case 'job': {
        const { name, kind, config } = command;
        const known = await tx.selectFrom('items').select('id').where('full_name', '=', name).executeTakeFirst();
        if (known !== undefined) return known.id;
        const fixed = { parent_id: null, description: '', disabled: 0, properties: '{}', next_number: 1, revision: 1, created_at: 0, updated_at: 0 };
        return (
          await tx
            .insertInto('items')
            .values({ ...fixed, kind, name, full_name: name, config })
            .returning('id')
            .executeTakeFirstOrThrow()
        ).id;
      }
      case 'node':
        await tx
          .insertInto('nodes')
          .values(command.row)
          .onConflict((c) => c.column('name').doNothing())
          .execute();
        return 0;
      case 'resource': {
        const { name, label } = command;
        const fixed = { description: '', ephemeral: 0, reserved_by: null, note: '', properties: '[]' };
        await tx
          .insertInto('resources')
          .values({ ...fixed, name, labels: JSON.stringify([label]) })
          .onConflict((c) => c.column('name').doNothing())
          .execute();
        return 0;
      }
      case 'trigger': {
        const causes = [{ type: 'hudson.model.Cause$UserIdCause', text: 'Started by user chaos' }];
        const given = { TOKEN: command.token };
        const request = { item: { id: command.job }, given, causes, quietSeconds: 0, priority: null, merge: false, lenient: false };
        return (await enqueue(tx, wakes, request)).id;
      }
      case 'answer': {
        const { build, ask, value } = command;
        const { numUpdatedRows } = await tx
          .updateTable('inputs')
          .set({ state: 'proceeded', answer: sealer.seal(JSON.stringify({ V: value })), by_user: 'chaos' })
          .where('build_id', '=', build)
          .where('ask_id', '=', ask)
          .where('state', '=', 'waiting')
          .executeTakeFirst();
        if (Number(numUpdatedRows) > 0) await wake(tx, wakes, build, ask);
        return 0;
      }
      case 'abort': {
        const abort = JSON.stringify({ by: 'chaos', hard: false });
        await tx.updateTable('builds').set({ abort, parked: 0 }).where('id', '=', command.build).where('state', '=', 'running').execute();
        wakes.add(`abort ${command.build}`);
        wakes.add('queue');
        return 0;
      }
    }
  });
}
