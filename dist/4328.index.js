export const id = 4328;
export const ids = [4328];
export const modules = {

/***/ 64328:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  pinVerified: () => (/* binding */ pinVerified)
});

// EXTERNAL MODULE: ./src/reference/reference.ts
var reference_reference = __webpack_require__(71644);
// EXTERNAL MODULE: ./src/kubernetes/image-reference.ts
var image_reference = __webpack_require__(94905);
// EXTERNAL MODULE: ./src/kubernetes/manifest.ts + 1 modules
var kubernetes_manifest = __webpack_require__(1966);
// EXTERNAL MODULE: ./src/kubernetes/place.ts
var place = __webpack_require__(53295);
;// CONCATENATED MODULE: ./src/kubernetes/pin.ts





/**
 * Writes digests behind images: `name:tag` becomes `name:tag@sha256:…`, `name` becomes `name:latest@sha256:…`, and no
 * other letter of the text changes. (Kyverno also writes the registry that is meant: `docker.io/nginx:latest@…`.) So
 * whatever the way a text is quoted, there is only something to insert. An image with this digest stays as it is.
 *
 * An image that an anchor repeats is one text: it is pinned only when all its uses are pinned, and to one digest.
 * The outcome is read again, and given back only if nothing but those images changed.
 */
function pinImages(manifest, pinnings) {
    const problems = [];
    const wanted = new Map();
    const resources = new Map(manifest.resources.map((resource, index) => [resource, index]));
    for (const { image, digest } of pinnings) {
        const suffix = suffixFor(image, digest);
        const index = resources.get(image.resource);
        const before = wanted.get(image.node);
        if (index === undefined)
            problems.push(problem(image, 'it is in another manifest'));
        else if (typeof suffix !== 'string')
            problems.push(problem(image, suffix.message));
        else if (before && before.suffix !== suffix)
            problems.push(problem(image, `an anchor (&, *) shares it with ${placeOf(before.image)}, which gets ${before.suffix}`));
        else {
            const places = before?.places ?? new Set();
            places.add(JSON.stringify([index, image.origin.path]));
            wanted.set(image.node, { suffix, places, image });
        }
    }
    for (const [node, uses] of usesOf(manifest.roots, wanted)) {
        const { image, places, suffix } = wanted.get(node) ?? { image: undefined, places: new Set(), suffix: '' };
        if (image && suffix !== '' && uses !== places.size)
            problems.push(problem(image, `an anchor (&, *) uses it at ${uses} places, and ${places.size} of them are pinned`));
    }
    if (problems.length > 0)
        return { kind: 'unpinned', problems };
    const changes = [...wanted].filter(([, { suffix }]) => suffix !== '');
    const text = inserted(manifest.text, changes);
    const after = changes.length === 0 ? manifest : (0,kubernetes_manifest/* parseManifest */.N)(manifest.file, text);
    if (isSame(manifest, after, wanted))
        return { kind: 'pinned', text, changed: changes.length };
    const message = 'the file is left as it is: to write digests into it would change more than its images';
    return { kind: 'unpinned', problems: [{ file: manifest.file, line: 1, column: 1, message }] };
}
/** What to write behind an image; nothing where the digest stands already. */
function suffixFor({ text, isWritten }, digest) {
    if (!isWritten)
        return { message: 'an image extractor makes it of another text, and back there is no way' };
    const read = (0,image_reference/* readManifestReference */.p)(text);
    if (!('reference' in read))
        return { message: read.reason };
    const { reference } = read;
    if (reference.digest === digest)
        return '';
    if (reference.digest !== undefined)
        return { message: `it is pinned to another digest, not to ${digest}` };
    return (0,reference_reference/* pin */.y_)(reference, digest).slice(text.length);
}
function placeOf({ origin }) {
    const { kind, name, path } = origin;
    return [kind, ...(name === undefined ? [] : [name]), (0,place/* pathText */.LF)(path)].join(' ');
}
function problem(image, why) {
    const { file, line, column } = image.origin;
    return { file, line, column, message: `expected to pin ${image.text} (${placeOf(image)}): ${why}` };
}
/** How often each of the scalars is met in the documents, wherever an alias or a merge key brings it. */
function usesOf(roots, of) {
    const uses = new Map();
    const visit = (node) => {
        if (node.kind === 'list')
            node.items.forEach(visit);
        else if (node.kind === 'map')
            node.entries.forEach(visit);
        else if (of.has(node))
            uses.set(node, (uses.get(node) ?? 0) + 1);
    };
    roots.forEach(visit);
    return uses;
}
function inserted(text, changes) {
    const pieces = [];
    let done = 0;
    for (const [{ tail }, { suffix }] of changes.toSorted(([a], [b]) => a.tail - b.tail)) {
        pieces.push(text.slice(done, tail), suffix);
        done = tail;
    }
    return pieces.join('') + text.slice(done);
}
/** Whether the manifests are equal but for the suffixes, aliases and all. */
function isSame(before, after, wanted) {
    const met = new Map();
    const same = (old, now) => {
        if (now === undefined)
            return false;
        const known = met.get(old);
        if (known !== undefined)
            return known === now;
        met.set(old, now);
        if (old.kind === 'scalar' && now.kind === 'scalar') {
            const suffix = wanted.get(old)?.suffix ?? '';
            return suffix === '' ? Object.is(old.value, now.value) : now.value === `${String(old.value)}${suffix}`;
        }
        if (old.kind === 'list' && now.kind === 'list')
            return (old.items.length === now.items.length &&
                old.items.every((item, index) => same(item, now.items[index])));
        if (old.kind === 'map' && now.kind === 'map')
            return (old.entries.size === now.entries.size &&
                [...old.entries].every(([key, value]) => same(value, now.entries.get(key))));
        return false;
    };
    return (before.roots.length === after.roots.length &&
        before.roots.every((root, index) => same(root, after.roots[index])) &&
        problemsOf(before) === problemsOf(after));
}
function problemsOf({ problems }) {
    return JSON.stringify(problems.map(({ kind, line, message }) => [kind, line, message]));
}

;// CONCATENATED MODULE: ./src/gate/pinning.ts


/** The manifests of a run with the digests of what was verified, and of nothing else. */
async function pinVerified({ manifests, places }, images) {
    const digests = new Map(images.flatMap(({ reference, digest, verdict }) => verdict === 'verified' && digest !== null && (0,reference_reference/* isDigest */.Bc)(digest) ? [[reference, digest]] : []));
    const pinned = [];
    const warnings = [];
    for (const manifest of manifests) {
        const own = places.flatMap(({ image, reference }) => {
            const digest = digests.get(reference);
            return digest !== undefined &&
                image.isWritten &&
                image.resource.file === manifest.file &&
                manifest.resources.includes(image.resource)
                ? [{ image, digest }]
                : [];
        });
        const outcome = pinImages(manifest, own);
        if (outcome.kind === 'pinned')
            pinned.push({ file: manifest.file, text: outcome.text, changed: outcome.changed });
        else
            warnings.push(...outcome.problems.map(({ file, line, message }) => `${file}:${line}: the manifest is not written with digests: ${message}`));
    }
    return Promise.resolve({ manifests: pinned, warnings });
}


/***/ })

};
