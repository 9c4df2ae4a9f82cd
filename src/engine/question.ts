import type { Problem } from '../verdict/finding.js'

/** One file of a policy; the name is for messages only. */
export interface PolicyText {
  readonly name: string
  readonly text: string
}

/** Modules of Rego, evaluated by OPA itself. */
export interface RegoQuestion {
  readonly language: 'rego'
  readonly files: readonly PolicyText[]
  /** Each is JSON as text, so that numbers stay as they are written. */
  readonly inputs: readonly string[]
  readonly rego: {
    /** The syntax of modules that import neither rego.v1 nor future.keywords. */
    readonly version: 'v0' | 'v1'
    /** References such as `data.signature.allow`; each is answered for each input. */
    readonly queries: readonly string[]
    /** The error of a builtin ends the evaluation; otherwise it is undefined, and told beside the value. */
    readonly strict: boolean
    readonly capabilities?: Capabilities
  }
}

/** What is taken away from what OPA can do; http.send, net.lookup_ip_addr and opa.runtime are never there. */
export interface Capabilities {
  /** The builtins of that version of OPA, `v1.13.1` say; undefined: of the one in here. */
  readonly version?: string
  readonly withoutBuiltins?: readonly string[]
  readonly withoutFeatures?: readonly string[]
}

/** Constraints of CUE, unified with each input. */
export interface CueQuestion {
  readonly language: 'cue'
  readonly files: readonly PolicyText[]
  readonly inputs: readonly string[]
  readonly cue?: {
    /**
     * Nothing may be left open: a field that the policy names must have a value (`cue vet -c`). Without it one that the
     * input does not have passes, as in cosign and policy-controller; only `field!` must be there.
     */
    readonly concrete: boolean
  }
}

export type Question = RegoQuestion | CueQuestion

/** Why a policy does not load, or what is wrong with an evaluation. */
export interface Fault {
  /** OPA's where there is one (`rego_parse_error`, `eval_builtin_error`), `cue_unmet`, `input_invalid` … */
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly row?: number
  readonly column?: number
  /** The field that a constraint of CUE is about. */
  readonly path?: readonly string[]
}

/** What a query came to; undefined is not false. */
export interface Value {
  readonly defined: boolean
  readonly value: unknown
  /** Errors of builtins that were read as undefined. */
  readonly swallowed?: readonly Fault[]
}

/** What one input came to: values in the order of the queries, or faults. CUE has faults or nothing. */
export interface Evaluation {
  readonly values?: readonly Value[]
  readonly faults?: readonly Fault[]
}

export type Answer =
  | { readonly kind: 'answered'; readonly results: readonly Evaluation[] }
  /** The policy does not load. */
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] }
  /** The engine ended before it answered: nothing is known. */
  | { readonly kind: 'failed'; readonly problem: Problem }

/** Where policies in other languages are evaluated. Never throws. */
export interface PolicyEngine {
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>
}

/** A fault in one line, with its place. */
export function describeFault({ code, message, file, row, column, path = [] }: Fault): string {
  const place = file === undefined || file === '' ? '' : `${file}:${row ?? 0}:${column ?? 0}: `
  const field = path.length > 0 && !message.startsWith(path.join('.')) ? `${path.join('.')}: ` : ''
  return `${place}${code}: ${field}${message}`
}
