/** The triggers of a job's configuration, as fields of its form. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { JobConfig } from '../../api/shapes.ts';
import { CheckInput, LinesInput, SelectInput, TextInput } from '../../parts/fields.tsx';
import { FRESH_GITLAB, GitLabFields } from './gitlab-fields.tsx';

type Trigger = JobConfig['triggers'][number];
type Generic = Extract<Trigger, { kind: 'generic' }>;

/** How each begins. */
const FRESH: { readonly [K in Trigger['kind']]: Extract<Trigger, { kind: K }> } = {
  cron: { kind: 'cron', spec: 'H 2 * * *' },
  poll: { kind: 'poll', spec: 'H/5 * * * *', ignorePostCommitHooks: false },
  push: { kind: 'push', token: null },
  gitlab: FRESH_GITLAB,
  repository: { kind: 'repository', url: '', branches: ['*'] },
  upstream: { kind: 'upstream', jobs: [], threshold: 'SUCCESS' },
  token: { kind: 'token', token: null },
  generic: {
    kind: 'generic',
    token: null,
    variables: [],
    headers: [],
    query: [],
    filterText: '',
    filterExpression: '',
    cause: 'Generic Cause',
  },
};
const KINDS = Object.keys(FRESH) as Trigger['kind'][];

export function TriggerFields({
  triggers,
  onChange,
}: {
  readonly triggers: readonly Trigger[];
  readonly onChange: (triggers: Trigger[]) => void;
}): ReactElement {
  const { t } = useTranslation();
  const change = (i: number, next: Trigger): void => onChange(triggers.map((one, at) => (at === i ? next : one)));
  return (
    <fieldset className="card">
      <legend>{t('triggers.title')}</legend>
      <p className="quiet">{t('triggers.about')}</p>
      {triggers.map((trigger, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names
        <div key={i} className="card">
          <SelectInput
            label={t('triggers.kind')}
            value={trigger.kind}
            choices={KINDS.map((id) => ({ id, text: t(`triggers.kinds.${id}`) }))}
            onChange={(kind) => change(i, FRESH[kind as Trigger['kind']])}
          />
          <Fields trigger={trigger} change={(next) => change(i, next)} />
          <Button className="button" onPress={() => onChange(triggers.filter((_, at) => at !== i))}>
            {t('triggers.remove', { number: i + 1 })}
          </Button>
        </div>
      ))}
      <Button className="button" onPress={() => onChange([...triggers, FRESH.cron])}>
        {t('triggers.add')}
      </Button>
    </fieldset>
  );
}

function Fields({ trigger, change }: { readonly trigger: Trigger; readonly change: (next: Trigger) => void }): ReactElement | null {
  const { t } = useTranslation();
  switch (trigger.kind) {
    case 'cron':
    case 'poll':
      return (
        <>
          <TextInput
            label={t('triggers.spec')}
            about={t('triggers.specAbout')}
            lines={2}
            value={trigger.spec}
            onChange={(spec) => change({ ...trigger, spec })}
            required
          />
          {trigger.kind === 'poll' && (
            <CheckInput
              label={t('triggers.ignoreHooks')}
              value={trigger.ignorePostCommitHooks}
              onChange={(ignorePostCommitHooks) => change({ ...trigger, ignorePostCommitHooks })}
            />
          )}
        </>
      );
    case 'push':
    case 'token':
      return <Token token={trigger.token} change={(token) => change({ ...trigger, token })} />;
    case 'gitlab':
      return (
        <>
          <Token token={trigger.token} change={(token) => change({ ...trigger, token })} />
          <GitLabFields trigger={trigger} change={change} />
        </>
      );
    case 'repository':
      return (
        <>
          <TextInput label={t('triggers.url')} value={trigger.url} onChange={(url) => change({ ...trigger, url })} required />
          <LinesInput
            label={t('triggers.branches')}
            about={t('triggers.branchesAbout')}
            value={trigger.branches}
            onChange={(branches) => change({ ...trigger, branches })}
          />
        </>
      );
    case 'upstream':
      return (
        <>
          <LinesInput label={t('triggers.jobs')} about={t('triggers.jobsAbout')} value={trigger.jobs} onChange={(jobs) => change({ ...trigger, jobs })} />
          <SelectInput
            label={t('triggers.threshold')}
            value={trigger.threshold}
            choices={['SUCCESS', 'UNSTABLE', 'FAILURE', 'ABORTED'].map((id) => ({ id, text: id }))}
            onChange={(threshold) => change({ ...trigger, threshold: threshold as typeof trigger.threshold })}
          />
        </>
      );
    case 'generic':
      return <GenericFields trigger={trigger} change={change} />;
  }
}

function Token({ token, change }: { readonly token: string | null; readonly change: (token: string | null) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('triggers.token')}
      about={t('triggers.tokenAbout')}
      type="password"
      value={token ?? ''}
      onChange={(text) => change(text === '' ? null : text)}
      autoComplete="new-password"
    />
  );
}

function GenericFields({ trigger, change }: { readonly trigger: Generic; readonly change: (next: Trigger) => void }): ReactElement {
  const { t } = useTranslation();
  const variables = trigger.variables.map((v) => `${v.name}=${v.path}`);
  const read = (lines: readonly string[]): Generic['variables'] =>
    lines.map((line) => {
      const at = line.indexOf('=');
      const name = at < 0 ? line : line.slice(0, at);
      const before = trigger.variables.find((v) => v.name === name);
      return { name, path: at < 0 ? '' : line.slice(at + 1), default: before?.default ?? '', remove: before?.remove ?? '' };
    });
  return (
    <>
      <Token token={trigger.token} change={(token) => change({ ...trigger, token })} />
      <LinesInput
        label={t('triggers.variables')}
        about={t('triggers.variablesAbout')}
        value={variables}
        meant={(line) => line.replace(/=$/, '')}
        onChange={(lines) => change({ ...trigger, variables: read(lines) })}
      />
      <TextInput
        label={t('triggers.filterText')}
        about={t('triggers.filterAbout')}
        value={trigger.filterText}
        onChange={(filterText) => change({ ...trigger, filterText })}
      />
      <TextInput
        label={t('triggers.filterExpression')}
        value={trigger.filterExpression}
        onChange={(filterExpression) => change({ ...trigger, filterExpression })}
      />
    </>
  );
}
