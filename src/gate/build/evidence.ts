import { gunzipSync } from 'node:zlib'
import { findFiles } from '../../files/find.js'
import { readWhole } from '../../files/read.js'
import type { Envelopes } from '../../policy/part.js'
import { readBundle, readLines } from '../../policy/witness/containers.js'
import type { EvidenceSource } from '../../policy/witness/evidence.js'
import { bundleLimit } from '../../stores/store.js'
import type { Problem } from '../../verdict/finding.js'

/** Most bytes that a bundle of cilock unpacks to. */
const mostUnpacked = 512 * 1024 * 1024

/**
 * The envelopes of the input `attestations`: files or patterns of envelopes, of lines of them (`.jsonl`), and bundles of
 * cilock. As there an envelope within another one is not taken out of a file: that is how registries hold them. A file
 * that is named must be readable; what a pattern finds twice counts once.
 */
export async function readGivenEnvelopes(patterns: readonly string[]): Promise<Envelopes> {
  const sources: EvidenceSource[] = []
  const problems: Problem[] = []
  const refuse = (message: string): void =>
    void problems.push({ code: 'input-invalid', message: `attestations: ${message}` })
  const seen = new Set<string>()
  for (const pattern of patterns) {
    const files = await findFiles(pattern)
    if (typeof files === 'string') {
      refuse(`${pattern}: ${files}`)
      continue
    }
    if (files.length === 0) refuse(`${pattern}: expected at least one file, got none`)
    const named = files.length === 1 && files[0] === pattern
    for (const file of files) {
      // Of a file that is named twice the reader of evidence says so, as cilock does.
      if (seen.has(file) && !named) continue
      seen.add(file)
      const read = await readWhole(file, bundleLimit, 'engine')
      if (read.kind !== 'found') {
        refuse(read.kind === 'absent' ? `no file ${file}` : read.problem.message)
        continue
      }
      const opened = open(read.value, file)
      opened.problems.forEach(refuse)
      sources.push(...opened.sources)
    }
  }
  return { sources, problems }
}

function open(
  bytes: Uint8Array,
  where: string,
): { readonly sources: readonly EvidenceSource[]; readonly problems: readonly string[] } {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      return readBundle(gunzipSync(bytes, { maxOutputLength: mostUnpacked }), where)
    } catch {
      return { sources: [], problems: [`${where}: it does not unpack to at most ${mostUnpacked} bytes`] }
    }
  }
  if (/\.(jsonl|ndjson)$/.test(where)) return readLines(bytes, where, 'given')
  return { sources: [{ bytes, where, origin: 'given' }], problems: [] }
}
