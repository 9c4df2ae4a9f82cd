import { isObject } from '../../evidence/json.js'
import { evaluate } from '../jmespath/evaluate.js'
import { startMeter, usualLimits } from '../jmespath/meter.js'
import { parseExpression } from '../jmespath/parse.js'
import { substitute } from '../conditions/substitute.js'
import type { KyvernoImage } from './image.js'
import type { KyvernoRule, Raw } from './model.js'
import type { Resource } from './resource.js'

/** What `{{ }}` sees: JSON. */
export type Data = Readonly<Record<string, unknown>>

/** What stands for the cluster: its ConfigMaps, and values that the user gives. */
export interface Outside {
  /** `data` of ConfigMaps by `namespace/name`. */
  readonly configMaps: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** Variables by the name of the policy and the rule; they take the place of the rule's own. */
  readonly values: (policy: string, rule: string) => Data
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The variables of a resource (pkg/engine/context); a creation is what a manifest asks for. */
export function resourceData(resource: Resource, images: Data): Data {
  const { apiVersion, kind } = resource
  const slash = apiVersion.indexOf('/')
  const namespace = resource.namespace ?? 'default'
  return {
    request: {
      object: resource.value,
      operation: 'CREATE',
      name: resource.name ?? '',
      namespace,
      kind: {
        group: slash < 0 ? '' : apiVersion.slice(0, slash),
        version: apiVersion.slice(slash + 1),
        kind,
      },
      userInfo: {},
    },
    images,
  }
}

export function imageData(image: KyvernoImage): Data {
  const { registry, path, name, tag = '', digest = '' } = image
  const withTag = `${registry}/${path}:${tag}`
  return {
    registry,
    path,
    name,
    tag,
    digest,
    reference: digest === '' ? withTag : `${registry}/${path}@${digest}`,
    referenceWithTag: withTag,
  }
}

export type Loaded =
  | { readonly kind: 'data'; readonly data: Data }
  /** It cannot be had here, and nothing stands for it. */
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }

/** Adds the variables of a rule's context, one after the other. */
export function loadContext(policy: string, rule: KyvernoRule, base: Data, outside: Outside): Loaded {
  const given = outside.values(policy, rule.name)
  let data = base
  for (const [name, value] of Object.entries(given)) data = put(data, name.split('.'), value)
  for (const entry of rule.context) {
    const name = isObject(entry) && typeof entry['name'] === 'string' ? entry['name'] : ''
    if (Object.keys(given).some((key) => key === name || key.startsWith(`${name}.`))) continue
    const value = entryValue(entry, data, outside)
    if (value.kind !== 'value')
      return value.kind === 'missing' ? value : { ...value, message: `context ${name}: ${value.message}` }
    data = { ...data, [name]: value.value }
  }
  return { kind: 'data', data }
}

type EntryValue = { readonly kind: 'value'; readonly value: unknown } | Exclude<Loaded, { kind: 'data' }>

function entryValue(entry: Raw, data: Data, outside: Outside): EntryValue {
  if (!isObject(entry)) return { kind: 'failed', message: 'expected an object' }
  const { configMap, variable } = entry
  if (isObject(configMap)) {
    const place = fill(
      { name: configMap['name'], namespace: configMap['namespace'] ?? 'default' },
      data,
      outside,
    )
    if (place.kind !== 'value') return place
    const { name, namespace } = place.value as Readonly<Record<string, unknown>>
    const key = `${String(namespace)}/${String(name)}`
    const found = outside.configMaps.get(key)
    if (found) return { kind: 'value', value: found }
    return {
      kind: 'missing',
      message: `ConfigMap ${key} is in no manifest and no value stands for it: give it among the manifests`,
    }
  }
  if (isObject(variable)) return variableValue(variable, data, outside)
  const what = Object.keys(entry).find((key) => key !== 'name') ?? 'nothing'
  return {
    kind: 'missing',
    message: `a context entry of kind ${what} is of a cluster: no value stands for it`,
  }
}

function variableValue(
  variable: Readonly<Record<string, unknown>>,
  data: Data,
  outside: Outside,
): EntryValue {
  const filled = fill({ value: variable['value'] ?? null, path: variable['jmesPath'] ?? '' }, data, outside)
  if (filled.kind !== 'value')
    return 'default' in variable ? { kind: 'value', value: variable['default'] } : filled
  const { value, path } = filled.value as { readonly value: unknown; readonly path: unknown }
  if (typeof path !== 'string' || path === '')
    return { kind: 'value', value: value ?? variable['default'] ?? null }
  const expression = parseExpression(path)
  if (expression.kind !== 'parsed') return { kind: 'failed', message: expression.message }
  const found = evaluate(expression.expression, variable['value'] === undefined ? data : value, {
    now: outside.now,
  })
  if (found.kind === 'value' && found.value !== null) return found
  if ('default' in variable) return { kind: 'value', value: variable['default'] }
  if (found.kind === 'value') return found
  return { kind: 'failed', message: found.kind === 'failed' ? found.message : `${found.name} is not known` }
}

/** A document with its variables worked out. */
export function fill(document: unknown, data: Data, { now }: Pick<Outside, 'now'>): EntryValue {
  const filled = substitute(document, { data, now, meter: startMeter(usualLimits) })
  switch (filled.kind) {
    case 'value':
      return filled
    case 'failed':
      return { kind: 'failed', message: filled.message }
    case 'open':
      return { kind: 'missing', message: `${filled.name} is not known here` }
  }
}

/** `a.b: 1` of a values file is put into what `a` holds already. */
function put(data: Data, [first = '', ...rest]: readonly string[], value: unknown): Data {
  if (rest.length === 0 || rest.length > deepestName) return { ...data, [[first, ...rest].join('.')]: value }
  const before = Object.hasOwn(data, first) ? data[first] : undefined
  return { ...data, [first]: put(isObject(before) ? before : {}, rest, value) }
}

const deepestName = 64
