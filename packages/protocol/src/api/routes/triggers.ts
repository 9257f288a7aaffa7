/** Deliveries of webhooks, and the triggers of jobs. */
import { z } from 'zod';
import { itemParams } from '../items.ts';
import { routes } from '../route.ts';
import * as t from '../triggers.ts';

const none = z.strictObject({});

export const triggerRoutes = routes({
  'deliveries.list': {
    method: 'GET',
    path: '/deliveries',
    summary: 'Webhooks that came, the newest first, with what each started or why nothing',
    permission: 'delivery.view',
    query: t.deliveryQuery,
    responses: { 200: { description: 'Deliveries', schema: t.deliveryPage } },
    errors: [],
  },
  'deliveries.get': {
    method: 'GET',
    path: '/deliveries/{id}',
    summary: 'A delivery with what was sent',
    permission: 'delivery.view',
    params: t.deliveryParams,
    responses: { 200: { description: 'The delivery', schema: t.delivery } },
    errors: ['MR_DELIVERY_UNKNOWN'],
  },
  'deliveries.redeliver': {
    method: 'POST',
    path: '/deliveries/{id}/redeliver',
    summary: 'Has it handled again, as if it came now',
    permission: 'delivery.change',
    params: t.deliveryParams,
    body: none,
    responses: { 202: { description: 'It waits to be handled', schema: t.delivery } },
    errors: ['MR_DELIVERY_UNKNOWN'],
  },
  'items.triggers': {
    method: 'GET',
    path: '/items/{path}/triggers',
    summary: 'What starts builds of a job by itself, when next, and what the last look found',
    permission: 'item.view',
    params: itemParams,
    responses: { 200: { description: 'The triggers', schema: t.jobTriggers } },
    errors: ['MR_ITEM_UNKNOWN', 'MR_JOB_KIND'],
  },
  'items.poll': {
    method: 'POST',
    path: '/items/{path}/poll',
    summary: 'Looks now whether the repository has something new, as the job’s polling trigger does',
    permission: 'build.start',
    params: itemParams,
    body: none,
    responses: { 202: { description: 'It will be looked at', schema: t.jobTriggers } },
    errors: ['MR_ITEM_UNKNOWN', 'MR_JOB_KIND'],
  },
});
