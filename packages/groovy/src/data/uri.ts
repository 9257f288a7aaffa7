/** java.net.URI and URL as values, URLEncoder and URLDecoder. Nothing here opens a connection. */
import type { Extension, NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';
import type { Encoding } from '../text/charsets.ts';
import { decode, encode } from '../text/charsets.ts';
import { type Charset, encodingNamed } from './bytes.ts';

/** As `application/x-www-form-urlencoded`. */
export function urlEncode(text: string, encoding: Encoding): string {
  return text.replace(/[^A-Za-z0-9.\-*_ ]+|\u0020/g, (run) =>
    run === ' ' ? '+' : Array.from(encode(run, encoding), (b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
export function urlDecode(text: string, encoding: Encoding): string {
  return text.replace(/\+|(?:%[^]{0,2})+/g, (run) => {
    if (run === '+') return ' ';
    const bytes: number[] = [];
    let rest = '';
    for (let i = 0; i < run.length; i += 3) {
      const pair = run.slice(i + 1, i + 3);
      if (run[i] !== '%') {
        rest = run.slice(i);
        break;
      }
      if (pair.length < 2) throw new JavaThrowable('java.lang.IllegalArgumentException', 'URLDecoder: Incomplete trailing escape (%) pattern');
      if (!/^[0-9a-fA-F]{2}$/.test(pair)) {
        throw new JavaThrowable(
          'java.lang.IllegalArgumentException',
          `URLDecoder: Illegal hex characters in escape (%) pattern - Error at index ${/^[0-9a-fA-F]/.test(pair) ? 1 : 0} in: "${pair}"`,
        );
      }
      bytes.push(Number.parseInt(pair, 16));
    }
    return decode(Uint8Array.from(bytes), encoding) + rest;
  });
}

export interface UriParts {
  readonly scheme: string | null;
  readonly specific: string;
  readonly authority: string | null;
  readonly userInfo: string | null;
  readonly host: string | null;
  readonly port: number;
  readonly path: string | null;
  readonly query: string | null;
  readonly fragment: string | null;
}

/** RFC 2396 as java.net.URI reads it. Throws URISyntaxException. */
export function parseUri(text: string): UriParts {
  const fail = (why: string, at: number): JavaThrowable => {
    const failure = new JavaThrowable('java.net.URISyntaxException', `${why}${at >= 0 ? ` at index ${at}` : ''}: ${text}`);
    failure.data = { reason: why, index: at, input: text };
    return failure;
  };
  if (text === '') return { scheme: null, specific: '', authority: null, userInfo: null, host: null, port: -1, path: '', query: null, fragment: null };
  const colon = text.search(/[/?#:]/);
  let scheme: string | null = null,
    start = 0;
  if (colon >= 0 && text[colon] === ':') {
    if (colon === 0) throw fail('Expected scheme name', 0);
    const bad = text.slice(0, colon).search(/^[^A-Za-z]|[^A-Za-z0-9+\-.]/);
    if (bad >= 0) throw fail(`Illegal character in scheme name`, bad);
    scheme = text.slice(0, colon);
    start = colon + 1;
  }
  const hash = text.indexOf('#', start);
  const end = hash < 0 ? text.length : hash;
  const fragment = hash < 0 ? null : text.slice(hash + 1);
  const check = (part: string, at: number, allowed: RegExp, what: string): void => {
    for (let i = 0; i < part.length; i++) {
      const c = part[i] as string;
      if (c === '%') {
        if (!/^%[0-9a-fA-F]{2}/.test(part.slice(i, i + 3))) throw fail('Malformed escape pair', at + i);
      } else if (c.charCodeAt(0) > 127 ? /[\s\p{Cc}]/u.test(c) : !allowed.test(c)) throw fail(`Illegal character in ${what}`, at + i);
    }
  };
  const anywhere = /[A-Za-z0-9_\-!.~'()*;/?:@&=+$,[\]]/;
  if (fragment !== null) check(fragment, hash + 1, anywhere, 'fragment');
  const specific = text.slice(start, end);
  if (scheme !== null && specific === '') throw fail('Expected scheme-specific part', start);
  if (scheme !== null && specific[0] !== '/') {
    check(specific, start, anywhere, 'opaque part');
    return { scheme, specific, authority: null, userInfo: null, host: null, port: -1, path: null, query: null, fragment };
  }
  let at = start;
  let authority: string | null = null;
  if (specific.startsWith('//')) {
    const authorityEnd = at + 2 + specific.slice(2).search(/[/?]|$/);
    authority = text.slice(at + 2, authorityEnd);
    if (authority === '') {
      if (authorityEnd >= text.length) throw fail('Expected authority', at + 2);
      authority = null;
    } else if (/[^A-Za-z0-9_\-!.~'()*;:@&=+$,[\]%\u0080-\uffff]/.test(authority)) throw fail('Illegal character in authority', at + 2);
    else check(authority, at + 2, /[^\s]/, 'authority');
    at = authorityEnd;
  }
  const queryAt = text.slice(at, end).indexOf('?');
  const path = text.slice(at, queryAt < 0 ? end : at + queryAt);
  const query = queryAt < 0 ? null : text.slice(at + queryAt + 1, end);
  check(path, at, /[A-Za-z0-9_\-!.~'()*:@&=+$,;/]/, 'path');
  if (query !== null) check(query, at + queryAt + 1, anywhere, 'query');
  const found = authority === null ? null : /^(?:([^@]*)@)?(\[[^\]]*\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9.])?)(?::(\d*))?$/.exec(authority);
  const lastLabel = found?.[2]?.replace(/\.$/, '').split('.').pop() ?? '';
  const server = found !== null && (found[2]?.startsWith('[') === true || /^[A-Za-z]/.test(lastLabel) || /^\d+\.\d+\.\d+\.\d+$/.test(found[2] ?? ''));
  return {
    scheme,
    specific,
    authority,
    path,
    query,
    fragment,
    userInfo: server ? (found?.[1] ?? null) : null,
    host: server ? (found?.[2] ?? null) : null,
    port: server && (found?.[3] ?? '') !== '' ? Number(found?.[3]) : -1,
  };
}

export class Uri extends JavaObject {
  readonly text: string;
  readonly parts: UriParts;
  constructor(text: string) {
    super();
    this.text = text;
    this.parts = parseUri(text);
  }
  get $type(): string {
    return 'java.net.URI';
  }
  override javaString(): string {
    return this.text;
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Uri && other.text === this.text;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.text);
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return other instanceof Uri ? (this.text < other.text ? -1 : this.text > other.text ? 1 : 0) : 0;
  }

  static of(scheme: string | null, authority: string | null, path: string | null, query: string | null, fragment: string | null): Uri {
    return new Uri(
      (scheme === null ? '' : `${scheme}:`) +
        (authority === null ? '' : `//${authority}`) +
        (path ?? '') +
        (query === null ? '' : `?${query}`) +
        (fragment === null ? '' : `#${fragment}`),
    );
  }
  normalized(): Uri {
    const { scheme, authority, path, query, fragment } = this.parts;
    return path === null ? this : Uri.of(scheme, authority, withoutDots(path), query, fragment);
  }
  resolve(given: Uri): Uri {
    const base = this.parts,
      other = given.parts;
    if (other.path === null || base.path === null || other.scheme !== null) return given;
    if (other.authority !== null) return Uri.of(base.scheme, other.authority, other.path, other.query, other.fragment);
    if (other.path === '' && other.query === null && other.fragment !== null) return Uri.of(base.scheme, base.authority, base.path, base.query, other.fragment);
    const path = other.path.startsWith('/') ? other.path : withoutDots(base.path.slice(0, base.path.lastIndexOf('/') + 1) + other.path);
    return Uri.of(base.scheme, base.authority, path, other.query, other.fragment);
  }
  relativize(given: Uri): Uri {
    const base = this.normalized().parts,
      other = given.normalized().parts;
    if (base.path === null || other.path === null || base.scheme !== other.scheme || base.authority !== other.authority) return given;
    const folder = base.path.endsWith('/') || base.path === '' ? base.path : `${base.path}/`;
    if (other.path === base.path) return Uri.of(null, null, '', other.query, other.fragment);
    return other.path.startsWith(folder) ? Uri.of(null, null, other.path.slice(folder.length), other.query, other.fragment) : given;
  }
}
function withoutDots(path: string): string {
  const out: string[] = [];
  const segments = path.split('/');
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === '.') {
      if (last) out.push('');
    } else if (segment === '..' && out.length > 0 && out[out.length - 1] !== '..' && out[out.length - 1] !== '') {
      out.pop();
      if (last) out.push('');
    } else out.push(segment);
  });
  return out.join('/');
}
/** `%xx` sequences as UTF-8 text. */
const decoded = (part: string | null): string | null =>
  part === null
    ? null
    : part.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
        decode(
          Uint8Array.from(run.match(/[0-9a-fA-F]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16)),
          'UTF-8',
        ),
      );

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21, file: -1, jar: -1 };

export class Url extends JavaObject {
  readonly text: string;
  readonly protocol: string;
  readonly authority: string | null;
  readonly host: string;
  readonly port: number;
  readonly userInfo: string | null;
  readonly path: string;
  readonly query: string | null;
  readonly ref: string | null;
  /** Throws MalformedURLException. */
  constructor(spec: string) {
    super();
    const fail = (why: string): JavaThrowable => new JavaThrowable('java.net.MalformedURLException', why);
    const text = spec.trim();
    const found = /^(?:url:)?([A-Za-z][A-Za-z0-9+.-]*):(.*)$/is.exec(text);
    if (found === null) throw fail(`no protocol: ${spec}`);
    this.protocol = (found[1] as string).toLowerCase();
    if (!Object.hasOwn(PORTS, this.protocol)) throw fail(`unknown protocol: ${found[1]}`);
    let rest = found[2] as string;
    const hash = rest.indexOf('#');
    this.ref = hash < 0 ? null : rest.slice(hash + 1);
    if (hash >= 0) rest = rest.slice(0, hash);
    const question = rest.indexOf('?');
    this.query = question < 0 ? null : rest.slice(question + 1);
    if (question >= 0) rest = rest.slice(0, question);
    this.authority = rest.startsWith('//') ? (/^\/\/([^/]*)/.exec(rest)?.[1] ?? '') : null;
    this.path = this.authority === null ? rest : rest.slice(2 + this.authority.length);
    const at = (this.authority ?? '').lastIndexOf('@');
    this.userInfo = at < 0 ? null : (this.authority ?? '').slice(0, at);
    const server = (this.authority ?? '').slice(at + 1);
    const portAt = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(server);
    this.host = portAt?.[1] ?? server;
    const port = portAt?.[2];
    if (port !== undefined && port !== '' && !/^-?\d{1,10}$/.test(port)) throw fail(`Error at index ${port.search(/[^0-9]/)} in: "${port}"`);
    this.port = port === undefined || port === '' ? -1 : Number(port);
    if (this.port < -1) throw fail(`Invalid port number :${this.port}`);
    this.text =
      `${this.protocol}:${this.authority === null || this.authority === '' ? (this.authority === null || this.protocol === 'file' ? '' : '//') : `//${this.authority}`}${this.path}` +
      `${this.query === null ? '' : `?${this.query}`}${this.ref === null ? '' : `#${this.ref}`}`;
  }
  get $type(): string {
    return 'java.net.URL';
  }
  get file(): string {
    return this.path + (this.query === null ? '' : `?${this.query}`);
  }
  get defaultPort(): number {
    return PORTS[this.protocol] ?? -1;
  }
  override javaString(): string {
    return this.text;
  }
  /** By the text: Java would ask the name service whether two hosts are one. */
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof Url && other.text === this.text;
  }
  override javaHash(rt: Runtime): number {
    return rt.hash(this.text);
  }
}

const given = (text: string | null): string => {
  if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
  return text;
};
const NETWORK = ['method openConnection', 'method openStream', 'method getContent'];

export const uriClasses: readonly NativeClass[] = [
  {
    name: 'java.net.URI',
    interfaces: ['java.lang.Comparable', 'java.io.Serializable'],
    constructors: {
      '(java.lang.String)': (_rt, _self, text: string | null) => new Uri(given(text)),
      '(java.lang.String, java.lang.String, java.lang.String)': (_rt, _self, scheme: string, specific: string, fragment: string | null) =>
        new Uri(`${scheme}:${specific}${fragment === null ? '' : `#${fragment}`}`),
      '(java.lang.String, java.lang.String, java.lang.String, java.lang.String)': (
        _rt,
        _self,
        scheme: string | null,
        host: string | null,
        path: string | null,
        fragment: string | null,
      ) => Uri.of(scheme, host, path, null, fragment),
      '(java.lang.String, java.lang.String, java.lang.String, java.lang.String, java.lang.String)': (
        _rt,
        _self,
        scheme: string | null,
        authority: string | null,
        path: string | null,
        query: string | null,
        fragment: string | null,
      ) => Uri.of(scheme, authority, path, query, fragment),
    },
    statics: {
      'create(java.lang.String)': (_rt, _self, text: string) => {
        try {
          return new Uri(given(text));
        } catch (failure) {
          if (!(failure instanceof JavaThrowable) || failure.typeName !== 'java.net.URISyntaxException') throw failure;
          throw new JavaThrowable('java.lang.IllegalArgumentException', failure.detail, failure);
        }
      },
    },
    methods: {
      'getScheme()': (_rt, self: Uri) => self.parts.scheme,
      'getHost()': (_rt, self: Uri) => self.parts.host,
      'getPort()': (_rt, self: Uri) => self.parts.port,
      'getPath()': (_rt, self: Uri) => decoded(self.parts.path),
      'getRawPath()': (_rt, self: Uri) => self.parts.path,
      'getQuery()': (_rt, self: Uri) => decoded(self.parts.query),
      'getRawQuery()': (_rt, self: Uri) => self.parts.query,
      'getFragment()': (_rt, self: Uri) => decoded(self.parts.fragment),
      'getRawFragment()': (_rt, self: Uri) => self.parts.fragment,
      'getAuthority()': (_rt, self: Uri) => decoded(self.parts.authority),
      'getRawAuthority()': (_rt, self: Uri) => self.parts.authority,
      'getUserInfo()': (_rt, self: Uri) => decoded(self.parts.userInfo),
      'getSchemeSpecificPart()': (_rt, self: Uri) => decoded(self.parts.specific),
      'isAbsolute()': (_rt, self: Uri) => self.parts.scheme !== null,
      'isOpaque()': (_rt, self: Uri) => self.parts.path === null,
      'normalize()': (_rt, self: Uri) => self.normalized(),
      'resolve(java.lang.String)': (_rt, self: Uri, text: string) => self.resolve(new Uri(given(text))),
      'resolve(java.net.URI)': (_rt, self: Uri, other: Uri) => self.resolve(other),
      'relativize(java.net.URI)': (_rt, self: Uri, other: Uri) => self.relativize(other),
      'toASCIIString()': (_rt, self: Uri) =>
        self.text.replace(/[^\u0000-\u007f]+/g, (run) => Array.from(encode(run, 'UTF-8'), (b) => `%${b.toString(16).toUpperCase()}`).join('')),
      'compareTo(java.net.URI)': (rt, self: Uri, other: Uri) => self.javaCompare(rt, other),
      'toURL()': (_rt, self: Uri) => {
        if (self.parts.scheme === null) throw new JavaThrowable('java.lang.IllegalArgumentException', 'URI is not absolute');
        return new Url(self.text);
      },
    },
  },
  {
    name: 'java.net.URISyntaxException',
    superclass: 'java.lang.Exception',
    methods: {
      'getReason()': (_rt, self: JavaThrowable) => (self.data as { reason?: string } | undefined)?.reason ?? null,
      'getIndex()': (_rt, self: JavaThrowable) => (self.data as { index?: number } | undefined)?.index ?? -1,
      'getInput()': (_rt, self: JavaThrowable) => (self.data as { input?: string } | undefined)?.input ?? null,
    },
  },
  {
    name: 'java.net.URL',
    interfaces: ['java.io.Serializable'],
    constructors: { '(java.lang.String)': (_rt, _self, text: string | null) => new Url(given(text)) },
    methods: {
      'getProtocol()': (_rt, self: Url) => self.protocol,
      'getHost()': (_rt, self: Url) => self.host,
      'getPort()': (_rt, self: Url) => self.port,
      'getDefaultPort()': (_rt, self: Url) => self.defaultPort,
      'getPath()': (_rt, self: Url) => self.path,
      'getFile()': (_rt, self: Url) => self.file,
      'getQuery()': (_rt, self: Url) => self.query,
      'getRef()': (_rt, self: Url) => self.ref,
      'getAuthority()': (_rt, self: Url) => self.authority,
      'getUserInfo()': (_rt, self: Url) => self.userInfo,
      'toURI()': (_rt, self: Url) => new Uri(self.text),
      'toExternalForm()': (_rt, self: Url) => self.text,
    },
    restricted: NETWORK,
  },
  {
    name: 'java.net.URLEncoder',
    statics: {
      'encode(java.lang.String)': (_rt, _self, text: string) => urlEncode(given(text), 'UTF-8'),
      'encode(java.lang.String, java.lang.String)': (_rt, _self, text: string, name: string) => urlEncode(given(text), encodingNamed(name)),
      'encode(java.lang.String, java.nio.charset.Charset)': (_rt, _self, text: string, set: Charset) => urlEncode(given(text), set.encoding),
    },
  },
  {
    name: 'java.net.URLDecoder',
    statics: {
      'decode(java.lang.String)': (_rt, _self, text: string) => urlDecode(given(text), 'UTF-8'),
      'decode(java.lang.String, java.lang.String)': (_rt, _self, text: string, name: string) => urlDecode(given(text), encodingNamed(name)),
      'decode(java.lang.String, java.nio.charset.Charset)': (_rt, _self, text: string, set: Charset) => urlDecode(given(text), set.encoding),
    },
  },
];
/** Reading what a URL names: there is no network here. */
export const urlMethods: Extension = {
  holder: 'org.codehaus.groovy.runtime.StringGroovyMethods',
  methods: {
    'toURI(java.lang.CharSequence)': (rt, self: Value) => new Uri(rt.str(self)),
    'toURL(java.lang.CharSequence)': (rt, self: Value) => new Url(rt.str(self)),
  },
};
export const urlReading: Extension = {
  holder: 'org.codehaus.groovy.runtime.ResourceGroovyMethods',
  restricted: [
    'getText java.net.URL',
    'getText java.net.URL java.lang.String',
    'getText java.net.URL java.util.Map',
    'getBytes java.net.URL',
    'eachLine java.net.URL groovy.lang.Closure',
    'readLines java.net.URL',
    'newReader java.net.URL',
    'withReader java.net.URL groovy.lang.Closure',
    'newInputStream java.net.URL',
  ],
};
