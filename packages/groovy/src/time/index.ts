/** Java's and Groovy's dates and times: java.util.Date and Calendar, java.text.DateFormat, java.time. */
import type { Library } from '../runtime/native.ts';
import { calendarClasses } from './calendarTable.ts';
import { dateClasses } from './date.ts';
import { dateFormatClasses } from './dateFormat.ts';
import { dateGroovyMethods, dateGroovyStatics } from './dateGroovy.ts';
import { timeUnitClass } from './timeUnit.ts';
import { timeZoneClasses } from './timeZone.ts';

export const timeLibrary: Library = {
  classes: [...dateClasses, ...calendarClasses, ...dateFormatClasses, ...timeZoneClasses, timeUnitClass],
  extensions: [dateGroovyMethods, dateGroovyStatics],
};
