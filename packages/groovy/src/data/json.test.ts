/** groovy.json: reading with its tolerance and messages, writing, builders. */
import { checkAnswers } from '../time/testing/answers.ts';

const IMPORTS = `import groovy.json.*`;

const PRELUDE = `
def js = { new JsonSlurper().parseText(it) }
def j = { JsonOutput.toJson(it) }
class MapX { String name = 'n'; int size = 3; private int hidden = 4; def getZed() { 9 } }
`;

/** An expression, and what Groovy 2.4.21 on Java 17 prints for it. */
const ANSWERS: readonly (readonly [string, string])[] = [
  [
    'js(\'{"b":1,"a":[1,2.5,1e3,true,null,"x\\\\u00e9\\\\n"],"c":{}}\').toString() + js(\'{"b":1}\').getClass() + js(\'[1]\').getClass() ',
    '{a=[1, 2.5, 1E+3, true, null, xé\n], b=1, c={}}class groovy.json.internal.LazyMapclass java.util.ArrayList',
  ],
  [
    "['1','12345678901','123456789012345678901','1.0','1e3','-0','1E-5','-1.50','0','true','\"s\"'].collect { def v = js('[' + it + ']')[0]; v.toString() + v.getClass().simpleName }",
    '[1Integer, 12345678901Long, -5670419503621182411Long, 1.0BigDecimal, 1E+3BigDecimal, 0Integer, 0.00001BigDecimal, -1.50BigDecimal, 0Integer, trueBoolean, sString]',
  ],
  ['js(null)', 'java.lang.IllegalArgumentException: Text must not be null or empty'],
  ['def m = js(\'{"z":1,"y":2,"x":3,"a":4}\'); m.keySet().toString() + m.collect { k, v -> k } + m.toString()', '[a, x, y, z][a, x, y, z]{a=4, x=3, y=2, z=1}'],
  [
    'new JsonSlurperClassic().parseText(\'{"z":1,"y":2,"x":3,"aaa":4}\').toString() + new JsonSlurperClassic().parseText(\'{"z":1,"y":2}\').getClass()',
    '[aaa:4, x:3, y:2, z:1]class java.util.HashMap',
  ],
  [
    "j([a:1, b:[1,2.50,3L,4.0d,5.5f,true,null,'x\"\\\\/\\n\\u00e9\\u2028\\u0001', 'c' as char], (1):2, c:new Date(0)])",
    '{"a":1,"b":[1,2.50,3,4.0,5.5,true,null,"x\\"\\\\/\\n\\u00e9\\u2028\\u0001","c"],"1":2,"c":"1970-01-01T00:00:00+0000"}',
  ],
  [
    "j(null) + j(true) + j('x') + j('x' as char) + j(1.10) + j([]) + j([:]) + j(1..3) + j([1,2] as int[]) + j(['a'] as Set) + j(['x':\"${1+1}\"])",
    'nulltrue"x""x"1.10[]{}[1,2,3][1,2]["a"]{"x":"2"}',
  ],
  ['j(Double.NaN)', "groovy.json.JsonException: Number NaN can't be serialized as JSON: NaN are not allowed in JSON."],
  ['j([(null):1])', "java.lang.IllegalArgumentException: Maps with null keys can't be converted to JSON"],
  ['j({ a 1; b { c 2 } })', '{"a":1,"b":{"c":2}}'],
  ['j(new Expando(a:1))', '{"a":1}'],
  ["j(new StringBuilder('x'))", '"x"'],
  [
    'JsonOutput.prettyPrint(\'{"a":1,"b":[1,2,{"c":null}],"d":{},"e":[],"f":"x"}\')',
    '{\n    "a": 1,\n    "b": [\n        1,\n        2,\n        {\n            "c": null\n        }\n    ],\n    "d": {\n        \n    },\n    "e": [\n        \n    ],\n    "f": "x"\n}',
  ],
  ["JsonOutput.prettyPrint('[]') + JsonOutput.prettyPrint('1') + JsonOutput.prettyPrint('')", '[\n    \n]'],
  [
    'JsonOutput.prettyPrint(\'{"a":tru}\')',
    "groovy.json.JsonException: Lexing failed on line: 1, column: 10, while reading 'tru}', was trying to match the constant 'true'",
  ],
  ['JsonOutput.prettyPrint(\'{"a": "\\\\u00e9 \\\\" \\\\n é"}\')', '{\n    "a": "\\u00e9 \\" \\n \\u00e9"\n}'],
  ['new JsonBuilder([a:1,b:[1,2]]).toPrettyString() + new JsonBuilder([1,2]).toString()', '{\n    "a": 1,\n    "b": [\n        1,\n        2\n    ]\n}[1,2]'],
  [
    "def b = new JsonBuilder(); b.person { name 'x'; age 3; address(street: 'a', no: 2); tags(['a','b']); kids([1,2]) { k -> n k } }; b.toString() + b.content",
    '{"person":{"name":"x","age":3,"address":{"street":"a","no":2},"tags":["a","b"],"kids":[{"n":1},{"n":2}]}}[person:[name:x, age:3, address:[street:a, no:2], tags:[a, b], kids:[[n:1], [n:2]]]]',
  ],
  ['def b = new JsonBuilder(); b(a: 1); b.toString()', '{"a":1}'],
  ['def b = new JsonBuilder(); b([1,2,3]) { v -> x v }; b.toString()', '[{"x":1},{"x":2},{"x":3}]'],
  [
    'def b = new JsonBuilder(); b.foo(1)',
    'groovy.json.JsonException: Expected no arguments, a single map, a single closure, or a map and closure as arguments.',
  ],
  ['def b = new JsonBuilder(); b.call { a 1 ; b 1,2 }; b.toString()', '{"a":1}'],
  [
    "def w = new StringWriter(); def b = new StreamingJsonBuilder(w); b.person { name 'x'; age 3; c { d 1 } }; w.toString()",
    '{"person":{"name":"x","age":3,"c":{"d":1}}}',
  ],
  ["JsonOutput.unescaped('x')", 'x'],
  ['js(\'{"a":{"b":[{"c":1}]}}\').a.b[0].c', '1'],
  ['js(\'{"a":1}\').b', 'null'],
  ["def m = js('{\"a\":1}'); m.b = 2; m.remove('a'); m", '{b=2}'],
  ["js('[[],[[]]]')", '[[], [[]]]'],
  ['js(\'{"a":"x"}\').a.getClass()', 'class java.lang.String'],
  ['js(\'{"d":"2020-01-01T00:00:00Z"}\').d.getClass()', 'class java.lang.String'],
  ["j('a\\tb\\bc\\fd\\re</x>')", '"a\\tb\\bc\\fd\\re</x>"'],
  ['j([a: js(\'{"b":1.0}\')])', '{"a":{"b":1.0}}'],
  ['new JsonSlurper().parseText(\'{"a": 1.10}\').a.getClass()', 'class java.math.BigDecimal'],
  ['JsonOutput.prettyPrint(j([a:[b:[c:1]]]))', '{\n    "a": {\n        "b": {\n            "c": 1\n        }\n    }\n}'],
  ["j('日本 \\ud83d\\ude00 \\u007f \\u0080')", '"\\u65e5\\u672c \\ud83d\\ude00 \\u007f \\u0080"'],
  ['js(\'{"a":"日本"}\')', '{a=日本}'],
  ['js(\'{"a" : 1 , "b" :\\t[ ] }\')', '{a=1, b=[]}'],
  ["js('99999999999999999999.5')", '99999999999999999999.5'],
  [
    "js('[2147483648, -2147483649, 9223372036854775808, 1.7976931348623157E400]').collect { it.class }",
    '[class java.lang.Long, class java.lang.Long, class java.lang.Long, class java.math.BigDecimal]',
  ],
  ["js('').inspect()", 'java.lang.IllegalArgumentException: Text must not be null or empty'],
  [
    "js('   ').inspect()",
    'groovy.json.JsonException: Unable to determine the current character, it is not a string, number, array, or object\n\nThe current character read is [SPACE] with an int value of 32\nUnable to determine the current character, it is not a string, number, array, or object\nline number 1\nindex number 2\n   \n..^',
  ],
  ["js('{').inspect()", '[:]'],
  [
    "js('[').inspect()",
    "groovy.json.JsonException: Did not find end of Json Array\n\nThe current character read is '[' with an int value of 91\nDid not find end of Json Array\nline number 1\nindex number 1\n[\n.^",
  ],
  [
    'js(\'{"a"}\').inspect()',
    "groovy.json.JsonException: expecting current character to be '}' with an int value of 125\n\n\nThe current character read is '}' with an int value of 125\nexpecting current character to be '}' with an int value of 125\n\nline number 1\nindex number 4\n{\"a\"}\n....^",
  ],
  [
    'js(\'{"a":}\').inspect()',
    'groovy.json.JsonException: Unable to determine the current character, it is not a string, number, array, or object\n\nThe current character read is \'}\' with an int value of 125\nUnable to determine the current character, it is not a string, number, array, or object\nline number 1\nindex number 5\n{"a":}\n.....^',
  ],
  ['js(\'{"a":1,}\').inspect()', "['a':1]"],
  [
    "js('[1,]').inspect()",
    "groovy.json.JsonException: Did not find end of Json Array\n\nThe current character read is '1' with an int value of 49\nDid not find end of Json Array\nline number 1\nindex number 3\n[1,]\n...^",
  ],
  [
    "js('[1 2]').inspect()",
    "groovy.json.JsonException: expecting a ',' or a ']',  but got \nthe current character of  '2' with an int value of 50  on array index of 1 \n\n\nThe current character read is '2' with an int value of 50\nexpecting a ',' or a ']',  but got \nthe current character of  '2' with an int value of 50  on array index of 1 \n\nline number 1\nindex number 3\n[1 2]\n...^",
  ],
  [
    "js('{a:1}').inspect()",
    "groovy.json.JsonException: expecting '}' or ',' but got current char 'a' with an int value of 97\n\nThe current character read is 'a' with an int value of 97\nexpecting '}' or ',' but got current char 'a' with an int value of 97\nline number 1\nindex number 1\n{a:1}\n.^",
  ],
  [
    "js('tru').inspect()",
    "groovy.json.JsonException: true not parsed properly\n\nThe current character read is 't' with an int value of 116\ntrue not parsed properly\nline number 1\nindex number 0\ntru\n^",
  ],
  ["js('true').inspect()", 'true'],
  ["js('\"abc').inspect()", "'abc'"],
  ["js('[1]x').inspect()", '[1]'],
  ["js('01').inspect()", '1'],
  ["js('-').inspect()", 'groovy.json.internal.Exceptions$JsonInternalException: died'],
  ["js('1.').inspect()", '1'],
  [
    "js('+1').inspect()",
    "groovy.json.JsonException: Unable to determine the current character, it is not a string, number, array, or object\n\nThe current character read is '+' with an int value of 43\nUnable to determine the current character, it is not a string, number, array, or object\nline number 1\nindex number 0\n+1\n^",
  ],
  [
    'js(\'{"a":1 "b":2}\').inspect()',
    "groovy.json.JsonException: expecting '}' or ',' but got current char '\"' with an int value of 34\n\nThe current character read is '\"' with an int value of 34\nexpecting '}' or ',' but got current char '\"' with an int value of 34\nline number 1\nindex number 7\n{\"a\":1 \"b\":2}\n.......^",
  ],
  [
    "js('x').inspect()",
    "groovy.json.JsonException: Unable to determine the current character, it is not a string, number, array, or object\n\nThe current character read is 'x' with an int value of 120\nUnable to determine the current character, it is not a string, number, array, or object\nline number 1\nindex number 0\nx\n^",
  ],
  [
    'js(\'{"a":\\n x}\').inspect()',
    "groovy.json.JsonException: Unable to determine the current character, it is not a string, number, array, or object\n\nThe current character read is 'x' with an int value of 120\nUnable to determine the current character, it is not a string, number, array, or object\nline number 2\nindex number 7\n x}\n.^",
  ],
  [
    "js('[1,2').inspect()",
    "groovy.json.JsonException: Did not find end of Json Array\n\nThe current character read is '1' with an int value of 49\nDid not find end of Json Array\nline number 1\nindex number 3\n[1,2\n...^",
  ],
  [
    "js('[1,22').inspect()",
    "groovy.json.JsonException: issue parsing JSON array\n\nThe current character read is '2' with an int value of 50\nissue parsing JSON array\nline number 1\nindex number 5\n[1,22\n.....^",
  ],
  [
    'js(\'{"a":[1,{"b":2]}\').inspect()',
    "groovy.json.JsonException: expecting '}' or ',' but got current char ']' with an int value of 93\n\nThe current character read is ']' with an int value of 93\nexpecting '}' or ',' but got current char ']' with an int value of 93\nline number 1\nindex number 14\n{\"a\":[1,{\"b\":2]}\n..............^",
  ],
  [
    "js('[nan]').inspect()",
    "groovy.json.JsonException: null not parse properly\n\nThe current character read is 'n' with an int value of 110\nnull not parse properly\nline number 1\nindex number 2\n[nan]\n..^",
  ],
  [
    "js('[,1]').inspect()",
    "groovy.json.JsonException: Unable to determine the current character, it is not a string, number, array, or object\n\nThe current character read is ',' with an int value of 44\nUnable to determine the current character, it is not a string, number, array, or object\nline number 1\nindex number 1\n[,1]\n.^",
  ],
  ["js('{,}').inspect()", '[:]'],
  ['js(\'{"a":1,"a":2}\').inspect()', "['a':2]"],
  ["js('[1,2x]').inspect()", 'groovy.json.internal.Exceptions$JsonInternalException: unexpected character x'],
  ["js('1e').inspect()", 'java.lang.NumberFormatException: null'],
  ['js(\'"\\\\u12"\').inspect()', "'12'"],
  ['js(\'"\\\\q"\').inspect()', 'groovy.json.JsonException: Unable to decode string'],
  ["js('null').inspect()", 'null'],
  ["js('5').inspect()", '5'],
  ["new JsonSlurperClassic().parseText('').inspect()", 'java.lang.IllegalArgumentException: The JSON input text should neither be null nor empty.'],
  [
    "new JsonSlurperClassic().parseText('   ').inspect()",
    'java.lang.NullPointerException: Cannot invoke "groovy.json.JsonToken.getType()" because "token" is null',
  ],
  [
    "new JsonSlurperClassic().parseText('{').inspect()",
    'groovy.json.JsonException: Expected a String key on line: 1, column: 2.\nBut got an unterminated object.',
  ],
  ["new JsonSlurperClassic().parseText('[').inspect()", 'groovy.json.JsonException: Expected a value on line: 1, column: 2.\nBut got an unterminated array.'],
  ['new JsonSlurperClassic().parseText(\'{"a"}\').inspect()', "groovy.json.JsonException: Expected a colon ':' on line: 1, column: 5.\nBut got '}' instead."],
  [
    'new JsonSlurperClassic().parseText(\'{"a":}\').inspect()',
    "groovy.json.JsonException: Expected a value, an array, or an object on line: 1, column: 6.\nBut got '}' instead.",
  ],
  ['new JsonSlurperClassic().parseText(\'{"a":1,}\').inspect()', "['a':1]"],
  ["new JsonSlurperClassic().parseText('[1,]').inspect()", '[1]'],
  [
    "new JsonSlurperClassic().parseText('[1 2]').inspect()",
    "groovy.json.JsonException: Expected a value or a closing square bracket ']' on line: 1 column: 4.\nBut got '2' instead.",
  ],
  [
    "new JsonSlurperClassic().parseText('tru').inspect()",
    "groovy.json.JsonException: Lexing failed on line: 1, column: 4, while reading 'tru\u0000', was trying to match the constant 'true'",
  ],
  [
    "new JsonSlurperClassic().parseText('true').inspect()",
    "groovy.json.JsonException: A JSON payload should start with an openning curly brace '{' or an openning square bracket '['.\nInstead, 'true' was found on line: 1, column: 1",
  ],
  [
    "new JsonSlurperClassic().parseText('\"abc').inspect()",
    'java.lang.NullPointerException: Cannot invoke "groovy.json.JsonToken.getType()" because "token" is null',
  ],
  ["new JsonSlurperClassic().parseText('[1]x').inspect()", '[1]'],
  [
    "new JsonSlurperClassic().parseText('01').inspect()",
    'java.lang.NullPointerException: Cannot invoke "groovy.json.JsonToken.getType()" because "token" is null',
  ],
  [
    "new JsonSlurperClassic().parseText('-').inspect()",
    'java.lang.NullPointerException: Cannot invoke "groovy.json.JsonToken.getType()" because "token" is null',
  ],
  [
    "new JsonSlurperClassic().parseText('1.').inspect()",
    'java.lang.NullPointerException: Cannot invoke "groovy.json.JsonToken.getType()" because "token" is null',
  ],
  [
    "new JsonSlurperClassic().parseText('+1').inspect()",
    "groovy.json.JsonException: Lexing failed on line: 1, column: 1, while reading '+', no possible valid JSON value or punctuation could be recognized.",
  ],
  [
    'new JsonSlurperClassic().parseText(\'{"a":1 "b":2}\').inspect()',
    "groovy.json.JsonException: Expected a value or a closing curly brace '}' on line: 1, column: 8.\nBut got '\"b\"' instead.",
  ],
  [
    "new JsonSlurperClassic().parseText('x').inspect()",
    "groovy.json.JsonException: Lexing failed on line: 1, column: 1, while reading 'x', no possible valid JSON value or punctuation could be recognized.",
  ],
  [
    'new JsonSlurperClassic().parseText(\'{"a":\\n x}\').inspect()',
    "groovy.json.JsonException: Lexing failed on line: 2, column: 2, while reading 'x', no possible valid JSON value or punctuation could be recognized.",
  ],
  [
    "new JsonSlurperClassic().parseText('[1,2').inspect()",
    'groovy.json.JsonException: Expected a value on line: 1, column: 5.\nBut got an unterminated array.',
  ],
  [
    "new JsonSlurperClassic().parseText('[1,22').inspect()",
    'groovy.json.JsonException: Expected a value on line: 1, column: 6.\nBut got an unterminated array.',
  ],
  [
    'new JsonSlurperClassic().parseText(\'{"a":[1,{"b":2]}\').inspect()',
    "groovy.json.JsonException: Expected a value or a closing curly brace '}' on line: 1, column: 15.\nBut got ']' instead.",
  ],
  [
    "new JsonSlurperClassic().parseText('[nan]').inspect()",
    "groovy.json.JsonException: Lexing failed on line: 1, column: 6, while reading 'nan]', was trying to match the constant 'null'",
  ],
];

checkAnswers({ imports: IMPORTS, prelude: PRELUDE, answers: ANSWERS });
