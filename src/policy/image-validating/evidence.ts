import { OpenQuestion } from '../../requirement/requirement.js'
import { CelError } from '../cel/functions.js'
import { celValue, lazyObject } from '../cel/value.js'
import { type Calls, CelAttestor } from './compile.js'
import type { Host } from './host.js'
import type { Attestation, Attestor, ImageValidatingPolicy } from './model.js'

/** What all policies together found out about the images of one resource: `required` asks for it in the end. */
export interface Evidence {
  readonly callsFor: (policy: ImageValidatingPolicy, host: Host, isFor: (image: string) => boolean) => Calls
  readonly of: (image: string) => 'verified' | 'failed' | 'untried' | OpenQuestion
}

export function newEvidence(): Evidence {
  const verified = new Set<string>()
  const tried = new Set<string>()
  const questions = new Map<string, OpenQuestion>()
  /** Verified attestations, and those of which it is not known. */
  const payloads = new Map<string, true | OpenQuestion>()

  const ask = (image: string, count: number, question: () => number): bigint => {
    if (count === 0) return BigInt(question())
    try {
      const found = question()
      tried.add(image)
      if (found > 0) verified.add(image)
      return BigInt(found)
    } catch (error) {
      if (error instanceof OpenQuestion && !questions.has(image)) questions.set(image, error)
      throw error
    }
  }

  return {
    of: (image) => {
      if (verified.has(image)) return 'verified'
      return questions.get(image) ?? (tried.has(image) ? 'failed' : 'untried')
    },
    callsFor: (policy, host, isFor) => ({
      verifyImage: (image, list) => {
        const attestors = attestorsIn(list)
        if (!isFor(image)) return 0n
        return ask(image, attestors.length, () => host.verifyImageSignatures(image, attestors))
      },
      verifyAttestation: (image, name, list) => {
        const attestors = attestorsIn(list)
        if (!isFor(image)) return 0n
        const attestation = attestationOf(policy, name)
        const key = JSON.stringify([image, attestation.kind, attestation.type])
        try {
          const found = ask(image, attestors.length, () =>
            host.verifyAttestationSignatures(image, attestation, attestors),
          )
          if (found > 0n) payloads.set(key, true)
          return found
        } catch (error) {
          if (error instanceof OpenQuestion && !payloads.has(key)) payloads.set(key, error)
          throw error
        }
      },
      extractPayload: (image, name) => {
        const attestation = attestationOf(policy, name)
        const known = payloads.get(JSON.stringify([image, attestation.kind, attestation.type]))
        if (known instanceof OpenQuestion) throw known
        if (known === undefined && attestation.kind === 'intoto') {
          throw new CelError(
            'failed to get payload: intoto attestation payload cannot be fetch before verifying intoto attestation',
          )
        }
        return celValue(host.extractPayload(image, attestation))
      },
      imageData: (image) => {
        const data = host.getImageData(image)
        const object = lazyObject(Object.keys(data), (name) => celValue(data[name]))
        const get = object.get.bind(object)
        return Object.assign(object, {
          get: (name: string) => {
            if (object.has(name)) return get(name)
            throw new CelError(`no such field: ${name}`)
          },
        })
      },
    }),
  }
}

function attestorsIn(list: readonly unknown[]): readonly Attestor[] {
  return list.map((one) => {
    if (one instanceof CelAttestor) return one.attestor
    throw new CelError('expected a list of attestors: [attestors.name]')
  })
}

function attestationOf({ attestations }: ImageValidatingPolicy, name: string): Attestation {
  const attestation = attestations.find((one) => one.name === name)
  if (attestation) return attestation
  throw new CelError(`attestation not found in policy: ${name}`)
}
