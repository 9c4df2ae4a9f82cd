export const id = 474;
export const ids = [474];
export const modules = {

/***/ 90474:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   completion: () => (/* binding */ completion)
/* harmony export */ });
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31654);

/** Values of which there are few. */
const choices = {
    output: ['text', 'json', 'cosign', 'kyverno'],
    require: ['all', 'any'],
    platforms: ['index', 'all'],
    mode: ['enforce', 'audit'],
    'on-infrastructure-error': ['fail', 'warn'],
    'no-match-policy': ['deny', 'warn', 'allow'],
    'policy-profile': ['cilock', 'witness'],
    'policy-hardening': ['enforce', 'warn'],
};
/** A script that completes commands, flags, values of which there are few, and else the names of files. */
function completion(shell) {
    switch (shell) {
        case 'bash':
            return bash();
        case 'zsh':
            return zsh();
        case 'fish':
            return fish();
        case 'powershell':
            return powershell();
    }
}
function flagsOf({ inputs, own }) {
    const [given, further] = [inputs, [...own, 'help']];
    const all = [
        ..._commands_js__WEBPACK_IMPORTED_MODULE_0__/* .inputFlags */ .eJ.filter(({ name }) => given === undefined || given.includes(name)),
        ..._commands_js__WEBPACK_IMPORTED_MODULE_0__/* .ownFlags */ .Ae.filter(({ name }) => further?.includes(name)),
    ];
    return all;
}
function words({ name, short, also }) {
    return [
        `--${name}`,
        ...(also === undefined ? [] : [`--${also}`]),
        ...(short === undefined ? [] : [`-${short}`]),
    ];
}
function bash() {
    const names = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map(({ name }) => name).join(' ');
    const values = Object.entries(choices).map(([flag, some]) => `    --${flag}${flag === 'output' ? ' | -o' : ''}) values='${some.join(' ')}' ;;`);
    const flags = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map((command) => `    ${command.name}) flags='${flagsOf(command).flatMap(words).join(' ')}' ;;`);
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
    completion) values='${_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .shells */ .mP.join(' ')}' ;;
${flags.join('\n')}
  esac
  if [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  fi
}
complete -o default -F _verify_image verify-image
`;
}
/** Text between single quotes in zsh, where _arguments reads \`:\` and brackets. */
function zshText(text) {
    return text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''");
}
function zsh() {
    const described = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`);
    const cases = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map((command) => {
        const flags = flagsOf(command).flatMap((flag) => {
            const { name, description } = flag;
            const some = choices[name];
            const value = flag.switch ? '' : some ? `:value:(${some.join(' ')})` : ':value:_files';
            return words(flag).map((word) => `        '*${word}[${zshText(description)}]${value}'`);
        });
        const last = command.name === 'completion' ? `'*:shell:(${_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .shells */ .mP.join(' ')})'` : `'*:reference:_files'`;
        return `    ${command.name})\n      _arguments \\\n${[...flags, `        ${last}`].join(' \\\n')} ;;`;
    });
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
`;
}
function fishText(text) {
    return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
function fish() {
    const first = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map(({ name, summary }) => `complete -c verify-image -f -n __fish_use_subcommand -a ${name} -d ${fishText(summary)}`);
    const flags = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.flatMap((command) => {
        const here = `-n '__fish_seen_subcommand_from ${command.name}'`;
        return flagsOf(command).map((flag) => {
            const { name, short, also, description } = flag;
            const some = choices[name];
            const value = flag.switch ? '' : some ? ` -x -a '${some.join(' ')}'` : ' -r';
            const letters = `${short === undefined ? '' : ` -s ${short}`}${also === undefined ? '' : ` -l ${also}`}`;
            return `complete -c verify-image ${here} -l ${name}${letters}${value} -d ${fishText(description)}`;
        });
    });
    const shell = `complete -c verify-image -f -n '__fish_seen_subcommand_from completion' -a '${_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .shells */ .mP.join(' ')}'`;
    return `# fish completion of verify-image\n${[...first, ...flags, shell].join('\n')}\n`;
}
/** Text between single quotes in PowerShell, where typographic quotes end it too (about_Quoting_Rules). */
function powershellText(text) {
    return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
function powershell() {
    const table = (rows) => rows.map(([name, text]) => `      ${powershellText(name)} = ${powershellText(text)}`).join('\n');
    const flags = _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map((command) => `    ${powershellText(command.name)} = [ordered]@{\n${table(flagsOf(command).flatMap((flag) => words(flag).map((word) => [word, flag.description])))}\n    }`);
    const listed = (some) => `@(${some.map(powershellText).join(', ')})`;
    const values = [...Object.entries(choices), ...Object.entries({ o: choices['output'] ?? [] })].map(([flag, some]) => `    ${powershellText(`${flag.length === 1 ? '-' : '--'}${flag}`)} = ${listed(some)}`);
    // Names of files are offered where nothing is returned.
    return `# PowerShell completion of verify-image
Register-ArgumentCompleter -Native -CommandName 'verify-image' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${table(_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi.map(({ name, summary }) => [name, summary]))}
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
    foreach ($one in ${listed(_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .shells */ .mP)}) { $offered[$one] = $one }
  } elseif ($wordToComplete -like '-*' -and $flags.ContainsKey($words[1])) {
    $offered = $flags[$words[1]]
  }
  foreach ($one in $offered.GetEnumerator()) {
    if ($one.Key.StartsWith($wordToComplete, [StringComparison]::Ordinal)) {
      [System.Management.Automation.CompletionResult]::new($one.Key, $one.Key, 'ParameterValue', $one.Value)
    }
  }
}
`;
}


/***/ })

};
