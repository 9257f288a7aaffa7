/** Where an S3 store is: `s3://BUCKET/PREFIX?endpoint=URL&region=NAME&pathStyle=true`. Credentials are never part of it. */
import { BlobError } from './errors.ts';

export interface S3Address {
  readonly bucket: string;
  /** Ends with `/` where it is not empty. */
  readonly prefix: string;
  /** Null: Amazon's own for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  /** The bucket in the path, as most services besides Amazon's want it: the default where an endpoint is given. */
  readonly pathStyle: boolean;
}

const OPTIONS = ['endpoint', 'region', 'pathStyle'];

/** Throws MR_BLOB_CONFIG with what is wrong. */
export function parseS3Address(choice: string, env: { readonly [name: string]: string | undefined }): S3Address {
  const wrong = (detail: string): BlobError => new BlobError('MR_BLOB_CONFIG', choice.replace(/\/\/[^/@]*@/, '//…@'), detail);
  const [, bucket = '', path = '', query = ''] = /^s3:\/\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(choice) ?? [];
  if (bucket.includes('@')) throw wrong('credentials do not belong here, but into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/.test(bucket)) throw wrong(`"${bucket}" is no name of a bucket`);
  const prefix = path.replace(/\/+$/, '');
  if (prefix !== '' && !/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(prefix))
    throw wrong(`the prefix "${path}" has other characters than letters, digits and . _ - /`);
  const options = new URLSearchParams(query);
  for (const name of options.keys()) if (!OPTIONS.includes(name)) throw wrong(`there is no option "${name}"; there are ${OPTIONS.join(', ')}`);
  const endpoint = options.get('endpoint') ?? env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? null;
  const url = endpoint === null ? null : URL.parse(endpoint);
  if (endpoint !== null && (url === null || !/^https?:$/.test(url.protocol)))
    throw wrong(`the endpoint "${endpoint}" is no URL that begins with http:// or https://`);
  const region = options.get('region') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? (endpoint === null ? null : 'us-east-1');
  if (region === null) throw wrong('the region is missing: region=…, or AWS_REGION');
  const style = options.get('pathStyle') ?? (endpoint === null ? 'false' : 'true');
  if (style !== 'true' && style !== 'false') throw wrong(`pathStyle is true or false, not "${style}"`);
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/`, endpoint, region, pathStyle: style === 'true' };
}
