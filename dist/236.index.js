export const id = 236;
export const ids = [236,772];
export const modules = {

/***/ 236:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  inspect: () => (/* binding */ inspect_inspect)
});

// EXTERNAL MODULE: ./src/gate/inspect.ts + 1 modules
var inspect = __webpack_require__(8772);
// EXTERNAL MODULE: ./src/inputs/parse.ts + 8 modules
var parse = __webpack_require__(4637);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(4031);
;// CONCATENATED MODULE: ./src/report/inspection.ts

/** As JSON, with the names that `s3lo inspect -o json` has, and more. */
function inspectionJson(image) {
    const { isIndex, layers, platforms } = readContents(image.manifest);
    return {
        reference: image.reference,
        digest: image.digest,
        is_index: isIndex,
        ...(isIndex ? { platforms } : { layers, total_size: sum(layers) }),
        signatures: image.signatures.map(({ keyId, where, status, keyRef, signedAt, schemaVersion, reason, format, attests }) => ({
            key_ref: keyRef ?? '',
            key_id: keyId,
            signed_at: signedAt ?? '',
            status,
            stored_path: where,
            format,
            ...(attests !== undefined && { predicate_type: attests }),
            ...(schemaVersion !== undefined && { schema_version: schemaVersion }),
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
    const { keyId, where, status, keyRef = '', signedAt = '', reason, format, attests } = signature;
    const said = `${meaning(status)}${reason === undefined ? '' : `: ${(0,report_escape/* line */.n8)(reason)}`}`;
    if (format === 's3lo-record')
        return `  ${keyId}  (key: ${(0,report_escape/* line */.n8)(keyRef)}, signed: ${(0,report_escape/* line */.n8)(signedAt)})  ${said}`;
    const what = attests === undefined ? 'signature' : `attestation of type ${(0,report_escape/* line */.n8)(attests)}`;
    const by = keyId === '' ? '' : `, key ${(0,report_escape/* line */.n8)(keyRef)} ${keyId}`;
    return `  ${what}  (${format} at ${(0,report_escape/* line */.n8)(where)}${by})  ${said}`;
}
function meaning(status) {
    switch (status) {
        case 'verified':
            return 'verified with the given key';
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

// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __webpack_require__(7079);
// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(4423);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __webpack_require__(9381);
;// CONCATENATED MODULE: ./src/cli/inspect.ts







/** Inputs that say how the image is reached. */
const accessInputs = [
    'endpoint',
    'timeout',
    'retries',
    'registry-username',
    'registry-password',
    'registry-cacert',
    'allow-http-registry',
    'allow-insecure-registry',
    'signature-repository',
    'attachment-tag-prefix',
];
/** `verify-image inspect REFERENCE`: lists signers and decides nothing; exit 0, or 2 when the list could not be made. */
async function inspect_inspect({ words, flags }, output, problems) {
    const keys = flags.get('key') ?? [];
    const [image = '', ...others] = words;
    const parsed = (0,parse/* parseInputs */.T)(new Map([
        ['image', [image]],
        // Listing needs no key; the rest of the inputs is read as for a verification.
        ['key', keys.length === 0 ? ['none'] : keys],
        ['require', ['any']],
        ...accessInputs.map((name) => [name, flags.get(name) ?? []]),
    ]), 'command');
    const wrong = [...problems, ...(others.length > 0 ? [tooMany(words.length)] : []), ...parsed.problems][0];
    if (wrong || !parsed.request)
        return refuse(wrong ?? tooMany(words.length), output);
    const { endpoint, patience, registry } = parsed.request;
    const secrets = (0,redaction/* secretsOf */.F)(process.env, keys, registry?.login);
    const found = (0,redaction/* redact */.E)(await (0,inspect.inspectImage)({
        image,
        keys,
        patience,
        ...(endpoint !== undefined && { endpoint }),
        ...(registry && { registry }),
    }), secrets);
    if (found.kind === 'failed')
        return refuse(found.problem, output);
    const lines = output === 'json' ? [JSON.stringify(inspectionJson(found), null, 2)] : inspectionText(found);
    await (0,print/* print */.y)(process.stdout, lines);
    return 0;
}
function tooMany(count) {
    return { code: 'input-invalid', message: `image: expected one reference to inspect, got ${count}` };
}
async function refuse(problem, output) {
    const { code, message } = problem;
    if (output === 'json') {
        const failure = { class: (0,codes/* classOf */.Kl)(code), code, message, hint: codes/* codes */.F4[code].remedy };
        await (0,print/* print */.y)(process.stdout, [JSON.stringify({ failure }, null, 2)]);
    }
    await (0,print/* print */.y)(process.stderr, [`Error: ${(0,report_escape/* line */.n8)(message)}`, `  Next:    ${codes/* codes */.F4[code].remedy}`]);
    return 2;
}


/***/ }),

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
