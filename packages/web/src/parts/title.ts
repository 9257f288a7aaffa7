/** What the browser's tab says: where one is, and of a build how it stands. */
import { useEffect } from 'react';

export function useTitle(...words: readonly string[]): void {
  const text = [...words, 'Millrace'].join(' · ');
  useEffect(() => {
    document.title = text;
  }, [text]);
}
