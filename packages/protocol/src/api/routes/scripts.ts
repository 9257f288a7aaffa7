/** Scripts that belong to no build yet. */
import { routes } from '../route.ts';
import * as s from '../scripts.ts';

export const scriptRoutes = routes({
  'scripts.validate': {
    method: 'POST',
    path: '/validate',
    summary: 'Checks a Jenkinsfile without running it: its Groovy, and what Declarative Pipelines hold',
    permission: 'user',
    body: s.scriptToCheck,
    bodyLimit: 2 << 20,
    responses: { 200: { description: 'What is wrong with it, if anything', schema: s.checkedScript } },
    errors: ['MR_SCRIPT_CHECK_TIME', 'MR_SCRIPT_CHECKS_BUSY'],
  },
});
