import { parseEnvelope } from './dsse.js'
import type { CosignEvidence } from './evidence.js'
import { parseBundle } from './sigstore-bundle.js'
import { parseStatement, signaturePredicate } from './statement.js'

/** What a piece of evidence says of itself; nothing of it is verified. */
export function describeCosign(
  evidence: CosignEvidence,
): { readonly attests?: string } | { readonly unreadable: string } {
  switch (evidence.format) {
    case 'simple-signing':
      return {}
    case 'dsse-envelope':
      return describeEnvelope(parseEnvelope(evidence.bytes))
    case 'sigstore-bundle': {
      const bundle = parseBundle(evidence.bytes)
      if (typeof bundle === 'string') return { unreadable: bundle }
      return bundle.envelope === undefined ? {} : describeEnvelope(bundle.envelope)
    }
  }
}

function describeEnvelope(
  envelope: ReturnType<typeof parseEnvelope>,
): { readonly attests?: string } | { readonly unreadable: string } {
  if (typeof envelope === 'string') return { unreadable: envelope }
  const statement = parseStatement(envelope.payload)
  if (typeof statement === 'string') return { unreadable: statement }
  return statement.predicateType === signaturePredicate ? {} : { attests: statement.predicateType }
}
