/** The job of a first start: something green to look at. It is made once; whoever deletes it does not get it again. */
import type { ControllerParts } from '../controller-options.ts';

/** Its name, at the top. */
export const EXAMPLE = 'example';

const SCRIPT = `// The example job. Change it, or make a job of your own.
pipeline {
  agent any
  stages {
    stage('Build') {
      steps {
        echo "Hello from \${env.JOB_NAME} #\${env.BUILD_NUMBER}"
        sh 'uname -sm > machine.txt && cat machine.txt'
      }
    }
    stage('Test') {
      parallel {
        stage('Unit') { steps { sh 'echo "all tests passed"' } }
        stage('Lint') { steps { sh 'echo "nothing to complain about"' } }
      }
    }
  }
  post {
    always { archiveArtifacts artifacts: 'machine.txt', allowEmptyArchive: true }
  }
}
`;

/** Makes it and triggers its first build, whose id it answers; null where this is not the first start. */
export async function exampleJob({ store, enqueue, services }: ControllerParts): Promise<number | null> {
  return store.write(async (tx, wakes) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('meta')
      .values({ key: 'example job', value: String(services.now()) })
      .onConflict((c) => c.column('key').doNothing())
      .executeTakeFirst();
    if (Number(numInsertedOrUpdatedRows ?? 0) === 0) return null;
    if ((await tx.selectFrom('items').select('id').limit(1).executeTakeFirst()) !== undefined) return null;
    const config = {
      definition: { kind: 'inline', script: SCRIPT },
      parameters: [],
      environment: {},
      quietPeriodSeconds: null,
      concurrent: 'allow',
      throttle: null,
      retention: null,
      priority: 0,
      controllerLabel: null,
      timeZone: null,
    };
    const { id } = await tx
      .insertInto('items')
      .values({
        parent_id: null,
        kind: 'pipeline',
        name: EXAMPLE,
        full_name: EXAMPLE,
        description: 'An example to look at',
        disabled: 0,
        config: JSON.stringify(config),
        properties: '{}',
        next_number: 1,
        revision: 1,
        created_at: services.now(),
        updated_at: services.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const cause = { type: 'io.millrace.FirstStart', text: 'Started by the first start of this server' };
    return (await enqueue(tx, wakes, { item: { id }, given: {}, causes: [cause], quietSeconds: 0, priority: null, merge: false, lenient: false })).id;
  });
}
