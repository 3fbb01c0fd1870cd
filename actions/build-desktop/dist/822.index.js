export const id = 822;
export const ids = [822];
export const modules = {

/***/ 1822:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/registry/index.ts + 14 modules
var lib_registry = __webpack_require__(281);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/failure/index.ts + 1 modules
var failure = __webpack_require__(4259);
// EXTERNAL MODULE: ./lib/action/index.ts + 44 modules
var action = __webpack_require__(8808);
;// CONCATENATED MODULE: ./actions/build-desktop/src/plan.ts
/** What is to be done, given facts. Pure: no clock, no network, no file. */


/** The repositories that the image goes to, first one first. A registry without a namespace is left out. */
function planTargets(registries, image) {
    const targets = [];
    const skipped = [];
    const notes = [];
    for (const entry of registries) {
        if ((0,action/* isSkipped */.JR)(entry)) {
            skipped.push(entry.value);
            continue;
        }
        const written = `${entry.value.replace(/\/$/, '')}/${entry.attributes['image'] ?? image}`;
        notes.push(...(0,lib_registry/* notesOnCapitals */.yx)([written]));
        targets.push({
            name: entry.value,
            repository: (0,lib_registry/* parseRepository */.SU)(written),
            optional: entry.flags.has('optional')
        });
    }
    return { targets, skipped, notes };
}
/** Name of the image: as given, else that of the repository; in lower case, as registries want it. */
function planImage(given, repository) {
    if (given !== '')
        return given.toLowerCase();
    const name = repository.split('/').at(-1) ?? '';
    return name === '' ? 'image' : name.toLowerCase();
}
/** `2026-11-23`, for the dev channel `2026-11-23-1405`, in UTC. Computed once in a run and passed on. */
function planTag(given, channel, now) {
    if (given !== '')
        return given;
    const iso = new Date(now).toISOString();
    const day = iso.slice(0, 10);
    return channel === 'dev' ? `${day}-${iso.slice(11, 13)}${iso.slice(14, 16)}` : day;
}
/** What the manifest says about where it comes from (OCI Image Specification, annotations.md). */
function planAnnotations(tag, revision, runner) {
    return {
        'org.opencontainers.image.version': tag,
        ...(revision === '' ? {} : { 'org.opencontainers.image.revision': revision }),
        ...(runner.repository === ''
            ? {}
            : { 'org.opencontainers.image.source': `${runner.serverUrl}/${runner.repository}` })
    };
}
/** May the tag be moved from other content to this? A tag of today may by hand; everything else only by force. */
function mayMoveTag(facts) {
    if (facts.force)
        return 'yes';
    // Without an event the action is run on somebody's own machine.
    const byHand = facts.eventName === 'workflow_dispatch' || facts.eventName === '';
    // Tags of the dev channel carry the time behind the date.
    const ofToday = facts.tag === facts.today || facts.tag.startsWith(`${facts.today}-`);
    return byHand && ofToday ? 'with-warning' : 'no';
}
/** Whether people who are not logged in should get the image: always, or as far as is known here, or not. */
function shouldBePublic(host, event) {
    const { repository } = event;
    const isPrivate = typeof repository === 'object' &&
        repository !== null &&
        'private' in repository &&
        repository.private === true;
    if (isPrivate)
        return 'no';
    return ['docker.io', 'ghcr.io', 'quay.io'].includes(host) ? 'yes' : 'perhaps';
}
/** Roles that may start a dev build, by the least that is asked for. */
function isAllowed(role, least) {
    const order = ['write', 'maintain', 'admin'];
    return order.indexOf(role) >= order.indexOf(least);
}
/** The arguments of `docker buildx build`. Values of secrets are not among them: buildx takes them from its environment. */
function planBuild(inputs, facts) {
    const args = ['--file', facts.dockerfilePath, '--platform', facts.platform, '--tag', facts.name, '--load'];
    if (inputs.target !== '')
        args.push('--target', inputs.target);
    for (const line of inputs.buildArgs)
        args.push('--build-arg', line);
    if (inputs.tagBuildArg !== '')
        args.push('--build-arg', `${inputs.tagBuildArg}=${facts.tag}`);
    // Builders that honour it (reproducible-builds.org) set their own times to that of the commit.
    const given = inputs.buildArgs.some((line) => line.startsWith('SOURCE_DATE_EPOCH='));
    if (facts.sourceDate !== undefined && !given)
        args.push('--build-arg', `SOURCE_DATE_EPOCH=${facts.sourceDate}`);
    for (const line of inputs.secrets) {
        const [id, variable] = split(line);
        args.push('--secret', `id=${id},env=${variable}`);
    }
    for (const line of inputs.labels)
        args.push('--label', line);
    for (const source of cacheFrom(inputs, facts.published))
        args.push('--cache-from', source);
    for (const sink of cacheTo(inputs))
        args.push('--cache-to', sink);
    if (inputs.pull)
        args.push('--pull');
    if (inputs.noCache)
        args.push('--no-cache');
    // Attestations of buildx live in an index, which the docker driver cannot load.
    args.push('--provenance=false', '--sbom=false', facts.contextPath);
    return args;
}
/** By default from the published image: a fresh runner then finds the same layers, and "unchanged" can be reached. */
function cacheFrom(inputs, published) {
    if (inputs.noCache)
        return [];
    if (inputs.cacheFrom.length > 0)
        return withoutNone(inputs.cacheFrom);
    return published === undefined ? [] : [`type=registry,ref=${published}`];
}
/** By default inside the image itself: a few KB in its configuration, and no second upload. */
function cacheTo(inputs) {
    return inputs.cacheTo.length > 0 ? withoutNone(inputs.cacheTo) : ['type=inline'];
}
function withoutNone(values) {
    return values.filter((value) => value !== 'none');
}
function split(line) {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
}

// EXTERNAL MODULE: ./lib/docker/index.ts + 7 modules
var lib_docker = __webpack_require__(4171);
// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __webpack_require__(8066);
;// CONCATENATED MODULE: ./actions/build-desktop/src/setup.ts
/** What every mode needs before it can start: names, registries, the engine, the revision. */







/** Reads names and credentials; starts nothing. @throws InputError */
async function prepare(inputs, ports) {
    const image = planImage(inputs.image, ports.runner.repository);
    const targets = planTargets(inputs.registries, image);
    const logins = [...(0,action/* readLogins */.rC)(inputs.registries, ports.runner.env)].map(([{ value }, login]) => ({
        host: (0,lib_registry/* parseRepository */.SU)(`${value.replace(/\/$/, '')}/image`).host,
        ...login
    }));
    // In the client's configuration, and in every request, the two stand together as base64.
    for (const { username, password } of logins)
        ports.log.mask(`${username}:${password}`);
    const config = (0,external_node_path_.join)(ports.runner.temp, 'docker-config');
    const env = logins.length === 0 ? {} : await (0,lib_docker/* privateDockerConfig */.C5)(ports, config, logins);
    const { http, clock, log } = ports;
    const byHost = Object.fromEntries(logins.map((login) => [login.host, login]));
    const common = { http, clock, log, signal: ports.runner.signal };
    return {
        inputs,
        ports,
        dockerEnv: env,
        docker: (0,lib_docker/* createDocker */.hC)({ exec: ports.exec, env, signal: ports.runner.signal }),
        registry: (0,lib_registry/* createRegistry */.Iq)({ ...common, credentials: (0,lib_registry/* firstOf */.Ku)((0,lib_registry/* given */.gI)(byHost), (0,lib_registry/* dockerCredentials */.d8)(ports)) }),
        publicRegistry: (0,lib_registry/* createRegistry */.Iq)({ ...common, credentials: () => Promise.resolve(undefined) }),
        image,
        tag: planTag(inputs.tag, inputs.channel, clock.now()),
        targets,
        revision: ports.runner.sha
    };
}
/** The engine answers, has buildx where it is needed, and the disk has room. */
async function preflight(setup, needs) {
    const { docker, ports, inputs } = setup;
    let engine;
    try {
        engine = await docker.engine();
    }
    catch (error) {
        if (error instanceof failure/* ToolError */.v4)
            throw error;
        throw new failure/* FindingError */.Yv((0,failure/* messageOf */.bD)(error), { cause: error });
    }
    if (needs.buildx && (await docker.buildx()) === undefined) {
        throw new failure/* FindingError */.Yv('docker buildx is not installed; on Debian and Ubuntu it is the package docker-buildx');
    }
    for (const folder of [engine.root, ports.runner.temp]) {
        const free = await freeBytes(ports, folder);
        if (free === undefined || inputs.minFree === undefined || free >= inputs.minFree)
            continue;
        throw new failure/* FindingError */.Yv(`not enough disk: ${folder} has ${(0,markdown/* bytes */.ee)(free)} free, min-free asks for ${(0,markdown/* bytes */.ee)(inputs.minFree)}. ` +
            'Remove what the job does not need (docker image prune, tool caches) or choose a larger runner.');
    }
    return engine;
}
/** undefined when the folder is on another machine or cannot be looked at. */
async function freeBytes(ports, folder) {
    try {
        const stat = await ports.fs.statfs(folder);
        return stat.bavail * stat.bsize;
    }
    catch {
        return undefined;
    }
}
/** A path of the caller below the workspace. @throws InputError when it leads out of it, is not there or another kind. */
async function insideWorkspace(ports, input, path, kind) {
    const root = (0,external_node_path_.resolve)(ports.runner.workspace);
    const full = (0,external_node_path_.resolve)(root, path);
    const refuse = (allowed, fix) => new failure/* InputError */.dz([{ input, given: path, allowed, ...(fix === undefined ? {} : { fix }) }]);
    if (full !== root && !full.startsWith(`${root}/`))
        throw refuse('a path below the workspace');
    const stat = await ports.fs.stat(full).catch(() => undefined);
    if (stat === undefined)
        throw refuse('a path that exists', `check out the repository first; looked for ${full}`);
    // A pipe or a device may stand for a file.
    if (stat.isDirectory() !== (kind === 'folder'))
        throw refuse(`the path of a ${kind}`);
    return full;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/build.ts
/** Building: buildx with the engine's own driver, for the platform of the machine. */





/** The one platform of this run. @throws InputError when there are several: each is built where it runs natively. */
function platformOf(setup, engine) {
    const [first, ...more] = setup.inputs.platforms;
    if (more.length > 0) {
        throw new failure/* InputError */.dz([
            {
                input: 'platforms',
                given: setup.inputs.platforms.join(', '),
                allowed: 'one platform for each build',
                fix: 'run one job per platform with `mode: build`, and join them with `mode: merge`'
            }
        ]);
    }
    return (0,lib_registry/* formatPlatform */.Bq)((0,lib_registry/* parsePlatform */.FL)(first ?? engine.platform));
}
async function build(setup, platform) {
    const { inputs, ports, docker } = setup;
    const contextPath = await insideWorkspace(ports, 'context', inputs.context, 'folder');
    const dockerfilePath = inputs.dockerfile === ''
        ? (0,external_node_path_.join)(contextPath, 'Dockerfile')
        : await insideWorkspace(ports, 'dockerfile', inputs.dockerfile, 'file');
    await insideWorkspace(ports, 'dockerfile', dockerfilePath, 'file');
    requireSecrets(setup);
    const primary = setup.targets.targets[0];
    const name = `neurodesk-ci/${setup.image}:${setup.tag}-${platform.replaceAll('/', '-')}`;
    const args = planBuild(inputs, {
        tag: setup.tag,
        platform,
        name,
        contextPath,
        dockerfilePath,
        published: primary === undefined ? undefined : (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(primary.repository, 'latest')),
        sourceDate: await commitTime(setup)
    });
    const started = ports.clock.now();
    // On a machine of one's own an image for each day would fill the disk.
    const image = { kind: 'image', id: name };
    ports.cleanup.register(image);
    try {
        await docker.build(args, { timeoutMs: inputs.buildTimeout });
    }
    catch (error) {
        // The client said so itself: the engine is through with it, and post has nothing to wait for.
        if (error instanceof failure/* ToolError */.v4 && error.reason === 'exit')
            ports.cleanup.release(image);
        throw error;
    }
    const facts = await docker.image(name);
    if (facts === undefined)
        throw new failure/* FindingError */.Yv(`docker buildx ended well, but the engine has no image ${name}`);
    return { name, platform, facts, durationMs: ports.clock.now() - started };
}
/** What the engine tells about an image, as something to compare. */
function comparable(facts) {
    const config = {
        os: facts.os,
        architecture: facts.architecture,
        variant: facts.variant,
        created: undefined,
        settings: facts.settings,
        diffIds: facts.diffIds,
        raw: {}
    };
    return { config };
}
function requireSecrets(setup) {
    const problems = setup.inputs.secrets.flatMap((line) => {
        const variable = line.slice(line.indexOf('=') + 1);
        return (setup.ports.runner.env[variable] ?? '') !== ''
            ? []
            : [
                {
                    input: 'secrets',
                    given: line,
                    allowed: 'a variable that is set',
                    fix: `set ${variable} in \`env:\` of the step`
                }
            ];
    });
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
}
/** Seconds since 1970 of the commit that is checked out; undefined outside of git. */
async function commitTime(setup) {
    const { exec, runner } = setup.ports;
    if ((await exec.which('git')) === undefined)
        return undefined;
    // -c: the workspace may belong to another user than the one that the step runs as.
    const result = await exec.run('git', ['-c', `safe.directory=${runner.workspace}`, 'log', '-1', '--format=%ct'], {
        cwd: runner.workspace,
        accept: 'any',
        timeoutMs: 30_000
    });
    const seconds = Number(result.stdout.trim());
    return result.exitCode === 0 && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./actions/build-desktop/src/spool.ts
/** One layer from the engine's archive to a file that can be uploaded, and uploaded again from any byte. */







/** Docker's own level: more is hardly smaller and much slower. */
const GZIP_LEVEL = 6;
/**
 * Writes the layer to `file`, compressed, and measures it on the way: one pass, constant memory. A layer that comes
 * compressed (an engine that keeps images in containerd) is kept as it is, so that its digest stays the same.
 */
async function spoolLayer(layer, file) {
    const content = (0,lib_docker/* createContentReader */.ts)();
    const unpacked = (0,external_node_crypto_.createHash)('sha256');
    const packed = new Measure();
    const compression = compressionOf(layer.beginning);
    const out = (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 });
    if (compression === undefined) {
        await (0,external_node_stream_promises_.pipeline)(layer.body, tap(unpacked, content.sink), (0,external_node_zlib_.createGzip)({ level: GZIP_LEVEL }), packed, out);
    }
    else {
        const unpack = compression === 'gzip' ? (0,external_node_zlib_.createGunzip)() : (0,external_node_zlib_.createZstdDecompress)();
        const reading = (0,external_node_stream_promises_.pipeline)(unpack, tap(unpacked, content.sink), drain());
        await Promise.all([(0,external_node_stream_promises_.pipeline)(layer.body, packed, copyTo(unpack), out), reading]);
    }
    return {
        mediaType: compression === 'zstd' ? lib_registry/* mediaTypes */.Ib.ociLayerZstd : lib_registry/* mediaTypes */.Ib.ociLayerGzip,
        digest: packed.digest(),
        size: packed.size,
        diffId: `sha256:${unpacked.digest('hex')}`,
        contentDigest: await content.digest(),
        file
    };
}
/** The spooled file as something to upload. */
function fileSource(layer) {
    return {
        digest: layer.digest,
        size: layer.size,
        open: (from) => (0,external_node_fs_.createReadStream)(layer.file, { start: from })
    };
}
function compressionOf(beginning) {
    if (beginning[0] === 0x1f && beginning[1] === 0x8b)
        return 'gzip';
    if (beginning.length >= 4 && beginning.readUInt32LE(0) === 0xfd2fb528)
        return 'zstd';
    return undefined;
}
class Measure extends external_node_stream_.Transform {
    #hash = (0,external_node_crypto_.createHash)('sha256');
    size = 0;
    _transform(chunk, _encoding, done) {
        this.#hash.update(chunk);
        this.size += chunk.length;
        done(null, chunk);
    }
    digest() {
        return `sha256:${this.#hash.digest('hex')}`;
    }
}
/** Passes bytes on, hashes them and feeds them to `sink`, as fast as both can take them. */
function tap(hash, sink) {
    return new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            hash.update(chunk);
            write(sink, chunk, () => done(null, chunk));
        },
        flush(done) {
            sink.end();
            done();
        }
    });
}
function copyTo(sink) {
    return new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            write(sink, chunk, () => done(null, chunk));
        },
        flush(done) {
            sink.end();
            done();
        }
    });
}
function write(sink, chunk, then) {
    if (sink.destroyed || sink.write(chunk)) {
        then();
        return;
    }
    const go = () => {
        sink.off('drain', go);
        sink.off('close', go);
        then();
    };
    sink.once('drain', go);
    sink.once('close', go);
}
function drain() {
    return new external_node_stream_.Writable({ write: (_chunk, _encoding, done) => done() });
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/candidate.ts
/**
 * The candidate: what was built, in the registry under its digest and under no tag. Buildx with the docker driver
 * cannot push this way, and an image that is pushed by a tag is live before it was tested; so the blobs and the
 * manifest are uploaded here, and compared with what the engine has.
 */








const SAVE_TIMEOUT_MS = 3 * 3_600_000;
/** Uploads the built image and proves that the registry has exactly it. */
async function pushCandidate(facts, ports, docker, registry) {
    const { built, repository, published } = facts;
    const known = layersByDiffId(published);
    const progress = ports.log.progress('layers', { items: built.diffIds.length });
    let uploadedBytes = 0;
    let uploadedLayers = 0;
    const store = async (layer) => {
        const named = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(layer.path)?.[1];
        const already = named === undefined ? undefined : known.get(`sha256:${named}`);
        if (already !== undefined) {
            progress.add({ items: 1 });
            return { diffId: `sha256:${named}`, descriptor: already };
        }
        const file = (0,external_node_path_.join)(ports.runner.temp, `layer-${uploadedLayers}-${layer.path.replaceAll('/', '-').slice(-80)}`);
        try {
            const spooled = await spoolLayer(layer, file);
            const published = known.get(spooled.diffId);
            if (published === undefined) {
                const outcome = await registry.pushBlob(repository, fileSource(spooled));
                if (outcome === 'uploaded') {
                    uploadedBytes += spooled.size;
                    uploadedLayers++;
                }
                ports.log.debug(`layer ${spooled.diffId}: ${(0,markdown/* bytes */.ee)(spooled.size)} ${outcome}`);
            }
            progress.add({ items: 1 });
            return {
                diffId: spooled.diffId,
                descriptor: published ?? {
                    mediaType: spooled.mediaType,
                    digest: spooled.digest,
                    size: spooled.size,
                    annotations: { [lib_registry/* CONTENT_DIGEST */.xL]: spooled.contentDigest }
                }
            };
        }
        finally {
            // One compressed layer at a time is all the room that this needs.
            await (0,promises_.rm)(file, { force: true });
        }
    };
    await ports.fs.mkdir(ports.runner.temp, { recursive: true, mode: 0o700 });
    const stream = new external_node_stream_.PassThrough();
    const reading = (0,lib_docker/* readArchive */.bL)(stream, store);
    // When reading fails the engine must not wait for ever for somebody to take its output.
    reading.catch((error) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
    const [archive, saving] = await Promise.allSettled([
        reading,
        docker.save(built.id, stream, SAVE_TIMEOUT_MS)
    ]);
    progress.end();
    if (archive.status === 'rejected')
        throw archive.reason;
    if (saving.status === 'rejected')
        throw saving.reason;
    const { config, layers, ids } = archive.value;
    prove(built, ids, config, layers);
    const configDescriptor = { mediaType: lib_registry/* mediaTypes */.Ib.ociConfig, digest: (0,lib_registry/* digestOf */.ol)(config), size: config.length };
    await registry.pushBlob(repository, (0,lib_registry/* bytesSource */.Xl)(configDescriptor.digest, config));
    const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: lib_registry/* mediaTypes */.Ib.ociManifest,
        config: configDescriptor,
        layers: layers.map((layer) => layer.descriptor),
        ...(Object.keys(facts.annotations).length === 0 ? {} : { annotations: facts.annotations })
    });
    const descriptor = await registry.pushManifest(repository, manifest, lib_registry/* mediaTypes */.Ib.ociManifest);
    // Asked back by digest: from here on nobody needs the engine to know what is going to be published.
    const reference = (0,lib_registry.at)(repository, descriptor.digest);
    const image = await registry.image(reference, (0,lib_registry/* parsePlatform */.FL)(facts.platform));
    if (image === undefined)
        throw new failure/* FindingError */.Yv(`${(0,lib_registry/* formatReference */.FH)(reference)}: the registry does not give back what it was given`);
    compareWithEngine(built, image.config.diffIds, (0,lib_registry/* formatReference */.FH)(reference));
    return {
        repository,
        descriptor,
        reference: (0,lib_registry/* formatReference */.FH)(reference),
        image,
        uploadedBytes,
        uploadedLayers
    };
}
/** The layers of the published image as OCI descriptors: a Docker type would not belong into an OCI manifest. */
function layersByDiffId(published) {
    const known = new Map();
    published?.manifest.layers.forEach((layer, index) => {
        const diffId = published.config.diffIds[index];
        const mediaType = layer.mediaType === lib_registry/* mediaTypes */.Ib.dockerLayerGzip ? lib_registry/* mediaTypes */.Ib.ociLayerGzip : layer.mediaType;
        if (diffId !== undefined && !mediaType.includes('.foreign.'))
            known.set(diffId, { ...layer, mediaType });
    });
    return known;
}
/** What the engine exported is what it built: same layers in the same order, same configuration. */
function prove(built, ids, config, layers) {
    const parsed = (0,lib_registry/* parseConfig */.o4)(config);
    const measured = layers.map((layer) => layer.diffId);
    compareWithEngine(built, measured, 'the exported layers');
    compareWithEngine(built, parsed.diffIds, 'the exported configuration');
    if (!ids.includes(built.id)) {
        throw new failure/* FindingError */.Yv(`the engine exported ${ids.join(' ')}, but built ${built.id}`);
    }
}
function compareWithEngine(built, diffIds, what) {
    if (built.diffIds.length === diffIds.length && built.diffIds.every((id, index) => id === diffIds[index]))
        return;
    throw new failure/* FindingError */.Yv(`${what}: not the image that was built. Built: ${built.diffIds.join(' ')}; found: ${diffIds.join(' ')}`);
}

// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __webpack_require__(2717);
;// CONCATENATED MODULE: ./actions/build-desktop/src/changes.ts
/** What changed against the published image, in words that a maintainer can use. Pure, but for the one question. */




/** Asks the registry for `tag` and compares. Only a plain "not there" makes the image new. */
async function detectChange(registry, repository, tag, platform, built, ignore) {
    let published;
    try {
        published = await registry.image((0,lib_registry.at)(repository, tag), (0,lib_registry/* parsePlatform */.FL)(platform));
    }
    catch (error) {
        if (isNoAnswer(error))
            return { verdict: 'unknown', because: (0,failure/* messageOf */.bD)(error) };
        throw error;
    }
    if (published === undefined)
        return { verdict: 'new' };
    const difference = (0,lib_registry/* compareImages */.qJ)({ config: published.config, layers: published.manifest.layers }, built, ignore);
    return difference.same ? { verdict: 'unchanged', published } : { verdict: 'changed', published, difference };
}
/** With the candidate's content digests the layers can be told apart: other files, or only other times. */
function refineChange(change, candidate, ignore) {
    if (change.verdict !== 'changed')
        return change;
    const { published } = change;
    return {
        ...change,
        difference: (0,lib_registry/* compareImages */.qJ)({ config: published.config, layers: published.manifest.layers }, candidate, ignore)
    };
}
/** One sentence: the output `reason`. */
function describeChange(change, size, packages) {
    switch (change.verdict) {
        case 'new':
            return 'new: no image was published before';
        case 'unchanged':
            return 'unchanged: same layers, same configuration';
        case 'unknown':
            return `unknown: ${change.because}`;
        case 'changed': {
            const { difference, published } = change;
            if ((0,lib_registry/* isOnlyTimes */.l7)(difference))
                return `times: ${count(difference.layers.length, 'layer')} with the same files, but other times`;
            const parts = [];
            if (difference.layers.length > 0)
                parts.push(describeLayers(difference));
            if (difference.fields.length > 0)
                parts.push(`configuration: ${listed(difference.fields.map((field) => field.name))}`);
            if (packages !== undefined)
                parts.push(describePackages(packages));
            if (size !== undefined)
                parts.push(`size ${signed(size.now - published.compressedSize)}`);
            return parts.join('; ');
        }
    }
}
function describeLayers(difference) {
    const content = difference.layers.filter((layer) => layer.kind !== 'times');
    const times = difference.layers.length - content.length;
    const names = listed(content.map((layer) => String(layer.index + 1)));
    const first = content.length === 0 ? [] : [`content: ${content.length === 1 ? 'layer' : 'layers'} ${names}`];
    return [...first, ...(times === 0 ? [] : [`only times: ${count(times, 'layer')}`])].join('; ');
}
function describePackages({ added, removed, updated }) {
    const parts = [
        ...(added.length === 0 ? [] : [`${added.length} added`]),
        ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
        ...(updated.length === 0 ? [] : [`${updated.length} updated`])
    ];
    return `packages: ${parts.length === 0 ? 'the same' : parts.join(', ')}`;
}
function isNoAnswer(error) {
    return (error instanceof failure/* TransientError */.N_ ||
        error instanceof http/* HttpError */.j$ ||
        error instanceof http/* HttpStatusError */.F9 ||
        error instanceof lib_registry/* ManifestError */.Sh);
}
function listed(names) {
    return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
}
function count(number, what) {
    return `${number} ${what}${number === 1 ? '' : 's'}`;
}
/** `+12 MB`, `-300 kB`. */
function signed(difference) {
    return `${difference < 0 ? '-' : '+'}${(0,markdown/* bytes */.ee)(Math.abs(difference))}`;
}

// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __webpack_require__(2751);
;// CONCATENATED MODULE: ./lib/github/failures.ts
/** GitHub's refusals, told to people: what was asked, why not, and which permission is missing. */



/** GitHub said no: the token, a permission, an unknown name. The caller's mistake, with what to do about it. */
class Refused extends failure/* InputError */.dz {
    status;
    constructor(status, problem) {
        super([problem]);
        this.status = status;
    }
}
/** GitHub found the request itself wrong (409, 422). `details` is what it said, field by field. */
class Rejected extends Error {
    name = 'Rejected';
    status;
    details;
    constructor(what, status, details) {
        super(`${what}: GitHub answered ${status}: ${details}`);
        this.status = status;
        this.details = details;
    }
}
/** A branch is no longer where it was when the change was planned. */
class Moved extends Error {
    name = 'Moved';
}
/** A file that is no text of ours: larger than what is read. */
class TooLarge extends Error {
    name = 'TooLarge';
}
function isRequestFailure(error) {
    return (error instanceof Error &&
        'status' in error &&
        typeof error.status === 'number' &&
        !(error instanceof failure/* InputError */.dz));
}
/**
 * Transient or not. `repeatable`: doing it twice is the same as doing it once; otherwise only a failure that surely
 * had no effect (a limit, no connection) is tried again.
 */
function judge(error, now, repeatable) {
    const transport = transportError(error);
    if (transport !== undefined) {
        const judgement = (0,retry/* classifyGitHub */.Id)(transport, now);
        return repeatable || transport.kind === 'refused' || transport.kind === 'dns'
            ? judgement
            : { kind: 'final' };
    }
    const judgement = (0,retry/* classifyGitHub */.Id)(error, now);
    if (repeatable || !isRequestFailure(error) || error.status < 500)
        return judgement;
    return { kind: 'final' };
}
/** True when nobody can know whether the request had its effect. */
function isUnclear(error) {
    const transport = transportError(error);
    if (transport !== undefined)
        return ['reset', 'timeout', 'protocol'].includes(transport.kind);
    return isRequestFailure(error) && error.status >= 500;
}
/** octokit wraps what its fetch threw, and calls it a 500. */
function transportError(error) {
    if (error instanceof http/* HttpError */.j$)
        return error;
    return error instanceof Error && error.cause instanceof http/* HttpError */.j$ ? error.cause : undefined;
}
/** The failure in the house's kinds. `app`: the one who asked, when it was no token that was given. */
function explain(what, error, app) {
    const transport = transportError(error);
    if (transport !== undefined) {
        return transport.kind === 'cancelled' ? transport : new failure/* TransientError */.N_(what, 1, 0, transport);
    }
    if (!isRequestFailure(error))
        return error;
    const headers = error.response?.headers ?? {};
    const said = (0,failure/* messageOf */.bD)(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '');
    const { status } = error;
    const who = app === undefined ? { input: 'token', given: '***' } : { input: 'app-id', given: app.id };
    if (status === 401) {
        return new Refused(401, {
            ...who,
            allowed: app === undefined ? 'a token that GitHub accepts' : 'an App whose tokens GitHub accepts',
            fix: app === undefined
                ? `${what} was answered 401 (${said}); the token is wrong, revoked or expired. ` +
                    'A run that takes longer than a token lasts needs `app-id` and `app-private-key`'
                : `${what} was answered 401 (${said}), with a new token as well`
        });
    }
    if ((status === 403 || status === 429) &&
        (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined)) {
        const reset = Number(headers['x-ratelimit-reset']);
        const until = Number.isFinite(reset) ? `, until ${new Date(reset * 1000).toISOString()}` : '';
        return new failure/* TransientError */.N_(what, 1, 0, new Error(`rate limit of GitHub${until}: ${said}`));
    }
    if (status === 403) {
        const needed = headers['x-accepted-github-permissions'];
        const permissions = needed === undefined ? 'the permission for it' : needed.replaceAll('=', ': ');
        return new Refused(403, {
            ...who,
            allowed: app === undefined ? `a token with ${permissions}` : `an App with ${permissions}`,
            fix: app === undefined
                ? `${what} was answered 403 (${said}); add it to \`permissions:\` of the job, or give a token that has it`
                : `${what} was answered 403 (${said}); add it to the App's permissions, and accept them where it is installed`
        });
    }
    if (status === 404) {
        return new Refused(404, {
            ...who,
            allowed: app === undefined
                ? 'a token that sees the repository, and names that exist in it'
                : 'an App that sees the repository, and names that exist in it',
            fix: `${what} was answered 404`
        });
    }
    if (status === 409 || status === 422)
        return new Rejected(what, status, said);
    if (status >= 500)
        return new failure/* TransientError */.N_(what, 1, 0, error);
    return error;
}

;// CONCATENATED MODULE: ./lib/github/tokens.ts


/** The token as it was given: when GitHub refuses it, there is no other. */
function givenToken(token) {
    return { current: async () => await Promise.resolve(token === '' ? undefined : token) };
}
/**
 * Tokens of the App's installation, each for this repository alone and with all that the App may do there.
 * `asApp` is an octokit that signs as the App.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
 */
function installationTokens(asApp, at, app, log) {
    const name = `${at.owner}/${at.repo}`;
    let installation;
    let newest = '';
    const find = async () => {
        const octokit = await asApp();
        try {
            return (await octokit.rest.apps.getRepoInstallation(at)).data.id;
        }
        catch (error) {
            // Asked again by the next request: a repository that is added to the installation meanwhile is found then.
            installation = undefined;
            throw refusedAsApp(`the installation on ${name}`, error, app, name);
        }
    };
    const fetchToken = async (refresh) => {
        const installationId = await (installation ??= find());
        const octokit = await asApp();
        try {
            const made = (await octokit.auth({
                type: 'installation',
                installationId,
                repositoryNames: [at.repo],
                refresh
            }));
            if (made.token !== newest)
                log.mask(made.token);
            newest = made.token;
            return newest;
        }
        catch (error) {
            // An App that was installed anew has another number.
            installation = undefined;
            throw refusedAsApp(`a token for ${name}`, error, app, name);
        }
    };
    let renewing;
    return {
        current: async () => await (renewing ?? fetchToken(false)),
        renew: async (refused) => {
            // Requests that were refused together share one new token.
            if (refused !== newest)
                return newest;
            log.debug(`GitHub refused the token for ${name}; asking for a new one`);
            renewing ??= fetchToken(true).finally(() => (renewing = undefined));
            return await renewing;
        }
    };
}
/**
 * Asks with the current token, and once more with a new one when GitHub answers 401 and there is one to be had. A
 * request that was answered 401 had no effect, so that writes are asked again as well.
 */
async function withToken(tokens, ask) {
    const token = await tokens.current();
    if (token === undefined)
        return await ask({});
    try {
        return await ask({ authorization: `token ${token}` });
    }
    catch (error) {
        if (tokens.renew === undefined || !isRequestFailure(error) || error.status !== 401)
            throw error;
        return await ask({ authorization: `token ${await tokens.renew(token)}` });
    }
}
/** What the App itself was refused, as a problem of its inputs: a 404 here says nothing of what was looked for. */
function refusedAsApp(what, error, app, repository) {
    if (!isRequestFailure(error))
        return error;
    const said = (0,failure/* messageOf */.bD)(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '');
    if (error.status === 404) {
        return new failure/* InputError */.dz([
            {
                input: 'app-id',
                given: app.id,
                allowed: `an App that is installed on ${repository}`,
                fix: `${what} was answered 404; install the App there, or add the repository to its installation`
            }
        ]);
    }
    if (error.status === 401 || error.status === 403 || error.status === 422) {
        return new failure/* InputError */.dz([
            {
                input: error.status === 401 ? 'app-private-key' : 'app-id',
                given: error.status === 401 ? '***' : app.id,
                allowed: error.status === 401 ? 'a private key of the App that `app-id` names' : 'an App that may act here',
                fix: `${what} was answered ${error.status} (${said})`
            }
        ]);
    }
    return error;
}

;// CONCATENATED MODULE: ./lib/github/connect.ts





/** A secondary limit asks for a minute and more: this is how long a request may take in all. */
const LIMITS = { ...retry/* DEFAULT_LIMITS */.dR, attempts: 5, totalMs: 20 * 60_000 };
/** Times after which something that was just written is looked for again. */
const SETTLE_LIMITS = { attempts: 5, totalMs: 30_000, basePauseMs: 500, maxPauseMs: 5_000 };
/** Requests for one repository: an App has a token for each. */
function connect(options, at) {
    let loaded;
    const octokit = () => (loaded ??= load(options, strategyFor(tokensFor(options, at))));
    const limits = { ...LIMITS, ...options.limits };
    const told = (what, error) => explain(what, error, options.app);
    const ask = async (what, request) => {
        try {
            return await request(await octokit());
        }
        catch (error) {
            throw told(what, error);
        }
    };
    const find = async (what, request) => {
        try {
            return await request(await octokit());
        }
        catch (error) {
            if (isMissing(error))
                return undefined;
            throw told(what, error);
        }
    };
    /** Asks again for a while where 404 is the answer: GitHub's readers follow its writers. */
    const settled = async (what, request) => {
        try {
            return await (0,retry/* retry */.L5)(what, async () => await request(await octokit()), {
                classify: (error) => (isMissing(error) ? { kind: 'retry' } : { kind: 'final' }),
                clock: options.clock,
                limits: SETTLE_LIMITS,
                log: options.log,
                ...(options.signal === undefined ? {} : { signal: options.signal })
            });
        }
        catch (error) {
            throw error instanceof failure/* TransientError */.N_ && isMissing(error.cause) ? error.cause : error;
        }
    };
    return {
        ask,
        find,
        askWritten: async (what, request) => {
            try {
                return await settled(what, request);
            }
            catch (error) {
                throw told(what, error);
            }
        },
        make: async (what, request, lookAgain, on) => {
            const started = options.clock.now();
            for (let attempt = 1;; attempt++) {
                try {
                    return on === 'written' ? await settled(what, request) : await request(await octokit());
                }
                catch (error) {
                    const isOver = attempt >= limits.attempts || options.clock.now() - started > limits.totalMs;
                    if (!isUnclear(error) || isOver)
                        throw told(what, error);
                    options.log.debug(`${what}: the answer was lost; looking whether it was done`);
                    const ceiling = Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** attempt);
                    await options.clock.sleep(Math.round((ceiling / 2) * (1 + Math.random())), options.signal);
                    const made = await lookAgain();
                    if (made !== undefined)
                        return made;
                }
            }
        }
    };
}
const isMissing = (error) => error instanceof Error && 'status' in error && error.status === 404;
function tokensFor(options, at) {
    const { app } = options;
    if (app === undefined)
        return givenToken(options.token);
    // Signs as the App, for the few addresses that take nothing else.
    const loadAsApp = async () => {
        const { createAppAuth } = await Promise.all(/* import() */[__webpack_require__.e(561), __webpack_require__.e(479)]).then(__webpack_require__.bind(__webpack_require__, 6479));
        return await load(options, {
            authStrategy: createAppAuth,
            auth: { appId: app.id, privateKey: app.privateKey }
        });
    };
    let loaded;
    return installationTokens(() => (loaded ??= loadAsApp()), at, app, options.log);
}
/** octokit's place for who asks. It is the innermost of its hooks: each attempt has the token of its time. */
function strategyFor(tokens) {
    const hook = async (request, parameters) => await withToken(tokens, async (headers) => await request({ ...parameters, headers: { ...parameters.headers, ...headers } }));
    return { authStrategy: () => Object.assign(async () => await Promise.resolve({}), { hook }) };
}
async function load(options, strategy) {
    const [{ Octokit }, { throttling }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(561), __webpack_require__.e(432)]).then(__webpack_require__.bind(__webpack_require__, 7432)),
        __webpack_require__.e(/* import() */ 856).then(__webpack_require__.bind(__webpack_require__, 6856))
    ]);
    const octokit = new (Octokit.plugin(throttling))({
        ...strategy,
        baseUrl: options.apiUrl.replace(/\/+$/, ''),
        userAgent: 'neurodesk-ci (+https://github.com/neurodesk/ci)',
        request: { fetch: fetchOver(options) },
        log: {
            debug: () => undefined,
            info: () => undefined,
            warn: (text) => options.log.debug(text),
            error: (text) => options.log.debug(text)
        },
        throttle: {
            // One write a second, one every three where people are notified.
            enabled: options.isPaced ?? isPaced(options.apiUrl),
            // Whoever is told to wait waits in the loop below, on the clock of the house.
            onRateLimit: () => false,
            onSecondaryRateLimit: () => false
        }
    });
    const limits = { ...LIMITS, ...options.limits };
    octokit.hook.wrap('request', async (request, parameters) => {
        const repeatable = isRepeatable(parameters.method, parameters.url);
        return await (0,retry/* retry */.L5)(`${parameters.method} ${parameters.url}`, async (_, signal) => {
            const response = await request({ ...parameters, request: { ...parameters.request, signal } });
            refuseHtml(response);
            return response;
        }, {
            classify: (error, now) => judge(error, now, repeatable),
            clock: options.clock,
            limits,
            log: options.log,
            ...(options.signal === undefined ? {} : { signal: options.signal })
        });
    });
    return octokit;
}
/**
 * True where GitHub asks everybody to space writes: github.com, and ghe.com for data that must stay in a region. An
 * Enterprise server of one's own has no such limits unless its owner sets them, and then it says so with Retry-After.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
function isPaced(apiUrl) {
    const host = new URL(apiUrl).hostname;
    return host === 'api.github.com' || host.endsWith('.ghe.com');
}
/**
 * Doing it twice is doing it once: reads, writes that say what shall be, objects that are named by their content, and
 * a token, of which a second one does no harm.
 */
function isRepeatable(method, route) {
    return method !== 'POST' || /\/git\/(blobs|trees|commits|tags)$|\/access_tokens$/.test(route);
}
/** A proxy's login page with status 200 is no answer of GitHub's. */
function refuseHtml(response) {
    const type = response.headers['content-type'];
    if (typeof type === 'string' && type.startsWith('text/html'))
        throw new http/* HttpError */.j$('protocol', response.url, 'a web page instead of an answer of the API');
}
const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE']);
const MAX_REDIRECTS = 3;
/** The HTTP port in the form of fetch, as far as octokit uses it. */
function fetchOver(options) {
    return async (first, init) => {
        let url = first;
        let headers = init.headers ?? {};
        for (let hop = 0;; hop++) {
            const method = init.method ?? 'GET';
            if (!METHODS.has(method))
                throw new http/* HttpError */.j$('unsupported', url, `method ${method}`);
            const answer = await options.http.request(url, {
                method: method,
                headers,
                ...(init.body === undefined || init.body === null ? {} : { body: init.body }),
                ...(options.signal === undefined ? {} : { signal: options.signal })
            });
            const location = answer.headers['location'];
            // A renamed repository answers with its new address, an asset with that of the storage. The token stays here.
            if ([301, 302, 307, 308].includes(answer.status) && location !== undefined && hop < MAX_REDIRECTS) {
                const target = new URL(location, url);
                const before = new URL(url);
                if (target.origin !== before.origin) {
                    // Not even the same host may be asked over plain http with what https has kept.
                    if (method !== 'GET' || target.protocol !== before.protocol)
                        throw new http/* HttpError */.j$('protocol', url, `redirected to ${target.protocol}//${target.host}`);
                    headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
                }
                url = target.href;
                continue;
            }
            const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
            const response = new Response(empty ? null : new Uint8Array(answer.body), {
                status: answer.status,
                headers: answer.headers
            });
            // octokit's pages are counted from the address; a Response that is made by hand has none.
            return Object.defineProperty(response, 'url', { value: url });
        }
    };
}

;// CONCATENATED MODULE: ./lib/github/git.ts

/** Commits in one page of a comparison, GitHub's most. */
const PAGE = 100;
/** A comparison with more is refused: nobody reads such notes, and it would be hundreds of requests. */
const MOST_COMMITS = 20_000;
function createGit(connection, at) {
    return {
        resolve: async (name) => {
            // Asked for its SHA alone the commit comes without its files; an unknown name is a 422 here.
            try {
                return await connection.find(`commit ${name}`, async (octokit) => {
                    const answer = await octokit.rest.repos.getCommit({ ...at, ref: name, per_page: 1 });
                    return answer.data.sha;
                });
            }
            catch (error) {
                if (error instanceof Rejected && error.status === 422)
                    return undefined;
                throw error;
            }
        },
        branch: async (name) => await connection.find(`branch ${name}`, async (octokit) => {
            const answer = await octokit.rest.git.getRef({ ...at, ref: `heads/${name}` });
            return answer.data.object.sha;
        }),
        tags: async (prefix = '') => {
            const refs = await connection.ask('tags', async (octokit) => await octokit.paginate(octokit.rest.git.listMatchingRefs, { ...at, ref: `tags/${prefix}` }));
            const found = new Map();
            for (const ref of refs) {
                const name = ref.ref.slice('refs/tags/'.length);
                found.set(name, ref.object.type === 'tag' ? await peel(connection, at, ref.object.sha) : ref.object.sha);
            }
            return found;
        },
        tag: async (name) => await findTag(connection, at, name),
        setTag: async (name, sha, expected) => await setTag(connection, at, name, sha, expected),
        mark: async (name) => await findMark(connection, at, name),
        setMark: async (name, sha) => await setMark(connection, at, name, sha),
        compare: async (base, head) => await compare(connection, at, base, head),
        changedPaths: async (sha) => await connection.ask(`files of ${sha}`, async (octokit) => {
            const answer = await octokit.rest.repos.getCommit({ ...at, ref: sha });
            return (answer.data.files ?? []).map((file) => file.filename);
        }),
        file: async (path, ref) => await connection.find(`file ${path}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getContent({ ...at, path, ref });
            if (Array.isArray(data) || data.type !== 'file')
                return undefined;
            if (data.encoding !== 'base64')
                throw new TooLarge(`${path} has ${data.size} bytes: more than 1 MB is not read as text`);
            return Buffer.from(data.content, 'base64').toString('utf8');
        }),
        commitFiles: async (plan) => await commitFiles(connection, at, plan)
    };
}
async function findTag(connection, at, name) {
    const object = await connection.find(`tag ${name}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `tags/${name}` })).data.object);
    if (object === undefined)
        return undefined;
    return object.type === 'tag' ? await peel(connection, at, object.sha) : object.sha;
}
/** A ref that is made or moved; after a lost answer the ref itself says whether it was done. */
async function setTag(connection, at, name, sha, expected) {
    const now = await findTag(connection, at, name);
    if (now === sha)
        return;
    if (now !== expected)
        throw new Moved(`tag ${name} is at ${now ?? 'no commit'}, not at ${expected ?? 'none'}`);
    if (expected === undefined) {
        await createRef(connection, { ...at, ref: `refs/tags/${name}`, sha }, `tag ${name}`, async () => findTag(connection, at, name));
        return;
    }
    await connection.askWritten(`tag ${name}`, async (octokit) => await octokit.rest.git.updateRef({ ...at, ref: `tags/${name}`, sha, force: true }));
}
/**
 * Makes a ref that was not there a moment ago. When somebody was faster, or the answer was lost, it is looked where
 * the ref is now.
 * @throws Moved when it names another commit
 */
async function createRef(connection, wanted, what, look) {
    let now;
    try {
        now = await connection.make(what, async (octokit) => (await octokit.rest.git.createRef({ ...wanted })).data.object.sha, look);
    }
    catch (error) {
        // 422 says "already exists" as well as "no such commit".
        now = error instanceof Rejected ? await look() : undefined;
        if (now === undefined)
            throw error;
    }
    if (now !== wanted.sha)
        throw new Moved(`${what} is at ${now}, not at ${wanted.sha}`);
}
const MARKS = 'neurodesk-ci';
async function findMark(connection, at, name) {
    return await connection.find(`mark ${name}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `${MARKS}/${name}` })).data.object.sha);
}
async function setMark(connection, at, name, sha) {
    const now = await findMark(connection, at, name);
    if (now === sha)
        return;
    const ref = `${MARKS}/${name}`;
    if (now === undefined) {
        try {
            await createRef(connection, { ...at, ref: `refs/${ref}`, sha }, `mark ${name}`, async () => findMark(connection, at, name));
            return;
        }
        catch (error) {
            // Another run made it meanwhile: a mark is set wherever it is.
            if (!(error instanceof Moved))
                throw error;
        }
    }
    await connection.askWritten(`mark ${name}`, async (octokit) => await octokit.rest.git.updateRef({ ...at, ref, sha, force: true }));
}
/** The commit behind an annotated tag. */
async function peel(connection, at, tag) {
    return await connection.ask(`tag ${tag}`, async (octokit) => {
        const answer = await octokit.rest.git.getTag({ ...at, tag_sha: tag });
        return answer.data.object.sha;
    });
}
async function compare(connection, at, base, head) {
    const commits = [];
    for (let page = 1;; page++) {
        const { data } = await connection.ask(`comparison ${base}...${head}`, async (octokit) => await octokit.rest.repos.compareCommitsWithBasehead({
            ...at,
            basehead: `${base}...${head}`,
            per_page: PAGE,
            page
        }));
        if (data.total_commits > MOST_COMMITS)
            throw new TooLarge(`${data.total_commits} commits between ${base} and ${head}: at most ${MOST_COMMITS} are read`);
        for (const one of data.commits) {
            commits.push({
                sha: one.sha,
                message: one.commit.message,
                parents: one.parents.map((parent) => parent.sha ?? ''),
                author: one.author !== null && 'login' in one.author && typeof one.author.login === 'string'
                    ? one.author.login
                    : undefined,
                authorName: one.commit.author?.name ?? '',
                date: one.commit.committer?.date ?? one.commit.author?.date ?? '',
                url: one.html_url
            });
        }
        if (data.commits.length === 0 || commits.length >= data.total_commits) {
            return {
                status: data.status,
                commits,
                behindBy: data.behind_by,
                mergeBase: data.merge_base_commit.sha,
                url: data.html_url
            };
        }
    }
}
/** Blobs by content in the tree itself, one commit, one ref: either all of it is there afterwards, or nothing. */
async function commitFiles(connection, at, plan) {
    const baseTree = await connection.ask(`commit ${plan.parent}`, async (octokit) => {
        const answer = await octokit.rest.git.getCommit({ ...at, commit_sha: plan.parent });
        return answer.data.tree.sha;
    });
    const tree = await connection.askWritten('tree', async (octokit) => {
        const entries = [...plan.files].map(([path, content]) => ({
            path,
            mode: '100644',
            type: 'blob',
            ...(content === null ? { sha: null } : { content })
        }));
        const answer = await octokit.rest.git.createTree({ ...at, base_tree: baseTree, tree: entries });
        return answer.data.sha;
    });
    // The files are already so: an empty commit would only make noise.
    if (tree === baseTree && plan.expected === plan.parent)
        return plan.parent;
    const commit = await connection.askWritten('commit', async (octokit) => {
        const answer = await octokit.rest.git.createCommit({
            ...at,
            message: plan.message,
            tree,
            parents: [plan.parent]
        });
        return answer.data.sha;
    });
    await setBranch(connection, at, plan, commit);
    return commit;
}
async function setBranch(connection, at, plan, commit) {
    const now = async () => await connection.find(`branch ${plan.branch}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `heads/${plan.branch}` })).data.object.sha);
    try {
        if (plan.expected === undefined) {
            await connection.make(`branch ${plan.branch}`, async (octokit) => (await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${plan.branch}`, sha: commit })).data
                .object.sha, async () => ((await now()) === commit ? commit : undefined));
            return;
        }
        if (plan.force === true && (await now()) !== plan.expected)
            throw new Moved(`${plan.branch} is no longer at ${plan.expected}`);
        await connection.askWritten(`branch ${plan.branch}`, async (octokit) => await octokit.rest.git.updateRef({
            ...at,
            ref: `heads/${plan.branch}`,
            sha: commit,
            force: plan.force ?? false
        }));
    }
    catch (error) {
        if (!(error instanceof Rejected))
            throw error;
        // Either somebody moved the branch, or the first of two answers was lost and the branch is where it should be.
        if ((await now()) === commit)
            return;
        throw new Moved(`${plan.branch} was moved by somebody else: ${error.details}`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/github/issues.ts
const MOST_ISSUES = 1000;
function createIssues(connection, at) {
    /** Issues that were opened here: GitHub's readers may not know them for a moment. */
    const made = new Set();
    const about = (number) => made.has(number) ? connection.askWritten : connection.ask;
    return {
        list: async (query) => await connection.ask('issues', async (octokit) => {
            const found = [];
            const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
                ...at,
                state: query.state,
                sort: 'updated',
                direction: 'desc',
                per_page: 100,
                ...(query.labels === undefined || query.labels.length === 0
                    ? {}
                    : { labels: query.labels.join(',') }),
                ...(query.creator === undefined ? {} : { creator: query.creator }),
                ...(query.since === undefined ? {} : { since: query.since })
            });
            const most = query.max ?? MOST_ISSUES;
            for await (const page of pages) {
                found.push(...page.data.filter((one) => one.pull_request === undefined).map(toIssue));
                if (found.length >= most)
                    break;
            }
            return found.slice(0, most);
        }),
        get: async (number) => await connection.find(`issue ${number}`, async (octokit) => toIssue((await octokit.rest.issues.get({ ...at, issue_number: number })).data)),
        create: async (issue, lookAgain) => {
            const opened = await connection.make(`issue "${issue.title}"`, async (octokit) => toIssue((await octokit.rest.issues.create({
                ...at,
                title: issue.title,
                body: issue.body,
                labels: [...issue.labels],
                assignees: [...issue.assignees]
            })).data), lookAgain);
            made.add(opened.number);
            return opened;
        },
        update: async (number, change) => await about(number)(`issue ${number}`, async (octokit) => {
            const { reason, labels, ...rest } = change;
            const answer = await octokit.rest.issues.update({
                ...at,
                issue_number: number,
                ...rest,
                ...(reason === undefined ? {} : { state_reason: reason }),
                ...(labels === undefined ? {} : { labels: [...labels] })
            });
            return toIssue(answer.data);
        }),
        comments: async (number) => await about(number)(`comments of issue ${number}`, async (octokit) => (await octokit.paginate(octokit.rest.issues.listComments, {
            ...at,
            issue_number: number,
            per_page: 100
        })).map(toComment)),
        comment: async (number, body, lookAgain) => await connection.make(`comment on issue ${number}`, async (octokit) => toComment((await octokit.rest.issues.createComment({ ...at, issue_number: number, body })).data), lookAgain, ...(made.has(number) ? ['written'] : [])),
        editComment: async (id, body) => {
            await connection.ask(`comment ${id}`, async (octokit) => await octokit.rest.issues.updateComment({ ...at, comment_id: id, body }));
        }
    };
}
function createPulls(connection, at) {
    const made = new Set();
    const from = async (head, base, state) => await connection.ask(`pull request of ${head}`, async (octokit) => {
        const answer = await octokit.rest.pulls.list({
            ...at,
            head: `${at.owner}:${head}`,
            base,
            state,
            sort: 'created',
            direction: 'desc',
            per_page: 1
        });
        return answer.data[0] === undefined ? undefined : toPull(answer.data[0]);
    });
    return {
        merged: async (since) => await connection.ask('merged pull requests', async (octokit) => {
            const found = new Map();
            const pages = octokit.paginate.iterator(octokit.rest.pulls.list, {
                ...at,
                state: 'closed',
                sort: 'updated',
                direction: 'desc',
                per_page: 100
            });
            for await (const page of pages) {
                for (const one of page.data)
                    if (one.merged_at !== null && one.merge_commit_sha !== null)
                        found.set(one.merge_commit_sha, toPull(one));
                // What was merged since then was changed since then, and the list goes back in time.
                const last = page.data.at(-1);
                if (last === undefined || last.updated_at < since)
                    break;
            }
            return found;
        }),
        from,
        open: async (pull) => {
            const opened = await connection.make(`pull request of ${pull.head}`, async (octokit) => toPull((await octokit.rest.pulls.create({ ...at, ...pull })).data), async () => await from(pull.head, pull.base, 'open'));
            made.add(opened.number);
            return opened;
        },
        update: async (number, change) => await (made.has(number) ? connection.askWritten : connection.ask)(`pull request ${number}`, async (octokit) => toPull((await octokit.rest.pulls.update({ ...at, pull_number: number, ...change })).data))
    };
}
function namesOf(labels) {
    return labels
        .map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
        .filter((name) => name !== '');
}
function toIssue(one) {
    return {
        number: one.number,
        title: one.title,
        body: one.body ?? '',
        state: one.state === 'closed' ? 'closed' : 'open',
        reason: one.state_reason ?? undefined,
        labels: namesOf(one.labels),
        author: one.user?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at,
        updatedAt: one.updated_at,
        closedAt: one.closed_at ?? undefined
    };
}
function toComment(one) {
    return {
        id: one.id,
        body: one.body ?? '',
        author: one.user?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at
    };
}
function toPull(one) {
    return {
        number: one.number,
        title: one.title,
        body: one.body ?? '',
        state: one.state === 'closed' ? 'closed' : 'open',
        labels: namesOf(one.labels),
        author: one.user?.login ?? '',
        url: one.html_url,
        mergedAt: one.merged_at ?? undefined,
        mergeCommit: one.merge_commit_sha ?? undefined
    };
}

;// CONCATENATED MODULE: ./lib/github/releases.ts

/** Most releases that are looked at; GitHub itself lists no more than 10,000. */
const MOST = 1000;
const MAX_ASSET = 8 * 1024 * 1024;
function createReleases(connection, at) {
    const text = (given) => ({
        tag_name: given.tag,
        name: given.title,
        body: given.body
    });
    return {
        list: async () => await connection.ask('releases', async (octokit) => {
            const found = [];
            for await (const page of octokit.paginate.iterator(octokit.rest.repos.listReleases, {
                ...at,
                per_page: 100
            })) {
                found.push(...page.data.map(toRelease));
                if (found.length >= MOST)
                    break;
            }
            return found.slice(0, MOST);
        }),
        get: async (id) => await connection.find(`release ${id}`, async (octokit) => toRelease((await octokit.rest.repos.getRelease({ ...at, release_id: id })).data)),
        ofTag: async (tag) => await connection.find(`release ${tag}`, async (octokit) => toRelease((await octokit.rest.repos.getReleaseByTag({ ...at, tag })).data)),
        createDraft: async (draft, lookAgain) => await connection.make(`draft release ${draft.tag}`, async (octokit) => toRelease((await octokit.rest.repos.createRelease({
            ...at,
            ...text(draft),
            target_commitish: draft.target,
            draft: true
        })).data), lookAgain),
        update: async (id, change) => await connection.askWritten(`release ${change.tag}`, async (octokit) => {
            const target = change.target === undefined ? {} : { target_commitish: change.target };
            return toRelease((await octokit.rest.repos.updateRelease({ ...at, release_id: id, ...text(change), ...target })).data);
        }),
        deleteDraft: async (id) => {
            await connection.find(`draft ${id}`, async (octokit) => await octokit.rest.repos.deleteRelease({ ...at, release_id: id }));
        },
        publish: async (id, tag) => await connection.askWritten(`publishing ${tag}`, async (octokit) => toRelease((await octokit.rest.repos.updateRelease({ ...at, release_id: id, tag_name: tag, draft: false }))
            .data)),
        download: async (asset, maxBytes = MAX_ASSET) => {
            if (asset.size > maxBytes)
                throw new TooLarge(`${asset.name} has ${asset.size} bytes, at most ${maxBytes} are read`);
            return await connection.ask(`asset ${asset.name}`, async (octokit) => {
                const answer = await octokit.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
                    ...at,
                    asset_id: asset.id,
                    headers: { accept: 'application/octet-stream' },
                    // As it is: octokit would read JSON and text in its own way.
                    request: { parseSuccessResponseBody: false }
                });
                return Buffer.from(await new Response(answer.data).arrayBuffer());
            });
        },
        upload: async (release, file) => {
            const old = release.assets.find((asset) => asset.name === file.name);
            if (old !== undefined)
                await connection.find(`asset ${file.name}`, async (octokit) => await octokit.rest.repos.deleteReleaseAsset({ ...at, asset_id: old.id }));
            const there = async () => {
                const assets = await connection.askWritten(`assets of ${release.tag}`, async (octokit) => await octokit.paginate(octokit.rest.repos.listReleaseAssets, {
                    ...at,
                    release_id: release.id,
                    per_page: 100
                }));
                return assets.some((asset) => asset.name === file.name && asset.size === file.bytes.length)
                    ? true
                    : undefined;
            };
            await connection.make(`asset ${file.name}`, async (octokit) => {
                // The host differs from the API's: GitHub names it with the release.
                const url = release.uploadUrl.replace(/\{[^}]*\}$/, '');
                await octokit.request(`POST ${url}?name=${encodeURIComponent(file.name)}`, {
                    data: file.bytes,
                    headers: { 'content-type': file.contentType }
                });
                return true;
            }, there, 'written');
        }
    };
}
function toRelease(one) {
    return {
        id: one.id,
        tag: one.tag_name,
        title: one.name ?? '',
        body: one.body ?? '',
        isDraft: one.draft,
        isPrerelease: one.prerelease,
        isImmutable: one.immutable ?? false,
        target: one.target_commitish,
        url: one.html_url,
        uploadUrl: one.upload_url,
        createdAt: one.created_at,
        publishedAt: one.published_at ?? undefined,
        assets: one.assets.map((asset) => ({
            id: asset.id,
            name: asset.name,
            size: asset.size,
            digest: asset.digest ?? undefined
        }))
    };
}

;// CONCATENATED MODULE: ./lib/github/runs.ts
function createRuns(connection, at) {
    return {
        at: async (sha, workflow) => {
            const query = { ...at, head_sha: sha, per_page: 100 };
            const found = await connection.find(`runs of ${workflow ?? 'all workflows'} at ${sha}`, async (octokit) => workflow === undefined
                ? await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, query)
                : await octokit.paginate(octokit.rest.actions.listWorkflowRuns, {
                    ...query,
                    workflow_id: workflow
                }));
            // A workflow that is not there has no runs.
            return (found ?? []).map(toRun);
        },
        of: async (workflow, branch) => ((await connection.find(`runs of ${workflow} on ${branch}`, async (octokit) => {
            const query = { ...at, workflow_id: workflow, branch, per_page: 100 };
            return (await octokit.rest.actions.listWorkflowRuns(query)).data.workflow_runs;
        })) ?? []).map(toRun),
        get: async (id) => await connection.find(`run ${id}`, async (octokit) => toRun((await octokit.rest.actions.getWorkflowRun({ ...at, run_id: id })).data)),
        jobs: async (run, attempt) => await connection.ask(`jobs of run ${run}`, async (octokit) => {
            const jobs = await octokit.paginate(octokit.rest.actions.listJobsForWorkflowRunAttempt, {
                ...at,
                run_id: run,
                attempt_number: attempt,
                per_page: 100
            });
            return jobs.map((job) => ({
                id: job.id,
                name: job.name,
                status: job.status,
                conclusion: job.conclusion ?? undefined,
                runner: job.runner_name === null || job.runner_name === '' ? undefined : job.runner_name,
                url: job.html_url ?? '',
                startedAt: job.started_at,
                completedAt: job.completed_at ?? undefined,
                steps: (job.steps ?? []).map((step) => ({
                    name: step.name,
                    status: step.status,
                    conclusion: step.conclusion ?? undefined
                }))
            }));
        }),
        annotations: async (job) => (await connection.find(`annotations of job ${job}`, async (octokit) => {
            const answer = await octokit.rest.checks.listAnnotations({ ...at, check_run_id: job, per_page: 100 });
            return answer.data.map((one) => ({
                level: one.annotation_level ?? '',
                title: one.title ?? '',
                message: one.message ?? '',
                path: one.path,
                line: one.start_line
            }));
        })) ?? [],
        dispatch: async (workflow, ref, inputs) => {
            // Nobody can see whether it had its effect: after a lost answer it is not sent a second time.
            await connection.ask(`dispatch of ${workflow}`, async (octokit) => await octokit.rest.actions.createWorkflowDispatch({
                ...at,
                workflow_id: workflow,
                ref,
                inputs: { ...inputs }
            }));
        }
    };
}
function toRun(one) {
    return {
        id: one.id,
        name: one.name ?? '',
        path: one.path,
        sha: one.head_sha,
        branch: one.head_branch ?? '',
        event: one.event,
        status: one.status ?? '',
        conclusion: one.conclusion ?? undefined,
        attempt: one.run_attempt ?? 1,
        actor: one.triggering_actor?.login ?? one.actor?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at
    };
}

;// CONCATENATED MODULE: ./lib/github/github.ts
/** GitHub as the actions see it. */






/**
 * Ready at once; octokit is loaded with the first request. Methods throw Refused (token, permission, unknown name),
 * Rejected (409, 422), Moved (a branch), TransientError (GitHub kept failing, or a rate limit that ends too late).
 */
function connectGitHub(options) {
    const known = new Map();
    return {
        repository: (name) => {
            const found = known.get(name.toLowerCase());
            if (found !== undefined)
                return found;
            const made = github_open(options, name);
            known.set(name.toLowerCase(), made);
            return made;
        }
    };
}
function github_open(options, name) {
    const [owner = '', repo = '', ...rest] = name.split('/');
    if (!isName(owner) || !isName(repo) || rest.length > 0)
        throw new failure/* InputError */.dz([{ input: 'repository', given: name, allowed: 'owner/name' }]);
    const at = { owner, repo };
    const connection = connect(options, at);
    return {
        name,
        git: createGit(connection, at),
        releases: createReleases(connection, at),
        pulls: createPulls(connection, at),
        issues: createIssues(connection, at),
        runs: createRuns(connection, at),
        about: async () => await connection.ask(`repository ${name}`, async (octokit) => {
            const { data } = await octokit.rest.repos.get(at);
            return { defaultBranch: data.default_branch, isPrivate: data.private, isArchived: data.archived };
        }),
        permissionOf: async (login) => (await connection.find(`permission of ${login}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                ...at,
                username: login
            });
            return data.permission === 'admin' || data.permission === 'write' || data.permission === 'read'
                ? data.permission
                : 'none';
        })) ?? 'none',
        roleOf: async (login) => (await connection.find(`role of ${login}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                ...at,
                username: login
            });
            // Older Enterprise servers have no role_name; an organisation's own role falls back to its base.
            const role = ROLES.find((known) => known === data.role_name);
            return role ?? ROLES.find((known) => known === data.permission) ?? 'none';
        })) ?? 'none',
        dispatchEvent: async (type, payload) => {
            await connection.ask(`event ${type}`, async (octokit) => await octokit.rest.repos.createDispatchEvent({
                ...at,
                event_type: type,
                client_payload: { ...payload }
            }));
        }
    };
}
const ROLES = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];
/** Letters, digits, `.`, `_`, `-`; never a path of its own. */
function isName(text) {
    return /^[A-Za-z0-9._-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}

;// CONCATENATED MODULE: ./lib/github/types.ts
/** GitHub's limits, in characters. */
const types_LIMITS = { releaseBody: 125_000, issueBody: 65_536, title: 256 };

;// CONCATENATED MODULE: ./lib/github/index.ts
/** GitHub: commits, files, releases, pull requests, issues, workflow runs. The only room that knows octokit. */




;// CONCATENATED MODULE: ./actions/build-desktop/src/gate.ts
/** Who may start this: a dev build by hand moves the dev image that others use, so not everybody with a fork may. */




/** @throws FindingError with who was refused and what would be needed */
async function gate(setup) {
    const { inputs, ports } = setup;
    const { runner } = ports;
    const least = inputs.allowedPermission;
    if (inputs.channel !== 'dev' || runner.eventName !== 'workflow_dispatch' || least === 'any')
        return;
    const who = runner.triggeringActor;
    if (!(0,action/* mayAsk */.Nh)(inputs) || who === '' || runner.repository === '') {
        throw new failure/* InputError */.dz([
            {
                input: !(0,action/* mayAsk */.Nh)(inputs) ? 'token' : 'allowed-permission',
                given: '',
                allowed: `what it takes to ask GitHub for the role of ${who === '' ? 'the person' : who}`,
                fix: 'give `token: ${{ github.token }}`, or `allowed-permission: any`'
            }
        ]);
    }
    const role = await gitHubRepository(setup).roleOf(who);
    if (!isAllowed(role, least)) {
        throw new failure/* FindingError */.Yv(`${who} has the role ${role} in ${runner.repository}; a dev build by hand needs ${least}. ` +
            'Nothing was built. Ask a maintainer to start it, or change `allowed-permission`.');
    }
    ports.log.info(`${who} has the role ${role}: a dev build is allowed`);
}
/** The repository that the run belongs to. Nothing is asked before a method is called. */
function gitHubRepository(setup) {
    const { http, clock, log, runner } = setup.ports;
    return connectGitHub({
        ...(0,action/* identityOf */.cu)(setup.inputs),
        apiUrl: runner.apiUrl,
        http,
        clock,
        log,
        signal: runner.signal
    }).repository(runner.repository);
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/attest.ts

const SPDX = 'https://spdx.dev/Document';
const SLSA = 'https://slsa.dev/provenance/v1';
/** An entry of an index that holds the attestations of `subject`. */
function attestationEntry(attestation, subject) {
    return {
        ...attestation,
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: {
            'vnd.docker.reference.digest': subject,
            'vnd.docker.reference.type': 'attestation-manifest'
        }
    };
}
/** Makes what the inputs ask for and stores it beside the candidate. undefined when they ask for nothing. */
async function pushAttestations(setup, candidate, packages, times) {
    const { inputs, registry } = setup;
    const statements = [];
    if (inputs.sbom) {
        statements.push({
            predicateType: SPDX,
            predicate: softwareList(setup, candidate, packages ?? [], times.finished)
        });
    }
    if (inputs.provenance)
        statements.push({ predicateType: SLSA, predicate: provenance(setup, times) });
    if (statements.length === 0)
        return undefined;
    const subject = {
        name: candidate.reference,
        digest: { sha256: candidate.descriptor.digest.replace('sha256:', '') }
    };
    const layers = [];
    const diffIds = [];
    for (const { predicateType, predicate } of statements) {
        const body = Buffer.from(JSON.stringify({
            _type: 'https://in-toto.io/Statement/v0.1',
            subject: [subject],
            predicateType,
            predicate
        }));
        const descriptor = await pushBytes(registry, candidate.repository, body, lib_registry/* mediaTypes */.Ib.inToto);
        layers.push({ ...descriptor, annotations: { 'in-toto.io/predicate-type': predicateType } });
        diffIds.push(descriptor.digest);
    }
    const config = Buffer.from(JSON.stringify({
        architecture: 'unknown',
        os: 'unknown',
        config: {},
        rootfs: { type: 'layers', diff_ids: diffIds }
    }));
    const manifest = JSON.stringify({
        schemaVersion: 2,
        mediaType: lib_registry/* mediaTypes */.Ib.ociManifest,
        config: await pushBytes(registry, candidate.repository, config, lib_registry/* mediaTypes */.Ib.ociConfig),
        layers
    });
    return await registry.pushManifest(candidate.repository, manifest, lib_registry/* mediaTypes */.Ib.ociManifest);
}
/** The attestations of a published image, in the index that it was found in; undefined when there are none. */
async function findAttestation(registry, repository, published) {
    const top = await registry.manifest((0,lib_registry.at)(repository, published.top.digest));
    if (top?.manifest.kind !== 'index')
        return undefined;
    return top.manifest.manifests.find((one) => one.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' &&
        one.annotations['vnd.docker.reference.digest'] === published.descriptor.digest);
}
/** Stores an index over images that are in the repository. */
async function pushIndex(registry, repository, entries, annotations) {
    const images = entries.map(({ image, platform }) => ({ ...plain(image), platform }));
    const attestations = entries.flatMap(({ image, attestation }) => attestation === undefined ? [] : [attestationEntry(plain(attestation), image.digest)]);
    const index = JSON.stringify({
        schemaVersion: 2,
        mediaType: lib_registry/* mediaTypes */.Ib.ociIndex,
        manifests: [...images, ...attestations],
        ...(Object.keys(annotations).length === 0 ? {} : { annotations })
    });
    return await registry.pushManifest(repository, index, lib_registry/* mediaTypes */.Ib.ociIndex);
}
function plain({ mediaType, digest, size }) {
    return { mediaType, digest, size };
}
async function pushBytes(registry, repository, body, mediaType) {
    const descriptor = { mediaType, digest: (0,lib_registry/* digestOf */.ol)(body), size: body.length };
    await registry.pushBlob(repository, (0,lib_registry/* bytesSource */.Xl)(descriptor.digest, body));
    return descriptor;
}
/** https://spdx.github.io/spdx-spec/v2.3/ */
function softwareList(setup, candidate, packages, now) {
    const id = (index) => `SPDXRef-Package-${index}`;
    return {
        spdxVersion: 'SPDX-2.3',
        dataLicense: 'CC0-1.0',
        SPDXID: 'SPDXRef-DOCUMENT',
        name: `${setup.image} ${setup.tag}`,
        documentNamespace: `https://neurodesk.org/ci/sbom/${setup.image}/${candidate.descriptor.digest.replace(':', '-')}`,
        creationInfo: {
            created: `${new Date(now).toISOString().slice(0, 19)}Z`,
            creators: ['Tool: neurodesk-ci-build-desktop']
        },
        packages: packages.map((one, index) => ({
            SPDXID: id(index),
            name: one.name,
            versionInfo: one.version,
            downloadLocation: 'NOASSERTION',
            filesAnalyzed: false,
            externalRefs: [
                {
                    referenceCategory: 'PACKAGE-MANAGER',
                    referenceType: 'purl',
                    referenceLocator: `pkg:${one.kind}/${one.name}@${encodeURIComponent(one.version)}${one.architecture === '' ? '' : `?arch=${one.architecture}`}`
                }
            ]
        })),
        relationships: packages.map((_, index) => ({
            spdxElementId: 'SPDXRef-DOCUMENT',
            relationshipType: 'DESCRIBES',
            relatedSpdxElement: id(index)
        }))
    };
}
/** https://slsa.dev/spec/v1.0/provenance; unsigned: whoever needs a signature signs the digest. */
function provenance(setup, times) {
    const { inputs, ports, revision } = setup;
    const { runner } = ports;
    const source = runner.repository === '' ? '' : `git+${runner.serverUrl}/${runner.repository}`;
    return {
        buildDefinition: {
            buildType: 'https://github.com/neurodesk/ci/actions/build-desktop',
            externalParameters: {
                context: inputs.context,
                dockerfile: inputs.dockerfile === '' ? 'Dockerfile' : inputs.dockerfile,
                target: inputs.target,
                buildArgs: inputs.buildArgs,
                tag: setup.tag,
                ref: runner.ref
            },
            internalParameters: { workflow: runner.workflow, event: runner.eventName },
            resolvedDependencies: revision === '' ? [] : [{ uri: source, digest: { gitCommit: revision } }]
        },
        runDetails: {
            builder: { id: `${runner.serverUrl}/${runner.repository}` },
            metadata: {
                invocationId: `${runner.serverUrl}/${runner.repository}/actions/runs/${runner.runId}/attempts/${runner.runAttempt}`,
                startedOn: new Date(times.started).toISOString(),
                finishedOn: new Date(times.finished).toISOString()
            }
        }
    };
}

// EXTERNAL MODULE: ./lib/files/index.ts + 1 modules
var lib_files = __webpack_require__(3265);
;// CONCATENATED MODULE: ./actions/build-desktop/src/digests.ts
/** The files that carry a build from job to job: one per platform, in a folder that travels as an artifact. */




const DIGEST_SCHEMA = 'https://neurodesk.org/ci/digest-1.json';
const MAX_BYTES = 64 * 1024;
/** Writes the file of one platform and says where. */
async function writeDigest(ports, folder, file) {
    await ports.fs.mkdir(folder, { recursive: true });
    const path = (0,external_node_path_.join)(folder, `${file.platform.replaceAll('/', '-')}.json`);
    await (0,lib_files/* replaceFile */.fR)(ports, path, `${JSON.stringify(file, null, 2)}\n`);
    return path;
}
/**
 * Reads every `*.json` below the folder, also in folders that artifacts made; all of them must belong together.
 * @throws FindingError that names every file that is wrong
 */
async function readDigests(ports, folder) {
    const names = (await ports.fs.readdir(folder, { recursive: true }))
        .map(String)
        .filter((name) => name.endsWith('.json'));
    const problems = [];
    const files = [];
    for (const name of names.sort()) {
        const path = (0,external_node_path_.join)(folder, name);
        const { size } = await ports.fs.stat(path);
        const parsed = size > MAX_BYTES ? `larger than ${MAX_BYTES} bytes` : parseDigest(await ports.fs.readFile(path, 'utf8'));
        if (typeof parsed === 'string')
            problems.push(`${name}: ${parsed}`);
        else
            files.push(parsed);
    }
    if (names.length === 0)
        problems.push('no file');
    for (const key of ['image', 'repository', 'revision']) {
        const values = [...new Set(files.map((file) => file[key]))];
        if (values.length > 1)
            problems.push(`different ${key}: ${values.join(', ')}`);
    }
    const platforms = files.map((file) => file.platform);
    for (const twice of new Set(platforms.filter((one, index) => platforms.indexOf(one) !== index))) {
        problems.push(`${twice} more than once`);
    }
    if (problems.length > 0)
        throw new failure/* FindingError */.Yv(`the folder of digests ${folder}: ${problems.join('; ')}`);
    return files;
}
/** The file, or what is wrong with it. Comes from an artifact: nothing in it is believed unchecked. */
function parseDigest(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return 'no JSON';
    }
    if (typeof value !== 'object' || value === null)
        return 'no JSON object';
    const { schema, image, platform, tag, revision, repository, digest, attestation, changed, reason } = value;
    if (schema !== DIGEST_SCHEMA)
        return `not of the schema ${DIGEST_SCHEMA}`;
    const texts = { image, platform, tag, revision, repository, digest, attestation, reason };
    for (const [name, text] of Object.entries(texts))
        if (typeof text !== 'string')
            return `${name} is no text`;
    const given = texts;
    if (typeof changed !== 'boolean')
        return 'changed is neither true nor false';
    if (!(0,lib_registry/* isDigest */.Bc)(given.digest))
        return 'digest is no digest';
    if (given.attestation !== '' && !(0,lib_registry/* isDigest */.Bc)(given.attestation))
        return 'attestation is no digest';
    if (!(0,lib_registry/* isTag */.dz)(given.tag))
        return 'tag is no tag';
    if (given.revision !== '' && !/^[0-9a-f]{7,64}$/.test(given.revision))
        return 'revision is no commit';
    try {
        if ((0,lib_registry/* formatPlatform */.Bq)((0,lib_registry/* parsePlatform */.FL)(given.platform)) !== given.platform)
            return 'platform is not written as os/architecture';
        (0,lib_registry/* parseRepository */.SU)(given.repository);
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    return { schema: DIGEST_SCHEMA, ...given, changed };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/git-tag.ts
/** The git tag of a published build: one ref through the API, never `git push --force --tags`. */


/** Makes the tag at the commit that was built; moves it only by force, and never from under a release. */
async function setGitTag(setup) {
    const { inputs, ports, tag, revision } = setup;
    const left = (message, hint) => ({
        outcome: 'left',
        findings: [{ id: 'desktop-git-tag', subject: tag, severity: 'warning', message, hint }]
    });
    if (revision === '' || ports.runner.repository === '') {
        return left('no commit is known, so no git tag was made', 'Run in a workflow of the repository.');
    }
    const repository = gitHubRepository(setup);
    try {
        const now = await repository.git.tag(tag);
        if (now === revision)
            return { outcome: 'there', findings: [] };
        if (now !== undefined && !inputs.forcePush) {
            return left(`the git tag is at ${now.slice(0, 12)}, not at ${revision.slice(0, 12)}`, 'Give `force-push: true` to move it.');
        }
        if (now !== undefined && (await repository.releases.ofTag(tag)) !== undefined) {
            return left('a release uses the git tag, so it stays where it is', 'Publish under another tag.');
        }
        await repository.git.setTag(tag, revision, now);
        return { outcome: now === undefined ? 'made' : 'moved', findings: [] };
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        // The image is published; that its tag is missing in git must not look as if it were not.
        return left(`no git tag was made: ${(0,failure/* messageOf */.bD)(error)}`, 'The token needs contents: write.');
    }
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/packages.ts
/** Which packages changed: the built image's own database against the software list of the published image. */





const MAX_LIST = 32 * 1024 * 1024;
/** Packages of an image in the engine; undefined where they cannot be had. */
async function packagesOf(setup, image) {
    const container = `neurodesk-ci-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    const resource = (0,lib_docker/* containerResource */._4)(container, image);
    setup.ports.cleanup.register(resource);
    try {
        return await setup.docker.packages(image, container);
    }
    catch (error) {
        setup.ports.runner.signal.throwIfAborted();
        setup.ports.log.debug(`no list of packages: ${(0,failure/* messageOf */.bD)(error)}`);
        return undefined;
    }
    finally {
        await removed(setup, container, resource);
    }
}
/** What cannot be removed now, as in a run that is cancelled, stays registered for the clean-up. */
async function removed(setup, container, resource) {
    try {
        await setup.docker.removeContainer(container);
        setup.ports.cleanup.release(resource);
    }
    catch (error) {
        setup.ports.log.debug(`${container} is left for the clean-up: ${(0,failure/* messageOf */.bD)(error)}`);
    }
}
/** The packages that an attestation of the published image lists; undefined when there is none. */
async function publishedPackages(registry, repository, published) {
    const entry = await findAttestation(registry, repository, published);
    const attestation = entry === undefined ? undefined : await registry.manifest((0,lib_registry.at)(repository, entry.digest));
    if (attestation?.manifest.kind !== 'image')
        return undefined;
    const list = attestation.manifest.layers.find((layer) => layer.annotations?.['in-toto.io/predicate-type']?.startsWith('https://spdx.dev/') === true);
    if (list === undefined)
        return undefined;
    const statement = JSON.parse((await registry.blob(repository, list, MAX_LIST)).toString('utf8'));
    return readList(statement);
}
/** Name and version of every package in an SPDX document inside of an in-toto statement. */
function readList(statement) {
    const predicate = statement?.predicate;
    if (!Array.isArray(predicate?.packages))
        return undefined;
    const found = new Map();
    for (const one of predicate.packages) {
        const { name, versionInfo } = (one ?? {});
        if (typeof name === 'string' && typeof versionInfo === 'string')
            found.set(name, versionInfo);
    }
    return found;
}
/** Pure. */
function comparePackages(before, now) {
    const current = new Map(now.map((one) => [one.name, one.version]));
    const names = [...new Set([...before.keys(), ...current.keys()])].sort();
    const shown = (name, version) => `${name} ${version ?? ''}`;
    return {
        added: names.filter((name) => !before.has(name)).map((name) => shown(name, current.get(name))),
        removed: names.filter((name) => !current.has(name)).map((name) => shown(name, before.get(name))),
        updated: names
            .filter((name) => before.has(name) && current.has(name) && before.get(name) !== current.get(name))
            .map((name) => `${name} ${before.get(name)} -> ${current.get(name)}`)
    };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/publish.ts
/** Publishing: copies by digest first, tags last and together, so that no tag ever points at half a release. */




/**
 * Brings the image to all targets and then sets the tags. A failure of a target that is not optional keeps every
 * tag of every target where it is; one that comes only while tags are set keeps all that come after it.
 */
async function publish(facts, registry, publicRegistry, ports) {
    const done = new Map();
    for (const target of facts.targets)
        done.set(target, await bring(facts, target, registry, ports));
    const isBroken = () => [...done.values()].some((one) => one.status === 'failed' && !one.target.optional);
    if (isBroken()) {
        return [...done.values()].map((one) => one.status === 'published' ? { ...one, status: 'held' } : one);
    }
    // All date tags before the first one that moves: who follows latest finds the date tag of the same image.
    for (const tag of facts.tags) {
        if (isBroken())
            break;
        for (const one of [...done.values()]) {
            if (one.status === 'published')
                done.set(one.target, await publish_setTag(one, tag, registry, ports));
        }
    }
    const finished = [];
    for (const one of done.values())
        finished.push(await lookAsPublic(one, facts, publicRegistry, ports));
    return finished;
}
async function bring(facts, target, registry, ports) {
    const empty = { target, tags: [], bytes: 0, publicAccess: undefined };
    if ((0,lib_registry/* formatRepository */.zW)(target.repository) === (0,lib_registry/* formatRepository */.zW)(facts.from)) {
        return { ...empty, status: 'published', message: 'built here' };
    }
    try {
        const { bytes: moved, counts } = await registry.copy((0,lib_registry.at)(facts.from, facts.digest), target.repository);
        const message = moved === 0 ? (counts.mounted > 0 ? 'mounted' : 'was there') : `${(0,markdown/* bytes */.ee)(moved)} copied`;
        return { ...empty, status: 'published', bytes: moved, message };
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        return { ...empty, status: 'failed', message: (0,failure/* messageOf */.bD)(error) };
    }
}
async function publish_setTag(one, tag, registry, ports) {
    try {
        await registry.tag((0,lib_registry.at)(one.target.repository, tag.digest), tag.name);
        return { ...one, tags: [...one.tags, tag.name] };
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        return { ...one, status: 'failed', message: `tag ${tag.name}: ${(0,failure/* messageOf */.bD)(error)}` };
    }
}
/** Asks as somebody who is not logged in: registries that make new repositories private do not tell. */
async function lookAsPublic(one, facts, publicRegistry, ports) {
    if (one.status !== 'published' || shouldBePublic(one.target.repository.host, ports.runner.event) === 'no')
        return one;
    try {
        const found = await publicRegistry.manifest((0,lib_registry.at)(one.target.repository, facts.digest));
        return { ...one, publicAccess: found === undefined ? 'no' : 'yes' };
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        // A registry that is busy has not said that it is private.
        return { ...one, publicAccess: (0,lib_registry/* isRefusal */.vu)(error) ? 'no' : undefined };
    }
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/story.ts
/** A story that has not begun; told on with `{ ...story, … }`. */
function beginStory(setup, platforms) {
    return {
        setup,
        platforms,
        buildMs: undefined,
        change: undefined,
        changedBefore: undefined,
        because: undefined,
        packages: undefined,
        subject: undefined,
        uploadedBytes: 0,
        smoke: { profiles: [], screenshots: [] },
        scans: [],
        publications: [],
        gitTag: undefined,
        digestFile: '',
        findings: []
    };
}
/** True when the run has to end here: an error, or something that is not known. */
function isBlocked(findings) {
    return findings.some((finding) => finding.severity === 'error' || finding.severity === 'unknown');
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/tagged.ts
/** What is under today's tag already: an earlier run of the day, or the other half of one that broke off. */




/** Looks for the tag with all platforms at every target. A tag that lacks a platform counts as not there. */
async function lookForTag(registry, targets, tag, platforms) {
    return await Promise.all(targets.map(async (target) => {
        try {
            const found = await registry.manifest((0,lib_registry.at)(target.repository, tag));
            if (found === undefined)
                return { target, descriptor: undefined, unknown: undefined };
            const complete = await hasPlatforms(registry, target, tag, found.manifest.kind === 'index' ? (0,lib_registry/* runnable */.as)(found.manifest) : undefined, platforms);
            return { target, descriptor: complete ? found.descriptor : undefined, unknown: undefined };
        }
        catch (error) {
            return { target, descriptor: undefined, unknown: (0,failure/* messageOf */.bD)(error) };
        }
    }));
}
async function hasPlatforms(registry, target, tag, entries, platforms) {
    for (const platform of platforms) {
        const wanted = (0,lib_registry/* parsePlatform */.FL)(platform);
        const there = entries === undefined
            ? (await registry.image((0,lib_registry.at)(target.repository, tag), wanted)) !== undefined
            : entries.some((entry) => entry.platform !== undefined && (0,lib_registry/* samePlatform */.my)(entry.platform, wanted));
        if (!there)
            return false;
    }
    return true;
}
/** Everything tagged: nothing to do. Some: copy to the others. None, or not known: build. Pure. */
function planSkip(tagged) {
    const source = tagged.find((one) => one.descriptor !== undefined);
    if (source === undefined)
        return { step: 'build' };
    const digest = source.descriptor?.digest;
    const missing = tagged.filter((one) => one.descriptor === undefined && one.unknown === undefined);
    const others = tagged.filter((one) => one.descriptor !== undefined && one.descriptor.digest !== digest);
    if (others.length > 0)
        return { step: 'build' };
    return missing.length === 0
        ? { step: 'nothing', source }
        : { step: 'copy', source, to: missing.map((one) => one.target) };
}
/** The image under today's tag, when it is the one that was built: then there is nothing to upload. */
async function sameUnderTag(setup, repository, built) {
    const image = await imageUnderTag(setup, repository, built.platform);
    if (image === undefined || !isSame(image, built))
        return undefined;
    const reference = (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(repository, image.descriptor.digest));
    return { repository, descriptor: image.descriptor, reference, image, uploadedBytes: 0, uploadedLayers: 0 };
}
/** Other content under the tag that this run would set: may it be moved? Asked before anything is uploaded. */
async function judgeTags(setup, targets, built) {
    // A job that builds one platform of several sets no tag.
    if (setup.inputs.mode !== 'all')
        return [];
    const findings = [];
    for (const target of targets) {
        const image = await imageUnderTag(setup, target.repository, built.platform);
        if (image !== undefined && !isSame(image, built))
            findings.push(...judgeMove(setup, target));
    }
    return findings;
}
/** What is to be said about moving the tag at a registry from other content. */
function judgeMove(setup, target) {
    const { inputs, ports, tag } = setup;
    const today = planTag('', 'release', ports.clock.now());
    const verdict = mayMoveTag({ tag, today, eventName: ports.runner.eventName, force: inputs.forcePush });
    if (verdict === 'yes')
        return [];
    // The tag is another one tomorrow.
    const subject = target.name;
    return verdict === 'with-warning'
        ? [
            {
                id: 'desktop-tag-moved',
                subject,
                severity: 'warning',
                message: `the tag ${tag} had other content, and moves to this build`
            }
        ]
        : [
            {
                id: 'desktop-tag-taken',
                subject,
                severity: 'error',
                message: `the tag ${tag} has other content already`,
                hint: 'Start the workflow by hand to move a tag of today, or give `force-push: true`.'
            }
        ];
}
async function imageUnderTag(setup, repository, platform) {
    return await setup.registry.image((0,lib_registry.at)(repository, setup.tag), (0,lib_registry/* parsePlatform */.FL)(platform));
}
/** Nothing is left out here: under one tag there is one content, dates included. */
function isSame(image, built) {
    return (0,lib_registry/* compareImages */.qJ)({ config: image.config }, comparable(built.facts)).same;
}

// EXTERNAL MODULE: ./actions/build-desktop/src/platform-tag.ts
var platform_tag = __webpack_require__(7699);
;// CONCATENATED MODULE: ./actions/build-desktop/src/tags.ts
/** Which tags a published image gets, and in which order. Pure, but for the question who lags behind. */


/** All tags of a new build, in the order in which they are set. */
function tagsOf(setup, digest, images) {
    return [{ name: setup.tag, digest }, ...movingTags(setup.inputs, digest, images)];
}
/** The tags that always name the newest build: those of the platforms, then `latest`. */
function movingTags(inputs, digest, images) {
    if (!inputs.latest)
        return [];
    const ofPlatforms = images.map((one) => ({ name: (0,platform_tag/* platformTag */.o)(one.platform), digest: one.digest }));
    return [...(inputs.platformTags ? ofPlatforms : []), { name: 'latest', digest }];
}
/** The targets where one of these tags is missing or points elsewhere. */
async function lagging(setup, tags, targets) {
    const behind = [];
    for (const target of targets) {
        const found = await Promise.all(tags.map(async (tag) => (await setup.registry.resolve((0,lib_registry.at)(target.repository, tag.name)))?.digest));
        if (found.some((digest, index) => digest !== tags[index]?.digest))
            behind.push(target);
    }
    return behind;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/publishing.ts
/** The last steps of a run: hand the build on to another job, publish it, or bring a mirror up to date. */












/** `skip-if-tagged`: the story of a run that has nothing to build; undefined when there is something. */
async function skipStory(story, writable) {
    const { setup, platforms } = story;
    const { inputs, registry, tag } = setup;
    if (!inputs.skipIfTagged || inputs.forcePush || writable.length === 0)
        return undefined;
    const tagged = await lookForTag(registry, writable, tag, platforms);
    const plan = planSkip(tagged);
    if (plan.step === 'build' || plan.source.descriptor === undefined)
        return undefined;
    const { digest } = plan.source.descriptor;
    const from = plan.source.target.repository;
    const subject = { digest, reference: (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(from, digest)), images: [] };
    const there = `${tag} is at ${plan.step === 'nothing' ? 'every registry' : plan.source.target.name} already`;
    if (inputs.mode === 'build')
        return await passOnTagged({ ...story, because: there, subject }, from);
    // Whoever put `latest` to another image meant it, and it stays there. One that is gone was lost.
    const latest = inputs.latest ? await registry.resolve((0,lib_registry.at)(from, 'latest')) : undefined;
    const isLatest = inputs.latest && (latest === undefined || latest.digest === digest);
    const images = isLatest ? await imagesUnder(story, from, digest) : [];
    if (plan.step === 'nothing') {
        if (!isLatest)
            return { ...story, because: there, subject };
        const known = tagged.filter((one) => one.unknown === undefined).map((one) => one.target);
        const publications = await bringUpToDate(story, from, digest, images, known);
        const behind = publications.map((one) => one.target.name).join(', ');
        const because = behind === '' ? there : `${there}; \`latest\` was missing or behind at ${behind}`;
        return { ...story, because, subject, publications };
    }
    const because = `${tag} is at ${plan.source.target.name} already, and is copied from there`;
    if (inputs.dryRun)
        return { ...story, because, subject, publications: planned(plan.to) };
    const tags = isLatest ? tagsOf(setup, digest, images) : [{ name: tag, digest }];
    const publications = await send(story, { from, digest, targets: plan.to, tags });
    return { ...story, because, subject, publications };
}
/** The images of the run's platforms in an index that is there; the image itself where there is no index. */
async function imagesUnder({ setup, platforms }, repository, digest) {
    const found = await Promise.all(platforms.map(async (platform) => ({
        platform,
        image: await setup.registry.image((0,lib_registry.at)(repository, digest), (0,lib_registry/* parsePlatform */.FL)(platform))
    })));
    return found.flatMap(({ platform, image }) => image === undefined ? [] : [{ platform, digest: image.descriptor.digest }]);
}
/** The job that merges finds the image of this platform under the tag, and finds out itself what is left to copy. */
async function passOnTagged(story, repository) {
    const { setup, platforms } = story;
    const platform = platforms[0] ?? '';
    const image = await setup.registry.image((0,lib_registry.at)(repository, setup.tag), (0,lib_registry/* parsePlatform */.FL)(platform));
    if (image === undefined)
        return story;
    const attestation = (await findAttestation(setup.registry, repository, image))?.digest ?? '';
    const { digest } = image.descriptor;
    const carried = { repository, platform, digest, attestation, changed: false, reason: story.because ?? '' };
    return { ...story, digestFile: await leaveDigest(setup, carried) };
}
async function leaveDigest(setup, carried) {
    const { tag, revision, image } = setup;
    const repository = (0,lib_registry/* formatRepository */.zW)(carried.repository);
    return await writeDigest(setup.ports, digestsOf(setup), {
        schema: DIGEST_SCHEMA,
        image,
        tag,
        revision,
        ...carried,
        repository
    });
}
function digestsOf({ inputs, ports }) {
    return inputs.digests === ''
        ? (0,external_node_path_.join)(ports.runner.temp, 'digests')
        : (0,external_node_path_.join)(ports.runner.workspace, inputs.digests);
}
/** A folder that cannot be made is told before an hour of building, not after it. */
async function openDigests(setup) {
    await setup.ports.fs.mkdir(digestsOf(setup), { recursive: true });
}
/** `mode: build`: the digest goes into a file for the jobs that test and merge. */
async function passOn(story, built, candidate) {
    const { setup, change, subject } = story;
    const { registry } = setup;
    if (change === undefined || subject === undefined || subject.digest === '')
        return story;
    let repository;
    let digest;
    let attestation;
    if (candidate !== undefined) {
        repository = candidate.repository;
        digest = candidate.descriptor.digest;
        attestation = (await attest(story, built, candidate))?.digest ?? '';
    }
    else if (change.verdict === 'unchanged' && setup.targets.targets[0] !== undefined) {
        repository = setup.targets.targets[0].repository;
        digest = change.published.descriptor.digest;
        attestation = (await findAttestation(registry, repository, change.published))?.digest ?? '';
    }
    else
        return story;
    const changed = change.verdict !== 'unchanged';
    const reason = describeChange(change);
    const carried = { repository, platform: built.platform, digest, attestation, changed, reason };
    const digestFile = await leaveDigest(setup, carried);
    return { ...story, digestFile };
}
/** `mode: all`: publishes the candidate when tests and scan let it pass. */
async function publishStory(story, built, candidate, writable) {
    const { setup } = story;
    if (isBlocked(story.findings) || story.scans.some((scan) => !scan.passed))
        return story;
    if (setup.inputs.dryRun)
        return { ...story, publications: planned(writable) };
    if (candidate === undefined)
        return story;
    return await setup.ports.log.group('Publish', async () => {
        const attestation = await attest(story, built, candidate);
        const digest = attestation === undefined
            ? candidate.descriptor.digest
            : (await wrap(story, candidate, attestation)).digest;
        const subject = {
            digest,
            reference: (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(candidate.repository, digest)),
            images: [candidate.image]
        };
        const publications = await send(story, {
            from: candidate.repository,
            digest,
            targets: writable,
            tags: tagsOf(setup, digest, [{ platform: built.platform, digest: candidate.descriptor.digest }])
        });
        return await withGitTag({ ...story, subject, publications });
    });
}
/** Nothing changed; a registry that missed an earlier run, or a tag of it, gets what the first registry has. */
async function repairMirrors(story, change, writable) {
    const { setup, platforms } = story;
    const [primary] = setup.targets.targets;
    if (primary === undefined || isBlocked(story.findings))
        return story;
    const { top, descriptor } = change.published;
    const images = platforms.map((platform) => ({ platform, digest: descriptor.digest }));
    const publications = await bringUpToDate(story, primary.repository, top.digest, images, writable);
    return { ...story, publications };
}
/** Sends an image that is published already to those targets whose moving tags do not name it. */
async function bringUpToDate(story, from, digest, images, writable) {
    const { setup } = story;
    const tags = movingTags(setup.inputs, digest, images);
    const behind = await lagging(setup, tags, writable);
    if (behind.length === 0)
        return [];
    return setup.inputs.dryRun ? planned(behind) : await send(story, { from, digest, targets: behind, tags });
}
async function withGitTag(story) {
    const done = story.publications.some((one) => one.status === 'published') && !story.publications.some(isBroken);
    if (!story.setup.inputs.gitTag || !done)
        return story;
    const gitTag = await setGitTag(story.setup);
    return { ...story, gitTag, findings: [...story.findings, ...gitTag.findings] };
}
async function send(story, facts) {
    const { registry, publicRegistry, ports } = story.setup;
    return await publish(facts, registry, publicRegistry, ports);
}
function planned(targets) {
    return targets.map((target) => ({
        target,
        status: 'would-publish',
        tags: [],
        bytes: 0,
        message: 'dry run',
        publicAccess: undefined
    }));
}
/** Findings of what happened at the registries. Pure. */
function judgePublications(publications) {
    return publications.flatMap((one) => {
        const subject = one.target.name;
        if (one.status === 'failed') {
            const hint = one.target.optional
                ? 'It is optional; the next run brings it up to date.'
                : 'The next run goes on from here.';
            return [
                {
                    id: 'desktop-not-published',
                    subject,
                    severity: one.target.optional ? 'warning' : 'error',
                    message: one.message,
                    hint
                }
            ];
        }
        if (one.publicAccess !== 'no')
            return [];
        const severity = ['docker.io', 'ghcr.io', 'quay.io'].includes(one.target.repository.host)
            ? 'warning'
            : 'notice';
        const hint = 'Registries such as quay.io and ghcr.io make new repositories private: make it public in its settings.';
        return [
            { id: 'desktop-not-public', subject, severity, message: 'who is not logged in cannot pull it', hint }
        ];
    });
}
function isBroken(one) {
    return one.status === 'failed' && !one.target.optional;
}
async function attest(story, built, candidate) {
    const { setup } = story;
    const { inputs, ports } = setup;
    if (!inputs.sbom && !inputs.provenance)
        return undefined;
    const packages = inputs.sbom ? await packagesOf(setup, built.facts.id) : undefined;
    if (inputs.sbom && packages === undefined)
        ports.log.warning('no package database was found in the image: the software list is empty');
    const finished = ports.clock.now();
    return await pushAttestations(setup, candidate, packages, {
        started: finished - built.durationMs,
        finished
    });
}
/** Attestations live beside the image in an index. */
async function wrap(story, candidate, attestation) {
    const { setup } = story;
    const entry = { image: candidate.descriptor, platform: candidate.image.platform, attestation };
    const annotations = planAnnotations(setup.tag, setup.revision, setup.ports.runner);
    return await pushIndex(setup.registry, candidate.repository, [entry], annotations);
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/rights.ts
/** Where may we push? Asked before the build: an hour later is late to learn that a password is wrong. */


async function askRights(setup) {
    return await Promise.all(setup.targets.targets.map(async (target) => await askRight(setup, target)));
}
async function askRight(setup, target) {
    const { registry, ports, inputs } = setup;
    try {
        const loggedIn = await registry.loggedIn(target.repository.host);
        // The question itself starts an upload, and a dry run leaves nothing at anybody's.
        const writable = inputs.dryRun
            ? await isReadable(registry, target)
            : await registry.canPush(target.repository);
        if (writable)
            return { target, status: 'writable', message: '' };
        return loggedIn
            ? {
                target,
                status: 'refused',
                message: 'the registry refuses the login, or the login may not push there'
            }
            : { target, status: 'not-logged-in', message: 'nobody is logged in, so nothing can be pushed' };
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        return { target, status: 'unreachable', message: (0,failure/* messageOf */.bD)(error) };
    }
}
/** A dry run can only see whether the registry answers. */
async function isReadable(registry, target) {
    try {
        await registry.resolve({ ...target.repository, tag: 'latest', digest: undefined });
        return true;
    }
    catch (error) {
        if ((0,lib_registry/* isRefusal */.vu)(error))
            return false;
        throw error;
    }
}
/** What somebody has to look at. A fork is nobody's fault, and an optional registry is a warning at most. */
function judgeRights(rights) {
    const someWritable = rights.some((right) => right.status === 'writable');
    return rights.flatMap((right) => {
        const { target, status, message } = right;
        const subject = target.name;
        switch (status) {
            case 'writable':
                return [];
            case 'refused':
                return [
                    {
                        id: 'desktop-push-refused',
                        subject,
                        severity: target.optional ? 'warning' : 'error',
                        message,
                        hint: 'Check user and password; on ghcr.io the job needs packages: write.'
                    }
                ];
            case 'unreachable':
                return [
                    {
                        id: 'desktop-registry-silent',
                        subject,
                        severity: target.optional ? 'warning' : 'unknown',
                        message,
                        hint: 'Run again when the registry answers.'
                    }
                ];
            case 'not-logged-in':
                // With another registry writable this is no fork, but a login that was forgotten.
                return [
                    {
                        id: 'desktop-not-logged-in',
                        subject,
                        severity: someWritable && !target.optional ? 'error' : 'notice',
                        message,
                        hint: 'Log in before this step, or name the variables with username-env= and password-env=.'
                    }
                ];
        }
    });
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/scan.ts
/** The scan: a command of the caller's, on the candidate by digest, before any tag is moved. */

/** In findings; without the digest, which is another one after each build: it is one matter all the same. */
function scanSubject({ image }) {
    return image.replace(/@sha256:[0-9a-f]{64}$/, '');
}
/** Runs the scanner on every image; a scanner that could not run has not passed anything. */
async function scanImages(setup, images) {
    const { inputs, ports } = setup;
    const results = [];
    for (const image of images) {
        const [command = '', ...args] = inputs.scan.map((part) => part.replaceAll('{image}', image));
        results.push(await ports.log.group(`Scan ${image}`, async () => {
            const tail = [];
            try {
                await ports.exec.run(command, args, {
                    timeoutMs: inputs.scanTimeout,
                    env: setup.dockerEnv,
                    echo: true,
                    signal: ports.runner.signal,
                    onLine: (line) => {
                        tail.push(line);
                        if (tail.length > 200)
                            tail.shift();
                    }
                });
                return { image, passed: true, message: 'ended with exit code 0', output: tail.join('\n') };
            }
            catch (error) {
                ports.runner.signal.throwIfAborted();
                if (!(error instanceof failure/* ToolError */.v4))
                    throw error;
                const message = error.reason === 'exit'
                    ? `${command} ended with exit code ${error.exitCode}`
                    : ((0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? '');
                return { image, passed: false, message, output: tail.join('\n') };
            }
        }));
    }
    return results;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/merge.ts
/** `mode: merge`: one index over what other jobs built and tested, published everywhere. */












async function merge(given) {
    const { inputs, ports } = given;
    const files = await readDigests(ports, await insideWorkspace(ports, 'digests', inputs.digests, 'folder'));
    requirePlatforms(files, inputs.platforms);
    const setup = { ...given, tag: chooseTag(files, given) };
    const home = homeOf(files, setup);
    const rights = await askRights(setup);
    const writable = rights.filter((right) => right.status === 'writable').map((right) => right.target);
    let story = {
        ...beginStory(setup, files.map((file) => file.platform)),
        findings: judgeRights(rights),
        because: files.map((file) => `${file.platform}: ${file.reason}`).join('; ')
    };
    if (isBlocked(story.findings))
        return story;
    const skipped = await skipStory(story, writable);
    if (skipped !== undefined)
        return skipped;
    if (!writable.some((target) => (0,lib_registry/* formatRepository */.zW)(target.repository) === (0,lib_registry/* formatRepository */.zW)(home))) {
        return { ...story, because: 'nothing can be pushed from here' };
    }
    const images = await Promise.all(files.map(async (file) => await imageOf(setup, home, file)));
    if (await isPublished(setup, home, files)) {
        const digest = (await setup.registry.resolve((0,lib_registry.at)(home, 'latest')))?.digest ?? '';
        const subject = { digest, reference: (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(home, digest)), images };
        const because = 'unchanged: every platform is published already';
        const publications = await bringUpToDate(story, home, digest, files, writable);
        return { ...story, because, subject, publications };
    }
    if (inputs.scan.length > 0) {
        const references = files.map((file) => (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(home, file.digest)));
        story = { ...story, scans: await scanImages(setup, references) };
        if (story.scans.some((scan) => !scan.passed))
            return story;
    }
    if (inputs.dryRun)
        return { ...story, publications: planned(writable) };
    const entries = await Promise.all(files.map(async (file, index) => await entryOf(setup, home, file, images[index])));
    const annotations = planAnnotations(setup.tag, setup.revision, ports.runner);
    const { digest } = await pushIndex(setup.registry, home, entries, annotations);
    story = { ...story, subject: { digest, reference: (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(home, digest)), images } };
    story = { ...story, findings: [...story.findings, ...(await judgeTakenTags(setup, digest, writable))] };
    if (isBlocked(story.findings))
        return story;
    const publications = await ports.log.group('Publish', async () => await send(story, { from: home, digest, targets: writable, tags: tagsOf(setup, digest, files) }));
    return await withGitTag({ ...story, publications });
}
/** A platform that is missing must not be published as if it had never been: its build failed. */
function requirePlatforms(files, wanted) {
    const there = files.map((file) => file.platform);
    const missing = wanted
        .map((text) => (0,lib_registry/* formatPlatform */.Bq)((0,lib_registry/* parsePlatform */.FL)(text)))
        .filter((platform) => !there.includes(platform));
    if (missing.length > 0) {
        throw new failure/* FindingError */.Yv(`no digest for ${missing.join(', ')}: the build failed or its artifact is missing. There are ${there.join(', ')}. Nothing was published.`);
    }
}
/** The tag of the builds. When midnight fell between them the earlier day is the day of the run. */
function chooseTag(files, setup) {
    if (setup.inputs.tag !== '')
        return setup.inputs.tag;
    const tags = [...new Set(files.map((file) => file.tag))].sort();
    if (tags.length > 1) {
        setup.ports.log.warning(`the builds have different tags (${tags.join(', ')}); ${tags[0]} is taken. Give \`tag\` to all jobs to prevent this.`);
    }
    return tags[0] ?? setup.tag;
}
/** Where the builds are. An artifact may not send us to a repository that the caller did not name. */
function homeOf(files, setup) {
    const name = files[0]?.repository ?? '';
    const known = setup.targets.targets.map((target) => (0,lib_registry/* formatRepository */.zW)(target.repository));
    if (!known.includes(name))
        throw new failure/* FindingError */.Yv(`the builds are in ${name}, which is not among the registries (${known.join(', ')})`);
    return (0,lib_registry/* parseRepository */.SU)(name);
}
async function imageOf(setup, home, file) {
    const image = await setup.registry.image((0,lib_registry.at)(home, file.digest), (0,lib_registry/* parsePlatform */.FL)(file.platform));
    if (image === undefined)
        throw new failure/* FindingError */.Yv(`${(0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(home, file.digest))}: the registry has no image for ${file.platform} there`);
    return image;
}
async function entryOf(setup, home, file, image) {
    if (image === undefined)
        throw new failure/* FindingError */.Yv(`${file.platform}: no image`);
    const attestation = file.attestation === '' ? undefined : await setup.registry.resolve((0,lib_registry.at)(home, file.attestation));
    if (file.attestation !== '' && attestation === undefined) {
        throw new failure/* FindingError */.Yv(`${file.platform}: its attestations ${file.attestation} are not in the registry`);
    }
    return { image: image.descriptor, platform: image.platform, attestation };
}
/** True when nothing changed and `latest` has exactly these images. */
async function isPublished(setup, home, files) {
    if (setup.inputs.forcePush || files.some((file) => file.changed))
        return false;
    const latest = await setup.registry.manifest((0,lib_registry.at)(home, 'latest'));
    if (latest === undefined)
        return false;
    const there = latest.manifest.kind === 'index'
        ? (0,lib_registry/* runnable */.as)(latest.manifest).map((entry) => entry.digest)
        : [latest.descriptor.digest];
    const ours = files.map((file) => file.digest);
    return there.length === ours.length && ours.every((digest) => there.includes(digest));
}
async function judgeTakenTags(setup, digest, writable) {
    const findings = [];
    for (const target of writable) {
        const now = await setup.registry.resolve((0,lib_registry.at)(target.repository, setup.tag));
        if (now !== undefined && now.digest !== digest)
            findings.push(...judgeMove(setup, target));
    }
    return findings;
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/raw.ts
/** Values as YAML gives them, after the schema: their types are right, and they may be missing. Pure. */

function texts(value) {
    return Array.isArray(value) ? value.map(String) : [];
}
function optional(value) {
    return typeof value === 'string' ? value : undefined;
}
function milliseconds(value, byDefault) {
    return (0,action/* duration */.p0)(byDefault).parse(optional(value) ?? byDefault);
}
function bytes(value) {
    return typeof value === 'string' ? (0,action/* size */.Ej)('').parse(value) : undefined;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/read-check.ts
/** One check of a smoke file, with its defaults and a name for people. Pure. */

/** @param raw has exactly one kind of check, which the schema has seen to */
function readCheck(raw, refuse) {
    const kind = Object.keys(raw).find((key) => key !== 'name');
    const body = raw[kind];
    const pattern = (key) => {
        const source = body[key];
        if (typeof source !== 'string')
            return undefined;
        try {
            return new RegExp(source, 'm');
        }
        catch (error) {
            refuse([kind, key], error instanceof Error ? error.message : String(error));
            return undefined;
        }
    };
    const contains = optional(body['contains']);
    const user = optional(body['user']);
    const within = (byDefault) => milliseconds(body['within'], byDefault);
    const name = optional(raw['name']) ?? describe(kind, body);
    const port = body['port'];
    const path = optional(body['path']) ?? '/';
    switch (kind) {
        case 'http':
            return {
                kind,
                name,
                withinMs: within('30s'),
                port,
                path,
                status: body['status'] ?? 200,
                contains,
                matches: pattern('matches')
            };
        case 'websocket':
            return {
                kind,
                name,
                withinMs: within('30s'),
                port,
                path,
                protocol: optional(body['protocol']),
                receives: optional(body['receives'])
            };
        case 'command':
            return {
                kind,
                name,
                withinMs: within('60s'),
                run: texts(body['run']),
                user,
                env: body['env'] ?? {},
                exit: body['exit'] ?? 0,
                contains,
                matches: pattern('matches'),
                junit: optional(body['junit'])
            };
        case 'process':
            return { kind, name, withinMs: within('10s'), program: optional(body['name']) ?? '', user };
        case 'file':
            return {
                kind,
                name,
                withinMs: 30_000,
                path,
                type: optional(body['type']),
                owner: optional(body['owner']),
                group: optional(body['group']),
                mode: optional(body['mode']),
                absent: body['absent'] === true
            };
        case 'log': {
            const check = {
                kind,
                name,
                withinMs: within('10s'),
                contains,
                matches: pattern('matches'),
                never: pattern('never')
            };
            if (contains === undefined && check.matches === undefined && check.never === undefined) {
                refuse([kind], 'needs contains, matches or never');
            }
            return check;
        }
        case 'healthy':
            return { kind, name, withinMs: within('120s') };
        case 'screenshot':
            return {
                kind,
                name,
                withinMs: within('60s'),
                port,
                path,
                waitFor: optional(body['wait-for']),
                leastColours: body['least-colours'] ?? 16,
                mostOfOneColour: body['most-of-one-colour'] ?? 97
            };
    }
}
function describe(kind, body) {
    switch (kind) {
        case 'http':
        case 'websocket':
        case 'screenshot':
            return `${kind} ${String(body['port'])}${optional(body['path']) ?? '/'}`;
        case 'command':
            return `command ${texts(body['run']).join(' ').slice(0, 80)}`;
        case 'process':
            return `process ${optional(body['name']) ?? ''}`;
        case 'file':
            return `file ${optional(body['path']) ?? ''}`;
        case 'log':
            return `log ${['contains', 'matches', 'never']
                .filter((key) => key in body)
                .map((key) => `${key} ${String(body[key])}`)
                .join(', ')}`;
        case 'healthy':
            return 'health check';
    }
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/read-profile.ts
/** One profile of a smoke file, with its defaults. Pure. */



/** @param raw is what the schema allows; `refuse` gets what it cannot see */
function readProfile(name, raw, refuse) {
    const ports = raw['ports'] ?? [];
    const startUp = raw['start-up'];
    const needsPort = (port, path) => {
        if (!ports.includes(port))
            refuse(path, `uses port ${port}, which is not among the profile's ports`);
    };
    if (startUp !== undefined)
        needsPort(startUp['port'], ['start-up']);
    const platforms = texts(raw['platforms']).flatMap((text, index) => {
        try {
            return [(0,lib_registry/* formatPlatform */.Bq)((0,lib_registry/* parsePlatform */.FL)(text))];
        }
        catch {
            refuse(['platforms', index], `${text} is no platform`);
            return [];
        }
    });
    const mounts = [
        ...texts(raw['binds']).map((text) => ['binds', text]),
        ...texts(raw['volumes']).map((text) => ['volumes', text])
    ];
    for (const [field, text] of mounts) {
        if (!/^[^:]+:\/[^:]*(:(ro|rw|shared|rshared|slave|rslave|z|Z)(,[a-z]+)*)?$/.test(text ?? '')) {
            refuse([field ?? ''], `${text} is not SOURCE:/path or SOURCE:/path:ro`);
        }
    }
    return {
        name,
        platforms,
        user: optional(raw['user']),
        env: raw['env'] ?? {},
        hostname: optional(raw['hostname']),
        ports,
        shmSize: bytes(raw['shm-size']),
        memoryLimit: bytes(raw['memory-limit']),
        privileged: raw['privileged'] === true,
        capabilities: texts(raw['capabilities']),
        dropCapabilities: texts(raw['drop-capabilities']),
        securityOptions: texts(raw['security-options']),
        devices: texts(raw['devices']),
        binds: texts(raw['binds']),
        volumes: texts(raw['volumes']),
        tmpfs: texts(raw['tmpfs']),
        files: raw['files'] ?? {},
        readOnly: raw['read-only'] === true,
        init: raw['init'] === true,
        entrypoint: optional(raw['entrypoint']),
        arguments: texts(raw['arguments']),
        startUp: startUp === undefined
            ? undefined
            : {
                port: startUp['port'],
                path: optional(startUp['path']) ?? '/',
                withinMs: milliseconds(startUp['within'], '120s')
            },
        mostMemory: bytes(raw['most-memory']),
        mustRun: raw['must-run'] !== false,
        checks: raw['checks'].map((check, index) => {
            const read = readCheck(check, (path, message) => refuse(['checks', index, ...path], message));
            if ('port' in read)
                needsPort(read.port, ['checks', index]);
            return read;
        })
    };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/schema.ts
const schema_text = { type: 'string', minLength: 1, maxLength: 4096 };
const port = { type: 'integer', minimum: 1, maximum: 65_535 };
const duration = {
    type: 'string',
    pattern: '^[0-9]{1,9}(\\.[0-9]{1,3})?(s|m|h)$',
    description: 'A number with s, m or h.'
};
const size = {
    type: 'string',
    pattern: '^[0-9]{1,12}(\\.[0-9]{1,3})? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$',
    description: 'A number with B, kB, MB, GB, KiB, MiB or GiB.'
};
const command = {
    type: 'array',
    items: { type: 'string', maxLength: 65_536 },
    minItems: 1,
    maxItems: 200
};
const textList = { type: 'array', items: schema_text, maxItems: 200 };
const env = {
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 65_536 },
    description: 'Values are texts: quote numbers.'
};
const pathInContainer = { type: 'string', pattern: '^/[^\\u0000]*$', maxLength: 4096 };
const pattern = { ...schema_text, description: 'A regular expression of JavaScript, with the flag m.' };
const checks = {
    http: {
        type: 'object',
        description: 'The container answers an HTTP request.',
        required: ['port'],
        additionalProperties: false,
        properties: {
            port,
            path: { type: 'string', pattern: '^/', maxLength: 4096, default: '/' },
            status: { type: 'integer', minimum: 100, maximum: 599, default: 200 },
            contains: schema_text,
            matches: pattern,
            within: {
                ...duration,
                default: '30s',
                description: 'It may take this long until the answer is as asked.'
            }
        }
    },
    websocket: {
        type: 'object',
        description: 'The container takes a WebSocket (RFC 6455), as noVNC and Jupyter need it.',
        required: ['port', 'path'],
        additionalProperties: false,
        properties: {
            port,
            path: { type: 'string', pattern: '^/', maxLength: 4096 },
            protocol: { ...schema_text, description: 'Subprotocol to ask for, such as binary.' },
            receives: { ...schema_text, description: 'The first message starts with this, such as RFB for a VNC server.' },
            within: { ...duration, default: '30s' }
        }
    },
    command: {
        type: 'object',
        description: 'A command inside of the container. Arguments, no shell: give ["sh", "-c", "…"] where one is needed.',
        required: ['run'],
        additionalProperties: false,
        properties: {
            run: command,
            user: schema_text,
            env,
            exit: { type: 'integer', minimum: 0, maximum: 255, default: 0 },
            contains: { ...schema_text, description: 'stdout or stderr has this text.' },
            matches: pattern,
            junit: {
                ...pathInContainer,
                description: 'The command writes a JUnit report here; its tests count one by one, and no test at all is a failure.'
            },
            within: { ...duration, default: '60s' }
        }
    },
    process: {
        type: 'object',
        description: 'A process runs in the container.',
        required: ['name'],
        additionalProperties: false,
        properties: {
            name: {
                ...schema_text,
                description: 'Name of the program, as in /proc/PID/comm or as the last part of its path.'
            },
            user: { ...schema_text, description: 'Number or name of the user that it runs as.' },
            within: { ...duration, default: '10s' }
        }
    },
    file: {
        type: 'object',
        description: 'A file is there, with this owner and these rights.',
        required: ['path'],
        additionalProperties: false,
        properties: {
            path: pathInContainer,
            type: { enum: ['file', 'directory', 'symlink', 'socket', 'device'] },
            owner: { ...schema_text, description: 'Name or number.' },
            group: { ...schema_text, description: 'Name or number.' },
            mode: { type: 'string', pattern: '^[0-7]{3,4}$', description: 'Octal, as a text: "0755".' },
            absent: { type: 'boolean', description: 'true: it must not be there.' }
        }
    },
    log: {
        type: 'object',
        description: 'What the container printed so far.',
        additionalProperties: false,
        properties: {
            contains: schema_text,
            matches: pattern,
            never: { ...pattern, description: 'No line matches this.' },
            within: { ...duration, default: '10s' }
        }
    },
    healthy: {
        type: 'object',
        description: "The image's own health check says healthy.",
        additionalProperties: false,
        properties: { within: { ...duration, default: '120s' } }
    },
    screenshot: {
        type: 'object',
        description: 'A picture of the page in Chromium; untested where there is none.',
        required: ['port'],
        additionalProperties: false,
        properties: {
            port,
            path: { type: 'string', pattern: '^/', maxLength: 4096, default: '/' },
            'wait-for': { ...schema_text, description: 'A JavaScript expression that is true when the page is ready.' },
            'least-colours': {
                type: 'integer',
                minimum: 1,
                maximum: 100_000,
                default: 16,
                description: 'A blank or broken page has few colours, a desktop has many.'
            },
            'most-of-one-colour': {
                type: 'integer',
                minimum: 1,
                maximum: 100,
                default: 97,
                description: 'Per cent of the picture that one colour may fill.'
            },
            within: { ...duration, default: '60s' }
        }
    }
};
const check = {
    type: 'object',
    description: 'Exactly one kind of check, and a name for it if you like.',
    additionalProperties: false,
    properties: { name: schema_text, ...checks },
    oneOf: Object.keys(checks).map((kind) => ({ required: [kind] }))
};
const profile = {
    type: 'object',
    description: 'One way to start the image, in the words of docker run.',
    required: ['checks'],
    additionalProperties: false,
    properties: {
        description: schema_text,
        platforms: { ...textList, description: 'Only on these, such as linux/amd64. Default: all.' },
        user: { ...schema_text, description: '--user' },
        env,
        hostname: { type: 'string', pattern: '^[a-zA-Z0-9][a-zA-Z0-9.-]*$', maxLength: 253 },
        ports: {
            type: 'array',
            items: port,
            maxItems: 100,
            description: 'Ports of the container that checks talk to; they are published on free ports of loopback.'
        },
        'shm-size': size,
        'memory-limit': { ...size, description: '--memory' },
        privileged: { type: 'boolean', default: false },
        capabilities: { ...textList, description: '--cap-add' },
        'drop-capabilities': { ...textList, description: '--cap-drop' },
        'security-options': { ...textList, description: '--security-opt, such as apparmor:unconfined.' },
        devices: {
            ...textList,
            description: '--device. A device that the machine does not have makes the profile untested.'
        },
        binds: { ...textList, description: 'FOLDER:/path[:ro]; FOLDER is below the workspace, or absolute.' },
        volumes: { ...textList, description: 'NAME:/path; made anew for the profile and removed afterwards.' },
        tmpfs: {
            type: 'array',
            items: { type: 'string', pattern: '^/[^:,\\u0000]*(:[A-Za-z0-9=,]+)?$', maxLength: 4096 },
            maxItems: 200,
            description: '--tmpfs /path[:options], such as /home/jovyan:exec,mode=1777: an empty folder of its own.'
        },
        files: {
            type: 'object',
            propertyNames: { pattern: '^/[^:,\\u0000]+$' },
            additionalProperties: { type: 'string', maxLength: 65_536 },
            description: 'Text by path: files that the container finds there, to read only, such as an /etc/passwd.'
        },
        'read-only': { type: 'boolean', default: false },
        init: { type: 'boolean', default: false },
        entrypoint: schema_text,
        arguments: { ...command, minItems: 0, description: 'What follows the image on the command line.' },
        'start-up': {
            type: 'object',
            description: 'When the container counts as started. Without it: when it runs.',
            required: ['port'],
            additionalProperties: false,
            properties: {
                port,
                path: { type: 'string', pattern: '^/', maxLength: 4096, default: '/' },
                within: { ...duration, default: '120s', description: 'Longer is a failure.' }
            }
        },
        'most-memory': { ...size, description: 'The container may use this much when all checks are done.' },
        'must-run': {
            type: 'boolean',
            default: true,
            description: 'false: the container may end by itself, with exit code 0.'
        },
        checks: { type: 'array', items: check, minItems: 1, maxItems: 200 }
    }
};
const smokeSchema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://neurodesk.org/ci/smoke-1.json',
    title: 'Smoke test of a desktop image',
    type: 'object',
    required: ['profiles'],
    additionalProperties: false,
    properties: {
        $schema: { type: 'string' },
        profiles: {
            type: 'object',
            minProperties: 1,
            propertyNames: { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
            additionalProperties: profile
        }
    }
};

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/validate.ts
/** As much of JSON Schema (draft 7) as our schemas use. Says everything that is wrong, each with where it is. Pure. */
/** All violations of `schema` in `value`; [] when there are none. */
function validate(schema, value, path = []) {
    if (schema.enum !== undefined) {
        return schema.enum.includes(value)
            ? []
            : [{ path, message: `is not one of ${schema.enum.join(', ')}` }];
    }
    switch (schema.type) {
        case 'object':
            return isObject(value) ? validateObject(schema, value, path) : [{ path, message: 'is not a mapping' }];
        case 'array':
            return Array.isArray(value) ? validateArray(schema, value, path) : [{ path, message: 'is not a list' }];
        case 'string':
            return typeof value === 'string'
                ? validateText(schema, value, path)
                : [{ path, message: 'is not a text (quote it)' }];
        case 'integer':
            return validateInteger(schema, value, path);
        case 'boolean':
            return typeof value === 'boolean' ? [] : [{ path, message: 'is neither true nor false' }];
        case undefined:
            return [];
    }
}
function validateObject(schema, value, path) {
    const found = [];
    const known = schema.properties ?? {};
    for (const name of schema.required ?? []) {
        if (!(name in value))
            found.push({ path, message: `lacks ${name}` });
    }
    if (Object.keys(value).length < (schema.minProperties ?? 0))
        found.push({ path, message: 'is empty' });
    for (const [name, inner] of Object.entries(value)) {
        const at = [...path, name];
        if (schema.propertyNames !== undefined && !new RegExp(schema.propertyNames.pattern).test(name)) {
            found.push({ path: at, message: `is no name: ${schema.propertyNames.pattern}` });
        }
        const own = Object.hasOwn(known, name) ? known[name] : undefined;
        if (own !== undefined)
            found.push(...validate(own, inner, at));
        else if (typeof schema.additionalProperties === 'object')
            found.push(...validate(schema.additionalProperties, inner, at));
        else if (schema.additionalProperties === false) {
            found.push({ path: at, message: `is not known here; known: ${Object.keys(known).join(', ')}` });
        }
    }
    if (schema.oneOf !== undefined) {
        const names = schema.oneOf.map((choice) => choice.required[0] ?? '');
        const given = names.filter((name) => name in value);
        if (given.length !== 1)
            found.push({
                path,
                message: `has ${given.length === 0 ? 'none' : given.join(' and ')} of ${names.join(', ')}; exactly one is meant`
            });
    }
    return found;
}
function validateArray(schema, value, path) {
    const found = [];
    if (value.length < (schema.minItems ?? 0))
        found.push({ path, message: `has ${value.length} entries, at least ${schema.minItems} are needed` });
    if (value.length > (schema.maxItems ?? Infinity))
        found.push({ path, message: `has ${value.length} entries, at most ${schema.maxItems} are allowed` });
    const { items } = schema;
    if (items !== undefined)
        value.forEach((inner, index) => found.push(...validate(items, inner, [...path, index])));
    return found;
}
function validateText(schema, value, path) {
    if (value.length < (schema.minLength ?? 0))
        return [{ path, message: 'is empty' }];
    if (value.length > (schema.maxLength ?? Infinity))
        return [{ path, message: `is longer than ${schema.maxLength} characters` }];
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
        return [{ path, message: schema.description ?? `does not match ${schema.pattern}` }];
    }
    return [];
}
function validateInteger(schema, value, path) {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    const fine = typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
    return fine ? [] : [{ path, message: `is no whole number from ${minimum} to ${maximum}` }];
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/file.ts
/** From the YAML text of a smoke file to its profiles: parsed, held against the schema, read. Pure. */





/** Larger files are refused: YAML is read as a whole. */
const file_MAX_BYTES = 1024 * 1024;
/**
 * Reads a smoke file.
 * @param name of the file, for messages
 * @throws InputError with every problem and the line that it is on
 */
function readSmokeFile(source, name) {
    if (Buffer.byteLength(source) > file_MAX_BYTES) {
        throw new failure/* InputError */.dz([
            { input: 'smoke-file', given: name, allowed: `a file of at most ${file_MAX_BYTES} bytes` }
        ]);
    }
    const lines = new dist/* LineCounter */.HN();
    // Aliases are counted below: a small file could otherwise unfold to gigabytes.
    const document = (0,dist/* parseDocument */.Tp)(source, { lineCounter: lines, version: '1.2', uniqueKeys: true });
    if (document.errors.length > 0) {
        throw new failure/* InputError */.dz(document.errors.map((error) => problem(name, lines.linePos(error.pos[0]).line, error.message.split('\n', 1)[0] ?? '', 'YAML 1.2')));
    }
    const value = document.toJS({ maxAliasCount: 100 });
    const lineOf = (path) => {
        for (let length = path.length; length >= 0; length--) {
            const node = document.getIn(path.slice(0, length), true);
            const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
            if (range?.[0] !== undefined)
                return lines.linePos(range[0]).line;
        }
        return 1;
    };
    const problems = validate(smokeSchema, value).map((violation) => problem(name, lineOf(violation.path), `${violation.path.join('.')} ${violation.message}`, 'what docs/schemas/smoke.schema.json says'));
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    const refused = [];
    const profiles = Object.entries(value.profiles).map(([profileName, raw]) => readProfile(profileName, raw, (path, message) => {
        refused.push(problem(name, lineOf(['profiles', profileName, ...path]), `profiles.${[profileName, ...path].join('.')} ${message}`, 'see docs/schemas/smoke.schema.json'));
    }));
    if (refused.length > 0)
        throw new failure/* InputError */.dz(refused);
    return profiles;
}
function problem(file, line, given, allowed) {
    return { input: `smoke-file ${file}, line ${line}`, given, allowed };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/junit.ts
/** JUnit reports, as pytest and others write them: names and results of the tests. Pure. */
/**
 * The tests in a report. Reads tags only, so that a hostile document has nothing to unfold: no entities of its own,
 * no includes.
 * @returns undefined when the text is no JUnit report
 */
function readJunit(xml) {
    if (!/<testsuites?[\s>/]/.test(xml))
        return undefined;
    const tests = [];
    let open;
    const tag = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
    for (const match of xml.matchAll(tag)) {
        const [, closing, name, attributeText = '', single] = match;
        if (name === undefined)
            continue;
        const attributes = readAttributes(attributeText);
        if (name === 'testcase' && closing === '') {
            const className = attributes['classname'];
            open = {
                name: [className, attributes['name'] ?? ''].filter(Boolean).join('.'),
                result: 'passed',
                message: ''
            };
            if (single === '/') {
                tests.push(open);
                open = undefined;
            }
        }
        else if (name === 'testcase' && open !== undefined) {
            tests.push(open);
            open = undefined;
        }
        else if (open !== undefined && closing === '' && (name === 'failure' || name === 'error')) {
            open.result = 'failed';
            open.message = attributes['message'] ?? name;
        }
        else if (open !== undefined && closing === '' && name === 'skipped' && open.result === 'passed') {
            open.result = 'skipped';
            open.message = attributes['message'] ?? '';
        }
    }
    return tests;
}
function readAttributes(text) {
    const found = {};
    for (const match of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
        found[match[1] ?? ''] = decode(match[2] ?? match[3] ?? '');
    }
    return found;
}
function decode(text) {
    const named = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
    return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|quot|apos|amp));/g, (whole, decimal, hex, name) => {
        if (name !== undefined)
            return named[name] ?? whole;
        const point = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/websocket.ts
/** Does a port take a WebSocket, and what does it say first? (RFC 6455, by Node's own client.) */
/**
 * Opens a WebSocket and waits for the first message when one is wanted.
 * @param waitMs for the opening, and again for the message
 */
async function askWebSocket(url, options) {
    const socket = new WebSocket(url, options.protocol === undefined ? [] : [options.protocol]);
    socket.binaryType = 'arraybuffer';
    try {
        return await new Promise((resolve) => {
            const timer = setTimeout(() => {
                const opened = socket.readyState === WebSocket.OPEN;
                resolve(opened
                    ? { open: true, firstMessage: undefined }
                    : { open: false, reason: `no answer within ${options.waitMs / 1000} s` });
            }, options.waitMs);
            const end = (answer) => {
                clearTimeout(timer);
                resolve(answer);
            };
            options.signal.addEventListener('abort', () => end({ open: false, reason: 'cancelled' }), {
                once: true
            });
            socket.addEventListener('open', () => {
                if (!options.wantMessage)
                    end({ open: true, firstMessage: undefined });
            });
            socket.addEventListener('message', (event) => end({ open: true, firstMessage: textOf(event.data) }));
            socket.addEventListener('close', (event) => end({ open: false, reason: `closed with code ${event.code}` }));
            socket.addEventListener('error', (event) => {
                const said = 'message' in event && typeof event.message === 'string' ? event.message : '';
                end({ open: false, reason: said === '' ? 'the server did not take it' : said });
            });
        });
    }
    finally {
        socket.close();
    }
}
function textOf(data) {
    if (typeof data === 'string')
        return data;
    return data instanceof ArrayBuffer ? Buffer.from(data).toString('latin1') : '';
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/checks.ts




const PAUSE_MS = 300;
const passed = (message = '') => ({ status: 'passed', message });
const failed = (message) => ({ status: 'failed', message });
const untested = (message) => ({ status: 'untested', message });
/** Runs a check to its verdict; the tests of a JUnit report follow it as results of their own. */
async function runCheck(check, context) {
    const started = context.clock.now();
    let finding;
    try {
        finding = await perform(check, context);
    }
    catch (error) {
        context.signal.throwIfAborted();
        finding = failed((0,failure/* messageOf */.bD)(error));
    }
    const durationMs = context.clock.now() - started;
    return [
        { name: check.name, kind: check.kind, status: finding.status, message: finding.message, durationMs },
        ...(finding.more ?? [])
    ];
}
async function perform(check, context) {
    switch (check.kind) {
        case 'http':
            return await untilFine(check.withinMs, context, async () => await checkHttp(check, context));
        case 'websocket':
            return await untilFine(check.withinMs, context, async () => await checkWebSocket(check, context));
        case 'command':
            return await checkCommand(check, context);
        case 'process':
            return await untilFine(check.withinMs, context, async () => await checkProcess(check, context));
        case 'file':
            return await checkFile(check, context);
        case 'log':
            return await checkLog(check, context);
        case 'healthy':
            return await untilFine(check.withinMs, context, async () => await checkHealth(context));
        case 'screenshot':
            return await checkScreenshot(check, context);
    }
}
/** Tries again until it is fine or the time is over; a container that ended does not come back. */
async function untilFine(withinMs, context, attempt) {
    const end = context.clock.now() + withinMs;
    for (;;) {
        const finding = await attempt();
        if (finding.status !== 'failed' || context.clock.now() >= end)
            return finding;
        if ((await context.docker.container(context.container))?.running !== true)
            return finding;
        await context.clock.sleep(PAUSE_MS, context.signal);
    }
}
async function checkHttp(check, context) {
    const url = addressOf(context, check.port, `http`, check.path);
    try {
        const answer = await context.http.request(url, {
            timeoutMs: Math.min(check.withinMs, 30_000),
            signal: context.signal
        });
        if (answer.status !== check.status)
            return failed(`HTTP ${answer.status} instead of ${check.status}`);
        const text = answer.body.toString('utf8');
        return (checkText(text, check) ??
            passed(`HTTP ${answer.status}, ${answer.body.length} bytes in ${Math.round(answer.latencyMs)} ms`));
    }
    catch (error) {
        if (error instanceof http/* HttpError */.j$ && error.kind !== 'cancelled')
            return failed(error.message);
        throw error;
    }
}
async function checkWebSocket(check, context) {
    const answer = await askWebSocket(addressOf(context, check.port, 'ws', check.path), {
        protocol: check.protocol,
        wantMessage: check.receives !== undefined,
        waitMs: Math.min(check.withinMs, 10_000),
        signal: context.signal
    });
    if (!answer.open)
        return failed(`no WebSocket: ${answer.reason}`);
    if (check.receives === undefined)
        return passed('taken');
    if (answer.firstMessage === undefined)
        return failed('taken, but nothing came');
    const shown = JSON.stringify(answer.firstMessage.slice(0, 60));
    return answer.firstMessage.startsWith(check.receives)
        ? passed(`says ${shown}`)
        : failed(`says ${shown}, not ${JSON.stringify(check.receives)}`);
}
async function checkCommand(check, context) {
    const result = await context.docker.inside(context.container, check.run, {
        ...(check.user === undefined ? {} : { user: check.user }),
        env: check.env,
        timeoutMs: check.withinMs
    });
    const said = [result.stdout, result.stderr].filter((text) => text.trim() !== '').join('\n');
    const junit = check.junit === undefined ? undefined : await readReport(check.junit, context);
    const more = junit?.results ?? [];
    if (result.exitCode !== check.exit) {
        return { ...failed(`exit code ${result.exitCode} instead of ${check.exit}: ${tail(said)}`), more };
    }
    if (junit?.problem !== undefined)
        return { ...failed(junit.problem), more };
    return { ...(checkText(said, check) ?? passed(tail(said, 120))), more };
}
async function readReport(path, context) {
    const xml = await context.docker.readFile(context.container, path);
    const tests = xml === undefined ? undefined : readJunit(xml);
    if (tests === undefined)
        return { results: [], problem: `${path} is ${xml === undefined ? 'not there' : 'no JUnit report'}` };
    const results = tests.map((one) => {
        const status = one.result === 'skipped' ? 'untested' : one.result;
        return { name: one.name, kind: 'junit', status, message: one.message, durationMs: 0 };
    });
    // A suite that ran nothing proves nothing.
    if (!tests.some((one) => one.result !== 'skipped'))
        return { results, problem: `${path}: no test ran` };
    const bad = tests.filter((one) => one.result === 'failed').length;
    return { results, problem: bad === 0 ? undefined : `${bad} of ${tests.length} tests failed` };
}
async function checkProcess(check, context) {
    const processes = await context.docker.processes(context.container);
    const found = processes.filter((one) => one.program === check.program || one.command === check.program.slice(0, 15));
    if (found.length === 0) {
        const names = [...new Set(processes.map((one) => one.program))].join(', ');
        return failed(`no process ${check.program}; there are ${names === '' ? 'none' : names}`);
    }
    if (check.user === undefined)
        return passed(`${found.length} running`);
    const uid = await uidOf(check.user, context);
    if (uid === undefined)
        return failed(`the container knows no user ${check.user}`);
    const others = [...new Set(found.map((one) => one.uid))];
    return others.includes(uid)
        ? passed(`runs as ${check.user}`)
        : failed(`runs as user ${others.join(', ')}, not as ${check.user} (${uid})`);
}
async function uidOf(user, context) {
    if (/^\d+$/.test(user))
        return Number(user);
    const passwd = await context.docker.readFile(context.container, '/etc/passwd');
    const line = passwd?.split('\n').find((one) => one.startsWith(`${user}:`));
    return line === undefined ? undefined : Number(line.split(':')[2]);
}
const TYPES = {
    'regular file': 'file',
    'regular empty file': 'file',
    directory: 'directory',
    'symbolic link': 'symlink',
    socket: 'socket',
    'character special file': 'device',
    'block special file': 'device'
};
async function checkFile(check, context) {
    const result = await context.docker.inside(context.container, ['stat', '-c', '%F|%U|%G|%u|%g|%a', check.path], {
        user: '0',
        timeoutMs: check.withinMs
    });
    if (result.exitCode === 126 || result.exitCode === 127)
        return untested('the container has no stat');
    if (result.exitCode !== 0) {
        const gone = /no such file/i.test(result.stderr);
        if (gone && check.absent)
            return passed('is not there');
        return failed(gone ? 'is not there' : tail(result.stderr));
    }
    if (check.absent)
        return failed('is there');
    const [type = '', owner = '', group = '', uid = '', gid = '', mode = ''] = result.stdout.trim().split('|');
    const wrong = [];
    const is = TYPES[type] ?? type;
    if (check.type !== undefined && is !== check.type)
        wrong.push(`is a ${is}, not a ${check.type}`);
    if (check.owner !== undefined && check.owner !== owner && check.owner !== uid)
        wrong.push(`belongs to ${owner} (${uid}), not to ${check.owner}`);
    if (check.group !== undefined && check.group !== group && check.group !== gid)
        wrong.push(`belongs to group ${group} (${gid}), not to ${check.group}`);
    if (check.mode !== undefined && Number.parseInt(check.mode, 8) !== Number.parseInt(mode, 8))
        wrong.push(`has mode ${mode}, not ${check.mode}`);
    return wrong.length > 0 ? failed(wrong.join('; ')) : passed(`${is}, ${owner}:${group}, ${mode}`);
}
async function checkLog(check, context) {
    const wanted = check.contains !== undefined || check.matches !== undefined;
    const look = async () => {
        const text = await context.docker.logs(context.container, 10_000);
        return checkText(text, check) ?? passed();
    };
    const finding = wanted ? await untilFine(check.withinMs, context, look) : passed();
    if (finding.status !== 'passed' || check.never === undefined)
        return finding;
    const line = (await context.docker.logs(context.container, 10_000))
        .split('\n')
        .find((one) => check.never?.test(one) === true);
    return line === undefined ? passed() : failed(`the log has: ${line.slice(0, 300)}`);
}
async function checkHealth(context) {
    const facts = await context.docker.container(context.container);
    if (facts?.health === undefined)
        return failed('the image has no health check');
    return facts.health === 'healthy'
        ? passed('healthy')
        : failed(`${facts.health}: ${tail(facts.healthLog ?? '')}`);
}
async function checkScreenshot(check, context) {
    const picture = await context.photographer.take({
        url: addressOf(context, check.port, 'http', check.path),
        name: context.pictureName(check),
        waitFor: check.waitFor,
        withinMs: check.withinMs,
        fine: (colours) => colours.count >= check.leastColours && colours.mostOfOne * 100 <= check.mostOfOneColour
    });
    if (picture.status === 'untested')
        return untested(picture.message);
    const shown = `${picture.colours.count} colours, ${(picture.colours.mostOfOne * 100).toFixed(1)} % of one`;
    return picture.status === 'fine'
        ? passed(shown)
        : failed(`${picture.message === '' ? 'the page looks blank' : picture.message} (${shown})`);
}
function checkText(text, check) {
    if (check.contains !== undefined && !text.includes(check.contains)) {
        return failed(`does not contain ${JSON.stringify(check.contains)}: ${tail(text)}`);
    }
    if (check.matches !== undefined && !check.matches.test(text))
        return failed(`does not match ${String(check.matches)}: ${tail(text)}`);
    return undefined;
}
function addressOf(context, port, scheme, path) {
    const published = context.ports[String(port)];
    if (published === undefined)
        throw new Error(`port ${port} is not published`);
    return `${scheme}://127.0.0.1:${published}${path}`;
}
function tail(text, length = 400) {
    const trimmed = text.trim().replace(/\s+/g, ' ');
    return trimmed.length > length ? `…${trimmed.slice(-length)}` : trimmed;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/start.ts
/** From a profile to the arguments of docker run, its variables left out: their values are not for argv. Pure. */

/** @throws Error for a relative bind that leads out of the workspace. */
function planStart(profile, facts) {
    const args = ['--platform', facts.platform];
    const volumes = [];
    const folders = [];
    const option = (name, value) => {
        if (value !== undefined)
            args.push(name, value);
    };
    option('--user', profile.user);
    option('--hostname', profile.hostname);
    option('--shm-size', profile.shmSize === undefined ? undefined : String(profile.shmSize));
    option('--memory', profile.memoryLimit === undefined ? undefined : String(profile.memoryLimit));
    option('--entrypoint', profile.entrypoint);
    if (profile.privileged)
        args.push('--privileged');
    if (profile.readOnly)
        args.push('--read-only');
    if (profile.init)
        args.push('--init');
    // Only on loopback, on a free port: two runs on one machine must not meet, and nobody else must get in.
    for (const port of profile.ports)
        args.push('--publish', `127.0.0.1::${port}`);
    for (const capability of profile.capabilities)
        args.push('--cap-add', capability);
    for (const capability of profile.dropCapabilities)
        args.push('--cap-drop', capability);
    for (const security of profile.securityOptions)
        args.push('--security-opt', security);
    for (const device of profile.devices)
        args.push('--device', device);
    for (const bind of profile.binds) {
        const [source = '', ...rest] = bind.split(':');
        const folder = source.startsWith('/') ? external_node_path_.posix.normalize(source) : external_node_path_.posix.join(facts.workspace, source);
        if (!source.startsWith('/') && external_node_path_.posix.relative(facts.workspace, folder).startsWith('..')) {
            throw new Error(`bind ${bind}: it leads out of the workspace`);
        }
        folders.push(folder);
        args.push('--volume', [folder, ...rest].join(':'));
    }
    for (const volume of profile.volumes) {
        const [source = '', ...rest] = volume.split(':');
        const own = `${facts.name}-${source.replace(/[^a-zA-Z0-9_.-]/g, '-')}`;
        if (!volumes.includes(own))
            volumes.push(own);
        args.push('--volume', [own, ...rest].join(':'));
    }
    for (const tmpfs of profile.tmpfs)
        args.push('--tmpfs', tmpfs);
    const files = Object.entries(profile.files).map(([target, text], index) => {
        const path = external_node_path_.posix.join(facts.temp, `${facts.name}-${index}`);
        args.push('--volume', `${path}:${target}:ro`);
        return { path, text };
    });
    return { args, command: profile.arguments, volumes, folders, files };
}
/** Devices of the host that the profile needs (`/dev/fuse`, `/dev/fuse:/dev/fuse:rwm`). */
function devicesOf(profile) {
    return profile.devices.map((device) => device.split(':')[0] ?? device);
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/run-profile.ts
/** One profile from start to end: the container is made, looked at and removed. */





const POLL_MS = 200;
async function runProfile(profile, context) {
    const { ports, docker } = context;
    const empty = {
        profile: profile.name,
        checks: [],
        startUpMs: undefined,
        memory: undefined,
        diagnosis: undefined
    };
    const reason = await whyUntested(profile, context);
    if (reason !== undefined)
        return { ...empty, untested: reason };
    const name = `neurodesk-ci-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    const { workspace, temp } = ports.runner;
    const plan = planStart(profile, { workspace, temp, name, platform: context.platform });
    for (const volume of plan.volumes)
        ports.cleanup.register({ kind: 'volume', id: volume });
    ports.cleanup.register((0,lib_docker/* containerResource */._4)(name, context.image));
    const checks = [];
    try {
        const startUpMs = await start(profile, plan, name, context, checks);
        if (!checks.some((check) => check.status === 'failed'))
            await look(profile, name, context, checks);
        const facts = await docker.container(name);
        if (profile.mustRun &&
            facts?.running !== true &&
            !checks.some((check) => check.kind === 'start-up' && check.status === 'failed')) {
            checks.push(verdict('still running', 'running', false, `the container ended with exit code ${facts?.exitCode ?? 'unknown'}`));
        }
        const memory = facts?.running === true ? await docker.memory(name) : undefined;
        if (profile.mostMemory !== undefined)
            checks.push(judgeMemory(memory, profile.mostMemory));
        const bad = checks.some((check) => check.status === 'failed');
        const diagnosis = bad ? await diagnose(docker, name) : undefined;
        return { profile: profile.name, checks, startUpMs, memory, untested: undefined, diagnosis };
    }
    finally {
        await remove(context, name, plan.volumes);
    }
}
async function whyUntested(profile, context) {
    if (profile.platforms.length > 0 && !profile.platforms.includes(context.platform)) {
        return `only for ${profile.platforms.join(', ')}`;
    }
    for (const device of devicesOf(profile)) {
        const there = await context.ports.fs.access(device).then(() => true, () => false);
        if (!there)
            return `this machine has no ${device}`;
    }
    return undefined;
}
/** Starts the container and waits for its first answer. What goes wrong becomes a failed check, not an exception. */
async function start(profile, plan, name, context, checks) {
    const { docker, ports } = context;
    const { clock, http, runner } = ports;
    const started = clock.now();
    try {
        for (const folder of plan.folders)
            await ports.fs.access(folder);
        for (const volume of plan.volumes)
            await docker.createVolume(volume);
        // Whoever runs in the container reads them.
        for (const file of plan.files) {
            await ports.fs.writeFile(file.path, file.text);
            await ports.fs.chmod(file.path, 0o644);
        }
        await docker.start(name, plan.args, context.image, plan.command, profile.env);
    }
    catch (error) {
        runner.signal.throwIfAborted();
        checks.push(verdict('start', 'start-up', false, (0,failure/* messageOf */.bD)(error), clock.now() - started));
        return undefined;
    }
    const { startUp } = profile;
    if (startUp === undefined)
        return undefined;
    let last = 'no answer';
    for (;;) {
        const facts = await docker.container(name);
        const elapsed = clock.now() - started;
        const port = facts?.ports[String(startUp.port)];
        if (facts?.running !== true) {
            checks.push(verdict('start-up', 'start-up', false, `the container ended with exit code ${facts?.exitCode ?? 'unknown'} before it answered`, elapsed));
            return undefined;
        }
        if (port !== undefined) {
            try {
                const answer = await http.request(`http://127.0.0.1:${port}${startUp.path}`, {
                    timeoutMs: 5_000,
                    signal: runner.signal
                });
                // Any answer below 500 comes from something that is up; what it says is for the checks.
                if (answer.status < 500) {
                    const took = clock.now() - started;
                    const fine = took <= startUp.withinMs;
                    checks.push(verdict('start-up', 'start-up', fine, `answered after ${(took / 1000).toFixed(1)} s`, took));
                    return took;
                }
                last = `HTTP ${answer.status}`;
            }
            catch (error) {
                runner.signal.throwIfAborted();
                last = (0,failure/* messageOf */.bD)(error);
            }
        }
        if (elapsed > startUp.withinMs) {
            checks.push(verdict('start-up', 'start-up', false, `no answer on port ${startUp.port} within ${startUp.withinMs / 1000} s: ${last}`, elapsed));
            return undefined;
        }
        await clock.sleep(POLL_MS, runner.signal);
    }
}
async function look(profile, name, context, checks) {
    const { ports, docker, photographer } = context;
    const facts = await docker.container(name);
    const check = {
        docker,
        http: ports.http,
        clock: ports.clock,
        signal: ports.runner.signal,
        container: name,
        ports: facts?.ports ?? {},
        photographer,
        pictureName: (one) => `${profile.name}-${one.name}`
            .replace(/[^A-Za-z0-9._-]+/g, '-')
            .replace(/-+$/, '')
            .slice(0, 120)
    };
    for (const one of profile.checks)
        checks.push(...(await runCheck(one, check)));
}
function judgeMemory(memory, most) {
    const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;
    if (memory === undefined) {
        return {
            name: 'memory',
            kind: 'memory',
            status: 'untested',
            message: 'the engine does not tell',
            durationMs: 0
        };
    }
    return verdict('memory', 'memory', memory <= most, `${mb(memory)}, at most ${mb(most)}`);
}
function verdict(name, kind, fine, message, durationMs = 0) {
    return { name, kind, status: fine ? 'passed' : 'failed', message, durationMs };
}
async function diagnose(docker, name) {
    const facts = await docker.container(name);
    const health = facts?.health === undefined ? undefined : `${facts.health}: ${(facts.healthLog ?? '').trim()}`;
    return {
        logs: await docker.logs(name, 200),
        exitCode: facts === undefined || facts.running ? undefined : facts.exitCode,
        outOfMemory: facts?.outOfMemory === true,
        health
    };
}
/** Removes what the profile made. What cannot be removed now stays in the state, and post tries again. */
async function remove(context, name, volumes) {
    const { ports, docker } = context;
    if (ports.runner.signal.aborted)
        return;
    try {
        await docker.removeContainer(name);
        ports.cleanup.release((0,lib_docker/* containerResource */._4)(name, context.image));
        for (const volume of volumes) {
            await docker.removeVolume(volume);
            ports.cleanup.release({ kind: 'volume', id: volume });
        }
    }
    catch (error) {
        ports.log.debug(`left for post: ${(0,failure/* messageOf */.bD)(error)}`);
    }
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/devtools.ts
/** The debugging protocol of Chromium: JSON messages with an id over one WebSocket. */
const ANSWER_MS = 30_000;
class NoAnswer extends Error {
    name = 'NoAnswer';
}
/** @param address the `ws://` address that Chromium prints when it starts */
async function connectDevTools(address) {
    const socket = new WebSocket(address);
    const waiting = new Map();
    let last = 0;
    await new Promise((resolve, reject) => {
        socket.addEventListener('open', () => resolve(), { once: true });
        socket.addEventListener('error', () => reject(new Error(`no connection to Chromium at ${address}`)), {
            once: true
        });
    });
    socket.addEventListener('message', (event) => {
        const message = JSON.parse(String(event.data));
        const one = message.id === undefined ? undefined : waiting.get(message.id);
        if (one === undefined || message.id === undefined)
            return;
        waiting.delete(message.id);
        clearTimeout(one.timer);
        if (message.error === undefined)
            one.resolve(message.result ?? {});
        else
            one.reject(new Error(`Chromium: ${message.error.message ?? 'unknown error'}`));
    });
    socket.addEventListener('close', () => {
        for (const one of waiting.values()) {
            clearTimeout(one.timer);
            one.reject(new Error('Chromium closed the connection'));
        }
        waiting.clear();
    });
    return {
        send: async (method, parameters, session, limitMs = ANSWER_MS) => await new Promise((resolve, reject) => {
            const id = ++last;
            const timer = setTimeout(() => {
                waiting.delete(id);
                reject(new NoAnswer(`Chromium did not answer ${method} within ${limitMs / 1000} s`));
            }, limitMs);
            waiting.set(id, { resolve, reject, timer });
            socket.send(JSON.stringify({
                id,
                method,
                params: parameters,
                ...(session === undefined ? {} : { sessionId: session })
            }));
        }),
        close: () => socket.close()
    };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/png.ts
/** Enough of PNG (RFC 2083) to see how many colours a screenshot has: 8 bits, RGB or RGBA, not interlaced. Pure. */

const MAX_PIXELS = 50_000_000;
const MAX_COLOURS = 100_000;
/** @throws Error for what is no such PNG */
function decodePng(png) {
    if (png.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n')
        throw new Error('the screenshot is no PNG');
    let offset = 8;
    let header;
    const parts = [];
    while (offset + 8 <= png.length) {
        const length = png.readUInt32BE(offset);
        const type = png.subarray(offset + 4, offset + 8).toString('latin1');
        const data = png.subarray(offset + 8, offset + 8 + length);
        if (type === 'IHDR')
            header = data;
        if (type === 'IDAT')
            parts.push(data);
        if (type === 'IEND')
            break;
        offset += 12 + length;
    }
    if (header === undefined || header.length < 13)
        throw new Error('the screenshot has no header');
    const width = header.readUInt32BE(0);
    const height = header.readUInt32BE(4);
    const channels = { 2: 3, 6: 4 }[header.readUInt8(9)];
    if (header.readUInt8(8) !== 8 || channels === undefined || header.readUInt8(12) !== 0) {
        throw new Error('the screenshot is a kind of PNG that is not read here');
    }
    if (width * height > MAX_PIXELS)
        throw new Error('the screenshot is too large');
    const raw = (0,external_node_zlib_.inflateSync)(Buffer.concat(parts), { maxOutputLength: (width * channels + 1) * height });
    return { width, height, channels, data: unfilter(raw, width * channels, height, channels) };
}
/** Each row says by which of five rules it was written as a difference from its neighbours (RFC 2083, section 6). */
function unfilter(raw, rowLength, height, channels) {
    const out = Buffer.alloc(rowLength * height);
    for (let y = 0; y < height; y++) {
        const filter = raw[y * (rowLength + 1)] ?? 0;
        for (let x = 0; x < rowLength; x++) {
            const value = raw[y * (rowLength + 1) + 1 + x] ?? 0;
            const left = x >= channels ? (out[y * rowLength + x - channels] ?? 0) : 0;
            const up = y > 0 ? (out[(y - 1) * rowLength + x] ?? 0) : 0;
            const upLeft = y > 0 && x >= channels ? (out[(y - 1) * rowLength + x - channels] ?? 0) : 0;
            out[y * rowLength + x] = (value + predicted(filter, left, up, upLeft)) & 0xff;
        }
    }
    return out;
}
function predicted(filter, left, up, upLeft) {
    switch (filter) {
        case 1:
            return left;
        case 2:
            return up;
        case 3:
            return (left + up) >> 1;
        case 4: {
            const estimate = left + up - upLeft;
            const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
            return a <= b && a <= c ? left : b <= c ? up : upLeft;
        }
        default:
            return 0;
    }
}
function colourShare(pixels) {
    const counts = new Map();
    const { data, channels } = pixels;
    for (let at = 0; at + channels <= data.length; at += channels) {
        const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
        const seen = counts.get(colour);
        if (seen !== undefined || counts.size < MAX_COLOURS)
            counts.set(colour, (seen ?? 0) + 1);
    }
    const total = pixels.width * pixels.height;
    let most = 0;
    for (const count of counts.values())
        most = Math.max(most, count);
    return { count: counts.size, mostOfOne: total === 0 ? 1 : most / total };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke/screenshot.ts
/**
 * Pictures of a page, taken by Chromium over its debugging protocol (https://chromedevtools.github.io/devtools-protocol/),
 * where there is a Chromium. A real browser is what a user of the desktop has: a page that loads and shows a grey
 * rectangle answers HTTP 200 too.
 */





const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const WIDTH = 1280;
const HEIGHT = 800;
const START_MS = 30_000;
const screenshot_PAUSE_MS = 500;
/** A picture that is asked for while the page is replaced never comes; the next one does. */
const CAPTURE_MS = 10_000;
/** @param folder where pictures are left, for an artifact of the run */
function createPhotographer(ports, folder) {
    const files = [];
    return {
        files,
        async take(assignment) {
            const program = await findBrowser(ports);
            if (program === undefined)
                return { status: 'untested', message: 'no Chromium on PATH' };
            return await withBrowser(ports, program, async (devTools) => {
                const picture = await photograph(devTools, assignment, ports);
                await ports.fs.mkdir(folder, { recursive: true });
                const file = (0,external_node_path_.join)(folder, `${assignment.name}.png`);
                await (0,lib_files/* replaceFile */.fR)(ports, file, picture.png);
                if (!files.includes(file))
                    files.push(file);
                return {
                    status: picture.fine ? 'fine' : 'not-fine',
                    file,
                    colours: picture.colours,
                    message: picture.message
                };
            });
        }
    };
}
async function findBrowser(ports) {
    for (const name of NAMES) {
        const found = await ports.exec.which(name);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function withBrowser(ports, program, work) {
    const profile = await ports.fs.mkdtemp((0,external_node_path_.join)(ports.runner.temp, 'chromium-'));
    const stop = new AbortController();
    const { promise: address, resolve: found, reject: notFound } = Promise.withResolvers();
    const running = ports.exec
        .run(program, [
        '--headless',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        `--window-size=${WIDTH},${HEIGHT}`,
        // As root, which runners in containers are, Chromium refuses its sandbox; the page is our own container's.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        'about:blank'
    ], {
        signal: AbortSignal.any([stop.signal, ports.runner.signal]),
        timeoutMs: 30 * 60_000,
        accept: 'any',
        onLine: (line) => {
            const match = /DevTools listening on (ws:\/\/\S+)/.exec(line);
            if (match?.[1] !== undefined)
                found(match[1]);
        }
    })
        .then((result) => notFound(new Error(`Chromium ended with exit code ${result.exitCode}: ${result.stderr.slice(-300)}`)), (error) => notFound(error));
    const limit = ports.clock.sleep(START_MS, stop.signal).then(() => notFound(new Error(`Chromium did not start within ${START_MS / 1000} s`)), () => undefined);
    try {
        const devTools = await connectDevTools(await address);
        try {
            return await work(devTools);
        }
        finally {
            devTools.close();
        }
    }
    finally {
        stop.abort();
        await running;
        await limit;
        await ports.fs.rm(profile, { recursive: true, force: true, maxRetries: 3 });
    }
}
/** Takes pictures of a page until one is fine or the time is over; gives the last one. */
async function photograph(devTools, assignment, ports) {
    const end = ports.clock.now() + assignment.withinMs;
    const target = await devTools.send('Target.createTarget', { url: 'about:blank' });
    const attached = await devTools.send('Target.attachToTarget', {
        targetId: target['targetId'],
        flatten: true
    });
    const session = String(attached['sessionId']);
    const size = { width: WIDTH, height: HEIGHT, deviceScaleFactor: 1, mobile: false };
    await devTools.send('Emulation.setDeviceMetricsOverride', size, session);
    await devTools.send('Page.enable', {}, session);
    const navigated = await devTools.send('Page.navigate', { url: assignment.url }, session);
    let message = typeof navigated['errorText'] === 'string' ? navigated['errorText'] : '';
    let last;
    // At the end it may be untrue again, as while a notice is shown: that is not what is wrong then.
    let wasReady = false;
    for (;;) {
        const ready = assignment.waitFor === undefined || (await isTrue(devTools, session, assignment.waitFor));
        wasReady ||= ready;
        const png = await capture(devTools, session);
        if (png !== undefined)
            last = { png, colours: colourShare(decodePng(png)) };
        if (last !== undefined && ready && message === '' && assignment.fine(last.colours)) {
            return { ...last, fine: true, message };
        }
        if (ports.clock.now() >= end) {
            if (last === undefined)
                throw new Error(`Chromium gave no picture of ${assignment.url}`);
            if (message === '' && !wasReady)
                message = `${assignment.waitFor ?? ''} did not become true`;
            return { ...last, fine: false, message };
        }
        await ports.clock.sleep(screenshot_PAUSE_MS, ports.runner.signal);
    }
}
/** undefined while the page is being replaced: there is nothing to see. */
async function capture(devTools, session) {
    try {
        const shot = await devTools.send('Page.captureScreenshot', { format: 'png' }, session, CAPTURE_MS);
        return Buffer.from(String(shot['data']), 'base64');
    }
    catch (error) {
        if (error instanceof NoAnswer || /not attached to an active page|navigat/i.test((0,failure/* messageOf */.bD)(error)))
            return undefined;
        throw error;
    }
}
async function isTrue(devTools, session, expression) {
    try {
        const answer = await devTools.send('Runtime.evaluate', { expression: `Boolean(${expression})`, returnByValue: true }, session);
        const result = answer['result'];
        return result?.value === true;
    }
    catch (error) {
        // The page is being replaced while it is asked: not ready.
        if (/context|navigat|destroyed/i.test((0,failure/* messageOf */.bD)(error)))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/smoke.ts
/** The smoke test: all profiles, one after another (each wants the whole machine). */






/** The profiles that are asked for; read before anything is built, so that a mistake in the file costs no build. */
async function readProfiles(setup) {
    const { inputs, ports } = setup;
    if (inputs.smokeFile === '')
        return [];
    const path = await insideWorkspace(ports, 'smoke-file', inputs.smokeFile, 'file');
    const all = readSmokeFile(await ports.fs.readFile(path, 'utf8'), inputs.smokeFile);
    if (inputs.profile.length === 0)
        return all;
    const names = all.map((profile) => profile.name);
    const unknown = inputs.profile.filter((name) => !names.includes(name));
    if (unknown.length > 0) {
        throw new failure/* InputError */.dz(unknown.map((name) => ({ input: 'profile', given: name, allowed: names.join(', ') })));
    }
    return all.filter((profile) => inputs.profile.includes(profile.name));
}
async function smokeTest(setup, profiles, image, platform) {
    const { ports, docker } = setup;
    const photographer = createPhotographer(ports, (0,external_node_path_.join)(ports.runner.temp, 'screenshots'));
    const results = [];
    for (const profile of profiles) {
        const result = await ports.log.group(`Smoke test: ${profile.name}`, async () => {
            const one = await runProfile(profile, { ports, docker, photographer, image, platform });
            for (const check of one.checks)
                ports.log.info(lineOf(check));
            return one;
        });
        // Outside of the group, which is closed when somebody opens the log.
        ports.log.info(`${profile.name}: ${result.untested ?? sumUp(result)}`);
        for (const check of result.checks)
            if (check.status === 'failed')
                ports.log.info(`  ${lineOf(check)}`);
        results.push(result);
    }
    return { profiles: results, screenshots: photographer.files };
}
function lineOf(check) {
    return `${check.status.padEnd(8)} ${check.name}${check.message === '' ? '' : `: ${check.message}`}`;
}
function sumUp(result) {
    const { passed, failed, untested } = countChecks([result]);
    const parts = [`${passed} passed`, `${failed} failed`, ...(untested === 0 ? [] : [`${untested} untested`])];
    return parts.join(', ');
}
/** Checks over all profiles; a profile that could not be tried counts as one that is untested. */
function countChecks(profiles) {
    const counts = { passed: 0, failed: 0, untested: 0 };
    for (const profile of profiles) {
        if (profile.untested !== undefined)
            counts.untested++;
        for (const check of profile.checks)
            counts[check.status]++;
    }
    return counts;
}
/** Subject of a run in which not one check could be tried. */
const SMOKE_TEST = 'smoke test';
/** A check in findings. */
function checkSubject(profile, check) {
    return `${profile}: ${check}`;
}
/** What has to be looked at. Checks that could not be tried are told; none at all that passed is a failure. Pure. */
function judgeSmoke(smoke, wanted) {
    const found = [];
    for (const profile of smoke.profiles) {
        for (const check of profile.checks) {
            const subject = checkSubject(profile.profile, check.name);
            if (check.status === 'failed') {
                const hint = 'Log and state of the container are in the summary.';
                found.push({ id: 'desktop-smoke-failed', subject, severity: 'error', message: check.message, hint });
            }
            else if (check.status === 'untested' && check.kind !== 'junit') {
                // Tests that a suite skips by itself are its own matter; they are counted.
                found.push({ id: 'desktop-smoke-untested', subject, severity: 'notice', message: check.message });
            }
        }
        if (profile.untested === undefined)
            continue;
        found.push({
            id: 'desktop-smoke-untested',
            subject: profile.profile,
            severity: 'notice',
            message: profile.untested
        });
    }
    if (wanted > 0 &&
        countChecks(smoke.profiles).passed === 0 &&
        !found.some((one) => one.severity === 'error')) {
        const message = 'not one check could be tried here';
        found.push({
            id: 'desktop-nothing-tested',
            subject: SMOKE_TEST,
            severity: 'error',
            message,
            hint: 'Run it on a machine that has what the profiles need.'
        });
    }
    return found;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/looked.ts


function lookedAt(story) {
    const { setup, smoke, scans, publications } = story;
    const checks = smoke.profiles.flatMap(({ profile, checks: own }) => own.map(({ name, status }) => ({ name: checkSubject(profile, name), status })));
    const published = publications
        .filter(({ status }) => status === 'published')
        .map(({ target }) => target.name);
    const passed = countChecks(smoke.profiles).passed;
    return {
        subjects: [
            // That somebody may push there does not say that it would come to be there.
            ...published,
            ...checks.filter(({ status }) => status !== 'untested').map(({ name }) => name),
            ...(passed > 0 ? [SMOKE_TEST] : []),
            ...scans.map(scanSubject)
        ],
        unreached: [
            ...checks.filter(({ status }) => status === 'untested').map(({ name }) => name),
            // It stands for its checks: which they are is not known.
            ...smoke.profiles.filter(({ untested }) => untested !== undefined).map(({ profile }) => profile),
            ...(publishes(story) ? setup.targets.targets.map(({ name }) => name) : []).filter((name) => !published.includes(name))
        ],
        coverage: { of: setup.image, whole: isWhole(story) }
    };
}
/** Of several jobs each does a part, and a dry run publishes nothing: what they do not name is for the others. */
function publishes({ setup: { inputs } }) {
    return inputs.mode === 'all' && !inputs.dryRun;
}
/**
 * All checks of all profiles, and the scan where one is asked for: a check that is not named is in no file any more. Not
 * where one failed: that may have kept those after it from being tried.
 */
function isWhole(story) {
    const { setup, smoke, scans } = story;
    const { profile, scan } = setup.inputs;
    const isDone = smoke.profiles.every(({ checks }) => checks.every(({ status }) => status !== 'failed'));
    return (publishes(story) &&
        isDone &&
        smoke.profiles.length > 0 &&
        profile.length === 0 &&
        (scan.length === 0 || scans.length > 0));
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/run-line.ts
/** How people start the image, as NeuroDesk's documentation has it. Pure. */
/**
 * The line for one system. The image of 2026 serves JupyterLab on 8888 and is started as root, which takes on the ids
 * of the person; the form of before is the desktop on 8080.
 * @param exposed `ExposedPorts` of the image's configuration, such as `{ "8888/tcp": {} }`
 */
function runLine(reference, system, exposed) {
    const isJupyter = typeof exposed === 'object' && exposed !== null && '8888/tcp' in exposed && !('8080/tcp' in exposed);
    const [uid, gid] = isJupyter ? ['NB_UID', 'NB_GID'] : ['HOST_UID', 'HOST_GID'];
    const user = system === 'linux' ? ` -e ${uid}="$(id -u)" -e ${gid}="$(id -g)"` : '';
    const volumes = '--name neurodesktop -v neurodesktop-storage:/neurodesktop-storage';
    return isJupyter
        ? `docker run --shm-size=1gb -it --privileged --user=root ${volumes} ` +
            `--mount source=neurodesk-home,target=/home/jovyan${user} -p 127.0.0.1:8888:8888 -h neurodesktop ${reference}`
        : 'docker run --shm-size=1gb -it --cap-add SYS_ADMIN --security-opt apparmor:unconfined --device=/dev/fuse ' +
            `${volumes}${user} -p 8080:8080 -h neurodesktop ${reference}`;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/summary.ts
/** The step summary. Pure. */






const MOST_ROWS = 50;
function summarise(story, figures) {
    const { setup, change, smoke, publications, scans, packages } = story;
    const parts = [
        `## ${(0,markdown/* escape */.ih)(setup.image)} ${(0,markdown/* escape */.ih)(setup.tag)}\n`,
        `${(0,markdown/* escape */.ih)(figures.headline)}\n`,
        factTable(story, figures)
    ];
    if (change?.verdict === 'changed')
        parts.push(changeTables(change, story));
    if (packages !== undefined)
        parts.push(packageLists(packages));
    if (smoke.profiles.length > 0)
        parts.push(smokeTables(smoke.profiles, smoke.screenshots));
    for (const scan of scans)
        parts.push(scanPart(scan));
    if (publications.length > 0)
        parts.push(publicationTable(publications));
    const where = publications.find((one) => one.tags.includes(setup.tag));
    if (where !== undefined) {
        const reference = (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(where.target.repository, setup.tag));
        const ports = story.subject?.images[0]?.config.settings['ExposedPorts'];
        parts.push('### Run it\n', 'Linux:\n', (0,markdown/* block */.om)(runLine(reference, 'linux', ports), 'bash'), 'Windows:\n', (0,markdown/* block */.om)(runLine(reference, 'windows', ports), 'powershell'));
    }
    return `${parts.join('\n')}\n`;
}
function factTable(story, figures) {
    const { subject, buildMs, gitTag } = story;
    const rows = [
        [story.platforms.length === 1 ? 'Platform' : 'Platforms', story.platforms.map(markdown/* code */.aY).join(' ')],
        ['Change', (0,markdown/* escape */.ih)(figures.reason)]
    ];
    if (buildMs !== undefined)
        rows.push(['Built in', (0,markdown/* span */.Ln)(buildMs)]);
    if (figures.size !== undefined)
        rows.push(['Size', `${(0,markdown/* bytes */.ee)(figures.size)} compressed`]);
    if (figures.size !== undefined && figures.before !== undefined)
        rows.push(['Size against latest', signed(figures.size - figures.before)]);
    if (subject !== undefined)
        rows.push(['Image', (0,markdown/* code */.aY)(subject.reference)]);
    if (gitTag !== undefined)
        rows.push(['Git tag', gitTag.outcome]);
    return (0,markdown/* table */.tp)(['', ''], rows);
}
function changeTables(change, story) {
    const { difference, published } = change;
    const now = story.subject?.images[0];
    const parts = [];
    if (difference.layers.length > 0) {
        const words = {
            content: 'content',
            times: 'only times',
            unknown: 'content (or only times: not known)'
        };
        const rows = difference.layers.slice(0, MOST_ROWS).map((layer) => {
            const before = published.manifest.layers[layer.index];
            const after = now?.manifest.layers[layer.index];
            return [
                String(layer.index + 1),
                layer.before === undefined ? 'added' : layer.after === undefined ? 'removed' : words[layer.kind],
                before === undefined ? '' : (0,markdown/* bytes */.ee)(before.size),
                after === undefined ? '' : (0,markdown/* bytes */.ee)(after.size),
                layer.createdBy === undefined ? '' : (0,markdown/* code */.aY)(layer.createdBy.slice(0, 120))
            ];
        });
        const same = published.config.diffIds.length - difference.layers.filter((layer) => layer.before !== undefined).length;
        parts.push('### Layers against latest\n', `${same} of ${published.config.diffIds.length} published layers are the same.\n`);
        parts.push((0,markdown/* table */.tp)(['Layer', 'Change', 'Before', 'Now', 'Made by'], rows));
        if (difference.layers.length > MOST_ROWS)
            parts.push(`and ${difference.layers.length - MOST_ROWS} more\n`);
    }
    if (difference.fields.length > 0) {
        const shown = (value) => value === undefined ? '' : (0,markdown/* code */.aY)(value.slice(0, 200));
        const rows = difference.fields
            .slice(0, MOST_ROWS)
            .map((field) => [(0,markdown/* code */.aY)(field.name), shown(field.before), shown(field.after)]);
        parts.push('### Configuration against latest\n', (0,markdown/* table */.tp)(['Field', 'Before', 'Now'], rows));
        if (difference.fields.length > MOST_ROWS)
            parts.push(`and ${difference.fields.length - MOST_ROWS} more\n`);
    }
    return parts.join('\n');
}
function packageLists(packages) {
    const groups = [
        ['added', packages.added],
        ['removed', packages.removed],
        ['updated', packages.updated]
    ];
    const parts = groups
        .filter(([, names]) => names.length > 0)
        .map(([what, names]) => (0,markdown/* details */.zH)(`${names.length} ${names.length === 1 ? 'package' : 'packages'} ${what}`, (0,markdown/* list */.p_)(names.slice(0, 500).map(markdown/* code */.aY))));
    return parts.length === 0
        ? 'The installed packages are the same.\n'
        : `### Packages against latest\n\n${parts.join('\n')}`;
}
function smokeTables(profiles, screenshots) {
    const parts = ['### Smoke test\n'];
    const rows = profiles.map((profile) => {
        const counts = countChecks([profile]);
        const result = counts.failed > 0 ? 'failed' : 'passed';
        return [
            (0,markdown/* escape */.ih)(profile.profile),
            profile.untested === undefined ? result : `untested: ${(0,markdown/* escape */.ih)(profile.untested)}`,
            `${counts.passed} / ${counts.failed} / ${counts.untested}`,
            profile.startUpMs === undefined ? '' : (0,markdown/* span */.Ln)(profile.startUpMs),
            profile.memory === undefined ? '' : (0,markdown/* bytes */.ee)(profile.memory)
        ];
    });
    parts.push((0,markdown/* table */.tp)(['Profile', 'Result', 'Passed / failed / untested', 'Start-up', 'Memory'], rows));
    const failures = profiles.flatMap((profile) => profile.checks
        .filter((check) => check.status === 'failed')
        .map((check) => [(0,markdown/* escape */.ih)(profile.profile), (0,markdown/* escape */.ih)(check.name), (0,markdown/* escape */.ih)(check.message)]));
    if (failures.length > 0)
        parts.push('What failed:\n', (0,markdown/* table */.tp)(['Profile', 'Check', 'Message'], failures.slice(0, MOST_ROWS)));
    if (screenshots.length > 0) {
        const names = screenshots.map((file) => (0,markdown/* code */.aY)((0,external_node_path_.basename)(file))).join(' ');
        parts.push(`Pictures: ${names}; their paths are in the output \`screenshots\`.\n`);
    }
    for (const profile of profiles) {
        const checks = profile.checks.map((check) => [
            check.status,
            (0,markdown/* escape */.ih)(check.name),
            (0,markdown/* escape */.ih)(check.message),
            (0,markdown/* span */.Ln)(check.durationMs)
        ]);
        if (checks.length > 0)
            parts.push((0,markdown/* details */.zH)(`${profile.profile}: all checks`, (0,markdown/* table */.tp)(['', 'Check', 'Message', 'Took'], checks)));
        const { diagnosis } = profile;
        if (diagnosis === undefined)
            continue;
        const facts = [
            diagnosis.exitCode === undefined ? 'still running' : `exit code ${diagnosis.exitCode}`,
            ...(diagnosis.outOfMemory ? ['killed for want of memory'] : []),
            ...(diagnosis.health === undefined ? [] : [`health: ${diagnosis.health}`])
        ];
        parts.push((0,markdown/* details */.zH)(`${profile.profile}: log of the container (${facts.join('; ')})`, diagnosis.logs.trim() === '' ? 'It printed nothing.\n' : (0,markdown/* block */.om)(diagnosis.logs.slice(-20_000))));
    }
    return parts.join('\n');
}
function scanPart(scan) {
    const title = `### Scan: ${scan.passed ? 'passed' : 'failed'}\n\n${(0,markdown/* code */.aY)(scan.image)}: ${(0,markdown/* escape */.ih)(scan.message)}\n`;
    return scan.output === ''
        ? title
        : `${title}\n${(0,markdown/* details */.zH)('What the scanner said last', (0,markdown/* block */.om)(scan.output.slice(-20_000)))}`;
}
function publicationTable(publications) {
    const rows = publications.map((one) => [
        (0,markdown/* code */.aY)((0,lib_registry/* formatRepository */.zW)(one.target.repository)),
        one.status + (one.target.optional ? ' (optional)' : ''),
        one.tags.map(markdown/* code */.aY).join(' '),
        (0,markdown/* escape */.ih)(one.message) + (one.publicAccess === 'no' ? '; not public' : '')
    ]);
    return `### Where it went\n\n${(0,markdown/* table */.tp)(['Repository', 'Result', 'Tags', ''], rows)}`;
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/report.ts







function report(story) {
    const { change, setup, smoke, publications, subject } = story;
    const findings = [...story.findings, ...judgeScans(story.scans), ...judgePublications(publications)];
    const counts = countChecks(smoke.profiles);
    const size = sizeOf(story);
    const published = change?.verdict === 'changed' || change?.verdict === 'unchanged' ? change.published : undefined;
    const before = published?.compressedSize;
    const reason = change === undefined
        ? (story.because ?? '')
        : describeChange(change, size === undefined ? undefined : { now: size }, story.packages);
    const errors = findings.filter((finding) => finding.severity === 'error');
    const unknown = findings.filter((finding) => finding.severity === 'unknown');
    const headline = headlineOf(story, reason, [...errors, ...unknown]);
    return {
        verdict: errors.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok',
        headline,
        findings,
        ...lookedAt(story),
        figures: {
            'passed-count': counts.passed,
            'failed-count': counts.failed,
            'untested-count': counts.untested,
            'uploaded-bytes': story.uploadedBytes + publications.reduce((sum, one) => sum + one.bytes, 0),
            ...(story.buildMs === undefined ? {} : { 'build-ms': Math.round(story.buildMs) }),
            ...(size === undefined ? {} : { 'size-bytes': size })
        },
        outputs: {
            digest: subject?.digest ?? '',
            'digest-file': story.digestFile,
            reference: subject?.reference ?? '',
            tag: setup.tag,
            changed: changedOutput(story),
            reason,
            pushed: JSON.stringify(publications.map(publicationJson)),
            'passed-count': String(counts.passed),
            'failed-count': String(counts.failed),
            'untested-count': String(counts.untested),
            size: size === undefined ? '' : String(size),
            'size-delta': size === undefined || before === undefined ? '' : String(size - before),
            screenshots: JSON.stringify(smoke.screenshots)
        },
        summary: summarise(story, { headline, reason, size, before }),
        ...(errors.length > 0 || unknown.length > 0 ? { failure: headline } : {})
    };
}
/** Bytes of all platforms as they travel; undefined while nothing is in a registry. */
function sizeOf(story) {
    const images = story.subject?.images ?? [];
    return images.length === 0 ? undefined : images.reduce((sum, image) => sum + image.compressedSize, 0);
}
function changedOutput(story) {
    const { change, setup, publications } = story;
    if (setup.inputs.mode === 'merge')
        return String(publications.some((one) => one.tags.includes(setup.tag)));
    if (story.changedBefore !== undefined)
        return String(story.changedBefore);
    if (change === undefined)
        return story.findings.some((one) => one.severity === 'unknown') ? 'unknown' : 'false';
    return change.verdict === 'unknown' ? 'unknown' : String(change.verdict !== 'unchanged');
}
function headlineOf(story, reason, bad) {
    const { setup, publications } = story;
    const name = `${setup.image} ${setup.tag}`;
    const [first] = bad;
    const moved = publications.some((one) => one.tags.length > 0);
    if (first !== undefined) {
        const more = bad.length > 1 ? ` (and ${bad.length - 1} more)` : '';
        const tags = moved ? '' : ' No tag was moved.';
        return `${name}: ${first.subject}: ${first.message}${more}.${tags}`.replaceAll('..', '.');
    }
    const to = publications.filter((one) => one.status === 'published').map((one) => one.target.name);
    if (to.length > 0)
        return `${name}: ${reason}; published to ${to.join(', ')}`;
    const would = publications.filter((one) => one.status === 'would-publish').map((one) => one.target.name);
    if (would.length > 0)
        return `${name}: ${reason}; would be published to ${would.join(', ')}`;
    if (setup.inputs.mode === 'test')
        return `${name}: ${countChecks(story.smoke.profiles).passed} checks passed`;
    if (story.digestFile !== '')
        return `${name}: ${reason}; the digest is in ${story.digestFile}`;
    return `${name}: ${reason}; nothing was pushed`;
}
function judgeScans(scans) {
    return scans
        .filter((scan) => !scan.passed)
        .map((scan) => ({
        id: 'desktop-scan-failed',
        subject: scanSubject(scan),
        severity: 'error',
        message: `the scan of ${scan.image} did not pass: ${scan.message}`,
        hint: 'What the scanner said is in the summary.'
    }));
}
function publicationJson(one) {
    return {
        registry: one.target.name,
        repository: (0,lib_registry/* formatRepository */.zW)(one.target.repository),
        status: one.status,
        tags: one.tags,
        bytes: one.bytes,
        message: one.message,
        ...(one.publicAccess === undefined ? {} : { public: one.publicAccess === 'yes' })
    };
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/test-mode.ts
/** `mode: test`: the image that another job built, pulled by its digest. */







async function testByDigest(setup) {
    const { inputs, ports, docker, registry } = setup;
    const profiles = await readProfiles(setup);
    const engine = await preflight(setup, { buildx: false });
    const platform = (0,lib_registry/* formatPlatform */.Bq)((0,lib_registry/* parsePlatform */.FL)(inputs.platforms[0] ?? engine.platform));
    const file = await findDigest(setup, platform);
    const reference = `${file.repository}@${file.digest}`;
    const remote = await registry.image((0,lib_registry.at)((0,lib_registry/* parseRepository */.SU)(file.repository), file.digest), (0,lib_registry/* parsePlatform */.FL)(platform));
    if (remote === undefined)
        throw new failure/* FindingError */.Yv(`${reference}: the registry does not have it`);
    if ((await docker.image(reference)) === undefined)
        ports.cleanup.register({ kind: 'image', id: reference });
    await ports.log.group(`Pull ${reference}`, async () => {
        await (0,retry/* retry */.L5)(`pull of ${reference}`, async () => await docker.pull(reference, platform), {
            classify: retry/* classifyTool */.Xp,
            clock: ports.clock,
            log: ports.log,
            limits: { totalMs: 60 * 60_000 },
            signal: ports.runner.signal
        });
    });
    const facts = await docker.image(reference);
    const same = facts !== undefined && facts.diffIds.join(' ') === remote.config.diffIds.join(' ');
    if (!same)
        throw new failure/* FindingError */.Yv(`${reference}: the engine has other layers than the registry`);
    const smoke = await smokeTest(setup, profiles, facts.id, platform);
    return {
        ...beginStory({ ...setup, tag: file.tag }, [platform]),
        changedBefore: file.changed,
        because: file.reason,
        subject: { digest: file.digest, reference, images: [remote] },
        smoke,
        findings: judgeSmoke(smoke, profiles.length)
    };
}
async function findDigest(setup, platform) {
    const { inputs, ports } = setup;
    const files = await readDigests(ports, await insideWorkspace(ports, 'digests', inputs.digests, 'folder'));
    const file = files.find((one) => one.platform === platform);
    if (file !== undefined)
        return file;
    const there = files.map((one) => one.platform).join(', ');
    throw new failure/* FindingError */.Yv(`no digest for ${platform} in ${inputs.digests}; there are ${there}. Did its build fail?`);
}

;// CONCATENATED MODULE: ./actions/build-desktop/src/run.ts

















async function run(inputs, ports) {
    const setup = await prepare(inputs, ports);
    for (const name of setup.targets.skipped)
        ports.log.notice(`${name} has no namespace here, so nothing goes there`);
    for (const note of setup.targets.notes)
        ports.log.info(note);
    await gate(setup);
    switch (inputs.mode) {
        case 'all':
        case 'build':
            return report(await buildTestPublish(setup));
        case 'test':
            return report(await testByDigest(setup));
        case 'merge':
            return report(await merge(setup));
    }
}
async function buildTestPublish(setup) {
    const { inputs, ports } = setup;
    const { log } = ports;
    // 1. Everything that an hour of building would only find out later.
    const profiles = inputs.mode === 'all' ? await readProfiles(setup) : [];
    if (inputs.mode === 'build')
        await openDigests(setup);
    const engine = await preflight(setup, { buildx: true });
    const platform = platformOf(setup, engine);
    const rights = await askRights(setup);
    const writable = rights.filter((right) => right.status === 'writable').map((right) => right.target);
    let story = { ...beginStory(setup, [platform]), findings: judgeRights(rights) };
    if (isBlocked(story.findings))
        return { ...story, because: 'nothing was built' };
    // 2. Tagged already?
    const skipped = await skipStory(story, writable);
    if (skipped !== undefined)
        return skipped;
    // 3. Build.
    const built = await log.group(`Build ${setup.image} ${setup.tag} for ${platform}`, async () => await build(setup, platform));
    story = { ...story, buildMs: built.durationMs, subject: { digest: '', reference: built.name, images: [] } };
    // 4. Compare with what is published, without pulling it.
    story = await run_compare(story, built);
    if (isBlocked(story.findings))
        return story;
    const change = story.change;
    const wanted = change?.verdict === 'changed' || change?.verdict === 'new' || inputs.forcePush;
    // 5. The candidate: in the registry by its digest, under no tag.
    const home = writable[0];
    let candidate;
    if (wanted && home !== undefined) {
        const tags = await judgeTags(setup, writable, built);
        story = { ...story, findings: [...story.findings, ...tags] };
        if (isBlocked(story.findings))
            return story;
        if (!inputs.dryRun) {
            candidate = await log.group('Candidate', async () => await makeCandidate(setup, built, change, home.repository));
            story = {
                ...story,
                change: refine(story.change, candidate, inputs),
                uploadedBytes: candidate.uploadedBytes,
                subject: {
                    digest: candidate.descriptor.digest,
                    reference: candidate.reference,
                    images: [candidate.image]
                }
            };
        }
    }
    else if (change?.verdict === 'unchanged') {
        story = { ...story, subject: publishedSubject(setup, change) };
    }
    if (change?.verdict === 'changed')
        story = { ...story, packages: await comparePackageLists(setup, built, change) };
    if (inputs.mode === 'build')
        return await passOn(story, built, candidate);
    // 6. Test what was built: the candidate was proved to be the same.
    const smoke = await smokeTest(setup, profiles, built.facts.id, platform);
    story = { ...story, smoke, findings: [...story.findings, ...judgeSmoke(smoke, profiles.length)] };
    // 7. Scan by digest.
    if (inputs.scan.length > 0 && wanted) {
        const image = candidate === undefined ? built.name : candidate.reference;
        story = { ...story, scans: await scanImages(setup, [image]) };
    }
    // 8. Publish by digest, tags last.
    if (wanted)
        return await publishStory(story, built, candidate, writable);
    return change?.verdict === 'unchanged' ? await repairMirrors(story, change, writable) : story;
}
async function run_compare(story, built) {
    const { setup } = story;
    const { inputs, registry, targets } = setup;
    const primary = targets.targets[0];
    if (primary === undefined)
        return { ...story, change: { verdict: 'new' } };
    const change = await detectChange(registry, primary.repository, 'latest', built.platform, comparable(built.facts), inputs.ignoreConfig);
    setup.ports.log.info(describeChange(change));
    if (change.verdict !== 'unknown' || inputs.forcePush)
        return { ...story, change };
    const finding = {
        id: 'desktop-change-unknown',
        subject: primary.name,
        severity: 'unknown',
        message: `it is not known what is published: ${change.because}`,
        hint: 'Run again when the registry answers.'
    };
    // Who cannot push anyway, as on a fork, loses nothing: the build is tested all the same.
    const forked = story.findings.some((one) => one.id === 'desktop-not-logged-in');
    return {
        ...story,
        change,
        findings: [...story.findings, forked ? { ...finding, severity: 'notice' } : finding]
    };
}
async function makeCandidate(setup, built, change, repository) {
    const { ports, docker, registry } = setup;
    // A run that broke off has left the same image under today's tag: that is the candidate.
    const there = await sameUnderTag(setup, repository, built);
    if (there !== undefined) {
        ports.log.info(`${there.reference} is there from an earlier run with the same content`);
        return there;
    }
    // Layers of the published image are there already, if it is this repository that has them.
    const primary = setup.targets.targets[0]?.repository;
    const isHome = primary !== undefined && (0,lib_registry/* formatRepository */.zW)(primary) === (0,lib_registry/* formatRepository */.zW)(repository);
    const compared = change?.verdict === 'changed' || change?.verdict === 'unchanged';
    const published = isHome && compared ? change.published : undefined;
    const annotations = planAnnotations(setup.tag, setup.revision, ports.runner);
    return await pushCandidate({ built: built.facts, repository, platform: built.platform, published, annotations }, ports, docker, registry);
}
function refine(change, candidate, inputs) {
    const { config, manifest } = candidate.image;
    return change === undefined
        ? undefined
        : refineChange(change, { config, layers: manifest.layers }, inputs.ignoreConfig);
}
async function comparePackageLists(setup, built, change) {
    const primary = setup.targets.targets[0];
    if (primary === undefined)
        return undefined;
    const before = await publishedPackages(setup.registry, primary.repository, change.published);
    if (before === undefined)
        return undefined;
    const now = await packagesOf(setup, built.facts.id);
    return now === undefined ? undefined : comparePackages(before, now);
}
function publishedSubject(setup, change) {
    const primary = setup.targets.targets[0];
    if (primary === undefined)
        return undefined;
    const { host, path } = primary.repository;
    const { digest } = change.published.top;
    return { digest, reference: `${host}/${path}@${digest}`, images: [change.published] };
}


/***/ })

};
