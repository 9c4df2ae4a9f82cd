export const id = 772;
export const ids = [772];
export const modules = {

/***/ 8772:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspectImage: () => (/* binding */ inspectImage)
});

// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __webpack_require__(947);
// EXTERNAL MODULE: ./src/network/journal.ts
var journal = __webpack_require__(8353);
// EXTERNAL MODULE: ./src/reference/parse.ts + 2 modules
var parse = __webpack_require__(99);
// EXTERNAL MODULE: ./src/stores/open.ts + 3 modules
var stores_open = __webpack_require__(3656);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(4703);
// EXTERNAL MODULE: ./src/evidence/dsse.ts
var dsse = __webpack_require__(9240);
// EXTERNAL MODULE: ./src/evidence/sigstore-bundle.ts
var sigstore_bundle = __webpack_require__(8548);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __webpack_require__(3240);
;// CONCATENATED MODULE: ./src/evidence/describe.ts



/** What a piece of evidence says of itself; nothing of it is verified. */
function describeCosign(evidence) {
    switch (evidence.format) {
        case 'simple-signing':
            return {};
        case 'dsse-envelope':
            return describeEnvelope((0,dsse/* parseEnvelope */.mE)(evidence.bytes));
        case 'sigstore-bundle': {
            const bundle = (0,sigstore_bundle/* parseBundle */.Q)(evidence.bytes);
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

// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 2 modules
var s3lo_record = __webpack_require__(2467);
// EXTERNAL MODULE: ./src/verify/cosign.ts + 7 modules
var cosign = __webpack_require__(650);
// EXTERNAL MODULE: ./src/verify/record.ts
var record = __webpack_require__(912);
// EXTERNAL MODULE: ./src/gate/keyring.ts
var gate_keyring = __webpack_require__(4618);
;// CONCATENATED MODULE: ./src/gate/inspect.ts










/** Lists every signature beside an image, and checks those whose key was given. */
async function inspectImage(request) {
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
        signal: AbortSignal.timeout(patience.timeoutMs),
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
    const keys = new Map();
    for (const one of loaded) {
        if (one.kind === 'failed')
            return failed(one.problem);
        for (const { key, version } of one.keys)
            keys.set(key.id, { reference: (0,gate_keyring/* versionName */.s)((0,inline/* keyName */.x)(one.reference), version), key });
    }
    const { digest, manifest = new Uint8Array() } = resolved.value;
    const signatures = [];
    for (const evidence of listed.kind === 'found' ? listed.value : []) {
        signatures.push(evidence.format === 's3lo-record'
            ? await inspectRecord(evidence, digest, keys)
            : await inspectCosign(evidence, digest, [...keys.values()]));
    }
    return { kind: 'found', reference: request.image, digest, manifest, signatures };
}
async function inspectRecord(evidence, digest, keys) {
    const { keyId, where, format, bytes, location } = evidence;
    const parsed = (0,s3lo_record/* parseRecord */.Hh)(bytes);
    if (parsed.kind === 'malformed') {
        return { keyId, where, format, status: 'unreadable', reason: parsed.reason };
    }
    const { keyRef, signedAt, schemaVersion } = parsed.record;
    const claim = { keyId, where, format, keyRef, signedAt, schemaVersion };
    const known = keys.get(keyId);
    if (!known)
        return { ...claim, status: 'claimed' };
    const check = await (0,record/* checkRecord */.E)({ bytes, location, digest, key: known.key, where, keyRef: known.reference });
    const reason = whyNot(check.findings);
    return reason === undefined ? { ...claim, status: 'verified' } : { ...claim, status: 'invalid', reason };
}
/** Nothing in these formats names its key: it is verified when one of the given keys verifies it. */
async function inspectCosign(evidence, digest, keys) {
    const { where, format } = evidence;
    const said = describeCosign(evidence);
    if ('unreadable' in said)
        return { keyId: '', where, format, status: 'unreadable', reason: said.unreadable };
    const claim = { keyId: '', where, format, ...said };
    let reason;
    for (const { key, reference } of keys) {
        const wanted = said.attests === undefined ? {} : { predicateType: said.attests };
        const check = await (0,cosign.checkCosign)(evidence, {
            key,
            keyRef: reference,
            digest,
            annotations: {},
            log: 'ignore',
            ...wanted,
        });
        if (check.kind === 'unrelated')
            continue;
        const own = whyNot(check.findings);
        if (own === undefined)
            return { ...claim, keyId: key.id, keyRef: reference, status: 'verified' };
        // A key that does not verify it says nothing about it: another one made it.
        if (check.scheme !== undefined)
            reason = own;
    }
    return reason === undefined ? { ...claim, status: 'claimed' } : { ...claim, status: 'invalid', reason };
}
function whyNot(findings) {
    const wrong = findings.find((finding) => finding.status !== 'met');
    return wrong?.peerReason ?? wrong?.message;
}


/***/ })

};
