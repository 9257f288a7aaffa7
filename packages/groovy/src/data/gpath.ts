/**
 * groovy.util.XmlSlurper's GPathResult: `root.item[0].@id`. A result is a question about the tree, answered whenever it
 * is used; the tree may be changed meanwhile.
 */
import { JavaMap } from '../collections/map.ts';
import { JavaList } from '../collections/model.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import type { XmlElement } from './xml.ts';
import type { Written } from './xmlText.ts';

/** An element in XmlSlurper's tree. */
export class SlurperNode {
  readonly name: string;
  readonly prefix: string;
  readonly uri: string;
  readonly attributes: Map<string, string>;
  children: (SlurperNode | string)[];
  parent: SlurperNode | null;
  constructor(name: string, prefix: string, uri: string, attributes: Map<string, string>, parent: SlurperNode | null) {
    this.name = name;
    this.prefix = prefix;
    this.uri = uri;
    this.attributes = attributes;
    this.children = [];
    this.parent = parent;
  }
  static of(element: XmlElement, parent: SlurperNode | null = null): SlurperNode {
    const attributes = new Map(element.attributes.map((a): [string, string] => [a.uri === '' ? a.local : `{${a.uri}}${a.local}`, a.value]));
    const node = new SlurperNode(element.local, element.prefix, element.uri, attributes, parent);
    node.children = element.children.map((child) => (typeof child === 'string' ? child : SlurperNode.of(child, node)));
    return node;
  }
  get text(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.text)).join('');
  }
  get elements(): SlurperNode[] {
    return this.children.filter((child): child is SlurperNode => typeof child !== 'string');
  }
  *depthFirst(): Generator<SlurperNode> {
    yield this;
    for (const child of this.elements) yield* child.depthFirst();
  }
  written(outer: ReadonlySet<string> = new Set()): Written {
    const declares = this.uri !== '' && !outer.has(`${this.prefix}=${this.uri}`);
    const scope = declares ? new Set([...outer, `${this.prefix}=${this.uri}`]) : outer;
    const attributes = [...this.attributes].map(([name, value]): [string, string] => [name.replace(/^\{.*\}/, ''), value]);
    if (declares) attributes.unshift([this.prefix === '' ? 'xmlns' : `xmlns:${this.prefix}`, this.uri]);
    return {
      name: this.prefix === '' ? this.name : `${this.prefix}:${this.name}`,
      attributes,
      children: this.children.map((child) => (typeof child === 'string' ? child : child.written(scope))),
    };
  }
}
/** An attribute of a node, whether it is there or not. */
export interface SlurperAttribute {
  readonly owner: SlurperNode;
  readonly key: string;
}
export type Item = SlurperNode | SlurperAttribute;

export const itemText = (item: Item): string => (item instanceof SlurperNode ? item.text : (item.owner.attributes.get(item.key) ?? ''));
export type PathKind = 'NodeChild' | 'NodeChildren' | 'FilteredNodeChildren' | 'Attributes' | 'FilteredAttributes' | 'NoChildren' | 'Attribute';

export class GPath extends HostObject {
  readonly kind: PathKind;
  readonly label: string;
  readonly find: () => readonly Item[];
  readonly owner: GPath | null;
  readonly namespaces: ReadonlyMap<string, string>;
  constructor(kind: PathKind, label: string, find: () => readonly Item[], owner: GPath | null, namespaces: ReadonlyMap<string, string>) {
    super();
    this.kind = kind;
    this.label = label;
    this.find = find;
    this.owner = owner;
    this.namespaces = namespaces;
  }
  get $type(): string {
    return `groovy.util.slurpersupport.${this.kind}`;
  }

  get items(): readonly Item[] {
    return this.find();
  }
  get nodes(): SlurperNode[] {
    return this.items.filter((item): item is SlurperNode => item instanceof SlurperNode);
  }
  get text(): string {
    return this.items.map(itemText).join('');
  }
  static single(item: Item, owner: GPath | null, namespaces: ReadonlyMap<string, string>): GPath {
    return item instanceof SlurperNode
      ? new GPath('NodeChild', item.name, () => [item], owner, namespaces)
      : new GPath('Attribute', item.key, () => [item], owner, namespaces);
  }
  /** Each item as a result of its own. */
  singles(): GPath[] {
    return this.items.map((item) => GPath.single(item, this.owner ?? this, this.namespaces));
  }
  filtered(items: readonly Item[]): GPath {
    return new GPath(this.kind === 'Attributes' ? 'FilteredAttributes' : 'FilteredNodeChildren', this.label, () => items, this, this.namespaces);
  }
  children(): GPath {
    return this.named('*');
  }
  named(name: string): GPath {
    const colon = name.indexOf(':');
    const wanted = colon < 0 ? name : name.slice(colon + 1);
    const uri = colon < 0 ? null : (this.namespaces.get(name.slice(0, colon)) ?? null);
    const fits = (node: SlurperNode): boolean =>
      name === '*' ||
      (colon < 0 || node.name === name
        ? node.name === name
        : node.name === wanted && (uri === null ? node.prefix === name.slice(0, colon) && this.namespaces.size === 0 && false : node.uri === uri));
    return new GPath('NodeChildren', name, () => this.nodes.flatMap((node) => node.elements.filter(fits)), this, this.namespaces);
  }
  attribute(name: string): GPath {
    const colon = name.indexOf(':');
    const key =
      colon < 0 || this.nodes.some((node) => node.attributes.has(name)) ? name : `{${this.namespaces.get(name.slice(0, colon)) ?? ''}}${name.slice(colon + 1)}`;
    return new GPath('Attributes', name, () => this.nodes.filter((node) => node.attributes.has(key)).map((owner) => ({ owner, key })), this, this.namespaces);
  }
  parentPath(): GPath {
    const node = this.nodes[0];
    if (this.kind === 'NodeChild' && node?.parent != null) return GPath.single(node.parent, null, this.namespaces);
    return this.owner ?? this;
  }
  depthFirst(): GPath[] {
    return this.nodes.flatMap((node) => [...node.depthFirst()]).map((node) => GPath.single(node, this, this.namespaces));
  }
  breadthFirst(): GPath[] {
    const out: SlurperNode[] = [];
    for (let level = this.nodes; level.length > 0; level = level.flatMap((node) => node.elements)) out.push(...level);
    return out.map((node) => GPath.single(node, this, this.namespaces));
  }
  attributeMap(rt: Runtime): JavaMap {
    const map = new JavaMap();
    for (const [key, value] of this.nodes[0]?.attributes ?? []) map.put(rt, key, value);
    return map;
  }
  replaceBody(rt: Runtime, value: Value): void {
    for (const item of this.items) {
      if (item instanceof SlurperNode) item.children = [rt.str(value)];
      else item.owner.attributes.set(item.key, rt.str(value));
    }
  }

  // ---- as an object of the language
  invokeMethod(): undefined {
    return undefined;
  }
  hasMethod(): boolean {
    return false;
  }
  getProperty(_rt: Runtime, name: string): Value {
    if (name === '..') return this.parentPath();
    if (name === '*') return this.children();
    if (name === '**') return new JavaList(this.depthFirst());
    return name.startsWith('@') ? this.attribute(name.slice(1)) : this.named(name);
  }
  setProperty(rt: Runtime, name: string, value: Value): boolean {
    if (name.startsWith('@')) for (const node of this.nodes) node.attributes.set(name.slice(1), rt.str(value));
    else this.named(name).replaceBody(rt, value);
    return true;
  }
  override javaString(): string {
    return this.text;
  }
  override javaEquals(rt: Runtime, other: Value): boolean {
    return this === other || rt.str(other) === this.text;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.text);
  }
}
