import {
  listOf,
  objectOf,
  openFields,
  refuse,
  textOf,
  textsOf,
  type Fields,
} from '../cluster-image/fields.js'
import { type LabelSelector, readLabelSelector, selects } from '../cluster-image/label-selector.js'
import { nameOfResource } from '../cluster-image/resource.js'
import type { PolicyResource } from './resource.js'

/** Kubernetes' MatchResources (admissionregistration.k8s.io). */
export interface MatchConstraints {
  /** Any of them; none: nothing. */
  readonly resourceRules: readonly ResourceRule[]
  readonly excludeResourceRules: readonly ResourceRule[]
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
}

export interface ResourceRule {
  readonly groups: readonly string[]
  readonly versions: readonly string[]
  readonly resources: readonly string[]
  readonly operations: readonly string[]
  readonly names: readonly string[]
}

const fieldsOfRule = ['apiGroups', 'apiVersions', 'operations', 'resources', 'resourceNames', 'scope']
const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*']

export function readMatchConstraints(spec: Fields): MatchConstraints | undefined {
  const fields = objectOf(spec, 'matchConstraints', [
    'resourceRules',
    'excludeResourceRules',
    'namespaceSelector',
    'objectSelector',
    'matchPolicy',
  ])
  if (fields === undefined) return undefined
  const namespaceSelector = readLabelSelector(fields, 'namespaceSelector')
  const objectSelector = readLabelSelector(fields, 'objectSelector')
  const policy = textOf(fields, 'matchPolicy')
  if (policy !== undefined && policy !== 'Exact' && policy !== 'Equivalent') {
    refuse(fields, 'matchPolicy', { message: `expected Exact or Equivalent, got "${policy}"` })
  }
  return {
    resourceRules: readRules(fields, 'resourceRules'),
    excludeResourceRules: readRules(fields, 'excludeResourceRules'),
    ...(namespaceSelector && { namespaceSelector }),
    ...(objectSelector && { objectSelector }),
  }
}

function readRules(owner: Fields, name: string): readonly ResourceRule[] {
  return listOf(owner, name).flatMap((item) => {
    const fields = openFields(owner.reading, item, fieldsOfRule)
    if (fields === undefined) return []
    const rule = {
      groups: textsOf(fields, 'apiGroups'),
      versions: textsOf(fields, 'apiVersions'),
      resources: textsOf(fields, 'resources'),
      operations: textsOf(fields, 'operations'),
      names: textsOf(fields, 'resourceNames'),
    }
    const strange = rule.operations.find((one) => !operations.includes(one))
    if (strange !== undefined) {
      refuse(fields, 'operations', { message: `expected ${operations.join(', ')}, got "${strange}"` })
    }
    return [rule]
  })
}

/** How a policy is for a resource: for itself, or for the Pods that it makes. */
export type Matched = 'itself' | 'template' | 'cronjob-template'

/** `undefined`: not at all; `open`: it takes the labels of a namespace that are not known here. */
export function matchOf(
  constraints: MatchConstraints | undefined,
  autogen: readonly string[] | undefined,
  resource: PolicyResource,
): Matched | 'open' | undefined {
  if (constraints === undefined) return undefined
  const direct = constraints.resourceRules.some((rule) => isForRule(rule, resource))
  const generated = direct ? undefined : generatedFor(constraints, autogen, resource)
  if (!direct && generated === undefined) return undefined
  if (constraints.excludeResourceRules.some((rule) => isForRule(rule, resource))) return undefined
  const { objectSelector, namespaceSelector } = constraints
  if (objectSelector && !selects(objectSelector, resource.labels)) return undefined
  if (namespaceSelector && !isEmpty(namespaceSelector)) {
    if (resource.namespaceLabels === undefined) return 'open'
    if (!selects(namespaceSelector, resource.namespaceLabels)) return undefined
  }
  return generated ?? 'itself'
}

function isForRule(rule: ResourceRule, resource: PolicyResource): boolean {
  const { group, version, resource: plural } = nameOfResource(resource)
  const has = (list: readonly string[], wanted: string): boolean =>
    list.includes(wanted) || list.includes('*')
  return (
    has(rule.groups, group) &&
    has(rule.versions, version) &&
    (has(rule.resources, plural) || rule.resources.includes('*/*')) &&
    // A resource in a pipeline is about to be created.
    (has(rule.operations, 'CREATE') || rule.operations.includes('UPDATE')) &&
    (rule.names.length === 0 || rule.names.includes(resource.name))
  )
}

/** Controllers of Pods, by plural, with their groups. */
const controllers = new Map([
  ['daemonsets', 'apps'],
  ['deployments', 'apps'],
  ['replicasets', 'apps'],
  ['statefulsets', 'apps'],
  ['jobs', 'batch'],
  ['cronjobs', 'batch'],
])

export const knownControllers: readonly string[] = [...controllers.keys()]

function generatedFor(
  constraints: MatchConstraints,
  autogen: readonly string[] | undefined,
  resource: PolicyResource,
): Matched | undefined {
  const { group, version, resource: plural } = nameOfResource(resource)
  if (!canGenerate(constraints) || controllers.get(plural) !== group || version !== 'v1') return undefined
  if (autogen !== undefined && !autogen.includes(plural)) return undefined
  return plural === 'cronjobs' ? 'cronjob-template' : 'template'
}

/** Kyverno makes rules for controllers of a rule for Pods and nothing else, without selectors, names and excludes. */
export function canGenerate({
  resourceRules,
  excludeResourceRules,
  namespaceSelector,
  objectSelector,
}: MatchConstraints): boolean {
  const [rule, ...more] = resourceRules
  return (
    rule !== undefined &&
    more.length === 0 &&
    excludeResourceRules.length === 0 &&
    isEmpty(namespaceSelector) &&
    isEmpty(objectSelector) &&
    rule.names.length === 0 &&
    isOnly(rule.groups, '') &&
    isOnly(rule.versions, 'v1') &&
    isOnly(rule.resources, 'pods')
  )
}

function isOnly(list: readonly string[], one: string): boolean {
  return list.length === 1 && list[0] === one
}

function isEmpty(selector: LabelSelector | undefined): boolean {
  return selector === undefined || (selector.labels.size === 0 && selector.expressions.length === 0)
}
