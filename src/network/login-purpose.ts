import type { Service } from '../verdict/codes.js'

/** What is logged in for. */
export interface LoginPurpose {
  /** What needs it, for messages. */
  readonly what: string
  readonly scope: string
  readonly service: Service
}

/** What the requests of one login carry, and the universe that they go to (`googleapis.com`). */
export interface GoogleLogin {
  readonly headers: Readonly<Record<string, string>>
  readonly universe: string
}

export const usualUniverse = 'googleapis.com'
