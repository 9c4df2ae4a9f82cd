export const id = 1082;
export const ids = [1082,8879];
export const modules = {

/***/ 24231:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyBundle: () => (/* binding */ verifyBundle)
});

// EXTERNAL MODULE: ./src/gate/clock.ts
var clock = __webpack_require__(38553);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/files/read.ts
var files_read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/network/journal.ts
var journal = __webpack_require__(88353);
// EXTERNAL MODULE: ./src/keys/load.ts + 12 modules
var load = __webpack_require__(66229);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __webpack_require__(71644);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __webpack_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var verdict_finding = __webpack_require__(37120);
// EXTERNAL MODULE: ./node_modules/@sigstore/bundle/dist/index.js
var dist = __webpack_require__(61040);
// EXTERNAL MODULE: ./src/evidence/dsse.ts
var dsse = __webpack_require__(69240);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __webpack_require__(63240);
// EXTERNAL MODULE: ./src/evidence/transparency.ts
var transparency = __webpack_require__(24491);
;// CONCATENATED MODULE: ./src/verify/digest-signature.ts

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex');
/**
 * Verifies a signature where only the SHA-256 of the message is known: Node verifies messages only. Only P-256 signs
 * nothing but SHA-256, so only there a signature that does not verify is proven to be wrong.
 */
async function verifyDigestSignature(key, digest, signature) {
    const unclear = {
        kind: 'unclear',
        reason: `a signature by a key of type ${key.type} cannot be verified over a SHA-256 digest alone: give the file`,
    };
    switch (key.type) {
        case 'ecdsa-p256':
        case 'ecdsa-p384':
        case 'ecdsa-p521':
            if (await verifyEcdsa(key, digest, signature))
                return { kind: 'valid', scheme: 'ecdsa-sha256' };
            return key.type === 'ecdsa-p256'
                ? { kind: 'invalid', peerReason: 'invalid signature over the digest' }
                : unclear;
        case 'rsa':
            return verifyRsa(key, digest, signature) ? { kind: 'valid', scheme: 'rsa-pkcs1-sha256' } : unclear;
        case 'ed25519':
            return unclear;
    }
}
async function verifyEcdsa({ type, spki }, digest, signature) {
    const { p256, p384, p521 } = await Promise.all(/* import() */[__webpack_require__.e(9001), __webpack_require__.e(895)]).then(__webpack_require__.bind(__webpack_require__, 90895));
    const curves = { 'ecdsa-p256': p256, 'ecdsa-p384': p384, 'ecdsa-p521': p521 };
    const curve = curves[type];
    // An uncompressed point, which every admitted key has at its end.
    const point = spki.subarray(-(2 * { 'ecdsa-p256': 32, 'ecdsa-p384': 48, 'ecdsa-p521': 66 }[type] + 1));
    try {
        return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' });
    }
    catch {
        return false;
    }
}
function verifyRsa({ key }, digest, signature) {
    try {
        const info = (0,external_node_crypto_.publicDecrypt)({ key, padding: external_node_crypto_.constants.RSA_PKCS1_PADDING }, signature);
        return info.equals(Buffer.concat([sha256Info, digest]));
    }
    catch {
        return false;
    }
}

// EXTERNAL MODULE: ./src/verify/keyless.ts + 4 modules
var keyless = __webpack_require__(67628);
// EXTERNAL MODULE: ./src/verify/public-key.ts
var public_key = __webpack_require__(83222);
// EXTERNAL MODULE: ./src/verify/signature.ts + 1 modules
var signature = __webpack_require__(72061);
;// CONCATENATED MODULE: ./src/verify/artifact-bundle.ts











/**
 * Decides whether a sigstore bundle proves that a signer signed an artifact: a message signature over it, or a DSSE
 * envelope with a statement about it.
 *
 * @param key the signer's key; undefined: `vouching` names an identity
 * @param vouching undefined: a key is all that is asked for
 */
async function checkArtifactBundle(bytes, artifact, key, vouching, log) {
    const where = 'the bundle';
    const refuse = (message) => [(0,verdict_finding/* unmet */.iY)('bundle-read', 'signature-invalid', message)];
    const companions = (0,transparency.companionsOfBundle)(bytes);
    if (typeof companions === 'string')
        return refuse(`expected a sigstore bundle, got one that is none: ${companions}`);
    if (key !== undefined && companions.certificate !== undefined) {
        return [(0,verdict_finding/* unmet */.iY)('signer', 'key-mismatch', 'expected a signature by a key, got one by a certificate')];
    }
    const signer = key ?? keyOf(companions.certificate);
    if (typeof signer === 'string')
        return [(0,verdict_finding/* unmet */.iY)('signer', 'key-mismatch', signer)];
    const signed = readSigned(bytes, artifact);
    if (typeof signed === 'string')
        return refuse(signed);
    const outcome = signed.digest !== undefined && artifact.bytes === undefined
        ? await verifyDigestSignature(signer, signed.digest, signed.signature)
        : await (0,signature/* verifySignature */.O)(signer, signed.message, signed.signature);
    if (outcome.kind === 'unclear') {
        return [(0,verdict_finding/* unknown */.L5)('signature-valid', { code: 'unsupported', message: outcome.reason })];
    }
    if (outcome.kind === 'invalid') {
        const message = `expected a signature over the artifact, got one that its key does not verify: ${outcome.peerReason}`;
        return [(0,verdict_finding/* unmet */.iY)('signature-valid', 'signature-invalid', message)];
    }
    return [
        (0,verdict_finding/* met */.BG)('signature-valid', `the signature is valid (${outcome.scheme})`),
        signed.about,
        ...(vouching === undefined
            ? [(0,verdict_finding/* exempt */.Is)('log-entry', 'no entry of a transparency log is asked for')]
            : (0,keyless.vouch)(companions, signed, signer, vouching, log, where)),
    ];
}
function keyOf(certificate) {
    if (certificate === undefined)
        return 'expected a certificate in the bundle, got none';
    const outcome = (0,public_key/* publicKeyFromCertificate */.Gz)(certificate);
    return outcome.kind === 'key' ? outcome.key : `the certificate is for no usable key: ${outcome.reason}`;
}
/** What was signed, and whether it is the artifact. */
function readSigned(bytes, { digest, bytes: whole }) {
    const { content } = (0,dist/* bundleFromJSON */.vw)((0,json/* readObject */.Ag)(bytes));
    if (content.$case === 'messageSignature') {
        const { signature, messageDigest } = content.messageSignature;
        // A digest by another hash is no word about a SHA-256: the signature decides, or nobody.
        const comparable = whole !== undefined || messageDigest.digest.length === digest.length;
        const own = whole === undefined ? digest : hashLike(messageDigest.digest, whole);
        if (comparable && Buffer.compare(own, messageDigest.digest) !== 0)
            return 'expected a signature of this artifact, got one of another digest';
        const message = whole ?? new Uint8Array();
        const about = (0,verdict_finding/* met */.BG)('digest-signed', 'the signature is over the artifact');
        return {
            form: 'bundled message',
            signature,
            message,
            payload: message,
            about,
            ...(whole === undefined && { digest }),
        };
    }
    const { payload, payloadType, signatures } = content.dsseEnvelope;
    const [signature] = signatures;
    if (payloadType !== dsse/* inTotoType */.Y8 || signature === undefined)
        return 'expected an in-toto statement in the bundle, got something else';
    const statement = (0,evidence_statement/* parseStatement */.By)(payload);
    if (typeof statement === 'string')
        return `expected an in-toto statement in the bundle, but ${statement}`;
    const hex = Buffer.from(digest).toString('hex');
    const about = (0,evidence_statement/* subjectOf */.et)(statement, `sha256:${hex}`)
        ? (0,verdict_finding/* met */.BG)('digest-signed', 'the statement is about the artifact')
        : (0,verdict_finding/* unmet */.iY)('digest-signed', 'digest-mismatch', `expected a statement about sha256:${hex}, got one about something else`);
    const message = (0,dsse/* preAuthEncoding */.JC)({ payload, payloadType });
    return { form: 'bundled envelope', signature: signature.sig, message, payload, about };
}
function hashLike(digest, bytes) {
    const name = digest.length === 64 ? 'sha512' : digest.length === 48 ? 'sha384' : 'sha256';
    return (0,external_node_crypto_.createHash)(name).update(bytes).digest();
}

// EXTERNAL MODULE: ./src/verify/identity.ts
var verify_identity = __webpack_require__(28879);
// EXTERNAL MODULE: ./src/gate/vouching.ts + 1 modules
var gate_vouching = __webpack_require__(19979);
;// CONCATENATED MODULE: ./src/gate/bundle-file.ts











/** Artifacts are files that people download. */
const artifactLimit = 2 * 1024 * 1024 * 1024;
/** Whether a bundle proves that a signer signed an artifact, as sigstore's clients decide it for files. */
async function decideBundle(request, clock) {
    const { signer, patience } = request;
    const stop = (check, problem) => ({
        finding: (0,algebra/* all */.Q7)('bundle', [(0,verdict_finding/* unknown */.L5)(check, problem)]),
        warnings: [],
    });
    const bundle = await (0,files_read/* readWhole */.oD)(request.bundle, store/* bundleLimit */.UT, 'storage');
    if (bundle.kind === 'absent')
        return stop('bundle-read', { code: 'input-invalid', message: `bundle: no file ${request.bundle}` });
    if (bundle.kind === 'failed')
        return stop('bundle-read', bundle.problem);
    const artifact = await readArtifact(request.artifact);
    if ('code' in artifact)
        return stop('artifact-read', artifact);
    const call = {
        signal: AbortSignal.timeout(patience.timeoutMs),
        retries: patience.retries,
        journal: (0,journal/* openJournal */._)(),
    };
    const loaded = 'key' in signer ? await (0,load.loadKey)(signer.key, call) : undefined;
    if (loaded?.kind === 'failed')
        return stop('key-loaded', loaded.problem);
    const identity = 'identity' in signer ? signer.identity : undefined;
    for (const pattern of [identity?.subjectRegexp, identity?.issuerRegexp]) {
        const why = pattern === undefined ? undefined : (0,verify_identity.patternProblem)(pattern);
        if (why !== undefined)
            return stop('signer', { code: 'input-invalid', message: `expected a pattern in RE2: ${why}` });
    }
    const voucher = (0,gate_vouching/* openVoucher */.t)(request.trust, request.log, clock, call);
    // A key without a log needs nobody else's word.
    const needed = identity !== undefined || request.log === 'require';
    const vouching = needed
        ? { ...(await voucher.load()), everyTime: true, ...(identity && { identity }) }
        : undefined;
    const check = async (key) => (0,algebra/* all */.Q7)('bundle', await checkArtifactBundle(bundle.value, artifact, key, vouching, request.log));
    let finding;
    for (const key of loaded ? loaded.keys.map((one) => one.key) : [undefined]) {
        const judged = await check(key);
        if (finding === undefined || judged.status === 'met')
            finding = judged;
        if (judged.status === 'met')
            break;
    }
    return { finding: finding ?? (0,algebra/* all */.Q7)('bundle', []), warnings: voucher.warnings() };
}
async function readArtifact(name) {
    if ((0,reference/* isDigest */.Bc)(name))
        return { digest: Buffer.from(name.slice('sha256:'.length), 'hex') };
    const read = await (0,files_read/* readWhole */.oD)(name, artifactLimit, 'storage');
    if (read.kind === 'absent')
        return { code: 'input-invalid', message: `artifact: no file ${name}` };
    if (read.kind === 'failed')
        return read.problem;
    return { digest: (0,external_node_crypto_.createHash)('sha256').update(read.value).digest(), bytes: read.value };
}

// EXTERNAL MODULE: ./src/inputs/parse.ts + 10 modules
var parse = __webpack_require__(45946);
// EXTERNAL MODULE: ./src/inputs/subsets.ts
var subsets = __webpack_require__(66522);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(14031);
// EXTERNAL MODULE: ./src/report/near-misses.ts
var near_misses = __webpack_require__(84455);
// EXTERNAL MODULE: ./src/verdict/result.ts
var result = __webpack_require__(18364);
// EXTERNAL MODULE: ./src/cli/print.ts
var print = __webpack_require__(79381);
;// CONCATENATED MODULE: ./src/cli/verify-bundle.ts








/**
 * `verify-image verify-bundle --bundle FILE … FILE_OR_DIGEST`, as sigstore's conformance suite calls its clients: exit 0
 * verified, 1 rejected, 2 undetermined.
 */
async function verifyBundle({ words, flags }, output, problems) {
    const bundle = flags.get('bundle')?.at(-1) ?? '';
    const [artifact = '', ...others] = words;
    const parsed = (0,parse/* parseInputs */.T)(
    // The image is only there because every other request has one.
    new Map([
        ['image', ['local://bundle/file:x']],
        ...subsets/* bundled */.vw.map((name) => [name, flags.get(name) ?? []]),
    ]), 'command');
    const wrong = (message) => ({ code: 'input-invalid', message });
    const first = [
        ...problems,
        ...(bundle === '' ? [wrong('bundle: expected a file, got nothing')] : []),
        ...(artifact === '' || others.length > 0
            ? [wrong(`expected one file or digest, got ${words.length}`)]
            : []),
        ...(flags.has('staging')
            ? [wrong('staging: give the trusted root of the staging instance with --trusted-root')]
            : []),
        ...parsed.problems,
    ][0];
    if (first || !parsed.request)
        return refuse(first ?? wrong('nothing to verify with'), output);
    const { signers, trust, log = 'require', patience } = parsed.request;
    const [identity] = signers?.identities ?? [];
    const [key] = signers?.keys ?? [];
    if (key !== undefined && identity !== undefined)
        return refuse(wrong('expected a key or an identity, got both'), output);
    const signer = key === undefined ? (identity === undefined ? undefined : { identity }) : { key };
    if (signer === undefined || trust === undefined)
        return refuse(wrong('expected a key or an identity, got neither'), output);
    const decided = await decideBundle({ bundle, artifact, signer, trust, log, patience }, clock/* systemClock */.m);
    await (0,print/* print */.yy)(process.stderr, decided.warnings.map((warning) => `Warning: ${(0,report_escape/* line */.n8)(warning)}`));
    return report(decided.finding, artifact, output);
}
async function report(finding, artifact, output) {
    const verdict = (0,result/* verdictOf */.Vj)(finding);
    const failed = (0,result/* failureOf */.g5)(finding);
    if (output === 'json') {
        const document = { verified: verdict === 'verified', verdict, failure: failed, findings: finding };
        await (0,print/* print */.yy)(process.stdout, [JSON.stringify(document, null, 2)]);
    }
    else if (failed === null) {
        await (0,print/* printReport */.Y_)(process.stdout, [`✓ Verified ${(0,report_escape/* line */.n8)(artifact)}`]);
    }
    if (failed !== null)
        await (0,print/* printReport */.Y_)(process.stderr, lines(failed, verdict, (0,near_misses/* nearMissesOf */.i)(finding)));
    return verdict === 'verified' ? 0 : verdict === 'rejected' ? 1 : 2;
}
function lines({ class: kind, code, message, hint }, verdict, misses) {
    return [
        `${verdict === 'rejected' ? '✗' : 'Error:'} ${(0,report_escape/* line */.n8)(message)}`,
        ...misses.map((miss) => `  Near miss: ${(0,report_escape/* line */.n8)(miss)}`),
        `  Verdict: ${verdict} (${kind}, ${code})`,
        `  Next:    ${hint}`,
    ];
}
async function refuse({ code, message }, output) {
    const failed = (0,result/* failure */.V2)(code, message);
    if (output === 'json') {
        await (0,print/* print */.yy)(process.stdout, [
            JSON.stringify({ verified: false, verdict: 'undetermined', failure: failed }, null, 2),
        ]);
    }
    await (0,print/* printReport */.Y_)(process.stderr, lines(failed, 'undetermined', []));
    return 2;
}


/***/ }),

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

/***/ 88548:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jo: () => (/* binding */ isBundleType),
/* harmony export */   QN: () => (/* binding */ parseBundle),
/* harmony export */   Yw: () => (/* binding */ oddVersion)
/* harmony export */ });
/* harmony import */ var _dsse_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(69240);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49839);


const mediaTypes = /^application\/vnd\.dev\.sigstore\.bundle(\+json;version=0\.[123]|\.v0\.3\+json)$/;
/** Layers of this type hold bundles, whatever their version (cosign, pkg/oci/remote/signatures.go). */
function isBundleType(mediaType) {
    return mediaType.startsWith('application/vnd.dev.sigstore.bundle');
}
/** What a bundle says that it is, where that is no version that anybody has defined: the library reads any. */
function oddVersion(object) {
    const mediaType = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'mediaType') ?? '';
    return mediaTypes.test(mediaType)
        ? undefined
        : `its media type is ${JSON.stringify(mediaType.slice(0, 200))}`;
}
/** @returns a text that says what is wrong */
function parseBundle(bytes) {
    const object = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes);
    if (object === undefined)
        return 'it is no JSON object';
    const odd = oddVersion(object);
    if (odd !== undefined)
        return odd;
    const material = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'verificationMaterial');
    if (material === undefined)
        return 'it has no verification material';
    const key = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(material, 'publicKey');
    const certified = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(material, 'certificate') ?? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(material, 'x509CertificateChain');
    const sealed = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'dsseEnvelope');
    const envelope = sealed === undefined ? undefined : (0,_dsse_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEnvelope */ .mE)(sealed);
    if (typeof envelope === 'string')
        return `its envelope is unreadable: ${envelope}`;
    if (envelope === undefined && (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'messageSignature') === undefined)
        return 'it holds no signature';
    return {
        signer: certified !== undefined
            ? { kind: 'certificate' }
            : key === undefined
                ? { kind: 'none' }
                : { kind: 'key', hint: (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(key, 'hint') ?? '' },
        logEntries: ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(material, 'tlogEntries') ?? []).length,
        envelope,
    };
}


/***/ }),

/***/ 28879:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   claimedIdentity: () => (/* binding */ claimedIdentity),
/* harmony export */   claimsOf: () => (/* binding */ claimsOf),
/* harmony export */   cosignClaims: () => (/* binding */ cosignClaims),
/* harmony export */   mismatch: () => (/* binding */ mismatch),
/* harmony export */   patternProblem: () => (/* binding */ patternProblem),
/* harmony export */   readIdentity: () => (/* binding */ readIdentity)
/* harmony export */ });
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83917);
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(_sigstore_core__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2856);
/* harmony import */ var _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54620);



const fulcio = '1.3.6.1.4.1.57264.1';
const alternativeNames = '2.5.29.17';
const fulcioOtherName = '1.3.6.1.4.1.57264.1.7';
/** The last part of the object identifier of each claim (fulcio, docs/oid-info.md). */
const numbers = {
    'github-workflow-trigger': 2,
    'github-workflow-sha': 3,
    'github-workflow-name': 4,
    'github-workflow-repository': 5,
    'github-workflow-ref': 6,
    'build-signer-uri': 9,
    'build-signer-digest': 10,
    'runner-environment': 11,
    'source-repository-uri': 12,
    'source-repository-digest': 13,
    'source-repository-ref': 14,
    'source-repository-identifier': 15,
    'source-repository-owner-uri': 16,
    'source-repository-owner-identifier': 17,
    'build-config-uri': 18,
    'build-trigger': 20,
    'source-repository-visibility': 22,
};
/** Reads a certificate that was verified. */
function readIdentity(der) {
    const certificate = _sigstore_core__WEBPACK_IMPORTED_MODULE_0__.X509Certificate.parse(Buffer.from(der));
    const extensions = new Map();
    for (const extension of certificate.extensions) {
        // Stryker disable next-line OptionalChaining,StringLiteral: no extension is empty in a certificate that was read
        const oid = extension.subs[0]?.toOID() ?? '';
        if (!oid.startsWith(`${fulcio}.`))
            continue;
        const number = Number(oid.slice(fulcio.length + 1));
        // Stryker disable next-line OptionalChaining: the same
        const value = extension.subs.at(-1)?.value ?? Buffer.alloc(0);
        // From 8 on the value is DER of a UTF8String.
        extensions.set(number, number < 8 ? value.toString('utf8') : derText(value));
    }
    return {
        subjects: subjectsOf(certificate),
        issuer: extensions.get(8) ?? extensions.get(1) ?? '',
        extensions,
    };
}
/** Of a certificate that nobody verified; undefined where it cannot be read, as whoever wrote it may have wanted. */
function claimedIdentity(der) {
    try {
        return readIdentity(der);
    }
    catch {
        return undefined;
    }
}
const claimNames = {
    2: 'githubWorkflowTrigger',
    3: 'githubWorkflowSha',
    4: 'githubWorkflowName',
    5: 'githubWorkflowRepository',
    6: 'githubWorkflowRef',
};
/** What cosign adds to a signature's annotations of its certificate (cosign, pkg/cosign/certextensions.go). */
function cosignClaims(der) {
    const identity = claimedIdentity(der);
    if (identity === undefined)
        return undefined;
    const { subjects, issuer, extensions } = identity;
    const claims = { Subject: subjects[0] ?? '', Issuer: issuer };
    for (const [number, value] of extensions) {
        if (number > 6)
            continue;
        claims[`${fulcio}.${String(number)}`] = value;
        const name = claimNames[number];
        if (name !== undefined)
            claims[name] = value;
    }
    return claims;
}
function derText(value) {
    const long = value[1] === 0x81 ? 3 : value[1] === 0x82 ? 4 : 2;
    return value[0] === 0x0c ? value.subarray(long).toString('utf8') : '';
}
/** General names (RFC 5280, 4.2.1.6): e-mail, DNS name, URI, IP address, and Fulcio's other name. */
function subjectsOf(certificate) {
    const names = certificate.extension(alternativeNames)?.valueObj.subs[0]?.subs ?? [];
    return names.flatMap((name) => {
        if (name.tag.isContextSpecific(1) || name.tag.isContextSpecific(2) || name.tag.isContextSpecific(6)) {
            return [name.value.toString('utf8')];
        }
        if (name.tag.isContextSpecific(7))
            return [address(name.value)];
        const isOwn = name.tag.isContextSpecific(0) && name.subs[0]?.toOID() === fulcioOtherName;
        return isOwn ? [name.subs[1]?.subs[0]?.value.toString('utf8') ?? ''] : [];
    });
}
function address(bytes) {
    return bytes.length === 4 ? [...bytes].join('.') : bytes.toString('hex').replace(/(.{4})(?!$)/g, '$1:');
}
/** What part of a demand an identity does not meet: expected and got; undefined when it meets all. */
function mismatch(identity, demand) {
    const { subject, subjectRegexp, issuer, issuerRegexp } = demand;
    if (subject !== undefined && !identity.subjects.includes(subject)) {
        return `expected the identity ${subject}, got ${list(identity.subjects)}`;
    }
    if (subjectRegexp !== undefined && !identity.subjects.some((one) => matches(subjectRegexp, one))) {
        return `expected an identity like ${subjectRegexp}, got ${list(identity.subjects)}`;
    }
    if (issuer !== undefined && identity.issuer !== issuer) {
        return `expected the issuer ${issuer}, got ${identity.issuer === '' ? 'none' : identity.issuer}`;
    }
    if (issuerRegexp !== undefined && !matches(issuerRegexp, identity.issuer)) {
        return `expected an issuer like ${issuerRegexp}, got ${identity.issuer === '' ? 'none' : identity.issuer}`;
    }
    for (const { number, pattern } of demand.extensions ?? []) {
        const got = identity.extensions.get(number) ?? '';
        if (!matches(pattern, got))
            return `expected extension ${fulcio}.${number} like ${pattern}, got ${got === '' ? 'none' : got}`;
    }
    for (const claim of _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateClaims */ .L) {
        const wanted = demand.claims?.[claim];
        const got = identity.extensions.get(numbers[claim]);
        if (wanted !== undefined && wanted !== got) {
            return `expected the ${claim.replaceAll('-', ' ')} ${wanted}, got ${got === undefined || got === '' ? 'none' : got}`;
        }
    }
    return undefined;
}
/** What an identity says of itself, by name, for reports. */
function claimsOf({ extensions }) {
    return Object.fromEntries(_verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateClaims */ .L.flatMap((claim) => {
        const said = extensions.get(numbers[claim]);
        return said === undefined || said === '' ? [] : [[claim, said]];
    }));
}
/** RE2, not anchored, as cosign's. */
function matches(pattern, text) {
    return re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(pattern).matcher(text).find();
}
/** @returns a text that says what is wrong with a pattern */
function patternProblem(pattern) {
    if (pattern.length > _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .longestPattern */ .X)
        return `it is longer than ${_verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .longestPattern */ .X} characters`;
    try {
        re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(pattern);
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
function list(names) {
    return names.length === 0 ? 'none' : names.join(', ');
}


/***/ })

};
