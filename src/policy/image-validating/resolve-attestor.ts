import type { Attestor, CosignAttestor, PlacedExpression, Text } from './model.js'

/** The attestor with texts where it has expressions. */
export function resolveAttestor(
  attestor: Attestor,
  evaluate: (placed: PlacedExpression) => string,
): Attestor {
  const resolve = (one: Text): Text => (one.kind === 'text' ? one : { kind: 'text', text: evaluate(one) })
  if (attestor.kind === 'notary') {
    const { certs, tsaCerts } = attestor
    return {
      ...attestor,
      ...(certs && { certs: resolve(certs) }),
      ...(tsaCerts && { tsaCerts: resolve(tsaCerts) }),
    }
  }
  const { cosign } = attestor
  const { trustedRoot } = cosign
  return {
    ...attestor,
    cosign: {
      ...cosign,
      by: resolveBy(cosign.by, resolve),
      ...(trustedRoot && { trustedRoot: resolve(trustedRoot) }),
    },
  }
}

function resolveBy(by: CosignAttestor['by'], resolve: (one: Text) => Text): CosignAttestor['by'] {
  switch (by.kind) {
    case 'key':
      return { ...by, key: resolve(by.key) }
    case 'certificate':
      return {
        ...by,
        ...(by.cert && { cert: resolve(by.cert) }),
        ...(by.certChain && { certChain: resolve(by.certChain) }),
      }
    case 'kms':
    case 'keyless':
      return by
  }
}
