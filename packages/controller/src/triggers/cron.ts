/**
 * Times as Jenkins' triggers write them (hudson.scheduler.CronTab): five fields, `H` for a value that depends on the job's name, so
 * that not all jobs run at once, `@hourly` and the like, several lines, `#` for a remark, and `TZ=Asia/Shanghai` for the lines
 * below it. `H` means the very minute that Jenkins would choose (hudson.scheduler.Hash).
 *
 * A wall clock time that is skipped when clocks go forward does not come that day; one that comes twice when they go back is taken once.
 */
import { createHash } from 'node:crypto';
import { isTimeZone } from '../config/time-zone.ts';

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}
const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of week', from: 0, to: 7 },
];

const NAMED: Readonly<Record<string, string>> = {
  '@yearly': 'H H H H *',
  '@annually': 'H H H H *',
  '@monthly': 'H H H * *',
  '@weekly': 'H H * * H',
  '@daily': 'H H * * *',
  '@midnight': 'H H(0-2) * * *',
  '@hourly': 'H * * * *',
};

export class CronError extends Error {
  readonly code = 'MR_CRON';
}

interface Tab {
  /** Of each field, which values it has. */
  readonly fields: readonly (readonly boolean[])[];
  readonly zone: string | null;
  /** Of a parameterized line: what stands behind `%`. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface CronTime {
  readonly at: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** So far ahead a time is looked for. */
const DAYS_AHEAD = 4 * 366;
const MINUTE = 60_000,
  DAY = 86_400_000;

export class Cron {
  private readonly tabs: readonly Tab[];

  /** `seed`: the job's full name. Throws CronError, with the line and what is wrong in it. */
  constructor(spec: string, seed: string) {
    const tabs: Tab[] = [];
    const hash = new JavaRandom(seed);
    let zone: string | null = null;
    spec.split(/\r?\n/).forEach((raw, i) => {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) return;
      const wrong = (what: string): CronError => new CronError(`line ${i + 1} (${line}): ${what}`);
      const given = /^TZ\s*=\s*(\S+)$/.exec(line)?.[1];
      if (given !== undefined) {
        if (!isTimeZone(given)) throw wrong(`there is no time zone ${given}`);
        zone = given;
        return;
      }
      const [times = '', values = ''] = line.split('%', 2);
      tabs.push({ fields: fieldsOf(times.trim(), hash, wrong), zone, parameters: parametersOf(values, wrong) });
    });
    this.tabs = tabs;
  }

  get isEmpty(): boolean {
    return this.tabs.length === 0;
  }

  /** The first time after `after` (milliseconds since 1970), on a whole minute; null: there is none within four years. */
  next(after: number, zone: string): CronTime | null {
    let best: CronTime | null = null;
    for (const tab of this.tabs) {
      const at = nextOf(tab, after, tab.zone ?? zone);
      if (at !== null && (best === null || at < best.at)) best = { at, parameters: tab.parameters };
    }
    return best;
  }
}

function fieldsOf(text: string, hash: JavaRandom, wrong: (what: string) => CronError): boolean[][] {
  const words = (Object.hasOwn(NAMED, text) ? (NAMED[text] as string) : text).split(/\s+/);
  if (text.startsWith('@') && !Object.hasOwn(NAMED, text)) throw wrong(`there is no ${text}, only ${Object.keys(NAMED).join(', ')}`);
  if (words.length !== 5) throw wrong(`it has ${words.length} fields where five are needed: minute, hour, day of month, month, day of week`);
  const fields = FIELDS.map((field, i) => {
    const values = Array.from({ length: field.to + 1 }, () => false);
    for (const part of (words[i] as string).split(',')) for (const value of valuesOf(part, field, hash, wrong)) values[value] = true;
    return values;
  });
  const week = fields[4] as boolean[];
  if (week[7] === true) week[0] = true;
  return fields;
}

// `*`, `3`, `1-5`, `*/2`, `1-30/7`, `H`, `H/15`, `H(0-29)`, `H(0-29)/10`.
function valuesOf(part: string, { name, from, to }: Field, hash: JavaRandom, wrong: (what: string) => CronError): number[] {
  const m = /^(?:(\*)|(\d{1,3})(?:-(\d{1,3}))?|([Hh])(?:\((\d{1,3})-(\d{1,3})\))?)(?:\/(\d{1,4}))?$/.exec(part);
  if (m === null) throw wrong(`‘${part}’ is no ${name}`);
  const [, star, low, high, hashed, hashLow, hashHigh, stepText] = m;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1) throw wrong(`the step of ‘${part}’ has to be 1 or more`);
  const within = (value: number): number => {
    if (value < from || value > to) throw wrong(`${value} is no ${name}: ${from} to ${to}`);
    return value;
  };
  if (hashed === undefined) {
    const first = star !== undefined ? from : within(Number(low));
    // `5/10` is only 5, as in Jenkins.
    const last = star !== undefined ? to : high === undefined ? first : within(Number(high));
    if (last < first) throw wrong(`‘${part}’ goes backwards`);
    return range(first, last, step);
  }
  const first = hashLow === undefined ? from : within(Number(hashLow));
  // Not every month has 29 days, and Sunday is 0.
  const last = hashHigh === undefined ? (name === 'day of month' ? 28 : name === 'day of week' ? 6 : to) : within(Number(hashHigh));
  if (last < first) throw wrong(`‘${part}’ goes backwards`);
  const span = last - first + 1;
  // A step of 1 is as none: it picks one value.
  if (step === 1) return [first + hash.next(span)];
  if (step > span) throw wrong(`the step of ‘${part}’ is larger than its range`);
  return range(first + hash.next(step), last, step);
}

function range(first: number, last: number, step: number): number[] {
  const all: number[] = [];
  for (let value = first; value <= last; value += step) all.push(value);
  return all;
}

/** `A=1;B=two` of the parameterized-scheduler plug-in. */
function parametersOf(text: string, wrong: (what: string) => CronError): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of text.split(';').map((one) => one.trim())) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    if (at < 1) throw wrong(`‘${pair}’ is not of the form NAME=value`);
    parameters[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  return parameters;
}

function nextOf({ fields: [minutes, hours, days, months, weekdays] }: Tab, after: number, zone: string): number | null {
  const clock = clockOf(zone);
  const start = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  const now = clock(start);
  // Midnight of that day as if it were UTC: a calendar without zones.
  let day = Date.UTC(now.year, now.month - 1, now.day);
  for (let i = 0; i <= DAYS_AHEAD; i++, day += DAY) {
    const date = new Date(day);
    const month = date.getUTCMonth() + 1;
    if (months?.[month] !== true || days?.[date.getUTCDate()] !== true || weekdays?.[date.getUTCDay()] !== true) continue;
    for (let hour = 0; hour < 24; hour++) {
      if (hours?.[hour] !== true) continue;
      for (let minute = 0; minute < 60; minute++) {
        if (minutes?.[minute] !== true) continue;
        const at = instantOf(day + hour * 3_600_000 + minute * MINUTE, clock);
        if (at !== null && at >= start) return at;
      }
    }
  }
  return null;
}

interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}
type Clock = (at: number) => WallClock;

function clockOf(zone: string): Clock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return parts as unknown as WallClock;
  };
}

/** The first instant at which the clock shows it; null: it is skipped that day. `wall`: as if it were UTC. */
function instantOf(wall: number, clock: Clock): number | null {
  const shown = (at: number): number => {
    const { year, month, day, hour, minute } = clock(at);
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  // The offset before a change, and the one after it.
  const candidates = [wall - DAY, wall + DAY].map((near) => wall - (shown(near) - near)).sort((a, b) => a - b);
  return candidates.find((at) => shown(at) === wall) ?? null;
}

/** hudson.scheduler.Hash.from: java.util.Random, seeded by the MD5 of a name. */
class JavaRandom {
  private seed: bigint;
  constructor(name: string) {
    const digest = createHash('md5').update(name, 'utf8').digest();
    for (let i = 8; i < 16; i++) digest[i - 8] = (digest[i - 8] as number) ^ (digest[i] as number);
    this.seed = (digest.readBigInt64BE(0) ^ 0x5deece66dn) & MASK;
  }
  /** 0 to `bound` - 1, as nextInt(bound). */
  next(bound: number): number {
    if ((bound & -bound) === bound) return Number((BigInt(bound) * BigInt(this.bits())) >> 31n);
    for (;;) {
      const bits = this.bits(),
        value = bits % bound;
      if (bits - value + (bound - 1) <= 0x7fffffff) return value;
    }
  }
  private bits(): number {
    this.seed = (this.seed * 0x5deece66dn + 0xbn) & MASK;
    return Number(this.seed >> 17n);
  }
}
const MASK = (1n << 48n) - 1n;
