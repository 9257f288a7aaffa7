/** groovy.json.JsonBuilder and StreamingJsonBuilder. */
import { JavaMap } from '../collections/map.ts';
import { JavaList } from '../collections/model.ts';
import { writeText } from '../objects/writers.ts';
import { HostObject } from '../runtime/host-object.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { jsonFailure } from './json.ts';
import { closureContent, collected, isClosure, itemsOf } from './jsonDelegate.ts';
import { prettyPrint, toJson } from './jsonOutput.ts';

const WRONG_ARGUMENTS = 'Expected no arguments, a single map, a single closure, or a map and closure as arguments.';
const ONE_NAME = (name: string, value: Value, rt: Runtime): JavaMap => {
  const map = new JavaMap();
  map.put(rt, name, value);
  return map;
};
function joined(rt: Runtime, a: JavaMap, b: JavaMap): JavaMap {
  const map = new JavaMap();
  map.putAll(rt, a);
  map.putAll(rt, b);
  return map;
}

/** `builder(…)`: the whole content. */
function contentOfCall(rt: Runtime, args: readonly Value[]): Value {
  const [first, second] = args;
  if (args.length === 2 && isClosure(rt, second as Value)) {
    const items = itemsOf(first);
    return items === null ? closureContent(rt, second as Value, [first as Value]) : collected(rt, items, second as Value);
  }
  if (args.length !== 1) return new JavaList([...args]);
  return isClosure(rt, first as Value) ? closureContent(rt, first as Value, []) : (first as Value);
}

/** `builder.name(…)`: a content of one member. */
function contentOfMember(rt: Runtime, name: string, args: readonly Value[]): JavaMap {
  const [first, second] = args;
  if (args.length === 0) return ONE_NAME(name, new JavaMap(), rt);
  if (args.length === 1) {
    if (isClosure(rt, first as Value)) return ONE_NAME(name, closureContent(rt, first as Value, []), rt);
    if (first instanceof JavaMap) return ONE_NAME(name, first, rt);
  } else if (args.length === 2 && isClosure(rt, second as Value)) {
    if (first instanceof JavaMap) return ONE_NAME(name, joined(rt, first, closureContent(rt, second as Value, [])), rt);
    const items = itemsOf(first);
    if (items !== null) return ONE_NAME(name, collected(rt, items, second as Value), rt);
    if (first !== null) return ONE_NAME(name, closureContent(rt, second as Value, [first as Value]), rt);
  }
  throw jsonFailure(WRONG_ARGUMENTS);
}

export class JsonBuilder extends HostObject {
  content: Value;
  constructor(content: Value) {
    super();
    this.content = content;
  }
  get $type(): string {
    return 'groovy.json.JsonBuilder';
  }
  override javaString(rt: Runtime): string {
    return toJson(rt, this.content);
  }
  hasMethod(): boolean {
    return true;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    switch (name) {
      case 'toString':
        return args.length === 0 ? this.javaString(rt) : undefined;
      case 'toPrettyString':
        return prettyPrint(rt, this.javaString(rt));
      case 'getContent':
        return this.content;
      case 'getClass':
      case 'hashCode':
      case 'equals':
      case 'with':
      case 'is':
        return undefined;
      case 'writeTo':
        writeText(rt, args[0] as Value, this.javaString(rt));
        return args[0] as Value;
      case 'call':
        return (this.content = contentOfCall(rt, args));
      default:
        return (this.content = contentOfMember(rt, name, args));
    }
  }
  getProperty(_rt: Runtime, name: string): Value | undefined {
    return name === 'content' ? this.content : undefined;
  }
  setProperty(): boolean {
    return false;
  }
}

/** Writes what it is given at once. */
export class StreamingJsonBuilder extends HostObject {
  readonly writer: Value;
  constructor(writer: Value) {
    super();
    this.writer = writer;
  }
  get $type(): string {
    return 'groovy.json.StreamingJsonBuilder';
  }
  hasMethod(): boolean {
    return true;
  }
  invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    if (['getClass', 'hashCode', 'equals', 'with', 'is', 'toString'].includes(name)) return undefined;
    const content = name === 'call' ? contentOfCall(rt, args) : contentOfMember(rt, name, args);
    writeText(rt, this.writer, toJson(rt, content));
    return name === 'call' ? content : this;
  }
  getProperty(): undefined {
    return undefined;
  }
  setProperty(): boolean {
    return false;
  }
}
