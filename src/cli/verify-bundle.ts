import { systemClock } from '../gate/clock.js'
import { decideBundle } from '../gate/bundle-file.js'
import { parseInputs } from '../inputs/parse.js'
import { bundled } from '../inputs/subsets.js'
import { line } from '../report/escape.js'
import { nearMissesOf } from '../report/near-misses.js'
import type { Finding, Problem } from '../verdict/finding.js'
import { failure, failureOf, type Failure, verdictOf } from '../verdict/result.js'
import type { Arguments } from './arguments.js'
import { print, printReport } from './print.js'
import type { OutputFormat } from './verify.js'

/**
 * `verify-image verify-bundle --bundle FILE … FILE_OR_DIGEST`, as sigstore's conformance suite calls its clients: exit 0
 * verified, 1 rejected, 2 undetermined.
 */
export async function verifyBundle(
  { words, flags }: Arguments,
  output: OutputFormat,
  problems: readonly Problem[],
): Promise<number> {
  const bundle = flags.get('bundle')?.at(-1) ?? ''
  const [artifact = '', ...others] = words
  const parsed = parseInputs(
    // The image is only there because every other request has one.
    new Map([
      ['image', ['local://bundle/file:x']],
      ...bundled.map((name) => [name, flags.get(name) ?? []] as const),
    ]),
    'command',
  )
  const wrong = (message: string): Problem => ({ code: 'input-invalid', message })
  const first = [
    ...problems,
    ...(bundle === '' ? [wrong('bundle: expected a file, got nothing')] : []),
    ...(artifact === '' || others.length > 0
      ? [wrong(`expected one file or digest, got ${words.length}`)]
      : []),
    ...(flags.has('staging')
      ? [wrong('staging: give the trusted root of the staging instance with --trusted-root')]
      : []),
    ...parsed.problems,
  ][0]
  if (first || !parsed.request) return refuse(first ?? wrong('nothing to verify with'), output)

  const { signers, trust, log = 'require', patience } = parsed.request
  const [identity] = signers?.identities ?? []
  const [key] = signers?.keys ?? []
  if (key !== undefined && identity !== undefined)
    return refuse(wrong('expected a key or an identity, got both'), output)
  const signer = key === undefined ? (identity === undefined ? undefined : { identity }) : { key }
  if (signer === undefined || trust === undefined)
    return refuse(wrong('expected a key or an identity, got neither'), output)
  const decided = await decideBundle({ bundle, artifact, signer, trust, log, patience }, systemClock)
  await print(
    process.stderr,
    decided.warnings.map((warning) => `Warning: ${line(warning)}`),
  )
  return report(decided.finding, artifact, output)
}

async function report(finding: Finding, artifact: string, output: OutputFormat): Promise<number> {
  const verdict = verdictOf(finding)
  const failed = failureOf(finding)
  if (output === 'json') {
    const document = { verified: verdict === 'verified', verdict, failure: failed, findings: finding }
    await print(process.stdout, [JSON.stringify(document, null, 2)])
  } else if (failed === null) {
    await printReport(process.stdout, [`✓ Verified ${line(artifact)}`])
  }
  if (failed !== null) await printReport(process.stderr, lines(failed, verdict, nearMissesOf(finding)))
  return verdict === 'verified' ? 0 : verdict === 'rejected' ? 1 : 2
}

function lines(
  { class: kind, code, message, hint }: Failure,
  verdict: string,
  misses: readonly string[],
): readonly string[] {
  return [
    `${verdict === 'rejected' ? '✗' : 'Error:'} ${line(message)}`,
    ...misses.map((miss) => `  Near miss: ${line(miss)}`),
    `  Verdict: ${verdict} (${kind}, ${code})`,
    `  Next:    ${hint}`,
  ]
}

async function refuse({ code, message }: Problem, output: OutputFormat): Promise<number> {
  const failed = failure(code, message)
  if (output === 'json') {
    await print(process.stdout, [
      JSON.stringify({ verified: false, verdict: 'undetermined', failure: failed }, null, 2),
    ])
  }
  await printReport(process.stderr, lines(failed, 'undetermined', []))
  return 2
}
