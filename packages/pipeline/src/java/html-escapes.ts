/**
 * What templates of mails escape text with. They only compute, so the sandbox has them too. Letters stay as they are,
 * where Commons writes names of entities.
 */
import type { NativeClass } from '@millrace/groovy';
import { escapeHtml } from '../job/mail-tokens.ts';
import { serverClass } from './server-classes.ts';

/** As hudson.Util has it: quotes stay. */
function xmlEscape(text: string | null): string | null {
  return text === null ? null : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
const htmlEscape = (text: string | null): string | null => (text === null ? null : escapeHtml(text));

const METHODS: readonly (readonly [name: string, method: string, escape: (text: string | null) => string | null])[] = [
  ['hudson.Util', 'xmlEscape', xmlEscape],
  ['org.apache.commons.lang.StringEscapeUtils', 'escapeHtml', htmlEscape],
  ['org.apache.commons.lang3.StringEscapeUtils', 'escapeHtml4', htmlEscape],
  ['org.apache.commons.text.StringEscapeUtils', 'escapeHtml4', htmlEscape],
];

export const escapeClasses: readonly NativeClass[] = METHODS.map(([name, method, escape]) => {
  // What else the class has is told as of any other that is not here.
  const others = serverClass(name) ?? { name };
  return { ...others, statics: { ...others.statics, [`${method}(java.lang.String)`]: (_rt, _self, text: string | null) => escape(text) } };
});
