import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imagesOf } from '../../../src/kubernetes/images.js'
import { parseManifest } from '../../../src/kubernetes/manifest.js'
import { pinImages } from '../../../src/kubernetes/pin.js'
import { openCounts } from '../harness/counts.js'
import { attackByFuzz, property } from '../harness/fuzz-attack.js'
import { texts } from '../harness/hostile.js'
import { kubernetesParsers, manifests as samples } from '../parsers/kubernetes.js'

const digest = `sha256:${'ab'.repeat(32)}` as const

attackByFuzz('kubernetes', kubernetesParsers)

describe('a manifest that was pinned', () => {
  const count = openCounts('fuzz', 'kubernetes-properties')
  it('says the same but for its images, and those by their digest', () => {
    property(count, fc.oneof(texts(samples), fc.constantFrom(...samples)), (text) => {
      const manifest = parseManifest('app.yaml', text)
      if (manifest.problems.length > 0) return
      const images = manifest.resources.flatMap((resource) => imagesOf(resource).images)
      const pinned = pinImages(
        manifest,
        images.map((image) => ({ image, digest })),
      )
      if (pinned.kind === 'unpinned') return
      const again = parseManifest('app.yaml', pinned.text)
      expect(again.problems).toEqual([])
      const after = again.resources.flatMap((resource) => imagesOf(resource).images)
      expect(after.map(({ origin }) => origin.path)).toEqual(images.map(({ origin }) => origin.path))
      expect(after.filter(({ text }) => !text.endsWith(`@${digest}`))).toEqual([])
      const inserted = pinned.text.replaceAll(`@${digest}`, '').replaceAll(':latest', '')
      expect(inserted).toBe(text.replaceAll(`@${digest}`, '').replaceAll(':latest', ''))
    })
  })
})
