/** groovy.util.Node, NodeList and QName: XmlParser's tree. */
import { JavaMap } from '../collections/map.ts';
import { JavaList } from '../collections/model.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import type { XmlElement } from './xml.ts';
import type { Written } from './xmlText.ts';

export class QName extends JavaObject {
  readonly uri: string;
  readonly local: string;
  readonly prefix: string;
  constructor(uri: string, local: string, prefix: string) {
    super();
    this.uri = uri;
    this.local = local;
    this.prefix = prefix;
  }
  get $type(): string {
    return 'groovy.xml.QName';
  }
  override javaString(): string {
    return this.uri === '' ? this.local : `{${this.uri}}${this.local}`;
  }
  get qualified(): string {
    return this.prefix === '' ? this.local : `${this.prefix}:${this.local}`;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof QName
      ? other.uri === this.uri && other.local === this.local
      : typeof other === 'string' && (other === this.javaString() || other === this.qualified);
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.uri) ^ rt.hash(this.local);
  }
}

export class XmlNode extends HostObject {
  readonly name: Value;
  readonly attributes: JavaMap;
  /** A list of nodes and texts, or whatever a script gave. */
  value: Value;
  parent: XmlNode | null;
  constructor(parent: XmlNode | null, name: Value, attributes: JavaMap, value: Value) {
    super();
    this.parent = parent;
    this.name = name;
    this.attributes = attributes;
    this.value = value;
    if (parent !== null) parent.list().items.push(this);
  }
  get $type(): string {
    return 'groovy.util.Node';
  }
  static of(rt: Runtime, element: XmlElement, parent: XmlNode | null = null): XmlNode {
    const attributes = new JavaMap();
    for (const a of element.attributes)
      attributes.put(rt, a.uri === '' ? a.local : new QName(a.uri, a.local, a.name.includes(':') ? (a.name.split(':')[0] as string) : ''), a.value);
    const name = element.uri === '' ? element.local : new QName(element.uri, element.local, element.prefix);
    const node = new XmlNode(parent, name, attributes, new JavaList());
    for (const child of element.children) {
      if (typeof child === 'string') node.list().items.push(child);
      else XmlNode.of(rt, child, node);
    }
    return node;
  }
  /** The children as a list that can be changed; a single value becomes its first element. */
  list(): JavaList {
    if (!(this.value instanceof JavaList)) this.value = new JavaList(this.value === null || this.value === '' ? [] : [this.value]);
    return this.value as JavaList;
  }
  children(): readonly Value[] {
    return this.value instanceof JavaList ? this.value.items : this.value === null ? [] : [this.value];
  }
  text(rt: Runtime): string {
    return this.children()
      .map((child) => (child instanceof XmlNode ? child.text(rt) : rt.str(child)))
      .join('');
  }
  named(name: string): NodeList {
    return new NodeList(this.children().filter((child) => child instanceof XmlNode && child.fits(name)));
  }
  fits(name: string): boolean {
    if (name === '*') return true;
    if (!(this.name instanceof QName)) return this.name === name;
    return name === this.name.local || name === this.name.qualified || name === this.name.javaString();
  }
  depthFirst(): Value[] {
    return [this, ...this.children().flatMap((child) => (child instanceof XmlNode ? child.depthFirst() : [child]))];
  }
  breadthFirst(): Value[] {
    const out: Value[] = [];
    for (let level: readonly Value[] = [this]; level.length > 0; level = level.flatMap((child) => (child instanceof XmlNode ? child.children() : [])))
      out.push(...level);
    return out;
  }
  written(rt: Runtime): Written {
    const name = this.name instanceof QName ? this.name.qualified : rt.str(this.name);
    const attributes = this.attributes
      .entries()
      .map((entry): [string, string] => [entry.key instanceof QName ? entry.key.qualified : rt.str(entry.key), rt.str(entry.value)]);
    const parent = this.parent?.name;
    if (this.name instanceof QName && !(parent instanceof QName && parent.uri === this.name.uri && parent.prefix === this.name.prefix)) {
      attributes.unshift([this.name.prefix === '' ? 'xmlns' : `xmlns:${this.name.prefix}`, this.name.uri]);
    }
    return { name, attributes, children: this.children().map((child) => (child instanceof XmlNode ? child.written(rt) : rt.str(child))) };
  }

  invokeMethod(): undefined {
    return undefined;
  }
  hasMethod(): boolean {
    return false;
  }
  getProperty(rt: Runtime, name: string): Value {
    if (name === '..') return this.parent;
    if (name === '*') return new NodeList([...this.children()]);
    if (name === '**') return new NodeList(this.depthFirst());
    if (name.startsWith('@')) return this.attributes.get(rt, name.slice(1));
    return this.named(name);
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    if (!name.startsWith('@')) return false;
    this.attributes.put(rt, name.slice(1), value);
    return true;
  }
  override javaString(rt: Runtime): string {
    return `${rt.str(this.name)}[attributes=${rt.str(this.attributes)}; value=${rt.str(this.value)}]`;
  }
}

/** A list of nodes whose properties are those of its nodes, joined. */
export class NodeList extends HostObject {
  readonly items: Value[];
  constructor(items: Value[]) {
    super();
    this.items = items;
  }
  get $type(): string {
    return 'groovy.util.NodeList';
  }
  text(rt: Runtime): string {
    return this.items.map((item) => (item instanceof XmlNode ? item.text(rt) : rt.str(item))).join('');
  }
  invokeMethod(): undefined {
    return undefined;
  }
  hasMethod(): boolean {
    return false;
  }
  getProperty(rt: Runtime, name: string): Value {
    const nodes = this.items.filter((item): item is XmlNode => item instanceof XmlNode);
    if (name.startsWith('@')) return new JavaList(nodes.map((node) => node.attributes.get(rt, name.slice(1))).filter((value) => value !== null));
    return new NodeList(
      nodes.flatMap((node) => {
        const found = node.getProperty(rt, name);
        return found instanceof NodeList ? found.items : found === null ? [] : [found];
      }),
    );
  }
  setProperty(): boolean {
    return false;
  }
  override javaString(rt: Runtime): string {
    return `[${this.items.map((item) => rt.str(item)).join(', ')}]`;
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    const items = other instanceof NodeList || other instanceof JavaList ? other.items : null;
    return items !== null && items.length === this.items.length && this.items.every((item, i) => rt.javaEquals(item, items[i] as Value));
  }
}
