export const id = 7164;
export const ids = [7164];
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

/***/ 98696:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ homeFolder)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/**
 * The home folder of the user. Undefined for one without, as in some containers: a user who has no name and no HOME, or
 * an empty one. What is no whole path would lie in the working directory, which may be that of a pull request.
 */
function homeFolder() {
    try {
        const home = node_os__WEBPACK_IMPORTED_MODULE_0___default().homedir();
        return node_path__WEBPACK_IMPORTED_MODULE_1___default().isAbsolute(home) ? home : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 53043:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ redirectTarget),
/* harmony export */   download: () => (/* binding */ download)
/* harmony export */ });
/* harmony import */ var _call_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48104);
/* harmony import */ var _exchange_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69945);
/* harmony import */ var _lookup_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(13130);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(54846);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49263);





const mostRedirects = 5;
/** Gets a small document; redirects are followed to https (or loopback) only and without any credentials. */
async function download(what, call) {
    return (0,_call_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .k)(`GET ${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(what.url)}`, what.service, call, () => follow(what, call));
}
async function follow(what, call) {
    let url = what.url;
    for (let hop = 0; hop <= mostRedirects; hop++) {
        if (!(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .mayCarry */ .P5)(url)) {
            const message = `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: expected https, got ${url.protocol}//`;
            // Whoever gave the first URL did not choose the ones after it.
            return hop === 0 ? (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('input-invalid', message) : (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', message, what.service);
        }
        const reply = await (0,_exchange_js__WEBPACK_IMPORTED_MODULE_1__/* .exchange */ .c)({ url, service: what.service, limit: what.limit }, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers, body } = reply.value;
        const { location } = headers;
        if (status >= 300 && status < 400 && location !== undefined) {
            const next = redirectTarget(url, location);
            if (typeof next === 'string')
                return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: ${next}`, what.service);
            url = next;
            continue;
        }
        const said = `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(url)}: the server answered ${status}`;
        if (status === 404 || status === 410)
            return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .absent */ .Ge)(said);
        if (status === 200)
            return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .found */ .F9)(body);
        const pause = (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .retryAfter */ .P)(headers['retry-after']);
        return {
            ...(0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)((0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .statusCode */ .s)(status), said, what.service),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    }
    return (0,_lookup_js__WEBPACK_IMPORTED_MODULE_3__/* .failed */ .gz)('response-invalid', `${(0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(what.url)}: more than ${mostRedirects} redirects`, what.service);
}
/** Where a redirect leads; a text says why it is not followed. */
function redirectTarget(from, location) {
    if (!URL.canParse(location, from.href))
        return 'the redirect leads to no URL';
    const next = new URL(location, from);
    // A relative redirect inherits user and password.
    next.username = '';
    next.password = '';
    if (from.protocol === 'https:' && next.protocol !== 'https:')
        return 'the redirect leaves https';
    return next;
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

/***/ 2077:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ nextPage)
/* harmony export */ });
/**
 * The next page that a `Link` header names (RFC 8288).
 *
 * @returns undefined: there is none; null: it lies on another host, which no listing needs
 */
function nextPage(link, from) {
    const header = Array.isArray(link) ? link.join(',') : (link ?? '');
    const target = /<([^<>]*)>\s*;[^<]*\brel=(?:"next"|next(?![\w-]))/i.exec(header)?.[1];
    if (target === undefined)
        return undefined;
    if (!URL.canParse(target, from.href))
        return null;
    const url = new URL(target, from);
    // A port may be left out where it is the usual one of the scheme that the link names.
    return url.host === new URL(`${url.protocol}//${from.host}`).host ? url : null;
}


/***/ }),

/***/ 57164:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openRegistries: () => (/* binding */ openRegistries)
});

// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/reference/registry.ts
var registry = __webpack_require__(36758);
// EXTERNAL MODULE: ./src/stores/companions.ts
var companions = __webpack_require__(97907);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/evidence/oci-manifest.ts
var oci_manifest = __webpack_require__(37372);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference_reference = __webpack_require__(71644);
// EXTERNAL MODULE: ./src/stores/manifest.ts
var stores_manifest = __webpack_require__(57101);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __webpack_require__(49263);
;// CONCATENATED MODULE: ./src/stores/registry/host.ts

/** Where docker's registry answers; its name is another (docker's `registry.IndexServer`). */
const dockerHost = 'registry-1.docker.io';
function apiHost(registry) {
    return registry === 'docker.io' ? dockerHost : registry;
}
/**
 * The schemes that may be spoken with a host, in the order in which they are tried: https, and plain http only on this
 * machine, where it comes first, or where the user allowed it.
 */
function schemesOf(registry, { allowHttp, cacert }) {
    const hostname = URL.canParse(`http://${registry}`) ? new URL(`http://${registry}`).hostname : '';
    if ((0,network_url/* isLoopback */.U9)({ hostname }))
        return cacert === undefined ? ['http', 'https'] : ['https'];
    return allows(allowHttp, registry) ? ['https', 'http'] : ['https'];
}
/** Whether an answer says that the other scheme is spoken here. */
function speaksOther(scheme, said) {
    return scheme === 'https'
        ? said.code === 'tls-failed' && /wrong version number|packet length too long|EPROTO/i.test(said.message)
        : /HTTP request (was sent )?to (an? )?HTTPS/i.test(said.message);
}
function allows(hosts, host) {
    return hosts === 'all' || (hosts !== 'none' && hosts.includes(host));
}

;// CONCATENATED MODULE: ./src/stores/registry/client.ts







const indexType = 'application/vnd.oci.image.index.v1+json';
const manifestTypes = [
    indexType,
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
function openRepository(session, registry, repository) {
    const name = `${registry}/${repository}`;
    const manifest = async (reference, call) => {
        const what = `${name}${reference.includes(':') ? '@' : ':'}${reference}`;
        const path = `manifests/${reference}`;
        const reply = await session.send({ method: 'GET', repository, path, accept: manifestTypes, limit: store/* manifestLimit */.t7 }, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers, body } = reply.value;
        if (status !== 200)
            return missing(reply.value, what);
        // By its digest whatever has it was meant; of a tag's answer only its form tells an image from a gateway's words.
        if ((0,oci_manifest/* parseManifest */.N)(body) === undefined || (!(0,reference_reference/* isDigest */.Bc)(reference) && !hasForm(body))) {
            return invalid(what, `expected a manifest, got something else (${typeOf(reply.value)})`);
        }
        const digest = (0,stores_manifest/* digestOf */.o)(body);
        if ((0,reference_reference/* isDigest */.Bc)(reference) && digest !== reference)
            return invalid(what, `expected ${reference}, got ${digest}`);
        const claimed = headers['docker-content-digest'];
        if (typeof claimed === 'string' && (0,reference_reference/* isDigest */.Bc)(claimed) && claimed !== digest) {
            return invalid(what, `the registry calls it ${claimed}, but it is ${digest}`);
        }
        return (0,lookup/* found */.F9)({ digest, bytes: body });
    };
    const has = async (digest, call) => {
        const what = `${name}@${digest}`;
        const path = `manifests/${digest}`;
        const reply = await session.send({ method: 'HEAD', repository, path, accept: manifestTypes, limit: store/* manifestLimit */.t7 }, call);
        if (reply.kind !== 'found')
            return reply;
        if (reply.value.status !== 200)
            return missing(reply.value, what);
        if (isPage(reply.value))
            return invalid(what, `expected a manifest, got ${typeOf(reply.value)}`);
        const claimed = reply.value.headers['docker-content-digest'];
        if (claimed !== undefined && claimed !== digest)
            return invalid(what, `the registry calls it ${String(claimed)}`);
        return (0,lookup/* found */.F9)(true);
    };
    const blob = async ({ digest, size }, limit, call) => {
        const what = `${name}@${digest}`;
        if (!(0,reference_reference/* isDigest */.Bc)(digest))
            return (0,lookup/* failed */.gz)('unsupported', `${what}: only sha256 digests are read`);
        if (size !== undefined && size > limit) {
            return (0,lookup/* failed */.gz)('limit-exceeded', `${what}: ${size} bytes, more than ${limit}`, 'registry');
        }
        const path = `blobs/${digest}`;
        const reply = await session.send({ method: 'GET', repository, path, limit: size ?? limit }, call);
        // Longer than its manifest says is not too much, but something else.
        if (reply.kind === 'failed' && reply.problem.code === 'limit-exceeded' && size !== undefined)
            return invalid(what, `expected ${size} bytes, got more`);
        if (reply.kind !== 'found')
            return reply;
        const { status, body } = reply.value;
        // What a manifest lists is there, or the registry is broken: never an absence.
        if (status !== 200)
            return invalid(what, `the manifest lists this blob, and the registry answered ${status}`);
        const got = (0,stores_manifest/* digestOf */.o)(body);
        return got === digest ? (0,lookup/* found */.F9)(body) : invalid(what, `expected ${digest}, got ${got}`);
    };
    const stream = async ({ kind, digest }, limit, open, call) => {
        const where = `${name}@${digest}`;
        const api = kind === 'manifest'
            ? { path: `manifests/${digest}`, accept: manifestTypes }
            : { path: `blobs/${digest}` };
        const reply = await session.send({ method: 'GET', repository, ...api, limit, into: open }, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, cut, elsewhere } = reply.value;
        // Where a registry sends on to, it has the thing itself: another host's 404 is no word of the registry.
        if (status !== 200 && elsewhere)
            return invalid(where, `the host that the registry sent on to answered ${status}`);
        if (status !== 200)
            return missing(reply.value, where);
        if (isPage(reply.value))
            return invalid(where, `expected a ${kind}, got ${typeOf(reply.value)}`);
        return (0,lookup/* found */.F9)({ where, whole: cut !== true });
    };
    const page = async (path, call) => session.send({ method: 'GET', repository, path, accept: indexType, limit: store/* manifestLimit */.t7 }, call);
    return {
        name,
        service: 'registry',
        host: apiHost(registry),
        path: repository,
        manifest,
        has,
        blob,
        stream,
        page,
    };
}
/** Any of the fields that manifests and indexes have: an error that came with 200 is no image that nobody signed. */
function hasForm(body) {
    const object = (0,json/* readObject */.Ag)(body);
    return ['schemaVersion', 'mediaType', 'config', 'layers', 'manifests'].some((name) => (0,json/* field */.ZZ)(object, name) !== undefined);
}
/** Absent is what the registry itself calls absent: 404 with its own error, or with no body at all. */
function missing(reply, what) {
    const { status, body } = reply;
    if (status !== 404)
        return invalid(what, `the registry answered ${status}`);
    const errors = (0,json/* listField */.FZ)((0,json/* readObject */.Ag)(body), 'errors');
    const own = errors?.some(json/* isObject */.Gv) === true || (body.length === 0 && !isPage(reply));
    if (!own)
        return invalid(what, `expected an answer of a registry, got 404 with something else (${typeOf(reply)})`);
    return (0,lookup/* absent */.Ge)(`${what}: not in the registry`);
}
function invalid(what, message) {
    return (0,lookup/* failed */.gz)('response-invalid', `${what}: ${message}`, 'registry');
}
/** A page for people comes from something that stands before the registry, whatever its status says. */
function isPage(reply) {
    return typeOf(reply).includes('html');
}
function typeOf({ headers }) {
    return (headers['content-type'] ?? 'no content type').replace(/;.*$/s, '').trim().toLowerCase();
}

// EXTERNAL MODULE: ./src/stores/next-page.ts
var next_page = __webpack_require__(2077);
;// CONCATENATED MODULE: ./src/stores/registry/referrers.ts





const mostPages = 100;
/**
 * Lists the referrers of a digest (OCI distribution 1.1, listing referrers), all pages. 404, 400, 406 and another type
 * of answer mean that there is no such listing, as in go-containerregistry.
 */
async function listReferrers(repository, digest, call) {
    const listed = [];
    let path = `/v2/${repository.path}/referrers/${digest}`;
    for (let pages = 0; pages < mostPages; pages++) {
        const reply = await repository.page(path, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers, body } = reply.value;
        if (status !== 200)
            return pages === 0
                ? (0,lookup/* found */.F9)({ listed, from: standsBefore(reply.value) ? 'odd' : 'none' })
                : broken(repository, `page ${pages + 1}: ${status}`);
        const manifests = typeOf(reply.value) === indexType ? (0,oci_manifest/* parseManifest */.N)(body)?.manifests : undefined;
        if (manifests === undefined) {
            return pages === 0
                ? (0,lookup/* found */.F9)({ listed, from: 'odd' })
                : broken(repository, `page ${pages + 1} is no index`);
        }
        listed.push(...manifests);
        if (listed.length > store/* signatureLimit */.OY) {
            return (0,lookup/* failed */.gz)('limit-exceeded', `${repository.name}@${digest}: more than ${store/* signatureLimit */.OY} referrers`, 'registry');
        }
        const next = (0,next_page/* nextPage */.Z)(headers['link'], new URL(`http://${repository.host}${path}`));
        if (next === undefined)
            return (0,lookup/* found */.F9)({ listed, from: 'api' });
        if (next?.pathname.startsWith('/v2/') !== true)
            return broken(repository, 'the next page lies elsewhere');
        path = `${next.pathname}${next.search}`;
    }
    return (0,lookup/* failed */.gz)('limit-exceeded', `${repository.name}@${digest}: more than ${mostPages} pages of referrers`, 'registry');
}
/**
 * A page for people that came from the registry's own address hides what the registry says. One from another host does
 * not: GitHub's registry has no listing and sends on to a page of GitHub that is not there.
 */
function standsBefore(reply) {
    return isPage(reply) && reply.elsewhere === undefined;
}
/** The listing under the tag that clients keep where the registry keeps none (OCI distribution 1.1, referrers tag). */
async function listFallback(repository, digest, call) {
    const tag = digest.replace(':', '-');
    const manifest = await repository.manifest(tag, call);
    if (manifest.kind !== 'found')
        return manifest;
    const listed = (0,oci_manifest/* parseManifest */.N)(manifest.value.bytes)?.manifests;
    if (listed === undefined)
        return (0,lookup/* absent */.Ge)(`${repository.name}:${tag}: no index`);
    if (listed.length > store/* signatureLimit */.OY) {
        return (0,lookup/* failed */.gz)('limit-exceeded', `${repository.name}:${tag}: more than ${store/* signatureLimit */.OY} referrers`, 'registry');
    }
    return (0,lookup/* found */.F9)(listed);
}
function broken(repository, message) {
    return (0,lookup/* failed */.gz)('response-invalid', `referrers of ${repository.name}: ${message}`, 'registry');
}

;// CONCATENATED MODULE: ./src/stores/registry/concealed-repository.ts
/** A repository whose failures tell no secret. */
function concealing(repository, { conceal }) {
    const { manifest, has, blob, stream, page } = repository;
    return {
        ...repository,
        manifest: async (...asked) => conceal(await manifest(...asked)),
        has: async (...asked) => conceal(await has(...asked)),
        blob: async (...asked) => conceal(await blob(...asked)),
        stream: async (...asked) => conceal(await stream(...asked)),
        page: async (...asked) => conceal(await page(...asked)),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/files/read.ts
var files_read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/network/call.ts
var network_call = __webpack_require__(48104);
// EXTERNAL MODULE: ./src/network/exchange.ts
var exchange = __webpack_require__(69945);
// EXTERNAL MODULE: ./src/network/https.ts
var https = __webpack_require__(53043);
// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/network/home-folder.ts
var home_folder = __webpack_require__(98696);
// EXTERNAL MODULE: ./src/stores/registry/auth-entry.ts
var auth_entry = __webpack_require__(67053);
;// CONCATENATED MODULE: ./src/stores/registry/credential-helper.ts


/** A name, never a path: the program is looked up on the path as `docker-credential-<name>`. */
const helperName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** The user name by which a helper says that the secret is an identity token. */
const tokenUser = '<token>';
const longestWait = 30_000;
const answerLimit = 1024 * 1024;
/** Asks a credential helper (docker-credential-helpers, README: `get`, the server on stdin, JSON on stdout). */
async function askHelper(helper, server, signal) {
    if (!helperName.test(helper)) {
        return (0,lookup/* failed */.gz)('input-invalid', `expected the name of a credential helper, got ${JSON.stringify(helper.slice(0, 100))}`);
    }
    const program = `docker-credential-${helper}`;
    const ended = await run(program, server, signal);
    if (ended === undefined)
        return (0,lookup/* failed */.gz)('timeout', `${program}: no answer within ${longestWait / 1000} s`, 'registry');
    if (typeof ended === 'string')
        return (0,lookup/* failed */.gz)('input-invalid', `${program}: ${ended}`);
    if (ended.exitCode !== 0) {
        // The one message that helpers agree on; whatever else a helper says may hold a secret.
        if (ended.stdout.includes('credentials not found'))
            return (0,lookup/* found */.F9)({ kind: 'anonymous' });
        return (0,lookup/* failed */.gz)('denied', `${program}: ended with exit code ${ended.exitCode}`, 'registry');
    }
    const answer = (0,json/* readObject */.Ag)(Buffer.from(ended.stdout));
    const username = (0,json/* textField */.M8)(answer, 'Username');
    const secret = (0,json/* textField */.M8)(answer, 'Secret');
    if (username === undefined || secret === undefined) {
        return (0,lookup/* failed */.gz)('denied', `${program}: expected a user name and a secret, got neither`, 'registry');
    }
    if (username === '' && secret === '')
        return (0,lookup/* found */.F9)({ kind: 'anonymous' });
    return (0,lookup/* found */.F9)(username === tokenUser
        ? { kind: 'identity-token', token: secret }
        : { kind: 'login', username, password: secret });
}
/** @returns a text that says why there was no answer, undefined when there was none in time */
async function run(program, server, signal) {
    const { execFile } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 31421, 23));
    return new Promise((resolve) => {
        const ends = { signal, timeout: longestWait, killSignal: 'SIGKILL' };
        const options = { ...ends, maxBuffer: answerLimit, windowsHide: true };
        const child = execFile(program, ['get'], options, (error, stdout) => {
            if (error === null)
                resolve({ exitCode: 0, stdout });
            else if (typeof error.code === 'number')
                resolve({ exitCode: error.code, stdout });
            // More than any login has is no login, like all else that it should not say.
            else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
                resolve({ exitCode: 0, stdout: '' });
            else if (signal.aborted || child.killed)
                resolve(undefined);
            // Killed by somebody else: it is there, and gave no login.
            else if (error.signal)
                resolve({ exitCode: 128, stdout: '' });
            else
                resolve(error.code === 'ENOENT' ? 'is not on the path' : `failed (${String(error.code)})`);
        });
        // A helper may end without reading what it is asked; how it ended is what counts.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(server);
    });
}

;// CONCATENATED MODULE: ./src/stores/registry/docker-config.ts







const configLimit = 4 * 1024 * 1024;
/** The name under which docker keeps the credentials of its own registry. */
const dockerHub = 'https://index.docker.io/v1/';
/**
 * What docker's `config.json` has for a registry: in `DOCKER_CONFIG` or the home folder. Anonymous where there is
 * nothing.
 */
async function readDockerConfig(registry, signal) {
    const named = process.env['DOCKER_CONFIG'];
    // Empty is unset, as for docker: the working directory may be that of a pull request.
    const home = named === undefined || named === '' ? (0,home_folder/* homeFolder */.W)() : undefined;
    const folder = home === undefined ? named : external_node_path_default().join(home, '.docker');
    if (folder === undefined || folder === '')
        return nobody();
    const file = external_node_path_default().join(folder, 'config.json');
    const read = await (0,files_read/* readWhole */.oD)(file, configLimit, 'registry');
    if (read.kind === 'absent')
        return nobody();
    if (read.kind === 'failed')
        return read;
    const config = (0,json/* readObject */.Ag)(read.value);
    if (!config)
        return (0,lookup/* failed */.gz)('input-invalid', `${file}: expected docker's configuration, got no JSON object`);
    return signInsOf({ config, rule: 'docker', file }, registry, signal);
}
function nobody() {
    return (0,lookup/* found */.F9)(() => (0,lookup/* found */.F9)({ kind: 'anonymous' }));
}
/** The order is docker's: the helper of the registry, the common store, then the file itself. */
async function signInsOf({ config, rule, file }, registry, signal) {
    const names = namesOf(registry);
    const helpers = (0,json/* objectField */.qV)(config, 'credHelpers');
    const helperName = names.find((name) => (0,json/* textField */.M8)(helpers, name) !== undefined);
    const store = (0,json/* textField */.M8)(config, 'credsStore');
    if (helperName !== undefined)
        return forAll(await askHelper((0,json/* textField */.M8)(helpers, helperName) ?? '', helperName, signal));
    if (store !== undefined && store !== '') {
        const stored = await askHelper(store, names[0] ?? registry, signal);
        if (stored.kind !== 'found' || stored.value.kind !== 'anonymous')
            return forAll(stored);
    }
    return (0,lookup/* found */.F9)((0,auth_entry/* credentialsIn */.Wr)((0,json/* objectField */.qV)(config, 'auths'), registry, rule, file));
}
/** A helper is asked for a registry, not for a repository in it. */
function forAll(credential) {
    return credential.kind === 'found' ? (0,lookup/* found */.F9)(() => credential) : credential;
}
function namesOf(registry) {
    return registry === 'docker.io'
        ? [dockerHub, 'index.docker.io', 'docker.io', 'registry-1.docker.io']
        : [registry, `https://${registry}`, `http://${registry}`];
}

;// CONCATENATED MODULE: ./src/stores/registry/credentials.ts


/**
 * Finds the credentials of a registry: the inputs for one login, then `registry-config`, and docker's own configuration
 * only where that was not given. Anonymous where there is nothing.
 */
async function credentialsFor(registry, { login, config }, signal) {
    if (login)
        return (0,lookup/* found */.F9)(() => (0,lookup/* found */.F9)({ kind: 'login', ...login }));
    if (config === undefined)
        return readDockerConfig(registry, signal);
    const { readRegistryConfig } = await __webpack_require__.e(/* import() */ 2784).then(__webpack_require__.bind(__webpack_require__, 88022));
    const read = await readRegistryConfig(config);
    if (read.kind !== 'found')
        return read;
    return signInsOf({ ...read.value, file: 'registry-config' }, registry, signal);
}

;// CONCATENATED MODULE: ./src/stores/registry/challenge.ts
const parameter = /([a-zA-Z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;
const longest = 4096;
/** @returns undefined when the header asks for nothing that can be given */
function parseChallenge(header) {
    if (header === undefined || header.length > longest)
        return undefined;
    const bearer = /(?:^|,\s*)bearer\s+(.*)$/is.exec(header);
    if (bearer) {
        const parameters = new Map();
        for (const [, key = '', quoted, bare] of String(bearer[1]).matchAll(parameter)) {
            const name = key.toLowerCase();
            // What is said again belongs to a challenge that follows this one.
            if (!parameters.has(name))
                parameters.set(name, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
        }
        const realm = parameters.get('realm');
        if (realm === undefined || realm === '')
            return undefined;
        const service = parameters.get('service');
        const scope = parameters.get('scope');
        return {
            scheme: 'bearer',
            realm,
            ...(service !== undefined && { service }),
            ...(scope !== undefined && scope !== '' && { scope }),
        };
    }
    return /(?:^|,\s*)basic(?:\s|,|$)/i.test(header) ? { scheme: 'basic' } : undefined;
}

// EXTERNAL MODULE: ./src/stores/registry/token.ts
var registry_token = __webpack_require__(36585);
;// CONCATENATED MODULE: ./src/stores/registry/secrets.ts

/** Shorter ones would blank out ordinary words. */
const shortestSecret = 4;
function openSecrets() {
    const kept = new Set();
    const keep = (secret) => {
        if (secret.length < shortestSecret)
            return;
        // As it is, as a query holds it and as a path holds it.
        for (const form of [
            secret,
            encodeURIComponent(secret),
            new URL(`http://host/${secret}`).pathname.slice(1),
        ])
            kept.add(form);
    };
    const keepHeader = (header) => keep(header.replace(/^\w+ /, ''));
    return {
        keepHeader,
        keepCredential: (credential) => {
            if (credential.kind === 'anonymous')
                return;
            keep(credential.kind === 'login' ? credential.password : credential.token);
            if (credential.kind === 'login')
                keepHeader((0,registry_token/* basic */.H)(credential));
        },
        conceal: (answer) => {
            if (answer.kind !== 'failed' || kept.size === 0)
                return answer;
            const longestFirst = [...kept].sort((a, b) => b.length - a.length);
            const message = longestFirst.reduce((text, secret) => text.replaceAll(secret, '***'), answer.problem.message);
            return { ...answer, problem: { ...answer.problem, message } };
        },
    };
}

// EXTERNAL MODULE: ./src/stores/registry/refusal.ts
var registry_refusal = __webpack_require__(83940);
// EXTERNAL MODULE: ./src/stores/registry/shared-answer.ts
var shared_answer = __webpack_require__(57886);
;// CONCATENATED MODULE: ./src/stores/registry/session.ts















const mostRedirects = 5;
const authorityLimit = 4 * 1024 * 1024;
function openSession(registry, settings) {
    const host = apiHost(registry);
    let schemes = schemesOf(registry, settings);
    let trusted;
    const credentialsOf = (0,shared_answer/* shareAnswer */.A)(async ({ signal }) => credentialsFor(registry, settings, signal));
    const authorizations = new Map();
    const secrets = openSecrets();
    const send = async (request, call) => {
        trusted ??= trustFor(registry, settings);
        const trust = await trusted;
        if (trust.kind !== 'found')
            return trust;
        const { method, path } = request;
        const name = `${method} ${host}${path.startsWith('/') ? path : `/v2/${request.repository}/${path}`}`;
        return (0,network_call/* ask */.k)(name, 'registry', call, async () => secrets.conceal(await sendOnce(request, name, trust.value, call)));
    };
    const sendOnce = async (request, name, trust, call) => {
        const used = authorizations.get(request.repository);
        const first = await sendAs(request, used, trust, call);
        // A host that the registry sent on to may refuse, and not ask for the registry's credentials.
        const isOwnRefusal = first.kind === 'found' && first.value.status === 401 && !first.value.elsewhere;
        if (!isOwnRefusal)
            return settle(first, name);
        for (;;) {
            const { repository } = request;
            // Others may have been refused at the same time and have signed in meanwhile.
            const known = authorizations.get(repository);
            const renewed = known === undefined || known === used
                ? { answer: signIn(first.value, repository, trust, call), asker: call.signal }
                : known;
            authorizations.set(repository, renewed);
            const header = await renewed.answer;
            if (header.kind === 'found')
                return settle(await sendAs(request, renewed, trust, call), name);
            if (authorizations.get(repository) === renewed)
                authorizations.delete(repository);
            if (!(0,shared_answer/* isForsaken */.m)(header, renewed, call))
                return header;
        }
    };
    const sendAs = async (request, authorization, trust, call) => {
        const header = await authorization?.answer;
        const authorized = header?.kind === 'found' ? { authorization: header.value } : {};
        const attempt = async (scheme) => follow(urlOf(scheme, host, request), request, { authorized, trust, allowHttp: settings.allowHttp }, call);
        const [scheme = 'https', ...others] = schemes;
        const answer = await attempt(scheme);
        const [other] = others;
        if (other === undefined || !speaksOther(scheme, said(answer)))
            return answer;
        schemes = [other];
        return attempt(other);
    };
    const signIn = async (refused, repository, trust, call) => {
        const challenge = parseChallenge(refused.headers['www-authenticate']);
        if (!challenge)
            return (0,lookup/* failed */.gz)('denied', `${host}: the registry refuses and does not say how to sign in`, 'registry');
        const all = await credentialsOf(call);
        if (all.kind !== 'found')
            return all;
        const known = all.value(repository);
        if (known.kind !== 'found')
            return known;
        secrets.keepCredential(known.value);
        if (known.value.kind === 'registry-token')
            return (0,lookup/* found */.F9)(`Bearer ${known.value.token}`);
        if (challenge.scheme === 'basic') {
            if (known.value.kind === 'login')
                return (0,lookup/* found */.F9)((0,registry_token/* basic */.H)(known.value));
            return (0,lookup/* failed */.gz)('denied', `${host}: the registry wants a user and a password, and none is configured for it`, 'registry');
        }
        const own = URL.canParse(challenge.realm) && new URL(challenge.realm).host === host;
        // Plain http to the token service only where it is spoken with this very host, on the user's wish.
        const way = { trust: own ? trust : withoutLeave(trust), plain: own && schemes[0] === 'http' };
        const token = await (0,registry_token/* fetchToken */.e)(challenge, `repository:${repository}:pull`, known.value, way, call);
        if (token.kind !== 'found')
            return token;
        const header = `Bearer ${token.value}`;
        secrets.keepHeader(header);
        return (0,lookup/* found */.F9)(header);
    };
    return { send, conceal: secrets.conceal };
}
function urlOf(scheme, host, { repository, path }) {
    return new URL(path.startsWith('/') ? path : `/v2/${repository}/${path}`, `${scheme}://${host}`);
}
/** Redirects are followed without any credentials; a registry hands its blobs out through other hosts. */
async function follow(start, { method, accept, limit, into }, { authorized, trust, allowHttp }, call) {
    let url = start;
    for (let hop = 0; hop <= mostRedirects; hop++) {
        const own = hop === 0;
        const headers = { ...(accept !== undefined && { accept }), ...(own && authorized) };
        const reply = await (0,exchange/* exchange */.c)({
            url,
            method,
            headers,
            service: 'registry',
            limit,
            ...(into && { into }),
            trust: url.host === start.host ? trust : withoutLeave(trust),
        }, call);
        if (reply.kind !== 'found')
            return reply;
        const { status, headers: got } = reply.value;
        if (status < 300 || status >= 400 || got.location === undefined) {
            return url.host === start.host ? reply : (0,lookup/* found */.F9)({ ...reply.value, elsewhere: true });
        }
        const next = (0,https/* redirectTarget */.E)(url, got.location);
        if (typeof next === 'string')
            return (0,lookup/* failed */.gz)('response-invalid', `${(0,network_url/* shown */.SP)(url)}: ${next}`, 'registry');
        if (!(0,network_url/* mayCarry */.P5)(next) && !(next.protocol === 'http:' && allows(allowHttp, next.host))) {
            const where = `${next.protocol}//${next.host}`;
            return (0,lookup/* failed */.gz)('response-invalid', `${(0,network_url/* shown */.SP)(url)}: the redirect leads to ${where}, not to https`, 'registry');
        }
        url = next;
    }
    return (0,lookup/* failed */.gz)('response-invalid', `${(0,network_url/* shown */.SP)(start)}: more than ${mostRedirects} redirects`, 'registry');
}
/** Authorities hold for every host that a registry sends on to; leave to check nothing only for the one named. */
function withoutLeave({ ca }) {
    return ca === undefined ? {} : { ca };
}
/** Takes an answer that is none for what could not be found out. */
function settle(answer, name) {
    if (answer.kind !== 'found')
        return answer;
    const { status, headers } = answer.value;
    const refusal = (0,registry_refusal/* refusalIn */.c)(answer.value);
    if (status === 200 || (refusal === undefined && [400, 404, 406].includes(status)))
        return answer;
    const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
    return {
        ...(0,lookup/* failed */.gz)(refusal ?? (0,network_status/* statusCode */.s)(status), `${name}: the registry answered ${status}`, 'registry'),
        ...(pause !== undefined && { retryAfterMs: pause }),
    };
}
function said(answer) {
    if (answer.kind === 'failed')
        return answer.problem;
    if (answer.kind === 'absent' || answer.value.status !== 400)
        return { message: '' };
    return { message: Buffer.from(answer.value.body).toString('latin1') };
}
function isCertificate(pem) {
    try {
        return new external_node_crypto_.X509Certificate(pem).raw.length > 0;
    }
    catch {
        return false;
    }
}
async function trustFor(registry, { cacert, allowInsecure }) {
    const insecure = allows(allowInsecure, registry);
    if (cacert === undefined)
        return (0,lookup/* found */.F9)({ insecure });
    const file = await (0,files_read/* readWhole */.oD)(cacert, authorityLimit, 'registry');
    if (file.kind === 'failed')
        return file;
    const pem = file.kind === 'found' ? Buffer.from(file.value).toString('utf8') : '';
    const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
    // TLS passes over what it cannot read, and then trusts nobody.
    if (certificates?.every(isCertificate) !== true) {
        return (0,lookup/* failed */.gz)('input-invalid', `registry-cacert: expected a file with certificates in PEM, got ${cacert}`);
    }
    return (0,lookup/* found */.F9)({ insecure, ca: pem });
}

;// CONCATENATED MODULE: ./src/stores/registry/place.ts







function openRegistries(settings) {
    const sessions = new Map();
    const sessionOf = (registry, access) => {
        const session = sessions.get(registry) ?? openSession(registry, access);
        sessions.set(registry, session);
        return session;
    };
    const repositoryOf = (registry, repository, access = settings) => {
        const session = sessionOf(registry, access);
        return concealing(openRepository(session, registry, repository), session);
    };
    return (reference) => {
        const images = repositoryOf(reference.registry, reference.repository);
        const elsewhere = settings.signatureRepository;
        if (elsewhere === undefined)
            return openPlace(reference, images, images, settings.tagPrefix);
        const named = (0,registry/* parseRegistryReference */.q)(`${elsewhere}:x`);
        if (named.kind === 'unreadable' || named.digest !== undefined) {
            return {
                code: 'input-invalid',
                message: `signature-repository: expected registry/repository, got ${JSON.stringify(elsewhere)}`,
            };
        }
        // The login is for the registry of the images; another one where signatures lie must not get to hear it.
        const { login, ...others } = settings;
        const access = named.registry === reference.registry && login ? settings : others;
        const evidence = repositoryOf(named.registry, named.repository, access);
        return openPlace(reference, images, evidence, settings.tagPrefix);
    };
}
function openPlace(reference, images, evidence, tagPrefix) {
    const read = async (name, call) => {
        const manifest = await images.manifest(name, call);
        if (manifest.kind !== 'found')
            return manifest;
        const { digest, bytes } = manifest.value;
        return (0,lookup/* found */.F9)({ digest, manifest: bytes, where: `${images.name}@${digest}` });
    };
    return {
        images: {
            resolve: async (call, need) => {
                const { digest, tag } = reference;
                if (digest === undefined)
                    return read(tag ?? 'latest', call);
                if (need === 'manifest')
                    return read(digest, call);
                const there = await images.has(digest, call);
                return there.kind === 'found' ? (0,lookup/* found */.F9)({ digest, where: `${images.name}@${digest}` }) : there;
            },
            blob: async (descriptor, limit, call) => images.blob(descriptor, limit, call),
            stream: images.stream,
        },
        evidence: sourceOf(evidence, reference.digest, tagPrefix),
    };
}
/** A digest that is known beforehand is not waited for: all lookups start at once. */
function sourceOf(repository, known, tagPrefix) {
    const look = (image, call, isChild = false) => {
        const digest = known === undefined || isChild
            ? image.then((resolved) => (resolved.kind === 'found' ? (0,lookup/* found */.F9)(resolved.value.digest) : resolved))
            : Promise.resolve((0,lookup/* found */.F9)(known));
        return (0,companions/* lookOnce */.ns)((wanted) => openChannels(repository, digest, tagPrefix, wanted, call));
    };
    const list = async (image, most, call) => {
        const digest = known ?? (await image);
        if (typeof digest !== 'string' && digest.kind !== 'found')
            return digest;
        return listEvidence(repository, typeof digest === 'string' ? digest : digest.value.digest, tagPrefix, most, call);
    };
    return { look, list, byKey: false };
}
function openChannels(repository, digest, tagPrefix, wanted, call) {
    const after = (list) => digest.then(async (known) => (known.kind === 'found' ? list(known.value) : known));
    const [suffix, format] = wanted.predicateType === undefined
        ? ['sig', 'simple-signing']
        : ['att', 'dsse-envelope'];
    const tag = () => after(async (known) => (0,companions/* offersOfTag */.pY)(repository, `${tagPrefix}${known.replace(':', '-')}.${suffix}`, format, wanted, call));
    const referrers = () => after(async (known) => referrerOffers(repository, known, wanted, call));
    if (wanted.only === 'tags')
        return [tag()];
    return wanted.only === 'referrers' ? [referrers()] : [tag(), referrers()];
}
async function referrerOffers(repository, digest, wanted, call) {
    const referrers = await listReferrers(repository, digest, call);
    if (referrers.kind !== 'found')
        return referrers;
    const { listed, from } = referrers.value;
    if (listed.length > 0)
        return (0,lookup/* found */.F9)((0,companions/* offersOfReferrers */.By)(repository, listed, wanted, call));
    if (from === 'api') {
        // A registry that learnt to list may still hold what was written before: asked for when nothing else settles it.
        const read = async () => {
            const older = await listFallback(repository, digest, call);
            return older.kind === 'found'
                ? (0,companions/* readAll */.yw)((0,companions/* offersOfReferrers */.By)(repository, older.value, wanted, call))
                : (0,companions/* reading */.hF)(older);
        };
        return (0,lookup/* found */.F9)([{ rank: 3, read }]);
    }
    const fallback = await listFallback(repository, digest, call);
    if (fallback.kind === 'found')
        return (0,lookup/* found */.F9)((0,companions/* offersOfReferrers */.By)(repository, fallback.value, wanted, call));
    if (fallback.kind === 'absent' && from === 'odd') {
        return (0,lookup/* failed */.gz)('response-invalid', `${repository.name}@${digest}: expected a listing of referrers, got an answer that is none`, 'registry');
    }
    return fallback;
}
/** Everything beside an image, in whatever format; one part that cannot be read is a failure of the whole. */
async function listEvidence(repository, digest, tagPrefix, most, call) {
    const wanted = { keyId: '' };
    const tag = `${tagPrefix}${digest.replace(':', '-')}`;
    const listings = await Promise.all([
        (0,companions/* offersOfTag */.pY)(repository, `${tag}.sig`, 'simple-signing', wanted, call),
        (0,companions/* offersOfTag */.pY)(repository, `${tag}.att`, 'dsse-envelope', wanted, call),
        referrerOffers(repository, digest, wanted, call),
    ]);
    const broken = listings.find((listing) => listing.kind === 'failed');
    if (broken?.kind === 'failed')
        return broken;
    const offers = listings.flatMap((listing) => (listing.kind === 'found' ? listing.value : []));
    const { evidence, problems } = await (0,companions/* readAll */.yw)(offers.slice(0, most));
    const [problem] = problems;
    return problem ? { kind: 'failed', problem } : (0,lookup/* found */.F9)(evidence);
}


/***/ }),

/***/ 57886:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ shareAnswer),
/* harmony export */   m: () => (/* binding */ isForsaken)
/* harmony export */ });
/** Whether it came to nothing only because the image that asked was decided without it. */
function isForsaken(answer, { asker }, call) {
    return answer.kind === 'failed' && asker.aborted && !call.signal.aborted;
}
/** Asks once for all images; whoever still needs what another gave up asks anew. */
function shareAnswer(once) {
    let current;
    return async (call) => {
        for (;;) {
            const asked = (current ??= { answer: once(call), asker: call.signal });
            const answer = await asked.answer;
            if (!isForsaken(answer, asked, call))
                return answer;
            if (current === asked)
                current = undefined;
        }
    };
}


/***/ })

};
