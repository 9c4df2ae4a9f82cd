import { describe, expect, it } from 'vitest'
import { forScreen, wrap } from '../../src/cli/screen.js'

const digest = `sha256:${'a'.repeat(64)}`
const report = [
  '✓ Verified app:v1',
  `  Digest:  ${digest}`,
  '✗ Verification FAILED for app:v2',
  '  Verdict: rejected (supply-chain, unsigned)',
  '  Next:    sign it',
  'Error: the registry did not answer',
  '  Verdict: undetermined (infrastructure, timeout, service registry)',
  '  pass  rule signed Pod/a/b',
  '  fail  rule signed Pod/a/c: unsigned',
  'rejected: 3 images, 1 verified, 1 rejected, 1 undetermined',
]
const strip = (text: string): string => text.replace(/\x1b\[\d+m/g, '')
const terminal = { isTTY: true, columns: 200 }

describe('a report', () => {
  it('is as it is where nobody looks at it', () => {
    for (const screen of [{}, { isTTY: false, columns: 40 }, { columns: 40 }])
      expect(forScreen(report, screen, { TERM: 'xterm' })).toEqual(report)
  })

  it.each([{ NO_COLOR: '1' }, { NO_COLOR: 'false' }, { TERM: 'dumb' }])('has no colours with %o', (env) => {
    expect(forScreen(report, terminal, env)).toEqual(report)
  })

  it('has them with a NO_COLOR that is empty', () => {
    expect(forScreen(report, terminal, { NO_COLOR: '' })).not.toEqual(report)
  })

  it('says the same with colours as without', () => {
    const shown = forScreen(report, terminal, {})
    expect(shown.map(strip)).toEqual(report)
    expect(shown.filter((line) => line.includes('\x1b'))).toHaveLength(report.length)
    for (const line of shown) expect(line.match(/\x1b\[0m/g)?.length, line).toBe(1)
  })

  it.each([
    ['✓ Verified app:v1', '32'],
    ['✗ Verification FAILED for app:v1', '31'],
    ['Error: no answer', '33'],
    ['  Verdict: rejected (supply-chain, unsigned)', '31'],
    ['  Verdict: undetermined (infrastructure, timeout)', '33'],
    ['  pass  rule', '32'],
    ['  fail  rule', '31'],
    ['verified: 2 images, 2 verified', '32'],
    ['undetermined: 2 images, 1 verified', '33'],
  ])('shows %j in %s', (line, colour) => {
    expect(forScreen([line], terminal, {})[0]).toContain(`\x1b[${colour}m`)
  })

  it('takes no colour from what others wrote: controls come escaped', () => {
    expect(forScreen(['  plain words'], terminal, {})).toEqual(['  plain words'])
  })
})

describe('a long line', () => {
  const message = `  Next:    ${'word '.repeat(40).trim()}`

  it('is broken at spaces, below where its text begins', () => {
    const lines = wrap(message, 60)
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.every((line) => line.length <= 60)).toBe(true)
    expect(lines.slice(1).every((line) => line.startsWith('           word'))).toBe(true)
    expect(lines.map((line) => line.trim()).join(' ')).toBe(message.trim())
  })

  it('keeps a digest whole, whatever the width', () => {
    const line = `  Digest:  ${digest}`
    expect(wrap(line, 40)).toEqual([line])
    expect(wrap(`Error: app:v1@${digest} was not found`, 50).join('\n')).toContain(`app:v1@${digest}`)
  })

  it.each([0, 1, 10, 39])('is left to a terminal of %i columns', (columns) => {
    expect(wrap(message, columns)).toEqual([message])
  })

  it('that fits stays', () => {
    expect(wrap(message, message.length)).toEqual([message])
    expect(wrap('', 80)).toEqual([''])
  })

  it('loses no space and no letter', () => {
    const odd = `Error: a  b   ${'c '.repeat(60)}`
    expect(wrap(odd, 50).join('').replaceAll(' ', '')).toBe(odd.replaceAll(' ', ''))
  })
})
