/** The settings of a node as fields: of a new one, and of one that is there. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownNode } from '../../api/shapes.ts';
import { SelectInput, TextInput } from '../../parts/fields.tsx';
import type { Variables } from '../../parts/ops/variables.ts';
import { asLines, fromLines, labelsOf } from '../../parts/ops/variables.ts';

export interface SettingsText {
  readonly description: string;
  readonly labels: string;
  readonly executors: string;
  readonly mode: ShownNode['mode'];
  readonly root: string;
  readonly env: string;
  /** What has no form as a line, and stays. */
  readonly kept: Variables;
}

export function settingsText(node: ShownNode | null): SettingsText {
  const { text, kept } = asLines(node?.env ?? {});
  return {
    description: node?.description ?? '',
    labels: (node?.labels ?? []).join(' '),
    executors: String(node?.executors ?? 1),
    mode: node?.mode ?? 'normal',
    root: node?.root ?? '',
    env: text,
    kept,
  };
}

/** As the API takes them. The fields have refused what is none. */
export function settingsOf({ description, labels, executors, mode, root, env, kept }: SettingsText): object {
  const read = fromLines(env);
  return {
    description,
    labels: labelsOf(labels),
    executors: Number(executors),
    mode,
    root: root.trim() === '' ? null : root.trim(),
    env: { ...kept, ...('variables' in read ? read.variables : {}) },
  };
}

export function SettingsFields({
  fields,
  set,
  autoFocus = false,
}: {
  readonly fields: SettingsText;
  readonly set: <K extends keyof SettingsText>(name: K) => (value: SettingsText[K]) => void;
  readonly autoFocus?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const env = fromLines(fields.env);
  const kept = Object.keys(fields.kept);
  return (
    <>
      <TextInput label={t('nodes.labels')} about={t('nodes.labelsAbout')} value={fields.labels} onChange={set('labels')} autoFocus={autoFocus} />
      <TextInput label={t('nodes.executors')} about={t('nodes.executorsAbout')} type="number" value={fields.executors} onChange={set('executors')} required />
      <SelectInput
        label={t('nodes.mode')}
        value={fields.mode}
        onChange={(mode) => set('mode')(mode === 'exclusive' ? 'exclusive' : 'normal')}
        choices={[
          { id: 'normal', text: t('nodes.modes.normal') },
          { id: 'exclusive', text: t('nodes.modes.exclusive') },
        ]}
      />
      <TextInput label={t('nodes.description')} value={fields.description} onChange={set('description')} lines={2} />
      <TextInput label={t('nodes.root')} about={t('nodes.rootAbout')} value={fields.root} onChange={set('root')} />
      <TextInput
        label={t('nodes.env')}
        about={`${t('nodes.envAbout')} ${kept.length === 0 ? '' : t('nodes.envKept', { names: kept.join(', ') })}`}
        value={fields.env}
        onChange={set('env')}
        lines={4}
        error={'wrong' in env ? t('nodes.envWrong', { line: env.wrong }) : undefined}
      />
    </>
  );
}
