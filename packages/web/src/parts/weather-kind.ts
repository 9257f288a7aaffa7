/** Which weather a job has: a fifth each, as hudson.model.HealthReport has it; above 80 % it is sunny. */
const KINDS = ['stormy', 'rainy', 'cloudy', 'fair', 'sunny'] as const;
export type WeatherKind = (typeof KINDS)[number];

export function weatherOf({ good, count }: { readonly good: number; readonly count: number }): WeatherKind {
  const percent = (100 * good) / count;
  return KINDS[percent > 80 ? 4 : percent > 60 ? 3 : percent > 40 ? 2 : percent > 20 ? 1 : 0] as WeatherKind;
}
