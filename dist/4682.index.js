export const id = 4682;
export const ids = [4682];
export const modules = {

/***/ 54682:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  logInToGoogle: () => (/* binding */ logInToGoogle)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/identitypoolclient.js
var identitypoolclient = __webpack_require__(29960);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/jwtclient.js
var jwtclient = __webpack_require__(75277);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/refreshclient.js
var refreshclient = __webpack_require__(99807);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/stscredentials.js
var stscredentials = __webpack_require__(121);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: ./src/network/home-folder.ts
var home_folder = __webpack_require__(98696);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
var external_node_http_default = /*#__PURE__*/__webpack_require__.n(external_node_http_);
;// CONCATENATED MODULE: ./src/network/google-client-requests.ts

/** Options with which a client of google-auth-library sends everything through a relay. */
function requestsThrough(relay, call) {
    const send = async (input, init = {}) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const { method = 'GET', headers, body } = init;
        if (method !== 'GET' && method !== 'POST')
            throw new Error(`unexpected method ${method}`);
        const question = {
            url,
            method,
            headers: Object.fromEntries(new Headers(headers)),
            ...(body !== undefined && body !== null && { body: textOf(body) }),
        };
        const answer = await relay.send(question, call);
        // The relay knows why; here it only ends what the library does.
        if (answer.kind !== 'found')
            throw new Error('no answer');
        const { status, body: bytes } = answer.value;
        const type = answer.value.headers['content-type'];
        const content = status === 204 || status === 304 ? null : Buffer.from(bytes);
        return new Response(content, { status, headers: type === undefined ? {} : { 'content-type': type } });
    };
    return {
        transporterOptions: {
            fetchImplementation: send,
            // With an agent given it looks for no proxy of its own.
            agent: (external_node_http_default()).globalAgent,
        },
        // What it adds else is a log, with tokens in it.
        useAuthRequestParameters: false,
    };
}
/** Keeps a client from trying again by itself: how often is `call.retries`. */
function withoutRetries(client) {
    client.transporter.interceptors.request.add({
        resolved: (options) => Promise.resolve(Object.assign(options, { retryConfig: { retry: 0 } })),
    });
    return client;
}
function textOf(body) {
    if (typeof body === 'string')
        return body;
    if (body instanceof URLSearchParams)
        return body.toString();
    throw new Error('unexpected kind of body');
}

// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
// EXTERNAL MODULE: ./src/network/login-purpose.ts
var login_purpose = __webpack_require__(35416);
;// CONCATENATED MODULE: ./src/network/google-metadata-server.ts





/** Where there is none, its address often leads nowhere; milliseconds. */
const patience = 3_000;
const remedy = 'run google-github-actions/auth before this step, or set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials';
/**
 * The token of the service account that the machine runs as (Compute Engine's metadata server, also that of GKE).
 * `GCE_METADATA_HOST` names another; only where it is set is a server that cannot be reached an outage.
 */
async function logInByMetadataServer({ what, scope, service }, relay, call) {
    const none = (0,lookup/* absent */.Ge)(`${what}: no Google credentials; ${remedy}`);
    const set = process.env['GCE_METADATA_HOST'] ?? '';
    if (process.env['METADATA_SERVER_DETECTION'] === 'none')
        return none;
    const at = `http://${set === '' ? '169.254.169.254' : set}/computeMetadata/v1/instance/service-accounts/default/token`;
    if (!URL.canParse(at))
        return (0,lookup/* failed */.gz)('input-invalid', `${what}: GCE_METADATA_HOST: expected a host, got ${set}`);
    const url = new URL(at);
    if (!(0,network_url/* isLoopback */.U9)(url) && !(0,network_url/* isMetadataServer */.VJ)(url)) {
        return (0,lookup/* failed */.gz)('input-invalid', `${what}: GCE_METADATA_HOST: expected a metadata server, got ${set}`);
    }
    url.searchParams.set('scopes', scope);
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patience)]);
    const answer = await relay.send({ url, headers: { 'metadata-flavor': 'Google' } }, { ...call, signal });
    if (answer.kind !== 'found')
        return set === '' ? none : answer;
    const { status, headers, body } = answer.value;
    // Other clouds answer at the same address.
    if (headers['metadata-flavor'] !== 'Google' || status === 404)
        return none;
    if (status !== 200)
        return (0,lookup/* failed */.gz)((0,network_status/* statusCode */.s)(status), `${url.host}: the metadata server answered ${status}`, service);
    const token = tokenIn(body);
    if (token === undefined)
        return (0,lookup/* failed */.gz)('response-invalid', `${url.host}: the metadata server gave no token`, service);
    return (0,lookup/* found */.F9)({ headers: { authorization: `Bearer ${token}` }, universe: login_purpose/* usualUniverse */.o });
}
function tokenIn(body) {
    const token = (0,json/* textField */.M8)((0,json/* readObject */.Ag)(body), 'access_token');
    return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./src/network/setting-file.ts



/** Most bytes of a file that holds credentials. */
const largest = 1024 * 1024;
/** Windows has no such flag, and no pipes among its files either. */
const nonBlocking = external_node_fs_.constants.O_NONBLOCK ?? 0;
/** Reads a file of credentials. Pipes and devices are never waited for. */
async function readSettingFile(file) {
    try {
        const handle = await (0,promises_.open)(file, external_node_fs_.constants.O_RDONLY | nonBlocking);
        try {
            const stat = await handle.stat();
            if (!stat.isFile())
                return { kind: 'unreadable', reason: 'expected a file, got something else' };
            if (stat.size > largest)
                return { kind: 'unreadable', reason: `larger than ${largest} bytes` };
            return { kind: 'found', content: await handle.readFile() };
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return { kind: 'missing' };
        return { kind: 'unreadable', reason: (0,fault/* describe */.q0)(error) };
    }
}

;// CONCATENATED MODULE: ./src/network/google-login.ts













const fileVariable = 'GOOGLE_APPLICATION_CREDENTIALS';
/**
 * Logs in with the Application Default Credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, else the one
 * that gcloud wrote, else the metadata server. A file that is named and no good is a wrong setting (`input-invalid`);
 * absent is said where there is nothing at all.
 */
async function logInToGoogle(purpose, relay, call) {
    const named = process.env[fileVariable];
    const wanted = named !== undefined && named !== '';
    const file = wanted ? named : gcloudFile();
    if (file === undefined)
        return logInByMetadataServer(purpose, relay, call);
    const read = await readSettingFile(file);
    if (read.kind === 'found')
        return logInByFile(file, read.content, purpose, relay, call);
    if (!wanted && read.kind === 'missing')
        return logInByMetadataServer(purpose, relay, call);
    const why = read.kind === 'missing' ? 'no such file' : read.reason;
    return (0,lookup/* failed */.gz)('input-invalid', `${purpose.what}: ${wanted ? `${fileVariable}: ` : ''}${file}: ${why}`);
}
/** Where `gcloud auth application-default login` writes; undefined for a user without a home. */
function gcloudFile() {
    const { CLOUDSDK_CONFIG: config, APPDATA: data = '' } = process.env;
    const folder = config === undefined || config === '' ? usualFolder(data) : config;
    return folder === undefined ? undefined : external_node_path_default().join(folder, 'application_default_credentials.json');
}
function usualFolder(data) {
    if (process.platform === 'win32')
        return external_node_path_default().join(data, 'gcloud');
    const home = (0,home_folder/* homeFolder */.W)();
    return home === undefined ? undefined : external_node_path_default().join(home, '.config/gcloud');
}
async function logInByFile(file, content, { what, scope }, relay, call) {
    const wrong = (why) => (0,lookup/* failed */.gz)('input-invalid', `${what}: ${file}: ${why}`);
    const document = (0,json/* readObject */.Ag)(content);
    if (!document)
        return wrong('expected the JSON of Google credentials, got something else');
    const universe = (0,json/* textField */.M8)(document, 'universe_domain') ?? login_purpose/* usualUniverse */.o;
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(universe))
        return wrong('universe_domain: expected a domain');
    try {
        const client = openClient(document, scope, requestsThrough(relay, call));
        if (typeof client === 'string')
            return wrong(client);
        const headers = await withoutRetries(client).getRequestHeaders();
        // The library hands on a token that is missing as a word.
        if (!/^Bearer (?!undefined$|null$)[\x21-\x7e]+$/.test(headers.get('authorization') ?? '')) {
            throw new Error('it gave no token');
        }
        return (0,lookup/* found */.F9)({ headers: Object.fromEntries(headers), universe });
    }
    catch (error) {
        return relay.blame(error) ?? wrong(relay.clean((0,fault/* describe */.q0)(error)));
    }
}
/** @returns why it can be none */
function openClient(document, scope, options) {
    const text = (name) => {
        const value = (0,json/* textField */.M8)(document, name) ?? '';
        if (value === '')
            throw new Error(`expected a text in the field ${name}`);
        return value;
    };
    const type = (0,json/* textField */.M8)(document, 'type') ?? '';
    switch (type) {
        case 'service_account': {
            const keyId = (0,json/* textField */.M8)(document, 'private_key_id');
            const client = new jwtclient/* JWT */.y({
                email: text('client_email'),
                key: text('private_key'),
                scopes: [scope],
                ...options,
                ...(keyId !== undefined && { keyId }),
            });
            // It signs its own tokens, as in Google's clients (AIP-4111): no token endpoint is asked.
            client.useJWTAccessWithScope = true;
            return client;
        }
        case 'authorized_user': {
            const client = new refreshclient/* UserRefreshClient */.yD(options);
            client.fromJSON(document);
            return client;
        }
        case 'external_account': {
            const source = (0,json/* objectField */.qV)(document, 'credential_source');
            if ((0,json/* field */.ZZ)(source, 'file') === undefined && (0,json/* field */.ZZ)(source, 'url') === undefined)
                return 'expected an external_account whose credential_source is a file or a URL, got another';
            return new FederatedClient({
                ...document,
                scopes: [scope],
                ...options,
            });
        }
        default: {
            const got = type === '' ? 'no type' : `type ${JSON.stringify(type.slice(0, 60))}`;
            return `expected credentials of type service_account, external_account or authorized_user, got ${got}`;
        }
    }
}
/** The library's client exchanges its token past the transporter that it is given. */
class FederatedClient extends identitypoolclient/* IdentityPoolClient */.s {
    constructor(options) {
        super(options);
        this.stsCredential = new stscredentials.StsCredentials({
            tokenExchangeEndpoint: this.getTokenUrl(),
            transporter: this.transporter,
            ...(this.clientAuth && { clientAuthentication: this.clientAuth }),
        });
    }
}


/***/ }),

/***/ 98696:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ homeFolder)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/**
 * The home folder of the user. Undefined for one without, as in some containers: a user who has no name and no HOME, or
 * an empty one. What is no whole path would lie in the working directory, which may be that of a pull request.
 */
function homeFolder() {
    try {
        const home = node_os__WEBPACK_IMPORTED_MODULE_0___default().homedir();
        return node_path__WEBPACK_IMPORTED_MODULE_1___default().isAbsolute(home) ? home : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ })

};
