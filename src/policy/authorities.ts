import { X509Certificate } from 'node:crypto'
import type { TrustDemand } from '../verdict/request.js'
import { pemBlocks } from './pem-blocks.js'

/** Certificates in a policy: what signs itself is a root, the others lie between; without a root all are trusted as they are. */
export function authoritiesOf(pem: string, name: string): Pick<TrustDemand, 'caRoots' | 'caIntermediates'> {
  const blocks = pemBlocks(pem, 'CERTIFICATE')
  if (pem.trim() === '') return {}
  const isRoot = (block: string): boolean => {
    try {
      const certificate = new X509Certificate(block)
      return certificate.checkIssued(certificate)
    } catch {
      // Whoever reads the authorities says what is wrong with it.
      return true
    }
  }
  const roots = blocks.filter(isRoot)
  const between = blocks.filter((block) => !isRoot(block))
  if (roots.length === 0) return { caRoots: { name: `roots of ${name}`, text: pem } }
  return {
    caRoots: { name: `roots of ${name}`, text: roots.join('\n') },
    ...(between.length > 0 && { caIntermediates: { name: `roots of ${name}`, text: between.join('\n') } }),
  }
}
