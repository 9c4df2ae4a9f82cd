import { asksOf } from '../../requirement/leaves.js'
import type { Requirement } from '../../requirement/requirement.js'
import { met, unknown, unmet } from '../../verdict/finding.js'
import type { Part } from '../part.js'
import { readConditions } from '../conditions/condition.js'
import { evaluateConditions } from '../conditions/evaluate.js'
import { predicateOf, requireAttestation } from './attestation.js'
import { requireSets } from './attestor.js'
import type { Duty } from './coverage.js'
import type { KyvernoImage } from './image.js'
import type { ImageVerification, Raw } from './model.js'
import type { Resource } from './resource.js'
import { type Data, fill, imageData, loadContext, type Outside, resourceData } from './variables.js'

export interface Compiled extends Part {
  /** The part is not asked: why. */
  readonly skipped?: string
}

/** What a duty demands of its image, with the variables of its rule worked out. */
export function compileDuty(
  duty: Duty,
  image: KyvernoImage,
  resource: Resource,
  images: Data,
  outside: Outside,
  warns: boolean,
): Compiled {
  const { policy, rule } = duty
  const title = `${policy.name}/${rule.name}`
  const named = { policy: policy.name, rule: rule.name }
  const open = (message: string, code: 'policy-invalid' | 'unsupported' = 'policy-invalid'): Compiled => ({
    ...named,
    requirement: { kind: 'open', name: title, problem: { code, message: `${title}: ${message}` } },
  })
  const skip = (reason: string): Compiled => ({
    ...named,
    skipped: reason,
    requirement: { kind: 'exempt', name: title, reason },
  })
  if (duty.unknown !== undefined)
    return open(`whether it is about the resource is not known: ${duty.unknown}`, 'unsupported')
  const loaded = loadContext(policy.name, rule, resourceData(resource, images), outside)
  if (loaded.kind !== 'data')
    return open(loaded.message, loaded.kind === 'missing' ? 'unsupported' : 'policy-invalid')
  const data: Data = { ...loaded.data, image: imageData(image) }

  const preconditions = holds(rule.preconditions, data, outside)
  if (typeof preconditions === 'string') return open(`preconditions: ${preconditions}`)
  if (!preconditions) return skip('preconditions not met')
  for (const { name, conditions, unknown: why } of duty.exemptIf) {
    if (why !== undefined) return open(`whether exception ${name} holds is not known: ${why}`, 'unsupported')
    const exempt = holds(conditions, data, outside)
    if (typeof exempt === 'string') return open(`exception ${name}: ${exempt}`)
    if (exempt) return skip(`rule is skipped due to policy exception ${name}`)
  }
  const filled = fillEntry(duty.entry, data, outside)
  if (typeof filled === 'string') return open(filled)
  const { requirement, joints } = requireEntry(duty, filled, title, data, outside)
  return {
    ...named,
    requirement: warns ? { ...requirement, enforcement: 'warn' } : requirement,
    ...(joints && { joints }),
  }
}

function requireEntry(
  { missingDigest }: Duty,
  entry: ImageVerification,
  name: string,
  data: Data,
  outside: Outside,
): Pick<Part, 'joints'> & { readonly requirement: Exclude<Requirement, { kind: 'exempt' }> } {
  const of: Requirement[] = []
  if (missingDigest)
    of.push({
      kind: 'decide',
      name: 'verifyDigest',
      verdict: 'policy-denied',
      message: `${name}: missing digest: verifyDigest wants one, and mutateDigest adds none`,
    })
  if (entry.attestors.length > 0)
    of.push(
      requireSets(
        entry.attestors,
        entry,
        (by, manner, annotations) => ({
          kind: 'signed',
          by,
          manner,
          ...(annotations.size > 0 && { annotations: Object.fromEntries(annotations) }),
        }),
        'each',
      ),
    )
  const attestations = entry.attestations.map((one) => requireAttestation(one, entry, data, outside))
  of.push(...attestations)
  if (entry.attestors.length === 0 && entry.attestations.length === 0 && entry.required)
    of.push({
      kind: 'decide',
      name: 'required',
      verdict: 'policy-denied',
      message: `${name}: unverified image: the entry names neither attestors nor attestations`,
    })
  if (entry.validate === undefined) return { requirement: { kind: 'all', name, of } }
  const denied = denyPart(entry, entry.validate, attestations, name, data, outside)
  return { requirement: { kind: 'all', name, of: [...of, denied.requirement] }, joints: denied.joints }
}

/** `validate.deny` over the first statements of named attestations. */
function denyPart(
  entry: ImageVerification,
  validate: NonNullable<ImageVerification['validate']>,
  attestations: readonly Requirement[],
  name: string,
  data: Data,
  outside: Outside,
): { readonly requirement: Requirement; readonly joints: NonNullable<Part['joints']> } {
  const title = `${name} validate`
  const id = JSON.stringify([title, entry.path, validate, data])
  const requirement: Requirement = { kind: 'joint', name: title, id, needs: attestations }
  return {
    requirement,
    joints: [
      {
        id,
        evaluate: async (facts) => {
          let named: Data = data
          for (const [index, { name: own }] of entry.attestations.entries()) {
            const need = attestations[index]
            if (own === undefined || need === undefined) continue
            const finding = facts.finding(need)
            if (finding.status === 'unknown') return Promise.resolve(unknown(title, finding))
            const [first] = asksOf(need).flatMap((ask) => facts.of(ask)?.signatures ?? [])
            if (first === undefined)
              return Promise.resolve(
                unmet(title, 'attestation-missing', `${title}: no statement stands for ${own}`),
              )
            named = { ...named, [own]: predicateOf(payloadOf(first.payload?.envelope ?? '')) }
          }
          const conditions =
            (validate.deny as Readonly<Record<string, unknown>> | undefined)?.['conditions'] ?? validate.deny
          const denied = holds(conditions, named, outside)
          if (typeof denied === 'string')
            return Promise.resolve(unmet(title, 'policy-denied', `${title}: ${denied}`))
          if (!denied) return Promise.resolve(met(title, 'validation in verifyImages passed'))
          const message = fill(validate.message ?? '', named, outside)
          const said =
            message.kind === 'value' && typeof message.value === 'string'
              ? message.value
              : (validate.message ?? '')
          return Promise.resolve(unmet(title, 'policy-denied', `validation in verifyImages failed: ${said}`))
        },
      },
    ],
  }
}

function payloadOf(envelope: string): Uint8Array {
  try {
    const { payload } = JSON.parse(envelope) as { readonly payload?: unknown }
    return Buffer.from(typeof payload === 'string' ? payload : '', 'base64')
  } catch {
    return new Uint8Array()
  }
}

/** @returns a text that says why it cannot be told */
function holds(conditions: Raw, data: Data, { now }: Outside): boolean | string {
  if (conditions === undefined || conditions === null) return true
  const read = readConditions(conditions)
  if (read.kind === 'wrong') return `${read.problems[0]?.path ?? ''}: ${read.problems[0]?.message ?? ''}`
  const result = evaluateConditions(read.blocks, { data, now, substitution: 'each' })
  switch (result.kind) {
    case 'pass':
      return true
    case 'fail':
      return false
    case 'failed':
    case 'open':
      return result.message
  }
}

/** Attestors may hold variables; conditions are worked out later, statement by statement. */
function fillEntry(entry: ImageVerification, data: Data, outside: Outside): ImageVerification | string {
  const filled = fill(
    JSON.parse(
      JSON.stringify([entry.attestors, entry.attestations.map(({ attestors }) => attestors)], mapsAsObjects),
    ),
    data,
    outside,
  )
  if (filled.kind !== 'value') return `its variables cannot be worked out: ${filled.message}`
  const [attestors, theirs] = revive(filled.value) as readonly [
    ImageVerification['attestors'],
    readonly ImageVerification['attestors'][],
  ]
  return {
    ...entry,
    attestors,
    attestations: entry.attestations.map((one, index) => ({ ...one, attestors: theirs[index] ?? [] })),
  }
}

const mark = '\u0000map'

function mapsAsObjects(_name: string, value: unknown): unknown {
  return value instanceof Map ? { [mark]: [...(value as ReadonlyMap<unknown, unknown>)] } : value
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [first] = entries
  if (first?.[0] === mark) return new Map(first[1] as readonly (readonly [unknown, unknown])[])
  return Object.fromEntries(entries.map(([name, member]) => [name, revive(member)]))
}
