import { parseAllDocuments } from 'yaml'

/**
 * The characters that build something in YAML, and the ends of lines. The library takes seconds for some 100 000 of
 * them (it compares the keys of a mapping pairwise, and nests as deep as it is told), and a secret in base64 has none.
 */
const building = /[[\]{},:?&*!%#|>\n\r-]/g
const mostBuilding = 10_000
const widestIndent = 1000

/**
 * The documents of a YAML text, empty ones left out. A list of them is a document like any other.
 *
 * @returns undefined for what is no YAML, or more of it than a few manifests have
 */
export function yamlDocuments(text: string): readonly unknown[] | undefined {
  let count = 0
  for (let found = building.exec(text); found !== null; found = building.exec(text)) {
    if (++count <= mostBuilding) continue
    building.lastIndex = 0
    return undefined
  }
  if (text.includes(' '.repeat(widestIndent))) return undefined
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false })
    if (!Array.isArray(documents)) return []
    if (documents.some(({ errors }) => errors.length > 0)) return undefined
    return documents.map((one) => one.toJS() as unknown).filter((value) => value !== null)
  } catch {
    // More aliases, or deeper nesting, than anybody writes.
    return undefined
  }
}
