/** What is asked for about nodes. Their keys begin with that of all nodes: an event about one marks them all as old. */
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { ShownNode } from '../../api/shapes.ts';
import { usePages } from '../../parts/paged.tsx';

export function useNodes() {
  return usePages<ShownNode>({ key: [...keys.nodes, 'list'], words: ['nodes'], limit: 200 });
}

export function useNode(name: string) {
  return useQuery({ queryKey: [...keys.nodes, 'one', name], queryFn: () => ask<ShownNode>(['nodes', name]) });
}
