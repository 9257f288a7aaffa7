/** Templates of libraries, and jobs made in portions. */
import { routes } from '../route.ts';
import * as t from '../templates.ts';

const { templateParams: params } = t;
const READING = ['MR_ITEM_UNKNOWN', 'MR_LIBRARY_UNKNOWN', 'MR_LIBRARY_VERSION', 'MR_LIBRARY_AWAY', 'MR_TEMPLATE_UNKNOWN', 'MR_TEMPLATE_INVALID'] as const;

export const templateRoutes = routes({
  'templates.list': {
    method: 'GET',
    path: '/templates',
    summary: 'Lists the templates that may be used in a folder, by library. One that is away or wrong says so, beside the others',
    permission: 'reader',
    query: t.templatesQuery,
    responses: { 200: { description: 'Libraries with their templates', schema: t.templateList } },
    errors: ['MR_ITEM_UNKNOWN'],
  },
  'templates.get': {
    method: 'GET',
    path: '/templates/{library}/{template}',
    summary: 'Shows a template at a version, with the schema of its parameters and the versions of its library',
    permission: 'reader',
    params,
    query: t.templateQuery,
    responses: { 200: { description: 'The template', schema: t.template } },
    errors: READING,
  },
  'templates.jobs': {
    method: 'GET',
    path: '/templates/{library}/{template}/jobs',
    summary: 'Lists the jobs that use a template, by name, with their versions',
    permission: 'reader',
    params,
    query: t.templateJobsQuery,
    responses: { 200: { description: 'Jobs', schema: t.templateJobs } },
    errors: ['MR_ITEM_UNKNOWN'],
  },
  'templates.try': {
    method: 'POST',
    path: '/templates/{library}/{template}/try',
    summary: 'Tells of which jobs the parameters fit another version; changes nothing',
    permission: 'reader',
    params,
    body: t.versionChange,
    responses: { 200: { description: 'For each job', schema: t.versionOutcome } },
    errors: READING,
  },
  'templates.move': {
    method: 'POST',
    path: '/templates/{library}/{template}/move',
    summary: 'Gives jobs another version, where their parameters fit; may be asked again',
    permission: 'reader',
    params,
    body: t.versionChange,
    responses: { 200: { description: 'For each job', schema: t.versionOutcome } },
    errors: READING,
  },
  'items.apply': {
    method: 'POST',
    path: '/apply',
    summary: 'Makes or configures many folders and jobs; the same request again changes nothing',
    permission: 'reader',
    body: t.applyRequest,
    bodyLimit: 16 << 20,
    responses: { 200: { description: 'For each in its order', schema: t.applyOutcome } },
    errors: [],
  },
});
