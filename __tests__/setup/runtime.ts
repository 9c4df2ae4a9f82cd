import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * The tests run on the runner's own Node, never on whatever the machine has (package.json brings it), and in a
 * temporary folder that goes with them: thousands of runs leave thousands of folders.
 */
export default function setup(): () => void {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 22) {
    throw new Error(`tests need Node 22.12 or newer, got ${process.version}: run them through npm`)
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vi-'))
  process.env['TMPDIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
