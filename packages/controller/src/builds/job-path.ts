/** `a/b` → `job/a/job/b/` */
export function jobPath(job: string): string {
  return job
    .split('/')
    .map((part) => `job/${encodeURIComponent(part)}/`)
    .join('');
}
