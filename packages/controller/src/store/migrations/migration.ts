/** One step forward of the schema. A migration that has landed is never changed; a later one mends it. */

/** How an engine writes what the two write differently. */
export interface Dialect {
  /** A primary key that counts by itself and never gives a number twice. */
  readonly id: string;
  readonly bytes: string;
  /** Behind a text that is compared by its bytes. */
  readonly bytewise: string;
}

export interface Migration {
  readonly number: number;
  /**
   * The oldest schema whose programs still work on this one: controllers of the version before go on while a rollout runs.
   * A change that they would not stand (a column gone, a meaning changed) comes one minor version after its replacement.
   */
  readonly readableFrom: number;
  readonly statements: (dialect: Dialect) => readonly string[];
}
