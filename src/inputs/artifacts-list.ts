import { field, isObject, listField, readObject, textField } from '../evidence/json.js'
import { isDigest } from '../reference/reference.js'

/** The runner names the artifacts of earlier steps in a file of this format (runner 2.336). */
const knownVersion = 1
/** As many as the runner lists. */
const mostArtifacts = 500

/** The images among them, each with its digest; or what is wrong with the list. */
export type ListedImages = { readonly images: readonly string[] } | { readonly problem: string }

/**
 * Reads `GITHUB_ARTIFACTS_LIST`: `{"version":1,"subjects":[{"name","digest","kind"}]}`, sorted by name. Files (`kind`
 * `file`) are no images. A runner that knows the list, but for which it is switched off, leaves the file empty.
 */
export function readArtifactsList(bytes: Uint8Array): ListedImages {
  if (Buffer.from(bytes).toString('utf8').trim() === '') return { images: [] }
  const list = readObject(bytes)
  if (!list) return wrong('expected a JSON object, got something else')
  const version = field(list, 'version')
  if (version !== knownVersion)
    return wrong(`expected version ${knownVersion}, got ${JSON.stringify(version)}`)
  const subjects = listField(list, 'subjects')
  if (!subjects) return wrong('expected a list of subjects, got none')
  if (subjects.length > mostArtifacts)
    return wrong(`expected at most ${mostArtifacts} subjects, got ${subjects.length}`)
  const images = new Set<string>()
  for (const [index, subject] of subjects.entries()) {
    const one = isObject(subject) ? subject : undefined
    const kind = textField(one, 'kind')
    if (kind === 'file') continue
    if (kind !== 'oci') return wrong(`subject ${index}: expected kind oci or file, got ${String(kind)}`)
    const [name = '', said] = (textField(one, 'name') ?? '').replace(/^oci:\/\//, '').split('@')
    const digest = (textField(one, 'digest') ?? '').toLowerCase()
    if (name === '') return wrong(`subject ${index}: expected a name, got none`)
    if (!isDigest(digest)) return wrong(`subject ${index}: expected a digest sha256:…, got ${digest}`)
    if (said !== undefined && said !== digest)
      return wrong(`subject ${index}: expected one digest, got ${said} in the name and ${digest} beside it`)
    images.add(`${name}@${digest}`)
  }
  return { images: [...images] }
}

function wrong(problem: string): ListedImages {
  return { problem }
}
