/** Lets the agent of a cloud's node run steps in another container of its pod, whichever controller it asks. */
import type { Row } from '../store/schema.ts';
import type { Cloud } from './cloud.ts';
import { CloudError, ContainerError } from './cloud.ts';

export type CloudNode = Pick<Row<'nodes'>, 'name' | 'cloud' | 'cloud_ref'>;

/** `again`: asking later may help. */
export interface Refused {
  readonly again: boolean;
  readonly code: string;
  readonly message: string;
}
export type Entered = { readonly entered: true } | ({ readonly entered: false } & Refused);

export async function enterContainer(clouds: readonly Cloud[], node: CloudNode, container: string): Promise<Entered> {
  const answer = await askOfPod(clouds, node, `container('${container}')`, (cloud, ref) => cloud.enter?.(ref, container));
  return 'ok' in answer ? { entered: true } : { entered: false, ...answer };
}

/** What a cloud says of a node's pod; `step` is what needs it. `ask` answers nothing where the cloud has no such method. */
export async function askOfPod<T>(
  clouds: readonly Cloud[],
  node: CloudNode,
  step: string,
  ask: (cloud: Cloud, ref: string) => Promise<T> | undefined,
): Promise<{ readonly ok: T } | Refused> {
  const cloud = clouds.find((c) => c.name === node.cloud);
  const none: Refused = { again: false, code: 'MR_UNSUPPORTED', message: `${step} needs a pod of Kubernetes, and ${node.name} is none` };
  if (cloud === undefined) return none;
  if (node.cloud_ref === null) return { again: true, code: 'MR_CLOUD_AWAY', message: `${node.name} is not known to be made yet` };
  const asked = ask(cloud, node.cloud_ref);
  if (asked === undefined) return none;
  try {
    return { ok: await asked };
  } catch (error) {
    if (error instanceof ContainerError) return { again: false, code: error.code, message: error.message };
    if (!(error instanceof CloudError)) throw error;
    return { again: error.retryable, code: error.code, message: error.message };
  }
}
