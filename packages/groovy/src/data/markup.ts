/**
 * groovy.xml.MarkupBuilder and StreamingMarkupBuilder, and the closures given to GPathResult's replaceNode and
 * appendNode: calls become elements. Closures are run at once, so they must not contain steps.
 */
import { JavaMap } from '../collections/map.ts';
import { writeText } from '../objects/writers.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { SlurperNode } from './gpath.ts';
import { callWithDelegate, isClosure } from './jsonDelegate.ts';

/** A call's arguments: a map of attributes, a text, a closure, in any order. */
function sorted(rt: Runtime, args: readonly Value[]): { attributes: [string, string][]; text: string | null; body: Value } {
  let attributes: [string, string][] = [],
    text: string | null = null,
    body: Value = null;
  for (const arg of args) {
    if (arg instanceof JavaMap) attributes = arg.entries().map((entry) => [rt.str(entry.key), rt.str(entry.value)]);
    else if (isClosure(rt, arg)) body = arg;
    else if (arg !== null) text = (text ?? '') + rt.gstringPart(arg);
  }
  return { attributes, text, body };
}
const escapeText = (text: string): string => text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));

/** Writes elements as they are called, each on a line of its own. */
export class MarkupBuilder extends HostObject {
  readonly writer: Value;
  doubleQuotes = false;
  omitNullAttributes = false;
  expandEmptyElements = false;
  #level = 0;
  /** Whether the element that is open holds anything yet, and of which kind. */
  #inside: ('empty' | 'lines' | 'text')[] = [];
  #started = false;
  constructor(writer: Value) {
    super();
    this.writer = writer;
  }
  get $type(): string {
    return 'groovy.xml.MarkupBuilder';
  }
  #write(rt: Runtime, text: string): void {
    writeText(rt, this.writer, text);
  }
  /** Ends the start tag of the element around, where something now comes into it. */
  enter(rt: Runtime, kind: 'lines' | 'text'): void {
    const last = this.#inside.length - 1;
    if (last < 0) return;
    if (this.#inside[last] === 'empty') this.#write(rt, '>');
    if (this.#inside[last] !== 'lines') this.#inside[last] = kind;
  }
  raw(rt: Runtime, text: string): void {
    this.enter(rt, 'text');
    this.#write(rt, text);
  }

  hasMethod(name: string): boolean {
    return !OWN_METHODS.has(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (OWN_METHODS.has(name)) return undefined;
    const { attributes, text, body } = sorted(rt, args);
    this.enter(rt, 'lines');
    const indent = ' '.repeat(this.#level * 2);
    if (this.#started) this.#write(rt, `\n${indent}`);
    this.#started = true;
    const quote = this.doubleQuotes ? '"' : "'";
    const escape = (value: string): string => escapeText(value).replace(this.doubleQuotes ? /"/g : /'/g, this.doubleQuotes ? '&quot;' : '&apos;');
    this.#write(rt, `<${name}${attributes.map(([key, value]) => ` ${key}=${quote}${escape(value)}${quote}`).join('')}`);
    this.#inside.push('empty');
    this.#level++;
    if (text !== null) this.raw(rt, escapeText(text));
    if (body !== null) callWithDelegate(rt, body, this, []);
    this.#level--;
    const held = this.#inside.pop();
    if (held === 'empty') this.#write(rt, this.expandEmptyElements ? `></${name}>` : ' />');
    else this.#write(rt, held === 'lines' ? `\n${indent}</${name}>` : `</${name}>`);
    return null;
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    if (name === 'mkp') return new MarkupHelper(this);
    if (name === 'doubleQuotes') return this.doubleQuotes;
    return undefined;
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    if (name !== 'doubleQuotes' && name !== 'omitNullAttributes' && name !== 'expandEmptyElements') return false;
    this[name] = rt.truth(value);
    return true;
  }
}
const OWN_METHODS = new Set(['getClass', 'hashCode', 'equals', 'toString', 'getMkp', 'setDoubleQuotes', 'with', 'is', 'println', 'print']);

/** `mkp` */
class MarkupHelper extends HostObject {
  readonly builder: MarkupBuilder;
  constructor(builder: MarkupBuilder) {
    super();
    this.builder = builder;
  }
  get $type(): string {
    return 'groovy.xml.MarkupBuilderHelper';
  }
  hasMethod(name: string): boolean {
    return ['yield', 'yieldUnescaped', 'comment', 'xmlDeclaration', 'pi'].includes(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    const [first = null] = args;
    switch (name) {
      case 'yield':
        this.builder.raw(rt, escapeText(rt.gstringPart(first)));
        return null;
      case 'yieldUnescaped':
        this.builder.raw(rt, rt.gstringPart(first));
        return null;
      case 'comment':
        this.builder.raw(rt, `<!-- ${rt.gstringPart(first)} -->`);
        return null;
      case 'xmlDeclaration':
      case 'pi': {
        const { attributes } = sorted(rt, args);
        this.builder.raw(rt, `<?xml${attributes.map(([key, value]) => ` ${key}='${value}'`).join('')}?>\n`);
        return null;
      }
      default:
        return undefined;
    }
  }
  getProperty(): undefined {
    return undefined;
  }
  setProperty(): boolean {
    return false;
  }
}

/** Gathers the elements that a closure calls for. */
export class TreeBuilder extends HostObject {
  readonly made: (SlurperNode | string)[] = [];
  get $type(): string {
    return 'groovy.xml.StreamingMarkupBuilder$Document';
  }
  hasMethod(name: string): boolean {
    return !OWN_METHODS.has(name);
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (OWN_METHODS.has(name)) return undefined;
    if (name === 'yield' || name === 'yieldUnescaped') {
      this.made.push(rt.gstringPart(args[0] ?? null));
      return null;
    }
    const { attributes, text, body } = sorted(rt, args);
    const node = new SlurperNode(name, '', '', new Map(attributes), null);
    if (text !== null) node.children.push(text);
    if (body !== null) for (const child of built(rt, body)) node.children.push(child);
    for (const child of node.elements) child.parent = node;
    this.made.push(node);
    return null;
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    return name === 'mkp' || name === 'out' ? this : undefined;
  }
  setProperty(): boolean {
    return false;
  }
}
/** What a closure, a text or a node adds to a tree. */
export function built(rt: Runtime, content: Value): (SlurperNode | string)[] {
  if (!isClosure(rt, content)) return [rt.str(content)];
  const builder = new TreeBuilder();
  callWithDelegate(rt, content, builder, [builder]);
  return builder.made;
}

/** As StreamingMarkupBuilder writes: no white space of its own. */
export function streamed(nodes: readonly (SlurperNode | string)[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escapeText(node);
      const attributes = [...node.attributes].map(([key, value]) => ` ${key}='${escapeText(value).replace(/'/g, '&apos;')}'`).join('');
      const name = node.prefix === '' ? node.name : `${node.prefix}:${node.name}`;
      return node.children.length === 0 ? `<${name}${attributes}/>` : `<${name}${attributes}>${streamed(node.children)}</${name}>`;
    })
    .join('');
}
