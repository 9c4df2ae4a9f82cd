/** A resource that policies are asked about. */
export interface PolicyResource {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  /** Empty for a resource without one. */
  readonly namespace: string
  readonly labels: ReadonlyMap<string, string>
  /** Of its namespace, where somebody gave them. */
  readonly namespaceLabels?: ReadonlyMap<string, string>
  /** The resource as JSON. */
  readonly object: unknown
}
