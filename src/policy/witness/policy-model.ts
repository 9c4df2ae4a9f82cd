import type { Roots } from './constraint.js'
import type { Functionary } from './functionary.js'
import type { Moment } from './go-time.js'
import type { RegoModule } from './rego-text.js'
import type { VerifyingKey } from './signers.js'
import type { StampAuthority } from './stamp.js'

/** A type that a collection must have, and what its attestations must satisfy. */
export interface RequiredAttestation {
  readonly path: string
  readonly type: string
  readonly modules: readonly RegoModule[]
  /** Rules in prose, for which there is no judge here. */
  readonly aiPolicies: number
}

export interface TimestampConstraint {
  readonly notBefore?: Moment
  readonly notAfter?: Moment
  readonly maxAgeMs?: number
}

export interface Step {
  readonly path: string
  readonly name: string
  readonly functionaries: readonly Functionary[]
  readonly attestations: readonly RequiredAttestation[]
  readonly artifactsFrom: readonly string[]
  readonly attestationsFrom: readonly string[]
  readonly externalFrom: readonly string[]
  readonly timestamps: TimestampConstraint | undefined
}

/** A statement of another tool that is demanded beside the steps. */
export interface External {
  readonly path: string
  readonly name: string
  readonly functionaries: readonly Functionary[]
  readonly rules: RequiredAttestation
  readonly required: boolean
}

/** A signed policy, read (attestation/policy/policy.go). */
export interface WitnessPolicy {
  readonly file: string
  readonly expires: Moment
  /** By their names. */
  readonly steps: ReadonlyMap<string, Step>
  readonly externals: ReadonlyMap<string, External>
  readonly keys: readonly VerifyingKey[]
  readonly roots: Roots
  readonly authorities: readonly StampAuthority[]
}
