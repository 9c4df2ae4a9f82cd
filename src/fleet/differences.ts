import type { ResultDocument } from '../report/document.js'

/** Inputs that say where, how fast and with whose leave, not what is demanded: shards may differ in them. */
const harmless: ReadonlySet<string> = new Set(
  `image images-file manifests plan shard result-file summary policy-report vsa-outfile html-report sarif-report concurrency
  retries timeout wait registry-username registry-password registry-config registry-cacert github-token`.split(
    /\s+/,
  ),
)

/** A shard by the name that messages give it. */
export interface Named {
  readonly name: string
  readonly document: ResultDocument
}

/**
 * What keeps the results of shards from being those of one run: another demand, another policy or another key under the
 * same name.
 */
export function differences([first, ...others]: readonly Named[]): readonly string[] {
  if (!first) return []
  return others.flatMap((other) => [
    ...inputsThatDiffer(first.document, other.document).map(
      (input) => `${other.name} was judged with another ${input} than ${first.name}`,
    ),
    ...filesThatDiffer(first.document, other.document).map(
      (file) => `${other.name} was judged with another content of ${file} than ${first.name}`,
    ),
    ...(otherRoot(first.document, other.document)
      ? [`${other.name} was judged with another content of trusted-root than ${first.name}`]
      : []),
    ...keysThatDiffer(first.document, other.document).map(
      (key) => `${other.name} was judged with another key ${key} than ${first.name}`,
    ),
  ])
}

function inputsThatDiffer(
  { inputs: one }: ResultDocument,
  { inputs: other }: ResultDocument,
): readonly string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  const valueOf = (inputs: ResultDocument['inputs'], name: string): string =>
    Object.hasOwn(inputs, name) ? JSON.stringify(inputs[name]) : ''
  return names.filter((name) => !harmless.has(name) && valueOf(one, name) !== valueOf(other, name))
}

function filesThatDiffer(one: ResultDocument, other: ResultDocument): readonly string[] {
  const hashes = new Map(one.policyFiles.map(({ file, sha256 }) => [file, sha256]))
  return other.policyFiles.flatMap(({ file, sha256 }) => {
    const before = hashes.get(file)
    return before !== undefined && before !== sha256 ? [file] : []
  })
}

/** What TUF hands out may change between two jobs; a file may not. */
function otherRoot(one: ResultDocument, other: ResultDocument): boolean {
  const given = one.inputs['trusted-root'] ?? ''
  return given !== '' && one.trust !== null && other.trust !== null && one.trust.sha256 !== other.trust.sha256
}

/** A key that rotates may have got a version meanwhile; a key in a file has none. */
function keysThatDiffer(one: ResultDocument, other: ResultDocument): readonly string[] {
  const hashesOf = ({ keys }: ResultDocument, reference: string): readonly string[] =>
    keys.filter((key) => key.reference === reference && key.version === undefined).map(({ sha256 }) => sha256)
  return [...new Set(other.keys.map(({ reference }) => reference))].filter((reference) => {
    const [before, now] = [hashesOf(one, reference), hashesOf(other, reference)]
    return before.length > 0 && now.length > 0 && !now.every((sha256) => before.includes(sha256))
  })
}
