/** An error of the API: what was wrong, where, and its code, which the documentation lists. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/client.ts';

export function ProblemView({ error, again }: { readonly error: unknown; readonly again?: () => void }): ReactElement {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : null;
  return (
    <div className="problem" role="alert">
      <p>
        <strong>{problem?.status === 0 ? t('error.unreachable') : problem === null ? t('error.page') : problem.message}</strong>
      </p>
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
        {again !== undefined && (
          <button type="button" className="link" onClick={again}>
            {t('error.again')}
          </button>
        )}
      </p>
    </div>
  );
}
