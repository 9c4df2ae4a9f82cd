import { defineConfig } from 'vitest/config'

/** `.ci/run` names a file for the counts. */
const json = process.env['VITEST_JSON']

/** Tests beside real servers and real signers; `scripts/install-peers.sh` puts them into `.peers/`. */
export default defineConfig({
  test: {
    reporters: json === undefined ? ['default'] : ['default', 'json'],
    ...(json !== undefined && { outputFile: { json } }),
    include: ['__tests__/peers/**/*.test.ts'],
    globalSetup: ['__tests__/setup/runtime.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
