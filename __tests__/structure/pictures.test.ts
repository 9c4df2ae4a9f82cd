import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../harness/run.js'

const root = path.resolve(import.meta.dirname, '../..')
const pictures = path.join(root, 'docs/pictures')

function check(folder: string): { status: number | null; stderr: string } {
  const args = [path.join(root, 'scripts/pictures.js'), '--check', '--out', folder]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stderr }
}

it('notices pictures that are missing, changed, broken, small or of nothing, and reports that are others now', () => {
  const folder = path.join(temporaryFolder(), 'pictures')
  cpSync(pictures, folder, { recursive: true })
  const at = (name: string): string => path.join(folder, name)
  const bytes = readFileSync(at('rejected-summary.png'))

  rmSync(at('fleet-summary.png'))
  copyFileSync(at('verified-summary.png'), at('undetermined-summary.png'))
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(at('rejected-summary.png'), bytes)
  writeFileSync(at('other-summary.png'), readFileSync(at('verified-summary.png')))
  writeFileSync(
    at('verified-report-dark.png'),
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    ),
  )
  const sources = readFileSync(at('sources.json'), 'utf8')
  const { cases } = JSON.parse(sources) as { cases: Record<string, { summary: string; page: string }> }
  writeFileSync(at('sources.json'), sources.replace(cases['rejected']!.page, '0'.repeat(64)))

  const { status, stderr } = check(folder)
  expect(status).toBe(1)
  expect(
    stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/; it is now .*$/, '')),
  ).toEqual([
    'fleet-summary.png is named in docs/, and not there',
    'other-summary.png is named on no page',
    'other-summary.png is not the picture that sources.json was written with',
    'other-summary.png is of no case',
    'rejected-summary.png is not the picture that sources.json was written with',
    'rejected-summary.png is no PNG',
    'undetermined-summary.png is not the picture that sources.json was written with',
    'verified-report-dark.png is not the picture that sources.json was written with',
    'verified-report-dark.png is 1×1, 68 bytes: too small for a page',
    'rejected: the page is not what its pictures show',
    'Made anew by: node scripts/pictures.js --mermaid FILE (docs/reports.md, last section)',
  ])
})
