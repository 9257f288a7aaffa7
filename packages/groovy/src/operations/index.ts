/** The language's operations, which the runtime offers to native and compiled code alike. */
export { cast, castFailure } from './cast.ts';
export { javaClassName, nameOfClass } from './class-names.ts';
export { coerce } from './coerce.ts';
export { compare, compareLeniently, compareStrings } from './compare.ts';
export { groovyEquals, javaEquals } from './equality.ts';
export { singleAbstractMethod } from './functional.ts';
export { hash } from './hash.ts';
export { elements, iterate } from './iterate.ts';
export { invokeProxy, ProxyObject, proxied } from './proxy.ts';
export { format, gstringPart, inspect, str, toListString, toMapString } from './text.ts';
export { throwableMessage, throwableText } from './throwable-text.ts';
export { truth } from './truth.ts';
