/** The tests run on the runner's own Node, never on whatever the machine has (package.json brings it). */
export default function setup(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 22) {
    throw new Error(`tests need Node 22.12 or newer, got ${process.version}: run them through npm`)
  }
}
