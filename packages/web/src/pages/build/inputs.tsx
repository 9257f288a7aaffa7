/** What the build waits to be told: proceed or abort, with values where it asks for some. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Build, Input } from '../../api/shapes.ts';
import { ActButton, FormBody } from '../../parts/actions.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Ago } from '../../parts/time.tsx';
import type { Values } from '../job/parameter-fields.tsx';
import { ParameterFields, sentValues, startOf } from '../job/parameter-fields.tsx';

export function Inputs({ build }: { readonly build: Build }): ReactElement {
  const { job } = build;
  const number = build.number as number;
  const inputs = useQuery({
    queryKey: keys.buildPart(job, number, 'inputs'),
    queryFn: () => ask<{ readonly inputs: readonly Input[] }>(['items', job, 'builds', number, 'inputs']),
  });
  return (
    <Loaded query={inputs}>
      {({ inputs: all }) => all.map((input) => <InputForm key={input.id} words={['items', job, 'builds', number, 'inputs', input.id]} input={input} />)}
    </Loaded>
  );
}

function InputForm({ words, input }: { readonly words: readonly (string | number)[]; readonly input: Input }): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useState<Values>(() => startOf(input.parameters));
  return (
    <section className="card waits" aria-label={input.message}>
      <h2>{input.message}</h2>
      <p className="quiet">
        {t('input.since')} <Ago at={input.since} />
        {input.submitter !== null && ` · ${t('input.submitter', { submitter: input.submitter })}`}
      </p>
      {input.allowed ? (
        <>
          <FormBody yes={input.ok} run={() => ask([...words, 'proceed'], { method: 'POST', body: { values: sentValues(input.parameters, values) } })}>
            <ParameterFields parameters={input.parameters} values={values} onChange={setValues} />
          </FormBody>
          <ActButton kind="danger" run={() => ask([...words, 'abort'], { method: 'POST', body: {} })}>
            {t('input.abort')}
          </ActButton>
        </>
      ) : (
        <p>{t('input.notAllowed')}</p>
      )}
    </section>
  );
}
