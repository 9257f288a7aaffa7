/** java.util.regex.PatternSyntaxException, with JDK 17's message. */
import { JavaThrowable } from '../../runtime/values.ts';

export class PatternSyntaxException extends JavaThrowable {
  readonly description: string;
  readonly pattern: string;
  /** In characters of the pattern, -1 where unknown. */
  readonly index: number;
  constructor(description: string, pattern: string, index: number) {
    let message = description;
    if (index >= 0) message += ` near index ${index}`;
    message += `\n${pattern}`;
    if (index >= 0 && index < pattern.length) message += `\n${pattern.slice(0, index).replace(/[^\t]/g, ' ')}^`;
    super('java.util.regex.PatternSyntaxException', message);
    this.description = description;
    this.pattern = pattern;
    this.index = index;
  }
}
