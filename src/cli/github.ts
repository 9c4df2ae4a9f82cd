import type { Problem } from '../verdict/finding.js'

/** Writes the outputs of a step of GitHub Actions, where there is one. */
export async function writeStepOutputs(
  outputs: Readonly<Record<string, string>>,
): Promise<Problem | undefined> {
  if ((process.env['GITHUB_OUTPUT'] ?? '') === '')
    return {
      code: 'input-invalid',
      message: 'github-output: expected a step of GitHub Actions (GITHUB_OUTPUT), got none',
    }
  const { setOutput } = await import('@actions/core')
  try {
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
    return undefined
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { code: 'output-unwritable', message: `github-output: ${why}` }
  }
}
