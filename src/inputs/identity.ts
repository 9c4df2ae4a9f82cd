import {
  type CertificateClaim,
  certificateClaims,
  type IdentityDemand,
  longestPattern,
} from '../verdict/request.js'
import type { Wrong } from './values.js'

export type IdentityInput =
  | 'certificate-identity'
  | 'certificate-identity-regexp'
  | 'certificate-oidc-issuer'
  | 'certificate-oidc-issuer-regexp'
  | `certificate-${CertificateClaim}`

/** Reads the keyless signers: each line of an identity is one, and all share issuer and claims. */
export function readIdentities(
  text: (name: IdentityInput) => string,
  list: (name: IdentityInput) => readonly string[],
): { readonly identities: readonly IdentityDemand[]; readonly warnings: readonly string[] } | Wrong {
  const subjects = list('certificate-identity')
  const patterns = list('certificate-identity-regexp')
  const issuer = text('certificate-oidc-issuer')
  const issuerRegexp = text('certificate-oidc-issuer-regexp')
  const claims: IdentityDemand['claims'] = Object.fromEntries(
    certificateClaims.flatMap((claim) => {
      const wanted = text(`certificate-${claim}`)
      return wanted === '' ? [] : [[claim, wanted]]
    }),
  )
  const wrong = (input: IdentityInput, expected: string, got: string): Wrong => ({ input, expected, got })
  const anyOther = issuer !== '' || issuerRegexp !== '' || Object.keys(claims).length > 0
  if (subjects.length === 0 && patterns.length === 0) {
    return anyOther
      ? wrong('certificate-identity', 'an identity with the issuer', '')
      : { identities: [], warnings: [] }
  }
  if (subjects.length > 0 && patterns.length > 0) {
    return wrong('certificate-identity-regexp', 'an identity in one form', 'both forms')
  }
  if (issuer === '' && issuerRegexp === '')
    return wrong('certificate-oidc-issuer', 'an issuer with the identity', '')
  const shared = {
    ...(issuer !== '' && { issuer }),
    ...(issuerRegexp !== '' && { issuerRegexp }),
    ...(Object.keys(claims).length > 0 && { claims }),
  }
  const loose = [...patterns, issuerRegexp].filter((pattern) => pattern !== '' && !beginsFixed(pattern))
  return {
    identities: [
      ...subjects.map((subject) => ({ subject, ...shared })),
      ...patterns.map((subjectRegexp) => ({ subjectRegexp, ...shared })),
    ],
    warnings: loose.map(
      (pattern) =>
        `the pattern ${JSON.stringify(pattern)} has no anchor (^) at the beginning of each alternative: it is met anywhere in a text`,
    ),
  }
}

/** Whether each alternative begins with `^`: a name may end in many ways, but who it begins with is who it is. */
function beginsFixed(pattern: string): boolean {
  // Nobody is asked by such a one.
  if (pattern.length > longestPattern) return true
  const bare = pattern.replace(/^\(\?[a-zA-Z]+\)/, '')
  // Escaped characters and classes hold no alternatives of their own.
  const plain = bare.replace(/\\[\s\S]/g, '..').replace(/\[\^?\]?[^\]]*\]/g, '.')
  let depth = 0
  const alternatives = ['']
  for (const character of plain) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === '|' && depth <= 0) alternatives.push('')
    else alternatives.push(`${alternatives.pop() ?? ''}${character}`)
  }
  return alternatives.every((one) => one.startsWith('^'))
}
