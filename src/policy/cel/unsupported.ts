import type { ExpressionProblem } from './outcome.js'
import { argumentsOf, isCall, type Node, nodesOf, receiverOf } from './syntax-tree.js'

/** Functions of Kubernetes' and Kyverno's libraries that are not computed here, and where they are from. */
const functions = new Map<string, string>([
  ...['quantity', 'isQuantity', 'ip', 'isIP', 'cidr', 'isCIDR', 'url', 'isURL', 'semver', 'isSemver'].map(
    (name) => [name, 'Kubernetes'] as const,
  ),
  ...[
    'parseServiceAccount',
    'metric',
    'random',
    'sha1',
    'sha256',
    'md5',
    'x509',
    'listObjToMap',
    'parseYAML',
  ].map((name) => [name, 'Kyverno'] as const),
])

/** Objects with functions of their own that need a cluster, the network or a clock. */
const libraries = new Map<string, string>([
  ...[
    'resource',
    'http',
    'globalContext',
    'user',
    'generator',
    'mutate',
    'time',
    'hash',
    'json',
    'yaml',
    'gzip',
  ].map((name) => [name, 'Kyverno'] as const),
  ...['authorizer', 'format'].map((name) => [name, 'Kubernetes'] as const),
])

const twoVariables = new Set([
  'all',
  'exists',
  'existsOne',
  'exists_one',
  'transformList',
  'transformMap',
  'transformMapEntry',
])

/**
 * Finds what is good CEL where a policy is enforced and cannot be computed here. It is named aloud: a condition that
 * is not evaluated must not look like one that failed.
 *
 * @param declared names that are variables of the expression, not libraries
 */
export function findUnsupported(
  root: Node,
  declared: ReadonlySet<string>,
): (Pick<ExpressionProblem, 'message'> & { readonly start: number }) | undefined {
  for (const node of nodesOf(root)) {
    if (!isCall(node)) continue
    const [name] = node.args
    const receiver = receiverOf(node)
    const from = receiver === undefined ? functions.get(name) : undefined
    if (from !== undefined)
      return { message: `the function ${name}() of ${from} is not supported here`, start: node.start }
    if (receiver?.op === 'id' && typeof receiver.args === 'string' && !declared.has(receiver.args)) {
      const library = libraries.get(receiver.args)
      if (library !== undefined) {
        return {
          message: `${receiver.args}.${name}() of ${library} is not supported here`,
          start: node.start,
        }
      }
    }
    const transforms = name.startsWith('transform') && argumentsOf(node).length >= 3
    if (twoVariables.has(name) && receiver !== undefined && (argumentsOf(node).length === 3 || transforms)) {
      return { message: `${name}() with two variables is not supported here`, start: node.start }
    }
  }
  return undefined
}
