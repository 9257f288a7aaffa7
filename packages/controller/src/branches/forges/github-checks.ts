/** Check runs of GitHub: https://docs.github.com/en/rest/checks/runs, version 2022-11-28. */
import { z } from 'zod';
import type { CheckRun, CheckRuns } from './forge.ts';
import type { ForgeHttp } from './forge-http.ts';

const made = z.object({ id: z.int() });
const found = z.object({
  check_runs: z.array(z.object({ id: z.int(), external_id: z.string().nullish(), output: z.object({ annotations_count: z.int().nullish() }).nullish() })),
});
const AT_ONCE = 50,
  MOST_ACTIONS = 3;

/** `at`: the path of the repository. */
export function githubChecks(http: ForgeHttp, at: string): CheckRuns {
  return {
    annotationsAtOnce: AT_ONCE,
    async find(commit, name, externalId) {
      const query = `check_name=${encodeURIComponent(name)}&filter=all&per_page=100`;
      const { check_runs: runs } = await http.get(`${at}/commits/${commit}/check-runs?${query}`, found);
      const own = runs.find((run) => run.external_id === externalId);
      return own === undefined ? null : { id: own.id, annotations: own.output?.annotations_count ?? 0 };
    },
    create: async (commit, run) => (await http.write('POST', `${at}/check-runs`, { head_sha: commit, ...bodyOf(run) }, made)).id,
    update: async (id, run) => {
      await http.write('PATCH', `${at}/check-runs/${id}`, bodyOf(run), made);
    },
  };
}

function bodyOf({ name, externalId, status, conclusion, url, output, annotations, actions, startedAt, completedAt }: CheckRun): object {
  return {
    name,
    external_id: externalId,
    details_url: url,
    status,
    ...(startedAt === null ? {} : { started_at: new Date(startedAt).toISOString() }),
    ...(status === 'completed' ? { conclusion, completed_at: new Date(completedAt ?? startedAt ?? 0).toISOString() } : {}),
    ...(output === null
      ? {}
      : {
          output: {
            title: output.title,
            summary: output.summary,
            ...(output.text === '' ? {} : { text: output.text }),
            ...(annotations.length === 0 ? {} : { annotations: annotations.map(annotationOf) }),
          },
        }),
    ...(actions.length === 0 ? {} : { actions: actions.slice(0, MOST_ACTIONS) }),
  };
}

function annotationOf(a: CheckRun['annotations'][number]): object {
  // Columns are taken of one line alone.
  const columns = a.startLine === a.endLine;
  return {
    path: a.path,
    start_line: a.startLine,
    end_line: a.endLine,
    ...(columns && a.startColumn !== null ? { start_column: a.startColumn } : {}),
    ...(columns && a.endColumn !== null ? { end_column: a.endColumn } : {}),
    annotation_level: a.level,
    message: a.message,
    ...(a.title === null ? {} : { title: a.title }),
    ...(a.rawDetails === null ? {} : { raw_details: a.rawDetails }),
  };
}
