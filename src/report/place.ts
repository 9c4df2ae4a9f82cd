import type { ImageResult, Origin, PolicyResult, Result } from '../verdict/result.js'

/** Where an image stands: `deploy/web.yaml:18 Deployment/shop/web, container app`. */
export function placeText({ file, line, resource, container }: Origin): string {
  const what = resource === undefined ? '' : ` ${resourceText(resource)}`
  return `${file}:${line}${what}${container === undefined ? '' : `, container ${container}`}`
}

/** Kind, namespace and name, in the order that Kyverno's reports have. */
export function resourceText({ kind, namespace, name }: NonNullable<PolicyResult['resource']>): string {
  return `${kind}/${namespace}/${name}`
}

/** The rule with its policy; a policy that has one rule only, or calls it like itself, is named once. */
export function ruleText({ policy, rule }: Pick<PolicyResult, 'policy' | 'rule'>): string {
  return rule === '' || rule === policy ? policy : `${policy}/${rule}`
}

/** Why nobody checked an image. */
export function whyNotChecked({ reference }: ImageResult, rows: readonly PolicyResult[]): string {
  const skip = rows.find(({ image, result }) => image === reference && result === 'skip')
  return skip === undefined ? 'no policy covers it' : `${ruleText(skip)} leaves it out: ${skip.message}`
}

/** The file and the line that a message begins with, of a file that the run read. */
export function located(
  text: string,
  { pinned = [], policyFiles = [] }: Result,
): { readonly file: string; readonly line: number } | undefined {
  for (const { file } of [...pinned, ...policyFiles]) {
    const number = text.startsWith(`${file}:`)
      ? /^(\d{1,9}):/.exec(text.slice(file.length + 1))?.[1]
      : undefined
    if (number !== undefined) return { file, line: Number(number) }
  }
  return undefined
}
