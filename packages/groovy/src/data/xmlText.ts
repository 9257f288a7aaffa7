/** Writing XML: escapes, and the layout of XmlUtil.serialize on Java 9 and later. */

/** `XmlUtil.escapeXml` */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '"' ? '&quot;' : '&apos;'));
}
const escapeText = (text: string): string => text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
const escapeAttribute = (text: string): string =>
  text.replace(/[&<>"\n\t\r]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '"' ? '&quot;' : `&#${c.charCodeAt(0)};`));

/** What is written: an element by its qualified name. */
export interface Written {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly (Written | string)[];
}

/** A document with its declaration, two blanks a level; text beside elements stands on a line of its own. */
export function serialize(root: Written): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, 0)}\n`;
}

function element(node: Written, level: number): string {
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  const inner = `\n${' '.repeat((level + 1) * 2)}`;
  const body = node.children.every((child) => typeof child === 'string')
    ? escapeText(node.children.join(''))
    : `${node.children.map((child) => inner + (typeof child === 'string' ? escapeText(child.replace(/^\n+/, '')) : element(child, level + 1))).join('')}\n${' '.repeat(level * 2)}`;
  return `<${node.name}${attributes}>${body}</${node.name}>`;
}

/** XmlNodePrinter: every text on a line of its own. */
export function printNodes(node: Written, level = 0): string {
  const indent = ' '.repeat(level * 2);
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  if (node.children.length === 0) return `${indent}<${node.name}${attributes}/>\n`;
  const body = node.children.map((child) => (typeof child === 'string' ? `${indent}  ${escapeText(child.trim())}\n` : printNodes(child, level + 1))).join('');
  return `${indent}<${node.name}${attributes}>\n${body}${indent}</${node.name}>\n`;
}
