/** Every shape that crosses a wire or a version. */
export * from './agent/index.ts';
export * from './api/index.ts';
