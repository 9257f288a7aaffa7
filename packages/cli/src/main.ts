/** Finds the command that is meant; everything else is loaded only when it is needed. */
import { CommandError } from './errors.ts';
import { exitWith } from './exit-with.ts';

const HELP = `Usage: millrace COMMAND [OPTIONS]

Runs Jenkinsfiles as they are.

Commands:
  up                start a server: a controller with an agent on this machine
  run [FILE]        run a pipeline on this machine
  validate FILE…    check Jenkinsfiles without running them
  groovy FILE       run a plain Groovy script
  agent             run the steps of a server's builds on this machine
  key               give a server's database another key

Commands for a server:
  login URL         keep an address and a token; logout, whoami
  job               list, get, create, configure, copy, move, enable, disable, delete
  build JOB         start a build; replay, rebuild, restart run one again
  logs JOB [N]      the log of a build; builds lists them, abort ends one
  input             what builds ask; answer, abort
  artifacts         files that a build keeps; download
  tests             test results of a build
  queue             what waits and why
  nodes             nodes and their agents
  clouds            what makes nodes on demand; check, images
  resources         what builds lock
  credentials       what builds log in with; create, change, delete, uses
  deliveries        webhooks that came, and what they started; show, redeliver
  users             users and their roles
  fleet             the controllers

Options:
  --help            this text; after a command: its own
  --version         the version
`;

export function main(args: readonly string[]): Promise<void> {
  return exitWith(dispatch(args));
}

async function dispatch([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case 'run':
      return (await import('./commands/run.ts')).run(rest);
    case 'validate':
      return (await import('./commands/validate.ts')).validate(rest);
    case 'groovy':
      return (await import('./commands/groovy.ts')).groovy(rest);
    case 'up':
      return (await import('./commands/up.ts')).up(rest);
    case 'agent':
      return (await import('./commands/agent.ts')).agent(rest);
    case 'login':
    case 'logout':
    case 'whoami':
      return (await import('./commands/login.ts'))[command](rest);
    case 'job':
      return (await import('./commands/job.ts')).job(rest);
    case 'build':
    case 'replay':
    case 'rebuild':
    case 'restart':
    case 'abort':
      return (await import('./commands/build.ts'))[command](rest);
    case 'logs':
    case 'builds':
      return (await import('./commands/logs.ts'))[command](rest);
    case 'queue':
      return (await import('./commands/queue.ts')).queue(rest);
    case 'nodes':
    case 'agents':
      return (await import('./commands/nodes.ts')).nodes(rest);
    case 'clouds':
      return (await import('./commands/clouds.ts')).clouds(rest);
    case 'input':
      return (await import('./commands/input.ts')).input(rest);
    case 'artifacts':
      return (await import('./commands/artifacts.ts')).artifacts(rest);
    case 'tests':
      return (await import('./commands/tests.ts')).tests(rest);
    case 'resources':
      return (await import('./commands/resources.ts')).resources(rest);
    case 'users':
      return (await import('./commands/users.ts')).users(rest);
    case 'credentials':
      return (await import('./commands/credentials.ts')).credentials(rest);
    case 'deliveries':
      return (await import('./commands/deliveries.ts')).deliveries(rest);
    case 'key':
      return (await import('./commands/key.ts')).key(rest);
    case 'fleet':
      return (await import('./commands/fleet.ts')).fleet(rest);
    case '--version':
    case '-v': {
      const { default: own } = await import('../package.json', { with: { type: 'json' } });
      process.stdout.write(`millrace ${own.version}\n`);
      return 0;
    }
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(HELP);
      return 0;
    case undefined:
      process.stderr.write(HELP);
      return 64;
    default:
      throw new CommandError('MR_USAGE', `there is no command ${command}; see millrace --help`);
  }
}
