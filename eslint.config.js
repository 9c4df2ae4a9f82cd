import tseslint from 'typescript-eslint'

/** Rooms that get bytes, keys, trust and the time as arguments (the layout: docs/architecture.md). */
const pureRooms = [
  'verdict',
  'reference',
  'evidence',
  'verify',
  'kubernetes',
  'requirement',
  'policy',
  'report',
  'fleet',
].map((room) => `src/${room}/**/*.ts`)

/** Time, the process and the network, as a module reaches them without an import. */
const worldly =
  'fetch Date performance process globalThis global setTimeout setInterval setImmediate queueMicrotask WebSocket EventSource'.split(
    ' ',
  )

const outside = (name) => ({ name, message: 'A pure room gets this as an argument.' })

export default tseslint.config(
  { ignores: ['dist/', 'lib/', 'node_modules/', '.peers/', '.stryker/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-restricted-globals': ['error', outside('fetch')],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    files: pureRooms,
    rules: {
      'no-restricted-globals': ['error', ...worldly.map(outside)],
    },
  },
  {
    files: ['__tests__/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
)
