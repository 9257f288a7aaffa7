/** Sections that stages and matrices share. */
import type { Statement } from '@millrace/groovy/syntax';
import type { StageParts } from '../model.ts';
import { parseAgent, parseInput, parseOptions, parseTools } from './directives.ts';
import { parseEnvironment } from './environment.ts';
import type { Reader } from './reader.ts';
import { parsePost, parseWhen } from './steps.ts';

export const noParts = (): Omit<StageParts, 'at'> => ({ agent: null, when: null, post: null, tools: null, environment: null, options: null, input: null });

/** False where the section is none of these. */
export function parseStagePart(r: Reader, parts: StageParts, name: string, s: Statement): boolean {
  switch (name) {
    case 'agent':
      parts.agent = parseAgent(r, s);
      return true;
    case 'when':
      parts.when = parseWhen(r, s);
      return true;
    case 'post':
      parts.post = parsePost(r, s);
      return true;
    case 'options':
      parts.options = parseOptions(r, s, true);
      return true;
    case 'input':
      parts.input = parseInput(r, s);
      return true;
    case 'tools':
      parts.tools = parseTools(r, s);
      return true;
    case 'environment':
      parts.environment = parseEnvironment(r, s);
      return true;
    default:
      return false;
  }
}
