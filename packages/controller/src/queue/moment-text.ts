/** Moments of time as Jenkins writes them in its messages: MessageFormat's date and time. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 28, 2026`, in UTC. */
export function dateText(ms: number): string {
  const d = new Date(ms);
  return `${MONTHS[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()}`;
}
/** `7:24:12 PM`, in UTC. */
export function timeText(ms: number, seconds = true): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${d.getUTCHours() % 12 || 12}:${two(d.getUTCMinutes())}${seconds ? `:${two(d.getUTCSeconds())}` : ''} ${d.getUTCHours() < 12 ? 'AM' : 'PM'}`;
}
