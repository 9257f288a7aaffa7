/**
 * One build's journal while it runs: first the old entries are walked through (replay), then new ones are appended.
 *
 * State: `replaying` while there are old lines left, then live for ever. In replay, what the program does is compared
 * with the lines; the first difference throws MR_JOURNAL_DIVERGED.
 */

import { PipelineError } from '../errors.ts';
import type { Json } from '../host.ts';
import type { AnswerEntry, EndEntry, Event, ExternalEntry, HeaderEntry, JournalStore, WorldEntry } from './entries.ts';
import { FORMAT } from './entries.ts';
import { CURRENT_FLAGS } from './flags.ts';
import { Redactor } from './redact.ts';

export class Journal {
  readonly header: HeaderEntry;
  readonly redactor = new Redactor();
  private readonly store: JournalStore;
  private old: readonly string[];
  private position: number;
  /** The clock's answer that is being counted: written when another comes. */
  private clock: { v: number; n: number } | null = null;
  /** In replay: what is left of the clock's entry. */
  private clockLeft = 0;
  private clockValue = 0;

  private constructor(store: JournalStore, header: HeaderEntry, old: readonly string[]) {
    this.store = store;
    this.header = header;
    this.old = old;
    this.position = old.length === 0 ? 0 : 1;
  }

  static begin(store: JournalStore, facts: Pick<HeaderEntry, 'build' | 'seed'>): Journal {
    const header: HeaderEntry = { t: 'header', format: FORMAT, flags: CURRENT_FLAGS, ...facts };
    store.append(JSON.stringify(header));
    return new Journal(store, header, []);
  }

  /** `lines`: whole lines only; what a crash cut off is not among them. */
  static resume(store: JournalStore, lines: readonly string[]): Journal {
    const header = parse<HeaderEntry>(lines[0] ?? '', 1);
    if (header.t !== 'header') throw new PipelineError('MR_JOURNAL_DAMAGED', { line: 1 });
    if (header.format !== FORMAT) throw new PipelineError('MR_JOURNAL_FORMAT', { format: header.format, expected: FORMAT });
    const unknown = header.flags.find((flag) => !CURRENT_FLAGS.includes(flag));
    if (unknown !== undefined) throw new PipelineError('MR_JOURNAL_FORMAT', { flag: unknown });
    return new Journal(store, header, lines);
  }

  get replaying(): boolean {
    return this.position < this.old.length || this.clockLeft > 0;
  }
  has(flag: number): boolean {
    return this.header.flags.includes(flag);
  }

  /** The program asks. True: it is an old ask. */
  ask(id: string, kind: string, request: Json): boolean {
    const line = `{"t":"ask","id":"${id}","k":"${kind}","q":${this.redactor.stringify(request)}}`;
    if (this.replaying) {
      const old = this.next(line);
      if (old !== line && !sameJson(old, line)) this.diverged(line, old);
      return true;
    }
    this.write(line);
    return false;
  }

  now(read: () => number): number {
    if (this.clockLeft > 0) {
      this.clockLeft--;
      return this.clockValue;
    }
    if (this.replaying) {
      const line = this.next('the time');
      if (!line.startsWith('{"t":"now"')) this.diverged('the time', line);
      const entry = parse<WorldEntry>(line, this.position);
      this.clockValue = entry.v;
      this.clockLeft = entry.n - 1;
      return entry.v;
    }
    const v = read();
    if (this.clock !== null && this.clock.v === v) this.clock.n++;
    else {
      this.writeClock();
      this.clock = { v, n: 1 };
    }
    return v;
  }

  /** In replay: the event that comes next, with its secrets, where one does; `tick` for one that came in the middle of a turn. */
  oldEvent(tick: number | null): Event | null {
    const line = this.old[this.position];
    if (line === undefined || this.clockLeft > 0) return null;
    if (!line.startsWith('{"t":"answer"') && !line.startsWith('{"t":"external"')) return null;
    const event = parse<Event>(line, this.position + 1);
    if ((event.tick ?? null) !== tick) return null;
    this.position++;
    return event.t === 'answer' ? this.redactor.restored(event) : event;
  }

  /** In replay, where all threads wait: nothing may be left but an event or the end. */
  endTurn(): void {
    const line = this.old[this.position];
    if (this.clockLeft > 0) this.diverged('nothing', 'a look at the clock');
    if (line !== undefined && !/^\{"t":"(answer|external|end)"/.test(line)) this.diverged('nothing more before the next event', line);
  }

  oldEnd(): EndEntry | null {
    const line = this.old[this.position];
    if (line === undefined || !line.startsWith('{"t":"end"')) return null;
    this.position++;
    return parse<EndEntry>(line, this.position);
  }

  event(event: Event): void {
    if (event.t === 'external') this.write(JSON.stringify(event satisfies ExternalEntry));
    else this.write(this.redactor.stringify(event satisfies AnswerEntry));
  }
  end(entry: EndEntry): void {
    this.write(JSON.stringify(entry));
  }
  flush(): void | Promise<void> {
    this.writeClock();
    return this.store.flush();
  }
  /** Lets go of the old lines once they are walked through. False where there were none. */
  forget(): boolean {
    const any = this.old.length > 0;
    this.old = [];
    this.position = 0;
    return any;
  }

  private writeClock(): void {
    if (this.clock === null) return;
    const { v, n } = this.clock;
    this.clock = null;
    this.store.append(JSON.stringify({ t: 'now', v, n } satisfies WorldEntry));
  }
  private write(line: string): void {
    this.writeClock();
    this.store.append(line);
  }
  private next(asked: string): string {
    if (this.clockLeft > 0) this.diverged(asked, 'a look at the clock');
    return this.old[this.position++] as string;
  }
  private diverged(asked: string, journaled: string): never {
    throw new PipelineError('MR_JOURNAL_DIVERGED', { entry: this.position, asked: cut(asked), journaled: cut(journaled) });
  }
}

function cut(line: string): string {
  return line.length <= 400 ? line : `${line.slice(0, 400)}…`;
}

function parse<T>(line: string, number: number): T {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new PipelineError('MR_JOURNAL_DAMAGED', { line: number });
  }
}

/** Only asked where two lines differ as text: keys may have changed their order between versions. */
function sameJson(a: string, b: string): boolean {
  const sorted = (_key: string, v: unknown): unknown =>
    v !== null && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1))) : v;
  try {
    return JSON.stringify(JSON.parse(a), sorted) === JSON.stringify(JSON.parse(b), sorted);
  } catch {
    return false;
  }
}
