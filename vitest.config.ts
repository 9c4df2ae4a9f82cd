import { defineConfig } from 'vitest/config'

/** `.ci/run` names a file for the counts. */
const json = process.env['VITEST_JSON']

export default defineConfig({
  test: {
    reporters: json === undefined ? ['default'] : ['default', 'json'],
    ...(json !== undefined && { outputFile: { json } }),
    include: ['__tests__/**/*.test.ts'],
    exclude: ['__tests__/peers/**'],
    globalSetup: ['__tests__/setup/runtime.ts'],
    testTimeout: 30_000,
  },
})
