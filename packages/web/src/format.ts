/** Times, spans and sizes in the reader's language. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

export function relative(at: number, now: number, locale: string): string {
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(now - at) >= size) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round((at - now) / ms), unit);
}

export function dateTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** `1 h 2 min`, `3.4 s`: the two largest units. */
export function span(ms: number, locale: string): string {
  const part = (value: number, unit: 'hour' | 'minute' | 'second' | 'day' | 'millisecond', digits = 0): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  if (ms < 1_000) return part(Math.max(0, Math.round(ms)), 'millisecond');
  if (ms < 10_000) return part(ms / 1_000, 'second', 1);
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return part(seconds, 'second');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return [part(minutes, 'minute'), ...(seconds % 60 === 0 ? [] : [part(seconds % 60, 'second')])].join(' ');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return [part(hours, 'hour'), ...(minutes % 60 === 0 ? [] : [part(minutes % 60, 'minute')])].join(' ');
  return part(Math.floor(hours / 24), 'day');
}

export function bytes(size: number, locale: string): string {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = size < 1_000 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(size) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: names[power] as string,
    unitDisplay: 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(size / 1_000 ** power);
}

export interface Formats {
  readonly locale: string;
  readonly span: (ms: number) => string;
  readonly bytes: (size: number) => string;
  readonly dateTime: (at: number) => string;
  readonly time: (at: number) => string;
  readonly number: (value: number) => string;
}

export function useFormats(): Formats {
  const { language: locale } = useTranslation().i18n;
  return {
    locale,
    span: (ms) => span(ms, locale),
    bytes: (size) => bytes(size, locale),
    dateTime: (at) => dateTime(at, locale),
    time: (at) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at),
    number: (value) => new Intl.NumberFormat(locale).format(value),
  };
}

const clocks = new Map<number, { readonly listeners: Set<() => void>; timer: number }>();

/** The time, anew every so many milliseconds while somebody looks: one timer for all that show it. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = (): void => setNow(Date.now());
    const clock = clocks.get(everyMs) ?? { listeners: new Set(), timer: 0 };
    clocks.set(everyMs, clock);
    if (clock.listeners.size === 0)
      clock.timer = window.setInterval(() => {
        for (const listener of clock.listeners) listener();
      }, everyMs);
    clock.listeners.add(tick);
    return () => {
      clock.listeners.delete(tick);
      if (clock.listeners.size === 0) window.clearInterval(clock.timer);
    };
  }, [everyMs]);
  return now;
}
