import { defineStep } from './step.ts';

export const deleteDirStep = defineStep({
  name: 'deleteDir',
  summary: 'Recursively delete the current directory from the workspace',
  needs: ['workspace'],
  params: [],
  *run(cx) {
    yield* cx.ask('file.delete', { ...cx.place(), path: '.' });
    return null;
  },
});
