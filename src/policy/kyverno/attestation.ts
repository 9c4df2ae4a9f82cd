import { isObject } from '../../evidence/json.js'
import type { Requirement } from '../../requirement/requirement.js'
import { type Finding, met, type Problem, unknown, unmet } from '../../verdict/finding.js'
import type { StatementRule } from '../../verify/statement-rule.js'
import { type ConditionBlock, readConditions } from '../conditions/condition.js'
import { type ConditionResult, evaluateConditions } from '../conditions/evaluate.js'
import { requireSets } from './attestor.js'
import type { Attestation, AttestorSet, ImageVerification } from './model.js'
import type { Data, Outside } from './variables.js'

const check = 'attestation-conditions'

/**
 * What an attestation demands: its attestors, and its conditions of every statement of the type (Kyverno asks all of
 * them). One without attestors of its own is asked of the rule's: Kyverno would take anybody's.
 */
export function requireAttestation(
  attestation: Attestation,
  entry: ImageVerification,
  data: Data,
  outside: Outside,
): Requirement {
  const { path, type, conditions } = attestation
  const sets: readonly AttestorSet[] =
    attestation.attestors.length > 0 ? attestation.attestors : entry.attestors
  if (sets.length === 0) {
    const message = `${path}: expected attestors, got none: an attestation that anybody may have made proves nothing`
    return { kind: 'open', name: path, problem: { code: 'policy-invalid', message } }
  }
  const rule = conditions.length === 0 ? undefined : conditionsRule(attestation, data, outside)
  if (rule && 'code' in rule) return { kind: 'open', name: path, problem: rule }
  return requireSets(
    sets,
    entry,
    (by, manner) => ({ kind: 'attested', type, by, manner, ...(rule && { rule }) }),
    'first',
  )
}

function conditionsRule(
  { path, conditions }: Attestation,
  data: Data,
  outside: Outside,
): StatementRule | Problem {
  const read = readConditions(conditions)
  if (read.kind === 'wrong') {
    const [first] = read.problems
    return {
      code: 'policy-invalid',
      message: `${path}.conditions${first?.path ?? ''}: ${first?.message ?? ''}`,
    }
  }
  return {
    id: JSON.stringify([path, conditions, data]),
    over: 'every',
    problem: async () => Promise.resolve(undefined),
    judge: async ({ payload, where }) => Promise.resolve(judge(read.blocks, payload, where, data, outside)),
  }
}

function judge(
  blocks: readonly ConditionBlock[],
  payload: Uint8Array,
  where: string,
  data: Data,
  { now }: Outside,
): Finding {
  const predicate = predicateOf(payload)
  // The fields of the predicate are variables of their own, beside all others.
  const result = evaluateConditions(blocks, { data: { ...data, ...predicate }, now, substitution: 'whole' })
  return findingOf(result, `the statement at ${where}`)
}

function findingOf(result: ConditionResult, about: string): Finding {
  switch (result.kind) {
    case 'pass':
      return met(check, `${about} satisfies the conditions`)
    case 'fail': {
      const said = result.messages.length > 0 ? `: ${result.messages.join('; ')}` : ''
      return unmet(
        check,
        'policy-denied',
        `${about} does not satisfy the conditions${said} (${result.message})`,
      )
    }
    case 'failed':
      return result.code === 'limit-exceeded'
        ? unknown(check, { code: 'limit-exceeded', service: 'engine', message: result.message })
        : unmet(
            check,
            'policy-denied',
            `the conditions cannot be held against ${about}: ${result.path}: ${result.message}`,
            {
              peerReason:
                'failed to check attestations: failed to substitute variables in attestation conditions',
            },
          )
    case 'open':
      return unknown(check, { code: 'unsupported', message: result.message })
  }
}

export function predicateOf(payload: Uint8Array): Data {
  try {
    const statement: unknown = JSON.parse(Buffer.from(payload).toString())
    const predicate = isObject(statement) ? statement['predicate'] : undefined
    return isObject(predicate) ? predicate : {}
  } catch {
    return {}
  }
}
