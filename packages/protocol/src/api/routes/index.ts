/** Every route of the API. */
import { buildRoutes } from './builds.ts';
import { credentialRoutes } from './credentials.ts';
import { itemRoutes } from './items.ts';
import { notificationRoutes } from './notifications.ts';
import { overviewRoutes } from './overview.ts';
import { scriptRoutes } from './scripts.ts';
import { cloudRoutes, eventRoutes, fleetRoutes, nodeRoutes, queueRoutes, resourceRoutes, serverRoutes } from './server.ts';
import { templateRoutes } from './templates.ts';
import { triggerRoutes } from './triggers.ts';
import { authRoutes, userRoutes } from './users.ts';

export {
  authRoutes,
  buildRoutes,
  cloudRoutes,
  credentialRoutes,
  eventRoutes,
  fleetRoutes,
  itemRoutes,
  nodeRoutes,
  notificationRoutes,
  overviewRoutes,
  queueRoutes,
  resourceRoutes,
  scriptRoutes,
  serverRoutes,
  templateRoutes,
  triggerRoutes,
  userRoutes,
};

export const API_ROUTES = {
  ...serverRoutes,
  ...eventRoutes,
  ...authRoutes,
  ...userRoutes,
  ...itemRoutes,
  ...buildRoutes,
  ...queueRoutes,
  ...nodeRoutes,
  ...cloudRoutes,
  ...fleetRoutes,
  ...resourceRoutes,
  ...credentialRoutes,
  ...triggerRoutes,
  ...scriptRoutes,
  ...overviewRoutes,
  ...notificationRoutes,
  ...templateRoutes,
};
