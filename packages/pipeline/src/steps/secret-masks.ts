/**
 * The forms in which a secret may come up in a console: as it is, line by line, and as shells, JSON, XML, addresses, base64 and hex
 * write it. Follows the SecretPatternFactory classes of credentials-binding, and goes further.
 */

/** A shorter line, or a shorter piece of an encoded secret, would be found in innocent text. */
const SHORTEST_LINE = 6,
  SHORTEST_PIECE = 8,
  /** Of a file: shorter ones are what any file of its kind has. */
  SHORTEST_FILE_LINE = 16,
  LARGEST_FILE = 64 << 10;

/** Longest first, as who masks has to take them. */
export function secretMasks(secrets: Iterable<string>): string[] {
  const masks = new Set<string>();
  for (const secret of secrets) {
    if (secret === '') continue;
    const trimmed = secret.trim();
    for (const one of new Set([secret, trimmed, ...linesOf(trimmed)])) {
      if (one === '') continue;
      for (const form of [one, ...quotedForms(one), ...escapedForms(one), ...urlForms(one)]) masks.add(form);
    }
    for (const form of [...base64Forms(secret), ...hexForms(trimmed)]) masks.add(form);
  }
  return [...masks].filter((mask) => mask !== '').sort((a, b) => b.length - a.length);
}

/** Of secret files and keys: their longer lines, and all of them in base64. A large one is no secret to be masked line by line. */
export function contentMasks(contents: Iterable<string>): string[] {
  const masks = new Set<string>();
  for (const content of contents) {
    if (content.length > LARGEST_FILE) continue;
    for (const line of content.split(/\r?\n/).map((l) => l.trim())) {
      if (line.length < SHORTEST_FILE_LINE || /^-----(BEGIN|END) [A-Z ]+-----$/.test(line)) continue;
      for (const form of [line, ...quotedForms(line), ...escapedForms(line)]) masks.add(form);
    }
    for (const form of base64Forms(content)) masks.add(form);
  }
  return [...masks].sort((a, b) => b.length - a.length);
}

function linesOf(secret: string): string[] {
  if (!secret.includes('\n')) return [];
  return secret
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE);
}

/** What `sh -x`, `set`, `declare -p` and `printf %q` write. */
function quotedForms(secret: string): string[] {
  const forms: string[] = [];
  // dash and bash quote the quote in different ways.
  if (secret.includes("'")) forms.push(secret.replaceAll("'", "'\\''"), secret.replaceAll("'", `'"'"'`));
  if (/["$`\\]/.test(secret)) forms.push(secret.replace(/["$`\\]/g, '\\$&'));
  if (secret.includes('$')) forms.push(secret.replaceAll('$$', '$'), secret.replaceAll('$', '$$$$'));
  if (!secret.includes('\n')) for (const special of BASH_SPECIALS) forms.push(secret.replace(special, '\\$&'));
  forms.push(secret.replace(/[\\'\n\t\r]/g, (c) => ANSI_C[c] as string));
  return forms;
}
/** As bash's sh_backslash_quote has them; some versions leave the comma. */
const BASH_SPECIALS = [/[\s'"\\|&;()<>!{}*[\]?^$`,]|^[#~]|(?<=[:=])~/g, /[\s'"\\|&;()<>!{}*[\]?^$`]|^[#~]|(?<=[:=])~/g];
const ANSI_C: { readonly [c: string]: string } = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** In JSON and XML. */
function escapedForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const attribute = xml.replaceAll('"', '&quot;');
  return [json, json.replaceAll('/', '\\/'), ascii, xml, attribute, attribute.replaceAll("'", '&#39;'), attribute.replaceAll("'", '&apos;')];
}

/** As encodeURI, encodeURIComponent, RFC 3986 and forms have it; capitals or not. */
function urlForms(secret: string): string[] {
  // A lone surrogate has no form.
  const component = encodeURIComponent(secret.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [
    component,
    strict,
    strict.replaceAll('%20', '+'),
    strict.replaceAll('%20', '+').replaceAll('~', '%7E').replaceAll('%2A', '*'),
    encodeURI(secret.toWellFormed()),
  ];
  if (secret.length >= SHORTEST_PIECE) forms.push([...new TextEncoder().encode(secret)].map((b) => `%${hexOf(b).toUpperCase()}`).join(''));
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (c) => c.toLowerCase()))];
}

/** The secret in base64, wherever it begins in what was encoded: less the characters that its neighbours share. */
function base64Forms(secret: string): string[] {
  const bytes = [...new TextEncoder().encode(secret)];
  const forms: string[] = [];
  for (const shift of [0, 1, 2]) {
    const padded = [...Array.from({ length: shift }, () => 0), ...bytes];
    const text = btoa(String.fromCharCode(...padded));
    const start = shift === 0 ? 0 : shift + 1;
    const whole = Math.floor((padded.length * 8) / 6);
    const form = text.slice(start, whole);
    if (form.length < SHORTEST_PIECE) continue;
    // The programs base64 and openssl break lines.
    const pieces = shift === 0 ? [form, ...brokenAt(form, 76), ...brokenAt(form, 64)] : [form];
    for (const piece of pieces) forms.push(piece, piece.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

/** As `xxd -p`, `od -tx1` and `hexdump -C` write it. */
function hexForms(secret: string): string[] {
  const bytes = [...new TextEncoder().encode(secret)].map(hexOf);
  if (bytes.length < SHORTEST_PIECE / 2) return [];
  const hex = bytes.join('');
  const rows: string[] = [];
  for (let i = 0; i < bytes.length; i += 16) rows.push(bytes.slice(i, i + 16).join(' '));
  const forms = [hex, ...brokenAt(hex, 60), ...(bytes.length <= 16 ? rows : rows.filter((row) => row.length >= 3 * SHORTEST_PIECE))];
  return [...forms, ...forms.map((form) => form.toUpperCase())];
}

function brokenAt(text: string, width: number): string[] {
  const pieces: string[] = [];
  if (text.length > width) for (let i = 0; i < text.length; i += width) pieces.push(text.slice(i, i + width));
  return pieces.filter((piece) => piece.length >= SHORTEST_PIECE);
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
