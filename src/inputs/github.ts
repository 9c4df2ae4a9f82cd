import type { GithubAccess } from '../verdict/request.js'
import type { Wrong } from './values.js'

/** Reads whether GitHub is asked for attestations; undefined: it is not. */
export function readGithub(
  text: (name: 'github-attestations' | 'github-token') => string,
  offline: boolean,
): GithubAccess | Wrong | undefined {
  const repository = text('github-attestations')
  const token = text('github-token')
  if (repository === '' && token === '') return undefined
  const given = repository === '' ? 'github-token' : 'github-attestations'
  if (offline) return { input: given, expected: 'no further host beside offline', got: repository }
  if (repository !== '' && !/^[^/\s]+\/[^/\s]+$/.test(repository))
    return { input: given, expected: 'owner/repository', got: repository }
  return { ...(repository !== '' && { repository }), ...(token !== '' && { token }) }
}
