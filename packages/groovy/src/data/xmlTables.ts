/** XmlSlurper, XmlParser, GPathResult, Node, XmlUtil and the markup builders as scripts see them. */
import { JavaMap } from '../collections/map.ts';
import { ArrayIterator, JavaList } from '../collections/model.ts';
import { StringWriter, writeText } from '../objects/writers.ts';
import type { Native, NativeClass, Signatures } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Computation, Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable, PENDING } from '../runtime/values.ts';
import type { Item } from './gpath.ts';
import { GPath, SlurperNode } from './gpath.ts';
import { built, MarkupBuilder, streamed } from './markup.ts';
import { NodeList, QName, XmlNode } from './nodes.ts';
import { readAll } from './readers.ts';
import type { XmlOptions } from './xml.ts';
import { parseXml } from './xml.ts';
import { escapeXml, printNodes, serialize } from './xmlText.ts';

class XmlReader extends JavaObject {
  readonly type: string;
  readonly namespaceAware: boolean;
  keepSpace = false;
  constructor(type: string, namespaceAware = true) {
    super();
    this.type = type;
    this.namespaceAware = namespaceAware;
  }
  get $type(): string {
    return this.type;
  }
  get options(): XmlOptions {
    return { namespaceAware: this.namespaceAware, keepSpace: this.keepSpace };
  }
  parse(rt: Runtime, text: string | null): Value {
    if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
    const element = parseXml(rt, text, this.options);
    return this.type === 'groovy.util.XmlParser' ? XmlNode.of(rt, element) : GPath.single(SlurperNode.of(element), null, new Map());
  }
}
function reader(type: string): NativeClass {
  const make = (_rt: Runtime, _self: null, validating = false, namespaceAware = true): XmlReader => {
    if (validating) throw new JavaThrowable('javax.xml.parsers.ParserConfigurationException', 'Validation is not supported');
    return new XmlReader(type, namespaceAware);
  };
  const keep: Native = (_rt, self: XmlReader, keepSpace: boolean) => {
    self.keepSpace = keepSpace;
    return null;
  };
  return {
    name: type,
    constructors: { '()': (rt) => make(rt, null), '(boolean, boolean)': make, '(boolean, boolean, boolean)': make },
    methods: {
      'parseText(java.lang.String)': (rt, self: XmlReader, text: string | null) => self.parse(rt, text),
      'parse(java.io.Reader)': (rt, self: XmlReader, source: Value) => self.parse(rt, readAll(rt, source)),
      'setKeepIgnorableWhitespace(boolean)': keep,
      'setKeepWhitespace(boolean)': keep,
      'setTrimWhitespace(boolean)': () => null,
    },
    restricted: [
      'method parse java.io.File',
      'method parse java.lang.String',
      'method parse java.io.InputStream',
      'method setFeature java.lang.String boolean',
    ],
  };
}

const single = (self: GPath, item: Item): GPath => GPath.single(item, self.owner ?? self, self.namespaces);
function at(self: GPath, index: number): GPath {
  const { items } = self;
  const item = items[index < 0 ? items.length + index : index];
  if (item !== undefined && index >= 0) return single(self, item);
  if (item !== undefined) return single(self, item);
  if (index < 0) throw new JavaThrowable('java.lang.ArrayIndexOutOfBoundsException', String(index));
  return new GPath('NoChildren', self.label, () => [], self, self.namespaces);
}
/** The items for which the closure answers true; only the first where `one`. */
function* filter(rt: Runtime, self: GPath, closure: Value, one: boolean): Computation {
  const found: Item[] = [];
  for (const item of self.items) {
    let answer = rt.call(closure, [single(self, item)]);
    if (answer === PENDING) answer = yield* rt.take();
    if (!rt.truth(answer as Value)) continue;
    if (one) return single(self, item);
    found.push(item);
  }
  return one ? new GPath('NoChildren', self.label, () => [], self, self.namespaces) : self.filtered(found);
}
const toNumber =
  (type: string): Native =>
  (rt, self: GPath) =>
    rt.invokeSync(self.text, `to${type}`, []);

/** Puts other content in the place of the nodes. */
function replaceNodes(rt: Runtime, self: GPath, content: Value): null {
  for (const node of self.nodes) {
    const { parent } = node;
    if (parent === null) continue;
    const made = built(rt, content);
    for (const child of made) if (typeof child !== 'string') child.parent = parent;
    parent.children = parent.children.flatMap((child) => (child === node ? made : [child]));
  }
  return null;
}
function append(rt: Runtime, self: GPath, content: Value): null {
  for (const node of self.nodes) {
    const made = content instanceof GPath ? content.nodes : built(rt, content);
    for (const child of made) if (typeof child !== 'string') child.parent = node;
    node.children.push(...made);
  }
  return null;
}

const gpathMethods: Signatures = {
  'name()': (_rt, self: GPath) => (self.kind === 'NodeChild' ? (self.nodes[0]?.name ?? self.label) : self.label),
  'text()': (_rt, self: GPath) => self.text,
  'toString()': (_rt, self: GPath) => self.text,
  'size()': (_rt, self: GPath) => self.items.length,
  'isEmpty()': (_rt, self: GPath) => self.items.length === 0,
  'asBoolean()': (_rt, self: GPath) => self.items.length > 0,
  'parent()': (_rt, self: GPath) => self.parentPath(),
  'pop()': (_rt, self: GPath) => self.owner ?? self,
  'children()': (_rt, self: GPath) => self.children(),
  'localText()': (_rt, self: GPath) => new JavaList(self.nodes.flatMap((node) => node.children.filter((child) => typeof child === 'string'))),
  'getAt(int)': (_rt, self: GPath, index: number) => at(self, index),
  'getAt(java.lang.String)': (rt, self: GPath, name: string) => self.getProperty(rt, name),
  'putAt(int, java.lang.Object)': (rt, self: GPath, index: number, value: Value) => {
    at(self, index).replaceBody(rt, value);
    return null;
  },
  'getProperty(java.lang.String)': (rt, self: GPath, name: string) => self.getProperty(rt, name),
  'find(groovy.lang.Closure)': (rt, self: GPath, closure: Value) => filter(rt, self, closure, true),
  'findAll(groovy.lang.Closure)': (rt, self: GPath, closure: Value) => filter(rt, self, closure, false),
  'iterator()': (_rt, self: GPath) => new ArrayIterator(self.singles()),
  'childNodes()': (_rt, self: GPath) => new ArrayIterator(self.children().singles()),
  'list()': (_rt, self: GPath) => new JavaList(self.singles()),
  'depthFirst()': (_rt, self: GPath) => new ArrayIterator(self.depthFirst()),
  'breadthFirst()': (_rt, self: GPath) => new ArrayIterator(self.breadthFirst()),
  'attributes()': (rt, self: GPath) => self.attributeMap(rt),
  'namespaceURI()': (_rt, self: GPath) => self.nodes[0]?.uri ?? '',
  'lookupNamespace(java.lang.String)': (_rt, self: GPath, prefix: string) => self.namespaces.get(prefix) ?? null,
  'declareNamespace(java.util.Map)': (rt, self: GPath, map: JavaMap) =>
    new GPath(self.kind, self.label, self.find, self.owner, new Map(map.entries().map((entry) => [rt.str(entry.key), rt.str(entry.value)]))),
  'toInteger()': toNumber('Integer'),
  'toLong()': toNumber('Long'),
  'toFloat()': toNumber('Float'),
  'toDouble()': toNumber('Double'),
  'toBigDecimal()': toNumber('BigDecimal'),
  'toBigInteger()': toNumber('BigInteger'),
  'toBoolean()': toNumber('Boolean'),
  'toURL()': toNumber('URL'),
  'toURI()': toNumber('URI'),
  'replaceNode(groovy.lang.Closure)': (rt, self: GPath, closure: Value) => replaceNodes(rt, self, closure),
  'replaceBody(java.lang.Object)': (rt, self: GPath, value: Value) => {
    self.replaceBody(rt, value);
    return null;
  },
  'appendNode(java.lang.Object)': (rt, self: GPath, content: Value) => append(rt, self, content),
  'leftShift(java.lang.Object)': (rt, self: GPath, content: Value) => {
    append(rt, self, content);
    return self;
  },
  'plus(java.lang.Object)': (rt, self: GPath, content: Value) => {
    append(rt, self.parentPath(), content);
    return self;
  },
  'writeTo(java.io.Writer)': (rt, self: GPath, writer: Value) => {
    writeText(rt, writer, self.text);
    return writer;
  },
  'equals(java.lang.Object)': (rt, self: GPath, other: Value) => self.javaEquals(rt, other),
  'hashCode()': (rt, self: GPath) => self.javaHash(rt),
};

const nodeMethods: Signatures = {
  'name()': (_rt, self: XmlNode) => self.name,
  'text()': (rt, self: XmlNode) => self.text(rt),
  'value()': (_rt, self: XmlNode) => self.value,
  'setValue(java.lang.Object)': (_rt, self: XmlNode, value: Value) => {
    self.value = value;
    return null;
  },
  'attributes()': (_rt, self: XmlNode) => self.attributes,
  'attribute(java.lang.Object)': (rt, self: XmlNode, name: Value) => self.attributes.get(rt, name),
  'children()': (_rt, self: XmlNode) => self.list(),
  'parent()': (_rt, self: XmlNode) => self.parent,
  'iterator()': (_rt, self: XmlNode) => new ArrayIterator(self.children()),
  'get(java.lang.String)': (rt, self: XmlNode, name: string) => self.getProperty(rt, name),
  'getAt(groovy.xml.QName)': (_rt, self: XmlNode, name: QName) => self.named(name.javaString()),
  'depthFirst()': (_rt, self: XmlNode) => new JavaList(self.depthFirst()),
  'breadthFirst()': (_rt, self: XmlNode) => new JavaList(self.breadthFirst()),
  'append(groovy.util.Node)': (_rt, self: XmlNode, child: XmlNode) => {
    child.parent = self;
    self.list().items.push(child);
    return true;
  },
  'remove(groovy.util.Node)': (_rt, self: XmlNode, child: XmlNode) => removeNode(self, child),
  'appendNode(java.lang.Object)': (_rt, self: XmlNode, name: Value) => new XmlNode(self, name, new JavaMap(), new JavaList()),
  'appendNode(java.lang.Object, java.util.Map)': (_rt, self: XmlNode, name: Value, attributes: JavaMap) => new XmlNode(self, name, attributes, new JavaList()),
  'appendNode(java.lang.Object, java.lang.Object)': (_rt, self: XmlNode, name: Value, value: Value) => new XmlNode(self, name, new JavaMap(), value),
  'appendNode(java.lang.Object, java.util.Map, java.lang.Object)': (_rt, self: XmlNode, name: Value, attributes: JavaMap, value: Value) =>
    new XmlNode(self, name, attributes, value),
  'replaceNode(groovy.util.Node)': (_rt, self: XmlNode, other: XmlNode) => {
    const items = self.parent?.list().items;
    if (items === undefined) throw new JavaThrowable('java.lang.UnsupportedOperationException', 'Replacing the root node is not supported');
    items[items.indexOf(self)] = other;
    other.parent = self.parent;
    return self;
  },
};
function removeNode(self: XmlNode, child: XmlNode): boolean {
  const { items } = self.list();
  const index = items.indexOf(child);
  if (index < 0) return false;
  items.splice(index, 1);
  child.parent = null;
  return true;
}
function listItem(self: NodeList, index: number): Value {
  return self.items[index < 0 ? self.items.length + index : index] ?? null;
}

const xmlText = (rt: Runtime, value: Value): string => {
  if (value instanceof XmlNode) return serialize(parsedBack(rt, value));
  if (value instanceof GPath) {
    const [node] = value.nodes;
    if (node === undefined) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Nothing to serialize');
    return serialize(node.written());
  }
  return serialize(SlurperNode.of(parseXml(rt, rt.str(value), { namespaceAware: true, keepSpace: true })).written());
};
/** Groovy writes a Node with line ends of its own, which Java's serializer then keeps. */
function parsedBack(rt: Runtime, node: XmlNode): ReturnType<XmlNode['written']> {
  type Tree = ReturnType<XmlNode['written']>;
  const spaced = (tree: Tree, level: number): Tree => {
    if (!tree.children.some((child) => typeof child !== 'string')) return tree;
    const children = tree.children.flatMap((child): (Tree | string)[] => [
      `\n${' '.repeat((level + 1) * 2)}`,
      typeof child === 'string' ? child : spaced(child, level + 1),
    ]);
    return { ...tree, children: [...children, `\n${' '.repeat(level * 2)}`] };
  };
  return spaced(node.written(rt), 0);
}

class NodePrinter extends JavaObject {
  readonly writer: Value;
  constructor(writer: Value) {
    super();
    this.writer = writer;
  }
  get $type(): string {
    return 'groovy.util.XmlNodePrinter';
  }
}
class StreamingMarkupBuilder extends JavaObject {
  get $type(): string {
    return 'groovy.xml.StreamingMarkupBuilder';
  }
}
class Bound extends JavaObject {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  get $type(): string {
    return 'groovy.lang.Writable';
  }
  override javaString(): string {
    return this.text;
  }
}

const GPATH = 'groovy.util.slurpersupport.GPathResult';
export const xmlClasses: readonly NativeClass[] = [
  reader('groovy.util.XmlSlurper'),
  reader('groovy.util.XmlParser'),
  { name: GPATH, kind: 'abstract', interfaces: ['groovy.lang.Writable', 'java.lang.Iterable'], methods: gpathMethods },
  ...['NodeChild', 'NodeChildren', 'Attributes', 'NoChildren'].map((name): NativeClass => ({ name: `groovy.util.slurpersupport.${name}`, superclass: GPATH })),
  { name: 'groovy.util.slurpersupport.FilteredNodeChildren', superclass: 'groovy.util.slurpersupport.NodeChildren' },
  { name: 'groovy.util.slurpersupport.FilteredAttributes', superclass: 'groovy.util.slurpersupport.Attributes' },
  { name: 'groovy.util.slurpersupport.Attribute', superclass: GPATH },
  {
    name: 'groovy.util.Node',
    constructors: {
      '(groovy.util.Node, java.lang.Object)': (_rt, _self, parent: XmlNode | null, name: Value) => new XmlNode(parent, name, new JavaMap(), new JavaList()),
      '(groovy.util.Node, java.lang.Object, java.lang.Object)': (_rt, _self, parent: XmlNode | null, name: Value, value: Value) =>
        new XmlNode(parent, name, new JavaMap(), value),
      '(groovy.util.Node, java.lang.Object, java.util.Map)': (_rt, _self, parent: XmlNode | null, name: Value, attributes: JavaMap) =>
        new XmlNode(parent, name, attributes, new JavaList()),
      '(groovy.util.Node, java.lang.Object, java.util.Map, java.lang.Object)': (
        _rt,
        _self,
        parent: XmlNode | null,
        name: Value,
        attributes: JavaMap,
        value: Value,
      ) => new XmlNode(parent, name, attributes, value),
    },
    methods: nodeMethods,
  },
  {
    name: 'groovy.util.NodeList',
    interfaces: ['java.lang.Iterable'],
    constructors: { '()': () => new NodeList([]) },
    methods: {
      'size()': (_rt, self: NodeList) => self.items.length,
      'isEmpty()': (_rt, self: NodeList) => self.items.length === 0,
      'asBoolean()': (_rt, self: NodeList) => self.items.length > 0,
      'text()': (rt, self: NodeList) => self.text(rt),
      'iterator()': (_rt, self: NodeList) => new ArrayIterator(self.items),
      'get(int)': (_rt, self: NodeList, index: number) => {
        if (index < 0 || index >= self.items.length) {
          throw new JavaThrowable('java.lang.IndexOutOfBoundsException', `Index ${index} out of bounds for length ${self.items.length}`);
        }
        return self.items[index] as Value;
      },
      'getAt(int)': (_rt, self: NodeList, index: number) => listItem(self, index),
      'getAt(java.lang.String)': (rt, self: NodeList, name: string) => self.getProperty(rt, name),
      'contains(java.lang.Object)': (rt, self: NodeList, value: Value) => self.items.some((item) => rt.javaEquals(item, value)),
      'add(java.lang.Object)': (_rt, self: NodeList, value: Value) => {
        self.items.push(value);
        return true;
      },
    },
  },
  {
    name: 'groovy.xml.QName',
    constructors: {
      '(java.lang.String)': (_rt, _self, local: string) => new QName('', local, ''),
      '(java.lang.String, java.lang.String)': (_rt, _self, uri: string, local: string) => new QName(uri, local, ''),
      '(java.lang.String, java.lang.String, java.lang.String)': (_rt, _self, uri: string, local: string, prefix: string) => new QName(uri, local, prefix),
    },
    methods: {
      'getLocalPart()': (_rt, self: QName) => self.local,
      'getNamespaceURI()': (_rt, self: QName) => self.uri,
      'getPrefix()': (_rt, self: QName) => self.prefix,
      'getQualifiedName()': (_rt, self: QName) => self.qualified,
    },
  },
  {
    name: 'groovy.xml.XmlUtil',
    statics: {
      'escapeXml(java.lang.String)': (_rt, _self, text: string) => escapeXml(text),
      'serialize(groovy.util.Node)': (rt, _self, node: Value) => xmlText(rt, node),
      [`serialize(${GPATH})`]: (rt, _self, path: Value) => xmlText(rt, path),
      'serialize(java.lang.String)': (rt, _self, text: Value) => xmlText(rt, text),
      'serialize(groovy.util.Node, java.io.Writer)': (rt, _self, node: Value, writer: Value) => {
        writeText(rt, writer, xmlText(rt, node));
        return null;
      },
    },
  },
  {
    name: 'groovy.util.XmlNodePrinter',
    constructors: { '(java.io.PrintWriter)': (_rt, _self, writer: Value) => new NodePrinter(writer) },
    methods: {
      'print(groovy.util.Node)': (rt, self: NodePrinter, node: XmlNode) => {
        writeText(rt, self.writer, printNodes(node.written(rt)));
        return null;
      },
    },
  },
  {
    name: 'groovy.xml.MarkupBuilder',
    constructors: {
      '()': () => new MarkupBuilder(new StringWriter()),
      '(java.io.Writer)': (_rt, _self, writer: Value) => new MarkupBuilder(writer),
    },
  },
  { name: 'groovy.xml.MarkupBuilderHelper' },
  { name: 'groovy.xml.StreamingMarkupBuilder$Document' },
  {
    name: 'groovy.xml.StreamingMarkupBuilder',
    constructors: { '()': () => new StreamingMarkupBuilder() },
    methods: {
      'bind(java.lang.Object)': (rt, _self, content: Value) => new Bound(streamed(built(rt, content))),
      'bindNode(java.lang.Object)': (_rt, _self, content: Value) => new Bound(content instanceof GPath ? streamed(content.nodes) : ''),
    },
  },
  { name: 'org.xml.sax.SAXException', superclass: 'java.lang.Exception' },
  {
    name: 'org.xml.sax.SAXParseException',
    superclass: 'org.xml.sax.SAXException',
    methods: {
      'getLineNumber()': (_rt, self: JavaThrowable) => (self.data as { line?: number } | undefined)?.line ?? -1,
      'getColumnNumber()': (_rt, self: JavaThrowable) => (self.data as { column?: number } | undefined)?.column ?? -1,
    },
  },
];
