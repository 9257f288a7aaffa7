/** Acts: buttons that do something on the server, that ask first where it is unsafe, and that tell what was refused. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { createContext, useState } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/client.ts';
import { ProblemView } from './problem-view.tsx';

/** Does something, reads anew what it may have changed, and keeps the error for who shows it. */
export function useAct<V = void>(run: (value: V) => Promise<unknown>, done?: (answer: unknown) => void) {
  const client = useQueryClient();
  return useMutation<unknown, Error, V>({
    mutationFn: run,
    onSuccess: async (answer) => {
      done?.(answer);
      await client.invalidateQueries();
    },
  });
}

export type Kind = 'plain' | 'main' | 'danger' | 'link';

export function ActButton({
  children,
  run,
  kind = 'plain',
  disabled = false,
}: {
  readonly children: ReactNode;
  readonly run: () => Promise<unknown>;
  readonly kind?: Kind;
  readonly disabled?: boolean;
}): ReactElement {
  const act = useAct(run);
  return (
    <>
      <Button className={`button ${kind}`} isDisabled={disabled || act.isPending} onPress={() => act.mutate()}>
        {children}
      </Button>
      {act.error !== null && <ProblemView error={act.error} />}
    </>
  );
}

/** What cannot be taken back asks once. */
export function ConfirmButton({
  children,
  title,
  question,
  yes,
  run,
  kind = 'danger',
}: {
  readonly children: ReactNode;
  readonly title: string;
  readonly question: ReactNode;
  readonly yes: string;
  readonly run: () => Promise<unknown>;
  readonly kind?: Kind;
}): ReactElement {
  return (
    <DialogButton text={children} kind={kind} title={title}>
      {(close) => <Confirm question={question} yes={yes} run={run} close={close} />}
    </DialogButton>
  );
}

function Confirm({
  question,
  yes,
  run,
  close,
}: {
  readonly question: ReactNode;
  readonly yes: string;
  readonly run: () => Promise<unknown>;
  readonly close: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const act = useAct(run, close);
  return (
    <>
      <p>{question}</p>
      {act.error !== null && <ProblemView error={act.error} />}
      <div className="row end">
        <Button className="button" onPress={close}>
          {t('cancel')}
        </Button>
        <Button className="button danger" isDisabled={act.isPending} onPress={() => act.mutate()} autoFocus>
          {yes}
        </Button>
      </div>
    </>
  );
}

/** A button that opens a dialog. */
export function DialogButton({
  text,
  title,
  kind = 'plain',
  wide = false,
  children,
}: {
  readonly text: ReactNode;
  readonly title: string;
  readonly kind?: Kind;
  readonly wide?: boolean;
  readonly children: (close: () => void) => ReactNode;
}): ReactElement {
  return (
    <DialogTrigger>
      <Button className={`button ${kind}`}>{text}</Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className={wide ? 'modal wide' : 'modal'}>
          <Dialog className="dialog">
            {({ close }) => (
              <>
                <Heading slot="title">{title}</Heading>
                {children(close)}
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

const NO_PLACES: Problem['places'] = [];
/** What the server says of single fields of the form, by their JSON Pointers. */
export const Places = createContext<Problem['places']>(NO_PLACES);

/** A form: what is typed stays when the server refuses it. `close` cancels it, and comes after it where nothing else does. */
export function FormBody({
  children,
  run,
  yes,
  close,
  done,
}: {
  readonly children: ReactNode;
  readonly run: () => Promise<unknown>;
  readonly yes: string;
  readonly close?: () => void;
  readonly done?: (answer: unknown) => void;
}): ReactElement {
  const { t } = useTranslation();
  const act = useAct(run, done ?? close);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate();
      }}
    >
      <Places.Provider value={act.error instanceof Problem ? act.error.places : NO_PLACES}>{children}</Places.Provider>
      {act.error !== null && <ProblemView error={act.error} />}
      <div className="row end">
        {close !== undefined && (
          <Button className="button" onPress={close}>
            {t('cancel')}
          </Button>
        )}
        <Button className="button main" type="submit" isDisabled={act.isPending}>
          {yes}
        </Button>
      </div>
    </form>
  );
}

export function useFields<T extends object>(start: T): readonly [T, <K extends keyof T>(name: K) => (value: T[K]) => void] {
  const [fields, setFields] = useState(start);
  return [
    fields,
    (name) => (value) => {
      setFields((before) => ({ ...before, [name]: value }));
    },
  ];
}
