/** hudson.util.VersionNumber: versions ordered as Maven's ComparableVersion orders them, with `*` above any number. */
type Item = bigint | string | Item[];

const QUALIFIERS = ['snapshot', 'alpha', 'beta', 'milestone', 'rc', '', 'sp'];
const RELEASE = String(QUALIFIERS.indexOf(''));
const ALIASES: Readonly<Record<string, string>> = { ga: '', final: '', cr: 'rc', ea: 'rc' };

/** Negative, 0 or positive. */
export function compareVersionNumbers(a: string, b: string): number {
  return compareItems(parse(a), parse(b));
}

function parse(version: string): Item[] {
  const root: Item[] = [];
  let list = root;
  const stack: Item[][] = [root];
  let current = '';
  let digits = false;
  const text = version.toLowerCase();
  const push = (followedByDigit: boolean): void => {
    list.push(digits ? BigInt(current) : word(current, followedByDigit));
    current = '';
  };
  for (const c of text) {
    if (c === '.' || c === '-') {
      if (current === '') list.push(0n);
      else push(false);
      if (c === '-' && digits) {
        normalize(list);
        const inner: Item[] = [];
        list.push(inner);
        list = inner;
        stack.push(inner);
      }
      digits = false;
    } else if (c === '*') {
      if (current !== '') push(false);
      list.push('*');
      current = '';
      digits = false;
    } else if (c >= '0' && c <= '9') {
      if (!digits && current !== '') push(true);
      digits = true;
      current += c;
    } else {
      if (digits && current !== '') push(false);
      digits = false;
      current += c;
    }
  }
  if (current !== '') push(false);
  while (stack.length > 0) normalize(stack.pop() as Item[]);
  return root;
}

function word(text: string, followedByDigit: boolean): string {
  const whole = followedByDigit && text.length === 1 ? ({ a: 'alpha', b: 'beta', m: 'milestone' }[text] ?? text) : text;
  return Object.hasOwn(ALIASES, whole) ? (ALIASES[whole] as string) : whole;
}
function isNull(item: Item): boolean {
  return typeof item === 'bigint' ? item === 0n : typeof item === 'string' ? item === '' : item.length === 0;
}
function normalize(list: Item[]): void {
  while (list.length > 0 && isNull(list.at(-1) as Item)) list.pop();
}
function rank(qualifier: string): string {
  const i = QUALIFIERS.indexOf(qualifier);
  return i < 0 ? `${QUALIFIERS.length}-${qualifier}` : String(i);
}
function sign(x: boolean): number {
  return x ? 1 : -1;
}

function compareItems(a: Item, b: Item | null): number {
  if (b === null) {
    if (typeof a === 'bigint') return a === 0n ? 0 : 1;
    if (a === '*') return 1;
    if (typeof a === 'string') {
      const r = rank(a);
      return r === RELEASE ? 0 : sign(r > RELEASE);
    }
    return a.length === 0 ? 0 : compareItems(a[0] as Item, null);
  }
  if (a === '*' || b === '*') return a === b ? 0 : a === '*' ? 1 : -1;
  if (typeof a === 'bigint') return typeof b === 'bigint' ? (a === b ? 0 : sign(a > b)) : 1;
  if (typeof a === 'string') {
    if (typeof b !== 'string') return -1;
    const x = rank(a),
      y = rank(b);
    return x === y ? 0 : sign(x > y);
  }
  if (typeof b === 'bigint') return -1;
  if (typeof b === 'string') return 1;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const l = a[i],
      r = b[i];
    const result = l === undefined ? -compareItems(r as Item, null) : compareItems(l, r ?? null);
    if (result !== 0) return result;
  }
  return 0;
}
