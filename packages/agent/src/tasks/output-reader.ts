/**
 * Reads a growing output file in pieces for the log: bytes in UTF-8, secrets masked, whole characters and, where possible,
 * whole lines. Pulled, so that nothing is read before somebody can take it. What needs neither decoding nor masking, as most
 * output does, passes as it is.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { OutputMasker } from './output-masker.ts';

export interface BytePiece {
  readonly from: number;
  readonly bytes: Uint8Array;
  /** Bytes of the file. */
  readonly to: number;
}

export interface OutputSource {
  readonly file: string;
  readonly masks: readonly string[];
  /** null: UTF-8. */
  readonly encoding: string | null;
}

const NEWLINE = 10;

export class OutputReader {
  private readonly source: OutputSource;
  private readonly plain: boolean;
  private readonly maskBytes: readonly Buffer[];
  private masker: OutputMasker;
  private fd: number | null = null;
  /** Where the next read begins; what is between the last piece's end and it is in the masker. */
  private offset: number;
  private clean = true;

  constructor(source: OutputSource, from: number) {
    this.source = source;
    this.plain = source.encoding === null || /^utf-?8$/i.test(source.encoding);
    this.maskBytes = source.masks.filter((m) => m !== '').map((m) => Buffer.from(m));
    this.offset = from;
    this.masker = this.maskerAt(from, '');
  }

  /** What is there, at most so many bytes of the file; null where nothing (whole) is there. */
  next(max: number): BytePiece | null {
    for (;;) {
      const bytes = this.read(max);
      if (bytes === null) return null;
      const piece = this.passing(bytes) ?? encoded(this.masker.push(bytes));
      if (piece !== null) {
        return this.given(piece);
      }
      this.clean = false;
      // A line without end must not fill the memory.
      if (bytes.length >= max) {
        const part = this.given(encoded(this.masker.partial()));
        if (part !== null) return part;
      }
    }
  }
  /** An unfinished line, as far as it can be shown. */
  partial(): BytePiece | null {
    return this.clean ? null : this.given(encoded(this.masker.partial()));
  }
  /** What is left once nothing more is written. */
  last(): BytePiece | null {
    return this.clean ? null : this.given(encoded(this.masker.end()));
  }
  /** Whether all that the file holds now was given. */
  get atEnd(): boolean {
    return this.clean && this.fd !== null && fstatSync(this.fd).size === this.offset;
  }
  /** Up to where bytes were read. */
  get position(): number {
    return this.offset;
  }
  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }

  private given(piece: BytePiece | null): BytePiece | null {
    if (piece !== null) this.clean = piece.to === this.offset;
    return piece;
  }

  /** Whole lines in UTF-8 that hold no secret, nor may end in the beginning of one. */
  private passing(bytes: Buffer): BytePiece | null {
    if (!this.plain || !this.clean) return null;
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) return null;
    const lines = end === bytes.length ? bytes : bytes.subarray(0, end);
    if (!isUtf8(lines)) return null;
    if (this.maskBytes.some((mask) => mask.includes(NEWLINE) || lines.includes(mask))) return null;
    const from = this.offset - bytes.length;
    // What is left over is read again.
    this.offset = from + end;
    this.masker = this.maskerAt(this.offset, '');
    return { from, bytes: lines, to: this.offset };
  }
  private read(max: number): Buffer | null {
    if (this.fd === null) {
      try {
        this.fd = openSync(this.source.file, 'r');
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw e;
      }
      this.lookBack(this.fd);
    }
    const bytes = Buffer.allocUnsafe(max);
    const n = readSync(this.fd, bytes, 0, max, this.offset);
    this.offset += n;
    return n === 0 ? null : bytes.subarray(0, n);
  }
  /** The piece before may have ended in the middle of a secret that was not one then. */
  private lookBack(fd: number): void {
    const length = Math.min(this.offset, this.maskBytes.reduce((longest, mask) => Math.max(longest, mask.length), 0) * 2);
    if (length === 0) return;
    const before = Buffer.alloc(length);
    const n = readSync(fd, before, 0, length, this.offset - length);
    this.masker = this.maskerAt(this.offset, new TextDecoder(this.source.encoding ?? 'utf-8', { ignoreBOM: true }).decode(before.subarray(0, n)));
    this.clean = false;
  }
  private maskerAt(from: number, context: string): OutputMasker {
    return new OutputMasker(this.source.masks, from, this.source.encoding ?? 'utf-8', context);
  }
}

function encoded(piece: { readonly from: number; readonly text: string; readonly to: number } | null): BytePiece | null {
  return piece === null ? null : { from: piece.from, bytes: Buffer.from(piece.text), to: piece.to };
}
