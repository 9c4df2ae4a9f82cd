import type http from 'node:http'
import { openServer, type Server } from '../stores/archivista/server.js'
import type { WebRequest } from './web.js'

export interface LoopbackArchivista extends Server {
  /** Stores an envelope as an upload does: it is found by the digests of its subjects. @returns its gitoid */
  readonly upload: (envelope: Buffer) => string
}

/** An Archivista on a free port of this machine, in the form in which one was recorded. */
export async function openArchivistaServer(): Promise<LoopbackArchivista> {
  const server = await openServer()
  // Not a copy: what tests set on it must reach the server itself.
  return Object.assign(server, {
    upload: (envelope: Buffer): string => server.store(envelope, ...subjectsOf(envelope)),
  })
}

function subjectsOf(envelope: Buffer): readonly string[] {
  const { payload } = JSON.parse(envelope.toString()) as { payload: string }
  const { subject } = JSON.parse(Buffer.from(payload, 'base64').toString()) as {
    subject: readonly { digest: Readonly<Record<string, string>> }[]
  }
  return subject.flatMap(({ digest }) => Object.values(digest))
}

export type Outage = (request: WebRequest, response: http.ServerResponse) => boolean

/** Answers searches so, and lets downloads pass. */
export function onSearch(answer: (response: http.ServerResponse) => void): Outage {
  return ({ target }, response) => {
    if (!target.endsWith('/v1/query')) return false
    answer(response)
    return true
  }
}

/** Answers downloads so, and lets searches pass. */
export function onDownload(answer: (response: http.ServerResponse) => void): Outage {
  return ({ target }, response) => {
    if (!target.includes('/v1/download/')) return false
    answer(response)
    return true
  }
}
