export const id = 4323;
export const ids = [4323];
export const modules = {

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

/***/ 63387:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  BE: () => (/* binding */ awsClientOptions),
  _p: () => (/* binding */ awsFault),
  Ue: () => (/* binding */ awsRegion),
  VL: () => (/* binding */ isRegionMissing),
  gw: () => (/* binding */ regionName),
  wB: () => (/* binding */ watch)
});

// EXTERNAL MODULE: ./src/network/agents.ts
var agents = __webpack_require__(43662);
// EXTERNAL MODULE: ./src/network/authorities.ts
var authorities = __webpack_require__(77391);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./src/network/aws-answer.ts

/** Most bytes of a text that the SDK reads whole: a key, a listing, an error. */
const longestText = 4 * 1024 * 1024;
const tooLong = 'AnswerTooLong';
/**
 * Ends answers that the SDK would read without end, which it does before anybody sees them.
 *
 * @param streamed what is found is handed on as it comes, and whoever reads it has a limit of his own
 */
function limitAnswer(command, streamed) {
    const stack = command.middlewareStack;
    stack.add((next) => async (args) => {
        const answered = await next(args);
        const { response } = answered;
        const isFound = (response?.statusCode ?? 0) < 300;
        const body = response?.body;
        if (response && body && !(isFound && streamed))
            response.body = external_node_stream_.Readable.from(isFound ? bounded(body) : cut(body), { objectMode: false });
        return answered;
    }, 
    // The last of all: what it gives is what the SDK reads.
    { step: 'deserialize', priority: 'low', name: 'limitAnswer' });
}
/** Whether that was why an answer came to nothing. */
function isTooLong(error) {
    return error.name === tooLong;
}
async function* bounded(body) {
    let size = 0;
    for await (const piece of body) {
        size += piece.length;
        if (size > longestText)
            throw Object.assign(new Error(`larger than ${longestText} bytes`), { name: tooLong });
        yield piece;
    }
}
/** Of a refusal the beginning tells enough: its status counts, and nobody waits for the rest. */
async function* cut(body) {
    let size = 0;
    for await (const piece of body) {
        size += piece.length;
        if (size > longestText)
            return;
        yield piece;
    }
}

// EXTERNAL MODULE: ./src/network/call.ts
var call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./node_modules/agent-base/dist/index.js + 1 modules
var dist = __webpack_require__(319);
;// CONCATENATED MODULE: ./src/network/routed-agent.ts


/** For clients that choose their hosts themselves: each request goes the way that its own URL would, proxy or not. */
class RoutedAgent extends dist/* Agent */.g6 {
    async connect(request, options) {
        const { host = '', port, secureEndpoint } = options;
        const name = host.includes(':') ? `[${host}]` : host;
        // What a proxy says instead of opening a tunnel is no word of the service. Without a tunnel it says nothing.
        request.on('proxyConnect', ({ statusCode }) => {
            if (statusCode !== undefined && statusCode !== 200)
                request.destroy(new ProxyRefusal(statusCode));
        });
        // The agent of a proxy keeps its own options for the way to the proxy.
        if (secureEndpoint)
            Object.assign(options, (0,agents/* tlsOptions */.YF)({}));
        return (0,agents/* agentFor */.Pf)(new URL(`${secureEndpoint ? 'https' : 'http'}://${name}:${port}`));
    }
}
/** The answer of a proxy, in the shape in which the AWS SDK tells the answer of a service. */
class ProxyRefusal extends Error {
    name = 'ProxyRefusal';
    $metadata;
    constructor(status) {
        super(`the proxy answered ${status}`);
        this.$metadata = { httpStatusCode: status };
    }
}

// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
;// CONCATENATED MODULE: ./src/network/aws.ts








/** The options that every AWS client here has: the retries and the limits are ours. */
function awsClientOptions() {
    const routed = (0,agents/* anyProxy */.jq)() ? new RoutedAgent() : undefined;
    return {
        maxAttempts: 1,
        requestHandler: {
            connectionTimeout: call/* idleLimit */.W,
            requestTimeout: call/* idleLimit */.W,
            socketTimeout: call/* idleLimit */.W,
            httpsAgent: routed ?? { keepAlive: true, maxSockets: 50, ...(0,authorities/* certificateAuthorities */.J)() },
            ...(routed && { httpAgent: routed }),
        },
    };
}
/** The region of the environment; `EU` is the legacy name of eu-west-1. */
function awsRegion() {
    // A variable that a workflow leaves empty is one that is not set.
    const given = [process.env['AWS_REGION'], process.env['AWS_DEFAULT_REGION']].find((text) => text);
    return given === undefined ? undefined : regionName(given);
}
/** @returns undefined when the text can be no region */
function regionName(text) {
    if (text === 'EU')
        return 'eu-west-1';
    return /^[a-z0-9][a-z0-9-]{1,62}$/.test(text) ? text : undefined;
}
/** Whether the SDK found no region, or only a text that can be none. */
function isRegionMissing(error) {
    return error instanceof Error && /^Region (is missing$|not accepted)/.test(error.message);
}
/**
 * Writes down which hosts a command really goes to: the SDK chooses them. What it carries stays out of its errors, and
 * what it is answered has an end.
 *
 * @param streamed what is found is handed on as it comes, and whoever reads it has a limit of his own
 */
function watch(command, call, { streamed = false } = {}) {
    limitAnswer(command, streamed);
    const stack = command.middlewareStack;
    stack.add((next) => async (args) => {
        const { method = '', hostname = '', port, path = '', headers } = args.request;
        const host = port === undefined ? hostname : `${hostname}:${port}`;
        const ended = hostname === '' ? undefined : call.journal.contacted(host, `${method} ${host}${path}`);
        try {
            const answered = await next(args);
            ended?.(String(answered.response?.statusCode ?? ''));
            return answered;
        }
        catch (error) {
            ended?.(String(error.$metadata?.httpStatusCode ?? error.name));
            hideCredentials(error, headers ?? {});
            throw error;
        }
    }, { step: 'finalizeRequest', priority: 'low', name: 'watch' });
}
/** A service may send back what it was sent; wherever the credentials came from, no report knows them by then. */
function hideCredentials(error, headers) {
    if (!(error instanceof Error))
        return;
    const signature = /Signature=([0-9a-f]+)/.exec(headers['authorization'] ?? '')?.[1];
    for (const secret of [signature, headers['x-amz-security-token']]) {
        if (secret === undefined || secret === '')
            continue;
        error.message = error.message.replaceAll(secret, '***');
        error.name = error.name.replaceAll(secret, '***');
    }
}
const throttling = new Set([
    'SlowDown',
    'TooManyRequests',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'Throttling',
    'ThrottlingException',
    'LimitExceededException',
]);
/** What a failed call to AWS came to, as far as it does not depend on the service asked. */
function awsFault(error, what, service) {
    const say = (code, message) => (0,lookup/* failed */.gz)(code, `${what}: ${message}`, service);
    if (!(error instanceof Error))
        return say('server-error', (0,fault/* describe */.q0)(error));
    if (isTooLong(error))
        return say('limit-exceeded', error.message);
    const status = error.$metadata?.httpStatusCode;
    if (status === undefined) {
        if (/Credential|TokenProvider|SSO/.test(error.name))
            return say('denied', `no AWS credentials: ${error.message}`);
        if (error.message.startsWith('SSL_CERT_FILE: '))
            return (0,lookup/* failed */.gz)('input-invalid', `${what}: ${error.message}`);
        if (error.message.startsWith('Checksum mismatch'))
            return say('response-invalid', (0,fault/* describe */.q0)(error));
        // The SDK calls a connection that broke a TimeoutError too.
        if ((0,fault/* isBroken */.Qr)(error))
            return say('unreachable', (0,fault/* describe */.q0)(error));
        if (error.name === 'AbortError' || error.name === 'TimeoutError')
            return say('timeout', (0,fault/* describe */.q0)(error));
        return say((0,fault/* isNetworkFault */.d$)(error) ? (0,fault/* faultCode */.Ie)(error) : 'server-error', (0,fault/* describe */.q0)(error));
    }
    const pause = (0,network_status/* retryAfter */.P)(error.$response?.headers?.['retry-after']);
    const later = (answer) => pause === undefined ? answer : { ...answer, retryAfterMs: pause };
    if (throttling.has(error.name))
        return later(say('rate-limited', `${error.name} (${status})`));
    if (status >= 200 && status < 300) {
        return (0,fault/* isNetworkFault */.d$)(error)
            ? say((0,fault/* faultCode */.Ie)(error), (0,fault/* describe */.q0)(error))
            : say('response-invalid', (0,fault/* describe */.q0)(error));
    }
    if (status === 400)
        return say('denied', `${error.name}: ${error.message}`);
    return later(say((0,network_status/* statusCode */.s)(status), `${error.name} (${status}): ${error.message}`));
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


/***/ }),

/***/ 64323:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openS3: () => (/* binding */ openS3)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-s3/dist-es/commands/GetObjectCommand.js
var GetObjectCommand = __webpack_require__(10040);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-s3/dist-es/commands/ListObjectsV2Command.js
var ListObjectsV2Command = __webpack_require__(59693);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-s3/dist-es/S3Client.js + 9 modules
var S3Client = __webpack_require__(18897);
// EXTERNAL MODULE: ./src/network/aws.ts + 2 modules
var aws = __webpack_require__(63387);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/in-turn.ts
var in_turn = __webpack_require__(52151);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/stores/s3lo/objects.ts
var objects = __webpack_require__(69912);
;// CONCATENATED MODULE: ./src/stores/s3lo/s3-fault.ts


/**
 * Turns what a call to S3 failed with into an answer. Only `NoSuchKey`, said by the service in its own error document,
 * is an absence; a bare 404 may come from anything on the way.
 */
function s3Fault(error, where) {
    const { name, $metadata } = error;
    const status = $metadata?.httpStatusCode;
    if (name === 'NoSuchKey' && status === 404)
        return (0,lookup/* absent */.Ge)(`object not found: ${where}`);
    if (name === 'NoSuchBucket')
        return (0,lookup/* failed */.gz)('not-found', `${where}: the bucket does not exist (NoSuchBucket)`, 'storage');
    if (status === 404)
        return (0,lookup/* failed */.gz)('response-invalid', `${where}: 404 without an S3 error document`, 'storage');
    if (status !== undefined && status >= 300 && status < 400) {
        const message = `${where}: the bucket is elsewhere (${String(name)}, ${status}): give its region or endpoint`;
        return (0,lookup/* failed */.gz)('response-invalid', message, 'storage');
    }
    return (0,aws/* awsFault */._p)(error, where, 'storage');
}
/** The region that a service names when it was asked in another one. */
function regionNamed(error) {
    const sdk = error;
    const named = sdk?.$response?.headers?.['x-amz-bucket-region'] ?? sdk?.Region;
    return typeof named === 'string' ? (0,aws/* regionName */.gw)(named) : undefined;
}

;// CONCATENATED MODULE: ./src/stores/s3lo/bucket.ts









/** The region that s3lo asks in where none is known; S3 answers from there with the right one. */
const defaultRegion = 'us-east-1';
/**
 * Opens S3, or a service that speaks like it.
 *
 * Credentials come from the AWS chain. The region comes from the environment or the profile, and a bucket that lies
 * elsewhere says so itself: no GetBucketLocation is called and no right to it is needed.
 *
 * @param endpoint URL of the service; bucket names then go into the path, as in s3lo
 */
function openS3(endpoint) {
    const clients = new Map();
    const regions = new Map();
    const clientFor = (region) => {
        const open = clients.get(region) ?? newClient(endpoint, region);
        clients.set(region, open);
        return open;
    };
    /** Sends to the region that is known for the bucket, and once more where the service says that it is another. */
    const send = async (bucket, one) => {
        let known = regions.get(bucket) ?? (0,aws/* awsRegion */.Ue)();
        for (let told = false;;) {
            try {
                return await one(clientFor(known));
            }
            catch (error) {
                // That no region is set is no word of the service: it may still name one.
                const missing = known === undefined && (0,aws/* isRegionMissing */.VL)(error);
                const named = missing ? defaultRegion : regionNamed(error);
                if (named === undefined || named === known || told)
                    throw error;
                told = !missing;
                known = named;
                regions.set(bucket, named);
            }
        }
    };
    return {
        bucket: (bucket) => {
            const where = (key) => `s3://${bucket}/${key}`;
            // The service itself has its limits by bucket.
            const host = endpoint === undefined ? `s3://${bucket}` : hostOf(endpoint);
            const inTime = async (name, call, once) => (0,in_turn/* inTurn */.l)({ host, name, service: 'storage' }, call, async (turns) => {
                const answer = await once();
                if (answer.kind === 'failed' && answer.problem.code === 'rate-limited')
                    turns.pause(answer.retryAfterMs ?? 0);
                return answer;
            });
            const get = async (key, limit, call) => {
                try {
                    const command = new GetObjectCommand/* GetObjectCommand */.j({ Bucket: bucket, Key: key });
                    (0,aws/* watch */.wB)(command, call, { streamed: true });
                    const output = await send(bucket, (client) => client.send(command, { abortSignal: call.signal }));
                    return await readBody(output, where(key), limit, call.signal);
                }
                catch (error) {
                    return s3Fault(error, where(key));
                }
            };
            const stream = async (key, limit, sink, call) => {
                try {
                    const command = new GetObjectCommand/* GetObjectCommand */.j({ Bucket: bucket, Key: key });
                    (0,aws/* watch */.wB)(command, call, { streamed: true });
                    const output = await send(bucket, (client) => client.send(command, { abortSignal: call.signal }));
                    return await pour(output, where(key), limit, sink, call.signal);
                }
                catch (error) {
                    return s3Fault(error, where(key));
                }
            };
            const names = async (prefix, most, call) => {
                try {
                    const command = new ListObjectsV2Command/* ListObjectsV2Command */.u({
                        Bucket: bucket,
                        Prefix: prefix,
                        Delimiter: '/',
                        MaxKeys: most,
                    });
                    (0,aws/* watch */.wB)(command, call);
                    const output = await send(bucket, (client) => client.send(command, { abortSignal: call.signal }));
                    return (0,lookup/* found */.F9)((output.Contents ?? []).flatMap(({ Key }) => (Key ? [Key.slice(prefix.length)] : [])).sort());
                }
                catch (error) {
                    const fault = s3Fault(error, where(prefix));
                    return fault.kind === 'absent' ? (0,lookup/* found */.F9)([]) : fault;
                }
            };
            return {
                where,
                get: (key, limit, call) => (0,network_call/* ask */.k)(`GET ${where(key)}`, 'storage', call, () => inTime(where(key), call, () => get(key, limit, call))),
                stream: (key, limit, open, call) => (0,network_call/* ask */.k)(`GET ${where(key)}`, 'storage', call, () => inTime(where(key), call, () => stream(key, limit, open(), call))),
                names: (prefix, most, call) => (0,network_call/* ask */.k)(`LIST ${where(prefix)}`, 'storage', call, () => inTime(where(prefix), call, () => names(prefix, most, call))),
            };
        },
    };
}
/** What is no URL is refused by the client, in its own words. */
function hostOf(endpoint) {
    return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}
function newClient(endpoint, bucketRegion) {
    const region = bucketRegion ?? (0,aws/* awsRegion */.Ue)();
    return new S3Client/* S3Client */.Y({
        ...(0,aws/* awsClientOptions */.BE)(),
        ...(endpoint !== undefined && { endpoint, forcePathStyle: true, region: region ?? defaultRegion }),
        ...(endpoint === undefined && region !== undefined && { region }),
        followRegionRedirects: false,
        responseChecksumValidation: 'WHEN_SUPPORTED',
    });
}
async function readBody(output, where, limit, signal) {
    const pieces = [];
    const whole = await pour(output, where, limit, (piece) => void pieces.push(piece), signal);
    if (whole.kind !== 'found')
        return whole;
    return whole.value
        ? (0,lookup/* found */.F9)(Buffer.concat(pieces))
        : (0,lookup/* failed */.gz)('limit-exceeded', `${where}: larger than ${limit} bytes`, 'storage');
}
/** @returns false where there is more than `limit` bytes; the rest is not read */
async function pour(output, where, limit, sink, signal) {
    const type = output.ContentType ?? '';
    if (/^text\/html\b/i.test(type)) {
        return (0,lookup/* failed */.gz)('response-invalid', `${where}: expected an object, got a page of type ${type}`, 'storage');
    }
    const body = output.Body;
    // Once there is an answer, the SDK stops listening: a body that hangs would outlive the time for it.
    const stop = () => void body.destroy();
    signal.addEventListener('abort', stop);
    try {
        let size = 0;
        for await (const piece of body) {
            size += piece.length;
            if (size > limit)
                return (0,lookup/* found */.F9)(false);
            sink(piece);
        }
        if (output.ContentLength !== undefined && output.ContentLength !== size) {
            return (0,lookup/* failed */.gz)('unreachable', `${where}: expected ${output.ContentLength} bytes, got ${size}`, 'storage');
        }
        if (size === 0 && !isVouched(output))
            return (0,objects/* nothingCame */.y2)(where);
        return (0,lookup/* found */.F9)(true);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
/** S3, and whatever speaks like it, says of every object what it holds. */
function isVouched(output) {
    const said = Object.entries(output).filter(([name]) => name === 'ETag' || name.startsWith('Checksum'));
    return said.some(([, value]) => value !== undefined);
}


/***/ })

};
