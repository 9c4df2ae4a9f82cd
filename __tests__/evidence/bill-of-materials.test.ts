import { describe, expect, it } from 'vitest'
import { isBillType, readBillOfMaterials } from '../../src/evidence/bill-of-materials.js'
import type { JsonObject } from '../../src/evidence/json.js'
import type { BillOfMaterials } from '../../src/verdict/statement-summary.js'
import { extentOf, oddValues, spoilt, statementsIn } from './attested.js'

function read(predicate: unknown): BillOfMaterials {
  const bill = readBillOfMaterials(predicate)
  if (bill === undefined) throw new Error('expected a bill of materials')
  return bill
}

const purl = (referenceLocator: string): object => ({
  referenceCategory: 'PACKAGE-MANAGER',
  referenceType: 'purl',
  referenceLocator,
})
const musl = { SPDXID: 'SPDXRef-1', name: 'musl', externalRefs: [purl('pkg:apk/alpine/musl@1.2.5-r0')] }
const leftPad = { SPDXID: 'SPDXRef-2', name: 'left-pad', externalRefs: [purl('pkg:npm/left-pad@1.3.0')] }
const describes = (id: string): object => ({
  spdxElementId: 'SPDXRef-DOCUMENT',
  relatedSpdxElement: id,
  relationshipType: 'DESCRIBES',
})

/** As syft writes it, of an image, a folder or a file. */
function bySyft(kind: 'Image' | 'Directory' | 'File', changes: object = {}): JsonObject {
  const folder = { Image: 'image', Directory: 'dir', File: 'file' }[kind]
  const root = {
    name: 'app',
    SPDXID: `SPDXRef-DocumentRoot-${kind}-app`,
    primaryPackagePurpose: kind === 'Image' ? 'CONTAINER' : 'FILE',
    ...(kind === 'Image' && { externalRefs: [purl(`pkg:oci/app@sha256%3A${'ab'.repeat(32)}?arch=amd64`)] }),
  }
  return {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'registry.example/app:v1',
    documentNamespace: `https://anchore.com/syft/${folder}/app-8a1b`,
    creationInfo: {
      creators: ['Organization: Anchore, Inc', 'Tool: syft-1.42.3'],
      created: '2026-09-02T12:00:00Z',
    },
    packages: [kind === 'Image' ? musl : leftPad, root],
    relationships: [
      { spdxElementId: root.SPDXID, relatedSpdxElement: 'SPDXRef-1', relationshipType: 'CONTAINS' },
      describes(root.SPDXID),
    ],
    ...changes,
  }
}

/** As trivy writes it. */
function byTrivy(kind: 'container_image' | 'filesystem' | 'repository'): JsonObject {
  const purpose = kind === 'container_image' ? 'CONTAINER' : 'SOURCE'
  return {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'app',
    documentNamespace: `http://trivy.dev/${kind}/app-1`,
    creationInfo: {
      creators: ['Organization: aquasecurity', 'Tool: trivy-0.66.0'],
      created: '2026-01-01T00:00:00Z',
    },
    packages: [leftPad, { name: 'app', SPDXID: 'SPDXRef-Root-1', primaryPackagePurpose: purpose }],
    relationships: [describes('SPDXRef-Root-1')],
  }
}

/** As buildkit's scanner writes it: always of a folder. */
function byBuildkit(name: string, packages: readonly object[] = [musl]): JsonObject {
  const root = { name, SPDXID: `SPDXRef-DocumentRoot-Directory-${name}`, primaryPackagePurpose: 'FILE' }
  return bySyft('Directory', {
    name,
    documentNamespace: `https://anchore.com/syft/dir/${name}-12345678`,
    creationInfo: {
      creators: ['Organization: Anchore, Inc', 'Tool: syft-v1.42.3', 'Tool: buildkit-v0.30.0'],
    },
    packages: [...packages, root],
    relationships: [describes(root.SPDXID)],
  })
}

describe('SPDX', () => {
  it('by syft of an image says what it lists, by what and when', () => {
    expect(read(bySyft('Image'))).toEqual({
      kind: 'bill-of-materials',
      format: 'SPDX',
      version: '2.3',
      name: 'registry.example/app:v1',
      components: 1,
      tool: 'syft 1.42.3',
      createdAt: '2026-09-02T12:00:00Z',
      about: 'image',
      subjectName: 'app',
    })
  })

  it.each([
    ['syft, an image', bySyft('Image'), 'image'],
    ['syft, a folder', bySyft('Directory'), 'source'],
    ['syft, a file', bySyft('File'), 'source'],
    [
      'syft 0.60, an image: only the namespace tells',
      bySyft('Image', { packages: [], relationships: [] }),
      'image',
    ],
    [
      'syft 0.60, a folder: only the namespace tells',
      bySyft('Directory', { packages: [], relationships: [] }),
      'source',
    ],
    ['trivy, an image', byTrivy('container_image'), 'image'],
    ['trivy, a folder', byTrivy('filesystem'), 'source'],
    ['trivy, a repository', byTrivy('repository'), 'source'],
    ['buildkit, the image', byBuildkit('sbom'), 'image'],
    ['buildkit, an image without packages of a system', byBuildkit('sbom', [leftPad]), 'image'],
    ['buildkit, the build context', byBuildkit('sbom-context', [leftPad]), 'source'],
    ['buildkit, a stage of the build', byBuildkit('sbom-build'), 'unknown'],
    ['buildkit, a stage without packages of a system', byBuildkit('sbom-build', [leftPad]), 'unknown'],
    ['buildkit of 2022, the image', { ...bySyft('Directory'), name: '/run/src/core' }, 'image'],
    ['buildkit of 2023, the image', { ...bySyft('Directory'), name: '/run/src/core/sbom' }, 'image'],
    [
      'buildkit of 2023, the context',
      { ...bySyft('Directory'), name: '/run/src/extras/sbom-context' },
      'source',
    ],
    ['buildkit of 2023, a stage', { ...bySyft('Directory'), name: '/run/src/extras/sbom-base' }, 'unknown'],
    [
      'buildkit of 2022, the context',
      { ...bySyft('Directory'), name: '/run/src/extras/context', packages: [musl] },
      'source',
    ],
    ['a folder named like buildkit’s, by syft', bySyft('Directory', { name: 'sbom' }), 'source'],
    ['a folder with a name that buildkit gives nothing', byBuildkit('app', [leftPad]), 'source'],
    ['a folder whose name only begins like buildkit’s', byBuildkit('sbomber', [leftPad]), 'source'],
    [
      'a folder below the one that buildkit of 2022 scans',
      { ...bySyft('Directory'), name: '/run/src/core/app' },
      'source',
    ],
    [
      'a folder of another path with extras',
      { ...bySyft('Directory'), name: '/x/run/src/extras/a' },
      'source',
    ],
    [
      'a folder named like buildkit’s, by somebody of that name',
      bySyft('Directory', {
        name: 'sbom',
        creationInfo: { creators: ['Person: buildkit-', 7, 'Tool: x-1'] },
      }),
      'source',
    ],
    [
      'buildkit, although it names itself after what is no text',
      bySyft('Directory', { name: 'sbom', creationInfo: { creators: [7, 'Tool: buildkit-v1'] } }),
      'image',
    ],
    [
      'buildkit, without a name',
      bySyft('Directory', { name: 7, creationInfo: { creators: ['Tool: buildkit-v1'] } }),
      'source',
    ],
    [
      'a folder named like buildkit’s, by nobody',
      bySyft('Directory', { name: 'sbom', creationInfo: {} }),
      'source',
    ],
  ] as const)('by %s', (_, document, about) => {
    expect(read(document).about).toBe(about)
  })

  const bare = { spdxVersion: 'SPDX-2.2', name: 'app', packages: [leftPad] }
  it.each([
    ['nothing that tells', bare, 'unknown'],
    ['packages of a system', { ...bare, packages: [leftPad, musl] }, 'image'],
    ['a described APPLICATION', described({ primaryPackagePurpose: 'APPLICATION' }), 'source'],
    ['a described SOURCE', described({ primaryPackagePurpose: 'SOURCE' }), 'source'],
    ['a described FRAMEWORK', described({ primaryPackagePurpose: 'FRAMEWORK' }), 'source'],
    ['a described LIBRARY', described({ primaryPackagePurpose: 'LIBRARY' }), 'source'],
    ['a described FILE', described({ primaryPackagePurpose: 'FILE' }), 'source'],
    ['a described CONTAINER', described({ primaryPackagePurpose: 'CONTAINER' }), 'image'],
    ['a described constructor', described({ primaryPackagePurpose: 'constructor' }), 'unknown'],
    [
      'the package URL of an image in a field for another kind',
      described({ externalRefs: [{ referenceType: 'cpe23Type', referenceLocator: 'pkg:oci/x' }] }),
      'unknown',
    ],
    [
      'a package URL that is no text, before one of an image',
      described({ externalRefs: [{ referenceType: 'purl', referenceLocator: 7 }, purl('pkg:oci/x')] }),
      'image',
    ],
    [
      'a package URL that only holds an image’s',
      described({ externalRefs: [purl('x:pkg:oci/x')] }),
      'unknown',
    ],
    [
      'a package URL that only holds a system’s',
      { ...bare, packages: [{ externalRefs: [purl('x:pkg:apk/a')] }] },
      'unknown',
    ],
    [
      'packages of a system behind another package URL',
      { ...bare, packages: [{ externalRefs: [purl('pkg:npm/x'), purl('pkg:rpm/x')] }] },
      'image',
    ],
    ['a described OPERATING-SYSTEM', described({ primaryPackagePurpose: 'OPERATING-SYSTEM' }), 'unknown'],
    ['the package URL of an image', described({ externalRefs: [purl('pkg:docker/app@v1')] }), 'image'],
    ['the package URL of a repository', described({ externalRefs: [purl('pkg:github/o/r@v1')] }), 'source'],
    [
      'the package URL of an image on a component',
      { ...bare, packages: [{ ...leftPad, externalRefs: [purl('pkg:oci/x')] }] },
      'unknown',
    ],
    [
      'CONTAINER on a component',
      { ...bare, packages: [{ ...leftPad, primaryPackagePurpose: 'CONTAINER' }] },
      'unknown',
    ],
    ['SOURCE with packages of a system', described({ primaryPackagePurpose: 'SOURCE' }, [musl]), 'unknown'],
    ['a folder with packages of a system', bySyft('Directory', { packages: [musl] }), 'unknown'],
    [
      'CONTAINER under the namespace of a folder',
      { ...bySyft('Image'), documentNamespace: 'https://anchore.com/syft/dir/x' },
      'unknown',
    ],
    [
      'a namespace that only looks like syft’s',
      { ...bare, documentNamespace: 'https://evil.example/anchore.com/syft/image/x' },
      'unknown',
    ],
  ] as const)('with %s', (_, document, about) => {
    expect(read(document).about).toBe(about)
  })

  function described(changes: object, more: readonly object[] = []): JsonObject {
    const root = { SPDXID: 'SPDXRef-root', name: 'app', ...changes }
    return { spdxVersion: 'SPDX-2.3', packages: [root, ...more], documentDescribes: ['SPDXRef-root'] }
  }

  it('describes by either relationship, in either direction, and only by the document itself', () => {
    const root = { SPDXID: 'SPDXRef-root', name: 'the app', primaryPackagePurpose: 'CONTAINER' }
    const with_ = (relationships: readonly object[]): BillOfMaterials =>
      read({ ...bare, packages: [leftPad, root], relationships })
    const back = {
      spdxElementId: 'SPDXRef-root',
      relatedSpdxElement: 'SPDXRef-DOCUMENT',
      relationshipType: 'DESCRIBED_BY',
    }
    for (const one of [describes('SPDXRef-root'), back])
      expect(with_([one])).toMatchObject({ about: 'image', subjectName: 'the app', components: 1 })
    const foreign = { ...describes('SPDXRef-root'), spdxElementId: 'SPDXRef-2' }
    expect(with_([foreign])).toMatchObject({ about: 'unknown', components: 2 })
    expect(with_([foreign])).not.toHaveProperty('subjectName')
  })

  it('is about as much as it describes, each once, and only what is among its packages', () => {
    const [one, two] = ['one', 'two'].map((name) => ({
      SPDXID: `SPDXRef-${name}`,
      name,
      primaryPackagePurpose: 'CONTAINER',
    }))
    const of = (documentDescribes: unknown, changes: object = {}): BillOfMaterials =>
      read({
        ...bare,
        packages: [leftPad, one, two, { name: 'without an id' }],
        documentDescribes,
        ...changes,
      })
    expect(of(['SPDXRef-one', 'SPDXRef-one'])).toMatchObject({ components: 3, subjectName: 'one' })
    expect(of(['SPDXRef-one', 'SPDXRef-two'])).toMatchObject({ components: 2, about: 'image' })
    expect(of(['SPDXRef-one', 'SPDXRef-two'])).not.toHaveProperty('subjectName')
    for (const none of [undefined, [], 'SPDXRef-one', ['SPDXRef-gone'], ['', 7, null, undefined]]) {
      expect(of(none)).toMatchObject({ components: 4, about: 'unknown' })
      expect(of(none)).not.toHaveProperty('subjectName')
    }
  })

  it('may describe a thousand things; what comes after them is a component', () => {
    const packages = Array.from({ length: 1002 }, (_, at) => ({ SPDXID: `SPDXRef-${at}` }))
    const documentDescribes = packages.map(({ SPDXID }) => SPDXID)
    expect(read({ ...bare, packages, documentDescribes }).components).toBe(2)
  })

  it('describes under its own id, which need not be the usual one', () => {
    const root = { SPDXID: 'SPDXRef-root', name: 'the app' }
    const relation = (
      relationshipType: string,
      spdxElementId: string,
      relatedSpdxElement: string,
    ): object => ({
      relationshipType,
      spdxElementId,
      relatedSpdxElement,
    })
    const subject = (changes: object): string | undefined =>
      read({ ...bare, packages: [leftPad, root], ...changes }).subjectName
    const own = 'SPDXRef-mine'
    for (const it of [
      relation('DESCRIBES', own, 'SPDXRef-root'),
      relation('DESCRIBED_BY', 'SPDXRef-root', own),
    ]) {
      expect(subject({ SPDXID: own, relationships: [it] })).toBe('the app')
      expect(subject({ relationships: [it] })).toBeUndefined()
    }
    for (const it of [
      relation('CONTAINS', own, 'SPDXRef-root'),
      relation('DESCRIBES', 'SPDXRef-root', own),
      relation('DESCRIBED_BY', own, 'SPDXRef-root'),
      relation('DESCRIBED_BY', 'SPDXRef-root', 'SPDXRef-2'),
      relation('CONTAINED_BY', 'SPDXRef-root', own),
    ])
      expect(subject({ SPDXID: own, relationships: [it] })).toBeUndefined()
  })

  it('says no more than is there', () => {
    expect(read({ spdxVersion: 'SPDX-' })).toEqual({
      kind: 'bill-of-materials',
      format: 'SPDX',
      version: '',
      components: 0,
      about: 'unknown',
    })
  })

  it.each([
    [['Tool:x-1'], 'x 1'],
    [['Tool:  x-1  '], 'x 1'],
    [['Tool: a-b-1.2'], 'a-b 1.2'],
    [['Tool: a-1-beta'], 'a-1-beta'],
    [['Tool: a-v2'], 'a v2'],
    [['Tool: a-version'], 'a-version'],
    [['Tool: a-2b'], 'a 2b'],
    [['Tool:', 'Tool: ', 'Tool: a'], 'a'],
    [['Tool:'], undefined],
    [['My Tool: x-1', 'tool: y-1'], undefined],
    [['Person: Alice', 'Tool: a-1'], 'a 1'],
    [[`Tool: ${'x'.repeat(400)}`], `${'x'.repeat(299)}…`],
    [['Tool: syft-v0.60.3', 'Tool: buildkit-v0.17.2'], 'syft v0.60.3, buildkit v0.17.2'],
    [['Tool: kubernetes-bom-generator'], 'kubernetes-bom-generator'],
    [['Tool: a-1', 'Tool: b-2', 'Tool: c-3', 'Tool: d-4'], 'a 1, b 2, c 3'],
    [['Person: Alice', 7, null], undefined],
    ['Tool: x-1', undefined],
  ])('is written by the tools among %j', (creators, tool) => {
    expect(read({ ...bare, creationInfo: { creators } }).tool).toBe(tool)
  })

  it('may be a text, as cosign’s type for SPDX text has it, if it is JSON', () => {
    expect(read(JSON.stringify(bySyft('Image')))).toEqual(read(bySyft('Image')))
    for (const text of ['SPDXVersion: SPDX-2.3\nDocumentName: app', '', '[]', '{"a":'.repeat(100_000)])
      expect(readBillOfMaterials(text)).toBeUndefined()
    // The bound itself is in large.test.ts.
    const spaces = ' '.repeat(16 * 1024 * 1024)
    expect(readBillOfMaterials(`{"spdxVersion":"SPDX-2.3"${spaces}}`)).toBeUndefined()
  })
})

describe('CycloneDX', () => {
  const document = (component: unknown, components: readonly unknown[] = [], more: object = {}): object => ({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { timestamp: '2026-01-02T03:05:00Z', component, ...more },
    components,
  })
  const library = { type: 'library', name: 'lodash', purl: 'pkg:npm/lodash@4.17.21' }
  const system = { type: 'library', name: 'musl', purl: 'pkg:deb/debian/libc6@2.36' }

  it('says what it lists, by what and when', () => {
    const tools = {
      components: [{ type: 'application', author: 'anchore', name: 'syft', version: '1.20.0' }],
    }
    expect(
      read(
        document({ type: 'container', name: 'app:v1', version: 'sha256:ab' }, [library, system], { tools }),
      ),
    ).toEqual({
      kind: 'bill-of-materials',
      format: 'CycloneDX',
      version: '1.5',
      components: 2,
      tool: 'syft 1.20.0',
      createdAt: '2026-01-02T03:05:00Z',
      about: 'image',
      subjectName: 'app:v1',
    })
  })

  it.each([
    ['syft or trivy, an image', { type: 'container' }, [library], 'image'],
    ['syft, a folder', { type: 'file' }, [library], 'source'],
    ['trivy, a folder', { type: 'application' }, [library], 'source'],
    ['a generator for one language', { type: 'library', purl: 'pkg:npm/app@1' }, [library], 'source'],
    ['the package URL of an image alone', { purl: 'pkg:oci/app@sha256:ab' }, [], 'image'],
    ['packages of a system alone', undefined, [library, system], 'image'],
    ['nothing that tells', undefined, [library], 'unknown'],
    ['a type that is neither', { type: 'firmware' }, [library], 'unknown'],
    ['a folder with packages of a system', { type: 'file' }, [system], 'unknown'],
    [
      'an application with the package URL of an image',
      { type: 'application', purl: 'pkg:oci/app' },
      [],
      'unknown',
    ],
    [
      'a container with the package URL of a repository',
      { type: 'container', purl: 'pkg:github/o/r' },
      [],
      'unknown',
    ],
    ['a type in capitals', { type: 'CONTAINER' }, [], 'unknown'],
    ['a type that every object has', { type: 'constructor' }, [], 'unknown'],
  ] as const)('by %s', (_, component, components, about) => {
    expect(read(document(component, components)).about).toBe(about)
  })

  it('names its tools in the form of 1.4 too', () => {
    const tools = [{ vendor: 'aquasecurity', name: 'trivy', version: '0.50.0' }, { name: 'x' }, {}]
    expect(read(document({}, [], { tools })).tool).toBe('trivy 0.50.0, x')
  })

  it('names three tools at most, each of which has a name', () => {
    const tools = ['a', 'b', 'c', 'd'].map((name) => ({ name, version: '1' }))
    for (const form of [tools, { components: tools }])
      expect(read(document({}, [], { tools: form })).tool).toBe('a 1, b 1, c 1')
    for (const form of [
      [],
      {},
      [{ version: '1' }],
      ['syft'],
      'syft',
      { components: {} },
      { services: tools },
    ])
      expect(read(document({}, [], { tools: form }))).not.toHaveProperty('tool')
  })

  it('says no more than is there', () => {
    expect(read({ bomFormat: 'CycloneDX' })).toEqual({
      kind: 'bill-of-materials',
      format: 'CycloneDX',
      version: '',
      components: 0,
      about: 'unknown',
    })
  })

  it.each([
    ['framework', 'source'],
    ['library', 'source'],
    ['application', 'source'],
    ['platform', 'unknown'],
  ])('by the type of the thing itself, %s, is about: %s', (type, about) => {
    expect(read(document({ type })).about).toBe(about)
  })

  it.each([
    ['pkg:docker/a', 'image'],
    ['pkg:gitlab/o/r', 'source'],
    ['pkg:bitbucket/o/r', 'source'],
    ['pkg:ocix/a', 'unknown'],
    ['x:pkg:oci/a', 'unknown'],
    ['x:pkg:github/o/r', 'unknown'],
    ['pkg:apk/a', 'unknown'],
  ])('with the package URL %s of the thing itself is about: %s', (purl_, about) => {
    expect(read(document({ purl: purl_ })).about).toBe(about)
  })

  it.each([
    ['pkg:apk/alpine/a', 'image'],
    ['pkg:alpm/arch/a', 'image'],
    ['pkg:rpm/fedora/a', 'image'],
    ['x:pkg:deb/a', 'unknown'],
    ['pkg:debx/a', 'unknown'],
    ['pkg:oci/a', 'unknown'],
  ])('with the package URL %s of a component is about: %s', (purl_, about) => {
    expect(read(document(undefined, [7, {}, { purl: 7 }, { purl: purl_ }])).about).toBe(about)
  })
})

describe('what is no bill of materials', () => {
  it.each([
    {},
    { bomFormat: 'cyclonedx' },
    { spdxVersion: 2.3 },
    { spdxVersion: '2.3' },
    { '@graph': [] },
    7,
    null,
    [],
  ])('%j is not read', (predicate) => {
    expect(readBillOfMaterials(predicate)).toBeUndefined()
  })

  it.each([
    'https://spdx.dev/Document',
    'https://spdx.dev/Document/v2.3',
    'https://cyclonedx.org/bom',
    'https://cyclonedx.org/bom/v1.4',
    'https://cyclonedx.org/schema',
    'https://spdx.dev/Document/v3',
  ])('%s is the type of one', (type) => {
    expect(isBillType(type)).toBe(true)
    expect(isBillType(`${type}/x`)).toBe(false)
    expect(isBillType(`x${type}`)).toBe(false)
  })

  it.each([
    '',
    'https://spdx.dev/Document/v',
    'https://spdx.dev/Document/2.3',
    'https://spdx.dev/Document/vx',
    'https://spdxxdev/Document',
    'https://cyclonedx.org/vex',
    'https://cyclonedxxorg/bom',
    'https://spdx.dev/bom',
  ])('%j is no type of one', (type) => expect(isBillType(type)).toBe(false))
})

describe('hostile bills of materials', () => {
  it('never throw and stay small, whatever stands where', () => {
    const cycloneDx = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: {
        component: { type: 'container', name: 'a', purl: 'pkg:oci/a' },
        tools: [{ name: 'a', version: '1' }],
      },
      components: [{ purl: 'pkg:deb/a' }],
    }
    for (const one of [...oddValues, ...spoilt(bySyft('Image')), ...spoilt(cycloneDx)]) {
      const bill = readBillOfMaterials(one)
      expect(extentOf(bill).longest).toBeLessThanOrEqual(300)
      if (bill) expect(['image', 'source', 'unknown']).toContain(bill.about)
    }
  })
})

const real = [
  ...statementsIn('fixtures/cosign/blobs/sha256'),
  ...statementsIn('fixtures/kyverno/registry/blobs/sha256'),
].filter(({ predicateType }) => isBillType(predicateType))

describe.runIf(real.length > 0)('real bills of materials that cosign signed', () => {
  it('are read', () => {
    const bills = real.flatMap(({ predicate }) => (predicate === undefined ? [] : [read(predicate)]))
    const said = new Set(
      bills.map(({ format, version, components, about }) => `${format} ${version} ${components} ${about}`),
    )
    expect([...said].sort()).toEqual([
      'CycloneDX 1.5 1 unknown',
      'CycloneDX 1.5 2 image',
      'SPDX 2.3 1 unknown',
    ])
  })
})

const collections = statementsIn('fixtures/cilock/attestations').filter(({ predicateType }) =>
  predicateType.includes('attestation-collection'),
)

describe.runIf(collections.length > 0)(
  'real bills of materials inside collections of cilock and witness',
  () => {
    it('are read: syft, of an image', () => {
      const bills = collections
        .flatMap(
          ({ predicate }) => (predicate?.['attestations'] ?? []) as { type: string; attestation: unknown }[],
        )
        .flatMap(({ type, attestation }) =>
          isBillType(type) ? (readBillOfMaterials(attestation) ?? []) : [],
        )
      expect(bills.length).toBeGreaterThan(10)
      const syft = bills.filter(({ tool }) => tool === 'syft 1.20.0')
      expect(syft.length).toBeGreaterThan(0)
      for (const one of syft)
        expect(one).toMatchObject({ format: 'CycloneDX', version: '1.6', about: 'image' })
    })
  },
)
