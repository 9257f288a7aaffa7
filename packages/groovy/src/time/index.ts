/** Java's and Groovy's dates and times: java.util.Date and Calendar, java.text.DateFormat, java.time. */
import type { Library } from '../runtime/native.ts';
import { amountClasses } from './amountTables.ts';
import { calendarClasses } from './calendarTable.ts';
import { dateClasses } from './date.ts';
import { dateFormatClasses } from './dateFormat.ts';
import { dateGroovyMethods, dateGroovyStatics } from './dateGroovy.ts';
import { formatterClasses } from './formatterTable.ts';
import { localClasses } from './localTables.ts';
import { temporalClasses } from './temporalTable.ts';
import { timeCategoryClasses } from './timeCategory.ts';
import { timeUnitClass } from './timeUnit.ts';
import { timeZoneClasses } from './timeZone.ts';
import { timeZoneToZoneId, zonedClasses } from './zonedTables.ts';

const timeZones = timeZoneClasses.map((cls) => (cls.name === 'java.util.TimeZone' ? { ...cls, methods: { ...cls.methods, ...timeZoneToZoneId } } : cls));

export const timeLibrary: Library = {
  classes: [
    ...dateClasses,
    ...calendarClasses,
    ...dateFormatClasses,
    ...timeZones,
    timeUnitClass,
    ...temporalClasses,
    ...localClasses,
    ...zonedClasses,
    ...amountClasses,
    ...formatterClasses,
    ...timeCategoryClasses,
  ],
  extensions: [dateGroovyMethods, dateGroovyStatics],
};

export { JavaCalendar } from './calendar.ts';
export { JavaDate } from './date.ts';
export { formatDateConversion } from './dateConversion.ts';
