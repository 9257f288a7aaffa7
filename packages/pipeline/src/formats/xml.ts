/**
 * A small XML reader for reports and POMs: elements, attributes, text, CDATA, character and the five named entities.
 * No external entities, no DTD beyond being skipped, so that a report cannot reach anything.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, put together. */
  readonly text: string;
}
interface Open {
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
}

export class XmlError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(text: string, at: number, message: string) {
    super(message);
    const before = text.slice(0, at).split('\n');
    this.line = before.length;
    this.column = (before.at(-1) as string).length + 1;
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = /[^\s/>=<"'&]+/y;

/** The root element. Throws XmlError. */
export function parseXml(text: string): XmlElement {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  const fail = (message: string): never => {
    throw new XmlError(text, at, message);
  };
  const until = (mark: string, what: string): string => {
    const end = text.indexOf(mark, at);
    if (end < 0) fail(`${what} is not closed`);
    const part = text.slice(at, end);
    at = end + mark.length;
    return part;
  };
  const name = (): string => {
    NAME.lastIndex = at;
    const m = NAME.exec(text);
    if (m === null) return fail('a name was expected');
    at += m[0].length;
    return m[0];
  };
  const space = (): void => {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
  };
  const add = (piece: string): void => {
    const top = stack.at(-1);
    if (top !== undefined) top.text += piece;
    else if (piece.trim() !== '') fail(root === null ? 'Content is not allowed in prolog.' : 'Content is not allowed in trailing section.');
  };
  const close = (): void => {
    const done = stack.pop() as Open;
    const parent = stack.at(-1);
    if (parent !== undefined) parent.children.push(done);
    else if (root === null) root = done;
    else fail('The markup in the document following the root element must be well-formed.');
  };
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open !== at) {
      add(decode(text.slice(at, open < 0 ? text.length : open)));
      if (open < 0) break;
      at = open;
    }
    if (text.startsWith('<!--', at)) {
      at += 4;
      until('-->', 'a comment');
    } else if (text.startsWith('<![CDATA[', at)) {
      at += 9;
      add(until(']]>', 'a CDATA section'));
    } else if (text.startsWith('<?', at)) {
      at += 2;
      until('?>', 'a processing instruction');
    } else if (text.startsWith('<!', at)) skipDoctype();
    else if (text.startsWith('</', at)) {
      at += 2;
      const end = name();
      space();
      if (text[at] !== '>') fail(`The end tag of "${end}" must end with ">".`);
      at++;
      if (stack.at(-1)?.name !== end)
        fail(`The element type "${stack.at(-1)?.name ?? ''}" must be terminated by the matching end-tag "</${stack.at(-1)?.name ?? ''}>".`);
      close();
    } else {
      at++;
      const element: Open = { name: name(), attributes: new Map(), children: [], text: '' };
      for (;;) {
        space();
        if (text.startsWith('/>', at)) {
          at += 2;
          stack.push(element);
          close();
          break;
        }
        if (text[at] === '>') {
          at++;
          stack.push(element);
          break;
        }
        if (at >= text.length) fail(`the tag "${element.name}" is not closed`);
        const key = name();
        space();
        if (text[at] !== '=') fail(`Attribute name "${key}" must be followed by the "=" character.`);
        at++;
        space();
        const quote = text[at];
        if (quote !== '"' && quote !== "'") fail(`Open quote is expected for attribute "${key}".`);
        at++;
        element.attributes.set(key, decode(until(quote as string, 'an attribute')));
      }
    }
  }
  if (stack.length > 0) fail('XML document structures must start and end within the same entity.');
  return root ?? fail('Premature end of file.');

  function skipDoctype(): void {
    let depth = 0;
    for (; at < text.length; at++) {
      const c = text[at];
      if (c === '[') depth++;
      else if (c === ']') depth--;
      else if (c === '>' && depth <= 0) {
        at++;
        return;
      }
    }
    fail('the document type is not closed');
  }
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9A-Fa-f]+|#[0-9]+|[A-Za-z]+);/g, (whole, body: string) => {
    if (!body.startsWith('#')) return Object.hasOwn(NAMED, body) ? (NAMED[body] as string) : whole;
    const code = body.startsWith('#x') ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((c) => c.name === name);
}
