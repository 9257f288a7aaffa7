/** How the agent gets its runner started in a container: whoever made the pod can do that, and a controller asks it. */
export interface Entrance {
  /**
   * Resolves when a runner was started in the container; tries again for as long as that may help. Rejects with an OperationError
   * that the step fails with, or when it is aborted. `work` is the task that needs it.
   */
  enter(work: string, container: string, signal: AbortSignal): Promise<void>;
}
