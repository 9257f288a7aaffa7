/** Lets the agent of a cloud's node run steps in another container of its pod, whichever controller it asks. */
import type { Row } from '../store/schema.ts';
import type { Cloud } from './cloud.ts';
import { CloudError, ContainerError } from './cloud.ts';

/** `again`: asking later may help. */
export type Entered = { readonly entered: true } | { readonly entered: false; readonly again: boolean; readonly code: string; readonly message: string };

export async function enterContainer(clouds: readonly Cloud[], node: Pick<Row<'nodes'>, 'name' | 'cloud' | 'cloud_ref'>, container: string): Promise<Entered> {
  const cloud = clouds.find((c) => c.name === node.cloud);
  if (cloud?.enter === undefined)
    return { entered: false, again: false, code: 'MR_UNSUPPORTED', message: `container('${container}') needs a pod of Kubernetes, and ${node.name} is none` };
  if (node.cloud_ref === null) return { entered: false, again: true, code: 'MR_CLOUD_AWAY', message: `${node.name} is not known to be made yet` };
  try {
    await cloud.enter(node.cloud_ref, container);
    return { entered: true };
  } catch (error) {
    if (error instanceof ContainerError) return { entered: false, again: false, code: error.code, message: error.message };
    if (!(error instanceof CloudError)) throw error;
    return { entered: false, again: error.retryable, code: error.code, message: error.message };
  }
}
