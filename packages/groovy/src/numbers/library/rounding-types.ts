/** java.math.RoundingMode and MathContext as values of scripts. */
import { JavaArray } from '../../collections/model.ts';
import type { NativeClass } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../../runtime/values.ts';
import type { RoundingContext } from '../rounding.ts';
import { HALF_EVEN, HALF_UP, ROUNDING_NAMES } from '../rounding.ts';

export class RoundingMode extends JavaObject {
  readonly name: string;
  /** The `mode` of `rounding.ts`. */
  readonly ordinal: number;
  constructor(ordinal: number) {
    super();
    this.ordinal = ordinal;
    this.name = ROUNDING_NAMES[ordinal] as string;
  }
  get $type(): string {
    return 'java.math.RoundingMode';
  }
  override javaString(): string {
    return this.name;
  }
  override javaCompare(_rt: Runtime, other: Value): number {
    return this.ordinal - (other as RoundingMode).ordinal;
  }
}
export const ROUNDING_MODES: readonly RoundingMode[] = ROUNDING_NAMES.map((_name, ordinal) => new RoundingMode(ordinal));

export class MathContext extends JavaObject implements RoundingContext {
  readonly precision: number;
  readonly mode: number;
  constructor(precision: number, mode: number) {
    super();
    if (precision < 0) throw new JavaThrowable('java.lang.IllegalArgumentException', 'Digits < 0');
    this.precision = precision;
    this.mode = mode;
  }
  get $type(): string {
    return 'java.math.MathContext';
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof MathContext && other.precision === this.precision && other.mode === this.mode;
  }
  override javaString(): string {
    return `precision=${this.precision} roundingMode=${ROUNDING_NAMES[this.mode]}`;
  }
}

export const roundingModeTable: NativeClass = {
  name: 'java.math.RoundingMode',
  kind: 'enum',
  superclass: 'java.lang.Enum',
  fields: Object.fromEntries(ROUNDING_MODES.map((mode) => [mode.name, () => mode])),
  statics: {
    'values()': () => new JavaArray('java.math.RoundingMode', [...ROUNDING_MODES]),
    'valueOf(java.lang.String)': (_rt, _self, name: string | null) => {
      if (name === null) throw new JavaThrowable('java.lang.NullPointerException', 'Name is null');
      const found = ROUNDING_MODES.find((mode) => mode.name === name);
      if (found === undefined) throw new JavaThrowable('java.lang.IllegalArgumentException', `No enum constant java.math.RoundingMode.${name}`);
      return found;
    },
    'valueOf(int)': (_rt, _self, ordinal: number) => {
      const found = ROUNDING_MODES[ordinal];
      if (found === undefined) throw new JavaThrowable('java.lang.IllegalArgumentException', 'argument out of range');
      return found;
    },
  },
};

export const mathContextTable: NativeClass = {
  name: 'java.math.MathContext',
  interfaces: ['java.io.Serializable'],
  constructors: {
    '(int)': (_rt, _self, precision: number) => new MathContext(precision, HALF_UP),
    '(int, java.math.RoundingMode)': (_rt, _self, precision: number, mode: RoundingMode) => new MathContext(precision, mode.ordinal),
    '(java.lang.String)': (_rt, _self, text: string) => {
      const found = /^precision=(\d+) roundingMode=(\w+)$/.exec(text);
      const mode = ROUNDING_NAMES.indexOf(found?.[2] ?? '');
      if (found === null || mode < 0) throw new JavaThrowable('java.lang.IllegalArgumentException', 'bad string format');
      return new MathContext(Number(found[1]), mode);
    },
  },
  fields: {
    UNLIMITED: () => new MathContext(0, HALF_UP),
    DECIMAL32: () => new MathContext(7, HALF_EVEN),
    DECIMAL64: () => new MathContext(16, HALF_EVEN),
    DECIMAL128: () => new MathContext(34, HALF_EVEN),
  },
  methods: {
    'getPrecision()': (_rt, self: MathContext) => self.precision,
    'getRoundingMode()': (_rt, self: MathContext) => ROUNDING_MODES[self.mode] as RoundingMode,
  },
};
