/** A trigger with files: multipart/form-data whose part `request` has the JSON, and each file the name of its parameter. */
import type { Json } from '@millrace/pipeline';
import { ApiError } from '@millrace/protocol';
import type { FastifyRequest } from 'fastify';
import { effectiveJob } from '../jobs/effective-job.ts';
import { jobOf } from '../jobs/item-rows.ts';
import { pointer } from './problem.ts';
import type { ApiServices } from './services.ts';

export interface TriggerForm<T> {
  readonly request: T;
  readonly files: { readonly [name: string]: Json };
  /** Of the blobs that were stored. */
  readonly keys: readonly string[];
}

const LONGEST_FILE_NAME = 255;

/** Nothing is kept where it throws. */
export async function readTrigger<T>(services: ApiServices, request: FastifyRequest, path: string, shape: (value: unknown) => T): Promise<TriggerForm<T>> {
  const declared = new Set(
    effectiveJob(await jobOf(services.store.db, path))
      .parameters.filter((p) => p.type === 'file')
      .map((p) => p.name),
  );
  const files: { [name: string]: Json } = {};
  const keys: string[] = [];
  let given: unknown = {};
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.fieldname !== 'request') throw new ApiError('MR_REQUEST', `There is no such part: ${part.fieldname}`);
        given = parsed(part.value);
        continue;
      }
      const { fieldname: name } = part;
      if (!declared.has(name))
        throw new ApiError('MR_PARAMETERS', null, { errors: [{ pointer: pointer(['parameters', name]), detail: `The job has no file parameter ${name}` }] });
      if (Object.hasOwn(files, name))
        throw new ApiError('MR_PARAMETERS', null, { errors: [{ pointer: pointer(['parameters', name]), detail: 'the file comes twice' }] });
      const fileName = (part.filename.split(/[\\/]/).at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, LONGEST_FILE_NAME);
      const key = await services.storeParameterFile(part.file, fileName === '' ? 'file' : fileName);
      keys.push(key);
      if (part.file.truncated) throw new ApiError('MR_BODY_SIZE');
      files[name] = { $file: key, name: fileName === '' ? name : fileName };
    }
    return { request: shape(given), files, keys };
  } catch (error) {
    await services.deleteBlobs(keys).catch(services.onError);
    throw error;
  }
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    throw new ApiError('MR_JSON');
  }
}
