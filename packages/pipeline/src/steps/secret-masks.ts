/** The forms in which a secret may come up in a console. Follows the SecretPatternFactory classes of credentials-binding. */

export function secretMasks(secrets: Iterable<string>): string[] {
  const masks = new Set<string>();
  for (const secret of secrets) {
    if (secret === '') continue;
    masks.add(secret);
    const trimmed = secret.trim();
    if (trimmed !== '') masks.add(trimmed);
    // What `sh -x` writes: dash and bash quote the quote in different ways.
    if (secret.includes("'")) {
      masks.add(secret.replaceAll("'", "'\\''"));
      masks.add(secret.replaceAll("'", `'"'"'`));
    }
    if (/["$`\\]/.test(secret)) masks.add(secret.replace(/["$`\\]/g, '\\$&'));
    if (secret.includes('$')) masks.add(secret.replaceAll('$$', '$'));
    for (const form of base64Forms(secret)) masks.add(form);
  }
  return [...masks].filter((mask) => mask !== '').sort((a, b) => b.length - a.length);
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
    // A short piece would be found in innocent text.
    if (form.length >= 8) forms.push(form, form.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}
