import { type AwsError, awsFault, regionName } from '../../network/aws.js'
import type { Answer } from '../../network/call.js'
import { absent, failed } from '../../network/lookup.js'

/**
 * Turns what a call to S3 failed with into an answer. Only `NoSuchKey`, said by the service in its own error document,
 * is an absence; a bare 404 may come from anything on the way.
 */
export function s3Fault(error: unknown, where: string): Answer<never> {
  const { name, $metadata } = error as Partial<AwsError>
  const status = $metadata?.httpStatusCode
  if (name === 'NoSuchKey' && status === 404) return absent(`object not found: ${where}`)
  if (name === 'NoSuchBucket')
    return failed('not-found', `${where}: the bucket does not exist (NoSuchBucket)`, 'storage')
  if (status === 404)
    return failed('response-invalid', `${where}: 404 without an S3 error document`, 'storage')
  if (status !== undefined && status >= 300 && status < 400) {
    const message = `${where}: the bucket is elsewhere (${String(name)}, ${status}): give its region or endpoint`
    return failed('response-invalid', message, 'storage')
  }
  return awsFault(error, where, 'storage')
}

/** The region that a service names when it was asked in another one. */
export function regionNamed(error: unknown): string | undefined {
  const sdk = error as (AwsError & { readonly Region?: unknown }) | undefined
  const named = sdk?.$response?.headers?.['x-amz-bucket-region'] ?? sdk?.Region
  return typeof named === 'string' ? regionName(named) : undefined
}
