export const id = 8152;
export const ids = [8152];
export const modules = {

/***/ 26566:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ askKeyService)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49839);
/* harmony import */ var _network_call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48104);
/* harmony import */ var _network_exchange_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69945);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(13130);
/* harmony import */ var _network_status_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(54846);
/* harmony import */ var _network_url_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49263);
/* harmony import */ var _pem_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(63136);







const service = 'key';
/**
 * Gets a JSON document from a service that keeps keys. No redirect is followed: the token would go with it. Absent is
 * said by the service itself, in JSON, and the message is its own: it may send back what it was sent, so it is for
 * telling cases apart and never shown.
 */
async function askKeyService(question, call) {
    return (0,_network_call_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .k)(`GET ${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(question.url)}`, service, call, () => askOnce(question, call));
}
async function askOnce({ url, headers, trust, needs }, call) {
    const reply = await (0,_network_exchange_js__WEBPACK_IMPORTED_MODULE_1__/* .exchange */ .c)({
        url,
        service,
        limit: _pem_text_js__WEBPACK_IMPORTED_MODULE_2__/* .keyLimit */ .l,
        headers: { accept: 'application/json', ...headers },
        ...(trust && { trust }),
    }, call);
    if (reply.kind !== 'found')
        return reply;
    const { status, headers: got, body } = reply.value;
    const said = `${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(url)}: the server answered ${status}`;
    if (status === 200 || status === 404 || status === 409) {
        const document = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .readObject */ .Ag)(body);
        if (!document)
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)('response-invalid', `${said} without JSON: a proxy or a login page, not the service`, service);
        return status === 200 ? (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_5__/* .found */ .F9)(document) : (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_5__/* .absent */ .Ge)((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .textField */ .M8)(document, 'message') ?? '');
    }
    if (status >= 300 && status < 400) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)('response-invalid', `${said}, a redirect: the token is not sent on, give the address behind it`, service);
    }
    const code = (0,_network_status_js__WEBPACK_IMPORTED_MODULE_6__/* .statusCode */ .s)(status);
    const pause = (0,_network_status_js__WEBPACK_IMPORTED_MODULE_6__/* .retryAfter */ .P)(got['retry-after']);
    return {
        ...(0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)(code, code === 'denied' ? `${said}: the token needs ${needs}` : said, service),
        ...(pause !== undefined && { retryAfterMs: pause }),
    };
}


/***/ }),

/***/ 19758:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rs: () => (/* binding */ serviceUrl),
/* harmony export */   TK: () => (/* binding */ headerText),
/* harmony export */   _P: () => (/* binding */ unusable),
/* harmony export */   fC: () => (/* binding */ noToken),
/* harmony export */   oc: () => (/* binding */ setTo),
/* harmony export */   zd: () => (/* binding */ firstVariable)
/* harmony export */ });
/* harmony import */ var _network_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49263);

function setTo(value) {
    return { kind: 'set', value };
}
function unusable(message) {
    return failed('input-invalid', message);
}
/** Without a token nothing would be answered: as good as a refusal. */
function noToken(remedy) {
    const { problem } = failed('denied', `no token; ${remedy}`);
    return { kind: 'failed', problem: { ...problem, service: 'key' } };
}
function failed(code, message) {
    return { kind: 'failed', problem: { code, message } };
}
/** The first of these variables that holds something: a workflow leaves empty what is not set. */
function firstVariable(names) {
    for (const name of names) {
        const value = process.env[name] ?? '';
        if (value !== '')
            return { name, value };
    }
    return undefined;
}
/** The address of a service; a token will go there, so it is https, or this machine. */
function serviceUrl(variable, text) {
    const wanted = `${variable}: expected an https URL (http on this machine only)`;
    // What is no URL may still hold a password: it is not quoted.
    if (!URL.canParse(text))
        return unusable(`${wanted}, got no URL`);
    const url = new URL(text);
    if (!(0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .mayCarry */ .P5)(url))
        return unusable(`${wanted}, got ${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(url)}`);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
        return unusable(`${wanted} without user, query and fragment, got more than ${(0,_network_url_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .SP)(url)}`);
    return setTo(url);
}
/** A text that goes into a header as it is; it is not quoted. */
function headerText(from, text) {
    if (/^[\x21-\x7e]+$/.test(text))
        return setTo(text);
    return unusable(`${from}: expected one word in ASCII, got blanks, line feeds or other characters in it`);
}


/***/ }),

/***/ 18152:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchTransitKey: () => (/* binding */ fetchTransitKey)
});

// EXTERNAL MODULE: ./src/keys/key-answer.ts
var key_answer = __webpack_require__(26566);
// EXTERNAL MODULE: ./src/keys/key-source.ts
var key_source = __webpack_require__(13353);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/network/home-folder.ts
var home_folder = __webpack_require__(98696);
// EXTERNAL MODULE: ./src/network/url.ts
var url = __webpack_require__(49263);
// EXTERNAL MODULE: ./src/keys/pem-text.ts
var pem_text = __webpack_require__(63136);
// EXTERNAL MODULE: ./src/keys/service-setting.ts
var service_setting = __webpack_require__(19758);
// EXTERNAL MODULE: ./src/keys/transit-name.ts
var transit_name = __webpack_require__(8647);
;// CONCATENATED MODULE: ./src/keys/transit-access.ts







const usualMount = 'transit';
const tokenFile = '.vault-token';
const tokenLimit = 64 * 1024;
/**
 * Reads the environment as Vault, OpenBao and sigstore do: for `hashivault://` the names `VAULT_…` first, for
 * `openbao://` the names `BAO_…`, each with the other as a fallback; the token at last from `~/.vault-token`.
 */
async function transitAccess({ scheme, address }) {
    const named = (what) => scheme === 'openbao' ? [`BAO_${what}`, `VAULT_${what}`] : [`VAULT_${what}`, `BAO_${what}`];
    const url = serverUrl(scheme, named('ADDR'), address?.host);
    if (url.kind === 'failed')
        return url;
    const mount = address?.mount ?? engineMount();
    if (!(0,transit_name/* isMount */.A)(mount)) {
        const got = JSON.stringify(mount);
        return (0,service_setting/* unusable */._P)(`TRANSIT_SECRET_ENGINE_PATH: expected the path of a transit engine, got ${got}`);
    }
    const token = await readToken(named('TOKEN'));
    if (token.kind === 'failed')
        return token;
    const given = (0,service_setting/* firstVariable */.zd)(named('NAMESPACE'));
    const namespace = given && (0,service_setting/* headerText */.TK)(given.name, given.value);
    if (namespace?.kind === 'failed')
        return namespace;
    const authority = await readAuthority(named('CACERT'));
    if (authority.kind === 'failed')
        return authority;
    return (0,service_setting/* setTo */.oc)({
        url: url.value,
        mount,
        headers: {
            'x-vault-request': 'true',
            'x-vault-token': token.value,
            ...(namespace && { 'x-vault-namespace': namespace.value }),
        },
        ...(authority.value !== undefined && { ca: authority.value }),
    });
}
/** The token belongs to the server that the environment names: a reference cannot send it elsewhere. */
function serverUrl(scheme, variables, host) {
    const set = (0,service_setting/* firstVariable */.zd)(variables);
    const usual = set && (0,service_setting/* serviceUrl */.Rs)(set.name, set.value);
    if (usual?.kind === 'failed')
        return usual;
    if (host === undefined)
        return usual ?? (0,service_setting/* unusable */._P)(`${scheme}: no server to ask; set ${variables.join(' or ')}`);
    const local = (0,url/* isLoopback */.U9)(new URL(`https://${host}`));
    const own = new URL(`${usual?.value.protocol ?? (local ? 'http:' : 'https:')}//${host}`);
    if (usual === undefined || usual.value.host === own.host)
        return (0,service_setting/* setTo */.oc)(own);
    const both = `the reference names ${own.host}, ${String(set?.name)} names ${usual.value.host}`;
    return (0,service_setting/* unusable */._P)(`${scheme}: ${both}: the token is sent to one server only, unset the other`);
}
function engineMount() {
    const given = (0,service_setting/* firstVariable */.zd)(['TRANSIT_SECRET_ENGINE_PATH'])?.value ?? usualMount;
    return given.replace(/^\//, '').replace(/\/$/, '');
}
async function readToken(variables) {
    const set = (0,service_setting/* firstVariable */.zd)(variables);
    if (set)
        return (0,service_setting/* headerText */.TK)(set.name, set.value);
    const home = (0,home_folder/* homeFolder */.W)();
    const file = home === undefined ? undefined : await (0,read/* readWhole */.oD)(external_node_path_default().join(home, tokenFile), tokenLimit, 'key');
    if (file?.kind === 'failed')
        return file;
    const text = file?.kind === 'found' ? Buffer.from(file.value).toString('utf8').trim() : '';
    if (text !== '')
        return (0,service_setting/* headerText */.TK)(`~/${tokenFile}`, text);
    return (0,service_setting/* noToken */.fC)(`set ${variables.join(' or ')}, or log in (~/${tokenFile})`);
}
async function readAuthority(variables) {
    const set = (0,service_setting/* firstVariable */.zd)(variables);
    if (!set)
        return (0,service_setting/* setTo */.oc)(undefined);
    const file = await (0,read/* readWhole */.oD)(set.value, pem_text/* keyLimit */.l, 'key');
    if (file.kind === 'found') {
        const pem = Buffer.from(file.value).toString('utf8');
        if (pem.includes('-----BEGIN CERTIFICATE-----'))
            return (0,service_setting/* setTo */.oc)(pem);
    }
    return (0,service_setting/* unusable */._P)(`${set.name}: expected a file with certificates in PEM, got ${set.value}`);
}

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __webpack_require__(46794);
// EXTERNAL MODULE: ./src/verify/public-key.ts
var public_key = __webpack_require__(83222);
// EXTERNAL MODULE: ./src/keys/pem.ts
var keys_pem = __webpack_require__(92722);
;// CONCATENATED MODULE: ./src/keys/transit-versions.ts





/** Key types of a transit engine that sign and that are verified here. */
const signing = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'ed25519', 'rsa-2048', 'rsa-3072', 'rsa-4096'];
/** Each version is a key to look for and to verify with. */
const mostVersions = 1000;
/** A SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410, 4). */
const ed25519Info = Buffer.from('302a300506032b6570032100', 'hex');
/**
 * The public halves in the answer of `GET /v1/<mount>/keys/<name>`, newest first. Versions that the engine would not
 * verify with any more (below `min_decryption_version`) are left out, as it leaves them out itself.
 *
 * @param name the key as it is called in messages
 */
function readTransitKey(name, document) {
    const data = (0,json/* objectField */.qV)(document, 'data');
    const type = (0,json/* textField */.M8)(data, 'type');
    if (data === undefined || type === undefined) {
        return failure('response-invalid', `${name}: expected a key of a transit engine, got other JSON`);
    }
    if (!signing.includes(type)) {
        return (0,key_source/* keyInvalid */.r)(`${name}: expected a key of type ${signing.join(', ')}, got one of type ${type}`);
    }
    if ((0,json/* field */.ZZ)(data, 'soft_deleted') === true)
        return (0,key_source/* keyInvalid */.r)(`${name}: the key is deleted (soft-deleted)`);
    const oldest = (0,json/* field */.ZZ)(data, 'min_decryption_version');
    const least = typeof oldest === 'number' ? oldest : 0;
    const entries = Object.entries((0,json/* objectField */.qV)(data, 'keys') ?? {})
        .filter(([version]) => !(Number(version) < least))
        .sort(([a], [b]) => Number(b) - Number(a));
    if (entries.length > mostVersions) {
        const message = `${name}: more than ${mostVersions} versions; raise min_decryption_version of the key`;
        return failure('limit-exceeded', message);
    }
    const versions = [];
    for (const [version, entry] of entries) {
        const read = readVersion(type, entry);
        // Passing over one would call its signatures missing.
        if (read.kind === 'refused')
            return (0,key_source/* keyInvalid */.r)(`${name}: version ${version}: ${read.reason}`);
        versions.push({ key: read.key, version });
    }
    return isNonEmpty(versions)
        ? { kind: 'keys', keys: versions }
        : (0,key_source/* keyInvalid */.r)(`${name}: expected a version of the key that can be verified with, got none`);
}
function readVersion(type, entry) {
    const text = (0,json/* isObject */.Gv)(entry) ? (0,json/* textField */.M8)(entry, 'public_key') : undefined;
    if (text === undefined)
        return { kind: 'refused', reason: 'expected a public key, got none' };
    if (text === '') {
        return {
            kind: 'refused',
            reason: 'expected a public key, got none (a derived key has one for each context)',
        };
    }
    if (type !== 'ed25519') {
        const pem = (0,keys_pem/* readPem */.J)(text);
        return pem.kind === 'encrypted'
            ? { kind: 'refused', reason: 'expected a public key, got a private one' }
            : pem;
    }
    const raw = (0,s3lo_record/* decodeBase64 */.y4)(text);
    if ('illegalAt' in raw || raw.length !== 32) {
        return { kind: 'refused', reason: 'expected the 32 bytes of an Ed25519 key in base64' };
    }
    return (0,public_key/* publicKeyFromSpki */.W8)(Buffer.concat([ed25519Info, raw]));
}
function failure(code, message) {
    return { kind: 'failed', problem: { code, message, service: 'key' } };
}
function isNonEmpty(versions) {
    return versions.length > 0;
}

;// CONCATENATED MODULE: ./src/keys/transit-client.ts




/** Asks a transit engine for the public halves of a key; the only right needed is `read` on it. */
async function fetchTransitKey(reference, name, call) {
    const access = await transitAccess(name);
    if (access.kind === 'failed')
        return access;
    const { url: server, mount, headers, ca } = access.value;
    const where = `${mount}/keys/${name.key}`;
    const url = new URL(`${server.href.replace(/\/+$/, '')}/v1/${where}`);
    const trust = ca === undefined ? {} : { ca };
    const answer = await (0,key_answer/* askKeyService */._)({ url, headers, trust, needs: `read on ${where}` }, call);
    if (answer.kind === 'failed')
        return answer;
    if (answer.kind === 'absent')
        return (0,key_source/* keyInvalid */.r)(`${reference}: ${server.host} has no key ${where}`);
    return readTransitKey(reference, answer.value);
}


/***/ }),

/***/ 43662:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pf: () => (/* binding */ agentFor),
/* harmony export */   YF: () => (/* binding */ tlsOptions),
/* harmony export */   jq: () => (/* binding */ anyProxy)
/* harmony export */ });
/* unused harmony export proxyFor */
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_https__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _authorities_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(77391);
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(68155);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49263);





const agents = new Map();
/**
 * The agent for a URL: connections are kept and shared, and go through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and
 * `NO_PROXY` name for it. This machine itself is never asked through a proxy, as in Go's tools.
 */
async function agentFor(url, trust = {}) {
    const secure = url.protocol === 'https:';
    const proxy = await proxyFor(url);
    const name = JSON.stringify([secure, proxy, trust.ca ?? '', trust.insecure ?? false]);
    const agent = agents.get(name) ?? newAgent(secure, proxy, trust);
    agents.set(name, agent);
    return agent;
}
async function newAgent(secure, proxy, trust) {
    const tls = secure ? tlsOptions(trust) : {};
    const options = { keepAlive: true, maxSockets: _host_turns_js__WEBPACK_IMPORTED_MODULE_3__/* .mostAtOnce */ ._d, ...tls };
    if (proxy === '')
        return secure ? new (node_https__WEBPACK_IMPORTED_MODULE_1___default().Agent)(options) : new (node_http__WEBPACK_IMPORTED_MODULE_0___default().Agent)(options);
    if (!secure)
        return new (await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(8947)]).then(__webpack_require__.bind(__webpack_require__, 28947))).HttpProxyAgent(proxy, options);
    const { HttpsProxyAgent } = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(1566)]).then(__webpack_require__.bind(__webpack_require__, 71566));
    return new HttpsProxyAgent(proxy, { ...options, ...(0,_authorities_js__WEBPACK_IMPORTED_MODULE_2__/* .certificateAuthorities */ .J)() });
}
/** The options of each connection, for agents that do not hand theirs on. */
function tlsOptions({ ca, insecure }) {
    const usual = (0,_authorities_js__WEBPACK_IMPORTED_MODULE_2__/* .certificateAuthorities */ .J)();
    const more = ca === undefined ? usual : { ca: [...(usual.ca ?? (0,_authorities_js__WEBPACK_IMPORTED_MODULE_2__/* .usualAuthorities */ ._)()), ca] };
    return { ...more, ...(insecure === true && { rejectUnauthorized: false }) };
}
/** @returns an empty text where no proxy is to be asked */
async function proxyFor(url) {
    if (!anyProxy() || (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .isLoopback */ .U9)(url) || (0,_url_js__WEBPACK_IMPORTED_MODULE_4__/* .isMetadataServer */ .VJ)(url))
        return '';
    const { getProxyForUrl } = await __webpack_require__.e(/* import() */ 8182).then(__webpack_require__.bind(__webpack_require__, 98182));
    const proxy = getProxyForUrl(url.href);
    // A proxy named without a scheme speaks http, as for curl and Go; the library takes that of the URL asked for.
    const named = Object.values(process.env).some((value) => value === proxy);
    return named || proxy === '' ? proxy : proxy.replace(/^\w+:/, 'http:');
}
/** Most runs have none: then nothing of this is loaded. */
function anyProxy() {
    return Object.keys(process.env).some((name) => /^(https?|all)_proxy$/i.test(name) && process.env[name] !== '');
}


/***/ }),

/***/ 77391:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ certificateAuthorities),
/* harmony export */   _: () => (/* binding */ usualAuthorities)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41692);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8110);



let known = null;
/**
 * The certificate authorities to trust beside Node's own: those of `SSL_CERT_FILE`, which the Go tools obey and Node
 * does not. Nothing where it is not set.
 */
function certificateAuthorities() {
    if (known === null)
        known = load(process.env['SSL_CERT_FILE']);
    return known ? { ca: [...known.ca] } : {};
}
function load(file) {
    if (file === undefined || file === '')
        return undefined;
    try {
        return { ca: [...usualAuthorities(), (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8')] };
    }
    catch (error) {
        throw new Error(`SSL_CERT_FILE: ${(0,_fault_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(error)}`, { cause: error });
    }
}
/** Those that Node trusts by itself. */
function usualAuthorities() {
    // Before Node 22.15 there is no way to ask for what NODE_EXTRA_CA_CERTS added: the built-in ones are the base.
    const ask = (node_tls__WEBPACK_IMPORTED_MODULE_1___default().getCACertificates);
    return ask ? ask('default') : (node_tls__WEBPACK_IMPORTED_MODULE_1___default().rootCertificates);
}


/***/ }),

/***/ 48104:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ idleLimit),
/* harmony export */   k: () => (/* binding */ ask)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68155);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13130);



/** No answer and no further byte for this long ends one request; milliseconds. */
const idleLimit = 30_000;
const firstPause = 200;
const longestPause = 20_000;
/** Failures that may pass by themselves. */
const passing = new Set(['unreachable', 'rate-limited', 'server-error', 'timeout']);
/**
 * Asks again where that can help, at most `call.retries` times, and writes each further attempt down.
 *
 * @param name the call as it is shown in the report: no credentials in it
 */
async function ask(name, service, call, once) {
    const outOfTime = (last) => {
        const before = last && last.code !== 'timeout' ? `; the last attempt ended with ${last.code}: ${last.message}` : '';
        return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('timeout', `${name}: no answer within the time for this image${before}`, service);
    };
    const isOver = () => call.signal.aborted;
    for (let attempt = 1;; attempt++) {
        if (isOver())
            return outOfTime();
        const answer = await once();
        if (answer.kind !== 'failed')
            return answer;
        if (isOver())
            return outOfTime(answer.problem);
        if (attempt > call.retries || !passing.has(answer.problem.code))
            return answer;
        const { retryAfterMs } = answer;
        // Earlier than it asked for, the service would only refuse again.
        if (retryAfterMs !== undefined && retryAfterMs > _host_turns_js__WEBPACK_IMPORTED_MODULE_1__/* .longestAsked */ .HK)
            return answer;
        const usual = firstPause * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
        const pause = retryAfterMs ?? Math.min(usual, longestPause);
        call.journal.retried({
            call: name,
            attempt: attempt + 1,
            ended: `${answer.problem.code}: ${answer.problem.message}`,
        });
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(pause, undefined, { signal: call.signal });
        }
        catch {
            return outOfTime(answer.problem);
        }
    }
}


/***/ }),

/***/ 69945:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ exchange)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_http__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44708);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_https__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _agents_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43662);
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48104);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8110);
/* harmony import */ var _in_turn_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(52151);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(13130);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(54846);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(49263);









/** Enough of an error's body to read its code. */
const errorBodyLimit = 16 * 1024;
/**
 * Sends one request and reads one answer: no redirect is followed and nothing is tried again here. Found is any answer
 * that is whole, also one that says no.
 */
async function exchange(question, call) {
    const { url, service, trust } = question;
    const name = (0,_url_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .SP)(url);
    const agent = await (0,_agents_js__WEBPACK_IMPORTED_MODULE_2__/* .agentFor */ .Pf)(url, trust).catch((error) => (0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .describe */ .q0)(error));
    if (typeof agent === 'string')
        return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)('input-invalid', `${name}: ${agent}`);
    return (0,_in_turn_js__WEBPACK_IMPORTED_MODULE_4__/* .inTurn */ .l)({ host: url.host, name, service }, call, async (turns) => {
        const ended = call.journal.contacted(url.host, `${question.method ?? 'GET'} ${name}`);
        const reply = await send(question, agent, call);
        ended(reply.kind === 'failed' ? reply.problem.code : reply.kind === 'found' ? `${reply.value.status}` : '');
        // All images wait, not only the one that was told to.
        if (reply.kind === 'found' && reply.value.status === 429)
            turns.pause((0,_status_js__WEBPACK_IMPORTED_MODULE_8__/* .retryAfter */ .P)(reply.value.headers['retry-after']) ?? 0);
        return reply;
    });
}
async function send(question, agent, call) {
    const { url, method = 'GET', headers, body, service, limit, into, trust } = question;
    const name = (0,_url_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .SP)(url);
    return new Promise((resolve) => {
        const end = (code, message) => {
            resolve((0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .failed */ .gz)(code, `${name}: ${message}`, service));
            request.destroy();
        };
        const request = (url.protocol === 'https:' ? (node_https__WEBPACK_IMPORTED_MODULE_1___default()) : (node_http__WEBPACK_IMPORTED_MODULE_0___default())).request(url, {
            method,
            agent,
            timeout: _call_js__WEBPACK_IMPORTED_MODULE_3__/* .idleLimit */ .W,
            headers: {
                'user-agent': 'verify-image',
                ...headers,
                ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
            },
            // The agent of a proxy keeps its own options for the way to the proxy.
            ...(url.protocol === 'https:' && !(agent instanceof (node_https__WEBPACK_IMPORTED_MODULE_1___default().Agent)) && (0,_agents_js__WEBPACK_IMPORTED_MODULE_2__/* .tlsOptions */ .YF)(trust ?? {})),
        }, (response) => {
            const status = response.statusCode ?? 0;
            const chunks = [];
            const sink = status === 200 ? into?.() : undefined;
            let size = 0;
            const finish = (cut = {}) => resolve((0,_lookup_js__WEBPACK_IMPORTED_MODULE_7__/* .found */ .F9)({ status, headers: response.headers, body: Buffer.concat(chunks), ...cut }));
            response.on('data', (chunk) => {
                size += chunk.length;
                if (sink && size > limit) {
                    finish({ cut: true });
                    request.destroy();
                    return;
                }
                if (sink) {
                    sink(chunk);
                    return;
                }
                chunks.push(chunk);
                if (status === 200 && size > limit)
                    end('limit-exceeded', `larger than ${limit} bytes`);
                if (status !== 200 && size > errorBodyLimit) {
                    finish();
                    request.destroy();
                }
            });
            response.on('error', (error) => end((0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .faultCode */ .Ie)(error), (0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .describe */ .q0)(error)));
            response.on('end', () => {
                if (response.complete)
                    finish();
                else
                    end('unreachable', 'the answer was cut short');
            });
        });
        // What a proxy says instead of opening the way is no word of the service: its 404 would be an absence.
        request.on('proxyConnect', ({ statusCode: said }) => {
            if (said !== undefined && said !== 200)
                end((0,_status_js__WEBPACK_IMPORTED_MODULE_8__/* .statusCode */ .s)(said), `the proxy answered ${said}`);
        });
        // Not left to Node, which ends no request that waits for its connection: a proxy may open it never.
        const stop = () => end('timeout', 'stopped, as the time for it was over');
        call.signal.addEventListener('abort', stop);
        request.on('close', () => call.signal.removeEventListener('abort', stop));
        if (call.signal.aborted)
            stop();
        request.on('timeout', () => end('timeout', `nothing came for ${_call_js__WEBPACK_IMPORTED_MODULE_3__/* .idleLimit */ .W / 1000} s`));
        request.on('error', (error) => end((0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .faultCode */ .Ie)(error), (0,_fault_js__WEBPACK_IMPORTED_MODULE_6__/* .describe */ .q0)(error)));
        request.end(body);
    });
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


/***/ }),

/***/ 68155:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HK: () => (/* binding */ longestAsked),
/* harmony export */   _d: () => (/* binding */ mostAtOnce),
/* harmony export */   oA: () => (/* binding */ turnsOf)
/* harmony export */ });
/* unused harmony export openHostTurns */
/** Requests to one host at the same time: what registries and browsers take for polite. */
const mostAtOnce = 20;
/** A host that asks for more patience than this is not waited for, milliseconds. */
const longestAsked = 120_000;
function openHostTurns(now = () => performance.now()) {
    const waiting = new Set();
    let running = 0;
    let resumesAt = 0;
    let timer;
    const take = () => {
        running++;
        let isBack = false;
        return {
            kind: 'go',
            done: () => {
                if (!isBack)
                    running--;
                isBack = true;
                wake();
            },
        };
    };
    const wake = () => {
        clearTimeout(timer);
        if (waiting.size === 0)
            return;
        const leftMs = resumesAt - now();
        if (leftMs > longestAsked) {
            for (const end of waiting)
                end({ kind: 'refused', leftMs });
        }
        else if (leftMs > 0) {
            timer = setTimeout(wake, leftMs);
        }
        else {
            for (const go of waiting)
                if (running < mostAtOnce)
                    go(take());
        }
    };
    return {
        take: async ({ signal }) => {
            if (signal.aborted)
                return { kind: 'over', waited: false };
            if (now() >= resumesAt && waiting.size === 0 && running < mostAtOnce)
                return take();
            return new Promise((resolve) => {
                const settle = (turn) => {
                    waiting.delete(settle);
                    signal.removeEventListener('abort', end);
                    resolve(turn);
                };
                const end = () => {
                    settle({ kind: 'over', waited: now() < resumesAt });
                    // Nobody is left whom the timer would wake.
                    if (waiting.size === 0)
                        clearTimeout(timer);
                };
                waiting.add(settle);
                signal.addEventListener('abort', end);
                wake();
            });
        },
        pause: (ms) => {
            resumesAt = Math.max(resumesAt, now() + ms);
            wake();
        },
    };
}
const hosts = new Map();
/** The turns of a host (`name:port`); a host is the same one for every run of this process. */
function turnsOf(host) {
    const turns = hosts.get(host) ?? openHostTurns();
    hosts.set(host, turns);
    return turns;
}


/***/ }),

/***/ 52151:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ inTurn)
/* harmony export */ });
/* harmony import */ var _host_turns_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(68155);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13130);


/** Asks a host when it is this call's turn; not at all where the time is over before, or the host wants none for long. */
async function inTurn({ host, name, service }, call, once) {
    const turns = (0,_host_turns_js__WEBPACK_IMPORTED_MODULE_0__/* .turnsOf */ .oA)(host);
    const turn = await turns.take(call);
    if (turn.kind === 'refused') {
        const seconds = Math.ceil(turn.leftMs / 1000);
        const message = `${name}: not asked, as the host wants no request for another ${seconds} s`;
        return { ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('rate-limited', message, service), retryAfterMs: turn.leftMs };
    }
    if (turn.kind === 'over')
        return turn.waited
            ? (0,_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('rate-limited', `${name}: the host wanted a pause until the time for it was over`, service)
            : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_1__/* .failed */ .gz)('timeout', `${name}: stopped, as the time for it was over`, service);
    try {
        return await once(turns);
    }
    finally {
        turn.done();
    }
}


/***/ }),

/***/ 54846:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ retryAfter),
/* harmony export */   s: () => (/* binding */ statusCode)
/* harmony export */ });
/** The code of an HTTP status that is no answer to the question. */
function statusCode(status) {
    if (status === 401 || status === 403 || status === 407)
        return 'denied';
    if (status === 429)
        return 'rate-limited';
    if (status === 408 || status === 504)
        return 'timeout';
    if (status >= 500)
        return 'server-error';
    return 'response-invalid';
}
/** Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds, or a date. */
function retryAfter(header, now = Date.now()) {
    if (header === undefined)
        return undefined;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    const date = /^[A-Z][a-z]{2,8}, /.test(header) ? Date.parse(header) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}


/***/ })

};
