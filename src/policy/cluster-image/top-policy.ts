import { createHash } from 'node:crypto'
import { isObject } from '../../evidence/json.js'
import { predicateTypeOf } from '../../evidence/statement.js'
import { asksOf } from '../../requirement/leaves.js'
import type { Requirement } from '../../requirement/requirement.js'
import { unknown } from '../../verdict/finding.js'
import type { Signature } from '../../verdict/result.js'
import type { Facts, Joint } from '../part.js'
import type { Surroundings } from './surroundings.js'
import { evaluatePolicy, textOf } from './evaluated-rule.js'
import type { Authority, ClusterImagePolicy, TopPolicy } from './model.js'

interface Judged {
  readonly authority: Authority
  readonly requirement: Requirement
}

/** A policy over the authorities that passed, as `authorityMatches`. */
export function topPolicyOf(
  { name, file }: ClusterImagePolicy,
  policy: TopPolicy,
  authorities: readonly Judged[],
  { ask, resource }: Surroundings,
): { readonly requirement: Requirement; readonly joint: Joint } {
  const title = `policy over the authorities of ${name}`
  const id = createHash('sha256')
    .update(JSON.stringify([file, name, policy, resource?.value]))
    .digest('hex')
  const needs = authorities.map(({ requirement }) => requirement)
  return {
    requirement: { kind: 'joint', name: title, id, needs },
    joint: {
      id,
      evaluate: async (facts) => {
        const text = textOf(policy)
        if (typeof text !== 'string') return unknown(title, text)
        const config = policy.fetchConfigFile ? await facts.configs?.() : undefined
        if (policy.fetchConfigFile && (config === undefined || 'code' in config)) {
          return unknown(
            title,
            config ?? { code: 'unsupported', message: 'the configuration of the image is not at hand' },
          )
        }
        const open = authorities
          .map(({ requirement }) => facts.finding(requirement))
          .find(({ status }) => status === 'unknown')
        // What could not be found out of one authority may be what the policy asks for.
        if (open?.status === 'unknown') return unknown(title, open)
        const input = { ...matchesOf(authorities, facts), ...config, ...partsOf(policy, resource) }
        return evaluatePolicy(
          title,
          policy.type,
          text,
          JSON.stringify(input),
          'what the authorities found',
          ask,
        )
      },
    },
  }
}

function partsOf(policy: TopPolicy, resource: Surroundings['resource']): Readonly<Record<string, unknown>> {
  const value = resource?.value
  const object = isObject(value) ? value : undefined
  return {
    ...(policy.includeSpec && object?.['spec'] !== undefined && { spec: object['spec'] }),
    ...(policy.includeObjectMeta && object?.['metadata'] !== undefined && { metadata: object['metadata'] }),
    ...(policy.includeTypeMeta &&
      resource && { typemeta: { apiVersion: resource.apiVersion, kind: resource.kind } }),
  }
}

/** An entry for each authority that passed: its signatures, its attestations by name, or that it is static. */
function matchesOf(authorities: readonly Judged[], facts: Facts): Readonly<Record<string, unknown>> {
  const matches: [string, unknown][] = []
  for (const { authority, requirement } of authorities) {
    if (facts.finding(requirement).status !== 'met') continue
    if (authority.kind === 'static') {
      matches.push([authority.name, { static: true }])
      continue
    }
    const asks = asksOf(requirement)
    const found = (type?: string): readonly Signature[] =>
      asks
        .filter((ask) => (ask.kind === 'attested' ? ask.type : undefined) === type)
        .flatMap((ask) => facts.of(ask)?.signatures ?? [])
    matches.push([
      authority.name,
      authority.attestations.length === 0
        ? { signatures: found().map(describe) }
        : {
            attestations: Object.fromEntries(
              authority.attestations.map(({ name, predicateType }) => [
                name,
                found(predicateType).map((one) => ({
                  ...describe(one),
                  predicateType: predicateTypeOf(predicateType),
                })),
              ]),
            ),
          },
    ])
  }
  return { authorityMatches: Object.fromEntries(matches) }
}

function describe({ where, identity }: Signature): Readonly<Record<string, string>> {
  const claim = (ours: string, theirs: string): Readonly<Record<string, string>> => {
    const value = identity?.claims[ours]
    return value === undefined ? {} : { [theirs]: value }
  }
  return {
    id: createHash('sha256').update(where).digest('hex'),
    ...(identity && { subject: identity.subject, issuer: identity.issuer }),
    ...claim('github-workflow-trigger', 'githubWorkflowTrigger'),
    ...claim('github-workflow-sha', 'githubWorkflowSha'),
    ...claim('github-workflow-name', 'githubWorkflowName'),
    ...claim('github-workflow-repository', 'githubWorkflowRepo'),
    ...claim('github-workflow-ref', 'githubWorkflowRef'),
  }
}
