/**
 * Renders the chart of deploy/helm, for tests: the part of Helm's template language (Go's text/template with Sprig) that the chart
 * keeps to, and an error for all else. There is no Helm on npm; the chart is kept this simple so that this is enough.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';

type Value = unknown;
type Fields = Readonly<Record<string, Value>>;
type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly expression: string }
  | { readonly kind: 'if' | 'with'; readonly expression: string; readonly then: Node[]; readonly otherwise: Node[] };

export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly apiVersions: readonly string[];
}

/** The objects that `helm template` would print. `values` is laid over the chart's own. */
export function renderChart(folder: string, release: Release, values: Fields): Fields[] {
  const chart = parse(readFileSync(path.join(folder, 'Chart.yaml'), 'utf8')) as Fields;
  const own = parse(readFileSync(path.join(folder, 'values.yaml'), 'utf8')) as Fields;
  const dot = {
    Values: layOver(own, values),
    Release: { Name: release.name, Namespace: release.namespace },
    Chart: Object.fromEntries(Object.entries(chart).map(([name, value]) => [name.replace(/^./, (c) => c.toUpperCase()), value])),
    Capabilities: { APIVersions: { Has: (version: string) => release.apiVersions.includes(version) } },
    Template: { BasePath: `${chart['name']}/templates` },
  };
  const named = new Map<string, Node[]>();
  const files = readdirSync(path.join(folder, 'templates')).sort();
  for (const file of files) {
    const text = readFileSync(path.join(folder, 'templates', file), 'utf8');
    named.set(`${dot.Template.BasePath}/${file}`, new Parser(text, named).template());
  }
  const rendering = new Rendering(named, dot);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(rendering.template(`${dot.Template.BasePath}/${file}`, dot)))
    .map((document) => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS() as Fields | null;
    })
    .filter((object) => object !== null);
}

/** What `helm install` says at its end. */
export function renderNotes(folder: string, release: Release, values: Fields): string {
  const text = readFileSync(path.join(folder, 'templates/NOTES.txt'), 'utf8');
  const own = parse(readFileSync(path.join(folder, 'values.yaml'), 'utf8')) as Fields;
  const named = new Map<string, Node[]>();
  named.set('notes', new Parser(text, named).template());
  const dot = { Values: layOver(own, values), Release: { Name: release.name, Namespace: release.namespace } };
  return new Rendering(named, dot).template('notes', dot);
}

function layOver(under: Fields, over: Fields): Fields {
  const all: Record<string, Value> = { ...under };
  for (const [name, value] of Object.entries(over)) all[name] = isFields(value) && isFields(under[name]) ? layOver(under[name], value) : value;
  return all;
}
function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class Parser {
  private readonly parts: { readonly text: string; readonly isAction: boolean }[] = [];
  private readonly named: Map<string, Node[]>;
  private at = 0;

  constructor(text: string, named: Map<string, Node[]>) {
    this.named = named;
    let from = 0;
    // A dash takes away the white space on its side.
    for (const match of text.matchAll(/\{\{(-?)\s([\s\S]*?)\s(-?)\}\}|\{\{/g)) {
      if (match[2] === undefined) throw new Error(`an action without blanks inside: ${text.slice(match.index, match.index + 40)}`);
      const before = text.slice(from, match.index);
      this.parts.push({ text: match[1] === '-' ? before.trimEnd() : before, isAction: false }, { text: match[2], isAction: true });
      from = match.index + match[0].length;
      if (match[3] === '-') from += /^\s*/.exec(text.slice(from))?.[0].length ?? 0;
    }
    this.parts.push({ text: text.slice(from), isAction: false });
  }

  template(): Node[] {
    const { nodes, end } = this.until([]);
    if (end !== '') throw new Error(`${end} without a beginning`);
    return nodes;
  }

  private until(ends: readonly string[]): { readonly nodes: Node[]; readonly end: string } {
    const nodes: Node[] = [];
    while (this.at < this.parts.length) {
      const { text, isAction } = this.parts[this.at++] as { text: string; isAction: boolean };
      if (!isAction) {
        nodes.push({ kind: 'text', text });
        continue;
      }
      const [word = ''] = text.split(/\s/);
      if (word === 'end' || word === 'else') {
        if (!ends.includes(word)) throw new Error(`${word} without a beginning`);
        return { nodes, end: text };
      }
      const rest = text.slice(word.length).trim();
      if (word === 'if' || word === 'with') nodes.push(this.choice(word, rest));
      else if (word === 'define') this.named.set(JSON.parse(rest) as string, this.until(['end']).nodes);
      else if (word === 'range' || word === 'template' || word === 'block' || text.includes(':=')) throw new Error(`${text} is not rendered here`);
      else nodes.push({ kind: 'value', expression: text });
    }
    if (ends.length > 0) throw new Error('an end is missing');
    return { nodes, end: '' };
  }

  private choice(kind: 'if' | 'with', expression: string): Node {
    const { nodes, end } = this.until(['else', 'end']);
    if (end === 'end') return { kind, expression, then: nodes, otherwise: [] };
    const more = /^else if (.*)$/s.exec(end)?.[1];
    return { kind, expression, then: nodes, otherwise: more === undefined ? this.until(['end']).nodes : [this.choice('if', more)] };
  }
}

class Rendering {
  private readonly named: ReadonlyMap<string, readonly Node[]>;
  private readonly root: Value;
  constructor(named: ReadonlyMap<string, readonly Node[]>, root: Value) {
    this.named = named;
    this.root = root;
  }

  template(name: string, dot: Value): string {
    const nodes = this.named.get(name);
    if (nodes === undefined) throw new Error(`there is no template ${name}`);
    return this.nodes(nodes, dot);
  }

  private nodes(nodes: readonly Node[], dot: Value): string {
    return nodes
      .map((node) => {
        if (node.kind === 'text') return node.text;
        const value = this.pipeline(node.expression, dot);
        if (node.kind === 'value') {
          if (value === undefined || value === null) throw new Error(`${node.expression} has no value`);
          return String(value);
        }
        return isTrue(value) ? this.nodes(node.then, node.kind === 'with' ? value : dot) : this.nodes(node.otherwise, dot);
      })
      .join('');
  }

  private pipeline(expression: string, dot: Value): Value {
    let last: Value[] = [];
    for (const command of split(expression, '|')) {
      const [head = '', ...words] = split(command, ' ');
      const values = [...words.map((word) => this.word(word, dot)), ...last];
      const called = FUNCTIONS[head];
      if (head === 'include') last = [this.template(values[0] as string, values[1])];
      else if (called !== undefined) last = [called(...values)];
      else {
        const value = this.word(head, dot);
        last = [typeof value === 'function' ? (value as (...given: Value[]) => Value)(...values) : value];
      }
    }
    return last[0];
  }

  private word(word: string, dot: Value): Value {
    if (word.startsWith('(')) return this.pipeline(word.slice(1, -1), dot);
    if (word.startsWith('"')) return JSON.parse(word);
    if (/^\d+$/.test(word)) return Number(word);
    if (!/^\$?(?:\.\w+)*$|^\.$/.test(word)) throw new Error(`${word} is not rendered here`);
    let value = word.startsWith('$') ? this.root : dot;
    for (const name of word.split('.').slice(1)) if (name !== '') value = isFields(value) ? value[name] : undefined;
    return value;
  }
}

const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  toYaml: (value) => stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd(),
  nindent: (width, text) => `\n${String(text).replace(/^/gm, ' '.repeat(width as number))}`,
  default: (instead, value) => (isTrue(value) ? value : instead),
  omit: (value, ...names) => Object.fromEntries(Object.entries(value as Fields).filter(([name]) => !names.includes(name))),
  sha256sum: (text) => createHash('sha256').update(String(text)).digest('hex'),
  print: (...values) => values.join(''),
  int: (value) => Math.trunc(Number(value)),
  gt: (a, b) => (a as number) > (b as number),
};

function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isFields(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** At the separator outside of quotes and parentheses. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  let isQuoted = false;
  for (const c of text.trim()) {
    if (c === '"') isQuoted = !isQuoted;
    if (!isQuoted) depth += c === '(' ? 1 : c === ')' ? -1 : 0;
    if (c === separator && depth === 0 && !isQuoted) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
