import { type Command, commands, inputFlags, ownFlags, type Shell, shells } from './commands.js'

/** Values of which there are few. */
const choices: Readonly<Record<string, readonly string[]>> = {
  output: ['text', 'json', 'cosign', 'kyverno'],
  require: ['all', 'any'],
  platforms: ['index', 'all'],
  mode: ['enforce', 'audit'],
  'on-infrastructure-error': ['fail', 'warn'],
  'no-match-policy': ['deny', 'warn', 'allow'],
  'policy-profile': ['cilock', 'witness'],
  'policy-hardening': ['enforce', 'warn'],
}

interface CompletedFlag {
  readonly name: string
  readonly short?: string
  readonly also?: string
  readonly switch?: true
  readonly description: string
}

/** A script that completes commands, flags, values of which there are few, and else the names of files. */
export function completion(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash()
    case 'zsh':
      return zsh()
    case 'fish':
      return fish()
    case 'powershell':
      return powershell()
  }
}

function flagsOf({ inputs, own }: Command): readonly CompletedFlag[] {
  const [given, further]: readonly (readonly string[] | undefined)[] = [inputs, [...own, 'help']]
  const all: readonly CompletedFlag[] = [
    ...inputFlags.filter(({ name }) => given === undefined || given.includes(name)),
    ...ownFlags.filter(({ name }) => further?.includes(name)),
  ]
  return all
}

function words({ name, short, also }: CompletedFlag): readonly string[] {
  return [
    `--${name}`,
    ...(also === undefined ? [] : [`--${also}`]),
    ...(short === undefined ? [] : [`-${short}`]),
  ]
}

function bash(): string {
  const names = commands.map(({ name }) => name).join(' ')
  const values = Object.entries(choices).map(
    ([flag, some]) => `    --${flag}${flag === 'output' ? ' | -o' : ''}) values='${some.join(' ')}' ;;`,
  )
  const flags = commands.map(
    (command) => `    ${command.name}) flags='${flagsOf(command).flatMap(words).join(' ')}' ;;`,
  )
  return `# bash completion of verify-image
_verify_image() {
  local current=\${COMP_WORDS[COMP_CWORD]} before='' values='' flags=''
  ((COMP_CWORD > 0)) && before=\${COMP_WORDS[COMP_CWORD - 1]}
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case $before in
${values.join('\n')}
  esac
  case \${COMP_WORDS[1]} in
    completion) values='${shells.join(' ')}' ;;
${flags.join('\n')}
  esac
  if [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  fi
}
complete -o default -F _verify_image verify-image
`
}

/** Text between single quotes in zsh, where _arguments reads \`:\` and brackets. */
function zshText(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''")
}

function zsh(): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`)
  const cases = commands.map((command) => {
    const flags = flagsOf(command).flatMap((flag) => {
      const { name, description } = flag
      const some = choices[name]
      const value = flag.switch ? '' : some ? `:value:(${some.join(' ')})` : ':value:_files'
      return words(flag).map((word) => `        '*${word}[${zshText(description)}]${value}'`)
    })
    const last = command.name === 'completion' ? `'*:shell:(${shells.join(' ')})'` : `'*:reference:_files'`
    return `    ${command.name})\n      _arguments \\\n${[...flags, `        ${last}`].join(' \\\n')} ;;`
  })
  return `#compdef verify-image
_verify_image() {
  local -a commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _verify_image ]]; then
  _verify_image "$@"
else
  compdef _verify_image verify-image
fi
`
}

function fishText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

function fish(): string {
  const first = commands.map(
    ({ name, summary }) =>
      `complete -c verify-image -f -n __fish_use_subcommand -a ${name} -d ${fishText(summary)}`,
  )
  const flags = commands.flatMap((command) => {
    const here = `-n '__fish_seen_subcommand_from ${command.name}'`
    return flagsOf(command).map((flag) => {
      const { name, short, also, description } = flag
      const some = choices[name]
      const value = flag.switch ? '' : some ? ` -x -a '${some.join(' ')}'` : ' -r'
      const letters = `${short === undefined ? '' : ` -s ${short}`}${also === undefined ? '' : ` -l ${also}`}`
      return `complete -c verify-image ${here} -l ${name}${letters}${value} -d ${fishText(description)}`
    })
  })
  const shell = `complete -c verify-image -f -n '__fish_seen_subcommand_from completion' -a '${shells.join(' ')}'`
  return `# fish completion of verify-image\n${[...first, ...flags, shell].join('\n')}\n`
}

/** Text between single quotes in PowerShell, where typographic quotes end it too (about_Quoting_Rules). */
function powershellText(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
}

function powershell(): string {
  const table = (rows: readonly (readonly [string, string])[]): string =>
    rows.map(([name, text]) => `      ${powershellText(name)} = ${powershellText(text)}`).join('\n')
  const flags = commands.map(
    (command) =>
      `    ${powershellText(command.name)} = [ordered]@{\n${table(
        flagsOf(command).flatMap((flag) => words(flag).map((word) => [word, flag.description] as const)),
      )}\n    }`,
  )
  const listed = (some: readonly string[]): string => `@(${some.map(powershellText).join(', ')})`
  const values = [...Object.entries(choices), ...Object.entries({ o: choices['output'] ?? [] })].map(
    ([flag, some]) => `    ${powershellText(`${flag.length === 1 ? '-' : '--'}${flag}`)} = ${listed(some)}`,
  )
  // Names of files are offered where nothing is returned.
  return `# PowerShell completion of verify-image
Register-ArgumentCompleter -Native -CommandName 'verify-image' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${table(commands.map(({ name, summary }) => [name, summary] as const))}
  }
  $flags = @{
${flags.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $words = @($commandAst.CommandElements |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { $_.Extent.Text })
  $offered = [ordered]@{}
  if ($words.Count -le 1) {
    $offered = $commands
  } elseif ($values.ContainsKey($words[-1])) {
    foreach ($one in $values[$words[-1]]) { $offered[$one] = $one }
  } elseif ($words[1] -eq 'completion') {
    foreach ($one in ${listed(shells)}) { $offered[$one] = $one }
  } elseif ($wordToComplete -like '-*' -and $flags.ContainsKey($words[1])) {
    $offered = $flags[$words[1]]
  }
  foreach ($one in $offered.GetEnumerator()) {
    if ($one.Key.StartsWith($wordToComplete, [StringComparison]::Ordinal)) {
      [System.Management.Automation.CompletionResult]::new($one.Key, $one.Key, 'ParameterValue', $one.Value)
    }
  }
}
`
}
