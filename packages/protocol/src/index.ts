/** The shapes that cross a wire or a version. */
export * from './api/job-config.ts';
