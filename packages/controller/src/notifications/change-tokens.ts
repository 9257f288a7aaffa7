/** `$CHANGES` and those since a build before, of token-macro: what has changed, by formats such as `[%a] %m`. */
import type { TokenArguments } from '@millrace/pipeline/job';
import { parse } from '../builds/records.ts';
import type { Row } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

const MOST_CHANGES = 200,
  /** Of the builds since the last success. */
  MOST_BUILDS = 100;

type Change = Pick<Row<'build_changes'>, 'number' | 'author' | 'title' | 'commit_id' | 'at' | 'files'>;

/** Of this build. */
export async function changes(db: Tx, build: Row<'builds'>, args: TokenArguments): Promise<string> {
  const rows = await db
    .selectFrom('build_changes')
    .select(['number', 'author', 'title', 'commit_id', 'at', 'files'])
    .where('build_id', '=', build.id)
    .orderBy('n')
    .limit(MOST_CHANGES)
    .execute();
  return told(rows, args['format'], args);
}

/** Of this build and those before it, back to the last with one of these results: each by `format`, its changes by `changesFormat`. */
export async function changesSince(db: Tx, build: Row<'builds'>, good: readonly string[], args: TokenArguments): Promise<string> {
  if (build.number === null) return '';
  const before = await db
    .selectFrom('builds')
    .select(['id', 'number', 'result'])
    .where('item_id', '=', build.item_id)
    .where('number', '<', build.number)
    .orderBy('number', 'desc')
    .limit(MOST_BUILDS)
    .execute();
  if (before.length === 0) return '';
  const last = before.findIndex((one) => good.includes(one.result ?? ''));
  const builds = [{ id: build.id, number: build.number }, ...(last < 0 ? before : before.slice(0, last))];
  const rows = await db
    .selectFrom('build_changes')
    .select(['number', 'author', 'title', 'commit_id', 'at', 'files'])
    .where('item_id', '=', build.item_id)
    .where('number', '>=', builds.at(-1)?.number ?? build.number)
    .where('number', '<=', build.number)
    .orderBy('number')
    .orderBy('n')
    .limit(MOST_CHANGES)
    .execute();
  const ordered = args['reverse'] === 'true' ? builds : builds.reverse();
  return ordered
    .map(({ number }) =>
      formatted(args['format'] ?? 'Changes for Build #%n\\n%c\\n', {
        n: () => String(number),
        c: () =>
          told(
            rows.filter((row) => row.number === number),
            args['changesFormat'],
            args,
          ),
      }),
    )
    .join('');
}

function told(rows: readonly Change[], format: string | undefined, args: TokenArguments): string {
  if (rows.length === 0) return args['default'] === undefined ? 'No changes\n' : args['default'];
  // A message ends its line, as the macro has it; a format that says so too gets no empty line.
  const one = (format ?? (args['showPaths'] === 'true' ? '[%a] %m%p' : '[%a] %m')).replace(/%m(?!\\n|\n)/g, '%m\\n');
  return rows
    .map((row) =>
      formatted(one, {
        a: () => row.author,
        m: () => row.title,
        d: () => new Date(row.at).toISOString(),
        r: () => row.commit_id ?? '',
        p: () => paths(row, args['pathFormat'] ?? '\\t%p\\n'),
      }),
    )
    .join('');
}

function paths(row: Change, format: string): string {
  return parse<readonly (readonly [edit: string, path: string])[]>(row.files)
    .map(([edit, path]) => formatted(format, { p: () => path, a: () => edit, d: () => edit }))
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** `%x` by the table, `%%`, and Java's escapes; what is unknown stays. Follows Util.printf of token-macro. */
export function formatted(format: string, values: Readonly<Record<string, () => string>>): string {
  return format.replace(/%([^])|\\([^])/g, (whole, code: string | undefined, escaped: string | undefined) => {
    if (escaped !== undefined) return ESCAPES[escaped] ?? escaped;
    if (code === '%') return '%';
    return Object.hasOwn(values, code as string) ? (values[code as string] as () => string)() : whole;
  });
}
