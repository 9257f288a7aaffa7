/** Build now: at once where the job has no parameters, else with a form made from them. */
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { Item } from '../../api/shapes.ts';
import type { Kind } from '../../parts/actions.tsx';
import { FormBody, useAct } from '../../parts/actions.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import type { Values } from './parameter-fields.tsx';
import { ParameterFields, startOf, triggerBody } from './parameter-fields.tsx';

export function StartButton({ path, kind = 'main' }: { readonly path: string; readonly kind?: Kind }): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const act = useAct(async () => {
    const { parameters } = await ask<Item>(['items', path]);
    if (parameters === null || parameters.length === 0) await ask(['items', path, 'builds'], { method: 'POST', body: {} });
    else setOpen(true);
  });
  return (
    <>
      <Button className={`button ${kind}`} isDisabled={act.isPending} onPress={() => act.mutate()} aria-label={`${t('job.start')}: ${path}`}>
        <span aria-hidden="true">▶</span> {t('job.start')}
      </Button>
      {act.error !== null && <ProblemView error={act.error} />}
      <ModalOverlay className="overlay" isDismissable isOpen={isOpen} onOpenChange={setOpen}>
        <Modal className="modal">
          <Dialog className="dialog">
            <Heading slot="title">{t('job.startTitle', { path })}</Heading>
            {isOpen && <StartForm path={path} close={() => setOpen(false)} />}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function StartForm({ path, close }: { readonly path: string; readonly close: () => void }): ReactElement {
  const item = useQuery({ queryKey: keys.item(path), queryFn: () => ask<Item>(['items', path]) });
  return <Loaded query={item}>{(data) => <Form item={data} close={close} />}</Loaded>;
}

function Form({ item, close }: { readonly item: Item; readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const parameters = item.parameters ?? [];
  const [values, setValues] = useState<Values>(() => startOf(parameters));
  return (
    <FormBody yes={t('job.start')} close={close} run={() => ask(['items', item.path, 'builds'], { method: 'POST', body: triggerBody(parameters, values) })}>
      <ParameterFields parameters={parameters} values={values} onChange={setValues} />
    </FormBody>
  );
}
