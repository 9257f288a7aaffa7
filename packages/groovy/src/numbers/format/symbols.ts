/** How a locale writes numbers: the separators and money of the languages that java.util.Locale names constants for. */

export interface Symbols {
  readonly decimal: string;
  readonly grouping: string;
  readonly minus: string;
  readonly percent: string;
}
export interface Money {
  readonly symbol: string;
  readonly code: string;
  readonly pattern: string;
  readonly places: number;
}

const ENGLISH: Symbols = { decimal: '.', grouping: ',', minus: '-', percent: '%' };
const GERMAN: Symbols = { decimal: ',', grouping: '.', minus: '-', percent: '%' };
const FRENCH: Symbols = { decimal: ',', grouping: '\u202f', minus: '-', percent: '%' };
const CANADIAN_FRENCH: Symbols = { decimal: ',', grouping: '\u00a0', minus: '-', percent: '%' };
const SWISS: Symbols = { decimal: '.', grouping: '’', minus: '-', percent: '%' };

/** By `language_COUNTRY`, then by language; everything else as English. */
const SYMBOLS: Readonly<Record<string, Symbols>> = {
  de: GERMAN,
  it: GERMAN,
  es: GERMAN,
  nl: GERMAN,
  pt: GERMAN,
  id: GERMAN,
  tr: GERMAN,
  da: GERMAN,
  fr: FRENCH,
  fr_CA: CANADIAN_FRENCH,
  de_CH: SWISS,
  it_CH: SWISS,
  ru: CANADIAN_FRENCH,
  pl: CANADIAN_FRENCH,
  cs: CANADIAN_FRENCH,
  uk: CANADIAN_FRENCH,
};
/** Names that a group of locales has in common, where a pattern differs from English. */
const TRAILING_PERCENT: ReadonlySet<string> = new Set(['de', 'fr', 'es', 'ru', 'cs', 'da']);

export function symbolsOf(language: string, country: string): Symbols {
  return SYMBOLS[`${language}_${country}`] ?? SYMBOLS[language] ?? ENGLISH;
}
export function percentPatternOf(language: string): string {
  return TRAILING_PERCENT.has(language) ? '#,##0\u00a0%' : '#,##0%';
}

const MONEY: Readonly<Record<string, readonly [symbol: string, code: string, places: number]>> = {
  US: ['$', 'USD', 2],
  GB: ['£', 'GBP', 2],
  CA: ['$', 'CAD', 2],
  JP: ['￥', 'JPY', 0],
  CN: ['¥', 'CNY', 2],
  KR: ['₩', 'KRW', 0],
  TW: ['$', 'TWD', 2],
  DE: ['€', 'EUR', 2],
  FR: ['€', 'EUR', 2],
  IT: ['€', 'EUR', 2],
  ES: ['€', 'EUR', 2],
  NL: ['€', 'EUR', 2],
  IN: ['₹', 'INR', 2],
  CH: ['CHF', 'CHF', 2],
};
export function moneyOf(language: string, country: string): Money {
  const [known, code, places] = MONEY[country] ?? ['¤', 'XXX', 2];
  // Where French is spoken, another country's dollar is told from the own one.
  const symbol = language === 'fr' && country === 'CA' ? '$\u00a0CA' : known;
  const number = places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}`;
  const trailing = symbolsOf(language, country).decimal === ',';
  return { symbol, code, places, pattern: trailing ? `${number}\u00a0¤` : `¤${number}` };
}
