import type { Repository } from './client.js'
import type { Secrets } from './secrets.js'

/** A repository whose failures tell no secret. */
export function concealing(repository: Repository, { conceal }: Pick<Secrets, 'conceal'>): Repository {
  const { manifest, has, blob, stream, page } = repository
  return {
    ...repository,
    manifest: async (...asked) => conceal(await manifest(...asked)),
    has: async (...asked) => conceal(await has(...asked)),
    blob: async (...asked) => conceal(await blob(...asked)),
    stream: async (...asked) => conceal(await stream(...asked)),
    page: async (...asked) => conceal(await page(...asked)),
  }
}
