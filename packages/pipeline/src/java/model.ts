/** Classes of Jenkins' object model that scripts name: parameters as describables, SCMs, and those that the sandbox refuses. */
import type { NativeClass, Value } from '@millrace/groovy';
import { Described } from '../steps/described.ts';
import type { Bean } from '../steps/results.ts';

/** `new StringParameterValue('A', 'b')`: a describable that knows its Java class. */
class Made extends Described {
  private readonly javaName: string;
  constructor(javaName: string, symbol: string | null, args: readonly (readonly [string, Value])[]) {
    super(symbol, symbol === null ? javaName.slice(javaName.lastIndexOf('.') + 1) : null, new Map(args.filter(([, value]) => value !== null)));
    this.javaName = javaName;
  }
  override get $type(): string {
    return this.javaName;
  }
}

/** Constructors by the types and names of their parameters. */
function describable(
  name: string,
  symbol: string | null,
  superclass: string,
  ...forms: readonly (readonly (readonly [type: string, name: string])[])[]
): NativeClass {
  return {
    name,
    superclass,
    constructors: Object.fromEntries(
      forms.map((form) => [
        `(${form.map(([type]) => type).join(', ')})`,
        (_rt: unknown, _self: unknown, ...args: Value[]) =>
          new Made(
            name,
            symbol,
            form.map(([, parameter], i) => [parameter, args[i] ?? null] as const),
          ),
      ]),
    ),
    methods: Object.fromEntries(
      [...new Set(forms.flatMap((form) => form.map(([, parameter]) => parameter)))].map((parameter) => [
        `get${parameter.charAt(0).toUpperCase()}${parameter.slice(1)}()`,
        (_rt: unknown, self: Described) => self.args.get(parameter) ?? null,
      ]),
    ),
  };
}

const STRING = 'java.lang.String',
  OBJECT = 'java.lang.Object';
const VALUE = 'hudson.model.ParameterValue',
  DEFINITION = 'hudson.model.ParameterDefinition';

const parameterClasses: readonly NativeClass[] = [
  { name: VALUE, kind: 'abstract' },
  { name: DEFINITION, kind: 'abstract' },
  ...['String', 'Text', 'Password'].map((kind) =>
    describable(
      `hudson.model.${kind}ParameterValue`,
      null,
      VALUE,
      [
        [STRING, 'name'],
        [STRING, 'value'],
      ],
      [
        [STRING, 'name'],
        [STRING, 'value'],
        [STRING, 'description'],
      ],
    ),
  ),
  describable(
    'hudson.model.BooleanParameterValue',
    null,
    VALUE,
    [
      [STRING, 'name'],
      ['boolean', 'value'],
    ],
    [
      [STRING, 'name'],
      ['boolean', 'value'],
      [STRING, 'description'],
    ],
  ),
  describable(
    'hudson.model.StringParameterDefinition',
    'string',
    DEFINITION,
    [[STRING, 'name']],
    [
      [STRING, 'name'],
      [STRING, 'defaultValue'],
    ],
    [
      [STRING, 'name'],
      [STRING, 'defaultValue'],
      [STRING, 'description'],
    ],
  ),
  describable('hudson.model.TextParameterDefinition', 'text', DEFINITION, [
    [STRING, 'name'],
    [STRING, 'defaultValue'],
    [STRING, 'description'],
  ]),
  describable('hudson.model.PasswordParameterDefinition', 'password', DEFINITION, [
    [STRING, 'name'],
    [STRING, 'defaultValue'],
    [STRING, 'description'],
  ]),
  describable(
    'hudson.model.BooleanParameterDefinition',
    'booleanParam',
    DEFINITION,
    [[STRING, 'name']],
    [
      [STRING, 'name'],
      ['boolean', 'defaultValue'],
    ],
    [
      [STRING, 'name'],
      ['boolean', 'defaultValue'],
      [STRING, 'description'],
    ],
  ),
  describable('hudson.model.ChoiceParameterDefinition', 'choice', DEFINITION, [
    [STRING, 'name'],
    [OBJECT, 'choices'],
    [STRING, 'description'],
  ]),
  describable('hudson.model.ParametersDefinitionProperty', 'parameters', 'java.lang.Object', [[OBJECT, 'parameterDefinitions']]),
];

/** The sandbox refuses their statics; what they would answer lies outside of a build. */
const refusedClasses: readonly NativeClass[] = [
  { name: 'hudson.model.User', restricted: ['staticMethod current', 'staticMethod get java.lang.String', 'staticMethod getById java.lang.String boolean'] },
  { name: 'com.cloudbees.plugins.credentials.CredentialsProvider' },
  {
    name: 'hudson.FilePath',
    restricted: ['new hudson.FilePath java.io.File', 'new hudson.FilePath hudson.remoting.VirtualChannel java.lang.String'].map((line) =>
      line.replace('new hudson.FilePath', 'new'),
    ),
  },
];

const PLAIN: readonly (readonly [name: string, superclass?: string])[] = [
  ['hudson.scm.SCM'],
  ['hudson.plugins.git.GitSCM', 'hudson.scm.SCM'],
  ['hudson.plugins.git.BranchSpec'],
  ['hudson.plugins.git.UserRemoteConfig'],
  ['hudson.model.Run'],
  ['hudson.model.Job'],
  ['hudson.model.Item'],
  ['hudson.model.Cause'],
  ['hudson.model.Cause$UserIdCause', 'hudson.model.Cause'],
  ['hudson.model.Cause$UpstreamCause', 'hudson.model.Cause'],
  ['hudson.triggers.TimerTrigger$TimerTriggerCause', 'hudson.model.Cause'],
  ['hudson.triggers.SCMTrigger$SCMTriggerCause', 'hudson.model.Cause'],
  ['org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause', 'hudson.model.Cause$UpstreamCause'],
  ['org.jenkinsci.plugins.parameterizedscheduler.ParameterizedTimerTriggerCause', 'hudson.triggers.TimerTrigger$TimerTriggerCause'],
  ['com.cloudbees.hudson.plugins.folder.Folder', 'hudson.model.Item'],
  ['hudson.model.Node'],
  ['hudson.model.Run$Artifact'],
  ['hudson.model.ParametersAction'],
  ['hudson.tasks.test.AbstractTestResultAction'],
  ['hudson.tasks.junit.TestResultAction', 'hudson.tasks.test.AbstractTestResultAction'],
  ['hudson.tasks.test.TestObject'],
  ['hudson.tasks.test.TestResult', 'hudson.tasks.test.TestObject'],
  ['hudson.tasks.junit.TestResult', 'hudson.tasks.test.TestResult'],
  ['hudson.tasks.junit.PackageResult', 'hudson.tasks.test.TestResult'],
  ['hudson.tasks.junit.ClassResult', 'hudson.tasks.test.TestResult'],
  ['hudson.tasks.junit.CaseResult', 'hudson.tasks.test.TestResult'],
  ['hudson.tasks.junit.SuiteResult'],
  ['org.jenkinsci.plugins.workflow.job.WorkflowRun', 'hudson.model.Run'],
  ['org.jenkinsci.plugins.workflow.job.WorkflowJob', 'hudson.model.Job'],
  ['org.jenkinsci.plugins.workflow.libs.Library'],
  ['org.jenkinsci.plugins.docker.workflow.Docker'],
  ['org.jenkinsci.plugins.docker.workflow.Docker$Image'],
  ['org.jenkinsci.plugins.docker.workflow.Docker$Container'],
  ['hudson.plugins.git.GitChangeSet'],
  ['hudson.plugins.git.GitChangeSet$Path'],
  ['hudson.scm.EditType'],
];

export const modelClasses: readonly NativeClass[] = [
  ...PLAIN.map(([name, superclass]): NativeClass => ({ name, ...(superclass === undefined ? {} : { superclass }) })),
  { name: 'hudson.scm.NullSCM', superclass: 'hudson.scm.SCM', constructors: { '()': () => new Made('hudson.scm.NullSCM', null, []) } },
  // ChangeLogSet is iterable.
  {
    name: 'hudson.plugins.git.GitChangeSetList',
    interfaces: ['java.lang.Iterable'],
    methods: { 'iterator()': (rt, self: Bean) => rt.invokeSync(self.properties.get('items') ?? null, 'iterator', []) },
  },
  ...parameterClasses,
  ...refusedClasses,
];
