/** java.util.Locale, as far as scripts meet it: the constants, the parts, and the names of the usual countries. */
import { JavaArray } from '../collections/model.ts';
import type { NativeClass } from '../runtime/native.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Value } from '../runtime/values.ts';
import { JavaObject, JavaThrowable } from '../runtime/values.ts';

export class JavaLocale extends JavaObject {
  readonly language: string;
  readonly country: string;
  readonly variant: string;
  constructor(language: string, country = '', variant = '') {
    super();
    this.language = language.toLowerCase();
    this.country = country.toUpperCase();
    this.variant = variant;
  }
  get $type(): string {
    return 'java.util.Locale';
  }
  override javaEquals(_rt: Runtime, other: Value): boolean {
    return other instanceof JavaLocale && other.language === this.language && other.country === this.country && other.variant === this.variant;
  }
  override javaHash(rt: Runtime): number {
    let h = rt.hash(this.language);
    for (const part of ['', this.country, this.variant]) h = (Math.imul(31, h) + rt.hash(part)) | 0;
    return h;
  }
  override javaString(): string {
    if (this.language === '' && this.country === '') return '';
    let text = this.language;
    if (this.country !== '' || this.variant !== '') text += `_${this.country}`;
    return this.variant === '' ? text : `${text}_${this.variant}`;
  }
  get tag(): string {
    const parts = [this.language === '' ? 'und' : this.language];
    if (this.country !== '') parts.push(this.country);
    if (this.variant !== '') parts.push(this.variant);
    return parts.join('-');
  }
}

/** Jenkins' containers run in this one. */
export const DEFAULT_LOCALE = new JavaLocale('en', 'US');
export const ROOT_LOCALE = new JavaLocale('');

const CONSTANTS: Readonly<Record<string, readonly [language: string, country?: string]>> = {
  CANADA: ['en', 'CA'],
  CANADA_FRENCH: ['fr', 'CA'],
  CHINA: ['zh', 'CN'],
  CHINESE: ['zh'],
  ENGLISH: ['en'],
  FRANCE: ['fr', 'FR'],
  FRENCH: ['fr'],
  GERMAN: ['de'],
  GERMANY: ['de', 'DE'],
  ITALIAN: ['it'],
  ITALY: ['it', 'IT'],
  JAPAN: ['ja', 'JP'],
  JAPANESE: ['ja'],
  KOREA: ['ko', 'KR'],
  KOREAN: ['ko'],
  PRC: ['zh', 'CN'],
  ROOT: [''],
  SIMPLIFIED_CHINESE: ['zh', 'CN'],
  TAIWAN: ['zh', 'TW'],
  TRADITIONAL_CHINESE: ['zh', 'TW'],
  UK: ['en', 'GB'],
  US: ['en', 'US'],
};
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  fr: 'French',
  de: 'German',
  it: 'Italian',
  ja: 'Japanese',
  ko: 'Korean',
  zh: 'Chinese',
  es: 'Spanish',
  pt: 'Portuguese',
  ru: 'Russian',
  nl: 'Dutch',
  pl: 'Polish',
  sv: 'Swedish',
  da: 'Danish',
  fi: 'Finnish',
  tr: 'Turkish',
  cs: 'Czech',
  uk: 'Ukrainian',
  ar: 'Arabic',
  he: 'Hebrew',
  hi: 'Hindi',
};
const COUNTRY_NAMES: Readonly<Record<string, string>> = {
  US: 'United States',
  GB: 'United Kingdom',
  CA: 'Canada',
  FR: 'France',
  DE: 'Germany',
  IT: 'Italy',
  JP: 'Japan',
  KR: 'South Korea',
  CN: 'China',
  TW: 'Taiwan',
  ES: 'Spain',
  PT: 'Portugal',
  BR: 'Brazil',
  RU: 'Russia',
  NL: 'Netherlands',
  PL: 'Poland',
  SE: 'Sweden',
  CH: 'Switzerland',
  AT: 'Austria',
  IN: 'India',
};
function displayName(self: JavaLocale): string {
  const language = LANGUAGE_NAMES[self.language] ?? self.language;
  const country = COUNTRY_NAMES[self.country] ?? self.country;
  return language === '' ? country : country === '' ? language : `${language} (${country})`;
}
function ofTag(tag: string): JavaLocale {
  const found = /^([A-Za-z]{2,8})(?:-[A-Za-z]{4})?(?:-([A-Za-z]{2}|\d{3}))?(?:-([A-Za-z0-9]{5,8}))?(?:-.*)?$/.exec(tag);
  if (found === null) return ROOT_LOCALE;
  return new JavaLocale(found[1] === 'und' ? '' : (found[1] as string), found[2] ?? '', found[3] ?? '');
}
function part(text: string | null): string {
  if (text === null) throw new JavaThrowable('java.lang.NullPointerException');
  return text;
}

export const localeTable: NativeClass = {
  name: 'java.util.Locale',
  interfaces: ['java.lang.Cloneable', 'java.io.Serializable'],
  constructors: {
    '(java.lang.String)': (_rt, _self, language: string | null) => new JavaLocale(part(language)),
    '(java.lang.String, java.lang.String)': (_rt, _self, language: string | null, country: string | null) => new JavaLocale(part(language), part(country)),
    '(java.lang.String, java.lang.String, java.lang.String)': (_rt, _self, language: string | null, country: string | null, variant: string | null) =>
      new JavaLocale(part(language), part(country), part(variant)),
  },
  fields: Object.fromEntries(Object.entries(CONSTANTS).map(([name, [language, country]]) => [name, () => new JavaLocale(language, country)])),
  statics: {
    'getDefault()': () => DEFAULT_LOCALE,
    'forLanguageTag(java.lang.String)': (_rt, _self, tag: string | null) => ofTag(part(tag)),
    'getAvailableLocales()': () =>
      new JavaArray(
        'java.util.Locale',
        Object.values(CONSTANTS).map(([language, country]) => new JavaLocale(language, country)),
      ),
  },
  methods: {
    'getLanguage()': (_rt, self: JavaLocale) => self.language,
    'getCountry()': (_rt, self: JavaLocale) => self.country,
    'getVariant()': (_rt, self: JavaLocale) => self.variant,
    'toLanguageTag()': (_rt, self: JavaLocale) => self.tag,
    'getDisplayName()': (_rt, self: JavaLocale) => displayName(self),
    'getDisplayLanguage()': (_rt, self: JavaLocale) => LANGUAGE_NAMES[self.language] ?? self.language,
    'getDisplayCountry()': (_rt, self: JavaLocale) => COUNTRY_NAMES[self.country] ?? self.country,
  },
};
