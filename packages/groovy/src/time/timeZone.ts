/** java.util.TimeZone, by the rules of zones.ts. */
import { JavaArray } from '../collections/model.ts';
import type { Long } from '../numbers/boxes.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { floorDiv } from './civil.ts';
import { ZONE_NAMES } from './zoneNames.ts';
import type { ZoneRules } from './zones.ts';
import { FixedRules, isUtc, regionRules } from './zones.ts';

export class JavaTimeZone extends JavaObject {
  id: string;
  readonly rules: ZoneRules;
  constructor(id: string, rules: ZoneRules) {
    super();
    this.id = id;
    this.rules = rules;
  }
  get $type(): string {
    return 'sun.util.calendar.ZoneInfo';
  }

  offsetMs(ms: number): number {
    return this.rules.offsetAt(floorDiv(ms, 1000)) * 1000;
  }
  daylightMs(ms: number): number {
    return this.rules.daylightAt(floorDiv(ms, 1000)) * 1000;
  }

  displayName(daylight: boolean, long: boolean): string {
    const names = ZONE_NAMES.get(this.id);
    if (names === undefined) return isUtc(this.id) ? (long ? 'Greenwich Mean Time' : 'GMT') : this.id;
    return daylight ? (long ? names.longDaylight : names.shortDaylight) : long ? names.long : names.short;
  }
  /** The name that holds at that time. */
  nameAt(ms: number, long: boolean): string {
    return this.displayName(this.daylightMs(ms) !== 0, long);
  }

  override javaString(): string {
    const saving = this.rules.presentDaylight;
    return (
      `sun.util.calendar.ZoneInfo[id="${this.id}",offset=${this.rules.standardOffset * 1000},dstSavings=${saving * 1000},` +
      `useDaylight=${saving !== 0},transitions=0,lastRule=null]`
    );
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof JavaTimeZone && other.id === this.id && other.rules.standardOffset === this.rules.standardOffset;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.id);
  }
}

/** Seconds of `GMT+8`, `GMT+0800`, `GMT-8:30`; null for what is none. */
export function customOffset(id: string): number | null {
  const found = /^GMT([+-])(?:(\d{1,2})(?::(\d{2}))?|(\d{1,2})(\d{2}))$/.exec(id);
  if (found === null) return null;
  const hours = Number(found[2] ?? found[4]),
    minutes = Number(found[3] ?? found[5] ?? 0);
  if (hours > 23 || minutes > 59) return null;
  return (found[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

export function fixedTimeZone(seconds: number): JavaTimeZone {
  const abs = Math.abs(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const id = seconds === 0 ? 'GMT' : `GMT${seconds < 0 ? '-' : '+'}${two(floorDiv(abs, 3600))}:${two(floorDiv(abs, 60) % 60)}`;
  return new JavaTimeZone(id, new FixedRules(seconds));
}

/** As `TimeZone.getTimeZone`: what it does not know is GMT. */
export function timeZone(rt: Runtime, id: string): JavaTimeZone {
  const rules = regionRules(rt, id);
  if (rules !== null) return new JavaTimeZone(id, rules);
  return fixedTimeZone(customOffset(id) ?? 0);
}
export const defaultTimeZone = (rt: Runtime): JavaTimeZone => timeZone(rt, rt.world.timeZone());

export const timeZoneClasses: readonly NativeClass[] = [
  {
    name: 'java.util.TimeZone',
    kind: 'abstract',
    interfaces: ['java.io.Serializable', 'java.lang.Cloneable'],
    fields: { SHORT: () => 0, LONG: () => 1 },
    statics: {
      'getTimeZone(java.lang.String)': (rt, _self, id: string) => timeZone(rt, id),
      'getTimeZone(java.time.ZoneId)': (rt, _self, zone: { id: string; rules: ZoneRules }) => {
        if (!zone.rules.fixed || ZONE_NAMES.has(zone.id)) return timeZone(rt, zone.id);
        return fixedTimeZone(zone.rules.standardOffset);
      },
      'getDefault()': (rt) => defaultTimeZone(rt),
      'getAvailableIDs()': () => new JavaArray('java.lang.String', [...ZONE_NAMES.keys()].sort()),
    },
    methods: {
      'getID()': (_rt, self: JavaTimeZone) => self.id,
      'setID(java.lang.String)': (_rt, self: JavaTimeZone, id: string) => {
        self.id = id;
        return null;
      },
      'getRawOffset()': (_rt, self: JavaTimeZone) => self.rules.standardOffset * 1000,
      'getOffset(long)': (_rt, self: JavaTimeZone, ms: Long) => self.offsetMs(ms.num()),
      'getDSTSavings()': (_rt, self: JavaTimeZone) => self.rules.presentDaylight * 1000,
      'useDaylightTime()': (_rt, self: JavaTimeZone) => self.rules.presentDaylight !== 0,
      'observesDaylightTime()': (_rt, self: JavaTimeZone) => self.rules.presentDaylight !== 0,
      'inDaylightTime(java.util.Date)': (_rt, self: JavaTimeZone, date: { ms: number }) => self.daylightMs(date.ms) !== 0,
      'hasSameRules(java.util.TimeZone)': (_rt, self: JavaTimeZone, other: JavaTimeZone | null) =>
        other !== null && other.rules.standardOffset === self.rules.standardOffset && other.rules.presentDaylight === self.rules.presentDaylight,
      'getDisplayName()': (_rt, self: JavaTimeZone) => self.displayName(false, true),
      'getDisplayName(java.util.Locale)': (_rt, self: JavaTimeZone) => self.displayName(false, true),
      'getDisplayName(boolean, int)': (_rt, self: JavaTimeZone, daylight: boolean, style: number) => self.displayName(daylight, style === 1),
      'getDisplayName(boolean, int, java.util.Locale)': (_rt, self: JavaTimeZone, daylight: boolean, style: number) => self.displayName(daylight, style === 1),
      'clone()': (_rt, self: JavaTimeZone) => new JavaTimeZone(self.id, self.rules),
    },
    restricted: ['staticMethod setDefault java.util.TimeZone'],
  },
  { name: 'sun.util.calendar.ZoneInfo', superclass: 'java.util.TimeZone' },
];
