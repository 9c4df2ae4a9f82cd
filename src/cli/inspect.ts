import { inspectImage } from '../gate/inspect.js'
import { parseInputs } from '../inputs/parse.js'
import { line } from '../report/escape.js'
import { inspectionJson, inspectionText } from '../report/inspection.js'
import { redact, secretsOf } from '../report/redaction.js'
import { secretsInConfig } from '../run/registry-config.js'
import type { Problem } from '../verdict/finding.js'
import { classOf, codes } from '../verdict/codes.js'
import type { Arguments } from './arguments.js'
import { inspected } from './commands.js'
import { print, printReport } from './print.js'
import type { OutputFormat } from './verify.js'

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
      ...inspected.filter((name) => name !== 'key').map((name) => [name, flags.get(name) ?? []] as const),
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
  if (output === 'json') await print(process.stdout, [JSON.stringify(inspectionJson(found), null, 2)])
  else await printReport(process.stdout, inspectionText(found))
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
  await printReport(process.stderr, [`Error: ${line(message)}`, `  Next:    ${codes[code].remedy}`])
  return 2
}
