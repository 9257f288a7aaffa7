/** Spans of time as Jenkins writes them in its messages: Util.getTimeSpanString. */
const SECOND = 1000,
  MINUTE = 60 * SECOND,
  HOUR = 60 * MINUTE,
  DAY = 24 * HOUR,
  MONTH = 30 * DAY,
  YEAR = 365 * DAY;

/** `4.2 sec`, `3 min 4 sec`, `12 min`: the two largest units, or the largest alone where it is 10 or more. */
export function timeSpan(ms: number): string {
  const units: readonly (readonly [number, (n: number) => string])[] = [
    [YEAR, (n) => `${n} yr`],
    [MONTH, (n) => `${n} mo`],
    [DAY, (n) => `${n} day${n === 1 ? '' : 's'}`],
    [HOUR, (n) => `${n} hr`],
    [MINUTE, (n) => `${n} min`],
    [SECOND, (n) => `${n} sec`],
  ];
  const span = Math.max(0, Math.floor(ms));
  for (const [i, [size, told]] of units.entries()) {
    const n = Math.floor(span / size);
    if (n === 0 || size === SECOND) continue;
    const [smaller, tellSmaller] = units[i + 1] as (typeof units)[number];
    return n >= 10 ? told(n) : `${told(n)} ${tellSmaller(Math.floor((span % size) / smaller))}`;
  }
  if (span >= 10 * SECOND) return `${Math.floor(span / SECOND)} sec`;
  if (span >= SECOND) return `${Math.floor(span / 100) / 10} sec`;
  return span >= 100 ? `${Math.floor(span / 10) / 100} sec` : `${span} ms`;
}
