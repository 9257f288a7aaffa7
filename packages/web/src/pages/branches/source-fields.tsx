/** Where branches or repositories are looked for, and which of them. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MultibranchConfig, OrganizationConfig } from '../../api/shapes.ts';
import { CheckInput, SelectInput, TextInput } from '../../parts/fields.tsx';
import { firstOwner, firstSource } from './first-configs.ts';

type BranchSource = MultibranchConfig['sources'][number];
type Owner = OrganizationConfig['source'];
type Filter = BranchSource['filter'];

const HOSTS = ['git', 'github', 'gitlab', 'gitea', 'bitbucket', 'bitbucketServer'] as const;
const BRANCHES = ['all', 'exceptChanges', 'onlyChanges', 'none'] as const;
const CHANGES = ['merge', 'head', 'both', 'none'] as const;
const TRUST = ['permission', 'contributors', 'nobody', 'everyone'] as const;

export function SourceFields({ source, onChange }: { readonly source: BranchSource; readonly onChange: (source: BranchSource) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <SelectInput
        label={t('branches.host')}
        value={source.kind}
        choices={HOSTS.map((id) => ({ id, text: t(`branches.hosts.${id}`) }))}
        onChange={(kind) => {
          if (kind !== source.kind) onChange(firstSource(kind as BranchSource['kind']));
        }}
      />
      {source.kind === 'git' ? (
        <TextInput label={t('config.url')} value={source.url} onChange={(url) => onChange({ ...source, url })} required />
      ) : (
        <>
          <TextInput
            label={t('branches.repository')}
            about={t('branches.repositoryAbout')}
            value={source.repository}
            onChange={(repository) => onChange({ ...source, repository })}
            required
          />
          <ApiUrl kind={source.kind} value={source.apiUrl} onChange={(apiUrl) => onChange({ ...source, apiUrl })} />
          <TextInput
            label={t('branches.cloneUrl')}
            about={t('branches.cloneUrlAbout')}
            value={source.url ?? ''}
            onChange={(url) => onChange({ ...source, url: url === '' ? null : url })}
          />
        </>
      )}
      <Discovery source={source} onChange={onChange} />
    </>
  );
}

export function OwnerFields({ source, onChange }: { readonly source: Owner; readonly onChange: (source: Owner) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <SelectInput
        label={t('branches.host')}
        value={source.kind}
        choices={HOSTS.map((id) => ({ id, text: t(`branches.organizationHosts.${id}`) }))}
        onChange={(kind) => {
          if (kind !== source.kind) onChange(firstOwner(kind as Owner['kind']));
        }}
      />
      {source.kind === 'git' ? (
        <TextInput
          label={t('branches.urls')}
          about={t('branches.urlsAbout')}
          lines={6}
          value={source.urls.join('\n')}
          onChange={(text) => onChange({ ...source, urls: text.split('\n') })}
          required
        />
      ) : (
        <>
          <TextInput
            label={t('branches.owner')}
            about={t('branches.ownerAbout')}
            value={source.owner}
            onChange={(owner) => onChange({ ...source, owner })}
            required
          />
          <ApiUrl kind={source.kind} value={source.apiUrl} onChange={(apiUrl) => onChange({ ...source, apiUrl })} />
          <CheckInput label={t('branches.archived')} value={source.archived} onChange={(archived) => onChange({ ...source, archived })} />
          <CheckInput label={t('branches.forks')} value={source.forks} onChange={(forks) => onChange({ ...source, forks })} />
        </>
      )}
      <Discovery source={source} onChange={onChange} />
    </>
  );
}

function ApiUrl({
  kind,
  value,
  onChange,
}: {
  readonly kind: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('branches.apiUrl')}
      about={t('branches.apiUrlAbout')}
      value={value ?? ''}
      onChange={(text) => onChange(text === '' ? null : text)}
      required={kind === 'gitea' || kind === 'bitbucketServer'}
    />
  );
}

function Discovery<S extends BranchSource | Owner>({ source, onChange }: { readonly source: S; readonly onChange: (source: S) => void }): ReactElement {
  const { t } = useTranslation();
  const pick = (label: string, field: 'originChanges' | 'forkChanges', value: string): ReactElement => (
    <SelectInput
      label={label}
      value={value}
      choices={CHANGES.map((id) => ({ id, text: t(`branches.changesChoice.${id}`) }))}
      onChange={(next) => onChange({ ...source, [field]: next })}
    />
  );
  return (
    <>
      <TextInput
        label={t('config.credentials')}
        about={t('config.credentialsAbout')}
        value={source.credentialsId ?? ''}
        onChange={(id) => onChange({ ...source, credentialsId: id === '' ? null : id })}
      />
      <SelectInput
        label={t('branches.found')}
        value={source.branches}
        choices={BRANCHES.map((id) => ({ id, text: t(`branches.branchesChoice.${id}`) }))}
        onChange={(next) => onChange({ ...source, branches: next as S['branches'] })}
      />
      {'trust' in source && (
        <>
          {pick(t('branches.originChanges'), 'originChanges', source.originChanges)}
          {pick(t('branches.forkChanges'), 'forkChanges', source.forkChanges)}
          <SelectInput
            label={t('branches.trust')}
            about={t('branches.trustAbout')}
            value={source.trust}
            choices={TRUST.map((id) => ({ id, text: t(`branches.trustChoice.${id}`) }))}
            onChange={(next) => onChange({ ...source, trust: next })}
          />
        </>
      )}
      <CheckInput label={t('branches.tags')} value={source.tags} onChange={(tags) => onChange({ ...source, tags })} />
      <FilterFields filter={source.filter} onChange={(filter) => onChange({ ...source, filter })} />
    </>
  );
}

export function FilterFields({ filter, onChange }: { readonly filter: Filter; readonly onChange: (filter: Filter) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('branches.includes')}
        about={t('branches.wildcards')}
        value={filter.includes}
        onChange={(includes) => onChange({ ...filter, includes })}
      />
      <TextInput label={t('branches.excludes')} value={filter.excludes} onChange={(excludes) => onChange({ ...filter, excludes })} />
      <TextInput
        label={t('branches.regex')}
        about={t('branches.regexAbout')}
        value={filter.regex ?? ''}
        onChange={(regex) => onChange({ ...filter, regex: regex === '' ? null : regex })}
      />
    </>
  );
}
