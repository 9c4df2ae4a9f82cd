import { describe, expect, it } from 'vitest'
import { requirementTree, shapeOf, type TreeNode } from '../../src/report/tree.js'
import { all, any } from '../../src/verdict/algebra.js'
import { exempt, type Finding, met, unmet } from '../../src/verdict/finding.js'
import { someDigest } from '../harness/results.js'
import { no, open, yes } from '../harness/findings.js'

const found = met('image-found', `${someDigest} at registry.example/app@${someDigest}`)
const signed = met('signed', 'signed by alice', { children: [met('signature-valid', 'valid')] })
const unsigned = unmet('signed', 'unsigned', 'expected a signature by bob, got none')

/** A line for each node, indented. */
function drawn(
  { status, label, detail, code = '', idle, children, leftOut }: TreeNode,
  depth = 0,
): readonly string[] {
  const own = `${'  '.repeat(depth)}${status}${idle ? ' idle' : ''}${code === '' ? '' : ` ${code}`}: ${label}: ${detail}`
  const more = leftOut === undefined ? [] : [`${'  '.repeat(depth + 1)}… ${leftOut}`]
  return [own, ...children.flatMap((child) => drawn(child, depth + 1)), ...more]
}
const count = (node: TreeNode): number =>
  drawn(node).filter((line) => !line.trimStart().startsWith('…')).length

describe('the tree of a picture', () => {
  it('says in words what is asked, and briefly how it is known', () => {
    expect(drawn(requirementTree(all('image', [found, signed]), 10))).toEqual([
      'met: All that is asked of the image: 2 of 2 proven, all needed',
      '  met: The image is there: sha256:abababababab… at registry.example/app@sha256:abababababab…',
      '  met: Signed: signed by alice',
      '    met: The signature is valid: valid',
    ])
  })

  it('says the code where it was found out, and not on the way up', () => {
    expect(
      drawn(requirementTree(all('image', [found, all('signed-by-all', [signed, unsigned])]), 10)),
    ).toEqual([
      'unmet: All that is asked of the image: 1 of 2 proven, all needed',
      '  met: The image is there: sha256:abababababab… at registry.example/app@sha256:abababababab…',
      '  unmet: Signed by every signer: 1 of 2 proven, all needed',
      '    met: Signed: signed by alice',
      '      met: The signature is valid: valid',
      '    unmet unsigned: Signed: expected a signature by bob, got none',
    ])
  })

  it('shows a whole of one part as that part, under the name that a policy gave it', () => {
    const rule = all('release/signed', [all('.attestors[0]', [signed])])
    expect(drawn(requirementTree(rule, 10))[0]).toBe('met: release/signed: signed by alice')
    expect(drawn(requirementTree(all('signed-by-all', [unsigned]), 10))).toEqual([
      'unmet unsigned: Signed: expected a signature by bob, got none',
    ])
    // Two names that somebody gave are two requirements.
    expect(drawn(requirementTree(all('outer', [all('inner', [signed])]), 10)).slice(0, 2)).toEqual([
      'met: outer: 1 of 1 proven, all needed',
      '  met: inner: signed by alice',
    ])
  })

  it('says what was not needed: another was enough, or it does not count', () => {
    expect(drawn(requirementTree(any('signed-by-any', [signed, unsigned]), 10))).toContain(
      '  unmet idle unsigned: Signed: expected a signature by bob, got none',
    )
    const warning = exempt('rule', 'only a warning: none', {
      children: [all('signed-by-all', [unsigned, signed])],
    })
    expect(drawn(requirementTree(warning, 10)).filter((line) => line.includes(' idle'))).toHaveLength(4)
    expect(drawn(requirementTree(all('image', [unsigned, open]), 10)).join()).not.toContain(' idle')
  })

  it('has room first for what is not met or not known, and says how much it leaves out', () => {
    const many = Array.from({ length: 50 }, () => yes)
    const tree = requirementTree(all('image', [...many, no, ...many, open]), 10)
    expect(count(tree)).toBe(10)
    expect(drawn(tree).filter((line) => line.includes('unmet no') || line.includes('unsigned'))).toHaveLength(
      1,
    )
    expect(drawn(tree).filter((line) => line.includes('timeout'))).toHaveLength(1)
    expect(drawn(tree).at(-1)).toBe('  … 93 more: 93 met')
  })

  it('shows a level whole or not at all, but the first', () => {
    const rules = Array.from({ length: 12 }, (_, at) => met(`rule-${at}`, 'fine', { children: [yes, yes] }))
    const tree = requirementTree(all('image', [found, all('policies', rules)]), 30)
    expect(count(tree)).toBe(15)
    // That all parts of what is met are met needs no saying.
    expect(drawn(tree).join()).not.toContain('…:')
    expect(count(requirementTree(all('image', [found, all('policies', rules)]), 60))).toBe(39)
  })

  it('is bounded in depth and breadth', () => {
    let deep: Finding = no
    for (let depth = 0; depth < 1000; depth++) deep = unmet('deep', 'unsigned', 'x', { children: [deep, no] })
    const tree = requirementTree(deep, 10_000)
    expect(count(tree)).toBeLessThanOrEqual(41)
    expect(drawn(tree).join('\n')).toContain('… 2 more: 2 not met')
    const broad = unmet('broad', 'unsigned', 'x', { children: Array.from({ length: 100_000 }, () => no) })
    expect(count(requirementTree(broad, 40))).toBe(40)
    expect(drawn(requirementTree(broad, 40)).at(-1)).toBe('  … 99961 more: 99961 not met')
  })
})

describe('the shape of findings', () => {
  it('is that of checks, answers and codes, whatever the names are', () => {
    const other = met('signed', 'signed by bob', { children: [met('signature-valid', 'also')] })
    expect(shapeOf(signed)).toBe(shapeOf(other))
    expect(shapeOf(signed)).not.toBe(shapeOf(met('signed', 'signed by alice')))
    expect(shapeOf(unsigned)).not.toBe(shapeOf(unmet('signed', 'signature-invalid', 'x')))
    expect(shapeOf(all('image', [yes, no]))).not.toBe(shapeOf(all('image', [no, yes])))
  })
})
