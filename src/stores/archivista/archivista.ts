import { createHash } from 'node:crypto'
import type { Call } from '../../network/call.js'
import { failed, type Lookup } from '../../network/lookup.js'
import { shown } from '../../network/url.js'
import type { UnknownCode } from '../../verdict/codes.js'
import type { Problem } from '../../verdict/finding.js'
import { type ArchivistaAccess, readAccess } from './access.js'
import { type ArchivistaApi, openApi } from './api.js'
import { type Limits, usualLimits } from './limits.js'
import { listEnvelopes } from './search.js'
import { openShelf } from './shelf.js'
import { openTurns } from './turns.js'

/** An envelope as it was uploaded; the bytes are shared by all images that ask for it, and nobody writes to them. */
export interface FoundEnvelope {
  readonly bytes: Uint8Array
  /** The address it was read from. */
  readonly where: string
  /** SHA-256 of the bytes as a git blob: checked. */
  readonly gitoid: string
}

/** in-toto's store of signed attestations, open for one run. */
export interface Archivista {
  /**
   * Every envelope whose statement names one of these digests as a subject, in the order of their gitoids. The problems
   * say what could not be listed or read, the envelopes are the rest. Never throws.
   *
   * @param digests in hex as statements have them, of whatever algorithm; none: nothing is asked
   */
  readonly envelopesAbout: (digests: readonly string[], call: Call) => Promise<EnvelopesFound>
}

export interface EnvelopesFound {
  readonly envelopes: readonly FoundEnvelope[]
  readonly problems: readonly Problem[]
}

/** @param limits for tests; what the program reads is `usualLimits` */
export function openArchivista(access: ArchivistaAccess, limits: Limits = usualLimits): Archivista {
  const entrance = readAccess(access)
  if ('code' in entrance)
    return { envelopesAbout: () => Promise.resolve({ envelopes: [], problems: [entrance] }) }
  const api = openApi(entrance, openTurns(limits.requests))
  const fetch = openShelf(async (gitoid, call) => fetchChecked(api, gitoid, limits, call), limits.kept)
  return {
    envelopesAbout: async (digests, call) => {
      const { gitoids, problems } = await listEnvelopes(api, digests, limits, call)
      const envelopes = new Map<string, FoundEnvelope>()
      const missed: Problem[] = []
      const queue = gitoids.values()
      let size = 0
      const work = async (): Promise<void> => {
        for (const gitoid of queue) {
          if (size >= limits.question) {
            const message = `${shown(api.queryUrl)}: the envelopes found have more than ${limits.question} bytes: the rest was not read`
            missed.push({ code: 'limit-exceeded', service: 'archivista', message })
            return
          }
          const answer = await fetch(gitoid, call)
          if (answer.kind === 'found') {
            size += answer.value.length
            const where = shown(api.downloadUrl(gitoid))
            envelopes.set(gitoid, { bytes: answer.value, where, gitoid })
          } else if (answer.kind === 'failed') missed.push(answer.problem)
          else missed.push({ code: 'response-invalid', service: 'archivista', message: answer.message })
        }
      }
      await Promise.all(Array.from({ length: limits.atOnce }, work))
      return {
        envelopes: gitoids.flatMap((gitoid) => envelopes.get(gitoid) ?? []),
        problems: fewOfEach([...problems, ...missed]),
      }
    },
  }
}

async function fetchChecked(
  api: ArchivistaApi,
  gitoid: string,
  limits: Limits,
  call: Call,
): Promise<Lookup<Uint8Array>> {
  const answer = await api.download(gitoid, limits.envelope, call)
  if (answer.kind !== 'found') return answer
  const got = createHash('sha256').update(`blob ${answer.value.length}\0`).update(answer.value).digest('hex')
  if (got === gitoid) return answer
  const where = shown(api.downloadUrl(gitoid))
  return failed('response-invalid', `${where}: expected the gitoid ${gitoid}, got ${got}`, 'archivista')
}

/** Problems of one kind that are told one by one: a store that went away gives one for each envelope. */
const mostTold = 10

function fewOfEach(problems: readonly Problem[]): readonly Problem[] {
  const kinds = new Map<UnknownCode, Map<string, Problem>>()
  for (const problem of problems) {
    const kind = kinds.get(problem.code) ?? new Map<string, Problem>()
    kinds.set(problem.code, kind.set(problem.message, problem))
  }
  return [...kinds].flatMap(([code, kind]) => {
    const told = [...kind.values()].slice(0, mostTold)
    const more = kind.size - told.length
    if (more === 0) return told
    return [
      ...told,
      { code, service: 'archivista', message: `${more} more of Archivista's answers: ${code}` },
    ]
  })
}
