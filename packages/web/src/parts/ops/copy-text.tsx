/** Text that is to be taken elsewhere, as it is, with a button that copies it. */
import type { ReactElement } from 'react';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

/** `what` names it for who does not see it beside its button. */
export function CopyText({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [state, setState] = useState<'fresh' | 'copied' | 'refused'>('fresh');
  const copy = async (): Promise<void> => {
    setState((await copied(text, field.current)) ? 'copied' : 'refused');
  };
  return (
    <div className="copy">
      <div className="copy-row">
        <textarea
          ref={field}
          className="copy-text"
          readOnly
          spellCheck={false}
          rows={Math.ceil(text.length / 80)}
          value={text}
          aria-label={what}
          onFocus={(event) => event.target.select()}
        />
        <Button className="button" onPress={() => void copy()}>
          {t('nodes.copy')} <span className="hidden">{what}</span>
        </Button>
      </div>
      <span className="quiet" role="status">
        {state === 'copied' && `✓ ${t('nodes.copied')}`}
        {state === 'refused' && t('nodes.noCopy')}
      </span>
    </div>
  );
}

/** The clipboard is there for pages of HTTPS and of this machine alone; others select the text and ask the browser to copy that. */
async function copied(text: string, field: HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.focus();
    field?.select();
    return document.execCommand('copy');
  }
}
