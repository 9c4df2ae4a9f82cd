import { type JsonObject, objectField, texts } from '../../evidence/json.js'

/** A Kubernetes resource as the policies see it; the resources of a manifest fit. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly name?: string
  readonly generateName?: string
  /** Undefined where the manifest names none: `default`, as for kubectl and Kyverno's CLI. */
  readonly namespace?: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: JsonObject
}

/** What outside of a cluster only the user can say. */
export interface Surroundings {
  /** The labels of namespaces by their names. */
  readonly namespaceLabels: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT'
}

export const noSurroundings: Surroundings = { namespaceLabels: new Map(), operation: 'CREATE' }

/** The namespace that a resource is in, or is. */
export function namespaceOf(resource: Resource): string {
  return resource.kind === 'Namespace' ? nameOf(resource) : (resource.namespace ?? 'default')
}

export function nameOf({ name, generateName }: Resource): string {
  return (name ?? '') || (generateName ?? '')
}

export function annotationsOf({ value }: Resource): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts(objectField(objectField(value, 'metadata'), 'annotations'))))
}

/** The resource in one line, as Kyverno's reports have it: `Pod/default/app`. */
export function titleOf(resource: Resource): string {
  return `${resource.kind}/${resource.namespace ?? 'default'}/${nameOf(resource)}`
}
