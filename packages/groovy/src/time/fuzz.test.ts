/** Whatever is read as a date, only Java's exceptions come out; and what is written is read back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeInterpreter } from '../run-script.ts';
import { JavaThrowable } from '../runtime/values.ts';
import { JavaCalendar } from './calendar.ts';
import { civilDate, epochDay, hybridDate, hybridEpochDay } from './civil.ts';
import { DateFormat } from './dateFormat.ts';
import { parseDuration } from './duration.ts';
import { parseTo } from './formatParse.ts';
import { DateTimeFormatter, NAMED_FORMATTERS } from './formatter.ts';
import { readLegacyDate } from './legacyDate.ts';
import { parsePeriod } from './period.ts';
import { generator } from './testing/generator.ts';
import { timeZone } from './timeZone.ts';
import { parseZoneOffset, ZonedDateTime, zonedFrom, zoneId } from './zoned.ts';

const rt = makeInterpreter({ print: () => {}, world: { now: () => 1_795_226_762_345, timeZone: () => 'Etc/UTC' } });
const PIECES = [
  '2026',
  '11',
  '21',
  '-',
  ':',
  '/',
  'T',
  'Z',
  '+01:00',
  ' ',
  '.',
  '5',
  '30',
  'Nov',
  'Sat',
  'PM',
  '[Europe/Paris]',
  'GMT',
  'P',
  'D',
  'H',
  'M',
  'S',
  ',',
];

function fuzz(rounds: number, pieces: readonly string[], read: (text: string, random: (below: number) => number) => unknown): void {
  const random = generator(20261121);
  for (let round = 0; round < rounds; round++) {
    let text = '';
    for (let n = random(12); n >= 0; n--) text += random(15) === 0 ? String.fromCharCode(random(0x2fff)) : pieces[random(pieces.length)];
    try {
      read(text, random);
    } catch (failure) {
      assert.ok(failure instanceof JavaThrowable, `${JSON.stringify(text)} gave ${String((failure as Error).stack)}`);
    }
  }
}

test('java.time reads fail with Java exceptions alone', () => {
  const formatters = Object.values(NAMED_FORMATTERS);
  fuzz(3000, PIECES, (text, random) => parseTo(rt, formatters[random(formatters.length)] as DateTimeFormatter, text, zonedFrom));
  fuzz(2000, PIECES, (text) => parseDuration(text));
  fuzz(2000, PIECES, (text) => parsePeriod(text));
  fuzz(2000, PIECES, (text) => parseZoneOffset(text));
  fuzz(2000, [...PIECES, 'Europe/Paris', 'UTC', 'PST'], (text) => zoneId(rt, text));
});

test('patterns fail with Java exceptions alone', () => {
  const letters = ['y', 'M', 'd', 'H', 'm', 's', 'S', 'E', 'a', 'z', 'Z', 'X', 'VV', 'O', "'", "'T'", '[', ']', '-', 'p', 'w', 'D', 'Q', 'yyyy', 'MMM', 'G'];
  const now = ZonedDateTime.ofInstant(1_795_226_762, 345, zoneId(rt, 'Europe/Paris'));
  fuzz(3000, letters, (pattern) => {
    const formatter = DateTimeFormatter.ofPattern(pattern);
    formatter.javaString();
    parseTo(rt, formatter, formatter.format(now), zonedFrom);
  });
  fuzz(1000, letters, (pattern) => {
    const format = new DateFormat(rt, pattern);
    format.parse(format.format(1_795_226_762_345));
  });
});

test('java.text and java.util read with Java exceptions alone', () => {
  const formats = ['yyyy-MM-dd HH:mm:ss', 'EEE MMM dd HH:mm:ss zzz yyyy', 'yyyyMMddHHmm', "yyyy-MM-dd'T'HH:mm:ssXXX", 'hh:mm a', 'w yyyy'].map(
    (pattern) => new DateFormat(rt, pattern),
  );
  fuzz(3000, PIECES, (text, random) => (formats[random(formats.length)] as DateFormat).parse(text));
  fuzz(2000, PIECES, (text) => readLegacyDate(rt, text));
});

test('a day is the day of its date, in both calendars', () => {
  const random = generator(3);
  for (let round = 0; round < 5000; round++) {
    const day = random(4_000_000) - 2_000_000;
    const civil = civilDate(day),
      hybrid = hybridDate(day);
    assert.equal(epochDay(civil.year, civil.month, civil.day), day);
    assert.equal(hybridEpochDay(hybrid.year, hybrid.month, hybrid.day), day);
  }
});

test('a calendar set to the fields of an instant is at that instant', () => {
  const random = generator(5);
  for (const id of ['America/New_York', 'Asia/Shanghai', 'Europe/London', 'Australia/Lord_Howe', 'Etc/UTC']) {
    const zone = timeZone(rt, id);
    for (let round = 0; round < 300; round++) {
      const ms = (random(2_000_000_000) + 100_000_000) * 1000;
      const there = new JavaCalendar(ms, zone),
        copy = new JavaCalendar(0, zone);
      for (const field of [1, 2, 5, 11, 12, 13, 14]) copy.set(field, there.get(field));
      const back = copy.ms;
      // An hour that clocks show twice has two instants.
      assert.ok(back === ms || Math.abs(back - ms) <= 3_600_000, `${id} ${ms}: ${back}`);
      assert.equal(copy.get(11), there.get(11));
    }
  }
});

test('a zoned time is read back from its own text', () => {
  const random = generator(9);
  for (const id of ['America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Africa/Casablanca']) {
    const zone = zoneId(rt, id);
    for (let round = 0; round < 200; round++) {
      const at = ZonedDateTime.ofInstant(random(4_000_000_000) - 1_000_000_000, random(1000) * 1_000_000, zone);
      const text = at.javaString();
      assert.equal(parseTo(rt, NAMED_FORMATTERS.ISO_ZONED_DATE_TIME, text, zonedFrom).javaString(), text);
    }
  }
});
