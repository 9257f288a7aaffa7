/** Check runs as GitHub keeps them, for tests: what it refuses is refused, and annotations add up. */
interface Output {
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
}
export interface FakeCheckRun {
  readonly id: number;
  readonly repository: string;
  readonly head_sha: string;
  name: string;
  external_id: string;
  details_url: string;
  status: string;
  conclusion: string | null;
  output: Output | null;
  readonly annotations: { readonly [field: string]: unknown }[];
  actions: readonly unknown[];
  /** Each status that it was told, in order. */
  readonly told: string[];
}
type Answer = { status: number; body: string };

const CONCLUSIONS = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'];

export class FakeChecks {
  readonly runs: FakeCheckRun[] = [];

  named(name: string): FakeCheckRun[] {
    return this.runs.filter((run) => run.name === name);
  }

  /** Null: it is no request about checks. */
  answer(method: string, rest: string, repository: string, body: string, url: URL): Answer | null {
    const list = /^\/commits\/([0-9a-f]+)\/check-runs$/.exec(rest);
    if (list !== null && method === 'GET') {
      const found = this.runs.filter((r) => r.repository === repository && r.head_sha === list[1] && r.name === url.searchParams.get('check_name'));
      return said(200, { total_count: found.length, check_runs: found.map(shown) });
    }
    if (rest === '/check-runs' && method === 'POST') return this.make(repository, JSON.parse(body) as Said);
    const one = /^\/check-runs\/(\d+)$/.exec(rest);
    const run = this.runs.find((r) => r.id === Number(one?.[1]) && r.repository === repository);
    return method === 'PATCH' && run !== undefined ? this.change(run, JSON.parse(body) as Said) : null;
  }

  private make(repository: string, body: Said): Answer {
    if (typeof body.name !== 'string' || !/^[0-9a-f]{40}$/.test(body.head_sha ?? '')) return invalid('name and head_sha are needed');
    const run: FakeCheckRun = {
      id: 9_000_000_000 + this.runs.length,
      repository,
      head_sha: body.head_sha as string,
      name: body.name,
      external_id: '',
      details_url: '',
      status: 'queued',
      conclusion: null,
      output: null,
      annotations: [],
      actions: [],
      told: [],
    };
    const answer = this.change(run, body);
    if (answer.status >= 400) return answer;
    this.runs.push(run);
    return { ...answer, status: 201 };
  }

  private change(run: FakeCheckRun, body: Said): Answer {
    const { output, annotations = [] } = { output: body.output ?? null, annotations: body.output?.annotations };
    if (body.status === 'completed' && !CONCLUSIONS.includes(body.conclusion ?? '')) return invalid('conclusion is needed');
    if (output !== null && (!output.title || typeof output.summary !== 'string')) return invalid('output needs title and summary');
    if (annotations.length > 50) return invalid('at most 50 annotations');
    for (const text of [output?.summary, output?.text]) if ((text?.length ?? 0) > 65_535) return invalid('at most 65535 characters');
    run.external_id = body.external_id ?? run.external_id;
    run.details_url = body.details_url ?? run.details_url;
    run.status = body.status ?? run.status;
    run.conclusion = body.conclusion ?? null;
    if (output !== null) run.output = output;
    run.annotations.push(...annotations);
    run.actions = body.actions ?? run.actions;
    run.told.push(run.status);
    return said(200, shown(run));
  }
}

interface Said {
  readonly name?: string;
  readonly head_sha?: string;
  readonly external_id?: string;
  readonly details_url?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly output?: Output & { readonly annotations?: { readonly [field: string]: unknown }[] };
  readonly actions?: readonly unknown[];
}

function shown({ id, name, head_sha, external_id, status, conclusion, output, annotations }: FakeCheckRun): object {
  return { id, name, head_sha, external_id, status, conclusion, output: { ...output, annotations_count: annotations.length } };
}
function said(status: number, body: unknown): Answer {
  return { status, body: JSON.stringify(body) };
}
function invalid(message: string): Answer {
  return said(422, { message: `Invalid request. ${message}` });
}
