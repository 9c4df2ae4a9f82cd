declare module 'proxy-from-env' {
  /** @returns an empty text where no proxy is to be asked */
  export function getProxyForUrl(url: string): string
}
