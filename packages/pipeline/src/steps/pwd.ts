import { defineStep } from './step.ts';

export const pwdStep = defineStep({
  name: 'pwd',
  summary: 'Determine current directory',
  needs: ['workspace'],
  params: [{ name: 'tmp', type: 'boolean', default: false, help: 'The folder for temporary files that belongs to the current one.' }],
  describe: () => null,
  *run(cx, args) {
    const { cwd } = cx.place();
    if (!args.tmp) return cwd;
    // `WorkspaceList.tempDir`: a sibling of the folder.
    return cwd === cx.scope.workspace && cx.scope.temporary !== null ? cx.scope.temporary : `${cwd}@tmp`;
  },
});
