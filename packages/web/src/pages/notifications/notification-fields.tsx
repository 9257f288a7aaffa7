/** Who is told of the ends of a job's builds, as fields of its form. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { JobConfig, NotificationChannels } from '../../api/shapes.ts';
import { CheckInput, LinesInput, SelectInput, TextInput } from '../../parts/fields.tsx';

type Rule = JobConfig['notifications'][number];
const EVENTS = ['changed', 'failure', 'unstable', 'fixed', 'success', 'aborted', 'always'] as const;

export function NotificationFields({ rules, onChange }: { readonly rules: readonly Rule[]; readonly onChange: (rules: Rule[]) => void }): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: keys.channels, queryFn: () => ask<NotificationChannels>(['notification-channels']) });
  const known = (query.data?.channels ?? []).map((channel) => channel.name);
  const change = (i: number, next: Rule): void => onChange(rules.map((one, at) => (at === i ? next : one)));
  return (
    <fieldset className="card">
      <legend>{t('notifications.rules')}</legend>
      <p className="quiet">{t('notifications.rulesAbout')}</p>
      {rules.map((rule, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no names
        <div key={i} className="card">
          <Channel known={known} name={rule.channel} onChange={(channel) => change(i, { ...rule, channel })} />
          <fieldset>
            <legend>{t('notifications.on')}</legend>
            {EVENTS.map((event) => (
              <CheckInput
                key={event}
                label={t(`notifications.events.${event}`)}
                value={rule.on.includes(event)}
                onChange={(isOn) => change(i, { ...rule, on: isOn ? [...rule.on, event] : rule.on.filter((one) => one !== event) })}
              />
            ))}
          </fieldset>
          <LinesInput label={t('notifications.to')} about={t('notifications.toAbout')} value={rule.to} onChange={(to) => change(i, { ...rule, to })} />
          <Button className="button" onPress={() => onChange(rules.filter((_, at) => at !== i))}>
            {t('notifications.remove', { number: i + 1 })}
          </Button>
        </div>
      ))}
      <Button className="button" onPress={() => onChange([...rules, { channel: known[0] ?? '', on: ['changed'], to: [] }])}>
        {t('notifications.add')}
      </Button>
    </fieldset>
  );
}

/** Of those that there are; one that is no longer there is kept as it is. */
function Channel({
  known,
  name,
  onChange,
}: {
  readonly known: readonly string[];
  readonly name: string;
  readonly onChange: (name: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const names = name === '' || known.includes(name) ? known : [name, ...known];
  if (names.length === 0) return <TextInput label={t('notifications.channel')} value={name} onChange={onChange} required />;
  return <SelectInput label={t('notifications.channel')} value={name} choices={names.map((id) => ({ id, text: id }))} onChange={onChange} />;
}
