import { bundled, inspected, merged } from '../inputs/subsets.js'
import { type InputName, inputTable } from '../inputs/table.js'
import type { FlagSpec } from './arguments.js'

/** Flags that are no inputs, with what each says of itself. */
export const ownFlags = [
  {
    name: 'bundle',
    description: 'The sigstore bundle that is to prove the artifact',
  },
  {
    name: 'staging',
    switch: true,
    description: "Sigstore's staging instance (with --trusted-root)",
  },
  { name: 'shards', description: 'How many shards, at most 256' },
  { name: 'shard-size', description: 'How many images a shard has at most' },
  { name: 'plan-file', description: 'File that the plan is written to' },
  {
    name: 'github-output',
    switch: true,
    description:
      'Writes the outputs of a step of GitHub Actions (plan: matrix, shards, images; merge: those of verify)',
  },
  {
    name: 'output',
    short: 'o',
    description:
      'text, json (the result document), cosign: what cosign verify prints, or kyverno: what kyverno apply prints (default text; of images in registries, where the output is no terminal and no policy is given, cosign)',
  },
  { name: 'quiet', short: 'q', switch: true, description: 'Says nothing of what is verified' },
  {
    name: 'verbose',
    switch: true,
    description: 'Also says each request with its time, and what was tried again',
  },
  { name: 'help', short: 'h', switch: true, description: 'Says how the command is used' },
  { name: 'version', switch: true, description: 'Says which version this is' },
] as const satisfies readonly (FlagSpec & { readonly description: string })[]

type OwnFlag = (typeof ownFlags)[number]['name']

/** Shells that commands and flags are completed in. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof shells)[number]

export function shellNamed(name: string | undefined): Shell | undefined {
  return shells.find((shell) => shell === name)
}

export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: readonly string[]
  readonly examples: readonly string[]
  /** Undefined: every input. */
  readonly inputs?: readonly InputName[]
  readonly own: readonly OwnFlag[]
}

export const commands: readonly Command[] = [
  {
    name: 'verify',
    summary: 'Decides whether images may be promoted',
    usage: [
      'verify REFERENCE… --key KEY [flags]',
      'verify REFERENCE… --certificate-identity ID --certificate-oidc-issuer URL [flags]',
      'verify [REFERENCE…] --policy FILE… --manifests FILE… [flags]',
      'verify REFERENCE… --policy FILE --policy-key KEY --attestations FILE… [flags]',
      'verify --plan FILE --shard N --key KEY --result-file FILE [flags]',
    ],
    examples: [
      'verify local://store/app:v1 --key keys/release.pub',
      'verify s3://bucket/app:v1 --key awskms:///alias/release-signer --output json',
      'verify ghcr.io/org/app:v1 --certificate-identity-regexp "^https://github.com/org/app/" --certificate-oidc-issuer https://token.actions.githubusercontent.com',
      'verify --policy "policies/*.yaml" --manifests "deploy/*.yaml" --pinned-manifests pinned',
    ],
    own: ['output', 'quiet', 'verbose'],
  },
  {
    name: 'inspect',
    summary: 'Lists every signature beside an image, and decides nothing',
    usage: ['inspect REFERENCE [--key KEY] [flags]'],
    examples: ['inspect s3://bucket/app:v1', 'inspect ghcr.io/org/app:v1 --output json'],
    inputs: inspected,
    own: ['output'],
  },
  {
    name: 'verify-bundle',
    summary: 'Decides whether a sigstore bundle proves that a signer signed a file',
    usage: [
      'verify-bundle --bundle FILE --key KEY FILE_OR_DIGEST',
      'verify-bundle --bundle FILE --certificate-identity ID --certificate-oidc-issuer URL FILE_OR_DIGEST',
    ],
    examples: ['verify-bundle --bundle app.sigstore.json --key keys/release.pub app.tar.gz'],
    inputs: bundled,
    own: ['bundle', 'staging', 'output'],
  },
  {
    name: 'plan',
    summary: 'Splits images into shards, as a matrix of jobs',
    usage: [
      'plan [REFERENCE…] [--images-file FILE] [--manifests FILE…] (--shards N | --shard-size N) --plan-file FILE',
    ],
    examples: ['plan --images-file images.txt --shard-size 500 --plan-file plan.json'],
    inputs: ['images-file', 'manifests', 'policy', 'policy-values'],
    own: ['shards', 'shard-size', 'plan-file', 'github-output', 'output', 'verbose'],
  },
  {
    name: 'merge',
    summary: 'Makes one verdict of the results of shards',
    usage: [
      'merge --plan FILE RESULT.json… [--result-file FILE] [--html-report FILE] [--sarif-report FILE] [--policy-report FILE] [flags]',
    ],
    examples: ['merge --plan plan.json "results/*/verify-result.json" --result-file verify-result.json'],
    inputs: ['plan', ...merged],
    own: ['github-output', 'output', 'quiet', 'verbose'],
  },
  {
    name: 'completion',
    summary: 'Prints a script that completes commands and flags in bash, zsh, fish or PowerShell',
    usage: ['completion bash | zsh | fish | powershell'],
    examples: ['completion bash > ~/.local/share/bash-completion/completions/verify-image'],
    inputs: [],
    own: [],
  },
]

const switches: ReadonlySet<string> = new Set(
  inputTable.flatMap((entry) => ('switch' in entry ? [entry.name] : [])),
)

/** Inputs that are arguments on the command line, or make no sense there. */
const noFlags: ReadonlySet<string> = new Set(['image', 'install'])

/** The inputs that are flags. */
export const inputFlags = inputTable.filter(({ name }) => !noFlags.has(name))

export const flagSpecs: readonly FlagSpec[] = [
  ...inputFlags.map((entry): FlagSpec => ({
    name: entry.name,
    ...(switches.has(entry.name) && { switch: true as const }),
    ...('short' in entry && { short: entry.short }),
    ...('also' in entry && { also: entry.also }),
  })),
  ...ownFlags,
]

/**
 * What is wrong with a flag that a command would pass over: somebody would take for checked what nobody asked about.
 *
 * @returns undefined where every flag is one of the command's
 */
export function strayFlag(command: string, given: Iterable<string>): string | undefined {
  const known = commands.find(({ name }) => name === command)
  const stray = known && [...given].find((flag) => !takes(known, flag))
  if (stray === undefined) return undefined
  const others = commands.filter((one) => takes(one, stray)).map(({ name }) => name)
  return `--${stray} is no flag of ${command}, but of ${others.join(', ')}`
}

/** Flags of every command, which ask it for nothing else. */
const everywhere: readonly string[] = ['help', 'version']

function takes({ inputs, own }: Command, flag: string): boolean {
  const names: readonly string[] = inputs ?? inputFlags.map(({ name }) => name)
  return [...names, ...own, ...everywhere].includes(flag)
}
