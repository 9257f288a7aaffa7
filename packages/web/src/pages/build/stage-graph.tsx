/** The stages of a build as a graph; each is a button that shows its steps and log. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../api/shapes.ts';
import { StatusIcon } from '../../parts/status.tsx';
import { Took } from '../../parts/time.tsx';
import type { PlacedStage } from './graph-layout.ts';
import { layout } from './graph-layout.ts';

const CELL = { width: 148, height: 76 };
const ICON = 24,
  TOP = 6;

export function StageGraph({
  stages,
  selected,
  onSelect,
}: {
  readonly stages: readonly Stage[];
  readonly selected: string | null;
  readonly onSelect: (node: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const graph = layout(stages);
  const at = ({ x, y }: { readonly x: number; readonly y: number }): { readonly left: number; readonly top: number } => ({
    left: x * CELL.width,
    top: y * CELL.height,
  });
  return (
    <section className="graph" aria-label={t('build.stages')}>
      <div className="graph-inner" style={{ width: graph.width * CELL.width, height: graph.height * CELL.height + 8 }}>
        <svg width={graph.width * CELL.width} height={graph.height * CELL.height} aria-hidden="true">
          {graph.edges.map(([from, to]) => (
            <path key={`${from} ${to}`} className="edge" d={edge(graph.stages[from] as PlacedStage, graph.stages[to] as PlacedStage)} />
          ))}
        </svg>
        {graph.groups.map(({ stage, x, y, width }) => (
          <div key={stage.node} className="graph-group" style={{ ...at({ x, y }), width: width * CELL.width }}>
            <StatusIcon status={stage.status} size={14} /> {stage.name}
          </div>
        ))}
        {graph.stages.map(({ stage, x, y }) => (
          <button
            key={stage.node}
            type="button"
            className="graph-stage"
            style={{ ...at({ x, y }), width: CELL.width }}
            aria-pressed={stage.node === selected}
            onClick={() => onSelect(stage.node)}
          >
            <StatusIcon status={stage.status} size={ICON} />
            <span className="graph-name">{stage.name}</span>
            <span className="quiet">
              {stage.status === 'skipped' ? (
                t('status.skipped')
              ) : (
                <Took start={stage.startedAt} end={stage.durationMs === null ? null : stage.startedAt + stage.durationMs} />
              )}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

/** From the right of one sign to the left of the next. */
function edge(from: PlacedStage, to: PlacedStage): string {
  const middle = TOP + ICON / 2;
  const x1 = from.x * CELL.width + CELL.width / 2 + ICON / 2 + 2,
    x2 = to.x * CELL.width + CELL.width / 2 - ICON / 2 - 2;
  const y1 = from.y * CELL.height + middle,
    y2 = to.y * CELL.height + middle;
  if (y1 === y2) return `M${x1} ${y1}H${x2}`;
  // It turns beside the lower ones, so that lines of branches lie on each other.
  const turn = y2 > y1 ? x1 + 20 : x2 - 20;
  const r = 8 * Math.sign(y2 - y1);
  return `M${x1} ${y1}H${turn - 8}Q${turn} ${y1} ${turn} ${y1 + r}V${y2 - r}Q${turn} ${y2} ${turn + 8} ${y2}H${x2}`;
}
