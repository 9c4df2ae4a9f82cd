import {
  has,
  listOf,
  objectOf,
  openFields,
  openResource,
  refuse,
  textOf,
  warn,
  within,
  type Fields,
  type Reading,
} from './fields.js'
import { readGlob, type Glob } from './glob.js'
import { readLabelSelector } from './label-selector.js'
import type { ClusterImagePolicy, ResourceMatch } from './model.js'
import { readAuthority } from './read-authority.js'
import { readTopPolicy } from './read-evaluated-policy.js'
import type { Secrets } from './read-key.js'
import { readMetadata } from './read-metadata.js'
import type { Located } from '../located.js'

/**
 * Reads a ClusterImagePolicy, as strictly as policy-controller's webhook with its default configuration (which wants
 * authorities), and with every unknown field a problem.
 *
 * @returns undefined for a document with a problem; what it is stands in the reading
 */
export function readClusterImagePolicy(
  reading: Reading,
  node: Located,
  version: ClusterImagePolicy['version'],
  secrets: Secrets,
): ClusterImagePolicy | undefined {
  const before = reading.problems.length
  const document = openResource(reading, node)
  if (document === undefined) return undefined
  const metadata = readMetadata(document)
  const spec = objectOf(document, 'spec', ['images', 'authorities', 'policy', 'mode', 'match'])
  if (spec === undefined) {
    refuse(document, undefined, {
      message: 'expected a spec',
      peerReason: 'missing field(s): spec.authorities, spec.images',
    })
    return undefined
  }
  const images = readImages(spec)
  const mode = readMode(spec)
  const match = listOf(spec, 'match').flatMap((item) => readMatch(spec, item) ?? [])
  const items = listOf(spec, 'authorities')
  if (items.length === 0) {
    refuse(spec, undefined, {
      message: 'expected at least one authority: without one nothing is demanded of an image',
      peerReason: 'missing field(s): spec.authorities',
    })
  }
  const authorities = items.flatMap((item, index) => readAuthority(reading, item, index, secrets) ?? [])
  const policy = readTopPolicy(spec)
  warnOfSilence(spec, authorities, mode, policy?.type === 'cue')
  if (metadata === undefined || reading.problems.length > before) return undefined
  return {
    kind: 'ClusterImagePolicy',
    version,
    name: metadata.name,
    file: reading.file,
    line: node.line,
    images,
    mode,
    match,
    authorities,
    ...(policy && { policy }),
  }
}

function readImages(spec: Fields): readonly Glob[] {
  const items = listOf(spec, 'images')
  if (items.length === 0) {
    refuse(spec, undefined, {
      message: 'expected at least one glob in "images"',
      peerReason: 'missing field(s): spec.images',
    })
  }
  return items.flatMap((item) => {
    const fields = openFields(spec.reading, item, ['glob'])
    if (fields === undefined) return []
    const text = textOf(fields, 'glob')
    if (text === undefined) {
      refuse(fields, undefined, {
        message: 'expected a glob in "glob"',
        peerReason: `missing field(s): ${within(fields.path, 'glob')}`,
      })
      return []
    }
    const glob = readGlob(text)
    if (typeof glob !== 'string') {
      warnOfGlob(fields, text)
      return [glob]
    }
    refuse(fields, 'glob', {
      message: `"${text}" is no glob: ${glob}`,
      peerReason: `invalid value: ${text}: ${within(fields.path, 'glob')}`,
    })
    return []
  })
}

/** In a cluster a reference has lost its tag when it is compared. */
function warnOfGlob(fields: Fields, text: string): void {
  const last = text.slice(text.lastIndexOf('/') + 1)
  if (last.includes(':') && !last.includes('@')) {
    warn(fields, 'glob', {
      message: `"${text}" ends in a tag: where policy-controller enforces, images are compared as name@sha256:… and this never matches`,
    })
  }
}

function readMode(spec: Fields): ClusterImagePolicy['mode'] {
  const said = textOf(spec, 'mode') ?? 'enforce'
  if (said === 'enforce' || said === 'warn') return said
  refuse(spec, 'mode', {
    message: `expected enforce or warn, got "${said}"`,
    peerReason: `invalid value: ${said}: spec.mode`,
  })
  return 'enforce'
}

/** The resources that policy-controller looks into. */
const resources = ['pods', 'replicasets', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']

function readMatch(spec: Fields, item: Parameters<typeof openFields>[1]): ResourceMatch | undefined {
  const fields = openFields(spec.reading, item, ['group', 'version', 'resource', 'selector'])
  if (fields === undefined) return undefined
  const group = textOf(fields, 'group') ?? ''
  const version = textOf(fields, 'version') ?? ''
  const resource = textOf(fields, 'resource') ?? ''
  if (has(fields, 'selector') && group === '' && version === '' && resource === '') {
    refuse(fields, 'selector', {
      message: 'a selector needs the resource whose labels it selects by',
      peerReason: `invalid value: : ${within(fields.path, 'selector')}`,
    })
  } else if (resource === '' || version === '') {
    warn(fields, undefined, {
      message: `without a ${resource === '' ? 'resource' : 'version'} this matches no resource at all`,
    })
  }
  if (resource !== '' && !resources.includes(resource)) {
    refuse(fields, 'resource', {
      message: `expected one of ${resources.join(', ')}, got "${resource}"`,
      peerReason: `invalid value: ${resource}: ${within(fields.path, 'resource')}`,
    })
  }
  const selector = readLabelSelector(fields, 'selector')
  return { group, version, resource, ...(selector && { selector }) }
}

function warnOfSilence(
  spec: Fields,
  authorities: ClusterImagePolicy['authorities'],
  mode: ClusterImagePolicy['mode'],
  cue: boolean,
): void {
  if (mode === 'warn') {
    warn(spec, 'mode', { message: 'mode warn: a failure is listed and keeps no image from being promoted' })
  }
  const pass = authorities.find((one) => one.kind === 'static' && one.action === 'pass')
  if (pass) {
    const others = authorities.length > 1 ? '; the other authorities are never needed' : ''
    warn(spec, 'authorities', { message: `authority ${pass.name} passes every image unchecked${others}` })
  }
  const seen = new Set<string>()
  for (const { name } of authorities) {
    if (seen.has(name)) {
      warn(spec, 'authorities', {
        message: `two authorities are called "${name}": the policy over them sees one`,
      })
    }
    seen.add(name)
  }
  if (cue && authorities.length > 1) {
    warn(spec, 'policy', {
      message:
        'a CUE policy of policy-controller holds when an authority it speaks of did not pass and is absent; say so in Rego, or in one policy for each',
    })
  }
}
