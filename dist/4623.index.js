export const id = 4623;
export const ids = [4623,8879];
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

/***/ 67865:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I9: () => (/* binding */ signatureAnnotation),
/* harmony export */   Iy: () => (/* binding */ parseLogEntry),
/* harmony export */   LZ: () => (/* binding */ parseSimpleSigning),
/* harmony export */   MQ: () => (/* binding */ logEntryAnnotation),
/* harmony export */   b1: () => (/* binding */ certificateAnnotation),
/* harmony export */   jA: () => (/* binding */ chainAnnotation),
/* harmony export */   o8: () => (/* binding */ timestampAnnotation)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49839);

/** Annotations of a layer that holds a payload (cosign, pkg/oci/static/options.go). */
const signatureAnnotation = 'dev.cosignproject.cosign/signature';
const certificateAnnotation = 'dev.sigstore.cosign/certificate';
const chainAnnotation = 'dev.sigstore.cosign/chain';
const logEntryAnnotation = 'dev.sigstore.cosign/bundle';
const timestampAnnotation = 'dev.sigstore.cosign/rfc3161timestamp';
/** Reads the entry of a log that lies beside a signature; a claim. */
function parseLogEntry(annotation) {
    const entry = annotation === undefined ? undefined : (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(Buffer.from(annotation));
    const payload = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(entry, 'Payload');
    const promise = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(entry, 'SignedEntryTimestamp');
    const [time, index] = [(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(payload, 'integratedTime'), (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(payload, 'logIndex')];
    if (promise === undefined || typeof time !== 'number' || typeof index !== 'number')
        return undefined;
    return {
        SignedEntryTimestamp: promise,
        Payload: {
            body: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(payload, 'body'),
            integratedTime: time,
            logIndex: index,
            logID: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(payload, 'logID') ?? '',
        },
    };
}
/**
 * Reads a payload whose signature has been verified.
 *
 * @returns undefined when the bytes are no such statement
 */
function parseSimpleSigning(bytes) {
    const whole = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(bytes);
    const critical = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(whole, 'critical');
    if (critical === undefined)
        return undefined;
    const optional = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(whole, 'optional');
    return {
        digest: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(critical, 'image'), 'docker-manifest-digest') ?? '',
        dockerReference: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(critical, 'identity'), 'docker-reference') ?? '',
        type: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(critical, 'type') ?? '',
        optional: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(optional) ? optional : null,
    };
}


/***/ }),

/***/ 14494:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ companionsOf)
/* harmony export */ });
/* harmony import */ var _evidence_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67865);


/** Loads what lies beside a signature; only evidence that is asked about logs or identities needs it. */
async function companionsOf(evidence) {
    const { companionsOfAnnotations, companionsOfBundle } = await Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(4491)]).then(__webpack_require__.bind(__webpack_require__, 24491));
    if (evidence.format === 'sigstore-bundle')
        return companionsOfBundle(evidence.bytes);
    const { annotations } = evidence;
    const own = (name) => Object.hasOwn(annotations, name) ? annotations[name] : undefined;
    const certificate = own(_evidence_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__/* .certificateAnnotation */ .b1);
    const chain = own(_evidence_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__/* .chainAnnotation */ .jA);
    const logEntry = (0,_evidence_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__/* .parseLogEntry */ .Iy)(own(_evidence_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__/* .logEntryAnnotation */ .MQ));
    const timestamp = own(_evidence_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__/* .timestampAnnotation */ .o8);
    return companionsOfAnnotations({
        ...(certificate !== undefined && { certificate }),
        ...(chain !== undefined && { chain }),
        ...(logEntry && { logEntry }),
        ...(timestamp !== undefined && { timestamp }),
    });
}


/***/ }),

/***/ 84623:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkCosign: () => (/* binding */ checkCosign),
  checkKeyless: () => (/* binding */ checkKeyless)
});

// EXTERNAL MODULE: ./src/verdict/finding.ts
var finding = __webpack_require__(37120);
// EXTERNAL MODULE: ./src/evidence/dsse.ts
var dsse = __webpack_require__(69240);
// EXTERNAL MODULE: ./src/evidence/simple-signing.ts
var simple_signing = __webpack_require__(67865);
// EXTERNAL MODULE: ./src/evidence/sigstore-bundle.ts
var sigstore_bundle = __webpack_require__(88548);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __webpack_require__(63240);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/verify/certificate.ts

/**
 * The key that a certificate is for: SHA-256 over its SubjectPublicKeyInfo, 64 hex digits. Nothing else in it is looked
 * at.
 *
 * @returns undefined when the text is no certificate
 */
function certificateKey(pem) {
    try {
        const spki = new external_node_crypto_.X509Certificate(pem).publicKey.export({ format: 'der', type: 'spki' });
        return (0,external_node_crypto_.createHash)('sha256').update(spki).digest('hex');
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./src/verify/companions.ts
var verify_companions = __webpack_require__(14494);
;// CONCATENATED MODULE: ./src/verify/demand.ts



function certificateMismatch(pem, demand, where) {
    if (pem === undefined || pem === '')
        return undefined;
    const found = certificateKey(pem);
    if (found === demand.key.sha256)
        return undefined;
    return (0,finding/* unmet */.iY)('signature-valid', 'key-mismatch', `expected a signature by key ${demand_name(demand)} at ${where}, got one by a certificate for ${found === undefined ? 'an unreadable key' : `key ${found.slice(0, 16)}`}`, { peerReason: 'both public key and certificate were provided but did not match' });
}
function checkAnnotations(carried, { annotations }, where) {
    return Object.entries(annotations).map(([key, wanted]) => {
        const got = Object.hasOwn(carried, key) ? carried[key] : undefined;
        const check = 'annotation';
        if (got === wanted)
            return (0,finding/* met */.BG)(check, `${key}=${wanted} is signed at ${where}`);
        const what = got === undefined ? 'none of that name' : describeValue(got);
        return (0,finding/* unmet */.iY)(check, 'annotation-mismatch', `expected the annotation ${key}=${wanted} at ${where}, got ${what}`, { peerReason: 'missing or incorrect annotation' });
    });
}
/** Only what is flat is quoted: a value nested deeply enough cannot be written out again. */
function describeValue(value) {
    if (Array.isArray(value))
        return 'a list';
    return typeof value === 'object' && value !== null ? 'an object' : shown(JSON.stringify(value));
}
/** What is demanded beyond the signature: an entry of a log, a proven time, a certificate, an identity. */
async function checkVouching(evidence, signed, hasLogEntry, { log, vouching, key }) {
    const { where } = evidence;
    if (log === 'ignore' && vouching?.identity === undefined && vouching?.maxAgeMs === undefined)
        return [(0,finding/* exempt */.Is)('log-entry', `no entry of a transparency log is asked for (${where})`)];
    if (vouching === undefined)
        return checkLog(hasLogEntry, where);
    const companions = await (0,verify_companions/* companionsOf */.L)(evidence);
    if (typeof companions === 'string') {
        return [
            (0,finding/* unmet */.iY)('log-entry', 'log-entry-invalid', `expected a whole bundle at ${where}, got one that is none: ${companions}`),
        ];
    }
    const { vouch } = await Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(4187), __webpack_require__.e(4491), __webpack_require__.e(7628)]).then(__webpack_require__.bind(__webpack_require__, 67628));
    return vouch(companions, signed, key, vouching, log, where);
}
function checkLog(hasEntry, where) {
    if (!hasEntry) {
        return [
            (0,finding/* unmet */.iY)('log-entry', 'log-entry-missing', `expected an entry of a transparency log with the signature at ${where}, got none`),
        ];
    }
    const message = `the entry of a transparency log at ${where} cannot be verified without a trusted root; with a key, insecure-ignore-tlog waives it`;
    return [(0,finding/* unknown */.L5)('log-entry', { code: 'unsupported', message })];
}
const longestShown = 300;
function field(annotations, key) {
    return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}
function shown(text) {
    return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
function demand_name({ keyRef, key, vouching }) {
    // Whose the certificate is has still to be proven.
    return vouching?.identity === undefined ? `${keyRef} (${key.id})` : `of its certificate (${key.id})`;
}
function invalidCode({ predicateType }) {
    return predicateType === undefined ? 'signature-invalid' : 'attestation-invalid';
}
function notBy(where, demand) {
    return `expected a signature by key ${demand_name(demand)} at ${where}, got one that this key does not verify: another key made it, or it was changed`;
}
function valid(where, demand, scheme) {
    return (0,finding/* met */.BG)('signature-valid', `the signature at ${where} is by key ${demand_name(demand)} (${scheme})`, {
        facts: { keyId: demand.key.id, scheme },
    });
}
function failed(code, message, peerReason) {
    return {
        kind: 'checked',
        findings: [(0,finding/* unmet */.iY)('signature-valid', code, message, peerReason === undefined ? {} : { peerReason })],
    };
}

// EXTERNAL MODULE: ./src/evidence/git-source.ts
var git_source = __webpack_require__(73791);
// EXTERNAL MODULE: ./src/evidence/provenance.ts
var provenance = __webpack_require__(55342);
// EXTERNAL MODULE: ./src/verify/identity.ts
var verify_identity = __webpack_require__(28879);
;// CONCATENATED MODULE: ./src/verify/provenance.ts




/**
 * Whether provenance says what is demanded of it: the questions of slsa-verifier (its README, options), each a finding
 * of its own.
 *
 * @param certificate of the signer, where there is one: what it says of the source must agree, whatever the statement
 *   says; it is itself held against the trusted root elsewhere
 */
function checkProvenance({ predicateType, predicate }, demand, certificate, where) {
    const read = (0,provenance/* readProvenance */.C)(predicateType, predicate);
    if (read === undefined)
        return [denied('provenance', `provenance that says how the image was built`, 'none', where)];
    if (read.inconsistent !== undefined)
        return [denied('provenance', 'provenance that agrees with itself', read.inconsistent, where)];
    const { sourceUri, sourceBranch, sourceTag, builderId } = demand;
    return [
        ...(sourceUri === undefined
            ? []
            : [checkSource(read, sourceUri, where), ...checkClaims(certificate, sourceUri, where)]),
        ...(sourceBranch === undefined ? [] : [checkBranch(read, sourceBranch, where)]),
        ...(sourceTag === undefined ? [] : [checkTag(read, sourceTag, where)]),
        ...(builderId === undefined ? [] : [checkBuilder(read, builderId, where)]),
    ];
}
/** Lists of what a build fetched: what stands in them alone was not declared to be the source. */
const fetched = new Set(['materials', 'resolvedDependencies']);
/** It lists the source first, and writes what it declares elsewhere (slsa-verifier, slsaprovenance). */
const listsSourceFirst = 'https://github.com/slsa-framework/slsa-github-generator/';
function checkSource(provenance, wanted, where) {
    const { source, sourceField = '', builder = '' } = provenance;
    const repository = (0,git_source/* readSourceUri */.mF)(wanted)?.repository;
    if (fetched.has(sourceField) && !builder.startsWith(listsSourceFirst))
        return denied('provenance-source', `a declared source ${wanted}`, `one that was only fetched`, where);
    if (repository !== undefined && source?.repository === repository)
        return (0,finding/* met */.BG)('provenance-source', `built from ${repository}, says the provenance at ${where}`);
    return denied('provenance-source', `the source ${wanted}`, source?.uri, where);
}
/** A signer may write into a statement what it likes, but not into its certificate. */
function checkClaims(certificate, wanted, where) {
    if (certificate === undefined)
        return [];
    const identity = (0,verify_identity.claimedIdentity)(certificate);
    if (identity === undefined) {
        const message = `expected a certificate that says whom it was given to at ${where}, got one that cannot be read`;
        return [(0,finding/* unmet */.iY)('certificate-source', 'certificate-untrusted', message)];
    }
    const claims = (0,verify_identity.claimsOf)(identity);
    const older = claims['github-workflow-repository'];
    const claimed = claims['source-repository-uri'] ?? (older === undefined ? undefined : `https://github.com/${older}`);
    if (claimed === undefined)
        return [];
    if ((0,git_source/* readSourceUri */.mF)(claimed)?.repository === (0,git_source/* readSourceUri */.mF)(wanted)?.repository)
        return [(0,finding/* met */.BG)('certificate-source', `the certificate at ${where} was given to ${claimed}`)];
    const message = `expected a signer that built ${wanted} at ${where}, got one of ${claimed}`;
    return [(0,finding/* unmet */.iY)('certificate-source', 'identity-mismatch', message)];
}
/** Of a build of a tag, the branch that the tag was on, where the provenance says it. */
function checkBranch({ source, baseRef }, wanted, where) {
    const got = source?.ref?.startsWith('refs/tags/') === true ? baseRef : source?.ref;
    if (got === `refs/heads/${wanted}`)
        return (0,finding/* met */.BG)('provenance-branch', `built from the branch ${wanted}, says the provenance at ${where}`);
    return denied('provenance-branch', `the branch ${wanted}`, got ?? source?.ref, where);
}
function checkTag({ source }, wanted, where) {
    if (source?.ref === `refs/tags/${wanted}`)
        return (0,finding/* met */.BG)('provenance-tag', `built from the tag ${wanted}, says the provenance at ${where}`);
    return denied('provenance-tag', `the tag ${wanted}`, source?.ref, where);
}
/** A builder that is named without a ref may be of any ref, as for slsa-verifier. */
function checkBuilder({ builder }, wanted, where) {
    const isOfAnyRef = !wanted.includes('@') && builder?.startsWith(`${wanted}@`) === true;
    if (builder !== undefined && (builder === wanted || isOfAnyRef))
        return (0,finding/* met */.BG)('provenance-builder', `built by ${builder}, says the provenance at ${where}`);
    return denied('provenance-builder', `the builder ${wanted}`, builder, where);
}
function denied(check, expected, got, where) {
    return (0,finding/* unmet */.iY)(check, 'policy-denied', `expected ${expected} at ${where}, got ${got ?? 'none'}`);
}

// EXTERNAL MODULE: ./src/verify/signature.ts + 1 modules
var verify_signature = __webpack_require__(72061);
;// CONCATENATED MODULE: ./src/verify/attestation.ts








/** Most signatures of one envelope that are tried. */
const mostSignatures = 100;
async function checkBundle(evidence, demand) {
    const { where, bytes } = evidence;
    const bundle = (0,sigstore_bundle/* parseBundle */.QN)(bytes);
    const code = invalidCode(demand);
    if (typeof bundle === 'string') {
        return failed(code, `expected a sigstore bundle at ${where}, got something unreadable: ${bundle}`);
    }
    if (bundle.envelope === undefined) {
        return failed(code, `expected a DSSE envelope in the bundle at ${where}, got the signature of a message`);
    }
    const statement = (0,evidence_statement/* parseStatement */.By)(bundle.envelope.payload);
    const other = unrelated(statement, demand);
    if (other)
        return other;
    const foreign = foreignSigner(bundle, demand, where);
    if (foreign)
        return { kind: 'checked', findings: [foreign] };
    if (bundle.envelope.signatures.length !== 1) {
        return failed(code, `expected one signature in the bundle at ${where}, got ${bundle.envelope.signatures.length}`);
    }
    const check = await checkStatement(bundle.envelope, statement, evidence, demand, bundle.logEntries > 0);
    return withHint(check, bundle.signer, demand, where);
}
async function checkEnvelope(evidence, demand) {
    const { where, bytes, annotations } = evidence;
    const envelope = (0,dsse/* parseEnvelope */.mE)(bytes);
    if (typeof envelope === 'string') {
        return failed(invalidCode(demand), `expected a DSSE envelope at ${where}, got something unreadable: ${envelope}`);
    }
    const statement = (0,evidence_statement/* parseStatement */.By)(envelope.payload);
    const other = unrelated(statement, demand);
    if (other)
        return other;
    const foreign = certificateMismatch(field(annotations, simple_signing/* certificateAnnotation */.b1), demand, where);
    if (foreign)
        return { kind: 'checked', findings: [foreign] };
    return checkStatement(envelope, statement, evidence, demand, field(annotations, simple_signing/* logEntryAnnotation */.MQ) !== undefined);
}
/** DSSE 1.0.2, protocol.md: one of the signatures must verify over type and payload. */
async function checkStatement(envelope, statement, evidence, demand, hasLogEntry) {
    const { where } = evidence;
    const code = invalidCode(demand);
    if (envelope.payloadType !== dsse/* inTotoType */.Y8) {
        return failed(code, `expected an in-toto statement at ${where}, got ${shown(envelope.payloadType)}`);
    }
    const encoded = (0,dsse/* preAuthEncoding */.JC)(envelope);
    let scheme;
    let by = new Uint8Array();
    let reason = '';
    for (const signature of envelope.signatures.slice(0, mostSignatures)) {
        const outcome = await (0,verify_signature/* verifySignature */.O)(demand.key, encoded, signature);
        if (outcome.kind === 'valid') {
            scheme = outcome.scheme;
            by = signature;
            break;
        }
        reason = outcome.peerReason;
    }
    if (scheme === undefined && envelope.signatures.length > mostSignatures) {
        const message = `${where}: ${envelope.signatures.length} signatures in one envelope, more than ${mostSignatures} are not tried`;
        return { kind: 'checked', findings: [(0,finding/* unknown */.L5)('signature-valid', { code: 'limit-exceeded', message })] };
    }
    if (scheme === undefined)
        return failed(code, notBy(where, demand), reason);
    const findings = [valid(where, demand, scheme)];
    if (typeof statement === 'string') {
        findings.push((0,finding/* unmet */.iY)('digest-signed', code, `expected an in-toto statement at ${where}, but ${statement}`));
        return { kind: 'checked', findings, scheme };
    }
    const isBundled = evidence.format === 'sigstore-bundle';
    const signed = {
        form: isBundled ? 'bundled envelope' : 'envelope',
        signature: by,
        message: encoded,
        payload: envelope.payload,
        // Of the older format the whole envelope is stamped and logged.
        ...(!isBundled && { stamped: evidence.bytes }),
    };
    const vouched = await checkVouching(evidence, signed, hasLogEntry, demand);
    const judged = judgeStatement(statement, envelope, where, demand, vouched, findings);
    const ruled = await applyRule(judged.findings, envelope.payload, statement, demand, where);
    return {
        ...judged,
        scheme,
        ...(ruled && { ruled }),
        ...(demand.predicateType !== undefined && { statement: await summarise(statement) }),
    };
}
/** What is not proven is shown to no policy. */
async function applyRule(findings, payload, { predicateType }, { rule }, where) {
    if (!rule || findings.some(({ status }) => status === 'unmet' || status === 'unknown'))
        return undefined;
    return rule.judge({ payload, predicateType, where });
}
/** Of the statement as it was parsed once: a bill of materials may be large. */
async function summarise({ predicateType, predicate }) {
    // Only attestations need the readers: signatures start without.
    const { readPredicate } = await __webpack_require__.e(/* import() */ 5115).then(__webpack_require__.bind(__webpack_require__, 5115));
    return readPredicate(predicateType, predicate);
}
function judgeStatement(statement, envelope, where, demand, vouched, findings) {
    const subject = (0,evidence_statement/* subjectOf */.et)(statement, demand.digest);
    findings.push(subject
        ? (0,finding/* met */.BG)('digest-signed', `the statement at ${where} is about ${demand.digest}`)
        : (0,finding/* unmet */.iY)('digest-signed', 'digest-mismatch', `expected a statement about ${demand.digest} at ${where}, got one about ${aboutWhat(statement)}`, { peerReason: 'no matching subject digest found' }));
    if (demand.predicateType !== undefined)
        findings.push(checkPredicate(statement, demand.predicateType, where));
    if (demand.provenance !== undefined)
        findings.push(...checkProvenance(statement, demand.provenance, demand.certificate, where));
    findings.push(...checkAnnotations(subject?.annotations ?? {}, demand, where), ...vouched);
    const payload = {
        dockerReference: null,
        type: statement.predicateType,
        optional: subject?.annotations ?? {},
        ...(demand.predicateType !== undefined && { envelope: (0,dsse/* writeEnvelope */.Iv)(envelope) }),
    };
    return { kind: 'checked', findings, payload };
}
/** Statements of another type were passed over before: see `unrelated`. */
function checkPredicate(statement, wanted, where) {
    if (statement.predicate === undefined) {
        // cosign writes SPDX text as a string and then cannot read it: nothing can be checked in it.
        return (0,finding/* unmet */.iY)('predicate-type', 'attestation-invalid', `expected a predicate that is an object at ${where}, got something else`);
    }
    return (0,finding/* met */.BG)('predicate-type', `the statement at ${where} is of type ${wanted}`);
}
/** What a statement calls itself, before it is verified: enough to pass it over, never to believe it. */
function unrelated(statement, { predicateType }) {
    if (typeof statement === 'string')
        return undefined;
    const type = statement.predicateType;
    if (predicateType === undefined && type !== evidence_statement/* signaturePredicate */.oo) {
        return { kind: 'unrelated', what: `an attestation of type ${shown(type)}` };
    }
    if (predicateType !== undefined && type !== predicateType) {
        return {
            kind: 'unrelated',
            what: type === evidence_statement/* signaturePredicate */.oo ? 'a signature' : `an attestation of type ${shown(type)}`,
        };
    }
    return undefined;
}
/** A bundle may say which key made it: it explains why another does not verify it, and decides nothing. */
function withHint(check, signer, demand, where) {
    const [first, ...others] = check.findings;
    if (first?.status !== 'unmet' || signer.kind !== 'key')
        return check;
    const hinted = Buffer.from(signer.hint, 'base64').toString('hex');
    if (!/^[0-9a-f]{64}$/.test(hinted) || hinted === demand.key.sha256)
        return check;
    const message = `the bundle at ${where} claims a signature by key ${hinted.slice(0, 16)}; you asked for ${demand.key.id}`;
    return { ...check, findings: [{ ...first, nearMisses: [{ message }] }, ...others] };
}
function foreignSigner({ signer }, demand, where) {
    if (demand.vouching?.identity !== undefined || signer.kind !== 'certificate')
        return undefined;
    return (0,finding/* unmet */.iY)('signature-valid', 'key-mismatch', `expected a signature by key ${demand_name(demand)} at ${where}, got one by a certificate`, { peerReason: 'expected key signature, not certificate' });
}
function aboutWhat({ subjects }) {
    if (subjects.length === 0)
        return 'no subject';
    const first = subjects[0]?.digest['sha256'];
    const more = subjects.length > 1 ? ` and ${subjects.length - 1} more` : '';
    return shown(`${first === undefined ? 'a subject without a SHA-256 digest' : `sha256:${first}`}${more}`);
}

// EXTERNAL MODULE: ./src/verify/public-key.ts
var public_key = __webpack_require__(83222);
// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __webpack_require__(46794);
;// CONCATENATED MODULE: ./src/verify/simple-signing.ts





/** cosign 3.1, pkg/cosign/verify.go, verifyInternal: signature, then digest, then annotations. */
async function checkSimpleSigning(evidence, demand) {
    const { where, bytes, annotations } = evidence;
    const written = field(annotations, simple_signing/* signatureAnnotation */.I9);
    const signature = written === undefined ? undefined : (0,s3lo_record/* decodeBase64 */.y4)(written);
    if (signature === undefined || 'illegalAt' in signature) {
        return failed('signature-invalid', `expected a signature in base64 at ${where}, got none`);
    }
    const foreign = certificateMismatch(field(annotations, simple_signing/* certificateAnnotation */.b1), demand, where);
    if (foreign)
        return { kind: 'checked', findings: [foreign] };
    const outcome = await (0,verify_signature/* verifySignature */.O)(demand.key, bytes, signature);
    if (outcome.kind === 'invalid')
        return failed('signature-invalid', notBy(where, demand), outcome.peerReason);
    const findings = [valid(where, demand, outcome.scheme)];
    const statement = (0,simple_signing/* parseSimpleSigning */.LZ)(bytes);
    if (!statement) {
        findings.push((0,finding/* unmet */.iY)('digest-signed', 'record-malformed', `what is signed at ${where} names no image`));
        return { kind: 'checked', findings, scheme: outcome.scheme };
    }
    const { digest, optional } = statement;
    findings.push(digest === demand.digest
        ? (0,finding/* met */.BG)('digest-signed', `the signature at ${where} is for ${digest}`)
        : (0,finding/* unmet */.iY)('digest-signed', 'digest-mismatch', `expected a signature for ${demand.digest}, got one for ${digest === '' ? 'no digest' : shown(digest)} at ${where}`, { peerReason: `invalid or missing digest in claim: ${shown(digest)}` }), ...checkAnnotations(optional ?? {}, demand, where), ...(await checkVouching(evidence, { form: 'payload', signature, message: bytes, payload: bytes }, field(annotations, simple_signing/* logEntryAnnotation */.MQ) !== undefined, demand)));
    const logEntry = (0,simple_signing/* parseLogEntry */.Iy)(field(annotations, simple_signing/* logEntryAnnotation */.MQ));
    const timestamp = field(annotations, simple_signing/* timestampAnnotation */.o8);
    const payload = {
        dockerReference: statement.dockerReference,
        type: statement.type,
        optional: statement.optional,
        ...(logEntry && { logEntry }),
        ...(await describeCertificate(field(annotations, simple_signing/* certificateAnnotation */.b1))),
        ...(timestamp !== undefined && { timestamp }),
    };
    return { kind: 'checked', findings, scheme: outcome.scheme, payload };
}
/** Only reports that list it need it. */
async function describeCertificate(pem) {
    if (pem === undefined)
        return {};
    const [{ companionsOfAnnotations }, { cosignClaims }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9654), __webpack_require__.e(4491)]).then(__webpack_require__.bind(__webpack_require__, 24491)),
        Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 28879)),
    ]);
    const der = companionsOfAnnotations({ certificate: pem }).certificate;
    const certificate = der === undefined ? undefined : cosignClaims(der);
    return certificate === undefined ? {} : { certificate };
}

;// CONCATENATED MODULE: ./src/verify/cosign.ts






/** Decides whether a piece of evidence proves what is demanded; bytes are verified before what they say is believed. */
async function checkCosign(evidence, demand) {
    switch (evidence.format) {
        case 'simple-signing':
            return demand.predicateType === undefined
                ? checkSimpleSigning(evidence, demand)
                : { kind: 'unrelated', what: 'a signature' };
        case 'dsse-envelope':
            return checkEnvelope(evidence, demand);
        case 'sigstore-bundle':
            return checkBundle(evidence, demand);
    }
}
/** The same where the signer is named by an identity: whatever key the certificate names must have signed. */
async function checkKeyless(evidence, demand) {
    const companions = await (0,verify_companions/* companionsOf */.L)(evidence);
    const { where } = evidence;
    const refuse = (message) => ({
        kind: 'checked',
        findings: [(0,finding/* unmet */.iY)('certificate', 'key-mismatch', message)],
    });
    if (typeof companions === 'string') {
        const code = invalidCode(demand);
        return failed(code, `expected evidence with a certificate at ${where}, got something unreadable: ${companions}`);
    }
    if (companions.certificate === undefined) {
        return refuse(`expected a signature with a certificate at ${where}, got one by a key`);
    }
    const outcome = (0,public_key/* publicKeyFromCertificate */.Gz)(companions.certificate);
    if (outcome.kind === 'refused')
        return refuse(`the certificate at ${where} is for no usable key: ${outcome.reason}`);
    return checkCosign(evidence, { ...demand, key: outcome.key, certificate: companions.certificate });
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
