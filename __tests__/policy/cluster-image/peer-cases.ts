import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sharedFolder } from '../../harness/shared.js'

/** A case of shared/fixtures/kyverno: what a peer answered. */
export interface PeerCase {
  readonly id: string
  readonly engine: string
  readonly policy: string
  readonly image?: string
  readonly resource?: string
  readonly trustroot?: string
  readonly ours: string
  readonly peer_defect?: string
  readonly expect: {
    readonly exit: number
    readonly stderr?: string
    readonly errors?: readonly string[]
    readonly results?: readonly { readonly result: string; readonly rule: string; readonly message: string }[]
  }
}

export const fixtures = sharedFolder('fixtures/kyverno')

export function peerCases(engine: string): readonly PeerCase[] {
  if (fixtures === undefined) return []
  const index = JSON.parse(readFileSync(path.join(fixtures, 'index.json'), 'utf8')) as { cases: PeerCase[] }
  return index.cases.filter((one) => one.engine === engine)
}

export function fixtureText(name: string): string {
  return readFileSync(path.join(fixtures ?? '', name), 'utf8')
}
