export const id = 4847;
export const ids = [4847];
export const modules = {

/***/ 44847:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logInToAzure: () => (/* binding */ logInToAzure)
});

// EXTERNAL MODULE: ./node_modules/@azure/identity/dist/esm/index.js + 292 modules
var esm = __webpack_require__(68143);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
;// CONCATENATED MODULE: ./src/network/azure-client-requests.ts
/** Options with which a credential of @azure/identity sends everything through a relay: retries are `call.retries`. */
function requestsThrough(relay, call) {
    return {
        httpClient: {
            sendRequest: async (request) => {
                const { method, url, headers, body } = request;
                if (method !== 'GET' && method !== 'POST')
                    throw new Error(`unexpected method ${method}`);
                if (body !== undefined && body !== null && typeof body !== 'string')
                    throw new Error('unexpected kind of body');
                const question = {
                    url: new URL(url),
                    method,
                    headers: headers.toJSON(),
                    ...(typeof body === 'string' && { body }),
                };
                const answer = await relay.send(question, call);
                // The relay knows why; here it only ends what the library does.
                if (answer.kind !== 'found')
                    throw new Error('no answer');
                const { status, headers: given, body: bytes } = answer.value;
                const flat = Object.entries(given).flatMap(([name, value]) => value === undefined ? [] : [[name, String(value)]]);
                return { request, status, headers: headersOf(flat), bodyAsText: Buffer.from(bytes).toString('utf8') };
            },
        },
        retryOptions: { maxRetries: 0 },
        redirectOptions: { maxRetries: 0 },
    };
}
function headersOf(entries) {
    const headers = new Headers(entries);
    return {
        get: (name) => headers.get(name) ?? undefined,
        has: (name) => headers.has(name),
        set: (name, value) => headers.set(name, String(value)),
        delete: (name) => headers.delete(name),
        toJSON: () => Object.fromEntries(headers),
        [Symbol.iterator]: () => headers[Symbol.iterator](),
    };
}

;// CONCATENATED MODULE: ./src/network/azure-login.ts





/** Off Azure, the address of the identity service leads nowhere; milliseconds. */
const patience = 5_000;
const remedy = 'run azure/login before this step, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE (or AZURE_CLIENT_SECRET)';
/**
 * A token of Microsoft Entra ID. Credentials that the environment names are the only ones tried: client secret, client
 * certificate, federated token file, in this order; then the managed identity where the environment tells of one.
 * Without any: the login of the Azure CLI, then the managed identity of the machine. Those that are named and no good
 * are a wrong setting (`input-invalid`); absent is said where there are none.
 */
async function logInToAzure({ what, scope, authority }, relay, call) {
    const options = {
        ...requestsThrough(relay, call),
        authorityHost: authority,
        // Who set the authority vouches for it; else Microsoft's would be asked for every other one.
        disableInstanceDiscovery: true,
    };
    const named = namedCredential(process.env, options);
    if (typeof named === 'string')
        return (0,lookup/* failed */.gz)('input-invalid', `${what}: ${named}`);
    if (named) {
        const token = await take(named(), scope, call.signal);
        if ('token' in token)
            return (0,lookup/* found */.F9)(token.token);
        return (relay.blame(token.error) ?? (0,lookup/* failed */.gz)('input-invalid', `${what}: ${relay.clean(firstLine(token.error))}`));
    }
    // It alone knows whom it asks.
    const ended = call.journal.contacted('az');
    const cli = new esm/* AzureCliCredential */.nG({ processTimeoutInMs: network_call/* idleLimit */.W });
    const fromCli = await take(cli, scope, call.signal);
    ended('token' in fromCli ? 'a token' : 'no token');
    if ('token' in fromCli)
        return (0,lookup/* found */.F9)(fromCli.token);
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patience)]);
    const machine = managedIdentity(process.env, requestsThrough(relay, { ...call, signal }));
    const fromMachine = await take(machine, scope, signal);
    if ('token' in fromMachine)
        return (0,lookup/* found */.F9)(fromMachine.token);
    const why = `Azure CLI: ${relay.clean(firstLine(fromCli.error))}; managed identity: ${relay.clean(firstLine(fromMachine.error))}`;
    return (0,lookup/* absent */.Ge)(`${what}: no Azure credentials; ${remedy} (${why})`);
}
/** @returns why what is named cannot be used; undefined when none is named */
function namedCredential(environment, options) {
    const value = (name) => environment[name] ?? '';
    const chosen = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'].find((name) => value(name) !== '');
    if (chosen === undefined) {
        const told = value('IDENTITY_ENDPOINT') !== '' || value('MSI_ENDPOINT') !== '';
        return told ? () => managedIdentity(environment, options) : undefined;
    }
    const tenantId = value('AZURE_TENANT_ID');
    const clientId = value('AZURE_CLIENT_ID');
    for (const [name, given] of [
        ['AZURE_TENANT_ID', tenantId],
        ['AZURE_CLIENT_ID', clientId],
    ]) {
        if (given === '')
            return `${chosen} is set without ${name}`;
    }
    switch (chosen) {
        case 'AZURE_CLIENT_SECRET':
            return () => new esm/* ClientSecretCredential */.HC(tenantId, clientId, value(chosen), options);
        case 'AZURE_CLIENT_CERTIFICATE_PATH': {
            const certificatePassword = value('AZURE_CLIENT_CERTIFICATE_PASSWORD');
            const certificate = {
                certificatePath: value(chosen),
                ...(certificatePassword !== '' && { certificatePassword }),
            };
            return () => new esm/* ClientCertificateCredential */.m0(tenantId, clientId, certificate, options);
        }
        default:
            return () => new esm/* WorkloadIdentityCredential */.R9({ ...options, tenantId, clientId, tokenFilePath: value(chosen) });
    }
}
function managedIdentity(environment, options) {
    const clientId = environment['AZURE_CLIENT_ID'] ?? '';
    return new esm/* ManagedIdentityCredential */.NC({ ...options, ...(clientId !== '' && { clientId }) });
}
/** Ends with the signal, whatever the library still waits for. */
async function take(credential, scope, signal) {
    let stop = () => undefined;
    const over = new Promise((resolve) => {
        stop = () => resolve({ error: new Error('stopped, as the time for it was over') });
    });
    signal.addEventListener('abort', stop);
    if (signal.aborted)
        stop();
    const asked = async () => {
        try {
            const token = await credential.getToken(scope, { abortSignal: signal });
            return token === null ? { error: new Error('got no token') } : { token: token.token };
        }
        catch (error) {
            return { error };
        }
    };
    try {
        return await Promise.race([asked(), over]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
function firstLine(error) {
    return ((0,fault/* describe */.q0)(error).split('\n')[0] ?? '').slice(0, 300);
}


/***/ })

};
