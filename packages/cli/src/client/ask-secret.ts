/** Asks on the terminal, and reads what is piped in. What is secret is not shown while it is typed. */
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError } from '../errors.ts';

/** Throws MR_USAGE where there is no terminal; `instead` tells what to do then. */
export async function ask(question: string, secret: boolean, instead: string): Promise<string> {
  if (!process.stdin.isTTY) throw new CommandError('MR_USAGE', `there is no terminal to ask for ${question.toLowerCase()}: ${instead}`);
  process.stderr.write(`${question}: `);
  // Readline echoes what is typed into its output.
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: secret ? silent : process.stderr, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    if (secret) process.stderr.write('\n');
  }
}

/** The lines of standard input. */
export async function pipedLines(): Promise<string[]> {
  return (await text(process.stdin)).split(/\r?\n/);
}
