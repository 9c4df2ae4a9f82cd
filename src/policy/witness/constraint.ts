import { anchorsOf, type Certificate } from './certificate.js'
import { compileGlob, isGlob } from './glob.js'
import type { Profile } from './profile.js'
import { type Signer, usageOf } from './signers.js'

/** What the certificate of a functionary must say. */
export interface CertificateConstraint {
  readonly commonName: string
  readonly dnsNames: readonly string[]
  readonly emails: readonly string[]
  readonly organizations: readonly string[]
  readonly uris: readonly string[]
  /** Ids of roots, or `*`. */
  readonly roots: readonly string[]
  /** Fulcio's claims by the name of the field in Go. */
  readonly extensions: ReadonlyMap<string, string>
  readonly policyOids: readonly string[]
}

/** Roots of a policy by their ids, each with its intermediates. */
export type Roots = ReadonlyMap<
  string,
  { readonly root: Certificate; readonly intermediates: readonly Certificate[] }
>

type CertificateSigner = Signer & { readonly kind: 'certificate' }

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u

/**
 * Whether a certificate meets a constraint (policy/constraints.go, certglob.go): witness compares texts and sets of
 * texts, cilock counts and knows globs. Each says what it says in its own words.
 *
 * @returns what is wrong, in the tool's words; empty when all holds
 */
export function constraintProblems(
  signer: CertificateSigner,
  constraint: CertificateConstraint,
  roots: Roots,
  profile: Profile,
): readonly string[] {
  const { certificate } = signer
  const lists = [
    ['dns name', certificate.dnsNames, constraint.dnsNames],
    ['email', certificate.emails, constraint.emails],
    ['organization', certificate.organizations, constraint.organizations],
    ['uri', certificate.uris, constraint.uris],
  ] as const
  const checks = [
    () => commonNameProblem(certificate.commonName, constraint.commonName, profile),
    ...lists.map(
      ([what, got, wanted]) =>
        () =>
          profile.constraints === 'globs'
            ? listProblem(what, got, wanted, profile)
            : setProblem(what, got, wanted),
    ),
    () => rootProblem(signer, constraint.roots, roots, profile),
    () => extensionProblem(certificate, constraint.extensions),
    () => policyProblem(certificate, constraint.policyOids),
  ]
  const problems: string[] = []
  for (const check of checks) {
    const problem = check()
    if (problem === undefined) continue
    problems.push(problem)
    // cilock stops at the first.
    if (profile.constraints === 'globs') break
  }
  return problems
}

function quoted(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(' ')}]`
}

function commonNameProblem(got: string, wanted: string, profile: Profile): string | undefined {
  if (wanted === '*') return undefined
  const problem = `cert common name ${JSON.stringify(got)} doesn't match constraint ${JSON.stringify(wanted)}`
  if (profile.constraints === 'exact') return got === wanted ? undefined : problem
  if (wanted === '' || unprintable.test(wanted)) return problem
  const glob = compileGlob(wanted.toLowerCase())
  return glob?.(got.toLowerCase()) === true ? undefined : problem
}

/** witness: `*` alone is any; otherwise both have the same values. */
function setProblem(what: string, got: readonly string[], wanted: readonly string[]): string | undefined {
  if (wanted.length === 1 && wanted[0] === '*') return undefined
  const [left, right] = [
    new Set(got.filter((one) => one !== '')),
    new Set(wanted.filter((one) => one !== '')),
  ]
  const extra = [...left].find((one) => !right.has(one))
  if (extra !== undefined) return `cert ${what} ${JSON.stringify(extra)} is not in ${quoted(wanted)}`
  const absent = [...right].filter((one) => !left.has(one))
  return absent.length > 0 ? `cert has no ${what} ${quoted(absent)}` : undefined
}

/** cilock: `*` anywhere is any; each other entry stands for one value, and no value may be left. */
function listProblem(
  what: string,
  all: readonly string[],
  entries: readonly string[],
  profile: Profile,
): string | undefined {
  const wanted = entries.filter((entry) => entry !== '')
  const got = all.filter((value) => value !== '')
  if (wanted.some((entry) => unprintable.test(entry)))
    return `${what} constraint has characters that cannot be printed`
  if (wanted.includes('*')) return undefined
  if (wanted.length === 0) {
    if (got.length === 0 && profile.emptyAgainstAbsent === 'pass') return undefined
    return got.length > 0
      ? `cert presents ${what} ${quoted(got)} but the policy's ${what} constraint is empty, which forbids all; add the value to the functionary's certConstraint ${what} list (or "*" to allow any)`
      : `empty ${what} constraint matched an empty cert field; with permissive roots this makes identity verification a no-op — specify a ${what} value (or "*" to explicitly allow any) (#6266)`
  }
  const rest = [...got]
  for (const entry of [...wanted.filter((one) => !isGlob(one)), ...wanted.filter(isGlob)]) {
    const glob = isGlob(entry) ? compileGlob(entry.toLowerCase()) : undefined
    const at = rest.findIndex((value) =>
      isGlob(entry) ? glob?.(value.toLowerCase()) === true : value === entry,
    )
    if (at < 0) {
      const kind = isGlob(entry) ? 'glob' : 'exact'
      return `cert ${what}(s) ${quoted(got)} did not satisfy ${kind} constraint ${JSON.stringify(entry)} (need 1 more match(es)); constraints ${quoted(wanted)}`
    }
    rest.splice(at, 1)
  }
  return rest.length > 0
    ? `cert ${what}(s) ${quoted(rest)} match no constraint of ${quoted(wanted)}`
    : undefined
}

function rootProblem(
  { certificate, beside, validAt }: CertificateSigner,
  ids: readonly string[],
  roots: Roots,
  profile: Profile,
): string | undefined {
  const named = ids.includes('*') ? [...roots.values()] : ids.flatMap((id) => roots.get(id) ?? [])
  const anchors = named.map(({ root }) => root)
  const between = [...roots.values()].flatMap(({ intermediates }) => intermediates)
  const found = validAt.some(
    (at) =>
      typeof anchorsOf(certificate, [...beside, ...between], anchors, at, usageOf(profile)) !== 'string',
  )
  return found ? undefined : `cert doesn't belong to any root specified by constraint ${quoted(ids)}`
}

/** Globs, in both tools and with regard to case. */
function extensionProblem({ claims }: Certificate, wanted: ReadonlyMap<string, string>): string | undefined {
  for (const [name, pattern] of wanted) {
    if (pattern === '') continue
    if (compileGlob(pattern)?.(claims.get(name) ?? '') === true) continue
    return `cert field ${name} doesn't match constraint ${JSON.stringify(pattern)}`
  }
  return undefined
}

function policyProblem({ policies }: Certificate, wanted: readonly string[]): string | undefined {
  const absent = wanted.filter((oid) => !policies.includes(oid))
  return absent.length > 0 ? `cert lacks the policy OIDs ${quoted(absent)}` : undefined
}
