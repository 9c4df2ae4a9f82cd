import { parseAllDocuments } from 'yaml'
import { isNestedDeeper } from '../../kubernetes/yaml-depth.js'
import type { ParsedText } from './json-text.js'

/** Signs that build something: the library takes time by their square, and nests as deep as it is told. */
const building = /[[\]{},:?&*!%#|>\n\r-]/g
const mostBuilding = 10_000
const widestIndent = 1000
const deepest = 100

/**
 * The first document of a YAML text as Kyverno reads it (sigs.k8s.io/yaml: YAML 1.1, so that `on` is true; dates stay
 * texts, keys become texts).
 */
export function parseYaml(text: string): ParsedText {
  if ((text.match(building)?.length ?? 0) > mostBuilding || text.includes(' '.repeat(widestIndent)))
    return { kind: 'wrong', message: 'more YAML than an expression may read', isLimit: true }
  try {
    if (isNestedDeeper(text, deepest))
      return { kind: 'wrong', message: 'YAML that is nested too deeply', isLimit: true }
    const documents = parseAllDocuments(text, {
      version: '1.1',
      logLevel: 'silent',
      prettyErrors: false,
      customTags: (tags) =>
        tags.filter(
          (one) => typeof one === 'string' || !/:(?:timestamp|binary|set|omap|pairs)$/.test(one.tag),
        ),
    })
    const [first] = Array.isArray(documents) ? documents : []
    if (first === undefined) return { kind: 'parsed', value: null }
    const [problem] = first.errors
    if (problem !== undefined) return { kind: 'wrong', message: `expected YAML: ${problem.message}` }
    const value: unknown = first.toJS({ maxAliasCount: 100 })
    // Through JSON, so that nothing but JSON comes out.
    return { kind: 'parsed', value: JSON.parse(JSON.stringify(value ?? null)) as unknown }
  } catch (error) {
    return {
      kind: 'wrong',
      message: `expected YAML: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}
