/** The methods of DateTimeFormatter and of what it reads. */
import type { NativeClass } from '../runtime/native.ts';
import type { Value } from '../runtime/values.ts';
import type { FormatStyle, ResolverStyle } from './calendarEnums.ts';
import type { TemporalAccessor } from './chrono.ts';
import { dateTimePattern } from './dateFormat.ts';
import { parseWith } from './formatParse.ts';
import { DateTimeFormatter, NAMED_FORMATTERS } from './formatter.ts';
import { given } from './localTables.ts';
import { temporalMethods } from './temporalTable.ts';
import type { ZoneId } from './zoned.ts';

/** The date's or the time's half of a localized pattern. */
const halves = (date: FormatStyle | null, time: FormatStyle | null): DateTimeFormatter => {
  const whole = dateTimePattern(date?.ordinal ?? 3, time?.ordinal ?? 3);
  const [first = '', second = ''] = [
    dateTimePattern(date?.ordinal ?? 3, 3).slice(0, -', h:mm a'.length),
    dateTimePattern(3, time?.ordinal ?? 3).slice('M/d/yy, '.length),
  ];
  return DateTimeFormatter.ofPattern(date === null ? second : time === null ? first : whole);
};

export const formatterClasses: readonly NativeClass[] = [
  {
    name: 'java.time.format.DateTimeFormatter',
    fields: Object.fromEntries(Object.entries(NAMED_FORMATTERS).map(([name, formatter]) => [name, () => formatter])),
    statics: {
      'ofPattern(java.lang.String)': (_rt, _self, pattern: string) => DateTimeFormatter.ofPattern(given(pattern, 'pattern')),
      'ofPattern(java.lang.String, java.util.Locale)': (_rt, _self, pattern: string) => DateTimeFormatter.ofPattern(given(pattern, 'pattern')),
      'ofLocalizedDate(java.time.format.FormatStyle)': (_rt, _self, style: FormatStyle) => halves(style, null),
      'ofLocalizedTime(java.time.format.FormatStyle)': (_rt, _self, style: FormatStyle) => halves(null, style),
      'ofLocalizedDateTime(java.time.format.FormatStyle)': (_rt, _self, style: FormatStyle) => halves(style, style),
      'ofLocalizedDateTime(java.time.format.FormatStyle, java.time.format.FormatStyle)': (_rt, _self, date: FormatStyle, time: FormatStyle) =>
        halves(date, time),
    },
    methods: {
      'format(java.time.temporal.TemporalAccessor)': (_rt, self: DateTimeFormatter, temporal: TemporalAccessor) => self.format(given(temporal, 'temporal')),
      'parse(java.lang.CharSequence)': (rt, self: DateTimeFormatter, text: Value) => parseWith(rt, self, rt.str(given(text, 'text'))),
      'withZone(java.time.ZoneId)': (_rt, self: DateTimeFormatter, zone: ZoneId) => new DateTimeFormatter(self.parts, self.resolver, zone),
      'withLocale(java.util.Locale)': (_rt, self: DateTimeFormatter) => self,
      'withResolverStyle(java.time.format.ResolverStyle)': (_rt, self: DateTimeFormatter, style: ResolverStyle) =>
        new DateTimeFormatter(self.parts, given(style, 'resolverStyle').name as 'STRICT', self.zone),
      'getZone()': (_rt, self: DateTimeFormatter) => self.zone,
    },
  },
  {
    name: 'java.time.format.Parsed',
    interfaces: ['java.time.temporal.TemporalAccessor'],
    methods: Object.fromEntries(
      Object.entries(temporalMethods).filter(([signature]) => /^(get|getLong|isSupported)\(java\.time\.temporal\.TemporalField/.test(signature)),
    ),
  },
];
