import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { type Code, classOf, type Service } from '../../src/verdict/codes.js'
import { digestOf, manifest } from './store.js'
import type { RanAction } from './run.js'

const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'), 'utf8'),
) as object
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)

/** `verified`, or the code of the failure; where a service failed, with its name: `timeout storage`. */
export type Expected = 'verified' | Code | `${Code} ${Service}`

/**
 * Holds outputs, annotations, summary, document and exit of one run to one ending: they may never disagree.
 * @param digest of the image, where it is another than the harness's own
 */
export function expectEnding(ran: RanAction, expected: Expected, digest = digestOf(manifest)): void {
  const said = ran.stdout + ran.stderr
  const [code = '', service] = expected.split(' ')
  if (code === 'verified') {
    expect(ran.outputs, said).toMatchObject({ verdict: 'verified', 'failure-code': '', 'failure-class': '' })
    expect(ran.outputs['digest']).toBe(digest)
    expect(ran.annotations).toEqual([])
    expect(ran.exit).toBe(0)
  } else {
    const failureClass = classOf(code as Code)
    const verdict = failureClass === 'supply-chain' ? 'rejected' : 'undetermined'
    const spoken = failureClass.replace('-', ' ')
    expect(ran.outputs, said).toMatchObject({ verdict, 'failure-class': failureClass, 'failure-code': code })
    expect(ran.document).toMatchObject({ verified: false, verdict, failure: { class: failureClass, code } })
    expect(ran.document?.failure?.service).toBe(service)
    expect(ran.outputs['images']).toBe('[]')
    expect(ran.annotations.map(({ title }) => title.toLowerCase())).toEqual([`${verdict}: ${spoken}`])
    expect(ran.exit).toBe(verdict === 'rejected' ? 1 : 2)
  }
  const titles = { verified: '✅ Verified', rejected: '❌ Rejected', undetermined: '⚠️ Undetermined' }
  expect(ran.summary).toContain(`## ${titles[ran.outputs['verdict'] as keyof typeof titles]}`)
  expect(ran.document?.verdict).toBe(ran.outputs['verdict'])
  expect(ran.document && isDocument(ran.document), JSON.stringify(isDocument.errors)).toBe(true)
}
