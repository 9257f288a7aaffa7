/** An editor for Groovy. In a file of its own: only who edits needs it. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { groovy } from '@codemirror/legacy-modes/mode/groovy';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.atom, tags.bool], color: 'var(--running)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--success)' },
  { tag: [tags.number], color: 'var(--unstable)' },
  { tag: [tags.comment, tags.meta], color: 'var(--quiet)' },
  { tag: [tags.definition(tags.variableName), tags.typeName], color: 'var(--accent)' },
]);

export default function ScriptEditor({
  value,
  onChange,
  label,
  readOnly = false,
}: {
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly label: string;
  readonly readOnly?: boolean;
}): ReactElement {
  const host = useRef<HTMLDivElement>(null);
  const start = useRef({ value, onChange });
  start.current.onChange = onChange;
  useEffect(() => {
    const view = new EditorView({
      parent: host.current as HTMLDivElement,
      state: EditorState.create({
        doc: start.current.value,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          StreamLanguage.define(groovy),
          syntaxHighlighting(COLOURS),
          EditorState.readOnly.of(readOnly),
          EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''),
          // Escape, then Tab, leaves it.
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) start.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    return () => view.destroy();
  }, [label, readOnly]);
  return <div className="editor" ref={host} />;
}
