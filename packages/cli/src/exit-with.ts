/** Ends the process, when nothing else keeps it, with the status that a command answers or fails with. */
export async function exitWith(command: Promise<number>): Promise<void> {
  try {
    process.exitCode = await command;
  } catch (e) {
    // Errors with a code are told in their own words; anything else is an error of ours and shows where it came from.
    if (!(e instanceof Error) || !/^MR_/.test((e as { code?: string }).code ?? '')) throw e;
    process.stderr.write(`millrace: ${e.message}\n`);
    const { exit } = e as { exit?: unknown };
    process.exitCode = typeof exit === 'number' ? exit : 2;
  }
}
