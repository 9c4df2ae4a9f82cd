import type http from 'node:http'
import { Agent, type AgentConnectOpts } from 'agent-base'
import { agentFor, tlsOptions } from './agents.js'

/** For clients that choose their hosts themselves: each request goes the way that its own URL would, proxy or not. */
export class RoutedAgent extends Agent {
  override async connect(request: http.ClientRequest, options: AgentConnectOpts): Promise<http.Agent> {
    const { host = '', port, secureEndpoint } = options
    const name = host.includes(':') ? `[${host}]` : host
    // What a proxy says instead of opening a tunnel is no word of the service. Without a tunnel it says nothing.
    request.on('proxyConnect', ({ statusCode }: { readonly statusCode?: number }) => {
      if (statusCode !== undefined && statusCode !== 200) request.destroy(new ProxyRefusal(statusCode))
    })
    // The agent of a proxy keeps its own options for the way to the proxy.
    if (secureEndpoint) Object.assign(options, tlsOptions({}))
    return agentFor(new URL(`${secureEndpoint ? 'https' : 'http'}://${name}:${port}`))
  }
}

/** The answer of a proxy, in the shape in which the AWS SDK tells the answer of a service. */
class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
  readonly $metadata: { readonly httpStatusCode: number }

  constructor(status: number) {
    super(`the proxy answered ${status}`)
    this.$metadata = { httpStatusCode: status }
  }
}
