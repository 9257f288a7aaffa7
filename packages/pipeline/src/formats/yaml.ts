/** YAML 1.1 as SnakeYAML's SafeConstructor reads it, and in its block style. */

import type { Runtime, Value } from '@millrace/groovy';
import { Byte, Double, Float, GString, JavaArray, JavaDate, JavaList, JavaMap, JavaSet, JavaThrowable, Long, Short } from '@millrace/groovy';
import type { Tags } from 'yaml';
import { Document, Pair, parseAllDocuments, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** SnakeYAML, unlike YAML 1.1's own text, takes `y` and `n` for words. */
const BOOLEAN_WORDS: Readonly<Record<string, RegExp>> = { true: /^(?:[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/, false: /^(?:[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/ };
function customTags(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag !== 'object' || tag.tag !== 'tag:yaml.org,2002:bool' || !('test' in tag)) return tag;
    return { ...tag, test: (tag.test as RegExp).test('true') ? BOOLEAN_WORDS['true'] : BOOLEAN_WORDS['false'] } as typeof tag;
  });
}

/** SnakeYAML's own limits, which the step's arguments may change. */
const CODE_POINT_LIMIT = 3 * 1024 * 1024;
const ALIAS_LIMIT = 50;

/** One value a document. Throws YAMLException. */
export function readYaml(rt: Runtime, text: string, limits: { readonly codePoints?: number; readonly aliases?: number } = {}): Value[] {
  const limit = limits.codePoints ?? CODE_POINT_LIMIT;
  if (text.length > limit)
    throw new JavaThrowable('org.yaml.snakeyaml.error.YAMLException', `The incoming YAML document exceeds the limit: ${limit} code points.`);
  const documents = parseAllDocuments(text, { version: '1.1', merge: true, intAsBigInt: true, uniqueKeys: false, customTags });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new JavaThrowable('org.yaml.snakeyaml.error.YAMLException', error.message);
    try {
      return fromYaml(rt, document.toJS({ mapAsMap: true, maxAliasCount: limits.aliases ?? ALIAS_LIMIT }));
    } catch (e) {
      if (e instanceof JavaThrowable) throw e;
      throw new JavaThrowable('org.yaml.snakeyaml.error.YAMLException', (e as Error).message);
    }
  });
}

function fromYaml(rt: Runtime, v: unknown): Value {
  if (v === null || v === undefined) return null;
  if (typeof v === 'string' || typeof v === 'boolean') return v;
  if (typeof v === 'bigint') return v === BigInt.asIntN(32, v) ? Number(v) : v === BigInt.asIntN(64, v) ? Long.of(v) : v;
  if (typeof v === 'number') return new Double(v);
  if (Array.isArray(v)) return new JavaList(v.map((one) => fromYaml(rt, one)));
  if (v instanceof Map) {
    const map = new JavaMap();
    for (const [key, value] of v) map.put(rt, fromYaml(rt, key), fromYaml(rt, value));
    return map;
  }
  if (v instanceof Set) return new JavaList([...v].map((one) => fromYaml(rt, one)));
  if (v instanceof Date) return new JavaDate(v.getTime());
  return String(v);
}

/** The documents one after another, each but the first (or only) one after `---`. */
export function writeYaml(rt: Runtime, documents: readonly Value[], many: boolean): string {
  const texts = documents.map((value) => {
    const document = new Document(null, { version: '1.1', customTags });
    document.contents = node(toYaml(rt, value)) as never;
    const text = document.toString({ indent: 2, indentSeq: false, lineWidth: 0, singleQuote: true, blockQuote: 'literal', nullStr: 'null' });
    return text.endsWith('\n') ? text : `${text}\n`;
  });
  return many ? texts.map((text, i) => (i === 0 ? text : `---\n${text}`)).join('') : (texts[0] ?? '');
}

const INVALID = 'parameter has invalid content (no-basic classes)';

/** `WriteYamlStep.isValidObjectType`: `name` is that of the step's parameter. */
export function checkYamlValue(rt: Runtime, value: Value, name: 'data' | 'datas'): void {
  const basic = (v: Value): boolean => {
    if (v === null || typeof v !== 'object') return true;
    if (v instanceof JavaMap) return v.entries().every((e) => basic(e.key) && basic(e.value));
    if (v instanceof JavaList || v instanceof JavaArray) return v.items.every(basic);
    if (v instanceof JavaSet) return v.toArray().every(basic);
    return (
      v instanceof GString ||
      ['java.lang.Number', 'java.lang.Character', 'java.net.URL', 'java.util.Calendar', 'java.util.Date', 'java.util.UUID'].some(
        (type) => rt.findClass(type) !== null && rt.instanceOf(v, type),
      )
    );
  };
  if (!basic(value)) throw new JavaThrowable('java.lang.IllegalArgumentException', `${name} ${INVALID}`);
}

function toYaml(rt: Runtime, value: Value): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (value instanceof Long) return BigInt(value.n);
  if (value instanceof Short || value instanceof Byte) return BigInt(value.n);
  if (value instanceof Double || value instanceof Float) return float(value.n);
  if (value instanceof JavaMap) {
    // A YAMLMap by hand: a Map of JavaScript would be written as an ordered map of YAML 1.1.
    const map = new YAMLMap();
    for (const e of value.entries()) map.items.push(new Pair(new Scalar(toYaml(rt, e.key)), node(toYaml(rt, e.value))));
    return map;
  }
  if (value instanceof JavaList || value instanceof JavaArray) return sequence(rt, value.items);
  if (value instanceof JavaSet) return sequence(rt, value.toArray());
  if (value instanceof GString) return rt.str(value);
  if (value instanceof JavaDate) return new Scalar(new Date(value.ms));
  if (rt.instanceOf(value, 'java.lang.Number')) return float(Number(rt.str(value)));
  return rt.str(value);
}
function sequence(rt: Runtime, values: readonly Value[]): YAMLSeq {
  const list = new YAMLSeq();
  for (const v of values) list.items.push(node(toYaml(rt, v)));
  return list;
}
function node(v: unknown): unknown {
  return v instanceof YAMLMap || v instanceof YAMLSeq || v instanceof Scalar ? v : new Scalar(v);
}
/** A whole double keeps its `.0`. */
function float(n: number): unknown {
  const scalar = new Scalar(n);
  if (Number.isInteger(n)) scalar.minFractionDigits = 1;
  return scalar;
}
