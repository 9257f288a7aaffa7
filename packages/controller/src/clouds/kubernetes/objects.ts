/** What is read of the API's objects. */

export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  /** When its grace ends. */
  readonly deletionTimestamp?: string;
  readonly labels?: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
}

export interface ContainerStatus {
  readonly name: string;
  readonly image?: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: { readonly startedAt?: string };
    readonly terminated?: {
      readonly reason?: string;
      readonly message?: string;
      readonly exitCode: number;
      readonly signal?: number;
      readonly startedAt?: string | null;
    };
  };
}

export interface Pod {
  readonly metadata: ObjectMeta;
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly image?: string; readonly workingDir?: string }[];
    readonly nodeName?: string;
    readonly initContainers?: readonly { readonly name: string; readonly image?: string }[];
    readonly priority?: number;
    readonly priorityClassName?: string;
  };
  readonly status?: {
    readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
    readonly reason?: string;
    readonly message?: string;
    /** Where pods of lower priority are ended for it. */
    readonly nominatedNodeName?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface PodEvent {
  readonly metadata: ObjectMeta;
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly involvedObject: { readonly name?: string; readonly namespace?: string; readonly uid?: string; readonly fieldPath?: string };
}
