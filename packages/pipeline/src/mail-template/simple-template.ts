/**
 * A template of groovy.text.SimpleTemplateEngine as the Groovy script that writes it: `<% code %>`, `<%= value %>`, `${value}`,
 * `$name`. Follows its parser in Groovy 2.4, so that lines of errors are those of the template: text becomes a string in triple
 * quotes, in which backslashes are escapes and `$` is Groovy's own; line breaks within a value are left out.
 */
export function templateScript(text: string): string {
  let out = 'out.print("""';
  let at = 0;
  const until = (end: string): string => {
    const found = text.indexOf(end, at);
    const part = text.slice(at, found < 0 ? text.length : found);
    at = found < 0 ? text.length : found + end.length;
    return part;
  };
  while (at < text.length) {
    if (text.startsWith('<%=', at)) {
      at += 3;
      out += `\${${until('%>').replace(/[\r\n]/g, '')}}`;
    } else if (text.startsWith('<%', at)) {
      at += 2;
      out += `""");${until('%>')};\nout.print("""`;
    } else if (text.startsWith('${', at)) {
      at += 2;
      out += `\${${until('}').replace(/[\r\n]/g, '')}}`;
    } else {
      const c = text[at++] as string;
      if (c === '\r') {
        if (text[at] === '\n') at++;
        out += '\n';
      } else out += c === '"' ? '\\"' : c;
    }
  }
  return `${out}""");\n`;
}
