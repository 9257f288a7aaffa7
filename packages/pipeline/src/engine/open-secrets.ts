/** The build's facts as its program sees them: sealed parameters opened, and their texts kept out of the journal. */
import type { Host, Json } from '../host.ts';
import type { Journal } from '../journal/journal.ts';
import type { BuildFacts } from './build.ts';

export function openSecrets({ header, redactor }: Journal, host: Host): BuildFacts {
  const facts = header.build;
  if (!Object.values(facts.parameters).some((value) => sealedText(value) !== null)) return facts;
  const parameters = Object.entries(facts.parameters).map(([name, value]): [string, Json] => {
    const sealed = sealedText(value);
    if (sealed === null) return [name, value];
    const text = host.open(sealed);
    redactor.add(text);
    return [name, text];
  });
  return { ...facts, parameters: Object.fromEntries(parameters) };
}

/** The build's parameters without the secret ones. */
export function plainParameters({ header }: Journal): BuildFacts['parameters'] {
  return Object.fromEntries(Object.entries(header.build.parameters).filter(([, value]) => sealedText(value) === null));
}

function sealedText(value: Json): string | null {
  const sealed = value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as { readonly [name: string]: Json })['$secret'] : undefined;
  return typeof sealed === 'string' ? sealed : null;
}
