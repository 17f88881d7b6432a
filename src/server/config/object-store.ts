import type { Reading } from './values.ts';

/** An S3 store for backups, configured by the AWS programs' own variables. */
export interface ObjectStoreConfig {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  /** Undefined means AWS itself. */
  readonly endpoint: string | undefined;
}

/** The store of the configuration; undefined without an access key. Adds half a key to `problems`. */
export function readObjectStoreConfig({ values, problems }: Reading): ObjectStoreConfig | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    problems.push({
      variable: accessKeyId === undefined ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY',
      got: undefined,
      takes: 'the other half of the key, since one is set',
    });
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: values.AWS_SESSION_TOKEN,
    region: values.AWS_REGION,
    endpoint: values.AWS_ENDPOINT_URL_S3,
  };
}
