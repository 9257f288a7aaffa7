/** Thrown inside the lexer alone; `tokenize` makes it the ERROR token. Not an Error: nobody wants its stack. */
export class LexerStop {
  readonly message: string;
  readonly at: number;
  /** Where the message has to point: at `at`, or (as Groovy's lexer asks its parser) at the token before. */
  readonly atToken: boolean;
  constructor(message: string, at: number, atToken = false) {
    this.message = message;
    this.at = at;
    this.atToken = atToken;
  }
}
