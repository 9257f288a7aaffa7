/**
 * Finds a job or folder by name from anywhere: `/`, Ctrl-K or ⌘K opens it. A list box that the field drives (the ARIA pattern of
 * a combobox with a list): focus stays in the field.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { KeyboardEvent, ReactElement } from 'react';
import { useEffect, useId, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ask } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import type { Found } from '../api/shapes.ts';
import { itemAddress } from '../paths.ts';
import { ProblemView } from './problem-view.tsx';

const AFTER_TYPING_MS = 120;

export function SearchPalette(): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent): void => {
      const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      if (!isChord && !isSlash) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <Button className="button search-open" onPress={() => setOpen(true)} aria-keyshortcuts="/ Control+K Meta+K">
        {t('search.open')} <kbd className="key">/</kbd>
      </Button>
      <ModalOverlay className="overlay" isDismissable isOpen={isOpen} onOpenChange={setOpen}>
        <Modal className="modal palette">
          <Dialog className="dialog">
            <Heading slot="title">{t('search.title')}</Heading>
            {isOpen && <Finder close={() => setOpen(false)} />}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

/** Where `/` is a letter. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function Finder({ close }: { readonly close: () => void }): ReactElement {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const id = useId();
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setWanted(text.trim());
      setAt(0);
    }, AFTER_TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: keys.search(wanted),
    queryFn: ({ signal }) => ask<Found>(['search'], { query: { q: wanted }, signal }),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const entries = wanted === '' ? [] : (found.data?.entries ?? []);
  const chosen = Math.min(at, entries.length - 1);
  const open = (path: string): void => {
    close();
    navigate(itemAddress(path));
  };
  const press = (event: KeyboardEvent): void => {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: entries.length - 1 }[event.key];
    // Where text is typed these two are the field's own.
    const isOwn = (event.key === 'Home' || event.key === 'End') && !event.ctrlKey;
    if (to !== undefined && !isOwn && entries.length > 0) {
      event.preventDefault();
      setAt((to + entries.length) % entries.length);
    }
    const entry = entries[chosen];
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && entry !== undefined && wanted === text.trim()) {
      event.preventDefault();
      open(entry.path);
    }
  };
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  return (
    <>
      <input
        className="palette-field"
        type="text"
        role="combobox"
        aria-label={t('search.label')}
        aria-describedby={`${id}-about`}
        aria-expanded={entries.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(chosen >= 0 ? { 'aria-activedescendant': `${id}-${chosen}` } : {})}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the dialog is for nothing else
        autoFocus
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      <p className="quiet" id={`${id}-about`}>
        {t('search.about')}
      </p>
      {found.error !== null && <ProblemView error={found.error} again={() => void found.refetch()} />}
      <p className="hidden" role="status">
        {wanted !== '' && found.data !== undefined && t('search.found', { count: entries.length })}
      </p>
      {wanted !== '' && found.data !== undefined && entries.length === 0 && <p>{t('search.none', { wanted })}</p>}
      {entries.length > 0 && (
        <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t('search.result')}>
          {entries.map(({ path, kind, disabled }, i) => (
            // The keys are the field's, which has the focus.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div key={path} id={`${id}-${i}`} role="option" aria-selected={i === chosen} className="palette-item" onClick={() => open(path)}>
              <strong>{path.split('/').at(-1)}</strong> <span className="quiet">{path}</span> <span className="tag">{t(`kind.${kind}`)}</span>
              {disabled && <span className="tag">{t('items.disabled')}</span>}
            </div>
          ))}
        </div>
      )}
      {found.data?.more === true && wanted !== '' && <p className="quiet">{t('search.more')}</p>}
    </>
  );
}
