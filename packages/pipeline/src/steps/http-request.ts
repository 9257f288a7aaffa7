/** Follows HttpRequestStep and HttpRequestExecution of http-request. */

import type { Value } from '@millrace/groovy';
import { JavaList, JavaThrowable, mapOf } from '@millrace/groovy';
import { abortError } from '../engine/throwables.ts';
import { isBlank } from './file-or-text.ts';
import { Bean } from './results.ts';
import type { StepContext } from './step.ts';
import { defineStep } from './step.ts';
import { mapEntries } from './values.ts';

const MODES = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'MKCOL'] as const;
const MIME_TYPES: Readonly<Record<string, string | null>> = {
  NOT_SET: null,
  TEXT_HTML: 'text/html; charset=ISO-8859-1',
  TEXT_PLAIN: 'text/plain; charset=ISO-8859-1',
  APPLICATION_FORM: 'application/x-www-form-urlencoded',
  APPLICATION_FORM_DATA: 'multipart/form-data',
  APPLICATION_JSON: 'application/json',
  APPLICATION_JSON_UTF8: 'application/json; charset=UTF-8',
  APPLICATION_TAR: 'application/x-tar',
  APPLICATION_ZIP: 'application/zip',
  APPLICATION_OCTETSTREAM: 'application/octet-stream',
};

export const httpRequestStep = defineStep({
  name: 'httpRequest',
  summary: 'Perform an HTTP Request and return a response object',
  params: [
    { name: 'url', type: 'string', required: true },
    { name: 'httpMode', type: 'string', default: 'GET', values: MODES },
    { name: 'requestBody', type: 'string' },
    { name: 'customHeaders', type: 'list', help: 'Maps of `name`, `value` and `maskValue`.' },
    { name: 'contentType', type: 'string', default: 'NOT_SET', values: Object.keys(MIME_TYPES) },
    { name: 'acceptType', type: 'string', default: 'NOT_SET', values: Object.keys(MIME_TYPES) },
    { name: 'authentication', type: 'string', help: 'The id of credentials with a user name and a password.' },
    { name: 'timeout', type: 'int', default: 0, help: 'Seconds; 0: none.' },
    { name: 'validResponseCodes', type: 'string', default: '100:399', help: '`200`, `200:299`, comma separated.' },
    { name: 'validResponseContent', type: 'string', default: '', help: 'What the response must hold.' },
    { name: 'outputFile', type: 'string', help: 'Where the response goes.' },
    { name: 'uploadFile', type: 'string' },
    { name: 'wrapAsMultipart', type: 'boolean', default: true },
    { name: 'multipartName', type: 'string' },
    { name: 'consoleLogResponseBody', type: 'boolean', default: false },
    { name: 'quiet', type: 'boolean', default: false },
    { name: 'ignoreSslErrors', type: 'boolean', default: false },
    { name: 'responseHandle', type: 'string', default: 'STRING', values: ['NONE', 'LEAVE_OPEN', 'STRING'] },
    { name: 'httpProxy', type: 'string' },
    { name: 'proxyAuthentication', type: 'string' },
    { name: 'useSystemProperties', type: 'boolean', default: false },
    { name: 'useNtlm', type: 'boolean', default: false },
    { name: 'formData', type: 'list' },
  ],
  describe: (args) => args.url,
  *run(cx, args) {
    if ((args.formData ?? []).length > 0 || (!isBlank(args.multipartName) && args.wrapAsMultipart))
      throw abortError('httpRequest cannot send multipart forms yet; send the body with requestBody or uploadFile');
    if (!isBlank(args.httpProxy)) throw abortError('httpRequest cannot use httpProxy yet');
    const ranges = codeRanges(args.validResponseCodes);
    const log = (line: string): void => {
      if (!args.quiet) cx.log(line);
    };
    const headers: { name: string; value: string; masked: boolean }[] = [];
    const contentType = MIME_TYPES[args.contentType] ?? null,
      accept = MIME_TYPES[args.acceptType] ?? null;
    if (contentType !== null) headers.push({ name: 'Content-Type', value: contentType, masked: false });
    if (accept !== null) headers.push({ name: 'Accept', value: accept.replace(/;.*/, ''), masked: false });
    for (const value of args.customHeaders ?? []) headers.push(headerOf(cx, value));
    log(`HttpMethod: ${args.httpMode}`);
    log(`URL: ${args.url}`);
    for (const header of headers) log(`${header.name}: ${header.masked ? '*****' : header.value}`);
    if (!isBlank(args.authentication)) {
      const { fields } = yield* cx.ask('credentials', { id: args.authentication as string, types: ['usernamePassword'] });
      log(`Using authentication: ${args.authentication}`);
      headers.push({ name: 'Authorization', value: `Basic ${base64(`${fields['username'] ?? ''}:${fields['password'] ?? ''}`)}`, masked: true });
    }
    log(`Sending request to url: ${args.url}`);
    const needsPlace = !isBlank(args.outputFile) || !isBlank(args.uploadFile);
    const {
      status,
      headers: answered,
      body,
    } = yield* cx.ask('http', {
      url: args.url,
      method: args.httpMode,
      headers: headers.map(({ name, value }) => ({ name, value })),
      body: args.requestBody,
      timeoutMs: args.timeout > 0 ? args.timeout * 1000 : null,
      ignoreTls: args.ignoreSslErrors,
      ...(needsPlace ? { place: cx.place() } : {}),
      output: isBlank(args.outputFile) ? null : args.outputFile,
      upload: isBlank(args.uploadFile) ? null : args.uploadFile,
    });
    log(`Response Code: ${status}`);
    if (args.consoleLogResponseBody) cx.log(`Response: \n${body}`);
    if (!ranges.some(([from, to]) => status >= from && status <= to))
      throw abortError(`Fail: Status code ${status} is not in the accepted range: ${args.validResponseCodes} while calling ${args.url}`);
    log(`Success: Status code ${status} is in the accepted range: ${args.validResponseCodes}`);
    if (args.validResponseContent !== '' && !body.includes(args.validResponseContent))
      throw abortError(`Fail: Response doesn't contain expected content '${args.validResponseContent}' while calling ${args.url}`);
    if (!isBlank(args.outputFile)) log(`Saving response body to ${args.outputFile}`);
    return new Bean(
      'jenkins.plugins.http_request.ResponseContentSupplier',
      [
        ['status', status],
        ['content', args.responseHandle === 'NONE' ? null : body],
        ['charset', charsetOf(answered)],
        ['headers', mapOf(Object.entries(answered).map(([name, values]): [string, Value] => [name, new JavaList([...values])]))],
      ],
      { text: () => `Status: ${status}, Response: ${body}` },
    );
  },
});

function headerOf(cx: StepContext, value: Value): { name: string; value: string; masked: boolean } {
  const entries = new Map(mapEntries(cx.rt, value) ?? [...(cx.described(value)?.args ?? [])]);
  return { name: cx.rt.str(entries.get('name') ?? ''), value: cx.rt.str(entries.get('value') ?? ''), masked: entries.get('maskValue') === true };
}

function codeRanges(text: string): [number, number][] {
  return text.split(',').map((part) => {
    const ends = part.trim().split(':');
    const numbers = ends.map((end) => (/^\d+$/.test(end) ? Number(end) : Number.NaN));
    if (ends.length > 2) throw new JavaThrowable('java.lang.IllegalArgumentException', `Code ${part} should be an interval from:to or a single value`);
    if (numbers.some(Number.isNaN)) throw new JavaThrowable('java.lang.IllegalArgumentException', `Invalid number ${part}`);
    const [from, to = from] = numbers as [number, number?];
    if ((from as number) > (to as number)) throw new JavaThrowable('java.lang.IllegalArgumentException', `Interval ${part} should be FROM less than TO`);
    return [from as number, to as number];
  });
}
function charsetOf(headers: { readonly [name: string]: readonly string[] }): string | null {
  for (const [name, values] of Object.entries(headers))
    if (name.toLowerCase() === 'content-type') return /charset=([^;]+)/i.exec(values[0] ?? '')?.[1]?.trim() ?? null;
  return null;
}
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
