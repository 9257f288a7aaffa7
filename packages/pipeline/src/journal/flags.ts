/**
 * Numbered behaviours of the engine. A change that makes an old journal replay differently gets the next number, and the
 * code asks `flags.has(n)`; each new journal lists the numbers that were known when its build began. A number is never
 * used again, and its branch is removed only when no journal without it can still be resumed.
 *
 * | number | since | what it changes, and why |
 * | --- | --- | --- |
 * | 1 | 0.1 | the format's first version; every journal has it |
 * | 2 | 0.1 | other builds are asked for where the header does not tell enough, and `previous…Build` means what Jenkins means; before, they had no changes, causes and variables |
 * | 3 | 0.1 | `publishHTML` looks for its pages and tells them; `BUILD_LOG_REGEX`, `BUILD_LOG_EXCERPT` and `FILE` in mails are read by the program |
 */
export type FlagNumber = number;

export const OTHER_BUILDS: FlagNumber = 2;
export const REPORTS: FlagNumber = 3;

export const CURRENT_FLAGS: readonly FlagNumber[] = [1, OTHER_BUILDS, REPORTS];
