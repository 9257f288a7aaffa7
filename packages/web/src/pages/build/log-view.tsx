/** The whole log: any number of lines, of which only those in sight are in the page. It goes on by itself while the build runs. */
import type { KeyboardEvent, ReactElement } from 'react';
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { Button, Input, SearchField, ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { address } from '../../api/client.ts';
import type { Build } from '../../api/shapes.ts';
import { useFormats } from '../../format.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { AnsiText } from './ansi-text.tsx';
import { LogSource } from './log-source.ts';

const ROW = 18;
/** Browsers cut off what is higher: beyond it the bar moves more than a line at a time. */
const HIGHEST = 8_000_000;
const MOST_FOUND = 1_000;

export function LogView({ build }: { readonly build: Build }): ReactElement {
  const { t } = useTranslation();
  const { number: format, bytes, time } = useFormats();
  const { job, number } = build;
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const [error, setError] = useState<unknown>(null);
  const [times, setTimes] = useState(false);
  const [follows, setFollows] = useState(() => build.state === 'running' && location.hash === '');
  const [marked, setMarked] = useState(() => Number(/^#line-(\d+)$/.exec(location.hash)?.[1] ?? 0));
  const box = useRef<HTMLElement>(null);
  const source = useRef<LogSource | null>(null);
  const [view, setView] = useState({ top: 0, height: 600 });

  useEffect(() => {
    const made = new LogSource(job, number as number, (problem) => {
      setError(problem);
      draw();
    });
    source.current = made;
    return () => made.close();
  }, [job, number]);
  // Each event of the build reads it anew: its log may have grown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    source.current?.update();
  }, [build]);

  const lines = source.current?.lines ?? 0;
  const whole = lines * ROW;
  const height = Math.min(whole, HIGHEST);
  const scale = height <= view.height ? 1 : Math.max(1, (whole - view.height) / (height - view.height));
  const first = Math.max(1, Math.floor((view.top * scale) / ROW) - 10);
  const last = Math.min(lines, Math.ceil((view.top * scale + view.height) / ROW) + 10);

  useEffect(() => {
    if (last >= first) source.current?.want(first, last);
  });

  const scrollTo = useCallback(
    (line: number) => {
      const target = box.current;
      if (target !== null) target.scrollTop = Math.max(0, ((line - 1) * ROW - target.clientHeight / 3) / scale);
    },
    [scale],
  );
  useLayoutEffect(() => {
    const target = box.current;
    if (follows && target !== null && lines > 0) target.scrollTop = target.scrollHeight;
  }, [follows, lines]);
  const wasShown = useRef(false);
  useLayoutEffect(() => {
    if (wasShown.current || lines === 0) return;
    wasShown.current = true;
    if (marked > 0) scrollTo(marked);
  }, [lines, marked, scrollTo]);

  const mark = (line: number): void => {
    setMarked(line);
    history.replaceState(null, '', `#line-${line}`);
  };
  const onScroll = (): void => {
    const target = box.current as HTMLElement;
    setView({ top: target.scrollTop, height: target.clientHeight });
    if (follows && target.scrollTop + target.clientHeight < target.scrollHeight - 3 * ROW) setFollows(false);
  };
  useEffect(() => {
    const target = box.current as HTMLElement;
    const observer = new ResizeObserver(() => setView({ top: target.scrollTop, height: target.clientHeight }));
    observer.observe(target);
    return () => observer.disconnect();
  }, []);

  const rows: ReactElement[] = [];
  for (let n = first; n <= last; n++) {
    const line = source.current?.line(n) ?? null;
    rows.push(
      <div key={n} className={n === marked ? 'log-line marked' : 'log-line'} style={{ top: (n - 1) * ROW - view.top * scale + view.top }}>
        <a
          className="log-number"
          href={`#line-${n}`}
          tabIndex={-1}
          aria-label={t('log.line', { n: format(n) })}
          onClick={(event) => {
            event.preventDefault();
            mark(n);
          }}
        >
          {n}
        </a>
        {times && line !== null && <span className="log-time">{time(line.at)}</span>}
        {line === null ? <span className="quiet">…</span> : <AnsiText text={line.text} />}
      </div>,
    );
  }
  return (
    <section className="log" aria-label={t('log.title')}>
      <div className="row wrap">
        {source.current !== null && (
          <LogSearch
            source={source.current}
            found={(line) => {
              setFollows(false);
              mark(line);
              scrollTo(line);
            }}
          />
        )}
        <ToggleButton className="button" isSelected={times} onChange={setTimes}>
          {t('log.times')}
        </ToggleButton>
        {build.state === 'running' && (
          <ToggleButton className="button" isSelected={follows} onChange={setFollows}>
            {t('log.follow')}
          </ToggleButton>
        )}
        <span className="space" />
        <span className="quiet">{t('log.size', { lines: format(lines), bytes: bytes(build.logBytes) })}</span>
        <a className="button" href={address(['items', job, 'builds', number as number, 'log'])} target="_blank" rel="noreferrer">
          {t('log.text')}
        </a>
      </div>
      {error !== null && <ProblemView error={error} again={() => source.current?.update()} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the keyboard */}
      <section className="log-box" ref={box} onScroll={onScroll} tabIndex={0} aria-label={t('log.title')}>
        <div className="log-inner" style={{ height }}>
          {rows}
        </div>
      </section>
    </section>
  );
}

function LogSearch({ source, found }: { readonly source: LogSource; readonly found: (line: number) => void }): ReactElement {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [hits, setHits] = useState<readonly number[] | null>(null);
  const [at, setAt] = useState(0);
  const search = useRef<AbortController | null>(null);
  useEffect(() => () => search.current?.abort(), []);
  const go = (all: readonly number[], index: number): void => {
    const line = all[index];
    if (line === undefined) return;
    setAt(index);
    found(line);
  };
  const begin = async (): Promise<void> => {
    search.current?.abort();
    const mine = new AbortController();
    search.current = mine;
    const all: number[] = [];
    setHits([]);
    try {
      for await (const line of source.search(words, mine.signal)) {
        all.push(line);
        if (all.length === 1) go(all, 0);
        if (all.length % 50 === 0) setHits([...all]);
        if (all.length >= MOST_FOUND) break;
      }
    } catch (error) {
      if (!mine.signal.aborted) throw error;
      return;
    }
    mine.abort();
    setHits(all);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (hits === null || hits.length === 0) void begin();
    else go(hits, (at + (event.shiftKey ? hits.length - 1 : 1)) % hits.length);
  };
  return (
    <search className="row">
      <SearchField
        className="search"
        value={words}
        onChange={(next) => {
          setWords(next);
          setHits(null);
          search.current?.abort();
        }}
        aria-label={t('log.search')}
        onKeyDown={onKeyDown}
      >
        <Input placeholder={t('log.search')} />
      </SearchField>
      {hits !== null && (
        <span className="quiet" role="status">
          {hits.length === 0 ? t('log.nothing') : t('log.hits', { at: at + 1, count: hits.length, more: hits.length >= MOST_FOUND ? '+' : '' })}
        </span>
      )}
      {hits !== null && hits.length > 1 && (
        <>
          <Button className="button" aria-label={t('log.previous')} onPress={() => go(hits, (at + hits.length - 1) % hits.length)}>
            ↑
          </Button>
          <Button className="button" aria-label={t('log.next')} onPress={() => go(hits, (at + 1) % hits.length)}>
            ↓
          </Button>
        </>
      )}
    </search>
  );
}
