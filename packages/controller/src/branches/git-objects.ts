/** The stream of `git cat-file --batch`, object by object: one in memory at a time. */

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly content: Buffer;
}

const LINE = 10;
/** Larger trees and commits are not asked for: a scan would have to hold them. */
const LARGEST = 64 << 20;

/** What is missing is left out. */
export async function* readObjects(run: (input: string) => AsyncIterable<Buffer>, ids: Iterable<string>): AsyncGenerator<GitObject, void, void> {
  const input = [...ids].map((id) => `${id}\n`).join('');
  if (input === '') return;
  let held: Buffer[] = [],
    bytes = 0;
  let head: { id: string; type: string; size: number } | null = null;
  for await (const piece of run(input)) {
    held.push(piece);
    bytes += piece.length;
    // Joined only when there is enough: a large object costs no more than its size.
    if (head !== null && bytes < head.size + 1) continue;
    let rest = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
    for (;;) {
      if (head === null) {
        const end = rest.indexOf(LINE);
        if (end < 0) break;
        const [id = '', type = '', size = ''] = rest.toString('latin1', 0, end).split(' ');
        rest = rest.subarray(end + 1);
        if (size === '') continue;
        head = { id, type, size: Number(size) };
        if (head.size > LARGEST) throw new Error(`the object ${id} has ${size} bytes`);
      }
      if (rest.length < head.size + 1) break;
      yield { id: head.id, type: head.type, content: rest.subarray(0, head.size) };
      rest = rest.subarray(head.size + 1);
      head = null;
    }
    held = [rest];
    bytes = rest.length;
  }
}
