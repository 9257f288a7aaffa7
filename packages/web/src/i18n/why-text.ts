/** A reason in the reader's language: the server says it in English, with a code and what it is about. */
import { useTranslation } from 'react-i18next';
import type { Why } from '../api/shapes.ts';
import { whysZhCN } from './whys-zh-cn.ts';

export function whyText({ code, message, fields }: Pick<Why, 'code' | 'message' | 'fields'>, language: string): string {
  const text = language === 'zh-CN' ? whysZhCN[code] : undefined;
  if (text === undefined) return message;
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] as string);
  // Another version of the server may say less.
  return names.every((name) => fields[name] !== undefined) ? text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(fields[name])) : message;
}

export function useWhyText(): (why: Pick<Why, 'code' | 'message' | 'fields'>) => string {
  const { language } = useTranslation().i18n;
  return (why) => whyText(why, language);
}
