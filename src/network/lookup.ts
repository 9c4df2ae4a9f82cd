import type { Problem } from '../verdict/finding.js'
import type { UnknownCode, Service } from '../verdict/codes.js'

/**
 * What asking a service came to. `absent` is said only when the service itself said that the thing is not there;
 * everything else that is not the thing is a problem, never an absence.
 */
export type Lookup<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'absent'; readonly message: string }
  | { readonly kind: 'failed'; readonly problem: Problem }

export function found<Value>(value: Value): Lookup<Value> {
  return { kind: 'found', value }
}

export function absent(message: string): Lookup<never> {
  return { kind: 'absent', message }
}

export function failed(code: UnknownCode, message: string, service?: Service): Lookup<never> {
  return { kind: 'failed', problem: { code, message, ...(service && { service }) } }
}
