import type { InputName } from '../inputs/table.js'
import { type Command, commands, inputFlags, ownFlags } from './commands.js'
import { breakLines, type Screen } from './screen.js'

/** The input that each part of the help begins with, in the order of the table. */
const parts: readonly (readonly [InputName, string])[] = [
  ['images-file', 'Images'],
  ['key', 'Who must have signed'],
  ['attestation-type', 'What must be attested'],
  ['platforms', 'How much of an image'],
  ['insecure-ignore-tlog', 'Logs, times and trusted roots'],
  ['manifests', 'Manifests and policies'],
  ['policy-key', 'Signed build policies'],
  ['registry-username', 'Where images and evidence lie'],
  ['mode', 'The run and its reports'],
]

const widest = 100

/** A flag as the help shows it. */
interface ShownFlag {
  readonly name: string
  readonly short?: string
  readonly also?: string
  readonly switch?: true
  readonly description: string
  readonly fallback: string
}

/** What there is, for who does not know the program. */
export function overview(version: string): string {
  const longest = Math.max(...commands.map(({ name }) => name.length))
  return `verify-image ${version}: may this container image be promoted?

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(longest)}  ${summary}`).join('\n')}

Exit: 0 verified, 1 rejected (supply chain), 2 undetermined (infrastructure or configuration)

Examples:
${commands.flatMap(({ examples: [first] }) => (first === undefined ? [] : `  verify-image ${first}`)).join('\n')}

verify-image COMMAND --help tells of a command and its flags, verify-image --version which version this is.
`
}

/** How one command is used. */
export function helpOf(command: Command, { columns }: Screen): string {
  const width = Math.min(columns === undefined || columns < 40 ? widest : columns, widest)
  const given = flagsOf(command)
  const own = shownOwn(command)
  const paragraphs = [
    `${command.summary}.`,
    `Usage:\n${command.usage.map((usage) => `  verify-image ${usage}`).join('\n')}`,
    `Examples:\n${command.examples.map((example) => `  verify-image ${example}`).join('\n')}`,
    ...given.map(([title, flags]) => `${title}:\n${flags.map((flag) => flagText(flag, width)).join('\n')}`),
    ...(own.length > 0 ? [`Output:\n${own.map((flag) => flagText(flag, width)).join('\n')}`] : []),
  ]
  return `${paragraphs.join('\n\n')}\n`
}

/** The inputs that a command has as flags, part by part. */
function flagsOf({ inputs }: Command): readonly (readonly [string, readonly ShownFlag[]])[] {
  const found: [string, ShownFlag[]][] = []
  let part: [string, ShownFlag[]] = ['Flags', []]
  for (const entry of inputFlags) {
    const title = parts.find(([first]) => first === entry.name)?.[1]
    if (title !== undefined) part = [title, []]
    if (title !== undefined) found.push(part)
    if (inputs !== undefined && !inputs.includes(entry.name)) continue
    part[1].push({
      name: entry.name,
      ...('short' in entry && { short: entry.short }),
      ...('also' in entry && { also: entry.also }),
      ...('switch' in entry && { switch: entry.switch }),
      description: entry.description,
      fallback: 'commandDefault' in entry ? entry.commandDefault : entry.default,
    })
  }
  return found.filter(([, flags]) => flags.length > 0)
}

function shownOwn({ own }: Command): readonly ShownFlag[] {
  const names: readonly string[] = [...own, 'help']
  return ownFlags.filter(({ name }) => names.includes(name)).map((flag) => ({ ...flag, fallback: '' }))
}

function flagText(flag: ShownFlag, width: number): string {
  const names = [
    ...(flag.short === undefined ? [] : [`-${flag.short}`]),
    `--${flag.name}`,
    ...(flag.also === undefined ? [] : [`--${flag.also}`]),
  ].join(', ')
  const { fallback } = flag
  const hasDefault = fallback !== '' && !(flag.switch && fallback === 'false')
  const text = `${flag.description}${hasDefault ? ` (default ${fallback})` : ''}`
  return [
    `  ${names}${flag.switch ? '' : ' VALUE'}`,
    ...breakLines(text, width - 6).map((one) => `      ${one}`),
  ].join('\n')
}
