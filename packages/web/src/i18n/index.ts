/** The page's languages: English and Chinese, each whole (the types see to it), changed in place. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

/** The same keys, all of them. */
export type Whole<T> = { readonly [K in keyof T]: T[K] extends string ? string : Whole<T[K]> };
export type Messages = Whole<typeof en>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

const KEPT_AS = 'millrace.language';

function preferred(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept !== null && kept in LANGUAGES) return kept as Language;
  return navigator.languages.some((l) => l.toLowerCase().startsWith('zh')) && !navigator.language.startsWith('en') ? 'zh-CN' : 'en';
}

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    lng: preferred(),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
