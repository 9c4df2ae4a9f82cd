export const id = 7913;
export const ids = [7913,3343,7946];
export const modules = {

/***/ 69240:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Iv: () => (/* binding */ writeEnvelope),
/* harmony export */   JC: () => (/* binding */ preAuthEncoding),
/* harmony export */   Y8: () => (/* binding */ inTotoType),
/* harmony export */   mE: () => (/* binding */ parseEnvelope)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49839);
/* harmony import */ var _s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46794);


/** The payload type of in-toto statements. */
const inTotoType = 'application/vnd.in-toto+json';
/** @returns a text that says what is wrong */
function parseEnvelope(source) {
    const object = source instanceof Uint8Array ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(source) : source;
    if (object === undefined)
        return 'it is no JSON object';
    const payload = decode((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'payload'));
    if (payload === undefined)
        return 'its payload is no base64';
    const signatures = ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(object, 'signatures') ?? []).map((entry) => decode((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(entry) ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(entry, 'sig') : undefined));
    if (signatures.length === 0)
        return 'it holds no signature';
    if (!signatures.every((one) => one !== undefined))
        return 'a signature in it is no base64';
    return { payloadType: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'payloadType') ?? '', payload, signatures };
}
/** The bytes that are signed (DSSE 1.0.2, protocol.md): lengths in bytes, type and payload. */
function preAuthEncoding({ payloadType, payload, }) {
    const length = Buffer.byteLength(payloadType);
    return Buffer.concat([Buffer.from(`DSSEv1 ${length} ${payloadType} ${payload.length} `), payload]);
}
/** An envelope as the reference library writes it: one line of JSON, without key ids. */
function writeEnvelope({ payloadType, payload, signatures }) {
    const base64 = (bytes) => Buffer.from(bytes).toString('base64');
    return JSON.stringify({
        payload: base64(payload),
        payloadType,
        signatures: signatures.map((sig) => ({ sig: base64(sig) })),
    });
}
/** Both alphabets are in use (protocol.md leaves the choice); padding is demanded. */
function decode(text) {
    if (text === undefined || text === '')
        return undefined;
    const decoded = (0,_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(text.replaceAll('-', '+').replaceAll('_', '/'));
    return 'illegalAt' in decoded ? undefined : decoded;
}


/***/ }),

/***/ 3343:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openBuilt: () => (/* binding */ openBuilt)
});

// EXTERNAL MODULE: ./src/evidence/dsse.ts
var dsse = __webpack_require__(69240);
// EXTERNAL MODULE: ./src/policy/witness/containers.ts
var containers = __webpack_require__(16432);
;// CONCATENATED MODULE: ./src/gate/build/attached.ts


/** Type of a collection; what else may hold one is asked for by `builds`. */
const collectionType = 'https://aflock.ai/attestation-collection/v0.1';
/** Pieces that are read at the same time: each may be as large as the limit. */
const batch = 4;
/** Most bytes of all pieces of an image. */
const mostBytes = 512 * 1024 * 1024;
/** Envelopes beside an image, whoever signed them; what was read once is not read again. */
function openAttached(place, image, call) {
    const { evidence } = place;
    const none = { sources: [], problems: [] };
    // Records lie under the ids of their keys: no envelope is among them.
    if (evidence.byKey && evidence.attestationsByAnyone !== true)
        return async () => Promise.resolve(none);
    let looking;
    const read = new Map();
    let size = 0;
    const readOne = async (offer) => {
        if (size > mostBytes)
            return { sources: [], problems: [tooMuch] };
        const reading = await offer.read();
        const sources = reading.evidence.flatMap(sourcesOf);
        for (const { bytes } of sources)
            size += bytes.length;
        return { sources, problems: reading.problems };
    };
    return async (which) => {
        looking ??= Promise.all(evidence.look(image, call)({ keyId: '', predicateType: collectionType, builds: true }));
        const listings = await looking;
        const offers = listings.flatMap((one) => (one.kind === 'found' ? one.value : []));
        const chosen = offers.filter(({ rank }) => which === 'all' || rank < 3);
        const parts = [];
        for (let at = 0; at < chosen.length; at += batch) {
            parts.push(...(await Promise.all(chosen.slice(at, at + batch).map(async (offer) => {
                const before = read.get(offer) ?? readOne(offer);
                read.set(offer, before);
                return before;
            }))));
        }
        return {
            sources: parts.flatMap(({ sources }) => sources),
            problems: [
                ...listings.flatMap((one) => (one.kind === 'failed' ? [one.problem] : [])),
                ...parts.flatMap(({ problems }) => problems),
            ],
        };
    };
}
const tooMuch = {
    code: 'limit-exceeded',
    service: 'registry',
    message: `more than ${mostBytes} bytes of attestations lie with the image`,
};
function sourcesOf(evidence) {
    if (evidence.format !== 'dsse-envelope' && evidence.format !== 'sigstore-bundle')
        return [];
    const { where } = evidence;
    const bytes = (0,containers/* unwrapBundle */.AO)(evidence.bytes) ?? evidence.bytes;
    const envelope = (0,dsse/* parseEnvelope */.mE)(bytes);
    // What `cosign attest` was given may be an envelope itself.
    const inner = typeof envelope === 'string' ? undefined : (0,containers/* unwrapAttached */.SX)(envelope.payload);
    const outer = { bytes, where, origin: 'found' };
    return inner ? [outer, { bytes: inner, where: `${where} (inner)`, origin: 'found' }] : [outer];
}

// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __webpack_require__(71644);
// EXTERNAL MODULE: ./src/gate/child-manifest.ts
var child_manifest = __webpack_require__(62903);
// EXTERNAL MODULE: ./src/gate/subjects.ts
var subjects = __webpack_require__(28322);
;// CONCATENATED MODULE: ./src/gate/build/image-digests.ts



/** An index with more is no image that anybody builds. */
const mostPlatforms = 100;
/** Every digest that somebody who built the image may have called it by: its own, its manifests', their configs'. */
async function readImageDigests(resolved, { images, service, platforms }, call) {
    if (resolved.kind !== 'found')
        return { code: 'not-found', service, message: 'the image was not found' };
    const { digest: signed } = resolved.value;
    const manifest = await (0,child_manifest/* readManifestOf */.X)(images, resolved.value, service, call);
    if (manifest.kind !== 'found')
        return problemOf(manifest, service);
    const { config, manifests } = manifest.value;
    if (manifests === undefined) {
        if (config === undefined)
            return unreadable(`${signed} names no configuration: it is no image`);
        return { signed, platforms: [{ manifest: signed, config: config.digest }] };
    }
    const meant = manifests.filter((one) => !(0,subjects/* isAttestation */.H3)(one) && isMeant(one, platforms));
    if (meant.length === 0)
        return unreadable(`${signed} lists no image`);
    if (meant.length > mostPlatforms)
        return { code: 'limit-exceeded', service, message: `${signed}: more than ${mostPlatforms} platforms` };
    const read = await Promise.all(meant.map(async ({ digest }) => {
        if (!(0,reference/* isDigest */.Bc)(digest))
            return unreadable(`only sha256 digests are read, got ${digest}`);
        const child = await (0,child_manifest/* readChild */.b)(images, digest, service, call);
        if (child.kind !== 'found')
            return problemOf(child, service);
        const own = child.value.config;
        return own ? { manifest: digest, config: own.digest } : unreadable(`${digest} names no configuration`);
    }));
    const problem = read.find((one) => 'code' in one);
    if (problem && 'code' in problem)
        return problem;
    return { signed, index: signed, platforms: read.flatMap((one) => ('code' in one ? [] : [one])) };
}
function isMeant({ platform }, platforms) {
    if (typeof platforms === 'string' || platforms.includes('index'))
        return true;
    return platform !== undefined && platforms.some((one) => (0,subjects/* isPlatform */.aH)(one, platform));
}
function problemOf(lookup, service) {
    return lookup.kind === 'failed' ? lookup.problem : { code: 'not-found', service, message: lookup.message };
}
function unreadable(message) {
    return { code: 'unsupported', message };
}

;// CONCATENATED MODULE: ./src/gate/build/facts.ts


const firstPoll = 1000;
const longestPoll = 15_000;
/**
 * What policies about builds may ask for, of an image or of digests alone. Everything is asked once, and again only
 * after a wait for what has not appeared yet.
 */
function openBuilt(about, { archivista, patience, clock }, call) {
    const deadline = clock.now().getTime() + patience.waitMs;
    const none = { sources: [], problems: [] };
    const beside = () => about ? openAttached(about.place, about.image, call) : async () => Promise.resolve(none);
    let attached = beside();
    let digests;
    let poll = firstPoll;
    return {
        attached: async (which) => attached(which),
        ...(about && {
            digests: async () => (digests ??= about.image.then(async (image) => readImageDigests(image, { ...about, images: about.place.images }, call))),
        }),
        ...(archivista && {
            search: async (wanted) => {
                const { envelopes, problems } = await archivista.envelopesAbout(wanted, call);
                const sources = envelopes.map(({ bytes, where }) => ({ bytes, where, origin: 'found' }));
                return { sources, problems };
            },
        }),
        again: async () => {
            const left = deadline - clock.now().getTime();
            if (left <= 0 || call.signal.aborted)
                return false;
            await clock.sleep(Math.min(poll, left), call.signal);
            poll = Math.min(poll * 2, longestPoll);
            attached = beside();
            return !call.signal.aborted;
        },
    };
}


/***/ }),

/***/ 77913:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   judgeSubjects: () => (/* binding */ judgeSubjects)
/* harmony export */ });
/* harmony import */ var _requirement_evaluate_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16548);
/* harmony import */ var _verdict_algebra_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46125);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(37120);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(18364);
/* harmony import */ var _facts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3343);
/* harmony import */ var _joints_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(67946);






/** Judges digests without an image: policies about builds say what they are of. */
async function judgeSubjects(name, bench, call) {
    const unasked = () => (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .unknown */ .L5)('subjects', { code: 'unsupported', message: 'without an image nothing can have signed it' });
    const known = (joint) => ({
        digest: '',
        signedBy: unasked,
        attestedBy: unasked,
        ...(joint && { joint }),
    });
    const facts = {
        of: () => undefined,
        digestOf: () => undefined,
        finding: (requirement) => (0,_requirement_evaluate_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._)(requirement, known(undefined)),
        built: (0,_facts_js__WEBPACK_IMPORTED_MODULE_3__.openBuilt)(undefined, bench, call),
    };
    const answers = await (0,_joints_js__WEBPACK_IMPORTED_MODULE_4__.runJoints)(bench.joints ?? [], facts, call.signal);
    const jointOf = (id) => answers.get(id)?.finding;
    const findingOf = (requirement) => (0,_requirement_evaluate_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluate */ ._)(requirement, known(jointOf));
    const finding = (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_1__/* .all */ .Q7)('subjects', [findingOf(bench.requirement)]);
    const result = {
        reference: name,
        digest: null,
        pinned: null,
        verdict: (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_2__/* .verdictOf */ .Vj)(finding),
        failure: (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_2__/* .failureOf */ .g5)(finding),
        signatures: [...answers.values()].flatMap(({ signatures }) => signatures),
        finding,
        attempts: call.journal.attempts(),
    };
    return { result, facts, findingOf, conclude: async () => Promise.resolve(result) };
}


/***/ }),

/***/ 62903:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ readManifestOf),
/* harmony export */   b: () => (/* binding */ readChild)
/* harmony export */ });
/* harmony import */ var _evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37372);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13130);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);
/* harmony import */ var _part_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71574);




/** The manifest of an image that resolved; where only its digest was asked for, it is read now. */
async function readManifestOf(images, { digest, manifest, where }, service, call) {
    return manifest === undefined
        ? readChild(images, digest, service, call)
        : taken((0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseManifest */ .N)(manifest), where, service);
}
/** A manifest by its digest, held against it: one that an index lists. */
async function readChild({ stream }, digest, service, call) {
    const name = `manifest ${digest}`;
    if (!stream)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('unsupported', `${name}: parts of images in this kind of store are not read by this version`);
    const { answer, measured } = await (0,_part_js__WEBPACK_IMPORTED_MODULE_0__/* .measure */ .xP)(_stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7, async (open) => stream({ kind: 'manifest', digest }, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7, open, call));
    // Whatever lists it says that it is there.
    if (answer.kind === 'absent')
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${name}: listed, but ${answer.message}`, service);
    if (answer.kind === 'failed')
        return answer;
    if (!answer.value.whole)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('limit-exceeded', `${name}: larger than ${_stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7} bytes`, service);
    const got = measured();
    if (got.digest !== digest)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${answer.value.where}: expected ${digest}, got ${got.digest}`, service);
    return taken((0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseManifest */ .N)(got.bytes), answer.value.where, service);
}
function taken(manifest, where, service) {
    if (manifest)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(manifest);
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${where}: expected a manifest, got something else`, service);
}


/***/ }),

/***/ 67946:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runJoints: () => (/* binding */ runJoints)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37120);
/* harmony import */ var _waiting_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9348);



/**
 * Evaluates policies one after the other: one that breaks off keeps no other from being evaluated.
 *
 * @param signal ends the wait for those that have no answer by then: they stay unevaluated
 */
async function runJoints(joints, facts, signal) {
    const answers = new Map();
    for (const { id, evaluate } of joints) {
        if (answers.has(id))
            continue;
        if (signal?.aborted === true)
            break;
        try {
            const answer = await (signal ? Promise.race([evaluate(facts), late(signal)]) : evaluate(facts));
            if (answer)
                answers.set(id, 'status' in answer ? { finding: answer, signatures: [] } : answer);
        }
        catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            const message = `a policy broke off: ${why}`;
            const broken = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)('policy', { code: 'internal-error', service: 'engine', message });
            answers.set(id, { finding: broken, signatures: [] });
        }
    }
    return answers;
}
/** Calls that are stopped say themselves what they were waiting for: whoever asked them may still tell. */
const settleMs = 500;
async function late(signal) {
    await (0,_waiting_js__WEBPACK_IMPORTED_MODULE_1__/* .aborted */ .Q)(signal);
    return (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(settleMs, undefined, { ref: false });
}


/***/ }),

/***/ 71574:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NG: () => (/* binding */ openTroubles),
/* harmony export */   gy: () => (/* binding */ unread),
/* harmony export */   on: () => (/* binding */ readPart),
/* harmony export */   qS: () => (/* binding */ listPart),
/* harmony export */   xP: () => (/* binding */ measure)
/* harmony export */ });
/* unused harmony export blobLimit */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71644);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37120);




/** Most bytes of a configuration or a layer. */
const blobLimit = 16 * 1024 ** 3;
/** Parts that could not be read, and parts that are wrong: after so many no further one is read. */
const mostUnread = 10;
const mostWrong = 100;
function openTroubles() {
    let [unread, wrong] = [0, 0];
    return {
        note: (finding) => {
            if (finding.status === 'unknown')
                unread++;
            else
                wrong++;
            return finding;
        },
        isEnough: () => unread >= mostUnread || wrong >= mostWrong,
    };
}
/** What a manifest lists, as a part that can be read. */
function listPart(kind, descriptor, service) {
    const { digest, mediaType, urls, size } = descriptor;
    const refuse = (message) => (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'unsupported', message: `${kind} ${digest}: ${message}` });
    if (!(0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
        return refuse('only sha256 digests are read');
    if (urls !== undefined || /\bnondistributable\b|\bforeign\b/.test(mediaType)) {
        return refuse('it may be had from elsewhere than this store (urls, or a layer that is not distributed): not read');
    }
    const limit = kind === 'manifest' ? _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7 : blobLimit;
    if (size !== undefined && size > limit) {
        const message = `${kind} ${digest}: ${size} bytes, more than ${limit}`;
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'limit-exceeded', service, message });
    }
    return { kind, digest, descriptor };
}
/**
 * Reads a part and compares it with what the signed manifest says of it: content that the store has and that is another
 * is proven wrong; what could not be read is not.
 *
 * @param keep most bytes that are handed back
 */
async function readPart(part, keep, reader) {
    const { kind, digest, descriptor } = part;
    const { images, service, turns, call, troubles } = reader;
    const { stream } = images;
    if (stream === undefined) {
        const message = `${kind} ${digest}: parts of images in this kind of store are not read by this version`;
        return { kind: 'failed', finding: (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'unsupported', message }) };
    }
    const limit = descriptor.size ?? (kind === 'manifest' ? _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7 : blobLimit);
    const measurement = await turns(async () => troubles.isEnough()
        ? undefined
        : measure(keep, async (open) => stream({ kind, digest }, limit, open, call)));
    if (measurement === undefined)
        return { kind: 'skipped' };
    const { answer, measured } = measurement;
    if (answer.kind === 'absent') {
        const message = `${kind} ${digest}: expected it in the store, but ${answer.message}`;
        return { kind: 'missing', finding: (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unmet */ .iY)(kind, 'digest-mismatch', message) };
    }
    if (answer.kind === 'failed')
        return { kind: 'failed', finding: unread(kind, digest, answer.problem) };
    const { where, whole } = answer.value;
    if (!whole && descriptor.size === undefined) {
        const message = `${kind} ${where}: larger than ${limit} bytes`;
        return { kind: 'failed', finding: (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'limit-exceeded', service, message }) };
    }
    const got = measured();
    if (whole && got.digest === digest && got.size === (descriptor.size ?? got.size)) {
        return { kind: 'right', size: got.size, bytes: got.bytes };
    }
    const size = descriptor.size === undefined ? '' : ` (${descriptor.size} bytes)`;
    const found = whole ? `${got.digest} (${got.size} bytes)` : `more than ${limit} bytes`;
    const finding = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unmet */ .iY)(kind, 'digest-mismatch', `${kind} ${where}: expected ${digest}${size}, got ${found}`, {
        facts: { where, expected: digest, ...(whole && { got: got.digest }) },
    });
    return { kind: 'failed', finding };
}
/** What could not be read, by the name of what it is about. */
function unread(kind, name, problem) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { ...problem, message: `${kind} ${name}: ${problem.message}` });
}
/** Measures a body as it comes; of an attempt that failed nothing is left. */
async function measure(keep, read) {
    let hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    let kept = [];
    const open = () => {
        hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        size = 0;
        kept = [];
        return (bytes) => {
            hash.update(bytes);
            // Copied: whoever reads may use its buffer again.
            if (size < keep)
                kept.push(Uint8Array.prototype.slice.call(bytes, 0, keep - size));
            size += bytes.length;
        };
    };
    const answer = await read(open);
    const measured = () => ({
        digest: `sha256:${hash.digest('hex')}`,
        size,
        bytes: Buffer.concat(kept),
    });
    return { answer, measured };
}


/***/ }),

/***/ 16432:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AO: () => (/* binding */ unwrapBundle),
/* harmony export */   Bo: () => (/* binding */ readBundle),
/* harmony export */   SX: () => (/* binding */ unwrapAttached),
/* harmony export */   Se: () => (/* binding */ readLines),
/* harmony export */   YN: () => (/* binding */ isSignedDocument)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49839);


const mostLines = 100_000;
const newline = 0x0a;
/** The envelopes of a `.jsonl` file, one a line. */
function readLines(bytes, where, origin) {
    const sources = [];
    let line = 1;
    for (let start = 0; start < bytes.length; line++) {
        const found = bytes.indexOf(newline, start);
        const end = found < 0 ? bytes.length : found;
        const part = bytes.subarray(start, end);
        if (part.some((byte) => byte > 0x20))
            sources.push({ bytes: part, where: `${where}:${line}`, origin });
        if (sources.length > mostLines)
            return { sources: [], problems: [`${where}: more than ${mostLines} lines`] };
        start = end + 1;
    }
    return sources.length > 0
        ? { sources, problems: [] }
        : { sources, problems: [`${where}: it holds no envelope`] };
}
/**
 * The envelopes of a cilock bundle (rookery, attestation/bundle): a tar with `bundle.json`, which lists them by their
 * SHA-256, and `attestations.jsonl`.
 *
 * @param tar without its gzip
 */
function readBundle(tar, where) {
    const failed = (problem) => ({ sources: [], problems: [`${where}: ${problem}`] });
    const files = readTar(tar);
    if (typeof files === 'string')
        return failed(`expected a cilock bundle: ${files}`);
    const [lines, index] = [files.get('attestations.jsonl'), files.get('bundle.json')];
    const listed = index && (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(index), 'envelopes');
    if (!lines || !listed)
        return failed('expected a cilock bundle with bundle.json and attestations.jsonl, got another archive');
    const read = readLines(lines, where, 'given');
    const got = read.sources.map(({ bytes }) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex'));
    const held = new Set(got);
    const wanted = listed.map((one) => ((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(one) ? ((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(one, 'sha256') ?? '') : ''));
    if (wanted.length === 0)
        return failed('it lists no envelope: cilock writes such a bundle for a subject that it does not find');
    const absent = wanted.find((one) => !held.has(one));
    if (absent !== undefined)
        return failed(`expected the envelope ${absent} that bundle.json lists, got none of that digest`);
    if (got.length !== wanted.length)
        return failed(`expected ${wanted.length} envelopes, got ${got.length}`);
    return read;
}
const block = 512;
const mostFiles = 100;
/** @returns a text that says what is wrong */
function readTar(tar) {
    const files = new Map();
    const bytes = Buffer.from(tar.buffer, tar.byteOffset, tar.length);
    for (let at = 0; at + block <= bytes.length;) {
        const header = bytes.subarray(at, at + block);
        if (header.every((byte) => byte === 0))
            break;
        const text = (start, end) => header.subarray(start, end).toString('latin1').replace(/\0.*$/s, '').trim();
        const size = text(124, 136);
        if (!/^[0-7]{1,11}$/.test(size) || text(257, 262) !== 'ustar')
            return 'it is no tar';
        const end = at + block + parseInt(size, 8);
        if (end > bytes.length)
            return 'it is cut off';
        const name = text(0, 100);
        if (files.has(name))
            return `${name} is in it twice`;
        if (files.size === mostFiles)
            return `more than ${mostFiles} files are in it`;
        files.set(name, bytes.subarray(at + block, end));
        at = block * Math.ceil(end / block);
    }
    return files;
}
/**
 * The envelope inside a statement that `cosign attest` made of an envelope's file: the predicate itself, or the text of
 * its `Data` under cosign's custom type. What counts is the signature of the inner one; undefined for others.
 */
function unwrapAttached(payload) {
    const statement = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(payload);
    const predicate = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(statement, 'predicate');
    const isEnvelope = (value) => (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(value, 'payload') !== undefined && (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(value, 'signatures') !== undefined;
    if (isEnvelope(predicate))
        return Buffer.from(JSON.stringify(predicate));
    const data = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(predicate, 'Data');
    const inner = data === undefined ? undefined : Buffer.from(data);
    return inner && isEnvelope((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(inner)) ? inner : undefined;
}
/** The envelope inside a sigstore bundle; undefined for what is no bundle of one. */
function unwrapBundle(bytes) {
    const bundle = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes);
    if ((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(bundle, 'mediaType')?.startsWith('application/vnd.dev.sigstore.bundle') !== true)
        return undefined;
    const envelope = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(bundle, 'dsseEnvelope');
    return envelope && Buffer.from(JSON.stringify(envelope));
}
/** Whether a file looks like a signed policy: an envelope, which policies of clusters never are. */
function isSignedDocument(bytes) {
    const object = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes);
    return (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'payload') !== undefined && (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(object, 'signatures') !== undefined;
}


/***/ })

};
