/** What a multibranch job or an organization folder says. */
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { MultibranchConfig, OrganizationConfig } from '../../api/shapes.ts';
import { CheckInput, TextInput } from '../../parts/fields.tsx';
import { FIRST_CHECKS, firstSource } from './first-configs.ts';
import { FilterFields, OwnerFields, SourceFields } from './source-fields.tsx';

type Config = MultibranchConfig | OrganizationConfig;

export function BranchesFields({ config, onChange }: { readonly config: Config; readonly onChange: (config: Config) => void }): ReactElement {
  return (
    <>
      {'sources' in config ? <Sources config={config} onChange={onChange} /> : <Owner config={config} onChange={onChange} />}
      <Rules config={config} onChange={onChange} />
    </>
  );
}

function Sources({ config, onChange }: { readonly config: MultibranchConfig; readonly onChange: (config: Config) => void }): ReactElement {
  const { t } = useTranslation();
  const { sources } = config;
  return (
    <>
      {sources.map((source, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a source is its place
        <fieldset key={i} className="card">
          <legend>{sources.length === 1 ? t('branches.source') : t('branches.sourceN', { n: i + 1 })}</legend>
          <SourceFields source={source} onChange={(next) => onChange({ ...config, sources: sources.map((s, at) => (at === i ? next : s)) })} />
          {/* Jobs know their source by its place: the last alone goes. */}
          {sources.length > 1 && i === sources.length - 1 && (
            <Button className="button" onPress={() => onChange({ ...config, sources: sources.slice(0, -1) })}>
              {t('branches.removeSource', { n: i + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      <Button className="button" onPress={() => onChange({ ...config, sources: [...sources, firstSource('git')] })}>
        {t('branches.addSource')}
      </Button>
    </>
  );
}

function Owner({ config, onChange }: { readonly config: OrganizationConfig; readonly onChange: (config: Config) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className="card">
        <legend>{t('branches.source')}</legend>
        <OwnerFields source={config.source} onChange={(source) => onChange({ ...config, source })} />
      </fieldset>
      <fieldset className="card">
        <legend>{t('branches.repositories')}</legend>
        <FilterFields filter={config.repositories} onChange={(repositories) => onChange({ ...config, repositories })} />
      </fieldset>
    </>
  );
}

function Rules({ config, onChange }: { readonly config: Config; readonly onChange: (config: Config) => void }): ReactElement {
  const { t } = useTranslation();
  const { build, orphans, status } = config;
  // One that was configured before there were checks says nothing of them.
  const checks = config.checks ?? FIRST_CHECKS;
  const number = (text: string): number | null => (text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text));
  const rule = (more: Partial<Config>): void => onChange({ ...config, ...more } as Config);
  return (
    <>
      <fieldset className="card">
        <legend>{t('branches.building')}</legend>
        <TextInput label={t('config.path')} value={config.path} onChange={(path) => rule({ path })} required />
        <CheckInput label={t('branches.buildBranches')} value={build.branches} onChange={(branches) => rule({ build: { ...build, branches } })} />
        <CheckInput label={t('branches.buildChanges')} value={build.changes} onChange={(changes) => rule({ build: { ...build, changes } })} />
        <CheckInput label={t('branches.buildInitial')} value={build.initial} onChange={(initial) => rule({ build: { ...build, initial } })} />
        <CheckInput
          label={t('branches.ignoreTarget')}
          value={build.ignoreTargetChanges}
          onChange={(ignoreTargetChanges) => rule({ build: { ...build, ignoreTargetChanges } })}
        />
        <TextInput
          label={t('branches.tagDays')}
          type="number"
          value={build.tagDays?.toString() ?? ''}
          onChange={(text) => rule({ build: { ...build, tagDays: number(text) } })}
        />
        <TextInput
          label={t('branches.suppress')}
          about={t('branches.wildcards')}
          value={config.suppress.join(' ')}
          onChange={(text) => rule({ suppress: text.split(' ').filter((p, i, all) => p !== '' || i === all.length - 1) })}
        />
        <TextInput
          label={t('branches.startsAtOnce')}
          about={t('branches.startsAtOnceAbout')}
          type="number"
          value={String(config.startsAtOnce)}
          onChange={(text) => rule({ startsAtOnce: number(text) ?? 1 })}
        />
        <CheckInput label={t('branches.status')} value={status.enabled} onChange={(enabled) => rule({ status: { ...status, enabled } })} />
        <TextInput
          label={t('branches.context')}
          value={status.context ?? ''}
          onChange={(text) => rule({ status: { ...status, context: text === '' ? null : text } })}
        />
        <CheckInput
          label={t('branches.checks')}
          about={t('branches.checksAbout')}
          value={checks.enabled}
          onChange={(enabled) => rule({ checks: { ...checks, enabled } })}
        />
        {checks.enabled && (
          <>
            <TextInput label={t('branches.checksName')} value={checks.name} onChange={(name) => rule({ checks: { ...checks, name } })} required />
            <CheckInput
              label={t('branches.checksNeutral')}
              value={checks.unstable === 'neutral'}
              onChange={(isNeutral) => rule({ checks: { ...checks, unstable: isNeutral ? 'neutral' : 'failure' } })}
            />
            <CheckInput label={t('branches.checksLogs')} value={checks.logs} onChange={(logs) => rule({ checks: { ...checks, logs } })} />
          </>
        )}
      </fieldset>
      <fieldset className="card">
        <legend>{t('branches.keeping')}</legend>
        <TextInput
          label={t('branches.scanMinutes')}
          type="number"
          value={config.scanMinutes?.toString() ?? ''}
          onChange={(text) => rule({ scanMinutes: number(text) })}
        />
        <CheckInput label={t('branches.prune')} value={orphans.prune} onChange={(prune) => rule({ orphans: { ...orphans, prune } })} />
        {orphans.prune && (
          <>
            <TextInput
              label={t('branches.orphanDays')}
              type="number"
              value={orphans.days?.toString() ?? ''}
              onChange={(text) => rule({ orphans: { ...orphans, days: number(text) } })}
            />
            <TextInput
              label={t('branches.orphanNumber')}
              type="number"
              value={orphans.number?.toString() ?? ''}
              onChange={(text) => rule({ orphans: { ...orphans, number: number(text) } })}
            />
          </>
        )}
      </fieldset>
    </>
  );
}

/** As the API takes it: empty lines and patterns are typing's. */
export function cleaned(config: Config): Config {
  const suppress = config.suppress.filter((p) => p !== '');
  if ('sources' in config) return { ...config, suppress };
  const { source } = config;
  return { ...config, suppress, source: source.kind === 'git' ? { ...source, urls: source.urls.map((u) => u.trim()).filter((u) => u !== '') } : source };
}
