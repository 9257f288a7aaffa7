/** A reason in the reader's language: the server says it in English, with a code and what it is about. */
import { useTranslation } from 'react-i18next';
import type { Why } from '../api/shapes.ts';
import { whysZhCN } from './whys-zh-cn.ts';

type Said = Pick<Why, 'code' | 'message' | 'fields'>;

/** Fields that are points in time. */
const TIMES: ReadonlySet<string> = new Set(['until', 'endsAt']);

export function whyText({ code, message, fields }: Said, language: string): string {
  const texts: Readonly<Record<string, string>> = whysZhCN;
  const text = language === 'zh-CN' ? (texts[`${code}.${String(fields['cap'] ?? '')}`] ?? texts[code]) : undefined;
  if (text === undefined) return message;
  const valueOf = (name: string): unknown => (name === 'message' ? message : fields[name]);
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] as string);
  // Another version of the server may say less.
  if (names.some((name) => valueOf(name) === undefined || valueOf(name) === null)) return message;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => shown(name, valueOf(name), language));
}

function shown(name: string, value: unknown, language: string): string {
  if (TIMES.has(name) && typeof value === 'number') return new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(value);
  return Array.isArray(value) ? value.join('、') : String(value);
}

export function useWhyText(): (why: Said) => string {
  const { language } = useTranslation().i18n;
  return (why) => whyText(why, language);
}
