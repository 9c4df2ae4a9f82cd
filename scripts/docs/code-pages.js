// A page for each failure code: what the source knows of it, and what people wrote about it in docs/codes.yml.

const endings = {
  'supply-chain': {
    verdict: 'rejected',
    exit: '1; 0 with `mode: audit`',
  },
  configuration: {
    verdict: 'undetermined',
    exit: '2, whatever `mode` and `on-infrastructure-error` say',
  },
  infrastructure: {
    verdict: 'undetermined',
    exit: '2; 0 with `mode: audit`, or with `on-infrastructure-error: warn` once the image was found',
  },
}

/** @returns the pages as `[file, markdown]` */
export function codePages(codes, prose, turn) {
  return Object.entries(codes).map(([code, entry]) => {
    const told = prose[code]
    if (told === undefined) throw new Error(`docs/codes.yml says nothing of ${code}`)
    return [`docs/codes/${code}.md`, page(code, entry, told, turn({ class: entry.class }))]
  })
}

function page(code, { class: failureClass, meaning, remedy }, told, whose) {
  const { verdict, exit } = endings[failureClass]
  const note = told.note === undefined ? '' : ` ${told.note.trim()}`
  return `# ${code}

${meaning}${note}

| | |
| --- | --- |
| Class | \`${failureClass}\` |
| Verdict | \`${verdict}\` |
| Exit | ${exit} |
| Whose turn | ${whose} |
| What to do | ${remedy} |

## How it looks

\`\`\`sh
${told.typed.trim()}
\`\`\`

\`\`\`text
${told.said.trimEnd()}
\`\`\`

## Causes, the most frequent first

${told.causes.map(cause).join('\n\n')}

## What it is not

${told.not.map((one) => `- [\`${one.code}\`](${one.code}.md): ${one.why.trim()}`).join('\n')}
${others(told.others)}
[All codes](../codes.md)
`
}

function cause({ when, tell, do: what, run }, at) {
  const number = `${at + 1}. `
  const indent = ' '.repeat(number.length)
  const typed = run === undefined ? [] : ['', '```sh', ...run.trim().split('\n'), '```']
  const lines = [`${number}**${when.trim()}.** ${tell.trim()}`, '', `**To do:** ${what.trim()}`, ...typed]
  return lines.map((line, row) => (row === 0 || line === '' ? line : indent + line)).join('\n')
}

function others(lines) {
  if (lines === undefined) return ''
  return `
## What others say

${lines.map(({ tool, says }) => `- ${tool}: ${says.trim()}`).join('\n')}
`
}
