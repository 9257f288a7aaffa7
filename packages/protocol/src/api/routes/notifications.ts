/** Messages to people. */
import { z } from 'zod';
import * as n from '../notifications.ts';
import { routes } from '../route.ts';

const none = z.strictObject({});

export const notificationRoutes = routes({
  'notifications.list': {
    method: 'GET',
    path: '/notifications',
    summary: 'Messages that were sent or are on their way, the newest first',
    permission: 'notification.view',
    query: n.notificationQuery,
    responses: { 200: { description: 'Messages', schema: n.notificationPage } },
    errors: [],
  },
  'notifications.again': {
    method: 'POST',
    path: '/notifications/{id}/send-again',
    summary: 'Has it sent again, as if it were new',
    permission: 'notification.change',
    params: n.notificationParams,
    body: none,
    responses: { 202: { description: 'It waits to be sent', schema: n.notification } },
    errors: ['MR_NOTIFICATION_UNKNOWN'],
  },
  'channels.list': {
    method: 'GET',
    path: '/notification-channels',
    summary: 'The channels of the configuration',
    permission: 'notification.view',
    responses: { 200: { description: 'The channels', schema: n.channels } },
    errors: [],
  },
  'channels.test': {
    method: 'POST',
    path: '/notification-channels/{name}/test',
    summary: 'Sends a test message',
    permission: 'notification.change',
    params: n.channelParams,
    body: n.testRequest,
    responses: { 202: { description: 'It waits to be sent', schema: n.notification } },
    errors: ['MR_CHANNEL_UNKNOWN', 'MR_NOTIFICATION_ADDRESS'],
  },
});
