export const id = 8236;
export const ids = [8236];
export const modules = {

/***/ 35416:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ usualUniverse)
/* harmony export */ });
const usualUniverse = 'googleapis.com';


/***/ }),

/***/ 68236:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGcs: () => (/* binding */ openGcs)
});

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/network/login-purpose.ts
var login_purpose = __webpack_require__(35416);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/network/relay.ts
var relay = __webpack_require__(6499);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
// EXTERNAL MODULE: ./src/stores/s3lo/cloud-objects.ts + 1 modules
var cloud_objects = __webpack_require__(71173);
// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
;// CONCATENATED MODULE: ./src/stores/s3lo/gcs-fault.ts



const longestMessage = 300;
/** @returns undefined where the answer is not Cloud Storage's own */
function readGcsError({ status, body }) {
    const error = (0,json/* objectField */.qV)((0,json/* readObject */.Ag)(body), 'error');
    if ((0,json/* field */.ZZ)(error, 'code') !== status)
        return undefined;
    const first = (0,json/* listField */.FZ)(error, 'errors')?.[0];
    const reason = (0,json/* isObject */.Gv)(first) ? (0,json/* textField */.M8)(first, 'reason') : undefined;
    if (reason === undefined || !/^\w{1,60}$/.test(reason))
        return undefined;
    const message = ((0,json/* textField */.M8)(error, 'message') ?? '').replaceAll(/\s+/g, ' ').slice(0, longestMessage);
    return { reason, message };
}
/** Reasons that mean "later", whatever the status: some of them come with 403. */
const throttling = new Set([
    'rateLimitExceeded',
    'userRateLimitExceeded',
    'quotaExceeded',
]);
/**
 * What an answer of Cloud Storage other than 200 came to. Never an absence: that an object is not there is said with 404
 * and without a reason where its content is asked for, so a list of the bucket has to say it (see gcs.ts).
 */
function gcsFault(reply, where, { clean, anonymous }) {
    const { status, headers } = reply;
    const error = readGcsError(reply);
    const say = (code, message) => {
        const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
        return {
            ...(0,lookup/* failed */.gz)(code, `${where}: ${clean(message)}`, 'storage'),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    };
    const said = error ? `${error.reason} (${status}): ${error.message}` : `Cloud Storage answered ${status}`;
    if (error && throttling.has(error.reason))
        return say('rate-limited', said);
    if (status === 404)
        return say('response-invalid', '404 that is not the word of Cloud Storage');
    if (status >= 300 && status < 400)
        return say('response-invalid', `${status}, a redirect: it is not followed`);
    const code = (0,network_status/* statusCode */.s)(status);
    return say(code, code === 'denied' && anonymous !== '' ? `${said}; asked as anybody: ${anonymous}` : said);
}

// EXTERNAL MODULE: ./src/stores/s3lo/sign-in.ts
var sign_in = __webpack_require__(95571);
;// CONCATENATED MODULE: ./src/stores/s3lo/gcs.ts








/** Reading and listing objects, and nothing else. */
const scope = 'https://www.googleapis.com/auth/devstorage.read_only';
const service = new URL('https://storage.googleapis.com');
const emulatorVariable = 'STORAGE_EMULATOR_HOST';
/** Names that a bucket can have ("Bucket names"); anything else would lead to another place of the API. */
const bucketName = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;
/** Most bytes of one page of a list, and most pages. */
const pageLimit = 4 * 1024 * 1024;
const mostPages = 20;
/**
 * Opens Google Cloud Storage (JSON API), or the emulator that `STORAGE_EMULATOR_HOST` names, which gets no credentials,
 * as Google's own clients have it. Whoever has no credentials asks as anybody does.
 */
function openGcs(environment = process.env) {
    const emulator = environment[emulatorVariable] ?? '';
    const endpoint = emulator === '' ? service : readEmulator(emulator);
    if (typeof endpoint === 'string')
        return { code: 'input-invalid', message: endpoint };
    let anonymous = '';
    const signIn = (0,sign_in/* openSignIn */.V)(async (call) => {
        const login = emulator === '' ? await logIn(call) : (0,lookup/* found */.F9)({});
        if (login.kind !== 'absent')
            return login;
        anonymous = login.message;
        return (0,lookup/* found */.F9)({});
    });
    const refuse = (reply, where) => gcsFault(reply, where, { clean: signIn.clean, anonymous });
    return {
        bucket: (name) => {
            if (!bucketName.test(name)) {
                return { code: 'reference-invalid', message: `gs://${name}: no name that a bucket can have` };
            }
            const where = (key) => `gs://${name}/${key}`;
            const folder = `${endpoint.pathname.replace(/\/$/, '')}/storage/v1/b/${encodeURIComponent(name)}/o`;
            const send = async (path, query, how, call) => {
                const url = new URL(`${path}?${new URLSearchParams(query).toString()}`, endpoint);
                return signIn.send({ url, service: 'storage', ...how }, call);
            };
            /** Names in order, at least one where there is any; `whole` is said where there are no more. */
            const list = async (query, most, about, call) => {
                const names = [];
                let next = '';
                // A page may be empty and not the last one.
                for (let page = 0; page < mostPages && names.length < most; page++) {
                    const asked = {
                        ...query,
                        maxResults: String(most - names.length),
                        fields: 'kind,nextPageToken,items(name)',
                        ...(next !== '' && { pageToken: next }),
                    };
                    const answer = await send(folder, asked, { limit: pageLimit }, call);
                    if (answer.kind !== 'found')
                        return answer;
                    const { status } = answer.value;
                    if (status === 404 && readGcsError(answer.value)?.reason === 'notFound') {
                        return (0,lookup/* failed */.gz)('not-found', `${about}: the bucket does not exist (notFound)`, 'storage');
                    }
                    if (status !== 200)
                        return refuse(answer.value, about);
                    const got = readPage(answer.value, about);
                    if (got.kind !== 'found')
                        return got;
                    names.push(...got.value.names);
                    next = got.value.next;
                    if (next === '')
                        break;
                }
                return (0,lookup/* found */.F9)({ names, whole: next === '' });
            };
            return (0,cloud_objects/* openCloudObjects */.g)({
                where,
                request: async (key, how, call) => send(`${folder}/${encodeURIComponent(key)}`, { alt: 'media' }, how, call),
                refuse: async (reply, key, call) => {
                    if (reply.status !== 404)
                        return refuse(reply, where(key));
                    // The 404 of a content is a line of text, the same for bucket and object: the bucket's own list tells them apart.
                    // It starts with the object itself, as its name is the shortest with this prefix.
                    const listed = await list({ prefix: key }, 1, where(key), call);
                    if (listed.kind !== 'found')
                        return listed;
                    const { names, whole } = listed.value;
                    if (!names.includes(key) && (whole || names.length > 0))
                        return (0,lookup/* absent */.Ge)(`object not found: ${where(key)}`);
                    return (0,lookup/* failed */.gz)('response-invalid', `${where(key)}: 404, although the bucket may hold it`, 'storage');
                },
                stored: ({ headers }) => storedSums(headers),
                names: async (prefix, most, call) => {
                    const answer = await list({ prefix, delimiter: '/' }, most, where(prefix), call);
                    if (answer.kind !== 'found')
                        return answer;
                    const names = answer.value.names.map((one) => one.slice(prefix.length));
                    return (0,lookup/* found */.F9)(names
                        .filter((one) => one !== '')
                        .sort()
                        .slice(0, most));
                },
            });
        },
    };
}
function readPage({ body }, about) {
    const document = (0,json/* readObject */.Ag)(body);
    const items = ((0,json/* listField */.FZ)(document, 'items') ?? []).map((one) => (0,json/* isObject */.Gv)(one) ? (0,json/* textField */.M8)(one, 'name') : undefined);
    const names = items.filter((name) => name !== undefined);
    if ((0,json/* textField */.M8)(document, 'kind') !== 'storage#objects' || names.length < items.length) {
        return (0,lookup/* failed */.gz)('response-invalid', `${about}: expected a list of objects, got something else`, 'storage');
    }
    return (0,lookup/* found */.F9)({ names, next: (0,json/* textField */.M8)(document, 'nextPageToken') ?? '' });
}
/** `x-goog-hash: crc32c=…,md5=…`, of the bytes as they are stored. */
function storedSums(headers) {
    const encoding = headers['x-goog-stored-content-encoding'];
    // Unpacked on the way, they are no more the ones that were added up.
    if (encoding !== undefined && encoding !== 'identity')
        return {};
    const said = [headers['x-goog-hash'] ?? []].flat().join(',');
    const sums = new Map(said.split(',').map((one) => {
        const equals = one.indexOf('=');
        return [one.slice(0, equals).trim(), one.slice(equals + 1).trim()];
    }));
    const [crc32c, md5] = [sums.get('crc32c'), sums.get('md5')];
    return { ...(crc32c !== undefined && { crc32c }), ...(md5 !== undefined && { md5 }) };
}
/** `host:port` or a URL; plain http on this machine only. @returns why it can be none */
function readEmulator(text) {
    const written = text.includes('://') ? text : `http://${text}`;
    if (!URL.canParse(written))
        return `${emulatorVariable}: expected a host with a port or a URL`;
    const url = new URL(written);
    if ((0,network_url/* mayCarry */.P5)(url))
        return url;
    return `${emulatorVariable}: expected https, or http on this machine, got ${(0,network_url/* shown */.SP)(url)}`;
}
/** Application default credentials; absent is said where there are none. */
async function logIn(call) {
    // The library is loaded for such buckets only, and not for emulators.
    const { logInToGoogle } = await Promise.all(/* import() */[__webpack_require__.e(3324), __webpack_require__.e(4562), __webpack_require__.e(4682)]).then(__webpack_require__.bind(__webpack_require__, 54682));
    const purpose = { what: 'gs://', scope, service: 'storage' };
    const login = await logInToGoogle(purpose, (0,relay/* openRelay */.W)('storage'), call);
    if (login.kind !== 'found')
        return login;
    const { headers, universe } = login.value;
    if (universe === login_purpose/* usualUniverse */.o)
        return (0,lookup/* found */.F9)(headers);
    return (0,lookup/* failed */.gz)('unsupported', `gs://: buckets of the universe ${universe}`);
}


/***/ })

};
