/** The classes of groovy.json as scripts see them. */

import type { JavaArray } from '../collections/model.ts';
import type { TreeMap } from '../collections/tree-map.ts';
import { StringWriter } from '../objects/writers.ts';
import type { Native, NativeClass } from '../runtime/native.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import { decodeBytes } from './bytes.ts';
import { parseJson } from './json.ts';
import { JsonBuilder, StreamingJsonBuilder } from './jsonBuilder.ts';
import { parseClassic } from './jsonClassic.ts';
import { JsonUnescaped, prettyPrint, toJson } from './jsonOutput.ts';
import { readAll } from './readers.ts';

class JsonSlurper extends JavaObject {
  get $type(): string {
    return 'groovy.json.JsonSlurper';
  }
}
class JsonSlurperClassic extends JavaObject {
  get $type(): string {
    return 'groovy.json.JsonSlurperClassic';
  }
}
const json: Native = (rt, _self, value: Value) => toJson(rt, value);

export const jsonClasses: readonly NativeClass[] = [
  {
    name: 'groovy.json.JsonSlurper',
    constructors: { '()': () => new JsonSlurper() },
    methods: {
      'parseText(java.lang.String)': (rt, _self, text: string | null) => parseJson(rt, text),
      'parse(java.io.Reader)': (rt, _self, reader: Value) => parseJson(rt, readAll(rt, reader)),
      'parse(char[])': (rt, _self, chars: JavaArray) => parseJson(rt, chars.items.map((c) => (c as { text: string } & Value & object).text).join('')),
      'parse(byte[])': (rt, _self, bytes: JavaArray) => parseJson(rt, decodeBytes(bytes, 'UTF-8')),
    },
    restricted: ['method parse java.io.File', 'method parse java.net.URL', 'method parse java.io.InputStream'],
  },
  {
    name: 'groovy.json.JsonSlurperClassic',
    constructors: { '()': () => new JsonSlurperClassic() },
    methods: {
      'parseText(java.lang.String)': (rt, _self, text: string | null) => parseClassic(rt, text),
      'parse(java.io.Reader)': (rt, _self, reader: Value) => parseClassic(rt, readAll(rt, reader)),
    },
    restricted: ['method parse java.io.File', 'method parse java.net.URL'],
  },
  { name: 'groovy.json.internal.LazyMap', superclass: 'java.util.AbstractMap', methods: { 'toString()': (rt, self: TreeMap) => self.javaString(rt) } },
  { name: 'groovy.json.JsonDelegate' },
  {
    name: 'groovy.json.JsonException',
    superclass: 'groovy.lang.GroovyRuntimeException',
    constructors: { '(java.lang.String)': (_rt, _self, message: string) => new JavaThrowable('groovy.json.JsonException', message) },
  },
  { name: 'groovy.json.internal.Exceptions$JsonInternalException', superclass: 'groovy.json.JsonException' },
  { name: 'groovy.json.JsonOutput$JsonUnescaped', methods: { 'getText()': (_rt, self: JsonUnescaped) => self.text } },
  {
    name: 'groovy.json.JsonOutput',
    statics: {
      'toJson(java.lang.Object)': json,
      'toJson(java.lang.Boolean)': json,
      'toJson(java.lang.Number)': json,
      'toJson(java.lang.Character)': json,
      'toJson(java.lang.String)': json,
      'toJson(java.util.Date)': json,
      'toJson(java.util.Calendar)': json,
      'toJson(java.util.UUID)': json,
      'toJson(java.net.URL)': json,
      'toJson(groovy.lang.Closure)': json,
      'toJson(groovy.util.Expando)': json,
      'toJson(java.util.Map)': json,
      'prettyPrint(java.lang.String)': (rt, _self, text: string | null) => {
        if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
        return prettyPrint(rt, text);
      },
      'unescaped(java.lang.CharSequence)': (rt, _self, text: Value) => new JsonUnescaped(rt.str(text)),
    },
  },
  {
    name: 'groovy.json.JsonBuilder',
    constructors: { '()': () => new JsonBuilder(null), '(java.lang.Object)': (_rt, _self, content: Value) => new JsonBuilder(content) },
  },
  {
    name: 'groovy.json.StreamingJsonBuilder',
    constructors: {
      '(java.io.Writer)': (_rt, _self, writer: Value) => new StreamingJsonBuilder(writer),
      '(java.io.Writer, java.lang.Object)': (rt, _self, writer: Value, content: Value) => {
        const builder = new StreamingJsonBuilder(writer);
        if (content !== null && writer instanceof StringWriter) writer.write(rt, toJson(rt, content));
        return builder;
      },
    },
  },
];
