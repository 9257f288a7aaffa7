/** An editor for Groovy, which tells what is wrong while one types. In a file of its own: only who edits needs it. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { groovy } from '@codemirror/legacy-modes/mode/groovy';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import type { Verdict } from './script-check.ts';
import { scriptCheck } from './script-check.ts';

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
  const { isSignedIn } = useSession();
  const isChecked = isSignedIn && !readOnly;
  const [verdict, setVerdict] = useState<Verdict | 'unknown'>('unknown');
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
          isChecked ? scriptCheck(setVerdict) : [],
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
  }, [label, readOnly, isChecked]);
  return (
    <>
      <div className="editor" ref={host} />
      {isChecked && <Findings verdict={verdict} />}
    </>
  );
}

/** The same as the marks beside the lines say, for who does not see them. */
const SAID = 5;
function Findings({ verdict }: { readonly verdict: Verdict | 'unknown' }): ReactElement {
  const { t } = useTranslation();
  if (verdict === 'unknown') return <div className="findings quiet" role="status" />;
  if (verdict === null)
    return (
      <div className="findings quiet" role="status">
        {t('script.notChecked')}
      </div>
    );
  return (
    <div className="findings" role="status">
      {verdict.total === 0 ? (
        <span className="quiet">{t('script.right')}</span>
      ) : (
        <>
          <strong className="wrong">{t('script.wrong', { count: verdict.total })}</strong>
          <ul>
            {verdict.errors.slice(0, SAID).map(({ line, column, message }) => (
              <li key={`${line} ${column} ${message}`}>
                <span className="quiet">{t('script.place', { line, column })}</span> {message}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
