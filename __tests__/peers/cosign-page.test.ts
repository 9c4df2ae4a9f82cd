import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DocumentedWorld, openDocumentedWorld } from '../harness/documented-world.js'
import { peerProgram } from '../harness/peers.js'

/** The rows of the page for those who come from cosign: its line and ours, over the same images. */
const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/coming-from-cosign.md'), 'utf8')
const rows = [...page.matchAll(/^\| `((?:\w+=\S+ )?cosign verify[^`]*)` +\| `([^`]*)` +\|$/gm)]
  .map(
    ([, theirs = '', ours = '']) =>
      [theirs, ours].map((line) => line.replaceAll('\\|', '|')) as [string, string],
  )
  // Those that leave something out cannot be typed.
  .filter(([theirs]) => !/…| ID | RE /.test(theirs))

let world: DocumentedWorld
const cosign = path.dirname(peerProgram('cosign'))
const type = async (line: string): ReturnType<DocumentedWorld['type']> =>
  world.type(`PATH="${cosign}:$PATH"\n${line}`)
beforeAll(async () => {
  world = await openDocumentedWorld()
  const begun = await type('cosign initialize --mirror "$TUF_MIRROR" --root "$TUF_ROOT_JSON"')
  expect(begun.exit, begun.stderr).toBe(0)
})
afterAll(async () => world.stop())

/** The entries of logs are held side by side elsewhere (`cosign.test.ts`): these are of a log that is none of cosign's. */
const withoutLog = (line: string): string =>
  line.includes('--insecure-ignore-tlog')
    ? line
    : line.replace(/\b(cosign verify\S*|verify-image verify\S*) /, '$1 --insecure-ignore-tlog ')

/** The same line about what nobody signed. */
const unsigned = (line: string): string =>
  line.replaceAll(/\/(?:app|web):v1/g, '/unsigned:v1').replaceAll('app.tar.gz', 'unsigned.tar.gz')

describe('the lines of the page, beside those of cosign', () => {
  it('are there', () => {
    expect(rows.length).toBeGreaterThan(10)
  })

  it.each(rows)('%s', async (theirs, ours) => {
    const [cosigns, own] = [await type(withoutLog(theirs)), await type(withoutLog(ours))]
    expect(cosigns.exit, cosigns.stderr).toBe(0)
    expect(own.exit, own.stderr).toBe(0)
    const lines = [theirs, ours].map((line) => unsigned(withoutLog(line)).replace(' | jq .', ''))
    const [refused, rejected] = [await type(lines[0] ?? ''), await type(lines[1] ?? '')]
    expect(refused.exit, refused.stdout).toBeGreaterThan(0)
    expect(rejected.exit, rejected.stderr).toBe(1)
  })
})
