/** An S3 server in a process of its own, with its buckets in memory. It tells its address and ends with its standard input. */
import { startFauxqs } from 'fauxqs';

const server = await startFauxqs({ port: 0, logger: false, init: { buckets: process.argv.slice(2) } });
process.stdout.write(`http://127.0.0.1:${server.port}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
