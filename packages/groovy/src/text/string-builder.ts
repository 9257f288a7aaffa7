/**
 * java.lang.StringBuilder and StringBuffer. Appending to a JavaScript string is cheap, since V8 keeps a rope; setting
 * single characters is not. So the content is a string until characters are set, then an array of units until the text
 * is asked for again.
 */

import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject } from '../runtime/values.ts';
import { fromUnits } from './charsets.ts';
import { compareStrings } from './letters.ts';

export class JavaStringBuilder extends JavaObject {
  private content: string;
  private units: Uint16Array | null = null;
  /** What Java would have reserved: nothing depends on it, but it can be asked for. */
  capacity: number;
  constructor(content = '') {
    super();
    this.content = content;
    this.capacity = content.length + 16;
  }
  get $type(): string {
    return 'java.lang.StringBuilder';
  }

  get text(): string {
    if (this.units !== null) {
      this.content = fromUnits(this.units);
      this.units = null;
    }
    return this.content;
  }
  set text(text: string) {
    this.units = null;
    this.content = text;
    if (text.length > this.capacity) this.ensureCapacity(text.length);
  }
  ensureCapacity(n: number): void {
    if (n > this.capacity) this.capacity = Math.max(n, 2 * this.capacity + 2);
  }
  get length(): number {
    return this.units?.length ?? this.content.length;
  }
  append(text: string): this {
    if (this.units !== null) this.text = this.text + text;
    else {
      this.content += text;
      if (this.content.length > this.capacity) this.ensureCapacity(this.content.length);
    }
    return this;
  }
  unitAt(index: number): number {
    return this.units !== null ? (this.units[index] as number) : this.content.charCodeAt(index);
  }
  setUnitAt(index: number, unit: number): void {
    if (this.units === null) {
      const units = new Uint16Array(this.content.length);
      for (let i = 0; i < units.length; i++) units[i] = this.content.charCodeAt(i);
      this.units = units;
    }
    this.units[index] = unit;
  }
  /** Puts a text in the place of the part from `start` to `end`. */
  splice(start: number, end: number, text: string): this {
    const old = this.text;
    this.text = old.slice(0, start) + text + old.slice(end);
    return this;
  }
  override javaString(_rt: Runtime): string {
    return this.text;
  }
  override javaCompare(rt: Runtime, other: Value): number {
    return compareStrings(this.text, rt.str(other));
  }
}

export class JavaStringBuffer extends JavaStringBuilder {
  override get $type(): string {
    return 'java.lang.StringBuffer';
  }
}
