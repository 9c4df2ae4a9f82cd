export const id = 236;
export const ids = [236,7252];
export const modules = {

/***/ 80236:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspect: () => (/* binding */ inspect)
});

// EXTERNAL MODULE: ./src/inputs/subsets.ts
var subsets = __webpack_require__(66522);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(14031);
;// CONCATENATED MODULE: ./src/report/inspection.ts

/** As JSON, with the names that `s3lo inspect -o json` has, and more. */
function inspectionJson(image) {
    const { isIndex, layers, platforms } = readContents(image.manifest);
    return {
        reference: image.reference,
        digest: image.digest,
        is_index: isIndex,
        ...(isIndex ? { platforms } : { layers, total_size: sum(layers) }),
        signatures: image.signatures.map(({ keyId, where, status, keyRef, signedAt, schemaVersion, reason, format, attests, identity }) => ({
            key_ref: keyRef ?? '',
            key_id: keyId,
            signed_at: signedAt ?? '',
            status,
            stored_path: where,
            format,
            ...(attests !== undefined && { predicate_type: attests }),
            ...(schemaVersion !== undefined && { schema_version: schemaVersion }),
            ...(identity && { identity }),
            ...(reason !== undefined && { reason }),
        })),
    };
}
/** As text, in the order of `s3lo inspect`; each signature says whether it is more than a claim. */
function inspectionText(image) {
    const { isIndex, layers, platforms } = readContents(image.manifest);
    const contents = isIndex
        ? ['Type:      multi-arch index', ...platforms.map((platform) => `  ${(0,report_escape/* line */.n8)(platform)}`)]
        : [
            'Type:      single-arch image',
            `Layers:    ${layers.length}`,
            `Total:     ${megabytes(sum(layers))}`,
            ...(layers.length === 0 ? [] : ['']),
            ...layers.map(({ digest, size }, index) => `  [${index + 1}] ${(0,report_escape/* line */.n8)(digest.slice(0, 19))}... (${megabytes(size)})`),
        ];
    const signatures = image.signatures.map(signatureLine);
    return [
        `Reference: ${(0,report_escape/* line */.n8)(image.reference)}`,
        `Digest:    ${image.digest}`,
        ...contents,
        '',
        'Signatures:',
        ...(signatures.length === 0 ? ['  none'] : signatures),
    ];
}
function signatureLine(signature) {
    const { keyId, where, status, keyRef = '', signedAt = '', reason, format, attests, identity } = signature;
    const said = `${meaning(status, identity)}${reason === undefined ? '' : `: ${(0,report_escape/* line */.n8)(reason)}`}`;
    if (format === 's3lo-record')
        return `  ${keyId}  (key: ${(0,report_escape/* line */.n8)(keyRef)}, signed: ${(0,report_escape/* line */.n8)(signedAt)})  ${said}`;
    const what = attests === undefined ? 'signature' : `attestation of type ${(0,report_escape/* line */.n8)(attests)}`;
    const named = identity ? `, by ${(0,report_escape/* line */.n8)(identity.subject)} (issuer ${(0,report_escape/* line */.n8)(identity.issuer)})` : '';
    const by = keyId === '' ? named : `, key ${(0,report_escape/* line */.n8)(keyRef)} ${keyId}`;
    return `  ${what}  (${format} at ${(0,report_escape/* line */.n8)(where)}${by})  ${said}`;
}
function meaning(status, identity) {
    switch (status) {
        case 'verified':
            return identity === undefined ? 'verified with the given key' : 'verified for the given identity';
        case 'invalid':
            return 'INVALID';
        case 'claimed':
            return 'a claim, not verified';
        case 'unreadable':
            return 'unreadable record';
    }
}
/** What of the manifest is shown; the bytes are those that were hashed, their content is anybody's. */
function readContents(manifest) {
    const value = JSON.parse(Buffer.from(manifest).toString('utf8'));
    const manifests = list(value['manifests']);
    const platforms = manifests.map((entry) => {
        const platform = record(entry['platform']);
        return [platform['os'], platform['architecture'], platform['variant']]
            .filter((part) => typeof part === 'string')
            .join('/');
    });
    const layers = list(value['layers']).map((layer) => ({
        digest: typeof layer['digest'] === 'string' ? layer['digest'] : '',
        size: typeof layer['size'] === 'number' ? layer['size'] : 0,
        media_type: typeof layer['mediaType'] === 'string' ? layer['mediaType'] : '',
    }));
    return { isIndex: Array.isArray(value['manifests']), layers, platforms };
}
function list(value) {
    return Array.isArray(value) ? value.map(record) : [];
}
function record(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function sum(layers) {
    return layers.reduce((total, { size }) => total + size, 0);
}
function megabytes(bytes) {
    return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}

// EXTERNAL MODULE: ./src/run/inspection.ts
var inspection = __webpack_require__(45527);
// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(24423);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __webpack_require__(79381);
;// CONCATENATED MODULE: ./src/cli/inspect.ts






/** `verify-image inspect REFERENCE`: lists signers and decides nothing; exit 0, or 2 when the list could not be made. */
async function inspect({ words, flags }, output, problems) {
    const given = new Map([['image', words]]);
    for (const name of subsets/* inspected */._9) {
        const values = flags.get(name);
        if (values)
            given.set(name, values);
    }
    const found = await (0,inspection/* inspectGiven */.e)(given, 'command', problems);
    if (found.kind === 'failed')
        return refuse(found.problem, output);
    if (output === 'json')
        await (0,print/* print */.yy)(process.stdout, [JSON.stringify(inspectionJson(found), null, 2)]);
    else
        await (0,print/* printReport */.Y_)(process.stdout, inspectionText(found));
    return 0;
}
async function refuse(problem, output) {
    const { code, message } = problem;
    if (output === 'json') {
        const failure = { class: (0,codes/* classOf */.Kl)(code), code, message, hint: codes/* codes */.F4[code].remedy };
        await (0,print/* print */.yy)(process.stdout, [JSON.stringify({ failure }, null, 2)]);
    }
    await (0,print/* printReport */.Y_)(process.stderr, [`Error: ${(0,report_escape/* line */.n8)(message)}`, `  Next:    ${codes/* codes */.F4[code].remedy}`]);
    return 2;
}


/***/ }),

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


/***/ })

};
