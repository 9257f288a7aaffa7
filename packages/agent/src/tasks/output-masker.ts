/**
 * Turns the bytes of an output file into text for the log, in pieces: whole characters, whole lines where possible,
 * secrets masked even where a piece ends inside of one. `consumed` counts bytes of the file, so that the reading can go on
 * there after a restart.
 */

export interface Piece {
  readonly from: number;
  readonly text: string;
  readonly to: number;
}

const NEWLINE = 10;

export class OutputMasker {
  private readonly masks: readonly string[];
  private readonly encoding: string;
  private buffer: Uint8Array = new Uint8Array(0);
  private consumed: number;
  private context: string;

  /** `from`: the offset of the first byte that will be pushed; `context`: text before it, in which a secret may begin. */
  constructor(masks: readonly string[], from = 0, encoding = 'utf-8', context = '') {
    this.context = context;
    this.masks = [...new Set(masks)].filter((m) => m !== '').sort((a, b) => b.length - a.length);
    this.consumed = from;
    this.encoding = encoding;
  }

  push(bytes: Uint8Array): Piece | null {
    this.buffer = this.buffer.length === 0 ? bytes : concat(this.buffer, bytes);
    const end = this.buffer.lastIndexOf(NEWLINE) + 1;
    return end === 0 ? null : this.take(end, false);
  }
  /** Gives out an unfinished line, but for what may be the beginning of a character or of a secret. */
  partial(): Piece | null {
    return this.buffer.length === 0 ? null : this.take(wholeCharacters(this.buffer, this.encoding), false);
  }
  /** Gives out all that is left. */
  end(): Piece | null {
    return this.buffer.length === 0 ? null : this.take(this.buffer.length, true);
  }

  private take(length: number, last: boolean): Piece | null {
    let text = new TextDecoder(this.encoding, { ignoreBOM: true }).decode(this.buffer.subarray(0, length));
    if (!last) {
      const held = Math.min(text.length, this.heldBack(this.context + text));
      if (held > 0) {
        length -= encodedLength(text.slice(text.length - held), this.encoding);
        text = text.slice(0, text.length - held);
      }
    }
    if (length <= 0) return null;
    const from = this.consumed;
    this.consumed += length;
    this.buffer = this.buffer.slice(length);
    text = this.withoutRest(text);
    for (const mask of this.masks) if (text.includes(mask)) text = text.replaceAll(mask, '****');
    return { from, text, to: this.consumed };
  }

  /** The rest of a secret that began before the first piece is masked as well. */
  private withoutRest(text: string): string {
    const { context } = this;
    if (context === '') return text;
    this.context = '';
    let rest = 0;
    for (const mask of this.masks) {
      for (let inside = 1; inside < mask.length && inside <= context.length; inside++) {
        if (mask.length - inside > rest && context.endsWith(mask.slice(0, inside)) && text.startsWith(mask.slice(inside))) rest = mask.length - inside;
      }
    }
    return rest === 0 ? text : `****${text.slice(rest)}`;
  }

  /** Length of the longest end of the text with which a secret may begin. */
  private heldBack(text: string): number {
    let held = 0;
    for (const mask of this.masks) {
      const first = mask.charCodeAt(0);
      for (let n = Math.min(mask.length - 1, text.length); n > held; n--) {
        if (text.charCodeAt(text.length - n) === first && text.endsWith(mask.slice(0, n))) {
          held = n;
          break;
        }
      }
    }
    // What is held back must not cut another secret that ends within it.
    for (;;) {
      const cut = text.length - held;
      const inside = this.masks.find((mask) => {
        const at = text.lastIndexOf(mask, cut - 1);
        return at >= 0 && at < cut && at + mask.length > cut;
      });
      if (inside === undefined) return held;
      held = text.length - text.lastIndexOf(inside, cut - 1);
    }
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function encodedLength(text: string, encoding: string): number {
  return /^utf-?8$/i.test(encoding) ? Buffer.byteLength(text) : /^utf-?16/i.test(encoding) ? text.length * 2 : text.length;
}

/** How many bytes make whole characters; the rest begins one that is not there yet. */
function wholeCharacters(bytes: Uint8Array, encoding: string): number {
  if (!/^utf-?8$/i.test(encoding)) return /^utf-?16/i.test(encoding) ? bytes.length - (bytes.length % 2) : bytes.length;
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
