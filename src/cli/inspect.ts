import { inspectImage } from '../gate/inspect.js'
import { parseInputs } from '../inputs/parse.js'
import { line } from '../report/escape.js'
import { inspectionJson, inspectionText } from '../report/inspection.js'
import { redact, secretsOf } from '../report/redaction.js'
import { secretsInConfig } from '../run/registry-config.js'
import type { Problem } from '../verdict/finding.js'
import { classOf, codes } from '../verdict/codes.js'
import { certificateClaims } from '../verdict/request.js'
import type { Arguments } from './arguments.js'
import { print } from './print.js'
import type { OutputFormat } from './verify.js'

/** Inputs that say how the image is reached and what is checked. */
const accessInputs = [
  'endpoint',
  'timeout',
  'retries',
  'registry-username',
  'registry-password',
  'registry-config',
  'registry-cacert',
  'allow-http-registry',
  'allow-insecure-registry',
  'signature-repository',
  'attachment-tag-prefix',
  // Whom to check keyless signatures with.
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  ...certificateClaims.map((claim) => `certificate-${claim}` as const),
  'trusted-root',
  'tuf-mirror',
  'tuf-root',
  'ca-roots',
  'ca-intermediates',
  'offline',
  'insecure-ignore-tlog',
  'insecure-ignore-sct',
  'use-signed-timestamps',
] as const

/** `verify-image inspect REFERENCE`: lists signers and decides nothing; exit 0, or 2 when the list could not be made. */
export async function inspect(
  { words, flags }: Arguments,
  output: OutputFormat,
  problems: readonly Problem[],
): Promise<number> {
  const keys = flags.get('key') ?? []
  const [image = '', ...others] = words
  const parsed = parseInputs(
    new Map([
      ['image', [image]],
      // Listing needs no key; the rest of the inputs is read as for a verification.
      ['key', keys.length === 0 ? ['none'] : keys],
      ['require', ['any']],
      ...accessInputs.map((name) => [name, flags.get(name) ?? []] as const),
    ]),
    'command',
  )
  const wrong = [...problems, ...(others.length > 0 ? [tooMany(words.length)] : []), ...parsed.problems][0]
  if (wrong || !parsed.request) return refuse(wrong ?? tooMany(words.length), output)

  const { endpoint, patience, registry, signers, trust, log } = parsed.request
  const config = await secretsInConfig(registry)
  if ('code' in config) return refuse(config, output)
  const secrets = secretsOf(process.env, keys, registry?.login, undefined, config)
  const found = redact(
    await inspectImage({
      image,
      keys,
      patience,
      ...(signers?.identities && { identities: signers.identities }),
      ...(trust && { trust }),
      ...(log && { log }),
      ...(endpoint !== undefined && { endpoint }),
      ...(registry && { registry }),
    }),
    secrets,
  )
  if (found.kind === 'failed') return refuse(found.problem, output)
  const lines = output === 'json' ? [JSON.stringify(inspectionJson(found), null, 2)] : inspectionText(found)
  await print(process.stdout, lines)
  return 0
}

function tooMany(count: number): Problem {
  return { code: 'input-invalid', message: `image: expected one reference to inspect, got ${count}` }
}

async function refuse(problem: Problem, output: OutputFormat): Promise<number> {
  const { code, message } = problem
  if (output === 'json') {
    const failure = { class: classOf(code), code, message, hint: codes[code].remedy }
    await print(process.stdout, [JSON.stringify({ failure }, null, 2)])
  }
  await print(process.stderr, [`Error: ${line(message)}`, `  Next:    ${codes[code].remedy}`])
  return 2
}
