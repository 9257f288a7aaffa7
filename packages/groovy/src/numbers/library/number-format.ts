/** java.text.Format, NumberFormat, DecimalFormat, DecimalFormatSymbols and MessageFormat. */
import type { JavaArray } from '../../collections/model.ts';
import type { NativeClass } from '../../runtime/native.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Value } from '../../runtime/values.ts';
import { JavaObject } from '../../runtime/values.ts';
import type { Double, Long } from '../boxes.ts';
import { Character } from '../boxes.ts';
import { DecimalFormat, setDigits } from '../format/decimal-format.ts';
import { formatMessage } from '../format/message.ts';
import type { Symbols } from '../format/symbols.ts';
import { moneyOf, percentPatternOf, symbolsOf } from '../format/symbols.ts';
import { DEFAULT_LOCALE, type JavaLocale } from '../locale.ts';
import { HALF_EVEN } from '../rounding.ts';
import type { RoundingMode } from './rounding-types.ts';
import { ROUNDING_MODES } from './rounding-types.ts';

class DecimalFormatSymbols extends JavaObject {
  symbols: Symbols;
  constructor(symbols: Symbols) {
    super();
    this.symbols = symbols;
  }
  get $type(): string {
    return 'java.text.DecimalFormatSymbols';
  }
}

/** A NumberFormat by pattern; the money of the locale stands for `¤`. */
export function decimalFormat(pattern: string, locale: JavaLocale = DEFAULT_LOCALE): DecimalFormat {
  return new DecimalFormat(pattern, symbolsOf(locale.language, locale.country), moneyOf(locale.language, locale.country));
}
function integerFormat(locale?: JavaLocale): DecimalFormat {
  const format = decimalFormat('#,##0', locale);
  format.parseWhole = true;
  format.mode = HALF_EVEN;
  return format;
}
const NUMBER = '#,##0.###';
function percentFormat(locale: JavaLocale = DEFAULT_LOCALE): DecimalFormat {
  return decimalFormat(percentPatternOf(locale.language), locale);
}
function currencyFormat(locale: JavaLocale = DEFAULT_LOCALE): DecimalFormat {
  return decimalFormat(moneyOf(locale.language, locale.country).pattern, locale);
}

function changeSymbols(self: DecimalFormatSymbols, change: Partial<Symbols>): null {
  self.symbols = { ...self.symbols, ...change };
  return null;
}

export const numberFormatTable: NativeClass = {
  name: 'java.text.NumberFormat',
  kind: 'abstract',
  superclass: 'java.text.Format',
  statics: {
    'getInstance()': () => decimalFormat(NUMBER),
    'getInstance(java.util.Locale)': (_rt, _self, locale: JavaLocale) => decimalFormat(NUMBER, locale),
    'getNumberInstance()': () => decimalFormat(NUMBER),
    'getNumberInstance(java.util.Locale)': (_rt, _self, locale: JavaLocale) => decimalFormat(NUMBER, locale),
    'getIntegerInstance()': () => integerFormat(),
    'getIntegerInstance(java.util.Locale)': (_rt, _self, locale: JavaLocale) => integerFormat(locale),
    'getPercentInstance()': () => percentFormat(),
    'getPercentInstance(java.util.Locale)': (_rt, _self, locale: JavaLocale) => percentFormat(locale),
    'getCurrencyInstance()': () => currencyFormat(),
    'getCurrencyInstance(java.util.Locale)': (_rt, _self, locale: JavaLocale) => currencyFormat(locale),
  },
  methods: {
    'format(double)': (rt, self: DecimalFormat, n: Double) => self.format(rt, n),
    'format(long)': (rt, self: DecimalFormat, n: Long) => self.format(rt, n),
    'format(java.lang.Object)': (rt, self: DecimalFormat, n: Value) => self.format(rt, n),
    'parse(java.lang.String)': (_rt, self: DecimalFormat, text: string) => self.parse(text),
    'parseObject(java.lang.String)': (_rt, self: DecimalFormat, text: string) => self.parse(text),
    'setMinimumIntegerDigits(int)': (_rt, self: DecimalFormat, n: number) => {
      setDigits(self, 'minInteger', n);
      return null;
    },
    'setMaximumIntegerDigits(int)': (_rt, self: DecimalFormat, n: number) => {
      setDigits(self, 'maxInteger', n);
      return null;
    },
    'setMinimumFractionDigits(int)': (_rt, self: DecimalFormat, n: number) => {
      setDigits(self, 'minFraction', n);
      return null;
    },
    'setMaximumFractionDigits(int)': (_rt, self: DecimalFormat, n: number) => {
      setDigits(self, 'maxFraction', n);
      return null;
    },
    'getMinimumIntegerDigits()': (_rt, self: DecimalFormat) => self.shape.minInteger,
    'getMaximumIntegerDigits()': (_rt, self: DecimalFormat) => self.shape.maxInteger,
    'getMinimumFractionDigits()': (_rt, self: DecimalFormat) => self.shape.minFraction,
    'getMaximumFractionDigits()': (_rt, self: DecimalFormat) => self.shape.maxFraction,
    'isGroupingUsed()': (_rt, self: DecimalFormat) => self.shape.groupingUsed,
    'setGroupingUsed(boolean)': (_rt, self: DecimalFormat, used: boolean) => {
      self.shape.groupingUsed = used;
      return null;
    },
    'isParseIntegerOnly()': (_rt, self: DecimalFormat) => self.parseWhole,
    'setParseIntegerOnly(boolean)': (_rt, self: DecimalFormat, only: boolean) => {
      self.parseWhole = only;
      return null;
    },
    'getRoundingMode()': (_rt, self: DecimalFormat) => ROUNDING_MODES[self.mode] as RoundingMode,
    'setRoundingMode(java.math.RoundingMode)': (_rt, self: DecimalFormat, mode: RoundingMode) => {
      self.mode = mode.ordinal;
      return null;
    },
  },
};

export const decimalFormatTable: NativeClass = {
  name: 'java.text.DecimalFormat',
  superclass: 'java.text.NumberFormat',
  constructors: {
    '()': () => decimalFormat(NUMBER),
    '(java.lang.String)': (_rt, _self, pattern: string) => decimalFormat(pattern),
    '(java.lang.String, java.text.DecimalFormatSymbols)': (_rt, _self, pattern: string, symbols: DecimalFormatSymbols) =>
      new DecimalFormat(pattern, symbols.symbols, moneyOf('en', 'US')),
  },
  methods: {
    'applyPattern(java.lang.String)': (_rt, self: DecimalFormat, pattern: string) => {
      self.applyPattern(pattern);
      return null;
    },
    'toPattern()': (_rt, self: DecimalFormat) => self.pattern,
    'getGroupingSize()': (_rt, self: DecimalFormat) => self.shape.groupingSize,
    'setGroupingSize(int)': (_rt, self: DecimalFormat, n: number) => {
      self.shape.groupingSize = n;
      return null;
    },
    'getMultiplier()': (_rt, self: DecimalFormat) => self.shape.multiplier,
    'setMultiplier(int)': (_rt, self: DecimalFormat, n: number) => {
      self.shape.multiplier = n;
      return null;
    },
    'getPositivePrefix()': (_rt, self: DecimalFormat) => self.prefix(false),
    'setPositivePrefix(java.lang.String)': (_rt, self: DecimalFormat, text: string) => {
      self.shape.positivePrefix = text;
      return null;
    },
    'getPositiveSuffix()': (_rt, self: DecimalFormat) => self.suffix(false),
    'setPositiveSuffix(java.lang.String)': (_rt, self: DecimalFormat, text: string) => {
      self.shape.positiveSuffix = text;
      return null;
    },
    'getNegativePrefix()': (_rt, self: DecimalFormat) => self.prefix(true),
    'setNegativePrefix(java.lang.String)': (_rt, self: DecimalFormat, text: string) => {
      self.shape.negativePrefix = text;
      return null;
    },
    'getNegativeSuffix()': (_rt, self: DecimalFormat) => self.suffix(true),
    'setNegativeSuffix(java.lang.String)': (_rt, self: DecimalFormat, text: string) => {
      self.shape.negativeSuffix = text;
      return null;
    },
    'isDecimalSeparatorAlwaysShown()': (_rt, self: DecimalFormat) => self.shape.pointAlways,
    'setDecimalSeparatorAlwaysShown(boolean)': (_rt, self: DecimalFormat, always: boolean) => {
      self.shape.pointAlways = always;
      return null;
    },
    'isParseBigDecimal()': (_rt, self: DecimalFormat) => self.parseBig,
    'setParseBigDecimal(boolean)': (_rt, self: DecimalFormat, big: boolean) => {
      self.parseBig = big;
      return null;
    },
    'getDecimalFormatSymbols()': (_rt, self: DecimalFormat) => new DecimalFormatSymbols(self.symbols),
    'setDecimalFormatSymbols(java.text.DecimalFormatSymbols)': (_rt, self: DecimalFormat, symbols: DecimalFormatSymbols) => {
      self.symbols = symbols.symbols;
      return null;
    },
  },
};
export const decimalFormatSymbolsTable: NativeClass = {
  name: 'java.text.DecimalFormatSymbols',
  constructors: {
    '()': () => new DecimalFormatSymbols(symbolsOf('en', 'US')),
    '(java.util.Locale)': (_rt, _self, locale: JavaLocale) => new DecimalFormatSymbols(symbolsOf(locale.language, locale.country)),
  },
  statics: {
    'getInstance()': () => new DecimalFormatSymbols(symbolsOf('en', 'US')),
    'getInstance(java.util.Locale)': (_rt, _self, locale: JavaLocale) => new DecimalFormatSymbols(symbolsOf(locale.language, locale.country)),
  },
  methods: {
    'getDecimalSeparator()': (_rt, self: DecimalFormatSymbols) => new Character(self.symbols.decimal.charCodeAt(0)),
    'getGroupingSeparator()': (_rt, self: DecimalFormatSymbols) => new Character(self.symbols.grouping.charCodeAt(0)),
    'getMinusSign()': (_rt, self: DecimalFormatSymbols) => new Character(self.symbols.minus.charCodeAt(0)),
    'setDecimalSeparator(char)': (_rt, self: DecimalFormatSymbols, c: Character) => changeSymbols(self, { decimal: c.text }),
    'setGroupingSeparator(char)': (_rt, self: DecimalFormatSymbols, c: Character) => changeSymbols(self, { grouping: c.text }),
    'setMinusSign(char)': (_rt, self: DecimalFormatSymbols, c: Character) => changeSymbols(self, { minus: c.text }),
  },
};

class MessageFormat extends JavaObject {
  pattern: string;
  constructor(pattern: string) {
    super();
    this.pattern = pattern;
  }
  get $type(): string {
    return 'java.text.MessageFormat';
  }
}
function messageArguments(v: Value): readonly Value[] {
  return v === null ? [] : (v as JavaArray).items;
}
function formatWith(rt: Runtime, pattern: string, args: Value): string {
  return formatMessage(rt, pattern, messageArguments(args), decimalFormat);
}

export const messageFormatTable: NativeClass = {
  name: 'java.text.MessageFormat',
  superclass: 'java.text.Format',
  constructors: { '(java.lang.String)': (_rt, _self, pattern: string) => new MessageFormat(pattern) },
  statics: {
    'format(java.lang.String, java.lang.Object[])': (rt, _self, pattern: string, args: Value) => formatWith(rt, pattern, args),
  },
  methods: {
    'format(java.lang.Object)': (rt, self: MessageFormat, args: Value) => formatWith(rt, self.pattern, args),
    'toPattern()': (_rt, self: MessageFormat) => self.pattern,
    'applyPattern(java.lang.String)': (_rt, self: MessageFormat, pattern: string) => {
      self.pattern = pattern;
      return null;
    },
  },
};
