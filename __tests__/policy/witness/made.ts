import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { Answer, Question } from '../../../src/engine/question.js'
import type { EvidenceSource } from '../../../src/policy/witness/evidence.js'
import { keyIdOf } from '../../../src/policy/witness/certificate.js'
import type { Ask } from '../../../src/policy/witness/rules.js'
import { type PublicKey, publicKeyFromSpki } from '../../../src/verify/public-key.js'

/** A signer of the tests' own. */
export interface Maker {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly id: string
  readonly verifying: PublicKey
  readonly pem: string
}

export function maker(): Maker {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKeyFromSpki(publicKey.export({ type: 'spki', format: 'der' }))
  if (key.kind !== 'key') throw new Error(key.reason)
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return { privateKey, publicKey, id: keyIdOf(publicKey), verifying: key.key, pem }
}

export function envelope(
  payload: unknown,
  { privateKey, id }: Maker,
  payloadType = 'application/vnd.in-toto+json',
): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(JSON.stringify(payload))
  const message = Buffer.concat([
    Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `),
    body,
  ])
  const sig = sign(null, message, privateKey).toString('base64')
  return Buffer.from(
    JSON.stringify({ payload: body.toString('base64'), payloadType, signatures: [{ keyid: id, sig }] }),
  )
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

export const environment = 'https://aflock.ai/attestations/environment/v0.1'
export const oci = 'https://aflock.ai/attestations/oci/v0.1'
export const docker = 'https://aflock.ai/attestations/docker/v0.1'
export const bom = 'https://cyclonedx.org/bom'

export interface Said {
  readonly name: string
  readonly attestations: readonly { readonly type: string; readonly attestation: unknown }[]
  readonly subjects: readonly string[]
  readonly backRefs?: readonly string[]
}

export function statement({ name, attestations, subjects, backRefs = [] }: Said): unknown {
  const set = (digests: readonly string[]): [string, unknown][] =>
    digests.map((sha256) => [`seen:${sha256}`, { sha256 }])
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: set(subjects).map(([subject, digest]) => ({ name: subject, digest })),
    predicateType: 'https://aflock.ai/attestation-collection/v0.1',
    predicate: { name, attestations, backrefs: Object.fromEntries(set(backRefs)) },
  }
}

/** As witness writes one, which leads on by the run that its subjects name. */
export function witnessStatement({ name, attestations, subjects, backRefs = [] }: Said): unknown {
  const run = 'https://witness.dev/attestations/github/v0.1/pipelineurl:'
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: [
      ...subjects.map((sha256) => ({ name: `seen:${sha256}`, digest: { sha256 } })),
      ...backRefs.map((sha256) => ({ name: `${run}${sha256}`, digest: { sha256 } })),
    ],
    predicateType: 'https://witness.testifysec.com/attestation-collection/v0.1',
    predicate: { name, attestations },
  }
}

export function collection(said: Said, by: Maker, where = `${said.name}.json`): EvidenceSource {
  return { bytes: envelope(statement(said), by), where, origin: 'given' }
}

export const digest = (char: string): string => char.repeat(64)

export interface StepSaid {
  readonly types?: readonly string[]
  readonly rego?: readonly { readonly name: string; readonly module: string }[]
  readonly more?: Readonly<Record<string, unknown>>
}

/** A policy whose steps are all of one functionary. */
export function policyOf(
  steps: Readonly<Record<string, StepSaid>>,
  by: Maker,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    expires: '2035-01-01T00:00:00Z',
    publickeys: { any: { keyid: by.id, key: base64(by.pem) } },
    steps: Object.fromEntries(
      Object.entries(steps).map(([name, { types = [environment], rego = [], more: own = {} }]) => [
        name,
        {
          name,
          functionaries: [{ type: 'publickey', publickeyid: by.id }],
          attestations: types.map((type) => ({
            type,
            regopolicies: rego.map((one) => ({ name: one.name, module: base64(one.module) })),
          })),
          ...own,
        },
      ]),
    ),
    ...more,
  }
}

/** Denies nothing, and counts how often it is asked. */
export function agreeable(): { readonly ask: Ask; readonly asked: Question[] } {
  const asked: Question[] = []
  const ask = async (question: Question): Promise<Answer> => {
    asked.push(question)
    const queries = question.language === 'rego' ? question.rego.queries : []
    const values = queries.map(() => ({ defined: true, value: [] }))
    return Promise.resolve({ kind: 'answered', results: question.inputs.map(() => ({ values })) })
  }
  return { ask, asked }
}
