import { execFileSync } from 'node:child_process'

/** Runs go over this folder, for WebAssembly. The toolchain is the one that go.mod names. */
export function go(...words) {
  const env = {
    ...process.env,
    GOOS: 'wasip1',
    GOARCH: 'wasm',
    CGO_ENABLED: '0',
    GOFLAGS: '-mod=readonly',
    GOWORK: 'off',
  }
  return execFileSync('go', words, {
    cwd: import.meta.dirname,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
}
