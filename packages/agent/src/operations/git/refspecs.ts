/** Refspecs as git has them: `+refs/heads/*:refs/remotes/origin/*`. */

export interface Refspec {
  readonly force: boolean;
  readonly from: string;
  /** Empty: it is fetched, but no ref is written. */
  readonly to: string;
}

/** Null: it is no refspec that can be followed without git, such as one that leaves out (`^refs/…`) or has no whole name. */
export function parseRefspec(text: string): Refspec | null {
  const m = /^(\+?)([^:^+]+)(?::(.*))?$/.exec(text.trim());
  const [, plus = '', from = '', to = ''] = m ?? [];
  if (m === null || !from.startsWith('refs/') || !to.startsWith('refs/')) return null;
  const stars = (name: string): number => name.split('*').length - 1;
  return stars(from) > 1 || stars(from) !== stars(to) ? null : { force: plus === '+', from, to };
}

/** What a ref of the other side is called here; null: it is not meant. */
export function mapped({ from, to }: Refspec, ref: string): string | null {
  const star = from.indexOf('*');
  if (star < 0) return ref === from ? to : null;
  const end = from.slice(star + 1);
  if (ref.length < from.length - 1 || !ref.startsWith(from.slice(0, star)) || !ref.endsWith(end)) return null;
  return to.replace('*', () => ref.slice(star, ref.length - end.length));
}
