/** The trigger `gitlab` in a job's form: the options of the gitlab-plugin, in the words of its own form. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobConfig } from '../../api/shapes.ts';
import { CheckInput, SelectInput, TextInput } from '../../parts/fields.tsx';

type GitLab = Extract<JobConfig['triggers'][number], { kind: 'gitlab' }>;

export const FRESH_GITLAB: GitLab = {
  kind: 'gitlab',
  token: null,
  triggerOnPush: true,
  triggerToBranchDeleteRequest: false,
  triggerOnMergeRequest: true,
  triggerOnlyIfNewCommitsPushed: false,
  triggerOnAcceptedMergeRequest: false,
  triggerOnClosedMergeRequest: false,
  triggerOnApprovedMergeRequest: false,
  triggerOpenMergeRequestOnPush: null,
  triggerOnNoteRequest: true,
  noteRegex: '',
  ciSkip: true,
  skipWorkInProgressMergeRequest: false,
  labelsThatForcesBuildIfAdded: '',
  setBuildDescription: true,
  branchFilterType: 'All',
  includeBranchesSpec: '',
  excludeBranchesSpec: '',
  sourceBranchRegex: '',
  targetBranchRegex: '',
  mergeRequestLabelFilterConfig: { include: '', exclude: '' },
};

const CHECKS = [
  'triggerOnPush',
  'triggerToBranchDeleteRequest',
  'triggerOnMergeRequest',
  'triggerOnAcceptedMergeRequest',
  'triggerOnClosedMergeRequest',
  'triggerOnApprovedMergeRequest',
  'triggerOnlyIfNewCommitsPushed',
  'skipWorkInProgressMergeRequest',
  'ciSkip',
  'setBuildDescription',
  'triggerOnNoteRequest',
] as const;
const FILTERS = {
  All: [],
  NameBasedFilter: ['includeBranchesSpec', 'excludeBranchesSpec'],
  RegexBasedFilter: ['sourceBranchRegex', 'targetBranchRegex'],
} as const;
/** What stands for an option that is not given. */
const UNSET = 'unset';
const OPEN = [UNSET, 'never', 'source', 'both'] as const;

export function GitLabFields({ trigger, change }: { readonly trigger: GitLab; readonly change: (next: GitLab) => void }): ReactElement {
  const { t } = useTranslation();
  const texts = ['noteRegex', 'labelsThatForcesBuildIfAdded'] as const;
  const filter = trigger.mergeRequestLabelFilterConfig;
  return (
    <>
      <p className="quiet">{t('triggers.gitlabAbout')}</p>
      {CHECKS.map((name) => (
        <CheckInput key={name} label={t(`triggers.gitlab.${name}`)} value={trigger[name]} onChange={(value) => change({ ...trigger, [name]: value })} />
      ))}
      <SelectInput
        label={t('triggers.gitlab.triggerOpenMergeRequestOnPush')}
        value={trigger.triggerOpenMergeRequestOnPush ?? UNSET}
        choices={OPEN.map((id) => ({ id, text: t(`triggers.gitlabOpen.${id}`) }))}
        onChange={(id) => change({ ...trigger, triggerOpenMergeRequestOnPush: id === UNSET ? null : (id as 'never') })}
      />
      <SelectInput
        label={t('triggers.gitlab.branchFilterType')}
        value={trigger.branchFilterType}
        choices={(Object.keys(FILTERS) as (keyof typeof FILTERS)[]).map((id) => ({ id, text: t(`triggers.gitlabFilters.${id}`) }))}
        onChange={(id) => change({ ...trigger, branchFilterType: id as GitLab['branchFilterType'] })}
      />
      {[...FILTERS[trigger.branchFilterType], ...texts].map((name) => (
        <TextInput key={name} label={t(`triggers.gitlab.${name}`)} value={trigger[name]} onChange={(value) => change({ ...trigger, [name]: value })} />
      ))}
      {(['include', 'exclude'] as const).map((name) => (
        <TextInput
          key={name}
          label={t(`triggers.gitlab.${name}`)}
          value={filter[name]}
          onChange={(value) => change({ ...trigger, mergeRequestLabelFilterConfig: { ...filter, [name]: value } })}
        />
      ))}
    </>
  );
}
