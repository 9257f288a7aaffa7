/** What is asked for about nodes. Their keys begin with that of all nodes: an event about one marks them all as old. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import { keys } from '../../api/keys.ts';
import type { NodePage, ShownNode } from '../../api/shapes.ts';

const PAGE = 200;

export function useNodes() {
  return useInfiniteQuery({
    queryKey: [...keys.nodes, 'list'],
    queryFn: ({ pageParam }) => ask<NodePage>(['nodes'], { query: { limit: PAGE, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useNode(name: string) {
  return useQuery({ queryKey: [...keys.nodes, 'one', name], queryFn: () => ask<ShownNode>(['nodes', name]) });
}
