/** The exit status that tells a build's result: of `millrace run`, and of the commands that wait for a build of a server. */
export type ResultName = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT' | 'ABORTED';

export const EXIT_STATUS: { readonly [R in ResultName]: number } = { SUCCESS: 0, UNSTABLE: 1, FAILURE: 2, NOT_BUILT: 3, ABORTED: 4 };
