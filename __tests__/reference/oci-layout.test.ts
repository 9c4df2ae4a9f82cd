import { describe, expect, it } from 'vitest'
import { parseReference } from '../../src/reference/parse.js'

const digest = `sha256:${'ab'.repeat(32)}`
const read = (text: string): object => parseReference(text)

describe('a reference to an OCI layout', () => {
  it.each([
    ['dir', { path: 'dir' }],
    ['./dir', { path: './dir' }],
    ['/abs/dir', { path: '/abs/dir' }],
    ['../up/dir', { path: '../up/dir' }],
    ['.', { path: '.' }],
    ['dir:v1', { path: 'dir', tag: 'v1' }],
    [`dir@${digest}`, { path: 'dir', digest }],
    [`dir:v1@${digest}`, { path: 'dir', tag: 'v1', digest }],
    // Folders may hold a colon or an at sign: only in the last component does either say anything.
    ['a:b/dir', { path: 'a:b/dir' }],
    ['a:b/dir:v1', { path: 'a:b/dir', tag: 'v1' }],
    ['C:\\images\\app', { path: 'C:\\images\\app' }],
    ['C:\\images\\app:v1', { path: 'C:\\images\\app', tag: 'v1' }],
    ['pkg@1/dir:v1', { path: 'pkg@1/dir', tag: 'v1' }],
    [`pkg@1/dir@${digest}`, { path: 'pkg@1/dir', digest }],
  ])('%s', (rest, wanted) => {
    const text = `oci-layout://${rest}`
    expect(read(text)).toEqual({ kind: 'oci-layout', text, ...wanted })
  })

  it.each([
    ['', 'missing folder of the layout'],
    [':v1', 'missing folder of the layout'],
    [`@${digest}`, 'missing folder of the layout'],
    ['dir:', "empty tag after ':'"],
    ['dir@', 'malformed digest "": expected sha256: and 64 lower-case hex digits'],
    ['dir@sha256:abc', 'malformed digest "sha256:abc": expected sha256: and 64 lower-case hex digits'],
    [`dir@${digest.toUpperCase()}`, /^malformed digest/],
    [`dir@${digest}:v1`, /^malformed digest/],
  ])('refuses %s', (rest, why) => {
    const text = `oci-layout://${rest}`
    const reason = typeof why === 'string' ? why : (expect.stringMatching(why) as string)
    expect(read(text)).toEqual({ kind: 'unreadable', text, reason })
  })
})
