import {
  type JsonObject,
  isObject,
  listField,
  objectField,
  readObject,
  textField,
} from '../../evidence/json.js'
import type { Call } from '../../network/call.js'
import { describe } from '../../network/fault.js'
import { download } from '../../network/https.js'
import { absent, failed, found, type Lookup } from '../../network/lookup.js'
import { shown } from '../../network/url.js'
import { bundleLimit, type Offer, type Reading, signatureLimit } from '../store.js'
import { nextPage } from '../next-page.js'
import type { GithubApi } from './api.js'

/** Bundles may lie in the listing itself: a page of them is as long as a few large ones. */
const pageLimit = bundleLimit
const repositoryLimit = 1024 * 1024
const mostPages = 20

/**
 * The attestations that GitHub keeps of a digest for a repository (REST, `GET /repos/{owner}/{repo}/attestations/{digest}`),
 * one offer each. Absent is said only of a repository that can be read: GitHub answers 404 for both.
 *
 * @param repository `owner/name`
 */
export async function listAttestations(
  api: GithubApi,
  repository: string,
  digest: string,
  call: Call,
): Promise<Lookup<readonly Offer[]>> {
  const entries: JsonObject[] = []
  const base = `${api.url.href.replace(/\/+$/, '')}/repos/${repository}`
  const where = `${api.url.host}/repos/${repository}/attestations/${digest}`
  let url = new URL(`${base}/attestations/${digest}?per_page=100`)
  for (let page = 0; page < mostPages; page++) {
    const reply = await api.get(url, pageLimit, call)
    if (reply.kind !== 'found') return reply
    const { status, headers, body } = reply.value
    if (status === 404) {
      if (page > 0) return failed('response-invalid', `${where}: page ${page + 1} is not there`, 'github')
      return whetherReadable(api, repository, new URL(base), call)
    }
    const listed = listField(readObject(body), 'attestations')
    if (listed?.every(isObject) !== true)
      return failed('response-invalid', `${where}: expected a list of attestations`, 'github')
    entries.push(...listed)
    if (entries.length > signatureLimit)
      return failed('limit-exceeded', `${where}: more than ${signatureLimit} attestations`, 'github')
    const next = nextPage(headers['link'], url)
    if (next === null) return failed('response-invalid', `${where}: the next page lies elsewhere`, 'github')
    if (next === undefined) {
      if (entries.length === 0) return absent(`${where}: none`)
      const name = (index: number): string => `${where} (${index + 1} of ${entries.length})`
      return found(
        entries.map((entry, index) => ({
          rank: 1 as const,
          read: async () => readEntry(entry, name(index), call),
        })),
      )
    }
    url = next
  }
  return failed('limit-exceeded', `${where}: more than ${mostPages} pages`, 'github')
}

async function whetherReadable(
  api: GithubApi,
  repository: string,
  url: URL,
  call: Call,
): Promise<Lookup<never>> {
  const reply = await api.get(url, repositoryLimit, call)
  if (reply.kind !== 'found') return reply
  if (reply.value.status === 200) return absent(`${repository}: GitHub keeps no attestation of this digest`)
  const message = `${repository}: GitHub knows no such repository, or github-token may not read it (permissions: attestations: read, contents: read)`
  return failed('denied', message, 'github')
}

/** Large bundles are named by an address instead, signed for a while, on a store that is not GitHub's own. */
async function readEntry(entry: JsonObject, where: string, call: Call): Promise<Reading> {
  const inline = objectField(entry, 'bundle')
  if (inline !== undefined) return evidence(Buffer.from(JSON.stringify(inline)), where)
  const address = textField(entry, 'bundle_url') ?? ''
  if (!URL.canParse(address))
    return problem(failed('response-invalid', `${where}: it has no bundle`, 'github'))
  const url = new URL(address)
  const got = await download({ url, service: 'github', limit: bundleLimit }, call)
  if (got.kind === 'absent')
    return problem(failed('response-invalid', `${where}: listed, and not at ${shown(url)}`, 'github'))
  if (got.kind === 'failed') {
    // Whoever named the address is GitHub, not the user.
    const fault =
      got.problem.code === 'input-invalid' ? failed('response-invalid', got.problem.message, 'github') : got
    return problem(fault)
  }
  // A JSON object begins with a brace, which is no beginning of a compressed one of that length.
  if (got.value[0] === 0x7b) return stored(got.value, where)
  try {
    const { uncompress } = (await import('snappyjs')).default
    return stored(uncompress(Buffer.from(got.value), bundleLimit), where)
  } catch (error) {
    return problem(
      failed('response-invalid', `${where}: expected a bundle, got ${describe(error)}`, 'github'),
    )
  }
}

/** GitHub takes no bundle that is no JSON: what comes as one was cut off on the way, and is no forgery. */
function stored(bytes: Uint8Array, where: string): Reading {
  return readObject(bytes)
    ? evidence(bytes, where)
    : problem(failed('response-invalid', `${where}: expected a bundle, got no whole JSON`, 'github'))
}

function evidence(bytes: Uint8Array, where: string): Reading {
  return { evidence: [{ format: 'sigstore-bundle', where, bytes }], problems: [] }
}

function problem(lookup: Lookup<never>): Reading {
  return { evidence: [], problems: lookup.kind === 'failed' ? [lookup.problem] : [] }
}
