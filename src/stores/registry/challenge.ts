/** What a registry asks for before it answers (RFC 9110, 11.6.1). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service?: string; readonly scope?: string }

const parameter = /([a-zA-Z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g
const longest = 4096

/** @returns undefined when the header asks for nothing that can be given */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  if (header === undefined || header.length > longest) return undefined
  const bearer = /(?:^|,\s*)bearer\s+(.*)$/is.exec(header)
  if (bearer) {
    const parameters = new Map<string, string>()
    for (const [, key = '', quoted, bare] of String(bearer[1]).matchAll(parameter)) {
      const name = key.toLowerCase()
      // What is said again belongs to a challenge that follows this one.
      if (!parameters.has(name)) parameters.set(name, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '')
    }
    const realm = parameters.get('realm')
    if (realm === undefined || realm === '') return undefined
    const service = parameters.get('service')
    const scope = parameters.get('scope')
    return {
      scheme: 'bearer',
      realm,
      ...(service !== undefined && { service }),
      ...(scope !== undefined && scope !== '' && { scope }),
    }
  }
  return /(?:^|,\s*)basic(?:\s|,|$)/i.test(header) ? { scheme: 'basic' } : undefined
}
