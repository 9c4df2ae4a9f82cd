import type { Readable } from 'node:stream'
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3/dist-es/commands/GetObjectCommand.js'
import { ListObjectsV2Command } from '@aws-sdk/client-s3/dist-es/commands/ListObjectsV2Command.js'
import { S3Client } from '@aws-sdk/client-s3/dist-es/S3Client.js'
import { awsClientOptions, awsRegion, isRegionMissing, watch } from '../../network/aws.js'
import { type Answer, ask, type Call } from '../../network/call.js'
import { inTurn } from '../../network/in-turn.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { Sink } from '../../network/sink.js'
import { nothingCame, type ObjectStore } from './objects.js'
import { regionNamed, s3Fault } from './s3-fault.js'

/** Connections to S3, shared by all buckets of a run: one client a region. */
export interface S3 {
  readonly bucket: (name: string) => ObjectStore
}

/** The region that s3lo asks in where none is known; S3 answers from there with the right one. */
const defaultRegion = 'us-east-1'

/**
 * Opens S3, or a service that speaks like it.
 *
 * Credentials come from the AWS chain. The region comes from the environment or the profile, and a bucket that lies
 * elsewhere says so itself: no GetBucketLocation is called and no right to it is needed.
 *
 * @param endpoint URL of the service; bucket names then go into the path, as in s3lo
 */
export function openS3(endpoint: string | undefined): S3 {
  const clients = new Map<string | undefined, S3Client>()
  const regions = new Map<string, string>()

  const clientFor = (region: string | undefined): S3Client => {
    const open = clients.get(region) ?? newClient(endpoint, region)
    clients.set(region, open)
    return open
  }

  /** Sends to the region that is known for the bucket, and once more where the service says that it is another. */
  const send = async <Output>(
    bucket: string,
    one: (client: S3Client) => Promise<Output>,
  ): Promise<Output> => {
    let known = regions.get(bucket) ?? awsRegion()
    for (let told = false; ;) {
      try {
        return await one(clientFor(known))
      } catch (error) {
        // That no region is set is no word of the service: it may still name one.
        const missing = known === undefined && isRegionMissing(error)
        const named = missing ? defaultRegion : regionNamed(error)
        if (named === undefined || named === known || told) throw error
        told = !missing
        known = named
        regions.set(bucket, named)
      }
    }
  }

  return {
    bucket: (bucket) => {
      const where = (key: string): string => `s3://${bucket}/${key}`
      // The service itself has its limits by bucket.
      const host = endpoint === undefined ? `s3://${bucket}` : hostOf(endpoint)
      const inTime = async <Value>(
        name: string,
        call: Call,
        once: () => Promise<Answer<Value>>,
      ): Promise<Answer<Value>> =>
        inTurn({ host, name, service: 'storage' }, call, async (turns) => {
          const answer = await once()
          if (answer.kind === 'failed' && answer.problem.code === 'rate-limited')
            turns.pause(answer.retryAfterMs ?? 0)
          return answer
        })
      const get = async (key: string, limit: number, call: Call): Promise<Answer<Uint8Array>> => {
        try {
          const command = new GetObjectCommand({ Bucket: bucket, Key: key })
          watch(command, call, { streamed: true })
          const output = await send(bucket, (client) => client.send(command, { abortSignal: call.signal }))
          return await readBody(output, where(key), limit, call.signal)
        } catch (error) {
          return s3Fault(error, where(key))
        }
      }
      const stream = async (key: string, limit: number, sink: Sink, call: Call): Promise<Answer<boolean>> => {
        try {
          const command = new GetObjectCommand({ Bucket: bucket, Key: key })
          watch(command, call, { streamed: true })
          const output = await send(bucket, (client) => client.send(command, { abortSignal: call.signal }))
          return await pour(output, where(key), limit, sink, call.signal)
        } catch (error) {
          return s3Fault(error, where(key))
        }
      }
      const names = async (prefix: string, most: number, call: Call): Promise<Answer<readonly string[]>> => {
        try {
          const command = new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            Delimiter: '/',
            MaxKeys: most,
          })
          watch(command, call)
          const output = await send(bucket, (client) => client.send(command, { abortSignal: call.signal }))
          return found(
            (output.Contents ?? []).flatMap(({ Key }) => (Key ? [Key.slice(prefix.length)] : [])).sort(),
          )
        } catch (error) {
          const fault = s3Fault(error, where(prefix))
          return fault.kind === 'absent' ? found([]) : fault
        }
      }
      return {
        where,
        get: (key, limit, call) =>
          ask(`GET ${where(key)}`, 'storage', call, () =>
            inTime(where(key), call, () => get(key, limit, call)),
          ),
        stream: (key, limit, open, call) =>
          ask(`GET ${where(key)}`, 'storage', call, () =>
            inTime(where(key), call, () => stream(key, limit, open(), call)),
          ),
        names: (prefix, most, call) =>
          ask(`LIST ${where(prefix)}`, 'storage', call, () =>
            inTime(where(prefix), call, () => names(prefix, most, call)),
          ),
      }
    },
  }
}

/** What is no URL is refused by the client, in its own words. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
}

function newClient(endpoint: string | undefined, bucketRegion: string | undefined): S3Client {
  const region = bucketRegion ?? awsRegion()
  return new S3Client({
    ...awsClientOptions(),
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true, region: region ?? defaultRegion }),
    ...(endpoint === undefined && region !== undefined && { region }),
    followRegionRedirects: false,
    responseChecksumValidation: 'WHEN_SUPPORTED',
  })
}

async function readBody(
  output: GetObjectCommandOutput,
  where: string,
  limit: number,
  signal: AbortSignal,
): Promise<Lookup<Uint8Array>> {
  const pieces: Uint8Array[] = []
  const whole = await pour(output, where, limit, (piece) => void pieces.push(piece), signal)
  if (whole.kind !== 'found') return whole
  return whole.value
    ? found(Buffer.concat(pieces))
    : failed('limit-exceeded', `${where}: larger than ${limit} bytes`, 'storage')
}

/** @returns false where there is more than `limit` bytes; the rest is not read */
async function pour(
  output: GetObjectCommandOutput,
  where: string,
  limit: number,
  sink: Sink,
  signal: AbortSignal,
): Promise<Lookup<boolean>> {
  const type = output.ContentType ?? ''
  if (/^text\/html\b/i.test(type)) {
    return failed('response-invalid', `${where}: expected an object, got a page of type ${type}`, 'storage')
  }
  const body = output.Body as unknown as Readable
  // Once there is an answer, the SDK stops listening: a body that hangs would outlive the time for it.
  const stop = (): void => void body.destroy()
  signal.addEventListener('abort', stop)
  try {
    let size = 0
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      size += piece.length
      if (size > limit) return found(false)
      sink(piece)
    }
    if (output.ContentLength !== undefined && output.ContentLength !== size) {
      return failed('unreachable', `${where}: expected ${output.ContentLength} bytes, got ${size}`, 'storage')
    }
    if (size === 0 && !isVouched(output)) return nothingCame(where)
    return found(true)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** S3, and whatever speaks like it, says of every object what it holds. */
function isVouched(output: GetObjectCommandOutput): boolean {
  const said = Object.entries(output).filter(([name]) => name === 'ETag' || name.startsWith('Checksum'))
  return said.some(([, value]) => value !== undefined)
}
