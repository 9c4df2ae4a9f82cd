export const id = 4214;
export const ids = [4214];
export const modules = {

/***/ 14214:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readDeep: () => (/* binding */ readDeep)
});

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/evidence/oci-manifest.ts
var oci_manifest = __webpack_require__(37372);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __webpack_require__(34703);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __webpack_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var finding = __webpack_require__(37120);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/evidence/recipe.ts
var evidence_recipe = __webpack_require__(29339);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
var external_node_zlib_default = /*#__PURE__*/__webpack_require__.n(external_node_zlib_);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __webpack_require__(8110);
;// CONCATENATED MODULE: ./src/gate/frame.ts


/** A frame may ask for a window of this many bytes, as a power of two: twice what the largest chunk of s3lo needs. */
const windowLog = 25;
/** Node has zstd from 22.15 and 23.8 on. */
function canUnpack() {
    return typeof (external_node_zlib_default()).createZstdDecompress === 'function';
}
/**
 * Unpacks the first frame of a packed chunk, piece by piece, at most `limit` bytes. Node takes a frame that is cut short
 * for a whole one: only the digest of what came out tells.
 */
async function unpackFrame(packed, limit, sink) {
    const stream = external_node_zlib_default().createZstdDecompress({ params: { [(external_node_zlib_default()).constants.ZSTD_d_windowLogMax]: windowLog } });
    return new Promise((resolve) => {
        let size = 0;
        stream.on('data', (piece) => {
            size += piece.length;
            if (size <= limit) {
                sink(piece);
                return;
            }
            resolve({ kind: 'longer' });
            stream.destroy();
        });
        stream.on('error', (error) => resolve({ kind: 'broken', reason: (0,fault/* describe */.q0)(error) }));
        stream.on('end', () => resolve({ kind: stream.bytesWritten < packed.length ? 'trailing' : 'unpacked' }));
        stream.end(packed);
    });
}

// EXTERNAL MODULE: ./src/gate/part.ts
var gate_part = __webpack_require__(71574);
;// CONCATENATED MODULE: ./src/gate/chunked-layer.ts





/** Most bytes of a chunk, packed and unpacked: twice the largest that s3lo makes. */
const chunkLimit = 32 * 1024 * 1024;
/** Most bytes that a layer unpacks to. */
const unpackedLimit = 64 * 1024 ** 3;
/** Chunks of a layer that are asked for ahead of the one that is checked. */
const ahead = 4;
/**
 * Proves that putting a chunked layer together, as s3lo does, gives the layer that was signed. Nothing in the recipe is
 * signed: its frames in their order must have the digest in the manifest, each must unpack to the content that it is
 * named for, and all together to the layer that the configuration names.
 */
async function judgeChunked(given, reader) {
    const { layer, diffIds } = given;
    const { where } = given.recipe;
    const parsed = (0,evidence_recipe/* parseRecipe */.j)(given.recipe.bytes);
    if (parsed.kind === 'malformed')
        return one(reader, wrong(where, `expected a recipe of ${layer.digest}: ${parsed.reason}`));
    const { recipe } = parsed;
    const { size = recipe.compressedSize } = layer.descriptor;
    if (`sha256:${recipe.compressedDigest}` !== layer.digest)
        return one(reader, wrong(where, `expected the recipe of ${layer.digest}, got that of sha256:${recipe.compressedDigest}`));
    if (recipe.compressedSize !== size)
        return one(reader, wrong(where, `expected a layer of ${size} bytes, got one of ${recipe.compressedSize}`));
    const named = diffIds.find((diffId) => diffId !== `sha256:${recipe.layer}`);
    if (named !== undefined) {
        const message = `expected to lead to the layer that the configuration names, ${named}, got sha256:${recipe.layer}`;
        return one(reader, wrong(where, message));
    }
    const large = recipe.chunks.find((chunk) => Math.max(chunk.size, chunk.compressedSize) > chunkLimit);
    if (large !== undefined || recipe.size > unpackedLimit) {
        const message = large
            ? `recipe ${where}: chunk ${large.digest} is larger than ${chunkLimit} bytes`
            : `recipe ${where}: the layer unpacks to more than ${unpackedLimit} bytes`;
        return one(reader, (0,finding/* unknown */.L5)('recipe', { code: 'limit-exceeded', service: reader.service, message }));
    }
    return judgeChunks(given, recipe, reader);
}
async function judgeChunks(given, recipe, reader) {
    const { layer } = given;
    const { where } = given.recipe;
    const assembly = { packed: (0,external_node_crypto_.createHash)('sha256'), unpacked: (0,external_node_crypto_.createHash)('sha256'), whole: true };
    const findings = [];
    const started = [];
    let before = Promise.resolve();
    for (const chunk of recipe.chunks) {
        const previous = before;
        // A turn lasts until the chunk is checked, so that what was read and waits for its turn is bounded too. The chunks of
        // a layer take their turns in order: the one that others wait for always has one before them.
        const checked = reader.turns(async () => {
            const isEnough = reader.troubles.isEnough();
            const packed = isEnough ? undefined : await readChunk(chunk, given, reader);
            await previous;
            if (packed === undefined) {
                assembly.whole = false;
                return;
            }
            const found = 'check' in packed ? packed : await checkChunk(chunk, packed, assembly);
            if (found === undefined)
                return;
            if (found.status === 'unmet' || 'check' in packed)
                assembly.whole = false;
            findings.push(reader.troubles.note(found));
        });
        before = checked;
        started.push(checked);
        if (started.length >= ahead)
            await started.shift();
    }
    await before;
    if (!assembly.whole)
        return { findings, ...(reader.troubles.isEnough() && { skipped: true }) };
    const packed = assembly.packed.digest('hex');
    if (`sha256:${packed}` !== layer.digest) {
        const message = `expected its ${recipe.chunks.length} chunks to be ${layer.digest} in their order, got sha256:${packed}`;
        return { findings: [...findings, ...one(reader, wrong(where, message)).findings] };
    }
    if (!canUnpack()) {
        const message = `recipe ${where}: unpacking its chunks needs Node 22.15 or newer, this is ${process.version}; packed they are what was signed`;
        return one(reader, (0,finding/* unknown */.L5)('recipe', { code: 'unsupported', message }));
    }
    const unpacked = assembly.unpacked.digest('hex');
    if (findings.length === 0 && unpacked !== recipe.layer)
        return one(reader, wrong(where, `expected to unpack to sha256:${recipe.layer}, got sha256:${unpacked}`));
    return { findings };
}
/** A chunk as it is packed: as long as its recipe says, and held whole. */
async function readChunk({ digest, compressedSize }, { chunked: { chunk }, recipe }, { call }) {
    const name = `sha256:${digest}`;
    const { answer, measured } = await (0,gate_part/* measure */.xP)(compressedSize, async (open) => chunk(digest, compressedSize, open, call));
    if (answer.kind === 'failed')
        return (0,gate_part/* unread */.gy)('chunk', name, answer.problem);
    if (answer.kind === 'absent') {
        const message = `chunk ${name}: ${recipe.where} names it, but ${answer.message}`;
        return (0,finding/* unmet */.iY)('chunk', 'digest-mismatch', message, { facts: { where: recipe.where } });
    }
    const { where, whole } = answer.value;
    const { size, bytes } = measured();
    if (whole && size === compressedSize)
        return { where, bytes };
    const got = whole ? String(size) : 'more';
    return (0,finding/* unmet */.iY)('chunk', 'digest-mismatch', `chunk ${where}: expected ${compressedSize} packed bytes, got ${got}`);
}
async function checkChunk({ digest, size }, { where, bytes }, assembly) {
    assembly.packed.update(bytes);
    if (!canUnpack())
        return undefined;
    const expected = `expected to unpack to sha256:${digest} (${size} bytes)`;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let got = 0;
    const unpacked = await unpackFrame(bytes, size, (piece) => {
        got += piece.length;
        hash.update(piece);
        assembly.unpacked.update(piece);
    });
    const refuse = (what) => (0,finding/* unmet */.iY)('chunk', 'digest-mismatch', `chunk ${where}: ${expected}, got ${what}`, { facts: { where } });
    if (unpacked.kind === 'broken')
        return refuse(`what cannot be unpacked: ${unpacked.reason}`);
    if (unpacked.kind === 'longer')
        return refuse(`more than ${size} bytes`);
    if (unpacked.kind === 'trailing') {
        // s3lo writes one frame; others may follow, and s3lo would unpack them too.
        const message = `chunk ${where}: holds more than one zstd frame, which this version does not read`;
        return (0,finding/* unknown */.L5)('chunk', { code: 'unsupported', message });
    }
    const digestGot = `sha256:${hash.digest('hex')}`;
    return digestGot === `sha256:${digest}` && got === size ? undefined : refuse(`${digestGot} (${got} bytes)`);
}
function wrong(where, message) {
    return (0,finding/* unmet */.iY)('recipe', 'digest-mismatch', `recipe ${where}: ${message}`, { facts: { where } });
}
function one({ troubles }, finding) {
    return { findings: [troubles.note(finding)] };
}

// EXTERNAL MODULE: ./src/gate/subjects.ts
var subjects = __webpack_require__(28322);
;// CONCATENATED MODULE: ./src/gate/deep.ts








/** Indexes within indexes. */
const mostDepth = 4;
const mostManifests = 1000;
const mostBlobs = 10_000;
/**
 * Reads everything that a pull of the image could read, from the manifest that was resolved: the manifests of an index,
 * those of attestations too, their configurations and layers. Each must be what the manifest above it says, so that all
 * hangs on the one digest that was signed.
 */
async function readDeep({ manifest, where }, given) {
    const reader = { ...given, troubles: (0,gate_part/* openTroubles */.NG)() };
    const state = { reader, findings: [], manifests: 0, attestations: 0, blobs: 0, bytes: 0, skipped: 0 };
    const read = manifest === undefined ? undefined : (0,oci_manifest/* parseManifest */.N)(manifest);
    if (manifest === undefined || read === undefined) {
        const message = `${where}: expected an image manifest or an index`;
        return (0,finding/* unknown */.L5)('deep', { code: 'unsupported', message });
    }
    state.bytes = manifest.length;
    const manifests = await readManifests({ manifest: read, where }, state);
    await readBlobs(manifests, state);
    return conclude(state);
}
/** @returns the manifests of images, in the order of the indexes */
async function readManifests(root, state) {
    const proven = [];
    const seen = new Set();
    let level = [root];
    for (let depth = 0; level.length > 0; depth++) {
        const children = [];
        for (const one of level) {
            state.manifests++;
            proven.push(one);
            state.findings.push(...emptiness(one));
            for (const descriptor of one.manifest.manifests ?? []) {
                const part = listManifest(descriptor, one.where, state.reader.service);
                if ('check' in part)
                    state.findings.push(part);
                else if (!seen.has(partId(part))) {
                    seen.add(partId(part));
                    children.push(part);
                    if ((0,subjects/* isAttestation */.H3)(descriptor))
                        state.attestations++;
                }
            }
        }
        if (children.length > 0 && (depth === mostDepth || seen.size > mostManifests)) {
            const message = `${root.where}: more than ${mostDepth} indexes within each other, or ${mostManifests} manifests`;
            state.findings.push((0,finding/* unknown */.L5)('manifest', { code: 'limit-exceeded', service: state.reader.service, message }));
            break;
        }
        const read = await Promise.all(children.map(async (part) => readManifest(part, state)));
        state.findings.push(...read.flatMap(({ findings }) => findings));
        level = read.flatMap(({ next }) => next ?? []);
    }
    return proven;
}
function listManifest(descriptor, where, service) {
    const { mediaType, digest } = descriptor;
    if (mediaType === '' || /\b(manifest|index)\b/.test(mediaType))
        return (0,gate_part/* listPart */.qS)('manifest', descriptor, service);
    const message = `manifest ${digest}: ${where} lists it as ${mediaType}, which is not read by this version`;
    return (0,finding/* unknown */.L5)('manifest', { code: 'unsupported', message });
}
async function readManifest(part, state) {
    const { findings, bytes, size = 0 } = await readWhole(part, store/* manifestLimit */.t7, state);
    if (bytes === undefined)
        return { findings };
    state.bytes += size;
    const manifest = (0,oci_manifest/* parseManifest */.N)(bytes);
    if (manifest)
        return { findings, next: { manifest, where: `manifest ${part.digest}` } };
    const message = `manifest ${part.digest}: expected an image manifest or an index, got something else`;
    return { findings: [(0,finding/* unknown */.L5)('manifest', { code: 'unsupported', message })] };
}
/** A manifest in a form that is not read lists nothing: nothing would be checked, and all would seem well. */
function emptiness({ manifest, where }) {
    if (manifest.config !== undefined || (manifest.manifests?.length ?? 0) > 0)
        return [];
    const message = `${where}: names neither a configuration nor manifests: this form is not read by this version`;
    return [(0,finding/* unknown */.L5)('manifest', { code: 'unsupported', message })];
}
/** Configurations first: they name what the layers unpack to. */
async function readBlobs(manifests, state) {
    const configs = new Map();
    const layers = new Map();
    const list = (kind, descriptor, into) => {
        const part = (0,gate_part/* listPart */.qS)(kind, descriptor, state.reader.service);
        if ('check' in part)
            state.findings.push(part);
        else
            into.set(partId(part), part);
    };
    for (const { manifest } of manifests) {
        if (manifest.config)
            list('config', manifest.config, configs);
        for (const layer of manifest.layers)
            list('layer', layer, layers);
    }
    if (configs.size + layers.size > mostBlobs) {
        const message = `expected at most ${mostBlobs} configurations and layers, got ${configs.size + layers.size}`;
        state.findings.push((0,finding/* unknown */.L5)('layer', { code: 'limit-exceeded', service: state.reader.service, message }));
        return;
    }
    const texts = new Map();
    await readEach(configs.values(), state, async (part) => {
        const { findings, bytes, size } = await readWhole(part, store/* manifestLimit */.t7, state);
        if (size !== undefined)
            countBlob(size, state);
        if (bytes)
            texts.set(part.digest, bytes);
        return findings;
    });
    await readEach(layers.values(), state, async (part) => readLayer(part, diffIdsOf(part, manifests, texts), state));
}
async function readEach(parts, state, read) {
    const findings = await Promise.all([...parts].map(read));
    state.findings.push(...findings.flat());
}
/** s3lo looks for a recipe first and takes a whole layer only where there is none; what lies there must be right. */
async function readLayer(layer, diffIds, state) {
    const { reader } = state;
    const { chunked } = reader.images;
    if (chunked === undefined)
        return readWholeLayer(layer, state);
    const recipe = await reader.turns(async () => reader.troubles.isEnough() ? undefined : chunked.recipe(layer.digest, reader.call));
    if (recipe === undefined) {
        state.skipped++;
        return [];
    }
    if (recipe.kind === 'absent')
        return readWholeLayer(layer, state);
    if (recipe.kind === 'failed') {
        const finding = reader.troubles.note((0,gate_part/* unread */.gy)('recipe', layer.digest, recipe.problem));
        return [finding, ...(await readWhole(layer, 0, state, false)).findings];
    }
    const judged = await judgeChunked({ layer, recipe: recipe.value, chunked, diffIds }, reader);
    if (judged.skipped)
        state.skipped++;
    const beside = await readWhole(layer, 0, state, false);
    const findings = [...judged.findings, ...beside.findings];
    if (findings.length === 0 && !judged.skipped)
        countBlob(layer.descriptor.size ?? 0, state);
    return findings;
}
async function readWholeLayer(layer, state) {
    const { findings, size } = await readWhole(layer, 0, state);
    if (size !== undefined)
        countBlob(size, state);
    return findings;
}
/** @param isNeeded false where the part is, or may be, kept in pieces: then there need be no whole one */
async function readWhole(part, keep, state, isNeeded = true) {
    const read = await (0,gate_part/* readPart */.on)(part, keep, state.reader);
    if (read.kind === 'right')
        return { findings: [], bytes: read.bytes, size: read.size };
    if (read.kind === 'skipped')
        state.skipped++;
    if (read.kind === 'skipped' || (read.kind === 'missing' && !isNeeded))
        return { findings: [] };
    return { findings: [state.reader.troubles.note(read.finding)] };
}
function countBlob(size, state) {
    state.blobs++;
    state.bytes += size;
}
/** What the configurations of the images that this layer belongs to say it unpacks to (image-spec, config.md). */
function diffIdsOf(layer, manifests, texts) {
    const diffIds = manifests.flatMap(({ manifest: { config, layers } }) => {
        const text = config && texts.get(config.digest);
        const listed = text && (0,json/* listField */.FZ)((0,json/* objectField */.qV)((0,json/* readObject */.Ag)(text), 'rootfs'), 'diff_ids');
        if (listed?.length !== layers.length)
            return [];
        return layers.flatMap(({ digest }, index) => {
            const diffId = listed[index];
            return digest === layer.digest && typeof diffId === 'string' ? [diffId] : [];
        });
    });
    return [...new Set(diffIds)];
}
function partId({ kind, digest, descriptor }) {
    return `${kind} ${digest} ${descriptor.size ?? ''}`;
}
function conclude({ findings, manifests, attestations, blobs, bytes, skipped }) {
    const facts = { manifests: String(manifests), blobs: String(blobs), bytes: String(bytes) };
    if (findings.length === 0) {
        const of = attestations === 0 ? '' : ` (${attestations} of attestations)`;
        const message = `${count(manifests, 'manifest')}${of}, ${count(blobs, 'blob')}, ${bytes} bytes are what was signed`;
        return (0,finding/* met */.BG)('deep', message, { facts });
    }
    const rest = skipped === 0 ? [] : [(0,finding/* exempt */.Is)('deep', `${count(skipped, 'more part')} not read after these`)];
    const message = `${count(findings.length, 'part')} not right, or not read; ${count(manifests, 'manifest')} and ${count(blobs, 'blob')} are what was signed`;
    return { ...(0,algebra/* all */.Q7)('deep', [...findings, ...rest]), message, facts };
}
function count(number, what) {
    return `${number} ${what}${number === 1 ? '' : 's'}`;
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


/***/ })

};
