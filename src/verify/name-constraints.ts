import type { X509Certificate } from '@sigstore/core'

type Part = X509Certificate['root']

/** General names that constraints are held against (RFC 5280, 4.2.1.6), by the number of their tag. */
const kinds = { email: 1, domain: 2, address: 7, uri: 6 } as const
const numbers: readonly number[] = Object.values(kinds)

const nameConstraints = '2.5.29.30'
const alternativeNames = '2.5.29.17'

/**
 * Why an authority may not certify the names of a certificate below it (RFC 5280, 4.2.1.10); undefined: it may. As Go's
 * crypto/x509, which cosign asks: a domain stands for all below it, also in addresses and URIs.
 *
 * @throws where a name or a constraint cannot be read
 */
export function whyOutside(authority: X509Certificate, below: X509Certificate): string | undefined {
  const extension = authority.extension(nameConstraints)
  if (extension === undefined) return undefined
  const [list] = extension.valueObj.subs
  const named = (tag: number): readonly Part[] =>
    (list?.subs.find((part) => part.tag.isContextSpecific(tag))?.subs ?? []).flatMap(
      ({ subs: [base] }) => base ?? [],
    )
  const [permitted, excluded] = [named(0), named(1)]
  if (extension.critical && [...permitted, ...excluded].some((part) => kindOf(part) === undefined))
    return 'an authority above the certificate constrains names of a kind that is not known'
  for (const name of below.extension(alternativeNames)?.valueObj.subs[0]?.subs ?? []) {
    const kind = kindOf(name)
    const same = (some: readonly Part[]): readonly Part[] => some.filter((one) => kindOf(one) === kind)
    if (kind === undefined) continue
    const isOf = (constraint: Part): boolean => matches(kind, name.value, constraint.value)
    const allowed = same(permitted)
    if (same(excluded).some(isOf) || (allowed.length > 0 && !allowed.some(isOf)))
      return `an authority above the certificate may not certify ${shown(kind, name.value)}`
  }
  return undefined
}

function kindOf({ tag }: Part): number | undefined {
  return numbers.find((number) => tag.isContextSpecific(number))
}

function shown(kind: number, value: Buffer): string {
  return kind === kinds.address ? `an IP address` : value.toString('utf8')
}

function matches(kind: number, name: Buffer, constraint: Buffer): boolean {
  if (kind === kinds.address) return isInNet(name, constraint)
  const [one, wanted] = [name.toString('utf8'), constraint.toString('utf8')]
  if (kind === kinds.email) return matchesMailbox(one, wanted)
  return isBelow(kind === kinds.uri ? hostOf(one) : one, wanted)
}

function matchesMailbox(mailbox: string, constraint: string): boolean {
  const at = mailbox.lastIndexOf('@')
  if (at < 0) throw new Error('an e-mail address of the certificate has no domain')
  const domain = mailbox.slice(at + 1)
  if (!constraint.includes('@')) return isBelow(domain, constraint)
  const wantedAt = constraint.lastIndexOf('@')
  return (
    mailbox.slice(0, at) === constraint.slice(0, wantedAt) &&
    domain.toLowerCase() === constraint.slice(wantedAt + 1).toLowerCase()
  )
}

/** A URI without a host, or with an address for one, can be held against no constraint: nobody may certify it. */
function hostOf(uri: string): string {
  const host = URL.canParse(uri) ? new URL(uri).hostname : ''
  if (host === '' || host.startsWith('[') || /^[\d.]+$/.test(host))
    throw new Error('a URI of the certificate has no host that constraints of names could be held against')
  return host
}

/** Whether a domain is the constraint or lies below it; with a dot in front of the constraint, only below. */
function isBelow(domain: string, constraint: string): boolean {
  const labels = domain.toLowerCase().split('.')
  if (labels.includes('')) throw new Error('a name of the certificate is no domain')
  if (constraint === '') return true
  const isDeeper = constraint.startsWith('.')
  const wanted = constraint
    .slice(isDeeper ? 1 : 0)
    .toLowerCase()
    .split('.')
  if (labels.length < wanted.length + (isDeeper ? 1 : 0)) return false
  return wanted.every((label, index) => label === labels[labels.length - wanted.length + index])
}

/** An address and a mask, four bytes each or sixteen. */
function isInNet(address: Buffer, net: Buffer): boolean {
  if (net.length !== 2 * address.length) return false
  return address.every((byte, index) => {
    const mask = net[address.length + index] ?? 0
    return (byte & mask) === ((net[index] ?? 0) & mask)
  })
}
