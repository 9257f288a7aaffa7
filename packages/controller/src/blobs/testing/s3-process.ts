/** An S3 server in a process of its own, with its buckets in memory. It tells its address and ends with its standard input. */
import { startFauxqs } from 'fauxqs';

// S3 lists keys in the order of their bytes; this server sorts them as the words of a language.
String.prototype.localeCompare = function compareBytes(other: string): number {
  return this < other ? -1 : Number(this > other);
};
const server = await startFauxqs({ port: 0, logger: false, init: { buckets: process.argv.slice(2) } });
process.stdout.write(`http://127.0.0.1:${server.port}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
