import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { signer } from './registry-guarded.js'
import { putImage, signSimply } from './registry-images.js'
import type { LoopbackRegistry } from './registry.js'

const examples = path.resolve(import.meta.dirname, '../../examples')

/**
 * Lays what the pages about policies speak of: their images in a registry, signed, and in a folder the examples as they
 * are, with that registry and its signer's key in them; under `examples/`, and where the pages have them.
 */
export function layDocumentedPolicies(folder: string, registry: LoopbackRegistry): void {
  for (const repository of ['team/web', 'team/migrate']) {
    const tag = repository === 'team/web' ? 'v1' : 'v7'
    signSimply(registry.holdings, repository, putImage(registry.holdings, repository, tag), signer)
  }
  const key = readFileSync(path.join(examples, 'keys/release.pub'), 'utf8').trim().split('\n')
  const own = signer.publicPem.trim().split('\n')
  const here = (text: string): string => {
    let changed = text.replaceAll('registry.example', registry.host)
    for (const [at, line] of key.entries()) changed = changed.replaceAll(line, own[at] ?? '')
    return changed
  }
  for (const file of globSync('{policies,deploy}/*.yaml', { cwd: examples }))
    for (const target of [file, path.join('examples', file)])
      write(folder, target, here(readFileSync(path.join(examples, file), 'utf8')))
  write(folder, 'keys/release.pub', signer.publicPem)
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  writeFileSync(path.join(folder, name), text)
}
