/** Lines of a chart over time, as paths of SVG: one for each stretch without a gap. */
export interface ChartPlace {
  readonly width: number;
  readonly height: number;
  /** What stands at the upper edge. */
  readonly top: number;
  readonly until: number;
  readonly spanMs: number;
  /** Between two samples; what is more than two of them apart has a gap between. */
  readonly stepMs: number;
}

export function linesOf(samples: readonly { readonly at: number; readonly value: number }[], place: ChartPlace): string[] {
  const { width, height, top, until, spanMs, stepMs } = place;
  const x = (at: number): number => round(width - ((until - at) / spanMs) * width);
  const y = (value: number): number => round(2 + height - (value / top) * height);
  const lines: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, value } of samples) {
    // A step is level: it tells the most of its time.
    const step = `${x(at)} ${y(value)}H${x(Math.min(until, at + stepMs))}`;
    if (at - last > stepMs * 2) lines.push(`M${step}`);
    else lines[lines.length - 1] += `L${step}`;
    last = at;
  }
  return lines;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
