export const id = 7252;
export const ids = [7252];
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


/***/ })

};
