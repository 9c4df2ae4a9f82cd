import type { IncomingHttpHeaders } from 'node:http'
import { isObject, listField, readObject, textField } from '../../evidence/json.js'
import type { Answer, Call } from '../../network/call.js'
import type { Question, Reply } from '../../network/exchange.js'
import { usualUniverse } from '../../network/login-purpose.js'
import { absent, failed, found } from '../../network/lookup.js'
import { openRelay } from '../../network/relay.js'
import { mayCarry, shown } from '../../network/url.js'
import type { Problem } from '../../verdict/finding.js'
import type { Checksums } from './checksum.js'
import { openCloudObjects } from './cloud-objects.js'
import { gcsFault, readGcsError } from './gcs-fault.js'
import type { ObjectStore } from './objects.js'
import { openSignIn, type SignedHeaders } from './sign-in.js'

/** Connections to Google Cloud Storage, shared by all buckets of a run. */
export interface Gcs {
  readonly bucket: (name: string) => ObjectStore | Problem
}

/** Reading and listing objects, and nothing else. */
const scope = 'https://www.googleapis.com/auth/devstorage.read_only'
const service = new URL('https://storage.googleapis.com')
const emulatorVariable = 'STORAGE_EMULATOR_HOST'

/** Names that a bucket can have ("Bucket names"); anything else would lead to another place of the API. */
const bucketName = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/

/** Most bytes of one page of a list, and most pages. */
const pageLimit = 4 * 1024 * 1024
const mostPages = 20

/**
 * Opens Google Cloud Storage (JSON API), or the emulator that `STORAGE_EMULATOR_HOST` names, which gets no credentials,
 * as Google's own clients have it. Whoever has no credentials asks as anybody does.
 */
export function openGcs(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Gcs | Problem {
  const emulator = environment[emulatorVariable] ?? ''
  const endpoint = emulator === '' ? service : readEmulator(emulator)
  if (typeof endpoint === 'string') return { code: 'input-invalid', message: endpoint }
  let anonymous = ''
  const signIn = openSignIn(async (call) => {
    const login = emulator === '' ? await logIn(call) : found({})
    if (login.kind !== 'absent') return login
    anonymous = login.message
    return found({})
  })
  const refuse = (reply: Reply, where: string): Answer<never> =>
    gcsFault(reply, where, { clean: signIn.clean, anonymous })

  return {
    bucket: (name) => {
      if (!bucketName.test(name)) {
        return { code: 'reference-invalid', message: `gs://${name}: no name that a bucket can have` }
      }
      const where = (key: string): string => `gs://${name}/${key}`
      const folder = `${endpoint.pathname.replace(/\/$/, '')}/storage/v1/b/${encodeURIComponent(name)}/o`
      const send = async (
        path: string,
        query: Readonly<Record<string, string>>,
        how: Pick<Question, 'limit' | 'into'>,
        call: Call,
      ): Promise<Answer<Reply>> => {
        const url = new URL(`${path}?${new URLSearchParams(query).toString()}`, endpoint)
        return signIn.send({ url, service: 'storage', ...how }, call)
      }
      /** Names in order, at least one where there is any; `whole` is said where there are no more. */
      const list = async (
        query: Readonly<Record<string, string>>,
        most: number,
        about: string,
        call: Call,
      ): Promise<Answer<{ names: readonly string[]; whole: boolean }>> => {
        const names: string[] = []
        let next = ''
        // A page may be empty and not the last one.
        for (let page = 0; page < mostPages && names.length < most; page++) {
          const asked = {
            ...query,
            maxResults: String(most - names.length),
            fields: 'kind,nextPageToken,items(name)',
            ...(next !== '' && { pageToken: next }),
          }
          const answer = await send(folder, asked, { limit: pageLimit }, call)
          if (answer.kind !== 'found') return answer
          const { status } = answer.value
          if (status === 404 && readGcsError(answer.value)?.reason === 'notFound') {
            return failed('not-found', `${about}: the bucket does not exist (notFound)`, 'storage')
          }
          if (status !== 200) return refuse(answer.value, about)
          const got = readPage(answer.value, about)
          if (got.kind !== 'found') return got
          names.push(...got.value.names)
          next = got.value.next
          if (next === '') break
        }
        return found({ names, whole: next === '' })
      }

      return openCloudObjects({
        where,
        request: async (key, how, call) =>
          send(`${folder}/${encodeURIComponent(key)}`, { alt: 'media' }, how, call),
        refuse: async (reply, key, call) => {
          if (reply.status !== 404) return refuse(reply, where(key))
          // The 404 of a content is a line of text, the same for bucket and object: the bucket's own list tells them apart.
          // It starts with the object itself, as its name is the shortest with this prefix.
          const listed = await list({ prefix: key }, 1, where(key), call)
          if (listed.kind !== 'found') return listed
          const { names, whole } = listed.value
          if (!names.includes(key) && (whole || names.length > 0))
            return absent(`object not found: ${where(key)}`)
          return failed('response-invalid', `${where(key)}: 404, although the bucket may hold it`, 'storage')
        },
        stored: ({ headers }) => storedSums(headers),
        names: async (prefix, most, call) => {
          const answer = await list({ prefix, delimiter: '/' }, most, where(prefix), call)
          if (answer.kind !== 'found') return answer
          const names = answer.value.names.map((one) => one.slice(prefix.length))
          return found(
            names
              .filter((one) => one !== '')
              .sort()
              .slice(0, most),
          )
        },
      })
    },
  }
}

interface Page {
  readonly names: readonly string[]
  /** Empty: this is the last page. */
  readonly next: string
}

function readPage({ body }: Reply, about: string): Answer<Page> {
  const document = readObject(body)
  const items = (listField(document, 'items') ?? []).map((one) =>
    isObject(one) ? textField(one, 'name') : undefined,
  )
  const names = items.filter((name) => name !== undefined)
  if (textField(document, 'kind') !== 'storage#objects' || names.length < items.length) {
    return failed('response-invalid', `${about}: expected a list of objects, got something else`, 'storage')
  }
  return found({ names, next: textField(document, 'nextPageToken') ?? '' })
}

/** `x-goog-hash: crc32c=…,md5=…`, of the bytes as they are stored. */
function storedSums(headers: IncomingHttpHeaders): Partial<Checksums> {
  const encoding = headers['x-goog-stored-content-encoding']
  // Unpacked on the way, they are no more the ones that were added up.
  if (encoding !== undefined && encoding !== 'identity') return {}
  const said = [headers['x-goog-hash'] ?? []].flat().join(',')
  const sums = new Map(
    said.split(',').map((one) => {
      const equals = one.indexOf('=')
      return [one.slice(0, equals).trim(), one.slice(equals + 1).trim()] as const
    }),
  )
  const [crc32c, md5] = [sums.get('crc32c'), sums.get('md5')]
  return { ...(crc32c !== undefined && { crc32c }), ...(md5 !== undefined && { md5 }) }
}

/** `host:port` or a URL; plain http on this machine only. @returns why it can be none */
function readEmulator(text: string): URL | string {
  const written = text.includes('://') ? text : `http://${text}`
  if (!URL.canParse(written)) return `${emulatorVariable}: expected a host with a port or a URL`
  const url = new URL(written)
  if (mayCarry(url)) return url
  return `${emulatorVariable}: expected https, or http on this machine, got ${shown(url)}`
}

/** Application default credentials; absent is said where there are none. */
async function logIn(call: Call): Promise<Answer<SignedHeaders>> {
  // The library is loaded for such buckets only, and not for emulators.
  const { logInToGoogle } = await import('../../network/google-login.js')
  const purpose = { what: 'gs://', scope, service: 'storage' } as const
  const login = await logInToGoogle(purpose, openRelay('storage'), call)
  if (login.kind !== 'found') return login
  const { headers, universe } = login.value
  if (universe === usualUniverse) return found(headers)
  return failed('unsupported', `gs://: buckets of the universe ${universe}`)
}
