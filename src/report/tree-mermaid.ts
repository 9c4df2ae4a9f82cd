import type { Finding } from '../verdict/finding.js'
import { line, shorten } from './escape.js'
import type { TreeNode } from './tree.js'

const longestLabel = 80
const longestDetail = 110
/** Of what is met, that it is says enough from here on. */
const mostDepth = 1
/** Of a larger tree only what is not met says why: else the picture would be pages high. */
const mostWithDetail = 12

const marks: Readonly<Record<Finding['status'], string>> = {
  met: '✅',
  unmet: '❌',
  unknown: '❔',
  exempt: '➖',
}

/** Boxes that bring their own ground, so that they can be read on a light page and on a dark one. */
const classes: readonly string[] = [
  'classDef met fill:#dafbe1,stroke:#1a7f37,color:#0b3d1b',
  'classDef unmet fill:#ffebe9,stroke:#cf222e,color:#6e0a18,stroke-width:2px',
  'classDef unknown fill:#fff8c5,stroke:#9a6700,color:#4d3300,stroke-width:2px',
  'classDef exempt fill:#eff2f5,stroke:#6e7781,color:#32383f',
  'classDef idle fill:#eff2f5,stroke:#6e7781,color:#32383f,stroke-dasharray:4 3',
]

/**
 * The tree as a block of mermaid, which GitHub draws. Names from outside stand in quoted labels in which nothing but
 * letters, digits, spaces, commas and slashes is written as it is: no directive, no link and no markup can begin there.
 */
export function mermaidTree(root: TreeNode): string {
  const nodes: string[] = []
  const edges: string[] = []
  const add = (text: string, kind: string, parent: string | undefined): string => {
    const id = `n${nodes.length}`
    nodes.push(`  ${id}["${text}"]:::${kind}`)
    if (parent !== undefined) edges.push(`  ${parent} --> ${id}`)
    return id
  }
  const isTerse = countOf(root) > mostWithDetail
  const draw = (node: TreeNode, parent: string | undefined, depth: number): void => {
    const { status, label, detail, code, idle, children, leftOut } = node
    const unneeded = idle && status !== 'met' ? ', not needed' : ''
    const head = `${marks[status]} ${quoted(shorten(`${label}${code === undefined ? '' : ` (${code})`}${unneeded}`, longestLabel))}`
    const why =
      status === 'met' && (isTerse || depth > mostDepth)
        ? ''
        : `<br>${quoted(shorten(detail, longestDetail))}`
    const id = add(`${head}${why}`, idle ? 'idle' : status, parent)
    for (const child of children) draw(child, id, depth + 1)
    if (leftOut !== undefined) add(`… ${quoted(leftOut)}`, 'exempt', id)
  }
  draw(root, undefined, 0)
  const lines = [
    `%%{init: ${JSON.stringify({ flowchart: { nodeSpacing: 14, rankSpacing: 40, wrappingWidth: 320 } })}}%%`,
    'flowchart LR',
    '  accTitle: What is asked of the image, and what it came to',
    ...nodes,
    ...edges,
    ...classes.map((one) => `  ${one}`),
  ]
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``
}

function countOf({ children }: TreeNode): number {
  return children.reduce((sum, child) => sum + countOf(child), 1)
}

const harmless = /[^\p{L}\p{N} ,/]/gu

/** In mermaid's own form of entities. */
function quoted(text: string): string {
  return line(text).replace(harmless, (character) => `#${String(character.codePointAt(0))};`)
}
