import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { RanAction } from './run.js'

/** Everything that a run lets anybody see. */
function everything(ran: RanAction): Readonly<Record<string, string>> {
  const file = ran.outputs['result-file'] ?? ''
  return {
    stdout: ran.stdout,
    stderr: ran.stderr,
    summary: ran.summary,
    outputs: Object.entries(ran.outputs)
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
    'result file': readFileSync(file, 'utf8'),
  }
}

/** The forms in which a secret travels: as it is, in a URL, in JSON and, as a whole, in base64. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  return [...new Set([secret, encodeURIComponent(secret), json, Buffer.from(secret).toString('base64')])]
}

/** Nothing that a run lets anybody see holds one of these secrets, in any of its forms. */
export function expectNoSecret(ran: RanAction, secrets: Readonly<Record<string, string>>): void {
  for (const [place, text] of Object.entries(everything(ran))) {
    expect(text, `${place} is there`).toBeTypeOf('string')
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, `${name} is a secret at all`).toBeGreaterThan(7)
      for (const form of formsOf(secret)) {
        expect(text.includes(form), `the ${name} in the ${place}: ${text}`).toBe(false)
      }
    }
  }
}
