// @actions/core loads this client, and undici with it, for `getIDToken` alone. That is a megabyte of bundle and a third
// of the start-up for something that is never called here. Were it called after all, it fails loudly.
export class HttpClient {
  constructor() {
    throw new Error('OIDC tokens of the runner are not asked for by this program')
  }
}

export class BearerCredentialHandler {}
