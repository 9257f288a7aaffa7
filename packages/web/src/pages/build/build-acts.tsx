/** What can be done to a build: abort, rebuild, replay with an edited script, restart from a stage, keep, delete. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import { useSession } from '../../api/session.ts';
import type { Build, Stages } from '../../api/shapes.ts';
import { ActButton, ConfirmButton, DialogButton, FormBody, useFields } from '../../parts/actions.tsx';
import { SelectInput, TextInput } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { itemAddress } from '../../paths.ts';

const ScriptEditor = lazy(() => import('../../parts/script-editor.tsx'));

export function BuildActs({ build }: { readonly build: Build }): ReactElement | null {
  const { t } = useTranslation();
  const session = useSession();
  const [, navigate] = useLocation();
  if (!session.may('developer', build.job)) return null;
  const words = wordsOf(build);
  const toJob = (): void => navigate(itemAddress(build.job));
  if (build.state === 'running')
    return (
      <>
        <ConfirmButton
          title={t('build.abort')}
          question={t('build.abortQuestion')}
          yes={t('build.abort')}
          run={() => ask([...words, 'abort'], { method: 'POST', body: {} })}
        >
          {t('build.abort')}
        </ConfirmButton>
        {build.abort !== null && (
          <ConfirmButton
            title={t('build.abortHard')}
            question={t('build.abortHardQuestion')}
            yes={t('build.abortHard')}
            run={() => ask([...words, 'abort'], { method: 'POST', body: { hard: true } })}
          >
            {t('build.abortHard')}
          </ConfirmButton>
        )}
      </>
    );
  return (
    <>
      <ActButton run={() => ask([...words, 'rebuild'], { method: 'POST', body: {} }).then(toJob)}>{t('build.rebuild')}</ActButton>
      <DialogButton text={t('build.replay')} title={t('build.replayTitle')} wide>
        {(close) => <Replay build={build} close={close} done={toJob} />}
      </DialogButton>
      <DialogButton text={t('build.restart')} title={t('build.restartTitle')}>
        {(close) => <Restart build={build} close={close} done={toJob} />}
      </DialogButton>
      <ActButton run={() => ask(words, { method: 'PATCH', body: { kept: !build.kept } })}>{build.kept ? t('build.letGo') : t('build.keep')}</ActButton>
      <DialogButton text={t('build.describe')} title={t('build.describe')}>
        {(close) => <Describe build={build} close={close} />}
      </DialogButton>
      <ConfirmButton
        title={t('build.delete')}
        question={t('build.deleteQuestion')}
        yes={t('build.delete')}
        run={async () => {
          await ask(words, { method: 'DELETE' });
          toJob();
        }}
      >
        {t('build.delete')}
      </ConfirmButton>
    </>
  );
}

function wordsOf({ job, number }: Build): readonly (string | number)[] {
  return ['items', job, 'builds', number as number];
}

interface Props {
  readonly build: Build;
  readonly close: () => void;
  readonly done: () => void;
}

function Replay({ build, close, done }: Props): ReactElement {
  const script = useQuery({
    queryKey: keys.buildPart(build.job, build.number as number, 'script'),
    queryFn: () => ask<{ readonly text: string }>([...wordsOf(build), 'script']),
  });
  return <Loaded query={script}>{({ text }) => <ReplayForm build={build} close={close} done={done} text={text} />}</Loaded>;
}

function ReplayForm({ build, close, done, text }: Props & { readonly text: string }): ReactElement {
  const { t } = useTranslation();
  const [script, setScript] = useState(text);
  return (
    <FormBody yes={t('build.run')} close={close} done={done} run={() => ask([...wordsOf(build), 'replay'], { method: 'POST', body: { script } })}>
      <Suspense fallback={<p className="loading">{t('loading')}</p>}>
        <ScriptEditor value={text} label={t('config.script')} onChange={setScript} />
      </Suspense>
    </FormBody>
  );
}

function Restart({ build, close, done }: Props): ReactElement {
  const { job } = build;
  const number = build.number as number;
  const stages = useQuery({ queryKey: keys.buildPart(job, number, 'stages'), queryFn: () => ask<Stages>([...wordsOf(build), 'stages']) });
  return <Loaded query={stages}>{(data) => <RestartForm build={build} close={close} done={done} names={data.stages.map((s) => s.name)} />}</Loaded>;
}

function RestartForm({ build, close, done, names }: Props & { readonly names: readonly string[] }): ReactElement {
  const { t } = useTranslation();
  const [stage, setStage] = useState(names[0] ?? '');
  if (names.length === 0) return <p>{t('build.noStages')}</p>;
  return (
    <FormBody yes={t('build.run')} close={close} done={done} run={() => ask([...wordsOf(build), 'restart'], { method: 'POST', body: { stage } })}>
      <SelectInput label={t('build.stage')} value={stage} onChange={setStage} choices={names.map((id) => ({ id, text: id }))} />
    </FormBody>
  );
}

function Describe({ build, close }: Omit<Props, 'done'>): ReactElement {
  const { t } = useTranslation();
  const [fields, set] = useFields({ displayName: build.displayName, description: build.description ?? '' });
  return (
    <FormBody
      yes={t('save')}
      close={close}
      run={() =>
        ask(wordsOf(build), {
          method: 'PATCH',
          body: { displayName: fields.displayName === '' ? null : fields.displayName, description: fields.description === '' ? null : fields.description },
        })
      }
    >
      <TextInput label={t('build.displayName')} value={fields.displayName} onChange={set('displayName')} autoFocus />
      <TextInput label={t('items.description')} value={fields.description} onChange={set('description')} lines={3} />
    </FormBody>
  );
}
