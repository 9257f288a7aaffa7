/** What Millrace asks of a SonarQube server: its web API, https://docs.sonarsource.com/sonarqube-server/extension-guide/web-api. */
import { z } from 'zod';

const TIMEOUT_MS = 30_000;
const LARGEST = 1 << 20;

const version = z.string().regex(/^\d+\.\d+/);
const task = z.object({ task: z.object({ status: z.string().max(100), analysisId: z.string().max(1_000).optional() }) });
const project = z.object({ projectStatus: z.object({ status: z.string().max(100) }) });

/** `away`: it may answer later. */
export class SonarError extends Error {
  readonly away: boolean;
  constructor(message: string, away: boolean) {
    super(message);
    this.away = away;
  }
}

export class SonarClient {
  private readonly name: string;
  private readonly url: string;
  private readonly token: string | null;
  constructor({ name, url, token }: { readonly name: string; readonly url: string; readonly token: string | null }) {
    this.name = name;
    this.url = url.replace(/\/+$/, '');
    this.token = token;
  }

  /** `10.4.1.1234` */
  async version(): Promise<string> {
    return this.read('/api/server/version', (text) => version.parse(text.trim()));
  }
  /** `analysis`: once it has been a success. */
  async task(id: string, signal?: AbortSignal): Promise<{ readonly status: string; readonly analysis: string | null }> {
    const { status, analysisId = null } = (await this.read(`/api/ce/task?id=${encodeURIComponent(id)}`, (text) => task.parse(JSON.parse(text)), signal)).task;
    return { status: status.toUpperCase(), analysis: analysisId };
  }
  async gate(analysis: string, signal?: AbortSignal): Promise<string> {
    const path = `/api/qualitygates/project_status?analysisId=${encodeURIComponent(analysis)}`;
    return (await this.read(path, (text) => project.parse(JSON.parse(text)), signal)).projectStatus.status;
  }

  private async read<T>(path: string, parse: (text: string) => T, signal?: AbortSignal): Promise<T> {
    const within = AbortSignal.timeout(TIMEOUT_MS);
    let status: number, text: string;
    try {
      const response = await fetch(`${this.url}${path}`, {
        headers: this.token === null ? {} : { authorization: `Basic ${Buffer.from(`${this.token}:`).toString('base64')}` },
        signal: signal === undefined ? within : AbortSignal.any([signal, within]),
        redirect: 'error',
      });
      ({ status } = response);
      text = await limited(response);
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      throw new SonarError(`SonarQube server '${this.name}' does not answer: ${cause?.message ?? message}`, true);
    }
    if (status === 401 || status === 403)
      throw new SonarError(`SonarQube server '${this.name}' answered ${status}: its credential holds no token that may ask for ${path.split('?')[0]}`, false);
    if (status === 429 || status >= 500) throw new SonarError(`SonarQube server '${this.name}' answered ${status}`, true);
    if (status !== 200) throw new SonarError(`SonarQube server '${this.name}' answered ${status} to ${path}`, false);
    try {
      return parse(text);
    } catch {
      throw new SonarError(`SonarQube server '${this.name}' answered something else than its API to ${path}: ${text.slice(0, 200)}`, false);
    }
  }
}

async function limited(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > LARGEST) throw new Error(`more than ${LARGEST} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
