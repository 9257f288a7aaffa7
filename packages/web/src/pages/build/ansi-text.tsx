/** A line of a log with the colours and weights that ANSI escapes give it. Other escapes are left out; nothing becomes HTML. */
import Anser from 'anser';
import type { ReactElement } from 'react';

/** A line that is longer is cut here; the whole is in the text that can be downloaded. */
const LONGEST = 4_000;

export function AnsiText({ text }: { readonly text: string }): ReactElement {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  // What a progress bar has written over is not shown.
  const last = shown.slice(shown.replace(/\r+$/, '').lastIndexOf('\r') + 1);
  if (!last.includes('\u001b')) return <>{last}</>;
  const parts = Anser.ansiToJson(last.replace(/\u001b\](?:[^\u0007\u001b]|\u001b[^\\])*(?:\u0007|\u001b\\)/g, ''), {
    use_classes: true,
    json: true,
    remove_empty: true,
  });
  return (
    <>
      {parts.map((part, i) => {
        const names = [part.fg, part.bg === null || part.bg === undefined ? null : `on-${part.bg}`, ...(part.decorations ?? [])].filter(
          (n) => n != null && /^[\w-]+$/.test(n),
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line, which never changes
          <span key={i} className={names.join(' ')}>
            {part.content}
          </span>
        );
      })}
    </>
  );
}
