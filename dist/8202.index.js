export const id = 8202;
export const ids = [8202,3043];
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

/***/ 48202:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  updateTrustedRoot: () => (/* binding */ updateTrustedRoot)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
var external_node_os_default = /*#__PURE__*/__webpack_require__.n(external_node_os_);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./node_modules/tuf-js/dist/index.js
var dist = __webpack_require__(84706);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/network/home-folder.ts
var home_folder = __webpack_require__(98696);
;// CONCATENATED MODULE: ./src/trust/tuf-cache.ts





/** No separator and no leading dot: a name of the mirror's becomes a file name only like this. */
const safeName = /^[A-Za-z0-9_%-][A-Za-z0-9._%-]{0,199}$/;
/** The cache of one mirror and one first root. */
function openTufCache(mirror, firstRoot) {
    const name = (0,external_node_crypto_.createHash)('sha256').update(mirror).update('\0').update(firstRoot).digest('hex').slice(0, 32);
    const folder = external_node_path_default().join(cacheHome(), 'verify-image', 'tuf', name);
    const fileOf = (file) => safeName.test(file) ? external_node_path_default().join(folder, file) : undefined;
    return {
        read: async (file) => {
            const place = fileOf(file);
            return place === undefined ? undefined : (0,promises_.readFile)(place).catch(() => undefined);
        },
        keep: async (file, bytes) => {
            const place = fileOf(file);
            if (place === undefined)
                return;
            const temporary = external_node_path_default().join(folder, `.${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
            try {
                await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
                await (0,promises_.writeFile)(temporary, bytes, { flag: 'wx', mode: 0o600 });
                await (0,promises_.rename)(temporary, place);
            }
            catch {
                await (0,promises_.unlink)(temporary).catch(() => undefined);
            }
        },
        keptAt: async (file) => {
            const place = fileOf(file);
            if (place === undefined)
                return undefined;
            return (0,promises_.stat)(place).then(({ mtime }) => mtime, () => undefined);
        },
    };
}
/** `TUF_ROOT` is where cosign keeps its own; ours lies beside it under a name of its own. */
function cacheHome() {
    const { TUF_ROOT, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
    const given = [TUF_ROOT, XDG_CACHE_HOME].find((folder) => folder !== undefined && external_node_path_default().isAbsolute(folder));
    if (given !== undefined)
        return given;
    if (process.platform === 'win32' && LOCALAPPDATA !== undefined)
        return LOCALAPPDATA;
    // A user without a home, as in some containers, still has a folder for what is temporary.
    const home = (0,home_folder/* homeFolder */.W)() ?? external_node_path_default().join(external_node_os_default().tmpdir(), `verify-image-${String(process.getuid?.() ?? '')}`);
    return process.platform === 'darwin' ? external_node_path_default().join(home, 'Library', 'Caches') : external_node_path_default().join(home, '.cache');
}

// EXTERNAL MODULE: ./node_modules/tuf-js/dist/error.js
var error = __webpack_require__(86376);
// EXTERNAL MODULE: ./src/network/https.ts
var https = __webpack_require__(53043);
;// CONCATENATED MODULE: ./src/trust/tuf-fetcher.ts





/** Reads only what was kept. */
function cachedFiles(cache, folder) {
    return fetcher(async (url) => cache.read(nameOf(url)), folder);
}
function mirrorFiles(call, folder) {
    const came = new Map();
    let problem;
    const get = async (url, limit) => {
        const answer = await (0,https.download)({ url: new URL(url), service: 'trust', limit }, call);
        if (answer.kind === 'found') {
            came.set(nameOf(url), answer.value);
            return answer.value;
        }
        if (answer.kind === 'absent') {
            problem = { code: 'response-invalid', service: 'trust', message: answer.message };
            return undefined;
        }
        problem = answer.problem;
        // Stores that list nothing to strangers refuse what is not there: so the library takes it for a next root, too.
        if (answer.problem.code === 'denied' && isRoot(url))
            return undefined;
        throw new Error(answer.problem.message);
    };
    return {
        fetcher: fetcher(async (url, limit) => {
            const bytes = await get(url, limit);
            // That there is no newer root is no failure.
            if (bytes !== undefined || isRoot(url))
                problem = undefined;
            return bytes;
        }, folder),
        came,
        problem: () => problem,
    };
}
/** @param folder where a file may lie while it is verified */
function fetcher(get, folder) {
    const downloadBytes = async (url, limit) => {
        const bytes = await get(url, limit);
        if (bytes === undefined)
            throw new error.DownloadHTTPError(`no such file: ${url}`, 404);
        return Buffer.from(bytes);
    };
    return {
        downloadBytes,
        downloadFile: async (url, limit, handler) => {
            const file = external_node_path_default().join(folder, `download-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`);
            await (0,promises_.writeFile)(file, await downloadBytes(url, limit), { flag: 'wx' });
            return handler(file);
        },
    };
}
function isRoot(url) {
    return /^\d+\.root\.json$/.test(nameOf(url));
}
function nameOf(url) {
    return new URL(url).pathname.split('/').at(-1) ?? '';
}

;// CONCATENATED MODULE: ./src/trust/tuf.ts








const target = 'trusted_root.json';
const timestamp = 'timestamp.json';
/** What is kept and holds is used without asking for this long; after that the mirror is asked, if it answers. */
const freshMs = 24 * 3_600_000;
/** A step beside this one may have kept it a moment from now. */
const skewMs = 5 * 60_000;
/** The runner has one in every container, also where the image has none that can be written. */
function temporaryFolder() {
    const { RUNNER_TEMP: folder } = process.env;
    return folder !== undefined && external_node_path_default().isAbsolute(folder) ? folder : external_node_os_default().tmpdir();
}
/**
 * The trusted root of a TUF repository (TUF specification 1.0, section 5), verified from the first root on: from the
 * cache while what is kept holds and is fresh, else from the mirror. A mirror that does not answer is passed over only
 * while what is kept has not expired.
 */
async function updateTrustedRoot({ mirror, firstRoot }, now, call) {
    const cache = openTufCache(mirror, firstRoot);
    // Its own folder for the library, which is not made for several processes in one.
    const folder = await (0,promises_.mkdtemp)(external_node_path_default().join(temporaryFolder(), 'verify-image-tuf-'));
    try {
        await (0,promises_.writeFile)(external_node_path_default().join(folder, 'root.json'), firstRoot);
        const warm = openUpdater(mirror, folder, cachedFiles(cache, folder));
        if ('code' in warm)
            return warm;
        const kept = await fetchTarget(warm, folder).catch(() => undefined);
        const keptAt = kept && (await cache.keptAt(timestamp));
        const age = keptAt === undefined ? Number.NaN : now.getTime() - keptAt.getTime();
        if (kept && keptAt && age >= -skewMs && age < freshMs)
            return { ...kept, checkedAt: keptAt };
        // Also one that has expired says what a mirror must not fall behind of.
        const before = await cache.read(timestamp);
        if (before)
            await (0,promises_.writeFile)(external_node_path_default().join(folder, timestamp), before);
        const files = mirrorFiles(call, folder);
        const updater = openUpdater(mirror, folder, files.fetcher);
        if ('code' in updater)
            return updater;
        const fetched = await fetchTarget(updater, folder).catch((error) => ({ error }));
        if ('bytes' in fetched) {
            // The timestamp comes last: it makes the others count.
            for (const [name, bytes] of files.came)
                if (name !== timestamp)
                    await cache.keep(name, bytes);
            await cache.keep(timestamp, await (0,promises_.readFile)(external_node_path_default().join(folder, timestamp)));
            return { ...fetched, checkedAt: now };
        }
        const problem = files.problem() ?? refused(mirror, fetched.error);
        return kept && keptAt ? { ...kept, checkedAt: keptAt, stale: problem } : problem;
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true }).catch(() => undefined);
    }
}
function openUpdater(mirror, folder, fetcher) {
    const base = mirror.replace(/\/+$/, '');
    try {
        return new dist/* Updater */.Sx({
            metadataDir: folder,
            metadataBaseUrl: base,
            targetDir: folder,
            targetBaseUrl: `${base}/targets`,
            fetcher,
        });
    }
    catch (error) {
        const message = `tuf-root: expected a root.json that is signed by its own keys: ${(0,fault/* describe */.q0)(error)}`;
        return { code: 'trust-root-invalid', message };
    }
}
async function fetchTarget(updater, folder) {
    await updater.refresh();
    const info = await updater.getTargetInfo(target);
    if (info === undefined)
        throw new Error(`it hands out no ${target}`);
    const place = external_node_path_default().join(folder, target);
    const file = (await updater.findCachedTarget(info, place)) ?? (await updater.downloadTarget(info, place));
    const signed = (0,json/* objectField */.qV)((0,json/* readObject */.Ag)(await (0,promises_.readFile)(external_node_path_default().join(folder, timestamp))), 'signed');
    return { bytes: await (0,promises_.readFile)(file), expires: (0,json/* textField */.M8)(signed, 'expires') ?? '' };
}
/** The mirror answered, and what it said does not verify. */
function refused(mirror, error) {
    const message = `expected a trusted root from ${mirror}, got what does not verify: ${(0,fault/* describe */.q0)(error)}`;
    return { code: 'response-invalid', service: 'trust', message };
}


/***/ })

};
