import { inputTable } from '../inputs/table.js'
import type { FlagSpec } from './arguments.js'

const switches: ReadonlySet<string> = new Set(
  inputTable.flatMap((entry) => ('switch' in entry ? [entry.name] : [])),
)

/** Flags of every command. */
const general: readonly FlagSpec[] = [
  { name: 'bundle' },
  { name: 'staging', switch: true },
  { name: 'shards' },
  { name: 'shard-size' },
  { name: 'plan-file' },
  { name: 'github-output', switch: true },
  { name: 'output', short: 'o' },
  { name: 'verbose', switch: true },
  { name: 'help', short: 'h', switch: true },
  { name: 'version', switch: true },
]

/** Inputs that are arguments on the command line. */
const asWords: ReadonlySet<string> = new Set(['image'])

export const flagSpecs: readonly FlagSpec[] = [
  ...inputTable
    .filter(({ name }) => !asWords.has(name))
    .map((entry): FlagSpec => ({
      name: entry.name,
      ...(switches.has(entry.name) && { switch: true as const }),
      ...('short' in entry && { short: entry.short }),
      ...('also' in entry && { also: entry.also }),
    })),
  ...general,
]

/** Flags that plan and merge know; nothing is asked of them that they do not do. */
const ownFlags: Readonly<Record<'plan' | 'merge', string>> = {
  plan: 'images-file manifests policy policy-values shards shard-size plan-file github-output output verbose',
  merge: 'plan mode on-infrastructure-error result-file html-report summary github-output output verbose',
}

/** A flag that a command would pass over, where that could be taken for something that was done. */
export function strayFlag(command: string, given: Iterable<string>): string | undefined {
  const own = command === 'plan' || command === 'merge' ? ownFlags[command].split(' ') : undefined
  const fleet = ['shards', 'shard-size', 'plan-file', 'github-output']
  return [...given].find((name) => (own ? !own.includes(name) : fleet.includes(name)))
}

export function helpText(version: string): string {
  const flags = inputTable
    .filter(({ name }) => !asWords.has(name))
    .map((entry) => {
      const fallback = 'commandDefault' in entry ? entry.commandDefault : entry.default
      const short = 'short' in entry ? `-${entry.short}, ` : ''
      const also = 'also' in entry ? `, --${entry.also}` : ''
      return `  ${short}--${entry.name}${also}\n      ${entry.description}${fallback === '' ? '' : ` (default ${fallback})`}`
    })
  return `verify-image ${version}: may this container image be promoted?

Usage:
  verify-image verify REFERENCE… --key KEY [flags]
  verify-image verify [REFERENCE…] --policy FILE… --manifests FILE… [flags]
  verify-image verify REFERENCE… --policy FILE --policy-key KEY --attestations FILE… [flags]
  verify-image plan [REFERENCE…] [--images-file FILE] [--manifests FILE…] (--shards N | --shard-size N) --plan-file FILE
  verify-image verify --plan FILE --shard N --key KEY --result-file FILE [flags]
  verify-image merge --plan FILE RESULT.json… [--result-file FILE] [--html-report FILE]
  verify-image inspect REFERENCE [--key KEY] [flags]
  verify-image verify-bundle --bundle FILE (--key KEY | --certificate-identity ID --certificate-oidc-issuer URL) FILE_OR_DIGEST

Exit: 0 verified, 1 rejected (supply chain), 2 undetermined (infrastructure or configuration)

Examples:
  verify-image verify local://store/app:v1 --key keys/release.pub
  verify-image verify s3://bucket/app:v1 --key awskms:///alias/release-signer --output json
  verify-image inspect s3://bucket/app:v1

Flags:
${flags.join('\n')}
  -o, --output
      text, json (the result document), cosign: what cosign verify prints, or kyverno: what kyverno apply prints
      (default text; of images in registries, where the output is no terminal and no policy is given, cosign)
  --shards, --shard-size, --plan-file
      Of plan: how many shards (at most 256), or how many images in each; and where the plan goes
  --github-output
      Of plan and merge: writes the outputs of a step of GitHub Actions (plan: matrix, shards, images; merge: those of verify)
  --verbose
      Also says which hosts were contacted and what was tried again
  -h, --help
  --version
`
}
