import { describe, expect, it } from 'vitest'
import { readArtifactsList } from '../../src/inputs/artifacts-list.js'

const [a, b] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`) as [string, string]
const read = (value: unknown): ReturnType<typeof readArtifactsList> =>
  readArtifactsList(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
const listing = (...subjects: readonly unknown[]): unknown => ({ version: 1, subjects })
const oci = (name: string, digest: string): unknown => ({ name, digest, kind: 'oci' })

describe('the list of artifacts', () => {
  it.each([
    ['an image', listing(oci('ghcr.io/org/app', a)), [`ghcr.io/org/app@${a}`]],
    ['a tag, which stays', listing(oci('ghcr.io/org/app:v1', a)), [`ghcr.io/org/app:v1@${a}`]],
    ['a port', listing(oci('localhost:5000/app', a)), [`localhost:5000/app@${a}`]],
    ['the digest in the name too', listing(oci(`ghcr.io/org/app@${a}`, a)), [`ghcr.io/org/app@${a}`]],
    ['a scheme', listing(oci('oci://ghcr.io/org/app', a)), [`ghcr.io/org/app@${a}`]],
    [
      'capital digits',
      listing(oci('ghcr.io/org/app', a.toUpperCase().replace('SHA', 'sha'))),
      [`ghcr.io/org/app@${a}`],
    ],
    [
      'files beside',
      listing({ name: 'app.tar', digest: b, kind: 'file' }, oci('r.io/a', a)),
      [`r.io/a@${a}`],
    ],
    ['two', listing(oci('r.io/a', a), oci('r.io/b', b)), [`r.io/a@${a}`, `r.io/b@${b}`]],
    ['one twice', listing(oci('r.io/a', a), oci('r.io/a', a)), [`r.io/a@${a}`]],
    [
      'one name with two digests',
      listing(oci('r.io/a', a), oci('r.io/a', b)),
      [`r.io/a@${a}`, `r.io/a@${b}`],
    ],
    ['nothing', listing(), []],
    ['an empty file', '', []],
    ['an empty line', '\n', []],
  ])('names %s', (_what, value, images) => {
    expect(read(value)).toEqual({ images })
  })

  it.each([
    ['no JSON', '{', 'expected a JSON object'],
    ['a list', [], 'expected a JSON object'],
    ['another version', { version: 2, subjects: [] }, 'expected version 1, got 2'],
    ['no version', { subjects: [] }, 'expected version 1'],
    ['no subjects', { version: 1 }, 'expected a list of subjects'],
    ['too many', listing(...Array.from({ length: 501 }, () => oci('r.io/a', a))), 'at most 500'],
    ['another kind', listing({ name: 'x', digest: a, kind: 'helm' }), 'expected kind oci or file, got helm'],
    ['no kind', listing({ name: 'x', digest: a }), 'expected kind oci or file'],
    ['no name', listing({ digest: a, kind: 'oci' }), 'expected a name'],
    ['no digest', listing({ name: 'r.io/a', kind: 'oci' }), 'expected a digest'],
    ['a short digest', listing(oci('r.io/a', 'sha256:aa')), 'expected a digest'],
    ['sha512', listing(oci('r.io/a', `sha512:${'a'.repeat(128)}`)), 'expected a digest'],
    ['two digests at once', listing(oci(`r.io/a@${b}`, a)), 'expected one digest'],
    ['an entry that is none', listing('r.io/a'), 'expected kind oci or file'],
    ['a byte order mark', `\uFEFF${JSON.stringify(listing())}`, 'expected a JSON object'],
  ])('is refused whole for %s', (_what, value, problem) => {
    expect(read(value)).toEqual({ problem: expect.stringContaining(problem) as string })
  })
})
