import { type JsonObject, field, isObject, listField, objectField, textField } from '../../evidence/json.js'
import type { Call } from '../../network/call.js'
import { shown } from '../../network/url.js'
import type { Problem } from '../../verdict/finding.js'
import type { ArchivistaApi } from './api.js'
import type { Limits } from './limits.js'

/** What a search lists, and what kept it from listing all. */
export interface Listing {
  readonly gitoids: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * By digests of subjects alone: collections of the aflock type are not indexed by name and types, so a search for those
 * finds nothing. The list is a connection as Relay has it, in the order of its rows' ids.
 */
const query = `query ($digests: [String!], $first: Int, $after: Cursor) {
  dsses(first: $first, after: $after, where: {hasStatementWith: {hasSubjectsWith: {hasSubjectDigestsWith: {valueIn: $digests}}}}) {
    edges { node { gitoidSha256 } }
    pageInfo { hasNextPage endCursor }
  }
}`

const gitoidForm = /^[0-9a-f]{64}$/

/** The gitoids of all envelopes about these subjects, each once and in order. */
export async function listEnvelopes(
  api: ArchivistaApi,
  digests: readonly string[],
  limits: Limits,
  call: Call,
): Promise<Listing> {
  // Of a digest with its algorithm before it nothing would be found, and nothing be said.
  const bare = [...new Set(digests.map((digest) => digest.replace(/^sha\d+:/, '')))]
  const most = limits.digests * limits.searches
  const groups = Array.from({ length: Math.ceil(Math.min(bare.length, most) / limits.digests) }, (_, index) =>
    bare.slice(index * limits.digests, Math.min((index + 1) * limits.digests, most)),
  )
  const listings = await Promise.all(groups.map(async (group) => walk(api, group, limits, call)))
  const gitoids = [...new Set(listings.flatMap((listing) => listing.gitoids))].sort()
  const problems = listings.flatMap((listing) => listing.problems)
  if (bare.length > most)
    problems.push(exceeded(api, `${bare.length} digests to look for, only ${most} were looked for`))
  if (gitoids.length > limits.envelopes)
    problems.push(exceeded(api, `more than ${limits.envelopes} envelopes: only so many were read`))
  return { gitoids: gitoids.slice(0, limits.envelopes), problems }
}

async function walk(
  api: ArchivistaApi,
  digests: readonly string[],
  limits: Limits,
  call: Call,
): Promise<Listing> {
  const listed = new Set<string>()
  const end = (...problems: readonly Problem[]): Listing => ({ gitoids: [...listed], problems })
  let after: string | null = null
  for (let page = 0; page < limits.pages; page++) {
    const variables = { digests, first: limits.page, after }
    const answer = await api.query({ query, variables }, limits.answer, call)
    if (answer.kind === 'failed') return end(answer.problem)
    if (answer.kind === 'absent') return end(invalid(api, answer.message))
    const read = readPage(answer.value)
    if (typeof read === 'string') return end(invalid(api, read))
    for (const gitoid of read.gitoids) listed.add(gitoid)
    if (read.next === undefined) return end()
    if (read.next === after) return end(invalid(api, 'the next page is the same one'))
    // That they are too many is said once, of all searches together.
    if (listed.size > limits.envelopes) return end()
    after = read.next
  }
  return end(exceeded(api, `more than ${limits.pages} pages`))
}

interface Page {
  readonly gitoids: readonly string[]
  /** Undefined: there is no further page. */
  readonly next: string | undefined
}

/** A text says what is wrong with it. */
function readPage(data: JsonObject): Page | string {
  const dsses = objectField(data, 'dsses')
  const edges = listField(dsses, 'edges')
  if (edges === undefined) return 'expected a list of edges'
  const gitoids: string[] = []
  for (const edge of edges) {
    const gitoid = isObject(edge) ? textField(objectField(edge, 'node'), 'gitoidSha256') : undefined
    // It becomes part of a path.
    if (gitoid === undefined || !gitoidForm.test(gitoid)) {
      const got = gitoid === undefined ? 'an entry without one' : JSON.stringify(gitoid.slice(0, 100))
      return `expected a gitoid of 64 hex digits, got ${got}`
    }
    gitoids.push(gitoid)
  }
  const pageInfo = objectField(dsses, 'pageInfo')
  const more = field(pageInfo, 'hasNextPage')
  if (typeof more !== 'boolean') return 'expected to hear whether there is a next page'
  if (!more) return { gitoids, next: undefined }
  const next = textField(pageInfo, 'endCursor')
  return next === undefined ? 'expected where the next page begins' : { gitoids, next }
}

function invalid({ queryUrl }: ArchivistaApi, message: string): Problem {
  return { code: 'response-invalid', service: 'archivista', message: `${shown(queryUrl)}: ${message}` }
}

function exceeded({ queryUrl }: ArchivistaApi, message: string): Problem {
  return { code: 'limit-exceeded', service: 'archivista', message: `${shown(queryUrl)}: ${message}` }
}
