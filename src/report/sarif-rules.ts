import { type Code, codes } from '../verdict/codes.js'

/** A rule as code scanning reads it. */
export interface SarifRule {
  readonly id: Code
  readonly name: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string; readonly markdown: string }
  readonly helpUri?: string
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' }
  readonly properties: Readonly<Record<string, string | readonly string[]>>
}

/** GitHub reads 7.0 to 8.9 as high. The verdict ranks no reason above another, and neither does this. */
const severity = '8.0'

const names = Object.keys(codes) as readonly Code[]

export function ruleIndexOf(code: Code): number {
  return names.indexOf(code)
}

/**
 * Every failure code as a rule, whatever the run came to: rules are to stay the same from run to run. Only what is proven
 * about an image has a security severity; an outage is no finding about it.
 *
 * @param docs URL of the folder with a page for each code
 */
export function sarifRules(docs?: string): readonly SarifRule[] {
  return names.map((code) => {
    const { class: kind, meaning, remedy } = codes[code]
    const isProven = kind === 'supply-chain'
    const verdict = isProven
      ? 'The image is rejected.'
      : `Nothing is proven against the image: the reason is one of ${kind}.`
    const page = docs === undefined ? undefined : `${docs}/${code}.md`
    return {
      id: code,
      name: code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      shortDescription: { text: meaning },
      fullDescription: { text: `${meaning} ${verdict}` },
      help: {
        text: `${meaning} ${verdict} ${remedy}`,
        markdown: `**${meaning}** ${verdict}\n\n${remedy}${page === undefined ? '' : `\n\n[More about \`${code}\`](${page})`}`,
      },
      ...(page !== undefined && { helpUri: page }),
      defaultConfiguration: { level: isProven ? 'error' : 'warning' },
      properties: isProven
        ? {
            precision: 'very-high',
            'security-severity': severity,
            tags: ['security', 'supply-chain', 'container-image'],
          }
        : { precision: 'very-high', 'problem.severity': 'warning', tags: [kind, 'container-image'] },
    }
  })
}
