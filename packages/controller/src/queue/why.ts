/** Why something waits: a code for machines, Jenkins' words for people. */
export type WaitState = 'queued' | 'quiet' | 'blocked' | 'waiting' | 'asked for' | 'scheduled' | 'pulling' | 'connecting' | 'granted' | 'cancelled';

export interface Why {
  readonly state: WaitState;
  readonly code: string;
  readonly message: string;
  readonly fields: { readonly [name: string]: string | number };
}
