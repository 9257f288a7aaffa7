/**
 * Java's charsets by their names, with Java's replacements: `?` for what a charset cannot write, U+FFFD for what it cannot
 * read. A byte order mark stays, as it does in Java.
 */

/** 0x80 to 0x9f of windows-1252, which some versions of Node read as control characters. */
const HIGH_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** null where there is no such charset. */
export function decodeBytes(bytes: Buffer, charset: string | null): string | null {
  const name = canonical(charset);
  switch (name) {
    case 'utf-8':
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    case 'iso-8859-1':
      return bytes.toString('latin1');
    case 'us-ascii':
      return bytes.toString('latin1').replace(/[\u0080-\u00ff]/g, '\ufffd');
    case 'windows-1252':
      return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (c) => HIGH_1252[c.charCodeAt(0) - 0x80] as string);
    case 'utf-16': {
      // Without a mark Java takes the most significant byte first.
      const little = bytes[0] === 0xff && bytes[1] === 0xfe;
      const marked = little || (bytes[0] === 0xfe && bytes[1] === 0xff);
      return new TextDecoder(little ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(marked ? bytes.subarray(2) : bytes);
    }
    case 'utf-32':
    case 'utf-32be':
      return fromUtf32(bytes, true);
    case 'utf-32le':
      return fromUtf32(bytes, false);
    default:
      try {
        return new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
      } catch {
        return null;
      }
  }
}

export function encodeText(text: string, charset: string | null): Buffer | null {
  const name = canonical(charset);
  switch (name) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'iso-8859-1':
      return Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\u0100-\uffff]/g, '?'), 'latin1');
    case 'us-ascii':
      return Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\u0080-\uffff]/g, '?'), 'latin1');
    case 'utf-16':
      return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf-32':
    case 'utf-32be':
      return toUtf32(text, true);
    case 'utf-32le':
      return toUtf32(text, false);
    default:
      return toSingleBytes(text, name);
  }
}

function canonical(charset: string | null): string {
  const name = (charset ?? 'utf-8').toLowerCase().replaceAll('_', '-');
  if (name === 'utf8') return 'utf-8';
  if (['latin1', 'iso8859-1', 'iso-8859-1', 'l1', 'cp819'].includes(name)) return 'iso-8859-1';
  if (['ascii', 'us-ascii', 'iso646-us'].includes(name)) return 'us-ascii';
  const m = /^(?:cp|windows-?)(125\d)$/.exec(name);
  return m === null ? name.replace(/^utf(16|32)/, 'utf-$1') : `windows-${m[1]}`;
}

function fromUtf32(bytes: Buffer, big: boolean): string {
  let text = '';
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    const code = big ? bytes.readUInt32BE(i) : bytes.readUInt32LE(i);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text;
}
function toUtf32(text: string, big: boolean): Buffer {
  const codes = [...text].map((c) => c.codePointAt(0) as number);
  const bytes = Buffer.alloc(codes.length * 4);
  for (const [i, code] of codes.entries()) {
    if (big) bytes.writeUInt32BE(code, i * 4);
    else bytes.writeUInt32LE(code, i * 4);
  }
  return bytes;
}

/** Charsets of one byte a character, through the reverse of what they read. */
function toSingleBytes(text: string, name: string): Buffer | null {
  if (!/^(windows-125\d|iso-8859-\d+|koi8-[ru]|ibm866|macintosh)$/.test(name)) return null;
  const table = new Map<string, number>();
  for (let i = 0; i < 256; i++) {
    const char = decodeBytes(Buffer.of(i), name);
    if (char === null) return null;
    table.set(char, i);
  }
  return Buffer.from([...text].map((c) => table.get(c) ?? 0x3f));
}
