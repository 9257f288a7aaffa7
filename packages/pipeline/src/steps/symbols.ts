/**
 * Names that make describables when a script calls them: `usernamePassword(…)`, `logRotator(…)`. What they mean is up to the
 * step that takes them.
 */
export const SYMBOLS: readonly string[] = [];
