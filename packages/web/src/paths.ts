/** Addresses of the page. Those of jobs and builds are Jenkins': `/job/folder/job/name/12/`. */

export function itemAddress(path: string): string {
  return path
    .split('/')
    .map((name) => `/job/${encodeURIComponent(name)}`)
    .join('');
}

export function buildAddress(path: string, number: number, view = ''): string {
  return `${itemAddress(path)}/${number}/${view}`;
}

export interface ItemPlace {
  readonly path: string;
  readonly number: number | null;
  /** What of it is shown: `console`, `configure`, …; empty: the overview. */
  readonly view: string;
  readonly rest: string;
}

/** Of an address below `/job/`; null: it is none. */
export function readItemAddress(address: string): ItemPlace | null {
  const names: string[] = [];
  let words = address.split('/').filter((word) => word !== '');
  while (words[0] === 'job' && words[1] !== undefined) {
    try {
      names.push(decodeURIComponent(words[1]));
    } catch {
      return null;
    }
    words = words.slice(2);
  }
  if (names.length === 0) return null;
  const isNumber = /^\d{1,10}$/.test(words[0] ?? '');
  const number = isNumber ? Number(words[0]) : null;
  const [view = '', ...rest] = isNumber ? words.slice(1) : words;
  return { path: names.join('/'), number, view, rest: rest.join('/') };
}
