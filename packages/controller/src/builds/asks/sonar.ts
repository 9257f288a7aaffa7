/** `withSonarQubeEnv` and `waitForQualityGate`, as far as they need the server. */
import type { Json, QualityGate, ServerAsks, SonarServer } from '@millrace/pipeline';
import type { SonarServerConfig } from '../../config/installation.ts';
import { SonarClient, SonarError } from '../../sonar/sonar-client.ts';
import type { AskContext } from '../ask-context.ts';
import { AskFailure, useOf } from '../ask-context.ts';

type Cx = AskContext<'other'>;

const FIRST_MS = 1_000,
  LONGEST_MS = 15_000,
  /** One that never answers for so long fails the step. */
  AWAY_MS = 30 * 60_000;
const CLOUDS = ['https://sonarcloud.io', 'https://sonarqube.us'];

export async function sonarServer(cx: Cx, { name }: ServerAsks['withSonarQubeEnv'][0]): Promise<void> {
  const { url, credentialsId, mojoVersion, additionalProperties, additionalAnalysisProperties, ...found } = serverNamed(cx, name);
  const answer: SonarServer = {
    name: found.name,
    url,
    credentialsId,
    mojoVersion,
    additionalProperties,
    additionalAnalysisProperties,
    tokenProperty: await tokenProperty(found.name, url),
  };
  cx.answer(answer as unknown as Json);
}

/** As the plug-in: `sonar.token` since version 10. */
async function tokenProperty(name: string, url: string): Promise<SonarServer['tokenProperty']> {
  if (CLOUDS.some((cloud) => url.startsWith(cloud))) return 'sonar.token';
  const version = await new SonarClient({ name, url, token: null }).version().catch(() => '0.0');
  return Number.parseInt(version, 10) >= 10 ? 'sonar.token' : 'sonar.login';
}

function serverNamed(cx: Cx, name: string | null): SonarServerConfig {
  const servers = cx.services.installation().sonarServers ?? [];
  const found = name === null ? servers[0] : servers.find((server) => server.name === name);
  if (found !== undefined) return found;
  const message =
    name === null
      ? `No SonarQube installation assigned for this job. There are ${servers.length} available installations that can be configured.`
      : `SonarQube installation defined in this job (${name}) does not match any configured installation. Number of installations that can be configured: ${servers.length}.`;
  throw new AskFailure({ code: 'MR_SONAR', message: `${message} The configuration file has them under sonarServers.` });
}

/** Asks until the analysis is over, and at once when its webhook comes. */
export async function qualityGate(cx: Cx, { server: name, task, credentialsId }: ServerAsks['waitForQualityGate'][0]): Promise<void> {
  const server = serverNamed(cx, name);
  const credential = credentialsId === null ? null : await cx.services.credential(credentialsId, useOf(cx, 'sonar'));
  if (credential === null && credentialsId !== null) throw new AskFailure({ code: 'MR_CREDENTIALS_UNKNOWN', message: credentialsId });
  const token = credential?.fields['secret'] ?? credential?.fields['text'] ?? credential?.fields['token'] ?? null;
  const client = new SonarClient({ name, url: server.url, token });
  const gone = new AbortController();
  let look: (() => void) | null = null;
  let told = false;
  const off = cx.services.store.wakes.on('sonar', (topic) => {
    if (topic !== '*' && topic !== `sonar ${task}`) return;
    told = true;
    look?.();
  });
  const end = (): void => {
    gone.abort();
    off();
    look?.();
  };
  cx.onGone(end);
  cx.onCancel(end);
  const now = (): number => cx.services.now();
  void (async (): Promise<void> => {
    let wait = FIRST_MS;
    let away: number | null = null;
    while (!gone.signal.aborted) {
      try {
        const answer = await answerOf(client, task, gone.signal);
        away = null;
        if (answer !== null) return cx.answer(answer as unknown as Json);
      } catch (error) {
        if (gone.signal.aborted) return;
        away ??= now();
        if (!(error instanceof SonarError) || !error.away || now() - away > AWAY_MS) return cx.fail({ code: 'MR_SONAR', message: (error as Error).message });
      }
      // What came while it was asked may be news.
      if (!told)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wait);
          look = (): void => {
            clearTimeout(timer);
            resolve();
          };
        });
      look = null;
      told = false;
      wait = Math.min(LONGEST_MS, wait * 1.5);
    }
  })().finally(off);
}

/** Null: it is not over. */
async function answerOf(client: SonarClient, task: string, signal: AbortSignal): Promise<QualityGate | null> {
  const { status, analysis } = await client.task(task, signal);
  if (status === 'SUCCESS') return { status, gate: analysis === null ? 'NONE' : await client.gate(analysis, signal) };
  return status === 'FAILED' || status === 'CANCELED' ? { status, gate: null } : null;
}
