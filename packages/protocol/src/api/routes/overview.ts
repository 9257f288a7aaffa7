/** Over many jobs: search, favourites, the guide of the first visit. */
import { z } from 'zod';
import { itemParams } from '../items.ts';
import * as o from '../overview.ts';
import { routes } from '../route.ts';
import { userId } from '../server.ts';

const none = z.strictObject({});

export const overviewRoutes = routes({
  'search.items': {
    method: 'GET',
    path: '/search',
    summary: 'Finds jobs and folders by name, in all folders: first names that begin so, then paths that hold it',
    permission: 'reader',
    query: o.searchQuery,
    responses: { 200: { description: 'What is found', schema: o.searchAnswer } },
    errors: [],
  },
  'stages.times': {
    method: 'GET',
    path: '/items/{path}/stage-times',
    summary: 'How long each stage took in the last builds of a job',
    permission: 'item.view',
    params: itemParams,
    query: o.stageTimesQuery,
    responses: { 200: { description: 'The newest build first', schema: o.stageTimes } },
    errors: ['MR_ITEM_UNKNOWN', 'MR_JOB_KIND'],
  },
  'permissions.list': {
    method: 'GET',
    path: '/items/{path}/permissions',
    summary: 'Who has which role on a folder or job',
    permission: 'item.configure',
    params: itemParams,
    responses: { 200: { description: 'Users: first those with a role given here, then above, then everywhere', schema: o.itemPermissions } },
    errors: ['MR_ITEM_UNKNOWN'],
  },
  'permissions.set': {
    method: 'PUT',
    path: '/items/{path}/permissions/{user}',
    summary: 'Gives a user a role on a folder or job, or takes it away; the user’s sessions end. For administrators of everything',
    permission: 'user.manage',
    params: itemParams.extend({ user: userId }),
    body: o.itemRoleChange,
    responses: { 200: { description: 'Who has which role there now', schema: o.itemPermissions } },
    errors: ['MR_ITEM_UNKNOWN', 'MR_USER_UNKNOWN'],
  },
  'favourites.list': {
    method: 'GET',
    path: '/favourites',
    summary: 'The own favourites, by path',
    permission: 'user',
    responses: { 200: { description: 'Folders and jobs', schema: o.favourites } },
    errors: [],
  },
  'favourites.put': {
    method: 'PUT',
    path: '/favourites/{path}',
    summary: 'Makes a folder or a job a favourite of the own',
    permission: 'user',
    params: itemParams,
    body: none,
    responses: { 204: { description: 'It is one' } },
    errors: ['MR_ITEM_UNKNOWN'],
  },
  'favourites.delete': {
    method: 'DELETE',
    path: '/favourites/{path}',
    summary: 'Takes a favourite off',
    permission: 'user',
    params: itemParams,
    responses: { 204: { description: 'It is none' } },
    errors: ['MR_ITEM_UNKNOWN'],
  },
  'guide.get': {
    method: 'GET',
    path: '/guide',
    summary: 'How far a new installation has come',
    permission: 'user',
    responses: { 200: { description: 'The steps of the first visit', schema: o.guide } },
    errors: [],
  },
  'guide.dismiss': {
    method: 'POST',
    path: '/guide/dismiss',
    summary: 'Puts the guide away, for oneself',
    permission: 'user',
    body: none,
    responses: { 204: { description: 'It is not shown any more' } },
    errors: [],
  },
});
