/** Placeholder shape until the class model lands in this file: natives need only the name. */
export interface GroovyClass {
  readonly name: string;
  readonly simpleName: string;
}
