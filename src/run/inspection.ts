import { type Inspection, inspectImage } from '../gate/inspect.js'
import { type Face, type Given, parseInputs } from '../inputs/parse.js'
import { inspected } from '../inputs/subsets.js'
import { redact } from '../report/redaction.js'
import type { Problem } from '../verdict/finding.js'
import { secretsOfRequest } from './secrets.js'

/** Lists what lies beside the image of these inputs, free of secrets; or says what is wrong with the first of them. */
export async function inspectGiven(
  given: Given,
  face: Face,
  problems: readonly Problem[],
  stop?: AbortSignal,
): Promise<Inspection> {
  const keys = given.get('key') ?? []
  const images = given.get('image') ?? []
  const parsed = parseInputs(
    new Map([
      ['image', images],
      // Listing needs no key; the rest of the inputs is read as for a verification.
      ['key', keys.length === 0 ? ['none'] : keys],
      ['require', ['any']],
      ...inspected.filter((name) => name !== 'key').map((name) => [name, given.get(name) ?? []] as const),
    ]),
    face,
  )
  const { secrets, problems: unread } = await secretsOfRequest(parsed.request)
  const [image = '', ...others] = images
  const count = others.length > 0 || images.length === 0 ? [notOne(images.length)] : []
  const wrong = [...problems, ...count, ...parsed.problems, ...unread][0]
  if (wrong || !parsed.request) return { kind: 'failed', problem: redact(wrong ?? notOne(0), secrets) }

  const { endpoint, patience, registry, signers, trust, log } = parsed.request
  return redact(
    await inspectImage({
      image,
      keys: keys.length === 0 ? [] : (signers?.keys ?? []),
      patience,
      ...(signers?.identities && { identities: signers.identities }),
      ...(trust && { trust }),
      ...(log && { log }),
      ...(endpoint !== undefined && { endpoint }),
      ...(registry && { registry }),
      ...(stop && { stop }),
    }),
    secrets,
  )
}

function notOne(count: number): Problem {
  return { code: 'input-invalid', message: `image: expected one reference to inspect, got ${count}` }
}
