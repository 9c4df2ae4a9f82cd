import { describe, expect, it } from 'vitest'
import { mermaidTree } from '../../src/report/tree-mermaid.js'
import { requirementTree } from '../../src/report/tree.js'
import { all } from '../../src/verdict/algebra.js'
import { type Finding, met, unmet } from '../../src/verdict/finding.js'
import { no, open, yes } from '../harness/findings.js'
import { hostileTexts } from './results.js'

const draw = (finding: Finding, most = 30): readonly string[] =>
  mermaidTree(requirementTree(finding, most)).split('\n')
/** What somebody would write who knows mermaid. */
const directives = [
  '%%{init: {"theme":"forest"}}%%',
  'click n0 "javascript:alert(1)"',
  '"]; click n0 href "https://evil.example"',
  'style n0 fill: #fff;',
  'classDef x fill:#fff;',
  'subgraph end',
  '@{ shape: circle, img: "https://evil.example/x.png" }',
  '"`**markdown**`"',
  '```\n\n# out',
  'a:::met',
  '#quot;]:::met',
  '$$\\sqrt{x}$$',
  'x'.repeat(100_000),
  '1. list',
]
/** Every form that a line may have. */
const lines = [
  /^```(mermaid)?$/,
  /^%%\{init: \{"flowchart":\{[a-zA-Z0-9":,]+\}\}\}%%$/,
  /^flowchart LR$/,
  /^ {2}accTitle: [\w ,]+$/,
  /^ {2}n\d+\["[✅❌❔➖…] (?:[\p{L}\p{N} ,/]|#\d+;)*(?:<br>(?:[\p{L}\p{N} ,/]|#\d+;)*)?"\]:::(met|unmet|unknown|exempt|idle)$/u,
  /^ {2}n\d+ --> n\d+$/,
  /^ {2}classDef [a-z]+ [a-z0-9#:,\- ]+$/,
]

describe('the tree as mermaid', () => {
  it('has a box for each requirement and an arrow to each of its parts', () => {
    const page = draw(all('image', [yes, no, open]))
    expect(page.filter((line) => line.includes('["'))).toEqual([
      '  n0["❌ All that is asked of the image<br>1 of 3 proven, all needed"]:::unmet',
      '  n1["✅ yes<br>proven"]:::met',
      '  n2["❌ no #40;unsigned#41;<br>proven false"]:::unmet',
      '  n3["❔ open #40;timeout#41;<br>no answer"]:::unknown',
    ])
    expect(page.filter((line) => line.includes('-->'))).toEqual(['  n0 --> n1', '  n0 --> n2', '  n0 --> n3'])
  })

  it.each([...hostileTexts, ...directives])('%j is only text in a box', (text) => {
    const page = draw(all('image', [met(text, text), unmet(text, 'unsigned', text)]))
    expect(page).toHaveLength(
      draw(all('image', [met('calm', 'calm'), unmet('calm', 'unsigned', 'calm')])).length,
    )
    for (const line of page)
      expect(
        lines.some((form) => form.test(line)),
        line,
      ).toBe(true)
  })

  it('is as large as GitHub draws, and of a large tree says only why something is not met', () => {
    const children = Array.from({ length: 1000 }, () => met('\u2028'.repeat(500), '文'.repeat(5000)))
    const page = draw(unmet('image', 'unsigned', 'why', { children: [...children, no] }))
    // It draws at most 50,000 characters and 500 arrows.
    expect(page.join('\n').length).toBeLessThan(50_000)
    expect(page.filter((line) => line.includes('-->'))).toHaveLength(30)
    expect(page.filter((line) => line.includes('<br>'))).toHaveLength(2)
    expect(page).toContain('  n30["… 972 more#58; 972 met"]:::exempt')
  })
})
