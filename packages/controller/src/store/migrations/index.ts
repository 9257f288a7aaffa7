/** All migrations, in order. */
import { first } from './0001-first.ts';
import { records } from './0002-records.ts';
import { suspicionAndBlobList } from './0003-suspicion-and-blob-list.ts';
import { podTemplates } from './0004-pod-templates.ts';
import { caches } from './0005-caches.ts';
import { imageUses } from './0006-image-uses.ts';
import { credentials } from './0007-credentials.ts';
import { revisions } from './0008-revisions.ts';
import { triggers } from './0009-triggers.ts';
import { branches } from './0010-branches.ts';
import { notifications } from './0011-notifications.ts';
import { overview } from './0012-overview.ts';
import { templates } from './0013-templates.ts';
import { checkRuns } from './0014-check-runs.ts';
import { polledCheckouts } from './0015-polled-checkouts.ts';
import { toldByWebhooks } from './0016-told-by-webhooks.ts';
import { reports } from './0017-reports.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  first,
  records,
  suspicionAndBlobList,
  podTemplates,
  caches,
  imageUses,
  credentials,
  revisions,
  triggers,
  branches,
  notifications,
  overview,
  templates,
  checkRuns,
  polledCheckouts,
  toldByWebhooks,
  reports,
];
