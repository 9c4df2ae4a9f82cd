export const id = 9521;
export const ids = [9521,3043];
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

/***/ 53043:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ redirectTarget),
/* harmony export */   download: () => (/* binding */ download)
/* harmony export */ });
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48104);
/* harmony import */ var _exchange_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69945);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(13130);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(54846);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49263);





const mostRedirects = 5;
/** Gets a small document; redirects are followed to https (or loopback) only and without any credentials. */
async function download(what, call) {
    return (0,_call_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .k)(`GET ${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(what.url)}`, what.service, call, () => follow(what, call));
}
async function follow(what, call) {
    let url = what.url;
    for (let hop = 0; hop <= mostRedirects; hop++) {
        if (!(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .mayCarry */ .P5)(url)) {
            const message = `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: expected https, got ${url.protocol}//`;
            // Whoever gave the first URL did not choose the ones after it.
            return hop === 0 ? (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('input-invalid', message) : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', message, what.service);
        }
        const reply = await (0,_exchange_js__WEBPACK_IMPORTED_MODULE_1__/* .exchange */ .c)({ url, service: what.service, limit: what.limit }, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers, body } = reply.value;
        const { location } = headers;
        if (status >= 300 && status < 400 && location !== undefined) {
            const next = redirectTarget(url, location);
            if (typeof next === 'string')
                return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: ${next}`, what.service);
            url = next;
            continue;
        }
        const said = `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: the server answered ${status}`;
        if (status === 404 || status === 410)
            return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .absent */ .Ge)(said);
        if (status === 200)
            return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .found */ .F9)(body);
        const pause = (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .retryAfter */ .P)(headers['retry-after']);
        return {
            ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)((0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusCode */ .s)(status), said, what.service),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    }
    return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(what.url)}: more than ${mostRedirects} redirects`, what.service);
}
/** Where a redirect leads; a text says why it is not followed. */
function redirectTarget(from, location) {
    if (!URL.canParse(location, from.href))
        return 'the redirect leads to no URL';
    const next = new URL(location, from);
    // A relative redirect inherits user and password.
    next.username = '';
    next.password = '';
    if (from.protocol === 'https:' && next.protocol !== 'https:')
        return 'the redirect leaves https';
    return next;
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

/***/ 79521:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openBeside: () => (/* binding */ openBeside)
});

// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/exchange.ts
var exchange = __webpack_require__(69945);
// EXTERNAL MODULE: ./src/network/https.ts
var https = __webpack_require__(53043);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
;// CONCATENATED MODULE: ./src/stores/github/api.ts







const mostRedirects = 3;
/** @param token sent to this address and no other */
function openApi(url, token) {
    const getOnce = async (from, limit, call) => {
        let at = from;
        for (let hop = 0; hop <= mostRedirects; hop++) {
            const headers = {
                accept: 'application/vnd.github+json',
                // A repository that was renamed answers with a redirect: whoever is sent on comes as a stranger.
                ...(token !== undefined && hop === 0 && { authorization: `Bearer ${token}` }),
            };
            const reply = await (0,exchange/* exchange */.c)({ url: at, service: 'github', limit, headers }, call);
            if (reply.kind !== 'found')
                return reply;
            const { status, headers: got } = reply.value;
            const { location } = got;
            if (status < 300 || status >= 400 || location === undefined)
                return settle(reply.value, at);
            const next = (0,https/* redirectTarget */.E)(at, location);
            if (typeof next === 'string')
                return (0,lookup/* failed */.gz)('response-invalid', `${(0,network_url/* shown */.SP)(at)}: ${next}`, 'github');
            at = next;
        }
        return (0,lookup/* failed */.gz)('response-invalid', `${(0,network_url/* shown */.SP)(from)}: more than ${mostRedirects} redirects`, 'github');
    };
    return {
        url,
        get: async (at, limit, call) => (0,network_call/* ask */.k)(`GET ${(0,network_url/* shown */.SP)(at)}`, 'github', call, async () => getOnce(at, limit, call)),
    };
}
function settle(reply, at) {
    const { status, headers, body } = reply;
    const said = `${(0,network_url/* shown */.SP)(at)}: GitHub answered ${status}`;
    // Its own no says why, in JSON: that of something in between would be an absence of attestations.
    if (status === 404 && (0,json/* textField */.M8)((0,json/* readObject */.Ag)(body), 'message') === undefined)
        return (0,lookup/* failed */.gz)('response-invalid', `${said} without JSON: a proxy or a page, not GitHub`, 'github');
    if (status === 200 || status === 404)
        return (0,lookup/* found */.F9)(reply);
    const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
    const wait = pause === undefined ? {} : { retryAfterMs: pause };
    // GitHub says 403 for both: no right, and too often (its documentation, rate limits for the REST API).
    const tooOften = status === 429 || (status === 403 && (pause !== undefined || headers['x-ratelimit-remaining'] === '0'));
    return { ...(0,lookup/* failed */.gz)(tooOften ? 'rate-limited' : (0,network_status/* statusCode */.s)(status), said, 'github'), ...wait };
}

// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
// EXTERNAL MODULE: ./src/stores/next-page.ts
var next_page = __webpack_require__(2077);
;// CONCATENATED MODULE: ./src/stores/github/attestations.ts







/** Bundles may lie in the listing itself: a page of them is as long as a few large ones. */
const pageLimit = store/* bundleLimit */.UT;
const repositoryLimit = 1024 * 1024;
const mostPages = 20;
/**
 * The attestations that GitHub keeps of a digest for a repository (REST, `GET /repos/{owner}/{repo}/attestations/{digest}`),
 * one offer each. Absent is said only of a repository that can be read: GitHub answers 404 for both.
 *
 * @param repository `owner/name`
 */
async function listAttestations(api, repository, digest, call) {
    const entries = [];
    const base = `${api.url.href.replace(/\/+$/, '')}/repos/${repository}`;
    const where = `${api.url.host}/repos/${repository}/attestations/${digest}`;
    let url = new URL(`${base}/attestations/${digest}?per_page=100`);
    for (let page = 0; page < mostPages; page++) {
        const reply = await api.get(url, pageLimit, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers, body } = reply.value;
        if (status === 404) {
            if (page > 0)
                return (0,lookup/* failed */.gz)('response-invalid', `${where}: page ${page + 1} is not there`, 'github');
            return whetherReadable(api, repository, new URL(base), call);
        }
        const listed = (0,json/* listField */.FZ)((0,json/* readObject */.Ag)(body), 'attestations');
        if (listed?.every(json/* isObject */.Gv) !== true)
            return (0,lookup/* failed */.gz)('response-invalid', `${where}: expected a list of attestations`, 'github');
        entries.push(...listed);
        if (entries.length > store/* signatureLimit */.OY)
            return (0,lookup/* failed */.gz)('limit-exceeded', `${where}: more than ${store/* signatureLimit */.OY} attestations`, 'github');
        const next = (0,next_page/* nextPage */.Z)(headers['link'], url);
        if (next === null)
            return (0,lookup/* failed */.gz)('response-invalid', `${where}: the next page lies elsewhere`, 'github');
        if (next === undefined) {
            if (entries.length === 0)
                return (0,lookup/* absent */.Ge)(`${where}: none`);
            const name = (index) => `${where} (${index + 1} of ${entries.length})`;
            return (0,lookup/* found */.F9)(entries.map((entry, index) => ({
                rank: 1,
                read: async () => readEntry(entry, name(index), call),
            })));
        }
        url = next;
    }
    return (0,lookup/* failed */.gz)('limit-exceeded', `${where}: more than ${mostPages} pages`, 'github');
}
async function whetherReadable(api, repository, url, call) {
    const reply = await api.get(url, repositoryLimit, call);
    if (reply.kind !== 'found')
        return reply;
    if (reply.value.status === 200)
        return (0,lookup/* absent */.Ge)(`${repository}: GitHub keeps no attestation of this digest`);
    const message = `${repository}: GitHub knows no such repository, or github-token may not read it (permissions: attestations: read, contents: read)`;
    return (0,lookup/* failed */.gz)('denied', message, 'github');
}
/** Large bundles are named by an address instead, signed for a while, on a store that is not GitHub's own. */
async function readEntry(entry, where, call) {
    const inline = (0,json/* objectField */.qV)(entry, 'bundle');
    if (inline !== undefined)
        return evidence(Buffer.from(JSON.stringify(inline)), where);
    const address = (0,json/* textField */.M8)(entry, 'bundle_url') ?? '';
    if (!URL.canParse(address))
        return problem((0,lookup/* failed */.gz)('response-invalid', `${where}: it has no bundle`, 'github'));
    const url = new URL(address);
    const got = await (0,https.download)({ url, service: 'github', limit: store/* bundleLimit */.UT }, call);
    if (got.kind === 'absent')
        return problem((0,lookup/* failed */.gz)('response-invalid', `${where}: listed, and not at ${(0,network_url/* shown */.SP)(url)}`, 'github'));
    if (got.kind === 'failed') {
        // Whoever named the address is GitHub, not the user.
        const fault = got.problem.code === 'input-invalid' ? (0,lookup/* failed */.gz)('response-invalid', got.problem.message, 'github') : got;
        return problem(fault);
    }
    // A JSON object begins with a brace, which is no beginning of a compressed one of that length.
    if (got.value[0] === 0x7b)
        return stored(got.value, where);
    try {
        const { uncompress } = (await __webpack_require__.e(/* import() */ 4528).then(__webpack_require__.t.bind(__webpack_require__, 64528, 19))).default;
        return stored(uncompress(Buffer.from(got.value), store/* bundleLimit */.UT), where);
    }
    catch (error) {
        return problem((0,lookup/* failed */.gz)('response-invalid', `${where}: expected a bundle, got ${(0,fault/* describe */.q0)(error)}`, 'github'));
    }
}
/** GitHub takes no bundle that is no JSON: what comes as one was cut off on the way, and is no forgery. */
function stored(bytes, where) {
    return (0,json/* readObject */.Ag)(bytes)
        ? evidence(bytes, where)
        : problem((0,lookup/* failed */.gz)('response-invalid', `${where}: expected a bundle, got no whole JSON`, 'github'));
}
function evidence(bytes, where) {
    return { evidence: [{ format: 'sigstore-bundle', where, bytes }], problems: [] };
}
function problem(lookup) {
    return { evidence: [], problems: lookup.kind === 'failed' ? [lookup.problem] : [] };
}

;// CONCATENATED MODULE: ./src/stores/github/beside.ts



/** What the runner names its own GitHub by; elsewhere it is the public one. */
const publicApi = 'https://api.github.com';
/** GitHub's attestations as one more channel of evidence beside whatever place an image lies at. */
function openBeside(access) {
    const { GITHUB_API_URL, GITHUB_REPOSITORY } = process.env;
    const repository = access.repository ?? GITHUB_REPOSITORY ?? '';
    if (!repositoryName.test(repository)) {
        const message = `github-attestations: expected owner/repository, got ${JSON.stringify(repository)}`;
        return { code: 'input-invalid', message };
    }
    const address = GITHUB_API_URL === undefined || GITHUB_API_URL === '' ? publicApi : GITHUB_API_URL;
    if (!URL.canParse(address) || !(0,network_url/* mayCarry */.P5)(new URL(address))) {
        return {
            code: 'input-invalid',
            message: `GITHUB_API_URL: expected an https URL, got ${JSON.stringify(address)}`,
        };
    }
    const api = openApi(new URL(address), access.token);
    const find = async (image, call) => {
        const resolved = await image;
        if (resolved.kind !== 'found')
            return resolved;
        return listAttestations(api, repository, resolved.value.digest, call);
    };
    return ({ images, evidence }) => ({ images, evidence: withAttestations(evidence, find) });
}
/** As GitHub names accounts and repositories: nothing else becomes a part of a path. */
const repositoryName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
function withAttestations(own, find) {
    return {
        ...own,
        attestationsByAnyone: true,
        look: (image, call, isChild) => {
            const usual = own.look(image, call, isChild);
            let listed;
            return (wanted) => {
                // It keeps attestations only: a plain signature is not looked for there.
                if (wanted.predicateType === undefined)
                    return usual(wanted);
                listed ??= find(image, call);
                return own.byKey ? [listed] : [...usual(wanted), listed];
            };
        },
    };
}


/***/ }),

/***/ 2077:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ nextPage)
/* harmony export */ });
/**
 * The next page that a `Link` header names (RFC 8288).
 *
 * @returns undefined: there is none; null: it lies on another host, which no listing needs
 */
function nextPage(link, from) {
    const header = Array.isArray(link) ? link.join(',') : (link ?? '');
    const target = /<([^<>]*)>\s*;[^<]*\brel=(?:"next"|next(?![\w-]))/i.exec(header)?.[1];
    if (target === undefined)
        return undefined;
    if (!URL.canParse(target, from.href))
        return null;
    const url = new URL(target, from);
    // A port may be left out where it is the usual one of the scheme that the link names.
    return url.host === new URL(`${url.protocol}//${from.host}`).host ? url : null;
}


/***/ })

};
