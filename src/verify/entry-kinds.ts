import type { TransparencyLogEntry } from '@sigstore/bundle'

/** How something signed lies beside what it is about: by itself, as the older format has it, or in a bundle. */
export type SignedForm = 'payload' | 'envelope' | 'bundled message' | 'bundled envelope'

/**
 * The kinds of entries that stand for each form, in a log of each generation, as cosign 3.1 has it (rekor, pkg/types;
 * sigstore-go, pkg/verify). Of another kind nobody writes one: it may hold the same bytes for another reason.
 */
const kindsOf: Readonly<Record<SignedForm, Readonly<Record<'older' | 'newer', readonly string[]>>>> = {
  payload: { older: ['hashedrekord 0.0.1'], newer: [] },
  envelope: { older: ['dsse 0.0.1', 'intoto 0.0.1', 'intoto 0.0.2'], newer: [] },
  'bundled message': { older: ['hashedrekord 0.0.1'], newer: ['hashedrekord 0.0.2'] },
  'bundled envelope': { older: ['dsse 0.0.1', 'intoto 0.0.2'], newer: ['hashedrekord 0.0.2'] },
}

/** Why an entry says nothing of what was signed, whatever it holds; undefined: its kind stands for it. */
export function whyNotOfKind(entry: TransparencyLogEntry, form: SignedForm): string | undefined {
  const { kind, version } = entry.kindVersion
  const generation = generationOf(entry)
  const kinds = kindsOf[form][generation]
  const got = `${kind} ${version}`
  if (kinds.includes(got)) return undefined
  const expected = kinds.length === 0 ? 'no entry' : `an entry of kind ${kinds.join(' or ')}`
  return `expected ${expected} of a log of the ${generation} generation for the ${form}, got kind ${got}`
}

/**
 * The older log ends the origin of its checkpoints with the number of a tree (sigstore-go, pkg/verify/tlog.go); what a
 * log only promised is older too, as the newer one promises nothing.
 */
function generationOf({ inclusionProof }: TransparencyLogEntry): 'older' | 'newer' {
  const checkpoint = inclusionProof?.checkpoint
  if (checkpoint === undefined) return 'older'
  const [origin = ''] = checkpoint.envelope.split('\n', 1)
  return / - \d+$/.test(origin) ? 'older' : 'newer'
}
