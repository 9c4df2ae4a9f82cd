/**
 * The arrows of the house: a room may import only rooms below it. The list is from top to bottom; rooms on one
 * line are neighbours that may see each other only where the list says so.
 */
const floors = [
  ['action', 'cli'],
  ['run'],
  ['fleet'],
  ['report', 'inputs'],
  ['gate'],
  ['policy'],
  ['requirement'],
  ['stores', 'keys', 'trust', 'engine'],
  ['files'],
  ['network'],
  ['kubernetes'],
  ['verify'],
  ['evidence'],
  ['reference'],
  ['verdict'],
]
const pure = [
  'fleet',
  'report',
  'policy',
  'requirement',
  'kubernetes',
  'verify',
  'evidence',
  'reference',
  'verdict',
]

const upward = floors.flatMap((floor, index) =>
  floor.map((room) => ({
    name: `${room}-looks-down`,
    severity: 'error',
    comment: 'A room imports only the rooms below it.',
    from: { path: `^src/${room}/` },
    to: {
      path: '^src/',
      pathNot: [
        `^src/${room}/`,
        ...floors
          .slice(index + 1)
          .flat()
          .map((below) => `^src/${below}/`),
      ],
    },
  })),
)

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'pure-rooms-touch-nothing',
      severity: 'error',
      comment: 'Pure rooms get bytes, keys, trust and the time as arguments: no file, network or process.',
      from: { path: `^src/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util)$' },
    },
    {
      name: 'pure-rooms-use-pure-libraries',
      severity: 'error',
      comment: 'What a pure room imports from outside must be as pure: computing only.',
      from: { path: `^src/(${pure.join('|')})/` },
      to: {
        path: 'node_modules',
        pathNot:
          'node_modules/(@noble/curves|@noble/ciphers|@sigstore/(verify|bundle|core|protobuf-specs)|yaml|re2js|@marcbachmann/cel-js)/',
      },
    },
    {
      name: 'network-serves-the-edges',
      severity: 'error',
      comment: 'Only stores, keys and trust use the network.',
      from: { path: '^src/', pathNot: '^src/(stores|keys|trust|files|network|gate)/' },
      to: { path: '^src/network/', pathNot: '^src/network/(redaction)\\.ts$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/(main|library)\\.ts$|\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
