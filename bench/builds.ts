/** Builds in this process, with journal and log in memory. */
import type { BuildFacts, Host, LogRecord, PipelineRun } from '@millrace/pipeline';
import { runPipeline } from '@millrace/pipeline';

export interface Stores {
  readonly lines: string[];
  readonly records: LogRecord[];
}

export function build(text: string, host: Host, stores: Stores, kept?: Stores): PipelineRun {
  return runPipeline({
    host,
    journal: {
      append: (line) => {
        stores.lines.push(line);
      },
      flush: () => undefined,
    },
    log: {
      append: (_text, record) => {
        stores.records.push(record);
      },
      flush: () => undefined,
    },
    begin: kept === undefined ? { build: facts(text), seed: [1, 2, 3, 4] } : kept,
  });
}

function facts(text: string): BuildFacts {
  return {
    job: 'bench',
    number: 1,
    startedAt: 1_700_000_000_000,
    causes: [],
    parameters: {},
    env: { BUILD_NUMBER: '1' },
    script: { text, path: 'Jenkinsfile' },
    scm: null,
    sandbox: true,
    timeZone: 'Etc/UTC',
    previous: [],
    rootUrl: null,
  };
}

/** The build's end; a benchmark of builds that fail would measure nothing. */
export async function succeeded(run: PipelineRun): Promise<void> {
  const { result } = await run.outcome;
  if (result !== 'SUCCESS') throw new Error(`the build ended with ${result}`);
}
