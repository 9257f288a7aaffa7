/** The methods of ZoneId, ZoneOffset, ZonedDateTime, OffsetDateTime, Instant and Clock. */

import { JavaMap } from '../collections/map.ts';
import { Long } from '../numbers/boxes.ts';
import type { NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import type { ChronoUnit, TemporalAccessor } from './chrono.ts';
import { DAYS, floorDivBig, MILLIS, NANOS, SECONDS } from './chrono.ts';
import { unsupported } from './failures.ts';
import { parseTo } from './formatParse.ts';
import type { DateTimeFormatter } from './formatter.ts';
import { NAMED_FORMATTERS } from './formatter.ts';
import { Instant, instantFrom } from './instant.ts';
import { LocalDate } from './localDate.ts';
import { LocalDateTime } from './localDateTime.ts';
import {
  comparisons,
  DATE_GETTERS,
  DATE_SETTERS,
  DATE_UNITS,
  formatMethod,
  getters,
  given,
  movers,
  namedParts,
  setters,
  TIME_GETTERS,
  TIME_SETTERS,
  TIME_UNITS,
} from './localTables.ts';
import { LocalTime } from './localTime.ts';
import { javaTimeInterfaces, temporalMethods } from './temporalTable.ts';
import type { JavaTimeZone } from './timeZone.ts';
import {
  type Located,
  OffsetDateTime,
  offsetDateTime,
  offsetDateTimeFrom,
  parseZoneOffset,
  systemZone,
  UTC,
  ZonedDateTime,
  ZoneId,
  type ZoneOffset,
  zonedFrom,
  zoneId,
  zoneOffset,
  zoneOffsetOf,
} from './zoned.ts';
import { ZONE_NAMES } from './zoneNames.ts';

/** java.time.Clock: the world's time in a zone, or a time that stands still. */
class Clock extends JavaObject {
  readonly zone: ZoneId;
  readonly fixed: Instant | null;
  constructor(zone: ZoneId, fixed: Instant | null = null) {
    super();
    this.zone = zone;
    this.fixed = fixed;
  }
  get $type(): string {
    return this.fixed === null ? 'java.time.Clock$SystemClock' : 'java.time.Clock$FixedClock';
  }
  instant(rt: Runtime): Instant {
    return this.fixed ?? Instant.ofMilli(rt.world.now());
  }
  override javaString(): string {
    return this.fixed === null ? `SystemClock[${this.zone.id}]` : `FixedClock[${this.fixed.javaString()},${this.zone.id}]`;
  }
}

const nowAt = <T>(rt: Runtime, make: (second: number, nano: number, zone: ZoneId) => T, zone: ZoneId | null): T => {
  const ms = rt.world.now();
  return make(Math.floor(ms / 1000), (ms % 1000) * 1_000_000, zone ?? systemZone(rt));
};

const locatedMethods: Signatures = {
  ...temporalMethods,
  ...getters({ ...DATE_GETTERS, ...TIME_GETTERS }),
  ...setters({ ...DATE_SETTERS, ...TIME_SETTERS }),
  ...movers({ ...DATE_UNITS, ...TIME_UNITS }),
  ...namedParts,
  ...formatMethod,
  'toInstant()': (_rt, self: Located) => self.instant,
  'toEpochSecond()': (_rt, self: Located) => Long.of(self.epochSecond),
  'toLocalDate()': (_rt, self: Located) => self.local.date,
  'toLocalTime()': (_rt, self: Located) => self.local.time,
  'toLocalDateTime()': (_rt, self: Located) => self.local,
  'getOffset()': (_rt, self: Located) => self.offset,
  'truncatedTo(java.time.temporal.TemporalUnit)': (_rt, self: Located, unit: ChronoUnit) => self.withLocal(self.local.truncated(unit)),
};
/** isBefore and its like compare the instants alone. */
function instantComparisons(type: string): Signatures {
  const difference = (self: Located, other: Located | null): number =>
    Math.sign(self.epochSecond - given(other, 'other').epochSecond) || self.local.time.nano - (other as Located).local.time.nano;
  return {
    ...comparisons(type),
    [`isBefore(${type})`]: (_rt, self: Located, other: Located) => difference(self, other) < 0,
    [`isAfter(${type})`]: (_rt, self: Located, other: Located) => difference(self, other) > 0,
    [`isEqual(${type})`]: (_rt, self: Located, other: Located) => difference(self, other) === 0,
  };
}
const localOf = (y: number, m: number, d: number, h: number, n: number, s: number, f: number): LocalDateTime =>
  new LocalDateTime(LocalDate.of(y, m, d), LocalTime.of(h, n, s, f));

function truncated(instant: Instant, unit: ChronoUnit): Instant {
  if (unit.nanos > DAYS.nanos) throw unsupported('Unit is too large to be used for truncation');
  return new Instant(floorDivBig(instant.nanos, unit.nanos) * unit.nanos);
}

const zoneClass: NativeClass = {
  name: 'java.time.ZoneId',
  kind: 'abstract',
  interfaces: ['java.io.Serializable'],
  fields: {
    SHORT_IDS: (rt) => {
      const map = new JavaMap();
      for (const [key, id] of SHORT_IDS) map.put(rt, key, id);
      return map;
    },
  },
  statics: {
    'of(java.lang.String)': (rt, _self, id: string) => zoneId(rt, given(id, 'zoneId')),
    'of(java.lang.String, java.util.Map)': (rt, _self, id: string, aliases: JavaMap) => {
      const alias = aliases.get(rt, id);
      return zoneId(rt, alias === null ? id : rt.str(alias));
    },
    'systemDefault()': (rt) => systemZone(rt),
    'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => zonedFrom(temporal).zone,
  },
  methods: {
    'getId()': (_rt, self: ZoneId) => self.id,
    'normalized()': (_rt, self: ZoneId) => (self.rules.fixed ? zoneOffset(self.rules.standardOffset) : self),
  },
};
const SHORT_IDS: readonly (readonly [string, string])[] = [
  ['ACT', 'Australia/Darwin'],
  ['AET', 'Australia/Sydney'],
  ['AGT', 'America/Argentina/Buenos_Aires'],
  ['ART', 'Africa/Cairo'],
  ['AST', 'America/Anchorage'],
  ['BET', 'America/Sao_Paulo'],
  ['BST', 'Asia/Dhaka'],
  ['CAT', 'Africa/Harare'],
  ['CNT', 'America/St_Johns'],
  ['CST', 'America/Chicago'],
  ['CTT', 'Asia/Shanghai'],
  ['EAT', 'Africa/Addis_Ababa'],
  ['ECT', 'Europe/Paris'],
  ['EST', '-05:00'],
  ['HST', '-10:00'],
  ['IET', 'America/Indiana/Indianapolis'],
  ['IST', 'Asia/Kolkata'],
  ['JST', 'Asia/Tokyo'],
  ['MIT', 'Pacific/Apia'],
  ['MST', '-07:00'],
  ['NET', 'Asia/Yerevan'],
  ['NST', 'Pacific/Auckland'],
  ['PLT', 'Asia/Karachi'],
  ['PNT', 'America/Phoenix'],
  ['PRT', 'America/Puerto_Rico'],
  ['PST', 'America/Los_Angeles'],
  ['SST', 'Pacific/Guadalcanal'],
  ['VST', 'Asia/Ho_Chi_Minh'],
];

export const zonedClasses: readonly NativeClass[] = [
  zoneClass,
  { name: 'java.time.ZoneRegion', superclass: 'java.time.ZoneId' },
  {
    name: 'java.time.ZoneOffset',
    superclass: 'java.time.ZoneId',
    interfaces: ['java.time.temporal.TemporalAccessor', 'java.time.temporal.TemporalAdjuster', 'java.lang.Comparable'],
    fields: { UTC: () => UTC, MIN: () => zoneOffset(-64_800), MAX: () => zoneOffset(64_800) },
    statics: {
      'of(java.lang.String)': (_rt, _self, id: string) => parseZoneOffset(given(id, 'offsetId')),
      'ofHours(int)': (_rt, _self, h: number) => zoneOffsetOf(h, 0, 0),
      'ofHoursMinutes(int, int)': (_rt, _self, h: number, m: number) => zoneOffsetOf(h, m, 0),
      'ofHoursMinutesSeconds(int, int, int)': (_rt, _self, h: number, m: number, s: number) => zoneOffsetOf(h, m, s),
      'ofTotalSeconds(int)': (_rt, _self, s: number) => zoneOffset(s),
    },
    methods: { 'getTotalSeconds()': (_rt, self: ZoneOffset) => self.seconds },
  },
  { name: 'java.time.chrono.ChronoZonedDateTime', kind: 'interface', interfaces: ['java.time.temporal.Temporal', 'java.lang.Comparable'] },
  {
    name: 'java.time.ZonedDateTime',
    interfaces: javaTimeInterfaces('java.time.chrono.ChronoZonedDateTime'),
    statics: {
      'now()': (rt) => nowAt(rt, ZonedDateTime.ofInstant, null),
      'now(java.time.ZoneId)': (rt, _self, zone: ZoneId) => nowAt(rt, ZonedDateTime.ofInstant, zone),
      'of(int, int, int, int, int, int, int, java.time.ZoneId)': (
        _rt,
        _self,
        y: number,
        m: number,
        d: number,
        h: number,
        n: number,
        s: number,
        f: number,
        zone: ZoneId,
      ) => ZonedDateTime.ofLocal(localOf(y, m, d, h, n, s, f), zone, null),
      'of(java.time.LocalDateTime, java.time.ZoneId)': (_rt, _self, local: LocalDateTime, zone: ZoneId) =>
        ZonedDateTime.ofLocal(local, given(zone, 'zone'), null),
      'of(java.time.LocalDate, java.time.LocalTime, java.time.ZoneId)': (_rt, _self, date: LocalDate, time: LocalTime, zone: ZoneId) =>
        ZonedDateTime.ofLocal(new LocalDateTime(date, time), zone, null),
      'ofInstant(java.time.Instant, java.time.ZoneId)': (_rt, _self, instant: Instant, zone: ZoneId) =>
        ZonedDateTime.ofInstant(Number(given(instant, 'instant').seconds), instant.nano, given(zone, 'zone')),
      'parse(java.lang.CharSequence)': (rt, _self, text: Value) => parseTo(rt, NAMED_FORMATTERS.ISO_ZONED_DATE_TIME, rt.str(given(text, 'text')), zonedFrom),
      'parse(java.lang.CharSequence, java.time.format.DateTimeFormatter)': (rt, _self, text: Value, formatter: DateTimeFormatter) =>
        parseTo(rt, given(formatter, 'formatter'), rt.str(given(text, 'text')), zonedFrom),
      'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => zonedFrom(temporal),
    },
    methods: {
      ...locatedMethods,
      ...instantComparisons('java.time.chrono.ChronoZonedDateTime'),
      'getZone()': (_rt, self: ZonedDateTime) => self.zone,
      'withZoneSameInstant(java.time.ZoneId)': (_rt, self: ZonedDateTime, zone: ZoneId) =>
        ZonedDateTime.ofInstant(self.epochSecond, self.local.time.nano, given(zone, 'zone')),
      'withZoneSameLocal(java.time.ZoneId)': (_rt, self: ZonedDateTime, zone: ZoneId) => ZonedDateTime.ofLocal(self.local, given(zone, 'zone'), self.offset),
      'withEarlierOffsetAtOverlap()': (_rt, self: ZonedDateTime) => ZonedDateTime.ofLocal(self.local, self.zone, null),
      'toOffsetDateTime()': (_rt, self: ZonedDateTime) => new OffsetDateTime(self.local, self.offset),
    },
  },
  {
    name: 'java.time.OffsetDateTime',
    interfaces: javaTimeInterfaces(),
    statics: {
      'now()': (rt) => nowAt(rt, offsetDateTime, null),
      'now(java.time.ZoneId)': (rt, _self, zone: ZoneId) => nowAt(rt, offsetDateTime, zone),
      'of(int, int, int, int, int, int, int, java.time.ZoneOffset)': (
        _rt,
        _self,
        y: number,
        m: number,
        d: number,
        h: number,
        n: number,
        s: number,
        f: number,
        offset: ZoneOffset,
      ) => new OffsetDateTime(localOf(y, m, d, h, n, s, f), offset),
      'of(java.time.LocalDateTime, java.time.ZoneOffset)': (_rt, _self, local: LocalDateTime, offset: ZoneOffset) =>
        new OffsetDateTime(local, given(offset, 'offset')),
      'ofInstant(java.time.Instant, java.time.ZoneId)': (_rt, _self, instant: Instant, zone: ZoneId) =>
        offsetDateTime(Number(instant.seconds), instant.nano, zone),
      'parse(java.lang.CharSequence)': (rt, _self, text: Value) =>
        parseTo(rt, NAMED_FORMATTERS.ISO_OFFSET_DATE_TIME, rt.str(given(text, 'text')), offsetDateTimeFrom),
      'parse(java.lang.CharSequence, java.time.format.DateTimeFormatter)': (rt, _self, text: Value, formatter: DateTimeFormatter) =>
        parseTo(rt, given(formatter, 'formatter'), rt.str(given(text, 'text')), offsetDateTimeFrom),
    },
    methods: {
      ...locatedMethods,
      ...instantComparisons('java.time.OffsetDateTime'),
      'withOffsetSameInstant(java.time.ZoneOffset)': (_rt, self: OffsetDateTime, offset: ZoneOffset) =>
        offsetDateTime(self.epochSecond, self.local.time.nano, offset),
      'withOffsetSameLocal(java.time.ZoneOffset)': (_rt, self: OffsetDateTime, offset: ZoneOffset) => new OffsetDateTime(self.local, offset),
      'atZoneSameInstant(java.time.ZoneId)': (_rt, self: OffsetDateTime, zone: ZoneId) => ZonedDateTime.ofInstant(self.epochSecond, self.local.time.nano, zone),
      'toZonedDateTime()': (_rt, self: OffsetDateTime) => new ZonedDateTime(self.local, self.offset, self.offset),
    },
  },
  {
    name: 'java.time.Instant',
    interfaces: javaTimeInterfaces(),
    fields: {
      EPOCH: () => Instant.ofMilli(0),
      MIN: () => Instant.ofSecond(-31_557_014_167_219_200n),
      MAX: () => Instant.ofSecond(31_556_889_864_403_199n, 999_999_999n),
    },
    statics: {
      'now()': (rt) => Instant.ofMilli(rt.world.now()),
      'now(java.time.Clock)': (rt, _self, clock: Clock) => clock.instant(rt),
      'ofEpochSecond(long)': (_rt, _self, second: Long) => Instant.ofSecond(second.big()),
      'ofEpochSecond(long, long)': (_rt, _self, second: Long, nano: Long) => Instant.ofSecond(second.big(), nano.big()),
      'ofEpochMilli(long)': (_rt, _self, ms: Long) => new Instant(ms.big() * 1_000_000n),
      'parse(java.lang.CharSequence)': (rt, _self, text: Value) =>
        parseTo(rt, NAMED_FORMATTERS.ISO_INSTANT, rt.str(given(text, 'text')), (parsed) => instantFrom(parsed as never)),
      'from(java.time.temporal.TemporalAccessor)': (_rt, _self, temporal: TemporalAccessor) => instantFrom(temporal as never),
    },
    methods: {
      ...temporalMethods,
      ...comparisons('java.time.Instant'),
      'getEpochSecond()': (_rt, self: Instant) => Long.of(self.seconds),
      'getNano()': (_rt, self: Instant) => self.nano,
      'toEpochMilli()': (_rt, self: Instant) => {
        const ms = floorDivBig(self.nanos, 1_000_000n);
        if (BigInt.asIntN(64, ms) !== ms) throw new JavaThrowable('java.lang.ArithmeticException', 'long overflow');
        return Long.of(ms);
      },
      ...Object.fromEntries(
        (
          [
            ['Seconds', SECONDS],
            ['Millis', MILLIS],
            ['Nanos', NANOS],
          ] as const
        ).flatMap(([name, unit]) => [
          [`plus${name}(long)`, (_rt: Runtime, self: Instant, amount: Long) => self.plus(amount.big() * unit.nanos)],
          [`minus${name}(long)`, (_rt: Runtime, self: Instant, amount: Long) => self.plus(-amount.big() * unit.nanos)],
        ]),
      ),
      'truncatedTo(java.time.temporal.TemporalUnit)': (_rt, self: Instant, unit: ChronoUnit) => truncated(self, unit),
      'atZone(java.time.ZoneId)': (_rt, self: Instant, zone: ZoneId) => ZonedDateTime.ofInstant(Number(self.seconds), self.nano, given(zone, 'zone')),
      'atOffset(java.time.ZoneOffset)': (_rt, self: Instant, offset: ZoneOffset) => offsetDateTime(Number(self.seconds), self.nano, given(offset, 'offset')),
    },
  },
  {
    name: 'java.time.Clock',
    kind: 'abstract',
    statics: {
      'systemUTC()': () => new Clock(UTC),
      'systemDefaultZone()': (rt) => new Clock(systemZone(rt)),
      'system(java.time.ZoneId)': (_rt, _self, zone: ZoneId) => new Clock(zone),
      'fixed(java.time.Instant, java.time.ZoneId)': (_rt, _self, instant: Instant, zone: ZoneId) => new Clock(zone, instant),
    },
    methods: {
      'instant()': (rt, self: Clock) => self.instant(rt),
      'millis()': (rt, self: Clock) => Long.of(self.instant(rt).toMilli()),
      'getZone()': (_rt, self: Clock) => self.zone,
      'withZone(java.time.ZoneId)': (_rt, self: Clock, zone: ZoneId) => new Clock(zone, self.fixed),
    },
  },
  { name: 'java.time.Clock$SystemClock', superclass: 'java.time.Clock' },
  { name: 'java.time.Clock$FixedClock', superclass: 'java.time.Clock' },
];

/** java.util.TimeZone's way to java.time: part of its class's table. */
export const timeZoneToZoneId: Signatures = {
  'toZoneId()': (rt, self: JavaTimeZone) => (self.rules.fixed && !ZONE_NAMES.has(self.id) ? zoneId(rt, self.id) : new ZoneId(self.id, self.rules)),
};
