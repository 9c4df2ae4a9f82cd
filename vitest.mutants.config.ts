import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The tests that are soon over come first: what is evaluated as a module loads is held against all of them. */
const rooms = ['verdict', 'requirement', 'verify', 'evidence']

class SmallRoomsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const room = ({ moduleId }: TestSpecification): number =>
      rooms.findIndex((name) => moduleId.includes(`/__tests__/${name}/`))
    return Promise.resolve(files.toSorted((a, b) => room(a) - room(b)))
  }
}

/**
 * What `npm run mutants` asks of each mutant: tests that run the source itself, each in milliseconds, and none that
 * runs the bundle or a server.
 */
export default defineConfig({
  test: {
    include: rooms.map((room) => `__tests__/${room}/**/*.test.ts`),
    // Megabytes, over and over: an hour of it for what other tests notice in milliseconds.
    exclude: ['__tests__/verify/hostile-bytes.test.ts', '__tests__/evidence/large.test.ts'],
    globalSetup: ['__tests__/setup/runtime.ts'],
    setupFiles: ['__tests__/setup/modules.ts'],
    testTimeout: 30_000,
    // A worker of its own for each file would take longer than the tests; each run of a mutant has its own.
    isolate: false,
    sequence: { sequencer: SmallRoomsFirst },
  },
})
