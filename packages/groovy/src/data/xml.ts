/**
 * An XML 1.0 parser with namespaces, for XmlSlurper and XmlParser. As Groovy configures its parsers, a DOCTYPE is an
 * error, so that there are no entities to expand and nothing outside is ever read. Messages are Xerces' own.
 */
import type { Runtime } from '../runtime/runtime.ts';
import { JavaThrowable } from '../runtime/values.ts';

export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly prefix: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  /** Prefixes declared here, to their URIs. */
  readonly declared: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
}

const NAME =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: a range may hold joiners and combining characters.
  /[:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\udfff\uf900-\ufdcf\ufdf0-\ufffd][-.0-9:A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c-\u200d\u203f\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\udfff\uf900-\ufdcf\ufdf0-\ufffd]*/y;
const SPACE = /[ \t\r\n]*/y;
// The characters that XML does not allow.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const XML_URI = 'http://www.w3.org/XML/1998/namespace';
const MAX_DEPTH = 1500;
const UNFINISHED = 'XML document structures must start and end within the same entity.';

export interface XmlOptions {
  readonly namespaceAware: boolean;
  readonly keepSpace: boolean;
}

/** Throws SAXParseException. */
export function parseXml(rt: Runtime, text: string, options: XmlOptions): XmlElement {
  rt.alloc(text.length);
  return new XmlParser(text.replace(/\r\n?/g, '\n'), options).document();
}

interface Open {
  element: XmlElement;
  scope: ReadonlyMap<string, string>;
  text: string;
}

class XmlParser {
  readonly #text: string;
  readonly #options: XmlOptions;
  #at = 0;
  constructor(text: string, options: XmlOptions) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#options = options;
  }

  #fail(message: string, at: number = this.#at): JavaThrowable {
    const before = this.#text.slice(0, at);
    const failure = new JavaThrowable('org.xml.sax.SAXParseException', message);
    failure.data = { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
    return failure;
  }
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
  #starts(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }
  #allowed(text: string, at: number): string {
    const bad = FORBIDDEN.exec(text);
    if (bad !== null) {
      const code = bad[0].charCodeAt(0).toString(16);
      throw this.#fail(`An invalid XML character (Unicode: 0x${code}) was found in the element content of the document.`, at + bad.index);
    }
    return text;
  }

  document(): XmlElement {
    if (/^<\?xml[ \t\n]/.test(this.#text)) this.#declaration();
    let root: XmlElement | null = null;
    for (;;) {
      this.#match(SPACE);
      if (this.#at >= this.#text.length) break;
      if (this.#starts('<!--')) this.#comment();
      else if (this.#starts('<?')) this.#instruction();
      else if (root !== null) {
        throw this.#fail(
          this.#text[this.#at] === '<'
            ? 'The markup in the document following the root element must be well-formed.'
            : 'Content is not allowed in trailing section.',
        );
      } else if (this.#starts('<!DOCTYPE')) {
        throw this.#fail('DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.');
      } else if (this.#text[this.#at] !== '<') throw this.#fail('Content is not allowed in prolog.');
      else root = this.#root();
    }
    if (root === null) throw this.#fail('Premature end of file.');
    return root;
  }

  #declaration(): void {
    const end = this.#text.indexOf('?>', this.#at);
    const declaration = this.#text.slice(5, Math.max(5, end));
    if (end < 0) throw this.#fail(UNFINISHED);
    if (
      !/^[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.[01]"|'1\.[01]')([ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][-A-Za-z0-9._]*"|'[A-Za-z][-A-Za-z0-9._]*'))?([ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*$/.test(
        declaration,
      )
    ) {
      throw this.#fail('The version is required in the XML declaration.');
    }
    this.#at = end + 2;
  }
  #comment(): void {
    const end = this.#text.indexOf('--', this.#at + 4);
    if (end < 0) throw this.#fail(UNFINISHED);
    if (this.#text[end + 2] !== '>') throw this.#fail('The string "--" is not permitted within comments.', end);
    this.#allowed(this.#text.slice(this.#at, end), this.#at);
    this.#at = end + 3;
  }
  #instruction(): void {
    this.#at += 2;
    const target = this.#match(NAME);
    if (target === '') throw this.#fail('The processing instruction must begin with the name of the target.');
    if (target.toLowerCase() === 'xml') throw this.#fail('The processing instruction target matching "[xX][mM][lL]" is not allowed.');
    const end = this.#text.indexOf('?>', this.#at);
    if (end < 0) throw this.#fail(UNFINISHED);
    this.#at = end + 2;
  }

  #root(): XmlElement {
    const stack: Open[] = [];
    const first = this.#startTag(new Map([['xml', XML_URI]]), true);
    if (first.closed) return first.open.element;
    stack.push(first.open);
    for (;;) {
      const open = stack[stack.length - 1] as Open;
      const next = this.#text.indexOf('<', this.#at);
      if (next < 0) throw this.#fail(UNFINISHED, this.#text.length);
      this.#characters(open, next);
      if (this.#starts('</')) {
        this.#at += 2;
        const name = this.#match(NAME);
        this.#match(SPACE);
        if (name !== open.element.name || this.#text[this.#at] !== '>') {
          if (this.#at >= this.#text.length && open.element.name.startsWith(name)) throw this.#fail(UNFINISHED);
          throw this.#fail(
            name !== open.element.name
              ? `The element type "${open.element.name}" must be terminated by the matching end-tag "</${open.element.name}>".`
              : `The end-tag for element type "${name}" must end with a '>' delimiter.`,
          );
        }
        this.#at++;
        this.#flush(open);
        stack.pop();
        if (stack.length === 0) return open.element;
      } else if (this.#starts('<!--')) this.#comment();
      else if (this.#starts('<![CDATA[')) {
        const end = this.#text.indexOf(']]>', this.#at);
        if (end < 0) throw this.#fail(UNFINISHED, this.#text.length);
        open.text += this.#allowed(this.#text.slice(this.#at + 9, end), this.#at + 9);
        this.#at = end + 3;
      } else if (this.#starts('<?')) this.#instruction();
      else {
        this.#flush(open);
        const child = this.#startTag(open.scope, false);
        open.element.children.push(child.open.element);
        if (!child.closed) {
          if (stack.length >= MAX_DEPTH) throw new JavaThrowable('java.lang.StackOverflowError');
          stack.push(child.open);
        }
      }
    }
  }

  /** Text up to the next mark-up. */
  #characters(open: Open, end: number): void {
    const raw = this.#text.slice(this.#at, end);
    const close = raw.indexOf(']]>');
    if (close >= 0)
      throw this.#fail('The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.', this.#at + close);
    open.text += this.#references(this.#allowed(raw, this.#at), this.#at);
    this.#at = end;
  }
  /** White space between elements is dropped; other text stays whole. */
  #flush(open: Open): void {
    if (open.text !== '' && (this.#options.keepSpace || open.text.trim() !== '')) open.element.children.push(open.text);
    open.text = '';
  }

  #references(raw: string, at: number): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(/&([^;&<\s]*)(;?)/g, (_all, name: string, end: string, index: number) => {
      const place = at + index + 1 + name.length;
      if (name.startsWith('#x')) {
        if (!/^#x[0-9a-fA-F]+$/.test(name)) throw this.#fail('A hexadecimal representation must immediately follow the "&#x" in a character reference.', place);
      } else if (name.startsWith('#')) {
        if (!/^#[0-9]+$/.test(name)) throw this.#fail('A decimal representation must immediately follow the "&#" in a character reference.', place);
      } else if (!/^[:A-Za-z_\u0080-\uffff]/.test(name))
        throw this.#fail("The entity name must immediately follow the '&' in the entity reference.", at + index + 1);
      if (end !== ';') {
        throw this.#fail(
          name.startsWith('#')
            ? "The character reference must end with the ';' delimiter."
            : `The reference to entity "${name}" must end with the ';' delimiter.`,
          place,
        );
      }
      if (name.startsWith('#')) {
        const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
        if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || FORBIDDEN.test(String.fromCodePoint(Math.min(code, 0x10ffff)))) {
          throw this.#fail(`Character reference "&${name}" is an invalid XML character.`, place);
        }
        return String.fromCodePoint(code);
      }
      if (!Object.hasOwn(PREDEFINED, name)) throw this.#fail(`The entity "${name}" was referenced, but not declared.`, place);
      return PREDEFINED[name] as string;
    });
  }

  #startTag(outer: ReadonlyMap<string, string>, root: boolean): { open: Open; closed: boolean } {
    this.#at++;
    const name = this.#match(NAME);
    if (name === '') {
      throw this.#fail(
        root
          ? 'The markup in the document preceding the root element must be well-formed.'
          : 'The content of elements must consist of well-formed character data or markup.',
      );
    }
    const raw: { name: string; value: string }[] = [];
    const names = new Set<string>();
    let closed = false;
    for (;;) {
      const space = this.#match(SPACE);
      if (this.#starts('/>')) {
        this.#at += 2;
        closed = true;
        break;
      }
      if (this.#starts('>')) {
        this.#at++;
        break;
      }
      if (this.#at >= this.#text.length) throw this.#fail(UNFINISHED);
      const attribute = space === '' ? '' : this.#match(NAME);
      if (attribute === '') throw this.#fail(`Element type "${name}" must be followed by either attribute specifications, ">" or "/>".`);
      raw.push({ name: attribute, value: this.#attributeValue(name, attribute) });
      if (names.has(attribute)) throw this.#fail(`Attribute "${attribute}" was already specified for element "${name}".`);
      names.add(attribute);
    }
    return { open: this.#element(name, raw, outer), closed };
  }

  #attributeValue(element: string, name: string): string {
    this.#match(SPACE);
    if (!this.#starts('=')) {
      if (this.#at >= this.#text.length) throw this.#fail(UNFINISHED);
      throw this.#fail(`Attribute name "${name}" associated with an element type "${element}" must be followed by the ' = ' character.`);
    }
    this.#at++;
    this.#match(SPACE);
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") {
      if (quote === undefined) throw this.#fail(UNFINISHED);
      throw this.#fail(`Open quote is expected for attribute "${name}" associated with an  element type  "${element}".`);
    }
    const start = this.#at + 1;
    const end = this.#text.indexOf(quote, start);
    if (end < 0) throw this.#fail(UNFINISHED, this.#text.length);
    const raw = this.#text.slice(start, end);
    const less = raw.indexOf('<');
    if (less >= 0)
      throw this.#fail(`The value of attribute "${name}" associated with an element type "${element}" must not contain the '<' character.`, start + less);
    this.#at = end + 1;
    return this.#references(this.#allowed(raw.replace(/[\t\n]/g, ' '), start), start);
  }

  #element(name: string, raw: readonly { name: string; value: string }[], outer: ReadonlyMap<string, string>): Open {
    const declared = new Map<string, string>();
    if (!this.#options.namespaceAware) {
      const attributes = raw.map(({ name: own, value }) => ({ name: own, local: own, uri: '', value }));
      return { element: { name, local: name, prefix: '', uri: '', attributes, declared, children: [] }, scope: outer, text: '' };
    }
    for (const attribute of raw) {
      if (attribute.name === 'xmlns') declared.set('', attribute.value);
      else if (attribute.name.startsWith('xmlns:')) {
        const prefix = attribute.name.slice(6);
        if (attribute.value === '')
          throw this.#fail(
            `The value of the attribute "prefix="xmlns",localpart="${prefix}",rawname="${attribute.name}"" is invalid. Prefixed namespace bindings may not be empty.`,
          );
        declared.set(prefix, attribute.value);
      }
    }
    const scope = declared.size === 0 ? outer : new Map([...outer, ...declared]);
    const split = (qualified: string): [string, string] => {
      const colon = qualified.indexOf(':');
      return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
    };
    const [prefix, local] = split(name);
    const uri = scope.get(prefix);
    if (uri === undefined && prefix !== '') throw this.#fail(`The prefix "${prefix}" for element "${name}" is not bound.`);
    const attributes = raw
      .filter((attribute) => attribute.name !== 'xmlns' && !attribute.name.startsWith('xmlns:'))
      .map((attribute): XmlAttribute => {
        const [own, rest] = split(attribute.name);
        const bound = own === '' ? '' : scope.get(own);
        if (bound === undefined)
          throw this.#fail(`The prefix "${own}" for attribute "${attribute.name}" associated with an element type "${name}" is not bound.`);
        return { name: attribute.name, local: rest, uri: bound, value: attribute.value };
      });
    return { element: { name, local, prefix, uri: uri ?? '', attributes, declared, children: [] }, scope, text: '' };
  }
}
