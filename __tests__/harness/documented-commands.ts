import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** A line of a page that calls this program. */
export interface DocumentedCommand {
  /** `docs/fleet.md` */
  readonly page: string
  readonly line: string
}

/** Every page that a user may read. */
export const pages: readonly string[] = [
  ...globSync('*.md', { cwd: root }),
  ...globSync('{docs,examples}/**/*.md', { cwd: root }),
]
  .map((page) => page.split(path.sep).join('/'))
  .sort()

/** Lines of blocks for a shell, and whole commands within the text and its tables; what goes on is put together. */
export function commandsOf(page: string): readonly DocumentedCommand[] {
  const text = readFileSync(path.join(root, page), 'utf8')
  const blocks = [...text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)].flatMap(([, , block = '']) =>
    block.replaceAll(/\\\n\s*/g, '').split('\n'),
  )
  const prose = text.replaceAll(/^( *)```\w*\n[\s\S]*?^\1```$/gm, '')
  const spans = [...prose.matchAll(/(?<!`)`([^`\n]*\bverify-image [^`\n]*)`/g)].map(([, span = '']) =>
    span.replaceAll('\\|', '|'),
  )
  const lines = [...blocks, ...spans].map((line) => line.trim())
  return [...new Set(lines)].filter(isWhole).map((line) => ({ page, line }))
}

/** Not the mere name of a command, and not somebody else's command. */
function isWhole(line: string): boolean {
  const [, name = '', rest = ''] =
    /(?<!slsa-verifier )(?:\bverify-image|\bcli\.js) ([a-z-]+)(.*)$/.exec(line) ?? []
  if (/cli\.js --(?:help|version)$/.test(line)) return true
  // A digest is the one thing that is shortened in a line that is whole.
  if (line.replaceAll('@sha256:…', '').includes('…')) return false
  const isCommand = /^(?:verify|verify-bundle|inspect|plan|merge|completion)$/.test(name)
  return isCommand && /\S/.test(rest)
}
