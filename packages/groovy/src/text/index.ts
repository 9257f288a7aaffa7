/** Strings, builders, regular expressions, and what Groovy adds to them. */
import type { Extension, Library } from '../runtime/native.ts';
import { accessMethods } from './gdk/access.ts';
import { lineMethods } from './gdk/lines.ts';
import { MATCHER_ITERATOR, matcherMethods, matcherStatics } from './gdk/matcher.ts';
import { matchingMethods } from './gdk/matching.ts';
import { STRING_METHODS } from './gdk/overloads.ts';
import { shapeMethods } from './gdk/shape.ts';
import { gstringClass } from './gstring.ts';
import { charSequenceMethods } from './java-string.ts';
import { regexClasses } from './regex/library.ts';
import { builderClasses } from './string-builder-library.ts';
import { caseInsensitiveOrder, stringClass } from './string-statics.ts';
import { tokenizerClass } from './tokenizer.ts';

export type { Encoding } from './charsets.ts';
export { decode, encode, findEncoding } from './charsets.ts';
export { bitwiseNegate, findRegex, matchRegex } from './gdk/matching.ts';
export { patternOf } from './regex/cache.ts';
export { JavaMatcher } from './regex/matcher.ts';
export { JavaPattern } from './regex/pattern.ts';
export { JavaStringBuffer, JavaStringBuilder } from './string-builder.ts';

const stringGroovyMethods: Extension = {
  holder: STRING_METHODS,
  methods: { ...shapeMethods, ...lineMethods, ...accessMethods, ...matchingMethods, ...matcherMethods },
};
const staticMethods: Extension = { holder: 'org.codehaus.groovy.runtime.DefaultGroovyStaticMethods', statics: matcherStatics };

export const textLibrary: Library = {
  classes: [
    { name: 'java.lang.CharSequence', kind: 'interface', methods: charSequenceMethods },
    stringClass,
    caseInsensitiveOrder,
    ...builderClasses,
    gstringClass,
    tokenizerClass,
    ...regexClasses,
    { name: MATCHER_ITERATOR, interfaces: ['java.util.Iterator'], methods: {} },
  ],
  extensions: [stringGroovyMethods, staticMethods],
};
