/** An error of the API: what was wrong, where, and its code, which the documentation lists. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/client.ts';
import { errorWords } from '../i18n/error-words.ts';

export function ProblemView({ error, again }: { readonly error: unknown; readonly again?: () => void }): ReactElement {
  const { t, i18n } = useTranslation();
  const problem = error instanceof Problem ? error : null;
  // English is the server's own.
  const words = problem === null || i18n.language !== 'zh-CN' ? null : errorWords(problem.code);
  return (
    <div className="problem" role="alert">
      <p>
        <strong>{problem?.status === 0 ? t('error.unreachable') : problem === null ? t('error.page') : (words?.title ?? problem.message)}</strong>
      </p>
      {words !== null && <p>{words.help}</p>}
      {words !== null && problem?.detail != null && (
        <p className="quiet" lang="en">
          {problem.detail}
        </p>
      )}
      {problem === null && <p>{error instanceof Error ? error.message : String(error)}</p>}
      {problem !== null && problem.places.length > 0 && (
        <ul>
          {problem.places.map(({ pointer, detail }) => (
            <li key={`${pointer} ${detail}`}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">
        {problem !== null && problem.status !== 0 && <code>{problem.code}</code>}
        {problem?.status === 500 && problem.requestId !== null && <code> {problem.requestId}</code>}
        {again !== undefined && (
          <button type="button" className="link" onClick={again}>
            {t('error.again')}
          </button>
        )}
      </p>
    </div>
  );
}
