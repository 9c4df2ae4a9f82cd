import type { Result } from '../verdict/result.js'
import { line } from './escape.js'
import { countOutcomes, outcomes } from './policy-results.js'
import { type KyvernoResult, toKyvernoResults } from './kyverno-results.js'
import { type Streams, toText } from './text.js'

/**
 * What `kyverno apply` 1.19 prints about the same policies and manifests, on stdout: a block for each policy and resource
 * that failed, and the counts. Kyverno says nothing of results that are errors; they and everything that nobody checked
 * are told on stderr, in the program's own words.
 */
export function toKyverno(result: Result): Streams {
  const results = toKyvernoResults(result)
  const first = results.filter(({ image }) => image !== undefined)
  const second = results.filter(({ image }) => image === undefined)
  const stdout = [...blocks(first), ...blocks(second)]
  const counts = countOutcomes(results)
  const said = outcomes.map((outcome) => `${outcome}: ${counts[outcome]}`).join(', ')
  stdout.push('', `${said} `)
  return { stdout, stderr: toText({ ...result, policies: [] }).stderr }
}

function blocks(results: readonly KyvernoResult[]): readonly string[] {
  const groups = new Map<string, { head: string; failed: KyvernoResult[] }>()
  for (const one of results) {
    if (one.result !== 'fail' && one.result !== 'warn') continue
    const { policy, resource, image = '' } = one
    const about = resource
      ? `resource ${resource.namespace}/${resource.kind}/${resource.name}`
      : `image ${image}`
    const ending = one.result === 'warn' ? 'failed as audit warning:' : 'failed:'
    const head = line(`policy ${nameOf(policy)} -> ${about} ${ending}`)
    const group = groups.get(head) ?? { head, failed: [] }
    group.failed.push(one)
    groups.set(head, group)
  }
  return [...groups.values()].flatMap(({ head, failed }) => [
    head,
    ...failed.map(({ rule, said }, index) => line(`${index + 1} - ${rule} ${said}`)),
    '',
  ])
}

/** Of a policy in a namespace Kyverno prints the name alone. */
function nameOf(policy: string): string {
  return policy.slice(policy.lastIndexOf('/') + 1)
}
