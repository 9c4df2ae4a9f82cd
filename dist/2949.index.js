export const id = 2949;
export const ids = [2949,7252];
export const modules = {

/***/ 17252:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspectImage: () => (/* binding */ inspectImage)
});

// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __webpack_require__(80947);
// EXTERNAL MODULE: ./src/network/journal.ts
var journal = __webpack_require__(88353);
// EXTERNAL MODULE: ./src/reference/parse.ts + 1 modules
var parse = __webpack_require__(5411);
// EXTERNAL MODULE: ./src/stores/open.ts + 2 modules
var stores_open = __webpack_require__(46749);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __webpack_require__(38553);
// EXTERNAL MODULE: ./src/evidence/dsse.ts
var dsse = __webpack_require__(69240);
// EXTERNAL MODULE: ./src/evidence/sigstore-bundle.ts
var sigstore_bundle = __webpack_require__(88548);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __webpack_require__(63240);
;// CONCATENATED MODULE: ./src/evidence/describe.ts



/** What a piece of evidence says of itself; nothing of it is verified. */
function describeCosign(evidence) {
    switch (evidence.format) {
        case 'simple-signing':
            return {};
        case 'dsse-envelope':
            return describeEnvelope((0,dsse/* parseEnvelope */.mE)(evidence.bytes));
        case 'sigstore-bundle': {
            const bundle = (0,sigstore_bundle/* parseBundle */.QN)(evidence.bytes);
            if (typeof bundle === 'string')
                return { unreadable: bundle };
            return bundle.envelope === undefined ? {} : describeEnvelope(bundle.envelope);
        }
    }
}
function describeEnvelope(envelope) {
    if (typeof envelope === 'string')
        return { unreadable: envelope };
    const statement = (0,evidence_statement/* parseStatement */.By)(envelope.payload);
    if (typeof statement === 'string')
        return { unreadable: statement };
    return statement.predicateType === evidence_statement/* signaturePredicate */.oo ? {} : { attests: statement.predicateType };
}

// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __webpack_require__(46794);
// EXTERNAL MODULE: ./src/policy/inputs.ts
var inputs = __webpack_require__(15725);
// EXTERNAL MODULE: ./src/verify/companions.ts
var verify_companions = __webpack_require__(14494);
// EXTERNAL MODULE: ./src/verify/cosign.ts + 5 modules
var cosign = __webpack_require__(84623);
// EXTERNAL MODULE: ./src/verify/record.ts
var record = __webpack_require__(20912);
;// CONCATENATED MODULE: ./src/gate/inspected-signature.ts






/** An s3lo record names its key: it is checked with that one, if it was given. */
async function inspectRecord(evidence, { digest, keys }) {
    const { keyId, where, format, bytes, location } = evidence;
    const parsed = (0,s3lo_record/* parseRecord */.Hh)(bytes);
    if (parsed.kind === 'malformed') {
        return { keyId, where, format, status: 'unreadable', reason: parsed.reason };
    }
    const { keyRef, signedAt, schemaVersion } = parsed.record;
    const claim = { keyId, where, format, keyRef, signedAt, schemaVersion };
    const known = keys.find(({ key }) => key.id === keyId);
    if (!known)
        return { ...claim, status: 'claimed' };
    const check = await (0,record/* checkRecord */.E)({ bytes, location, digest, key: known.key, where, keyRef: known.reference });
    const reason = whyNot(check.findings);
    return reason === undefined ? { ...claim, status: 'verified' } : { ...claim, status: 'invalid', reason };
}
/** Nothing in these formats has to name its signer: verified is what one of those who were given verifies. */
async function inspectCosign(evidence, given) {
    const { where, format } = evidence;
    const said = describeCosign(evidence);
    if ('unreadable' in said)
        return { keyId: '', where, format, status: 'unreadable', reason: said.unreadable };
    const named = await identityIn(evidence);
    const claim = { keyId: '', where, format, ...said, ...(named && { identity: named }) };
    const demand = {
        digest: given.digest,
        annotations: {},
        ...(said.attests !== undefined && { predicateType: said.attests }),
    };
    let reason;
    for (const { key, reference } of given.keys) {
        const check = await (0,cosign.checkCosign)(evidence, { ...demand, key, keyRef: reference, log: 'ignore' });
        if (check.kind === 'unrelated')
            continue;
        const own = whyNot(check.findings);
        if (own === undefined)
            return { ...claim, keyId: key.id, keyRef: reference, status: 'verified' };
        // A key that does not verify it says nothing about it: another one made it.
        if (check.scheme !== undefined)
            reason = own;
    }
    if (reason !== undefined)
        return { ...claim, status: 'invalid', reason };
    return named === undefined
        ? { ...claim, status: 'claimed' }
        : { ...claim, ...(await byIdentity(evidence, demand, given)) };
}
/** Of a certificate that was not asked for nothing is said, whether it would hold or not. */
async function byIdentity(evidence, demand, { identities, log, vouching }) {
    let answer = { status: 'claimed' };
    for (const identity of identities) {
        const keyRef = (0,inputs/* nameOfIdentity */.L)(identity);
        const check = await (0,cosign.checkKeyless)(evidence, {
            ...demand,
            keyRef,
            log,
            vouching: { ...(await vouching()), identity },
        });
        if (check.kind === 'unrelated')
            continue;
        const bad = check.findings.find(({ status }) => status === 'unmet' || status === 'unknown');
        if (bad === undefined)
            return { status: 'verified', keyRef };
        // Another signer than this one is nothing wrong, and what could not be found out proves nothing either way.
        if (bad.status === 'unknown')
            answer = { status: 'claimed', reason: bad.message };
        else if (bad.check !== 'identity')
            answer = { status: 'invalid', reason: bad.message };
    }
    return answer;
}
/** Whom the certificate names: a claim, like all else that nobody verified. */
async function identityIn(evidence) {
    const companions = await (0,verify_companions/* companionsOf */.L)(evidence);
    if (typeof companions === 'string' || companions.certificate === undefined)
        return undefined;
    const { claimedIdentity, claimsOf } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 28879));
    const identity = claimedIdentity(companions.certificate);
    // What cannot be read names nobody; whether it verifies is said elsewhere.
    if (identity === undefined)
        return undefined;
    return { subject: identity.subjects.join(', '), issuer: identity.issuer, claims: claimsOf(identity) };
}
function whyNot(findings) {
    const wrong = findings.find(({ status }) => status === 'unmet' || status === 'unknown');
    return wrong?.peerReason ?? wrong?.message;
}

// EXTERNAL MODULE: ./src/gate/keyring.ts
var gate_keyring = __webpack_require__(34618);
// EXTERNAL MODULE: ./src/gate/stop.ts
var gate_stop = __webpack_require__(25895);
// EXTERNAL MODULE: ./src/gate/vouching.ts + 1 modules
var vouching = __webpack_require__(19979);
;// CONCATENATED MODULE: ./src/gate/inspect.ts










/** Lists every signature beside an image, and checks those whose key or identity was given. */
async function inspectImage(request) {
    const { stop } = request;
    const found = await inspectUntil(request, stop);
    // What was found when it was stopped may not be all.
    return stop?.aborted === true
        ? { kind: 'failed', problem: { code: 'internal-error', message: (0,gate_stop/* whyOf */.gf)('inspection', stop) } }
        : found;
}
async function inspectUntil(request, stop) {
    const failed = (problem) => ({ kind: 'failed', problem });
    const reference = (0,parse/* parseReference */.F)(request.image);
    if (reference.kind === 'unreadable') {
        return failed({
            code: 'reference-invalid',
            message: `invalid reference "${request.image}": ${reference.reason}`,
        });
    }
    const { endpoint, registry } = request;
    const stores = (0,stores_open/* openStores */.j)({ ...(endpoint !== undefined && { endpoint }), ...(registry && { registry }) });
    const place = await stores(reference);
    if ('code' in place)
        return failed(place);
    const { patience } = request;
    const call = {
        signal: AbortSignal.any([AbortSignal.timeout(patience.timeoutMs), ...(stop ? [stop] : [])]),
        retries: patience.retries,
        journal: (0,journal/* openJournal */._)(),
    };
    const keyring = (0,gate_keyring/* openKeyring */.u)(request.keys, call);
    const image = place.images.resolve(call, 'manifest');
    const [resolved, listed, ...loaded] = await Promise.all([
        image,
        place.evidence.list(image, store/* signatureLimit */.OY, call),
        ...request.keys.map(keyring.load),
    ]);
    if (resolved.kind === 'failed')
        return failed(resolved.problem);
    if (resolved.kind === 'absent')
        return failed({
            code: 'not-found',
            service: reference.kind === 'registry' ? 'registry' : 'storage',
            message: resolved.message,
        });
    if (listed.kind === 'failed')
        return failed(listed.problem);
    const keys = [];
    for (const one of loaded) {
        if (one.kind === 'failed')
            return failed(one.problem);
        for (const { key, version } of one.keys)
            keys.push({ reference: (0,gate_keyring/* versionName */.s)((0,inline/* keyName */.x)(one.reference), version), key });
    }
    const { digest, manifest = new Uint8Array() } = resolved.value;
    const { identities = [], log = 'require', trust } = request;
    const given = { digest, keys, identities, log, vouching: (0,vouching/* openVoucher */.t)(trust, log, clock/* systemClock */.m, call).load };
    const signatures = [];
    for (const evidence of listed.kind === 'found' ? listed.value : []) {
        signatures.push(evidence.format === 's3lo-record'
            ? await inspectRecord(evidence, given)
            : await inspectCosign(evidence, given));
    }
    return { kind: 'found', reference: request.image, digest, manifest, signatures };
}


/***/ }),

/***/ 45527:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ inspectGiven)
/* harmony export */ });
/* harmony import */ var _gate_inspect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17252);
/* harmony import */ var _inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45946);
/* harmony import */ var _inputs_subsets_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66522);
/* harmony import */ var _report_redaction_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27079);
/* harmony import */ var _secrets_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(31166);





/** Lists what lies beside the image of these inputs, free of secrets; or says what is wrong with the first of them. */
async function inspectGiven(given, face, problems, stop) {
    const keys = given.get('key') ?? [];
    const images = given.get('image') ?? [];
    const parsed = (0,_inputs_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseInputs */ .T)(new Map([
        ['image', images],
        // Listing needs no key; the rest of the inputs is read as for a verification.
        ['key', keys.length === 0 ? ['none'] : keys],
        ['require', ['any']],
        ..._inputs_subsets_js__WEBPACK_IMPORTED_MODULE_2__/* .inspected */ ._9.filter((name) => name !== 'key').map((name) => [name, given.get(name) ?? []]),
    ]), face);
    const { secrets, problems: unread } = await (0,_secrets_js__WEBPACK_IMPORTED_MODULE_3__/* .secretsOfRequest */ .A)(parsed.request);
    const [image = '', ...others] = images;
    const count = others.length > 0 || images.length === 0 ? [notOne(images.length)] : [];
    const wrong = [...problems, ...count, ...parsed.problems, ...unread][0];
    if (wrong || !parsed.request)
        return { kind: 'failed', problem: (0,_report_redaction_js__WEBPACK_IMPORTED_MODULE_4__/* .redact */ .E)(wrong ?? notOne(0), secrets) };
    const { endpoint, patience, registry, signers, trust, log } = parsed.request;
    return (0,_report_redaction_js__WEBPACK_IMPORTED_MODULE_4__/* .redact */ .E)(await (0,_gate_inspect_js__WEBPACK_IMPORTED_MODULE_0__.inspectImage)({
        image,
        keys: keys.length === 0 ? [] : (signers?.keys ?? []),
        patience,
        ...(signers?.identities && { identities: signers.identities }),
        ...(trust && { trust }),
        ...(log && { log }),
        ...(endpoint !== undefined && { endpoint }),
        ...(registry && { registry }),
        ...(stop && { stop }),
    }), secrets);
}
function notOne(count) {
    return { code: 'input-invalid', message: `image: expected one reference to inspect, got ${count}` };
}


/***/ }),

/***/ 2949:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspect: () => (/* binding */ inspect),
  readRequest: () => (/* binding */ readRequest),
  verify: () => (/* binding */ verify)
});

// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __webpack_require__(38553);
// EXTERNAL MODULE: ./src/gate/gate.ts + 18 modules
var gate = __webpack_require__(82989);
// EXTERNAL MODULE: ./src/reference/nearest.ts
var nearest = __webpack_require__(24179);
// EXTERNAL MODULE: ./src/inputs/table.ts + 5 modules
var table = __webpack_require__(72297);
;// CONCATENATED MODULE: ./src/inputs/question.ts


/** Inputs that only say where a face writes, what it lets pass, and what a step installs. */
const ofFaces = [
    'install',
    'mode',
    'on-infrastructure-error',
    'pinned-manifests',
    'result-file',
    'summary',
    'vsa-outfile',
];
const asked = table/* inputTable */.F.map(({ name }) => name).filter((name) => !isOfFaces(name));
/**
 * Inputs as a program gives them, as text; and what cannot be one.
 *
 * @param names those that may be given
 */
function readQuestion(question, names = asked) {
    const given = new Map();
    const problems = [];
    if (typeof question !== 'object' || question === null || Array.isArray(question))
        return { given, problems: [wrong('inputs', 'an object of inputs by their names', question)] };
    for (const [name, value] of Object.entries(question)) {
        const entry = table/* inputTable */.F.find((one) => one.name === name);
        const text = entry && textOf(entry, value);
        if (!entry || !names.includes(entry.name))
            problems.push(stray(name, names));
        else if (text === undefined)
            problems.push(wrong(name, kindOf(entry), value));
        else
            given.set(entry.name, text);
    }
    return { given, problems };
}
/** The texts of a value; undefined where it says nothing, or is not of the kind that the input has. */
function textOf(entry, value) {
    const { name, list: isList = false, switch: isSwitch = false } = entry;
    if (typeof value === 'boolean')
        return isSwitch ? [String(value)] : undefined;
    if (typeof value === 'number')
        return !isList && !isSwitch && Number.isFinite(value) ? [String(value)] : undefined;
    // As in cilock: an empty issuer demands none.
    if (value === '' && name === 'policy-fulcio-oidc-issuer')
        return [value];
    const texts = isList && Array.isArray(value) ? value : [value];
    const said = texts.filter((text) => typeof text === 'string' && text.trim() !== '');
    return said.length === texts.length && said.length > 0 ? said : undefined;
}
function kindOf({ list: isList, switch: isSwitch }) {
    return isList ? 'a text or a list of texts' : isSwitch ? 'a boolean or a text' : 'a text or a number';
}
function isOfFaces(name) {
    return name.endsWith('-report') || ofFaces.some((one) => one === name);
}
/** Other languages write names together; which one is meant is plain. */
function stray(name, names) {
    const spelt = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const near = (0,nearest/* nearestName */.q)(spelt, names);
    const isKnown = table/* inputTable */.F.some((one) => one.name === name);
    const got = isKnown ? 'one that it has no use for' : 'an unknown name';
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    return { code: 'input-invalid', message: `${name}: expected an input of this function, got ${got}${hint}` };
}
function wrong(name, expected, got) {
    // Only the kind of what was given: it may be a secret.
    const kind = got === '' ? 'an empty text' : got === null ? 'null' : Array.isArray(got) ? 'a list' : typeof got;
    return { code: 'input-invalid', message: `${name}: expected ${expected}, got ${kind}` };
}

// EXTERNAL MODULE: ./src/inputs/subsets.ts
var subsets = __webpack_require__(66522);
// EXTERNAL MODULE: ./src/report/document.ts
var report_document = __webpack_require__(48101);
// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __webpack_require__(27079);
// EXTERNAL MODULE: ./src/run/answer.ts + 2 modules
var answer = __webpack_require__(31035);
;// CONCATENATED MODULE: ./src/run/following.ts


/** Listeners that get nothing secret, and whose faults are kept out of the run: there one would pass for an outage. */
function openListeners({ signal, planned, decided, asked }, secrets) {
    const faults = [];
    const ends = new AbortController();
    const tell = (listen) => {
        if (faults.length > 0)
            return;
        try {
            listen();
        }
        catch (error) {
            faults.push(error);
            ends.abort('stopped by a listener');
        }
    };
    return {
        outside: {
            stop: AbortSignal.any([ends.signal, ...(signal ? [signal] : [])]),
            ...(planned && { planned: (images) => tell(() => planned(images)) }),
            ...(decided && { decided: (image) => tell(() => decided((0,redaction/* redact */.E)((0,report_document/* toImage */.RS)(image), secrets))) }),
            ...(asked && { asked: (one) => tell(() => asked((0,redaction/* redact */.E)(one, secrets))) }),
        },
        rethrow: () => {
            if (faults.length > 0)
                throw faults[0];
        },
    };
}

// EXTERNAL MODULE: ./src/run/inspection.ts
var inspection = __webpack_require__(45527);
// EXTERNAL MODULE: ./src/run/program.ts
var program = __webpack_require__(11793);
// EXTERNAL MODULE: ./src/run/read-inputs.ts
var read_inputs = __webpack_require__(66339);
// EXTERNAL MODULE: ./src/run/secrets.ts + 1 modules
var run_secrets = __webpack_require__(31166);
;// CONCATENATED MODULE: ./src/run/question.ts












/** Decides what the inputs ask, and answers with the document that the action and the command write. */
async function verify(question, following = {}) {
    const read = await readAll(question);
    const { secrets, problems } = await (0,run_secrets/* secretsOfRequest */.A)(read.request);
    const listeners = openListeners(following, secrets);
    const raw = read.request && problems.length === 0
        ? await (0,gate/* decide */.L)(read.request, { clock: clock/* systemClock */.m, kept: report_document/* forReports */.X, ...listeners.outside })
        : (0,answer/* refuse */.T)([...read.problems, ...problems]);
    listeners.rethrow();
    const result = (0,redaction/* redact */.E)({ ...raw, warnings: [...read.warnings, ...raw.warnings] }, secrets);
    return (0,report_document/* toDocument */.JY)(result, (0,redaction/* redact */.E)(read.effective, secrets), (0,program/* describeProgram */._)(undefined), read.plan);
}
/** Reads the inputs and decides nothing: for `decide`, which gives more than the document, at another time if need be. */
async function readRequest(question) {
    const { request, problems, warnings } = await readAll(question);
    return request ? { kind: 'request', request, warnings } : { kind: 'problems', problems };
}
/** Lists what lies beside an image and decides nothing. */
async function inspect(question, { signal } = {}) {
    const { given, problems } = readQuestion(question, ['image', ...subsets/* inspected */._9]);
    return (0,inspection/* inspectGiven */.e)(given, 'program', problems, signal);
}
async function readAll(question) {
    const { given, problems } = readQuestion(question);
    const read = await (0,read_inputs/* readNamed */.M)(given, 'program');
    // What is wrong with a name says more than what then is missing.
    if (problems.length > 0)
        return { ...read, request: undefined, problems: [...problems, ...read.problems] };
    return read;
}


/***/ })

};
