export const id = 4419;
export const ids = [4419];
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

/***/ 97907:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   By: () => (/* binding */ offersOfReferrers),
/* harmony export */   dx: () => (/* binding */ mayMatter),
/* harmony export */   hF: () => (/* binding */ reading),
/* harmony export */   ns: () => (/* binding */ lookOnce),
/* harmony export */   pY: () => (/* binding */ offersOfTag),
/* harmony export */   xe: () => (/* binding */ offersOfLayers),
/* harmony export */   yw: () => (/* binding */ readAll)
/* harmony export */ });
/* harmony import */ var _evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37372);
/* harmony import */ var _evidence_sigstore_bundle_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(88548);
/* harmony import */ var _evidence_statement_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(63240);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13130);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71644);
/* harmony import */ var _store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);






/** The type of an image of signatures that refers to its image by itself (cosign's experiment with OCI 1.1). */
const signatureArtifact = 'application/vnd.dev.cosign.artifact.sig.v1+json';
/** What cosign 3 and GitHub write beside a bundle: a hint what is in it, and no more than that. */
const bundleHint = 'dev.sigstore.bundle.predicateType';
const attestationHint = 'predicateType';
/** The layers of a tag `sha256-….sig` or `.att`, one offer each. */
async function offersOfTag(keeper, tag, format, wanted, call) {
    const manifest = await keeper.manifest(tag, call);
    if (manifest.kind !== 'found')
        return manifest;
    return offersOfLayers(keeper, manifest.value.bytes, `${keeper.name}:${tag}`, format, wanted, call);
}
/** The layers of a manifest, one offer each. */
function offersOfLayers(keeper, manifest, where, format, wanted, call) {
    const layers = (0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .N)(manifest)?.layers ?? [];
    if (layers.length > _store_js__WEBPACK_IMPORTED_MODULE_3__/* .signatureLimit */ .OY) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)('limit-exceeded', `${where}: more than ${_store_js__WEBPACK_IMPORTED_MODULE_3__/* .signatureLimit */ .OY} signatures`, keeper.service);
    }
    const limit = format === 'simple-signing' ? _store_js__WEBPACK_IMPORTED_MODULE_3__/* .recordLimit */ .$0 : _store_js__WEBPACK_IMPORTED_MODULE_3__/* .bundleLimit */ .UT;
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_4__/* .found */ .F9)(layers.map((layer, index) => ({
        rank: rankOf(layer.annotations[attestationHint], wanted),
        read: async () => {
            const blob = await keeper.blob(layer, limit, call);
            const { annotations } = layer;
            const at = layers.length === 1 ? where : `${where} (layer ${index + 1})`;
            return reading(blob, (bytes) => [{ format, where: at, bytes, annotations }]);
        },
    })));
}
/**
 * One offer for each descriptor of a listing: the manifest says what it is, whatever the listing claims.
 *
 * @param of given where the listing is none of referrers: only what says of itself that it is about this is evidence
 */
function offersOfReferrers(keeper, listed, wanted, call, of) {
    return listed.map((descriptor) => ({
        rank: rankOf(descriptor.annotations[bundleHint], wanted, descriptor),
        read: async () => readReferrer(keeper, descriptor, wanted, call, of),
    }));
}
/** The evidence that a referrer holds: a bundle, signatures, or none. */
async function readReferrer(keeper, { digest }, wanted, call, of) {
    const where = `${keeper.name}@${digest}`;
    if (!(0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isDigest */ .Bc)(digest))
        return reading((0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)('unsupported', `${where}: only sha256 digests are read`));
    const fetched = await keeper.manifest(digest, call);
    if (fetched.kind === 'absent') {
        return reading((0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)('response-invalid', `${where}: listed, and not there`, keeper.service));
    }
    if (fetched.kind === 'failed')
        return reading(fetched);
    const manifest = (0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .N)(fetched.value.bytes);
    if (of !== undefined && manifest?.subject?.digest !== of)
        return reading(fetched);
    const [layer, ...others] = manifest?.layers ?? [];
    if (layer && others.length === 0 && (0,_evidence_sigstore_bundle_js__WEBPACK_IMPORTED_MODULE_0__/* .isBundleType */ .Jo)(layer.mediaType)) {
        const blob = await keeper.blob(layer, _store_js__WEBPACK_IMPORTED_MODULE_3__/* .bundleLimit */ .UT, call);
        return reading(blob, (bytes) => [{ format: 'sigstore-bundle', where, bytes }]);
    }
    if (wanted.builds && layer && others.length === 0 && isEnvelopeType(layer.mediaType)) {
        const blob = await keeper.blob(layer, _store_js__WEBPACK_IMPORTED_MODULE_3__/* .bundleLimit */ .UT, call);
        return reading(blob, (bytes) => [
            { format: 'dsse-envelope', where, bytes, annotations: layer.annotations },
        ]);
    }
    if (manifest?.artifactType !== signatureArtifact && manifest?.config?.mediaType !== signatureArtifact) {
        return { evidence: [], problems: [] };
    }
    const offers = offersOfLayers(keeper, fetched.value.bytes, where, 'simple-signing', wanted, call);
    return offers.kind === 'found' ? readAll(offers.value) : reading(offers);
}
/** Several signers ask for the same evidence: it is listed once, and each piece is read once. */
function lookOnce(open) {
    const shared = new Map();
    return (wanted) => {
        const key = JSON.stringify([wanted.predicateType, wanted.only, wanted.builds]);
        const channels = shared.get(key) ?? open(wanted).map(async (channel) => shareReads(await channel));
        shared.set(key, channels);
        return channels;
    };
}
function shareReads(offers) {
    if (offers.kind !== 'found')
        return offers;
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_4__/* .found */ .F9)(offers.value.map(({ rank, read }) => {
        let once;
        return { rank, read: async () => (once ??= read()) };
    }));
}
/** Reads several at the same time; one that fails hides no other. */
async function readAll(offers) {
    const readings = await Promise.all(offers.map(async ({ read }) => read()));
    return {
        evidence: readings.flatMap(({ evidence }) => evidence),
        problems: readings.flatMap(({ problems }) => problems),
    };
}
function reading(lookup, take = () => []) {
    if (lookup.kind === 'failed')
        return { evidence: [], problems: [lookup.problem] };
    return { evidence: lookup.kind === 'found' ? take(lookup.value) : [], problems: [] };
}
/** Likely first: a hint may lie or be missing, so it orders and never decides. */
function rankOf(hint, wanted, descriptor) {
    const type = wanted.predicateType ?? _evidence_statement_js__WEBPACK_IMPORTED_MODULE_1__/* .signaturePredicate */ .oo;
    if (hint !== undefined)
        return hint === type || (wanted.builds === true && mayHoldBuild(hint)) ? 1 : 3;
    const artifact = descriptor?.artifactType;
    const known = artifact === undefined || (0,_evidence_sigstore_bundle_js__WEBPACK_IMPORTED_MODULE_0__/* .isBundleType */ .Jo)(artifact) || artifact === signatureArtifact;
    return known ? 1 : artifact === 'application/vnd.oci.empty.v1+json' ? 1 : 2;
}
/** Whether a listing gives any hint that this is evidence. */
function mayMatter(descriptor) {
    return descriptor?.artifactType !== undefined || descriptor?.annotations[bundleHint] !== undefined;
}
/** Layers of envelopes that were attached without a bundle around them. */
function isEnvelopeType(mediaType) {
    return /^application\/(vnd\.dsse\.envelope\b|vnd\.in-toto\+json$|vnd\.in-toto\.dsse\b)/.test(mediaType);
}
/** Types that `cosign attest` is given for an envelope of cilock or witness (no type is fixed for it). */
function mayHoldBuild(predicateType) {
    return /^https:\/\/(aflock\.ai|witness\.[a-z.]+|cosign\.sigstore\.dev\/attestation)\//.test(predicateType);
}


/***/ }),

/***/ 4419:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openLayout: () => (/* binding */ openLayout)
});

// EXTERNAL MODULE: ./src/evidence/oci-manifest.ts
var oci_manifest = __webpack_require__(37372);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
;// CONCATENATED MODULE: ./src/stores/oci-layout/entry.ts
const refName = 'org.opencontainers.image.ref.name';
/** What `cosign save` writes beside each manifest: whether it is the image or something about it. */
const cosignKind = 'kind';
const kinds = 'dev.cosignproject.cosign/';
const companionName = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom))?$/;
/** Whether an entry of `index.json` has this tag, by itself or behind the name of an image. */
function isTagged({ annotations }, tag) {
    const name = annotations[refName];
    return name !== undefined && (name === tag || name.endsWith(`:${tag}`));
}
function hasKind({ annotations }, kind) {
    return annotations[cosignKind] === `${kinds}${kind}`;
}
/** `cosign save` wrote it: one image or index, and what it calls `sigs` and `atts` is about that one. */
function isSaved({ annotations }) {
    const kind = annotations[cosignKind];
    return kind === `${kinds}image` || kind === `${kinds}imageIndex`;
}
/** By what it is called it is about an image, and is none. */
function isCompanion({ annotations }, tagPrefix) {
    const kind = annotations[cosignKind] ?? '';
    if (/^(sigs|atts|sboms)$/.test(kind.startsWith(kinds) ? kind.slice(kinds.length) : ''))
        return true;
    const tag = (annotations[refName] ?? '').split(':').at(-1) ?? '';
    return (companionName.test(tag) || (tag.startsWith(tagPrefix) && companionName.test(tag.slice(tagPrefix.length))));
}
/** An entry that is listed twice is one. */
function distinct(listed) {
    return [...new Map(listed.map((descriptor) => [descriptor.digest, descriptor])).values()];
}

// EXTERNAL MODULE: ./src/stores/companions.ts
var companions = __webpack_require__(97907);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/stores/manifest.ts
var stores_manifest = __webpack_require__(57101);
;// CONCATENATED MODULE: ./src/stores/oci-layout/unlisted.ts







/** Files of one saved image: some hundreds in the largest indexes. */
const mostFiles = 10_000;
const blobName = /^[0-9a-f]{64}$/;
/** One is enough to say that it is not known. */
const mostProblems = 10;
/** Files that are read at the same time. */
const batch = 10;
/**
 * `cosign save` writes bundles as manifests that refer to the image, and lists them nowhere; `cosign verify --local-image`
 * reads all blobs to find them (cosign 3.1, pkg/cosign/verify.go, getLocalBundleDescriptors). A blob that is not what it
 * is called may have been one.
 *
 * @param known digests that are looked at elsewhere
 */
async function findUnlisted(blobs, subject, known, call) {
    const about = [];
    const problems = [];
    const take = (answer) => {
        if (answer.kind === 'found')
            about.push(answer.value);
        if (answer.kind === 'failed')
            problems.push(answer.problem);
    };
    const names = await namesIn(blobs);
    if (names.kind === 'failed')
        return { about, problems: [names.problem] };
    const unknown = (names.kind === 'found' ? names.value : []).filter((name) => !known.has(`sha256:${name}`));
    const end = (answer) => {
        take(answer);
        return { about: about.slice(0, store/* signatureLimit */.OY), problems: problems.slice(-mostProblems) };
    };
    for (let at = 0; at < unknown.length; at += batch) {
        if (call.signal.aborted)
            return end((0,lookup/* failed */.gz)('timeout', `${blobs}: not read within the time for it`, 'storage'));
        const some = unknown.slice(at, at + batch);
        const answers = await Promise.all(some.map(async (name) => readOne(blobs, name, subject)));
        for (const answer of answers)
            take(answer);
        if (about.length > store/* signatureLimit */.OY)
            return end((0,lookup/* failed */.gz)('limit-exceeded', `${blobs}: more than ${store/* signatureLimit */.OY} signatures`, 'storage'));
    }
    return { about, problems: problems.slice(0, mostProblems) };
}
/** @returns absent for what is not about the subject */
async function readOne(blobs, name, subject) {
    const file = external_node_path_default().join(blobs, name);
    const none = (0,lookup/* absent */.Ge)(`${file}: nothing about ${subject}`);
    const blob = await (0,read/* readWhole */.oD)(file, store/* manifestLimit */.t7, 'storage');
    // Larger than any manifest.
    if (blob.kind === 'failed' && blob.problem.code === 'limit-exceeded')
        return none;
    if (blob.kind === 'absent')
        return (0,lookup/* failed */.gz)('response-invalid', `${file}: a blob of this name, and it is not there`, 'storage');
    if (blob.kind === 'failed')
        return blob;
    const bytes = blob.value;
    const digest = (0,stores_manifest/* digestOf */.o)(bytes);
    if (digest !== `sha256:${name}`)
        return (0,lookup/* failed */.gz)('response-invalid', `${file}: expected sha256:${name}, got ${digest}`, 'storage');
    // Most are layers: only what begins like an object is parsed.
    if (!/^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1')))
        return none;
    const manifest = (0,oci_manifest/* parseManifest */.N)(bytes);
    if (manifest?.subject?.digest !== subject)
        return none;
    const { mediaType = '', artifactType, annotations } = manifest;
    return (0,lookup/* found */.F9)({ digest, mediaType, annotations, ...(artifactType !== undefined && { artifactType }) });
}
async function namesIn(blobs) {
    const names = [];
    try {
        for await (const { name } of await (0,promises_.opendir)(blobs)) {
            if (!blobName.test(name))
                continue;
            if (names.push(name) > mostFiles)
                return (0,lookup/* failed */.gz)('limit-exceeded', `${blobs}: more than ${mostFiles} blobs`, 'storage');
        }
    }
    catch (error) {
        return (0,read/* fileFault */.bT)(error, blobs, 'storage', () => (0,lookup/* absent */.Ge)(`${blobs}: not there`));
    }
    return (0,lookup/* found */.F9)(names.sort());
}

;// CONCATENATED MODULE: ./src/stores/oci-layout/offers.ts






/** How signatures and attestations are tagged and called. */
const signatures = { suffix: 'sig', kind: 'sigs', format: 'simple-signing' };
const attestations = { suffix: 'att', kind: 'atts', format: 'dsse-envelope' };
/** The layers of what is tagged `sha256-<hex>.sig` or `.att`, or is called so by `cosign save`. */
async function tagOffers(layout, { digest, listed, tagPrefix, what: { suffix, kind, format } }, wanted, call) {
    const tag = `${tagPrefix}${digest.replace(':', '-')}.${suffix}`;
    // As cosign has it: what it saved is about the image that it saved, and no other.
    const saved = listed.filter(isSaved);
    const isOwn = saved.length === 0 || saved.some((image) => image.digest === digest);
    const chosen = distinct(listed.filter((one) => isTagged(one, tag) || (isOwn && hasKind(one, kind))));
    if (chosen.length === 0)
        return (0,lookup/* absent */.Ge)(`${layout.name}:${tag}: not in the layout`);
    const offers = [];
    for (const entry of chosen) {
        const manifest = await listedManifest(layout, entry, call);
        const where = isTagged(entry, tag) ? `${layout.name}:${tag}` : `${layout.name}@${entry.digest}`;
        const layers = manifest.kind === 'found'
            ? (0,companions/* offersOfLayers */.xe)(layout, manifest.value, where, format, wanted, call)
            : manifest;
        if (layers.kind === 'found')
            offers.push(...layers.value);
        else
            offers.push(unread(layers));
        if (offers.length > store/* signatureLimit */.OY)
            return tooMany(layout, digest);
    }
    return (0,lookup/* found */.F9)(offers);
}
/** Whatever is listed, or only there, and says that it is about the image; one offer each. */
async function referrerOffers(layout, { digest, listed, find }, wanted, call) {
    const known = new Set([digest]);
    const fresh = (entries) => {
        const added = distinct(entries).filter((entry) => !known.has(entry.digest));
        for (const entry of added)
            known.add(entry.digest);
        return added;
    };
    const offers = [];
    for (const entry of fresh(listed.filter((one) => isTagged(one, digest.replace(':', '-'))))) {
        const fallback = await listedManifest(layout, entry, call);
        const entries = fallback.kind === 'found' ? ((0,oci_manifest/* parseManifest */.N)(fallback.value)?.manifests ?? []) : [];
        if (fallback.kind !== 'found')
            offers.push(unread(fallback));
        else
            offers.push(...(0,companions/* offersOfReferrers */.By)(layout, fresh(entries), wanted, call));
        if (offers.length > store/* signatureLimit */.OY)
            return [unread(tooMany(layout, digest))];
    }
    // What is listed may be anything: most of it other images. What gives no hint is read last.
    const others = fresh(listed);
    const perhaps = (0,companions/* offersOfReferrers */.By)(layout, others, wanted, call, digest);
    offers.push(...atMost(perhaps.map(({ rank, read }, index) => ({ rank: (0,companions/* mayMatter */.dx)(others[index]) ? rank : 3, read })), layout, digest));
    if (!listed.some(isSaved))
        return offers;
    const { about, problems } = await find(digest, known, call);
    offers.push(...(0,companions/* offersOfReferrers */.By)(layout, about, wanted, call));
    offers.push(...problems.map((problem) => unread({ kind: 'failed', problem })));
    return offers;
}
/** Of what turns out to be evidence, as much as an image may have; of what cannot be read, enough to say so. */
function atMost(offers, layout, digest) {
    let count = 0;
    let broken = 0;
    return offers.map(({ rank, read }) => ({
        rank,
        read: async () => {
            if (count > store/* signatureLimit */.OY)
                return { evidence: [], problems: [] };
            const { evidence, problems } = await read();
            count += evidence.length;
            broken += problems.length;
            if (count > store/* signatureLimit */.OY)
                return (0,companions/* reading */.hF)(tooMany(layout, digest));
            return { evidence, problems: broken > mostProblems ? [] : problems };
        },
    }));
}
function tooMany({ name }, digest) {
    return (0,lookup/* failed */.gz)('limit-exceeded', `${name}@${digest}: more than ${store/* signatureLimit */.OY} signatures`, 'storage');
}
/** The bytes of a manifest that is listed: then it is there, or the layout is not whole. */
async function listedManifest(layout, { digest }, call) {
    const manifest = await layout.manifest(digest, call);
    if (manifest.kind === 'found')
        return (0,lookup/* found */.F9)(manifest.value.bytes);
    if (manifest.kind === 'failed')
        return manifest;
    return (0,lookup/* failed */.gz)('response-invalid', `${layout.name}@${digest}: listed, and not there`, 'storage');
}
/** What could not be read hides no other. */
function unread(problem) {
    return { rank: 1, read: async () => Promise.resolve((0,companions/* reading */.hF)(problem)) };
}

;// CONCATENATED MODULE: ./src/stores/oci-layout/evidence.ts




/** Pieces that are read at the same time when all are listed. */
const evidence_batch = 10;
/** What lies beside an image in a layout, as a registry would have it, and as `cosign save` writes it. */
function evidenceIn(layout, tagPrefix) {
    const open = (image, wanted, find, call) => {
        const after = async (list) => {
            const resolved = await image;
            if (resolved.kind !== 'found')
                return resolved;
            const listed = await listedIn(layout);
            return listed.kind === 'found' ? list(resolved.value.digest, listed.value) : listed;
        };
        const what = wanted.predicateType === undefined ? signatures : attestations;
        const tag = () => after(async (digest, listed) => tagOffers(layout, { digest, listed, tagPrefix, what }, wanted, call));
        const referrers = () => after(async (digest, listed) => (0,lookup/* found */.F9)(await referrerOffers(layout, { digest, listed, find }, wanted, call)));
        if (wanted.only === 'tags')
            return [tag()];
        return wanted.only === 'referrers' ? [referrers()] : [tag(), referrers()];
    };
    const list = async (image, most, call) => {
        const resolved = await image;
        if (resolved.kind !== 'found')
            return resolved;
        const index = await listedIn(layout);
        if (index.kind !== 'found')
            return index;
        const { digest } = resolved.value;
        const wanted = { keyId: '' };
        const offers = [];
        for (const what of [signatures, attestations]) {
            const tagged = await tagOffers(layout, { digest, listed: index.value, tagPrefix, what }, wanted, call);
            if (tagged.kind === 'found')
                offers.push(...tagged.value);
        }
        offers.push(...(await referrerOffers(layout, { digest, listed: index.value, find: findIn(layout) }, wanted, call)));
        const all = [];
        for (let at = 0; at < offers.length && all.length < most; at += evidence_batch) {
            const { evidence, problems } = await (0,companions/* readAll */.yw)(offers.slice(at, at + evidence_batch));
            const [problem] = problems;
            if (problem)
                return { kind: 'failed', problem };
            all.push(...evidence);
        }
        return (0,lookup/* found */.F9)(all.slice(0, most));
    };
    return {
        look: (image, call) => {
            const find = findIn(layout);
            return (0,companions/* lookOnce */.ns)((wanted) => open(image, wanted, find, call));
        },
        list,
        byKey: false,
    };
}
/** Looks through the blobs once, for all questions of a look. */
function findIn({ blobs }) {
    let once;
    return async (digest, known, call) => (once ??= findUnlisted(blobs, digest, known, call));
}
/** The image was there a moment ago: without its index a layout is not whole, and says of nothing that it is absent. */
async function listedIn(layout) {
    const index = await layout.index();
    return index.kind === 'absent' ? (0,lookup/* failed */.gz)('response-invalid', index.message, 'storage') : index;
}

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/reference/oci-layout.ts
var oci_layout = __webpack_require__(91363);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __webpack_require__(71644);
;// CONCATENATED MODULE: ./src/stores/oci-layout/folder.ts









function openLayoutFolder(folder) {
    const name = `${oci_layout/* layoutScheme */._}${folder}`;
    const blobs = external_node_path_default().join(folder, 'blobs', 'sha256');
    const fileOf = (digest) => external_node_path_default().join(blobs, digest.slice('sha256:'.length));
    const invalid = (message) => (0,lookup/* failed */.gz)('response-invalid', message, 'storage');
    /** Files are read without a wait that could be broken off: of thousands the next one is not begun. */
    const readFile = async (file, limit, { signal }) => signal.aborted
        ? (0,lookup/* failed */.gz)('timeout', `${file}: not read within the time for it`, 'storage')
        : (0,read/* readWhole */.oD)(file, limit, 'storage');
    const index = async () => {
        const marker = await (0,read/* readWhole */.oD)(external_node_path_default().join(folder, 'oci-layout'), store/* manifestLimit */.t7, 'storage');
        if (marker.kind !== 'found')
            return marker;
        if ((0,json/* readObject */.Ag)(marker.value)?.['imageLayoutVersion'] !== '1.0.0')
            return invalid(`${folder}: expected imageLayoutVersion 1.0.0 in the file oci-layout`);
        const file = external_node_path_default().join(folder, 'index.json');
        const bytes = await (0,read/* readWhole */.oD)(file, store/* manifestLimit */.t7, 'storage');
        if (bytes.kind !== 'found')
            return bytes;
        const listed = (0,oci_manifest/* parseManifest */.N)(bytes.value)?.manifests;
        return listed ? (0,lookup/* found */.F9)(listed) : invalid(`${file}: expected a list of manifests, each with its digest`);
    };
    const manifest = async (digest, call) => {
        if (!(0,reference/* isDigest */.Bc)(digest))
            return (0,lookup/* failed */.gz)('unsupported', `${folder}: only sha256 digests are read, got ${digest}`);
        const file = fileOf(digest);
        const blob = await readFile(file, store/* manifestLimit */.t7, call);
        if (blob.kind !== 'found')
            return blob;
        const bytes = blob.value;
        const got = (0,stores_manifest/* digestOf */.o)(bytes);
        if (got !== digest)
            return invalid(`${file}: expected ${digest}, got ${got}`);
        const taken = (0,stores_manifest/* takeManifest */.z)(bytes, file);
        if (taken.kind !== 'found')
            return taken;
        return (0,oci_manifest/* parseManifest */.N)(bytes) ? (0,lookup/* found */.F9)({ ...taken.value, bytes }) : invalid(`${file}: a list in it is none`);
    };
    const blob = async ({ digest, size }, limit, call) => {
        if (!(0,reference/* isDigest */.Bc)(digest))
            return (0,lookup/* failed */.gz)('unsupported', `${name}@${digest}: only sha256 digests are read`);
        const file = fileOf(digest);
        if (size !== undefined && size > limit)
            return (0,lookup/* failed */.gz)('limit-exceeded', `${file}: ${size} bytes, more than ${limit}`, 'storage');
        const bytes = await readFile(file, size ?? limit, call);
        // What a manifest lists is there, or the layout is not whole: never an absence.
        if (bytes.kind === 'absent')
            return invalid(`${file}: a manifest lists this blob, and it is not there`);
        // Longer than its manifest says is not too much, but something else.
        if (bytes.kind === 'failed' && bytes.problem.code === 'limit-exceeded' && size !== undefined)
            return invalid(`${file}: expected ${size} bytes, got more`);
        if (bytes.kind === 'failed')
            return bytes;
        const got = (0,stores_manifest/* digestOf */.o)(bytes.value);
        return got === digest ? bytes : invalid(`${file}: expected ${digest}, got ${got}`);
    };
    const stream = async ({ digest }, limit, open, { signal }) => {
        const where = fileOf(digest);
        const whole = await (0,read/* readPieces */.ut)(where, limit, 'storage', open(), signal);
        return whole.kind === 'found' ? (0,lookup/* found */.F9)({ where, whole: whole.value }) : whole;
    };
    return { name, service: 'storage', blobs, index, manifest, blob, stream };
}

;// CONCATENATED MODULE: ./src/stores/oci-layout/layout.ts





/** Manifests that are read to find out which of them is meant. */
const mostRead = 100;
/** Opens an OCI image layout (image-spec 1.1, image-layout.md). */
function openLayout(reference, tagPrefix = '') {
    const layout = openLayoutFolder(reference.path);
    const resolve = async (call) => {
        const index = await layout.index();
        if (index.kind !== 'found')
            return index;
        const images = index.value.filter((entry) => !isCompanion(entry, tagPrefix));
        const { digest, tag, text } = reference;
        const chosen = distinct(digest !== undefined
            ? images.filter((entry) => entry.digest === digest)
            : images.filter((entry) => tag === undefined || isTagged(entry, tag)));
        const [first, ...others] = chosen;
        if (first && others.length === 0)
            return layout.manifest(first.digest, call);
        if (!first) {
            const child = digest !== undefined && (await isChild(layout, images, digest, call));
            return child
                ? layout.manifest(digest, call)
                : (0,lookup/* absent */.Ge)(`${text}: not among the ${images.length} images of the layout`);
        }
        const [only, ...more] = tag === undefined ? await roots(layout, chosen, call) : chosen;
        if (only && more.length === 0)
            return layout.manifest(only.digest, call);
        return (0,lookup/* failed */.gz)('reference-invalid', `${text}: ${chosen.length} images match, name one by its tag or digest`);
    };
    return {
        images: { resolve, blob: layout.blob, stream: layout.stream },
        evidence: evidenceIn(layout, tagPrefix),
    };
}
/** Whether an index that is listed lists it. */
async function isChild(layout, images, digest, call) {
    const manifests = await readSome(layout, distinct(images).slice(0, mostRead), call);
    return manifests.some((one) => one?.manifests?.some((entry) => entry.digest === digest));
}
/**
 * The entries that are images by themselves. Some tools list all manifests that they copied, also those of an index and
 * those that are about another one. What cannot be read may be an image.
 */
async function roots(layout, images, call) {
    if (images.length > mostRead)
        return images;
    const manifests = await readSome(layout, images, call);
    const children = new Set(manifests.flatMap((one) => one?.manifests?.map(({ digest }) => digest) ?? []));
    return images.filter(({ digest }, at) => manifests[at]?.subject === undefined && !children.has(digest));
}
async function readSome(layout, entries, call) {
    const manifests = [];
    for (const { digest } of entries) {
        const manifest = await layout.manifest(digest, call);
        manifests.push(manifest.kind === 'found' ? (0,oci_manifest/* parseManifest */.N)(manifest.value.bytes) : undefined);
    }
    return manifests;
}


/***/ })

};
