/** Base64, URLs, digests, charsets, readers and Properties. */
import { checkAnswers } from '../time/testing/answers.ts';

const PRELUDE = `
def B = Base64
def md = { alg, s -> java.security.MessageDigest.getInstance(alg).digest(s.getBytes('UTF-8')).encodeHex().toString() }
`;

/** An expression, and what Groovy 2.4.21 on Java 17 prints for it. */
const ANSWERS: readonly (readonly [string, string])[] = [
  ["B.encoder.encodeToString('hello wörld'.getBytes('UTF-8'))", 'aGVsbG8gd8O2cmxk'],
  ["B.encoder.withoutPadding().encodeToString('a'.bytes) + B.urlEncoder.encodeToString([-1, -2, -3, -4] as byte[])", 'YQ__79_A=='],
  [
    "B.mimeEncoder.encodeToString(('x' * 100).bytes).inspect()",
    "'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\\r\\neHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eA=='",
  ],
  ["new String(B.decoder.decode('aGVsbG8=')) + new String(B.decoder.decode('aGVsbG8'))", 'hellohello'],
  ["B.decoder.decode('a')", 'java.lang.IllegalArgumentException: Input byte[] should at least have 2 bytes for base64 bytes'],
  ["B.decoder.decode('aGVsb*8=')", 'java.lang.IllegalArgumentException: Illegal base64 character 2a'],
  ["B.decoder.decode('aGVsbG8==')", 'java.lang.IllegalArgumentException: Input byte array has incorrect ending byte at 8'],
  ["B.decoder.decode('aGVsbG8=x')", 'java.lang.IllegalArgumentException: Input byte array has incorrect ending byte at 8'],
  ["B.decoder.decode('aGVsb')", 'java.lang.IllegalArgumentException: Last unit does not have enough valid bits'],
  ["B.decoder.decode('====')", 'java.lang.IllegalArgumentException: Input byte array has wrong 4-byte ending unit'],
  ["new String(B.mimeDecoder.decode('aGVs\\r\\nbG8='))", 'hello'],
  ["B.decoder.decode('') .length", '0'],
  ["'hello'.bytes.encodeBase64().toString() + ' ' + new String('aGVsbG8='.decodeBase64())", 'aGVsbG8= hello'],
  ["'a$b'.decodeBase64()", 'java.lang.RuntimeException: bad character in base64 value'],
  ["'hello'.bytes.encodeHex().toString() + ' ' + new String('68656c6c6f'.decodeHex())", '68656c6c6f hello'],
  ["'abc'.decodeHex()", 'java.lang.NumberFormatException: odd number of characters in hex string'],
  ["'zz'.decodeHex()", 'java.lang.NumberFormatException: For input string: "zz" under radix 16'],
  ["URLEncoder.encode('a b&c=d/é~*-._', 'UTF-8') + ' ' + URLDecoder.decode('a+b%26%C3%A9', 'UTF-8')", 'a+b%26c%3Dd%2F%C3%A9%7E*-._ a b&é'],
  ["URLDecoder.decode('%', 'UTF-8')", 'java.lang.IllegalArgumentException: URLDecoder: Incomplete trailing escape (%) pattern'],
  [
    "URLDecoder.decode('%zz', 'UTF-8')",
    'java.lang.IllegalArgumentException: URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: "zz"',
  ],
  ["URLEncoder.encode('x', 'nope')", 'java.io.UnsupportedEncodingException: nope'],
  [
    "new URI('http://h/a/b/c').resolve('../d').toString() + ' ' + new URI('http://h/a/b/../c/./d').normalize() + ' ' + new URI('http://h/a/').relativize(new URI('http://h/a/b/c')) + ' ' + new URI('http://h/a/b').resolve('?x') + ' ' + new URI('http://h/a/b').resolve('/z')",
    'http://h/a/d http://h/a/c/d b/c http://h/a/?x http://h/z',
  ],
  ["URI.create('a b')", 'java.lang.IllegalArgumentException: Illegal character in path at index 1: a b'],
  ["md('MD5', '') + ' ' + md('MD5', 'The quick brown fox' * 10)", 'd41d8cd98f00b204e9800998ecf8427e d92e278aa12a399fa497c80d6ca0bad9'],
  ["md('SHA-1', '') + ' ' + md('SHA-1', 'abc' * 50)", 'da39a3ee5e6b4b0d3255bfef95601890afd80709 84006ce0c85d22dd020fe7052ef1a9bc3c381dde'],
  [
    "md('SHA-256', '') + ' ' + md('SHA-256', 'é' * 100)",
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 f42ec48e1e4b487e590e0b3d4e58437c8327efa855d769709f4942a4f73a7eb6',
  ],
  [
    "md('SHA-512', '') + ' ' + md('SHA-512', 'x' * 300)",
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e 0dc240ae43b18eeacef4d7d8d64b945ade43c989b724d7c7062a8029f3343caa322b9fbf42d9ff0cda98f3d7ac5a560ca219b2e73cc041f37052dfa4e84ae624',
  ],
  ["md('SHA-384', 'abc')", 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'],
  ["md('SHA-3', '')", 'java.security.NoSuchAlgorithmException: SHA-3 MessageDigest not available'],
  ["def c = new java.util.zip.CRC32(); c.update('hello'.bytes); c.value", '907060870'],
  [
    "java.nio.charset.Charset.forName('utf8').toString() + java.nio.charset.StandardCharsets.UTF_16LE + java.nio.charset.Charset.defaultCharset()",
    'UTF-8UTF-16LEUTF-8',
  ],
  ["java.nio.charset.Charset.forName('nope')", 'java.nio.charset.UnsupportedCharsetException: nope'],
  ["java.nio.charset.Charset.forName('a b')", 'java.nio.charset.IllegalCharsetNameException: a b'],
  [
    "'é€'.getBytes('UTF-16').encodeHex().toString() + 'é€'.getBytes('ISO-8859-1').encodeHex() + 'é€'.getBytes(java.nio.charset.StandardCharsets.US_ASCII).encodeHex()",
    'feff00e920ace93f3f3f',
  ],
  ["new String([-61, -87, -1] as byte[], 'UTF-8') + new String([0x41, 0] as byte[], java.nio.charset.StandardCharsets.UTF_16LE)", 'é�A'],
  ["def r = new StringReader('a\\nb\\r\\nc'); r.readLine() + r.readLines() + r.text", 'java.io.IOException: Stream closed'],
  ['def r = new BufferedReader(new StringReader(\'l1\\nl2\')); def o = []; r.eachLine { l, n -> o << "$n:$l" }; o', '[1:l1, 2:l2]'],
  ["def r = new StringReader('abc'); [r.read(), r.skip(1), r.read(), r.read()]", '[97, 1, 99, -1]'],
  ["def w = new StringWriter(); w << 'a' << 1; w.write('b'); new PrintWriter(w).println('x'); w.toString()", 'a1bx\n'],
  [
    "def q = new Properties(); q.load(new StringReader('# c\\na=1\\nb : two\\\\\\n   more\\nc\\\\ d=x\\\\u0041\\ne\\n!x\\n  f   g h\\n')); new TreeMap(q).toString() + q.getProperty('a') + q.getProperty('z', 'def') + q.stringPropertyNames().sort()",
    '[a:1, b:twomore, c d:xA, e:, f:g h]1def[a, b, c d, e, f]',
  ],
  ["def q = new Properties(); q.load(new StringReader('a=\\\\u00zz'))", 'java.lang.IllegalArgumentException: Malformed \\uxxxx encoding.'],
  ["def q = new Properties(); q.setProperty('k', 'v'); q.k + q.getProperty('none') + q.size()", 'vnull1'],
  ["new ByteArrayInputStream('abc'.bytes).text", 'abc'],
  ["def o = new ByteArrayOutputStream(); o.write('abc'.bytes); o.toString() + o.size()", 'abc3'],
  ["new StringReader('x').withReader { it.text }", 'x'],
  [
    "def u = new URI('http://user:pw@host:8080/a/b%20c/../d?q=1&r=%26#frag'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[http, user:pw@host:8080, user:pw, host, 8080, /a/b c/../d, /a/b%20c/../d, q=1&r=&, frag, false]',
  ],
  [
    "def u = new URI('mailto:a@b.c'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[mailto, null, null, null, -1, null, null, null, null, true]',
  ],
  [
    "def u = new URI('/rel/path?x'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[null, null, null, null, -1, /rel/path, /rel/path, x, null, false]',
  ],
  [
    "def u = new URI(''); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[null, null, null, null, -1, , , null, null, false]',
  ],
  [
    "def u = new URI('a b'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    'java.net.URISyntaxException: Illegal character in path at index 1: a b',
  ],
  [
    "def u = new URI('http:'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    'java.net.URISyntaxException: Expected scheme-specific part at index 5: http:',
  ],
  [
    "def u = new URI(':x'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    'java.net.URISyntaxException: Expected scheme name at index 0: :x',
  ],
  [
    "def u = new URI('http://a b/'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    'java.net.URISyntaxException: Illegal character in authority at index 7: http://a b/',
  ],
  [
    "def u = new URI('1http://x'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    'java.net.URISyntaxException: Illegal character in scheme name at index 0: 1http://x',
  ],
  [
    "def u = new URI('http://[::1]:80/x'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[http, [::1]:80, null, [::1], 80, /x, /x, null, null, false]',
  ],
  [
    "def u = new URI('file:///tmp/x'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[file, null, null, null, -1, /tmp/x, /tmp/x, null, null, false]',
  ],
  [
    "def u = new URI('http://under_score/x'); [u.scheme, u.authority, u.userInfo, u.host, u.port, u.path, u.rawPath, u.query, u.fragment, u.opaque]",
    '[http, under_score, null, null, -1, /x, /x, null, null, false]',
  ],
  [
    "def u = new URL('http://user:pw@host:8080/a/b?q=1#frag'); [u, u.protocol, u.host, u.port, u.defaultPort, u.path, u.file, u.query, u.ref]",
    '[http://user:pw@host:8080/a/b?q=1#frag, http, host, 8080, 80, /a/b, /a/b?q=1, q=1, frag]',
  ],
  [
    "def u = new URL('host/x'); [u, u.protocol, u.host, u.port, u.defaultPort, u.path, u.file, u.query, u.ref]",
    'java.net.MalformedURLException: no protocol: host/x',
  ],
  [
    "def u = new URL('foo://x'); [u, u.protocol, u.host, u.port, u.defaultPort, u.path, u.file, u.query, u.ref]",
    'java.net.MalformedURLException: unknown protocol: foo',
  ],
  [
    "def u = new URL('file:/tmp/x'); [u, u.protocol, u.host, u.port, u.defaultPort, u.path, u.file, u.query, u.ref]",
    '[file:/tmp/x, file, , -1, -1, /tmp/x, /tmp/x, null, null]',
  ],
  [
    "def u = new URL('http://h:x/'); [u, u.protocol, u.host, u.port, u.defaultPort, u.path, u.file, u.query, u.ref]",
    'java.net.MalformedURLException: Error at index 0 in: "x"',
  ],
  [
    "def u = new URL('HTTP://H/x'); [u, u.protocol, u.host, u.port, u.defaultPort, u.path, u.file, u.query, u.ref]",
    '[http://H/x, http, H, -1, 80, /x, /x, null, null]',
  ],
];

checkAnswers({ prelude: PRELUDE, answers: ANSWERS });
