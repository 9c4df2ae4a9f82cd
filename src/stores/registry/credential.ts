export interface Login {
  readonly username: string
  readonly password: string
}

/** How a registry is signed in to. */
export type Credential =
  | ({ readonly kind: 'login' } & Login)
  /** A long-lived token that the token service changes for a short-lived one. */
  | { readonly kind: 'identity-token'; readonly token: string }
  /** A token that the registry itself takes. */
  | { readonly kind: 'registry-token'; readonly token: string }
  | { readonly kind: 'anonymous' }
