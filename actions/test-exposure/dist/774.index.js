export const id = 774;
export const ids = [774];
export const modules = {

/***/ 7774:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  run: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/catalogue/index.ts + 6 modules
var lib_catalogue = __webpack_require__(5325);
// EXTERNAL MODULE: ./lib/exposure/index.ts + 39 modules
var exposure = __webpack_require__(7855);
// EXTERNAL MODULE: ./lib/failure/index.ts + 1 modules
var failure = __webpack_require__(4259);
// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __webpack_require__(2717);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __webpack_require__(2751);
// EXTERNAL MODULE: ./lib/registry/index.ts + 11 modules
var registry = __webpack_require__(6649);
// EXTERNAL MODULE: ./lib/sif/index.ts + 22 modules
var sif = __webpack_require__(1192);
// EXTERNAL MODULE: ./actions/test-exposure/src/inputs.ts
var src_inputs = __webpack_require__(649);
;// CONCATENATED MODULE: ./actions/test-exposure/src/host.ts
/** This machine: its PATH, its runtimes, downloaders, Lmod and scheduler. What was asked for and is not here is told at once. */




/** @throws InputError with everything that was asked for and is not on this machine */
async function lookAtHost(inputs, ports) {
    const { env } = ports.runner;
    const problems = [];
    const listed = (env['PATH'] ?? '').split((external_node_path_default()).delimiter);
    const folders = [...new Set(listed.filter((folder) => external_node_path_default().isAbsolute(folder)))];
    const names = await Promise.all(folders.map(async (folder) => await ports.fs.readdir(folder).catch(() => [])));
    const found = await findDownloaders(ports);
    for (const wanted of inputs.downloaders.filter(src_inputs/* isDownloader */.Um)) {
        for (const program of programsOf(wanted)) {
            if (found[program] === undefined) {
                problems.push({
                    input: 'downloaders',
                    given: wanted,
                    allowed: `a downloader that is on this machine; ${program} is not`
                });
            }
        }
    }
    const runtimes = await findRuntimes(inputs, ports, problems);
    const lmod = inputs.moduleSystem === 'lmod' ? await findLmod(ports) : undefined;
    if (inputs.moduleSystem === 'lmod' && lmod === undefined) {
        problems.push({
            input: 'module-system',
            given: 'lmod',
            allowed: 'lmod where it is installed',
            fix: 'install lmod in a step before'
        });
    }
    const usesSlurm = inputs.scheduler === 'slurm';
    if (usesSlurm && (await ports.exec.which('srun')) === undefined) {
        problems.push({ input: 'scheduler', given: 'slurm', allowed: 'slurm where srun is on PATH' });
    }
    await checkInstaller(inputs, ports, problems);
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return {
        path: folders,
        neutralPath: await (0,exposure.hidePrograms)(ports.fs, folders, external_node_path_default().join(ports.runner.temp, 'host')),
        commands: new Set(names.flat()),
        user: env['USER'] ?? env['LOGNAME'] ?? 'user',
        // The port of a test may stand for another user than the one that owns this process: the file system tells.
        ...(await ownerOf(ports)),
        runtimes,
        downloaders: found,
        lmod,
        usesSlurm,
        pass: usesSlurm ? pick(env, /^SLURM_/) : {},
        network: pick(env, /^(?:https?_proxy|no_proxy|all_proxy|SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE)$/i)
    };
}
/** The programs that an installer gets to see for a downloader. curl asks where an image is, whoever fetches it. */
function programsOf(downloader) {
    return downloader === 'aria2' ? ['aria2c', 'curl'] : ['curl'];
}
async function findRuntimes(inputs, ports, problems) {
    const runtimes = new Map();
    const sample = external_node_path_default().join(ports.runner.temp, 'empty-image');
    for (const folder of [
        'bin',
        'dev',
        'etc',
        'home',
        'proc',
        'root',
        'sys',
        'tmp',
        'var/tmp',
        'usr/bin',
        '.singularity.d'
    ]) {
        await ports.fs.mkdir(external_node_path_default().join(sample, folder), { recursive: true });
    }
    for (const name of new Set(inputs.runtimes)) {
        try {
            runtimes.set(name, await (0,exposure.fitRuntime)(ports.exec, await (0,exposure.findRuntime)(ports.exec, name), sample));
        }
        catch (error) {
            if (!(error instanceof exposure.RuntimeError))
                throw error;
            problems.push({
                input: 'runtimes',
                given: name,
                allowed: `a container runtime that works on this machine (${error.message})`,
                fix: 'install it in a step before, or take it out of `runtimes`'
            });
        }
    }
    return runtimes;
}
async function findDownloaders(ports) {
    const found = {};
    for (const program of ['curl', 'aria2c', 'wget']) {
        const file = await ports.exec.which(program);
        if (file !== undefined)
            found[program] = file;
    }
    return found;
}
const LMOD_PLACES = [
    '/usr/share/lmod/lmod/init/bash',
    '/opt/apps/lmod/lmod/init/bash',
    '/usr/local/lmod/lmod/init/bash',
    '/opt/lmod/lmod/init/bash'
];
async function findLmod(ports) {
    const own = ports.runner.env['LMOD_PKG'];
    for (const file of [...(own === undefined ? [] : [external_node_path_default().join(own, 'init', 'bash')]), ...LMOD_PLACES]) {
        if ((await ports.fs.stat(file).catch(() => undefined))?.isFile() === true)
            return file;
    }
    return undefined;
}
const SCRIPTS = {
    'transparent-singularity': 'run_transparent_singularity.sh',
    neurocommand: 'build.sh'
};
async function checkInstaller(inputs, ports, problems) {
    if (inputs.installer === 'builtin')
        return;
    const script = external_node_path_default().join(external_node_path_default().resolve(ports.runner.workspace, inputs.installerPath), SCRIPTS[inputs.installer]);
    try {
        await ports.fs.access(script);
    }
    catch (error) {
        problems.push({
            input: 'installer-path',
            given: inputs.installerPath,
            allowed: `a checkout with ${SCRIPTS[inputs.installer]} (${(0,failure/* messageOf */.bD)(error)})`
        });
    }
}
async function ownerOf(ports) {
    const { uid, gid } = await ports.fs.stat(ports.runner.temp);
    return { uid, gid };
}
function pick(env, names) {
    return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => value !== undefined && names.test(name) ? [[name, value]] : []));
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/installing.ts
/** How a container of a case is exposed: the tools that the installer sees, its environment, and the call itself. */




/** A whole installation may fetch gigabytes. */
const INSTALL_MS = 2 * 3_600_000;
async function makeFolder({ ports, folder }, name) {
    const made = external_node_path_default().join(folder, name);
    await ports.fs.mkdir(made, { recursive: true });
    return made;
}
/** The PATH of this case: its runtime, and the downloaders that it may use. */
async function makeToolbox({ ports, host, plan, runtime, folder }) {
    const { downloaders, neutralPath: hostPath } = host;
    const seen = plan.downloader === undefined ? Object.keys(downloaders) : programsOf(plan.downloader);
    return await (0,exposure.createToolbox)(ports.fs, {
        folder: external_node_path_default().join(folder, 'toolbox'),
        runtime,
        downloaders: Object.fromEntries(Object.entries(downloaders).filter(([name]) => seen.includes(name))),
        hostPath
    });
}
/** Names that the installer does not expose; none for the built-in one, which has rules of its own. */
async function readExcludes(scene) {
    const { ports, inputs } = scene;
    if (inputs.installer === 'builtin')
        return [];
    const below = inputs.installer === 'neurocommand' ? ['neurodesk', 'transparent-singularity'] : [];
    const file = external_node_path_default().join(installerPath(scene), ...below, 'ts_binaryFinderExcludes.txt');
    const text = await ports.fs.readFile(file, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
}
/** Runs the setup commands. @returns the failed test of the first that does not succeed */
async function setUp(scene, toolbox) {
    const { ports, inputs, plan, folder } = scene;
    const env = await installerEnvironment(scene, toolbox);
    for (const line of inputs.setupCommands) {
        const [program = '', ...words] = (0,src_inputs/* readWords */.ux)(line) ?? [];
        const result = await ports.caller.call(program, words, {
            cwd: folder,
            env,
            timeoutMs: INSTALL_MS,
            signal: ports.runner.signal
        });
        if (result.exitCode === 0)
            continue;
        const how = result.startError ?? `exit code ${result.exitCode ?? 'none'}`;
        return (0,exposure.failed)(plan.container.id, { name: 'setup' }, 'exposure-setup-failed', `${line}: ${how}`, {
            line: result.stderr.trim().split('\n').at(-1) ?? ''
        });
    }
    return undefined;
}
/**
 * Exposes the container.
 * @param where name of a folder of the case; the same one again is a second installation
 * @param image undefined: the installer fetches it
 * @param promise what the built-in exposure goes by
 */
async function install(scene, where, toolbox, image, promise) {
    const { ports, inputs, plan } = scene;
    const request = {
        fs: ports.fs,
        caller: ports.caller,
        container: plan.container,
        image,
        folder: await makeFolder(scene, where),
        installerPath: installerPath(scene),
        env: await installerEnvironment(scene, toolbox),
        toolbox,
        timeoutMs: INSTALL_MS,
        signal: ports.runner.signal
    };
    if (inputs.installer === 'transparent-singularity')
        return await (0,exposure.installTransparentSingularity)(request);
    if (inputs.installer === 'neurocommand')
        return await (0,exposure.installNeurocommand)(request);
    if (promise === undefined)
        throw new Error('the built-in exposure needs an image first');
    return await (0,exposure.installBuiltin)(request, promise);
}
/** How the image came that the installer fetched, against how it was to come. */
async function checkTransfer({ ports, inputs, plan }, image, toolbox) {
    const { id } = plan.container;
    const link = await ports.fs.readlink(image).catch(() => undefined);
    const calls = (0,exposure.parseDownloads)(await ports.fs.readFile(toolbox.downloadLog));
    const transfer = (0,exposure.transferOf)(id, calls, link);
    const finding = (0,exposure.judgeTransfer)(id, transfer, {
        downloader: plan.downloader === 'aria2' ? 'aria2c' : plan.downloader,
        cvmfsDisabled: inputs.env.some((line) => /^(?:NEURODESK_)?CVMFS_DISABLE=(?!$|0$|false$)/i.test(line))
    });
    if (finding === undefined)
        return { transfer, checked: (0,exposure.passed)('transfer') };
    const outcome = finding.severity === 'error' ? 'failed' : 'untested';
    const test = { name: 'transfer', command: undefined, outcome, reason: finding.message };
    return { transfer, checked: { tests: [test], findings: [finding] } };
}
function installerPath({ ports, inputs }) {
    return external_node_path_default().resolve(ports.runner.workspace, inputs.installerPath);
}
/** As of a call before anything is installed, with what the caller adds. */
async function installerEnvironment(scene, toolbox) {
    const { inputs, host, runtime, folder } = scene;
    const env = (0,exposure.sessionEnvironment)({
        installed: { container: '', containers: '', folder: '', image: '' },
        place: { root: folder, home: await makeFolder(scene, 'home') },
        runtime,
        toolbox,
        bindPaths: inputs.bindPaths,
        gpu: false,
        user: host.user,
        pass: {}
    });
    const added = Object.fromEntries(inputs.env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    return { ...(0,exposure.bareEnvironment)(env, toolbox), ...host.network, ...added };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/store/index.ts + 7 modules
var lib_store = __webpack_require__(2722);
// EXTERNAL MODULE: ./actions/test-exposure/src/registries.ts
var registries = __webpack_require__(2527);
;// CONCATENATED MODULE: ./actions/test-exposure/src/provide.ts
/** The image of a case, from where the caller says. */









/** The image is not there. `unknown`: it could not be found out. */
class ImageMissing extends Error {
    name = 'ImageMissing';
    unknown;
    constructor(message, unknown) {
        super(message);
        this.unknown = unknown;
    }
}
/** How long a pull or a download may take. */
const FETCH_MS = 3_600_000;
const CVMFS = '/cvmfs/neurodesk.ardc.edu.au/containers';
/**
 * @param folder of this case; a fetched image is put there
 * @returns an image file, or an unpacked folder
 * @throws ImageMissing
 */
async function provideImage(ports, inputs, plan, runtime, folder) {
    const { container } = plan;
    if (plan.source === 'docker')
        return await pullImage(ports, inputs, container, runtime, folder);
    if (plan.source === 'store')
        return await download(ports, inputs, container, folder);
    const places = plan.source === 'cvmfs' && inputs.imagePath.length === 0 ? [CVMFS] : inputs.imagePath;
    return await findFile(ports, places, container);
}
async function findFile(ports, places, container) {
    const names = [`${container.id}.simg`, `${container.id}.sif`];
    const candidates = places
        .map((place) => external_node_path_default().resolve(ports.runner.workspace, place))
        .flatMap((place) => names.includes(external_node_path_default().basename(place))
        ? [place]
        : names.flatMap((name) => [external_node_path_default().join(place, name), external_node_path_default().join(place, container.id, name)]));
    for (const candidate of candidates) {
        if ((await ports.fs.stat(candidate).catch(() => undefined)) !== undefined)
            return await ports.fs.realpath(candidate);
    }
    throw new ImageMissing(`no ${names.join(' or ')} in ${places.join(', ')}`, false);
}
const ABSENT = /manifest unknown|name unknown|not found|MANIFEST_UNKNOWN|NAME_UNKNOWN|repository does not exist/i;
async function pullImage(ports, inputs, container, runtime, folder) {
    const scratch = external_node_path_default().join(folder, 'pull');
    await ports.fs.mkdir(scratch, { recursive: true });
    const target = external_node_path_default().join(folder, `${container.id}.simg`);
    const reasons = [];
    const image = { name: container.image, tag: container.buildDate };
    for (const source of (0,registries/* pullSources */.w)(inputs.registries, image, ports)) {
        try {
            await (0,retry/* retry */.L5)(`pulling ${source.reference}`, async () => await pull(ports, runtime, source, target, scratch), {
                classify: notAbsent,
                clock: ports.clock,
                log: ports.log,
                limits: { attempts: 3 },
                signal: ports.runner.signal
            });
            return target;
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            reasons.push((0,failure/* messageOf */.bD)(error).split('\n').slice(0, 3).join(' '));
        }
    }
    throw new ImageMissing(reasons.join('; '), !reasons.every((reason) => ABSENT.test(reason)));
}
async function pull(ports, runtime, source, target, scratch) {
    await ports.fs.rm(target, { force: true });
    await ports.exec.run(runtime.file, ['build', '--disable-cache', target, source.reference], {
        env: {
            APPTAINER_TMPDIR: scratch,
            SINGULARITY_TMPDIR: scratch,
            APPTAINER_CACHEDIR: external_node_path_default().join(scratch, 'cache'),
            SINGULARITY_CACHEDIR: external_node_path_default().join(scratch, 'cache'),
            ...source.env
        },
        timeoutMs: FETCH_MS
    });
}
/** An image that the registry does not have is not asked for again. */
const notAbsent = (error, now) => error instanceof failure/* ToolError */.v4 && ABSENT.test(error.detail) ? { kind: 'final' } : (0,retry/* classifyTool */.Xp)(error, now);
async function download(ports, inputs, container, folder) {
    const target = external_node_path_default().join(folder, `${container.id}.simg`);
    const reasons = [];
    let unknown = false;
    for (const { value, attributes, flags } of inputs.stores) {
        const { store } = (0,lib_store/* parseStore */.Pv)(value, attributes, flags);
        try {
            const found = await fetchFrom(ports, store, `${container.id}.simg`, target);
            if (!found) {
                reasons.push(`${store.name} does not have it`);
                continue;
            }
            // A cut or exchanged file is the store's fault, and is told by lib/sif with what is wrong.
            await (0,sif/* inspectFile */.Xp)(ports.fs, target);
            return target;
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            if (error instanceof Error && error.name === 'SifError')
                throw error;
            unknown = true;
            reasons.push(`${store.name}: ${(0,failure/* messageOf */.bD)(error).split('\n').slice(0, 3).join(' ')}`);
        }
    }
    throw new ImageMissing(reasons.join('; '), unknown);
}
/** @returns false when the store says that it does not have it */
async function fetchFrom(ports, store, key, target) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined) {
        const rclone = (0,lib_store/* createRclone */.up)({
            exec: ports.exec,
            clock: ports.clock,
            log: ports.log,
            signal: ports.runner.signal
        });
        if ((await rclone.stat(store, key)) === undefined)
            return false;
        await ports.fs.rm(target, { force: true });
        await rclone.get(store, key, target);
        return true;
    }
    return await (0,retry/* retry */.L5)(`GET ${url}`, async () => {
        const response = await ports.http.stream(url, {
            timeoutMs: 60_000,
            headers: { 'accept-encoding': 'identity' }
        });
        if (response.status === 404 || response.status === 410) {
            response.body.destroy();
            return false;
        }
        if (response.status !== 200) {
            response.body.destroy();
            (0,http/* expectStatus */.oi)({ ...response, body: Buffer.alloc(0) }, [200]);
        }
        await (0,promises_.pipeline)(response.body, (0,external_node_fs_.createWriteStream)(target), { signal: ports.runner.signal });
        const expected = Number(response.headers['content-length'] ?? Number.NaN);
        const { size } = await ports.fs.stat(target);
        if (Number.isSafeInteger(expected) && size !== expected)
            throw new Error(`${size} of ${expected} bytes arrived`);
        return true;
    }, {
        classify: retry/* classifyHttp */.d3,
        clock: ports.clock,
        log: ports.log,
        limits: { attempts: 4 },
        signal: ports.runner.signal
    });
}

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/commands.ts
/** Every command: what its wrapper asks for, whether it starts, and which of them stand for the others. */



/** Calls every wrapper with a runtime that only writes down. */
async function recordAll(suite, wrapped) {
    const limit = pLimit(suite.inputs.maxParallel);
    const recorder = recorderOf(suite);
    return await Promise.all(wrapped.map((command, index) => limit(async () => await (0,exposure.recordCall)(recorder, command, index))));
}
function recorderOf({ ports, env, calls, result, inputs }) {
    return {
        fs: ports.fs,
        caller: ports.caller,
        env,
        installed: result.installed,
        folder: calls,
        timeoutMs: Math.min(inputs.timeout, 10_000),
        signal: ports.runner.signal
    };
}
/** The option for GPUs, and whether there is a GPU that it could give. */
async function checkGpu(suite, recorded) {
    const { ports, inputs, plan } = suite;
    const first = recorded.find((result) => !(0,exposure.isFinding)(result));
    // Nobody wants a GPU here, whatever the input `gpu` says to the other tests.
    const recorder = { ...recorderOf(suite), env: withoutOptions(suite.env) };
    const asked = first === undefined || (0,exposure.isFinding)(first)
        ? undefined
        : await (0,exposure.recordCall)(recorder, first.command, recorded.length);
    const option = asked === undefined || (0,exposure.isFinding)(asked)
        ? (0,exposure.together)([])
        : await (0,exposure.checkGpuOption)(recorder, asked, recorded.length);
    if (!inputs.gpu)
        return option;
    const device = await ports.fs.stat('/dev/nvidiactl').catch(() => undefined);
    const reason = 'this machine has no NVIDIA device; the commands were called with --nv all the same';
    return device === undefined
        ? (0,exposure.together)([option, (0,exposure.untested)(plan.container.id, 'gpu', undefined, reason)])
        : option;
}
function withoutOptions(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'neurodesk_singularity_opts'));
}
/** Is the program that is asked for the promised one? */
async function judgeTargets(suite, wrapped, recorded) {
    const { id } = suite.plan.container;
    const parts = await Promise.all(recorded.map(async (asked, index) => {
        const command = wrapped[index] ?? '';
        const finding = (0,exposure.isFinding)(asked)
            ? asked
            : await (0,exposure.checkTarget)(suite.tree, suite.promise, asked, id, suite.promise.path);
        if (finding === undefined)
            return (0,exposure.passed)('target', command);
        const test = { name: 'target', command, outcome: 'failed', reason: finding.message };
        return { tests: [test], findings: [finding] };
    }));
    return (0,exposure.together)(parts);
}
/** Calls every wrapper for real. */
async function startAll(suite, wrapped) {
    const { ports, inputs, plan, promise } = suite;
    const { probe } = inputs;
    if (probe === 'none')
        return (0,exposure.together)([]);
    const starter = {
        fs: ports.fs,
        caller: ports.caller,
        env: suite.wanted.display === undefined ? suite.env : { ...suite.env, DISPLAY: suite.wanted.display },
        container: plan.container.id,
        image: suite.result.installed.image,
        folder: suite.calls,
        timeoutMs: inputs.timeout,
        display: suite.wanted.display,
        signal: ports.runner.signal
    };
    const limit = pLimit(inputs.maxParallel);
    const progress = ports.log.progress(plan.label, { items: wrapped.length });
    const parts = await Promise.all(wrapped.map((name) => limit(async () => {
        const command = commandOf(promise, name);
        const start = await (0,exposure.checkStart)(starter, command);
        // What does not start fails of --help for the same reason, which is told once.
        const starts = start.tests.every(({ outcome }) => outcome !== 'failed');
        const whole = probe === 'help' && starts ? (0,exposure.together)([start, await (0,exposure.checkHelp)(starter, command)]) : start;
        progress.add({ items: 1 });
        return whole;
    })));
    progress.end();
    return (0,exposure.together)(parts);
}
function commandOf(promise, name) {
    const known = promise.commands.find((command) => command.name === name);
    return known ?? { name, source: 'DEPLOY_PATH', file: undefined, realFile: undefined, forEveryone: true };
}
/** One wrapper of every kind, and the first command of the smoke file. */
async function conformersOf(suite, wrapped, recorded) {
    const { ports, result, promise, tree } = suite;
    const shell = await (0,exposure.findShell)(tree);
    const hasCat = await (0,exposure.hasProgram)(tree, 'cat', promise.path);
    const wrappers = await Promise.all(recorded.flatMap((asked) => (0,exposure.isFinding)(asked)
        ? []
        : [
            (async () => ({
                command: asked.command,
                program: asked.program,
                text: await ports.fs.readFile(external_node_path_default().join(result.installed.folder, asked.command), 'utf8')
            }))()
        ]));
    const ofSmoke = suite.wanted.smokeTests.find((test) => (0,exposure.isFor)(test, suite.plan.container) && wrapped.includes(test.command));
    const names = [
        ...new Set([...(ofSmoke === undefined ? [] : [ofSmoke.command]), ...(0,exposure.representatives)(wrappers)])
    ];
    return names
        .filter((name) => wrappers.some(({ command }) => command === name))
        .map((command) => ({
        fs: ports.fs,
        caller: ports.caller,
        env: suite.env,
        installed: result.installed,
        command,
        shell,
        hasCat,
        imageEnvironment: promise.environment,
        folder: suite.calls,
        timeoutMs: suite.inputs.timeout,
        owner: { uid: suite.host.uid, gid: suite.host.gid },
        signal: ports.runner.signal
    }));
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./actions/test-exposure/src/expected.ts
/** Commands that maintainers expect, from names, from NeuroDesk's releases/*.json and from a recipe's build.yaml. */



/** Reads all of them. @throws InputError with every file that is unreadable or says nothing. */
async function readExpected(lines, ports) {
    const expected = [];
    const problems = [];
    for (const line of lines) {
        if (!/[/\\]|\.(?:json|ya?ml)$/.test(line)) {
            expected.push({ command: line, container: undefined, from: 'expected-commands' });
            continue;
        }
        try {
            const text = await ports.fs.readFile(external_node_path_default().resolve(ports.runner.workspace, line), 'utf8');
            const found = line.endsWith('.json') ? fromRelease(text, line) : fromRecipe(text, line);
            if (found.length === 0)
                throw new Error('it names no command');
            expected.push(...found);
        }
        catch (error) {
            problems.push({
                input: 'expected-commands',
                given: line,
                allowed: `a name, a releases/*.json or a build.yaml (${(0,failure/* messageOf */.bD)(error)})`
            });
        }
    }
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return expected;
}
/** What one container is expected to expose. */
function expectedOf(expected, container) {
    return expected.filter(({ container: wanted }) => wanted === undefined ||
        (wanted.name === container.name &&
            (wanted.version === undefined || wanted.version === container.version)));
}
/** `{"apps": {"NAME VERSION": {"version": …, "exec": ""}, "LABEL-NAME VERSION": {"exec": "fsleyes --show"}}}`. Exported for its test. */
function fromRelease(text, file) {
    const value = JSON.parse(text);
    const apps = record(record(value)['apps']);
    const primary = Object.keys(apps).find((app) => record(apps[app])['exec'] === '' || record(apps[app])['exec'] === undefined);
    const [name = '', version] = (primary ?? '').split(/ +/);
    if (name === '')
        throw new Error('no entry without exec, which is the container itself');
    return Object.values(apps)
        .map((app) => firstWord(record(app)['exec']))
        .filter((command) => command !== undefined)
        .map((command) => ({ command, container: { name, version }, from: file }));
}
/** `deploy.bins` and `gui_apps` of a recipe. What deploy.path holds is known to the image alone. Exported for its test. */
function fromRecipe(text, file) {
    const recipe = record((0,dist/* parse */.qg)(text, { maxAliasCount: 100 }));
    const name = recipe['name'];
    if (typeof name !== 'string')
        throw new Error('it has no name');
    const version = recipe['version'] === undefined ? undefined : String(recipe['version']);
    const bins = record(recipe['deploy'])['bins'];
    const apps = recipe['gui_apps'];
    const commands = [
        ...(Array.isArray(bins) ? bins.map(firstWord) : []),
        ...(Array.isArray(apps) ? apps.map((app) => firstWord(record(app)['exec'])) : [])
    ].filter((command) => command !== undefined);
    return [...new Set(commands)].map((command) => ({ command, container: { name, version }, from: file }));
}
function firstWord(value) {
    if (typeof value !== 'string')
        return undefined;
    const word = value.trim().split(/\s+/)[0] ?? '';
    const name = word.slice(word.lastIndexOf('/') + 1);
    // A template of the recipe ({{ context.name }}) is known to its builder alone.
    return name === '' || /[{}$]/.test(name) ? undefined : name;
}
function record(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/files.ts
/** What stands on the host after an installation, against the promise. */



const HEAD_BYTES = 256;
/** Compares. */
async function compareFiles(suite) {
    const { fs } = suite.ports;
    const { installed } = suite.result;
    const names = await fs.readdir(installed.folder).catch(() => []);
    const own = new Set(suite.result.ownFiles);
    const hostFiles = await Promise.all(names.map(async (name) => {
        const file = external_node_path_default().join(installed.folder, name);
        const stats = await fs.lstat(file);
        const kind = stats.isFile()
            ? 'file'
            : stats.isDirectory()
                ? 'directory'
                : stats.isSymbolicLink()
                    ? 'link'
                    : 'other';
        return { name, kind, mode: stats.mode & 0o7777, head: kind === 'file' ? await headOf(suite, file) : '' };
    }));
    const listed = await fs.readFile(external_node_path_default().join(installed.folder, 'commands.txt'), 'utf8').catch(() => undefined);
    const lines = listed?.split('\n').filter((line) => line !== '');
    return (0,exposure.checkFiles)(suite.promise, {
        container: installed.container,
        listed: lines,
        files: hostFiles.filter(({ name }) => !own.has(name) || lines?.includes(name) === true),
        readme: await fs.readFile(external_node_path_default().join(installed.folder, 'README.md')).catch(() => undefined),
        hostCommands: suite.host.commands,
        excludes: suite.excludes
    });
}
async function headOf({ ports }, file) {
    const handle = await ports.fs.open(file, 'r');
    try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
        return buffer.subarray(0, bytesRead).toString('latin1');
    }
    finally {
        await handle.close();
    }
}
/** One test of the whole, and one for each command that is concerned. */
function promiseTest(suite, files) {
    const errors = files.findings.filter((finding) => finding.severity === 'error');
    const whole = errors.length === 0
        ? { name: 'promise', command: undefined, outcome: 'passed' }
        : { name: 'promise', command: undefined, outcome: 'failed', reason: errors[0]?.message ?? '' };
    const { container } = suite.result.installed;
    const each = errors
        .filter(({ subject }) => subject.startsWith(`${container}/`))
        .map((finding) => ({
        name: 'promise',
        command: finding.subject.slice(container.length + 1),
        outcome: 'failed',
        reason: finding.message
    }));
    return { tests: [whole, ...each], findings: files.findings };
}
/** What maintainers expect, besides what the image promises. */
function checkExpected(suite, wrapped) {
    const { container } = suite.plan;
    return (0,exposure.together)(expectedOf(suite.wanted.expected, container).map(({ command, from }) => wrapped.includes(command)
        ? (0,exposure.passed)('expected', command)
        : (0,exposure.failed)(container.id, { name: 'expected', command }, 'exposure-expected-missing', `${from} expects it, and it is not exposed`)));
}
/** A module for nothing: `module load` succeeds, and no command appears. */
async function checkModuleForNothing(suite) {
    const { name, version, id } = suite.plan.container;
    const modules = external_node_path_default().join(suite.result.installed.containers, 'modules', name);
    const names = await suite.ports.fs.readdir(modules).catch(() => []);
    const file = names.find((entry) => entry === `${version}.lua` || entry === version);
    if (file === undefined)
        return (0,exposure.together)([]);
    return (0,exposure.failed)(id, { name: 'module' }, 'exposure-module-for-nothing', `modules/${name}/${file} is there, and no command is exposed`);
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/sessions.ts
/** Sessions and installations: activate, module, a second time, a blank in the path, a move, and the way back. */


function scriptChecker(suite, command) {
    return {
        fs: suite.ports.fs,
        caller: suite.ports.caller,
        env: suite.bare,
        installed: suite.result.installed,
        command,
        home: suite.home,
        timeoutMs: suite.inputs.timeout,
        signal: suite.ports.runner.signal
    };
}
/** Activate and deactivate, load and unload. */
async function checkSessions(suite, command) {
    const activated = await (0,exposure.checkActivate)(scriptChecker(suite, command));
    const { lmod } = suite.host;
    if (lmod === undefined)
        return activated;
    const { name, version } = suite.plan.container;
    const module = await (0,exposure.checkModule)({
        ...scriptChecker(suite, command),
        name,
        version,
        promise: suite.promise,
        lmod,
        folder: suite.calls
    });
    return (0,exposure.together)([activated, module]);
}
/** A second installation, one in a folder with a blank, a move of the whole, and the way back. */
async function checkInstallations(suite, files) {
    const { fs } = suite.ports;
    const { installed, ownFiles } = suite.result;
    const { id } = suite.plan.container;
    const look = () => (0,exposure.snapshot)(fs, installed.containers, installed.image);
    const parts = [];
    const first = await look();
    if (files.wrapped.length > 0) {
        await suite.again('host');
        parts.push((0,exposure.compareSnapshots)(id, first, await look()), await inFolderWithBlank(suite, files));
        if (suite.inputs.installer === 'builtin')
            parts.push(await relocate(suite, files));
    }
    if (files.wrapped.length > 0) {
        const checker = scriptChecker(suite, files.wrapped[0] ?? '');
        parts.push(await (0,exposure.checkUninstall)(checker, ownFiles, [...first.keys()]));
    }
    return (0,exposure.together)(parts);
}
async function inFolderWithBlank(suite, files) {
    const { id } = suite.plan.container;
    if (suite.plan.source === 'installer') {
        return (0,exposure.untested)(id, 'folder-with-blank', undefined, 'the installer would fetch the image once more');
    }
    const { installed, exitCode } = await suite.again('with blank');
    const text = await suite.ports.fs
        .readFile(external_node_path_default().join(installed.folder, 'commands.txt'), 'utf8')
        .catch(() => '');
    const listed = new Set(text.split('\n').filter((line) => line !== ''));
    const same = files.wrapped.every((name) => listed.has(name));
    // A clear refusal is as good as success; half an installation that claims to be whole is not.
    if (same || (exitCode !== 0 && listed.size === 0))
        return (0,exposure.passed)('folder-with-blank');
    return (0,exposure.failed)(id, { name: 'folder-with-blank' }, 'exposure-blank-in-folder', `in a folder with a blank ${listed.size} of ${files.wrapped.length} commands are exposed, and the exit code is ${exitCode ?? 'none'}`);
}
/**
 * Moves the whole, looks which image a wrapper asks for in the new place, and moves it back. Nothing is started: that
 * the program works is the matter of other tests. Exported for its test.
 */
async function relocate(suite, files) {
    const { fs, caller, runner } = suite.ports;
    const { installed } = suite.result;
    const moved = `${installed.containers} moved`;
    const command = files.wrapped[0] ?? '';
    await fs.rename(installed.containers, moved);
    try {
        const folder = external_node_path_default().join(moved, external_node_path_default().basename(installed.folder));
        const image = external_node_path_default().join(folder, external_node_path_default().basename(installed.image));
        const recorder = {
            fs,
            caller,
            env: { ...suite.env, PATH: suite.env['PATH']?.replace(installed.folder, folder) ?? '' },
            installed: { ...installed, containers: moved, folder, image },
            folder: suite.calls,
            timeoutMs: suite.inputs.timeout,
            signal: runner.signal
        };
        const asked = await (0,exposure.recordCall)(recorder, command, 0);
        if (!(0,exposure.isFinding)(asked))
            return (0,exposure.passed)('moved', command);
        const reason = `moved to another folder: ${asked.message}`;
        return (0,exposure.failed)(installed.container, { name: 'moved', command }, 'exposure-not-relocatable', reason);
    }
    finally {
        await fs.rename(moved, installed.containers);
    }
}

// EXTERNAL MODULE: ./actions/test-exposure/src/slurm.ts
var slurm = __webpack_require__(3649);
;// CONCATENATED MODULE: ./actions/test-exposure/src/suite.ts
/** All tests of one exposed container, in the order in which they may disturb each other least. */





async function testInstalled(suite) {
    const files = await compareFiles(suite);
    const parts = [promiseTest(suite, files), checkExpected(suite, files.wrapped)];
    let overhead;
    if (files.wrapped.length > 0) {
        const recorded = await recordAll(suite, files.wrapped);
        parts.push(await judgeTargets(suite, files.wrapped, recorded), await startAll(suite, files.wrapped));
        parts.push(await checkGpu(suite, recorded));
        const conformers = await conformersOf(suite, files.wrapped, recorded);
        const behaviour = [];
        for (const conformer of conformers)
            behaviour.push(await (0,exposure.checkConformance)(conformer));
        parts.push(...behaviour);
        const [first] = conformers;
        // The time of a wrapper that does something else than the program says nothing.
        if (first?.shell !== undefined && !hasFailed((0,exposure.together)(behaviour)))
            overhead = await (0,exposure.measureOverhead)(first, suite.runtime.kind, first.shell);
        parts.push(await smoke(suite, []));
        if (suite.host.usesSlurm)
            parts.push(await throughSlurm(suite, first));
        parts.push(await checkSessions(suite, first?.command ?? files.wrapped[0] ?? ''));
        if (first !== undefined)
            parts.push(await (0,exposure.checkMissingImage)(first));
    }
    else
        parts.push(await checkModuleForNothing(suite));
    parts.push(await checkInstallations(suite, files));
    return { wrapped: files.wrapped, checked: (0,exposure.together)(parts), overhead };
}
function hasFailed({ tests }) {
    return tests.some(({ outcome }) => outcome === 'failed');
}
async function smoke(suite, through) {
    const { ports, plan, wanted } = suite;
    const runner = {
        fs: ports.fs,
        caller: ports.caller,
        env: suite.env,
        container: plan.container.id,
        folder: suite.calls,
        timeoutMs: suite.inputs.timeout,
        through,
        signal: ports.runner.signal
    };
    const parts = [];
    for (const [index, test] of wanted.smokeTests.entries()) {
        if ((0,exposure.isFor)(test, plan.container))
            parts.push(await (0,exposure.runSmokeTest)(runner, test, index + 1));
    }
    return (0,exposure.together)(parts);
}
async function throughSlurm(suite, first) {
    const name = (0,slurm/* jobName */.dZ)(suite.ports.runner);
    const jobs = { kind: slurm/* JOBS_KIND */.MJ, id: name };
    suite.ports.cleanup.register(jobs);
    const through = (0,slurm/* srun */.DI)(name);
    const behaviour = first === undefined ? [] : [await (0,exposure.checkThroughScheduler)({ ...first, through })];
    const checked = (0,exposure.together)([...behaviour, await smoke(suite, through)]);
    suite.ports.cleanup.release(jobs);
    return checked;
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/examine.ts
/** One case: from the image to an exposed container, and through all its tests. */







/** Never throws for what is wrong with the container or its installer: that is its result. */
async function examine(around, wanted) {
    const { ports, plan, runtime } = around;
    const folder = external_node_path_default().join(ports.runner.temp, `case-${plan.number}`);
    const trees = [];
    let checked;
    try {
        await ports.fs.mkdir(folder, { recursive: true });
        return await examineScene({ ...around, folder: await ports.fs.realpath(folder) }, wanted, trees);
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        checked = imageFault(plan.container.id, error);
    }
    finally {
        for (const tree of trees)
            await tree.close();
    }
    return { ...nothingOf(plan, runtime.version), ...checked };
}
/** What is told of an image that could not be examined. Rethrows what is no fault of an image. */
function imageFault(container, error) {
    if (error instanceof ImageMissing && error.unknown) {
        const reason = `the image could not be fetched: ${(0,failure/* messageOf */.bD)(error)}`;
        return {
            tests: [{ name: 'image', command: undefined, outcome: 'untested', reason }],
            findings: [{ id: 'exposure-image-unknown', severity: 'unknown', subject: container, message: reason }]
        };
    }
    const fault = (id) => (0,exposure.failed)(container, { name: 'image' }, id, (0,failure/* messageOf */.bD)(error));
    if (error instanceof ImageMissing)
        return fault('exposure-image-missing');
    if (error instanceof exposure.ImageError || error instanceof sif/* SifError */.ty)
        return fault('exposure-image-damaged');
    if (error instanceof exposure.RuntimeError)
        return fault('exposure-image-does-not-start');
    throw error;
}
function nothingOf(plan, runtimeVersion) {
    return {
        plan,
        reached: false,
        runtimeVersion,
        promised: 0,
        wrapped: [],
        overhead: undefined,
        transfer: undefined
    };
}
async function examineScene(scene, wanted, trees) {
    const { ports, inputs, host, plan, runtime } = scene;
    const toolbox = await makeToolbox(scene);
    const fetchesItself = plan.source === 'installer';
    const image = fetchesItself ? undefined : await provideImage(ports, inputs, plan, runtime, scene.folder);
    const early = image === undefined ? undefined : await examine_open(scene, image, trees);
    const setup = await setUp(scene, toolbox);
    if (setup !== undefined)
        return { ...nothingOf(plan, runtime.version), ...setup };
    const again = async (where) => await install(scene, where, toolbox, image, early?.promise);
    const result = await again('host');
    const lost = fetchesItself ? undefined : await checkStillThere(scene, result);
    if (lost !== undefined)
        return { ...nothingOf(plan, runtime.version), ...lost };
    const came = fetchesItself ? await checkTransfer(scene, result.installed.image, toolbox) : undefined;
    const { tree, promise } = early ?? (await examine_open(scene, result.installed.image, trees));
    const home = await makeFolder(scene, 'home');
    const env = (0,exposure.sessionEnvironment)({
        installed: result.installed,
        place: { root: scene.folder, home },
        runtime,
        toolbox,
        bindPaths: inputs.bindPaths,
        gpu: inputs.gpu,
        user: host.user,
        pass: host.pass
    });
    const tested = await testInstalled({
        ...scene,
        wanted,
        tree,
        promise,
        result,
        env,
        bare: (0,exposure.bareEnvironment)(env, toolbox),
        home,
        calls: await makeFolder(scene, 'calls'),
        excludes: await readExcludes(scene),
        again
    });
    const parts = [
        came?.checked ?? (0,exposure.together)([]),
        installerTests(scene, result, tested.wrapped.length),
        tested.checked
    ];
    return {
        plan,
        reached: true,
        runtimeVersion: runtime.version,
        promised: promise.commands.length,
        wrapped: tested.wrapped,
        overhead: tested.overhead,
        transfer: came?.transfer,
        ...(0,exposure.together)(parts)
    };
}
/**
 * An installer that unpacks the image may remove it before it has something in its place. neurocommand is given the
 * image when it asks for it: that it never asked is told by what is missing.
 */
async function checkStillThere({ ports, inputs, plan }, { installed }) {
    if (inputs.installer === 'neurocommand')
        return undefined;
    const present = await ports.fs.stat(installed.image).catch(() => undefined);
    if (present !== undefined)
        return undefined;
    const reason = `the image was there, and after the installation there is no ${external_node_path_default().basename(installed.image)}`;
    return (0,exposure.failed)(plan.container.id, { name: 'installer' }, 'exposure-image-lost', reason);
}
/** Opens an image, makes sure that it is whole and that the runtime starts it, and reads what it promises. */
async function examine_open(scene, image, trees) {
    const { ports, inputs, plan, runtime } = scene;
    const present = await ports.fs.stat(image).catch(() => undefined);
    if (present === undefined)
        throw new ImageMissing('the installer brought no image', false);
    const tree = await (0,exposure.openImage)(ports.fs, image);
    trees.push(tree);
    // A file that is cut off still has its first folders.
    if (present.isFile())
        await (0,sif/* inspectFile */.Xp)(ports.fs, image);
    await (0,exposure.fitRuntime)(ports.exec, runtime, image);
    const container = plan.container.id;
    if (inputs.installer === 'builtin')
        return { tree, promise: await (0,exposure.readPromise)(tree, { container }) };
    const excludes = new Set(await readExcludes(scene));
    const exclude = (name) => excludes.has(name) ? "it is in the installer's list of excludes" : undefined;
    return { tree, promise: await (0,exposure.readPromise)(tree, { container, exclude }) };
}
/** What the installer said and did besides the files that it left. */
function installerTests({ plan }, result, wrapped) {
    const findings = [
        ...(0,exposure.judgeOutput)(plan.container.id, result.output, result.exitCode, wrapped),
        ...result.findings
    ];
    const tests = findings.map((finding) => ({
        name: 'installer',
        command: undefined,
        outcome: finding.severity === 'error' ? 'failed' : 'passed',
        reason: finding.message
    }));
    return { tests, findings };
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/junit.ts
function toJunit(results) {
    const all = results.flatMap((result) => result.tests);
    const suites = results.map(({ plan, tests }) => [
        `  <testsuite name="${xml(plan.label)}" ${counts(tests)}>`,
        ...tests.map((test) => toCase(plan.container.id, test)),
        '  </testsuite>'
    ].join('\n'));
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="test-exposure" ${counts(all)}>`,
        ...suites,
        '</testsuites>',
        ''
    ].join('\n');
}
function counts(tests) {
    const count = (outcome) => tests.filter((test) => test.outcome === outcome).length;
    const seconds = tests.reduce((sum, test) => sum + (test.durationMs ?? 0), 0) / 1000;
    return `tests="${tests.length}" failures="${count('failed')}" errors="0" skipped="${count('untested')}" time="${seconds.toFixed(3)}"`;
}
function toCase(container, test) {
    const name = test.command === undefined ? test.name : `${test.command}: ${test.name}`;
    const open = `    <testcase classname="${xml(container)}" name="${xml(name)}" time="${((test.durationMs ?? 0) / 1000).toFixed(3)}"`;
    if (test.outcome === 'passed')
        return `${open}/>`;
    const message = `message="${xml(test.reason ?? '')}"`;
    const inner = test.outcome === 'untested'
        ? `<skipped ${message}/>`
        : `<failure ${message}>${xml(test.line ?? '')}</failure>`;
    return `${open}>${inner}</testcase>`;
}
/** Characters that XML 1.0 cannot hold at all become U+FFFD. */
function xml(text) {
    return text
        .toWellFormed()
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll('\n', '&#10;')
        .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/plan.ts
/** Which container is tested how. Pure. */


/** Every combination that was asked for, container by container. */
function planCases(inputs, containers) {
    const ways = waysOf(inputs);
    const runtimes = [...new Set(inputs.runtimes)];
    const cases = [];
    for (const container of containers) {
        for (const { source, downloader } of ways) {
            for (const runtime of runtimes) {
                const parts = [
                    ...(ways.length > 1 ? [downloader === undefined ? source : `${source} by ${downloader}`] : []),
                    ...(runtimes.length > 1 ? [runtime] : [])
                ];
                const label = parts.length === 0 ? container.id : `${container.id} (${parts.join(', ')})`;
                cases.push({ number: cases.length + 1, container, source, runtime, downloader, label });
            }
        }
    }
    return cases;
}
/** Sources, and for the installer's own fetching one way per downloader. */
function waysOf(inputs) {
    const named = [...new Set(inputs.downloaders)].filter(src_inputs/* isDownloader */.Um);
    return [...new Set(inputs.source)].filter(src_inputs/* isSource */.__).flatMap((source) => {
        const all = source === 'installer' && named.length > 0 ? named : [undefined];
        return all.map((downloader) => ({ source, downloader }));
    });
}
/**
 * The containers that are named, each once, in their order.
 * @param catalogue for NAME@latest: the container with the latest build date, of two the higher version
 * @returns the names that are not in the catalogue as well
 */
function namedContainers(lines, catalogue) {
    const found = new Map();
    const unknown = [];
    for (const line of lines) {
        const name = /^(.*)@latest$/.exec(line)?.[1];
        const container = name === undefined ? (0,lib_catalogue/* parseContainerName */.gZ)(line) : latestOf(name, catalogue);
        if (container === undefined)
            unknown.push(line);
        else
            found.set(container.id, container);
    }
    return { containers: [...found.values()], unknown };
}
function latestOf(name, catalogue) {
    const versions = new Intl.Collator('en', { numeric: true });
    return catalogue
        .filter((container) => container.name === name)
        .sort((a, b) => versions.compare(a.buildDate, b.buildDate) || versions.compare(a.version, b.version))
        .at(-1);
}

// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __webpack_require__(8066);
;// CONCATENATED MODULE: ./actions/test-exposure/src/report.ts


/** What a dry run says: nothing was fetched, exposed or called. */
function planOutcome(cases, smokeTests) {
    const headline = `Dry run: ${plural(cases.length, 'case')} and ${plural(smokeTests.length, 'smoke test')} would be tested.`;
    const rows = cases.map((plan) => [
        (0,markdown/* code */.aY)(plan.container.id),
        plan.downloader === undefined ? plan.source : `${plan.source} by ${plan.downloader}`,
        (0,markdown/* code */.aY)(plan.runtime)
    ]);
    return {
        verdict: 'unknown',
        headline,
        findings: [],
        subjects: [],
        figures: { 'case-count': cases.length },
        outputs: outputsOf([], ''),
        summary: `## Exposure\n\n${headline}\n\n${(0,markdown/* table */.tp)(['Container', 'Source', 'Runtime'], rows)}`
    };
}
/** @param junit path of the JUnit file; '' when none was asked for */
function toOutcome(results, failOn, junit) {
    const tests = results.flatMap((result) => result.tests);
    const [passed, failed, untested] = ['passed', 'failed', 'untested'].map((outcome) => countOf(tests, outcome));
    const commands = results.reduce((sum, result) => sum + result.wrapped.length, 0);
    const ran = passed + failed > 0;
    const headline = ran
        ? `${passed} of ${plural(tests.length, 'test')} passed for ${plural(commands, 'command')} of ${plural(results.length, 'exposed container')}; ${failed} failed, ${untested} could not be done.`
        : 'Nothing was tested.';
    // Without one command there is no verdict, whatever the caller accepts.
    const empty = !ran || commands === 0;
    const findings = results.flatMap((result) => result.findings);
    const serious = untested > 0 || findings.some(({ severity }) => severity !== 'notice');
    const refused = (failOn !== 'none' && failed > 0) || (failOn === 'any' && serious);
    const why = 'Not every finding is a notice, and `fail-on` is `any`.';
    return {
        verdict: failed > 0 ? 'failed' : empty || (failOn === 'any' && untested > 0) ? 'unknown' : 'ok',
        headline,
        findings,
        ...lookedAt(results),
        figures: figuresOf(results, { passed, failed, untested, commands }),
        details: { cases: results.map(detailsOf) },
        outputs: outputsOf(results, junit),
        summary: summaryOf(results, headline),
        ...(empty || refused ? { failure: failed > 0 || empty ? headline : `${headline} ${why}` } : {})
    };
}
/**
 * Containers and their commands that came through every test; one that a test could not be done for has a finding. A case
 * that ended early stands for all commands of its container, also when another runtime had no trouble with it.
 */
function lookedAt(results) {
    const subjects = new Set();
    for (const { plan, wrapped, tests } of results.filter(({ reached }) => reached)) {
        subjects.add(plan.container.id);
        for (const command of wrapped)
            subjects.add(`${plan.container.id}/${command}`);
        for (const test of tests)
            subjects.add(nameOf(plan, test));
    }
    for (const { plan, tests } of results)
        for (const test of tests)
            if (test.outcome === 'untested')
                subjects.delete(nameOf(plan, test));
    return {
        subjects: [...subjects],
        unreached: results.filter(({ reached }) => !reached).map(({ plan }) => plan.container.id),
        coverage: { of: 'containers', whole: true }
    };
}
/** What the log says of one case: in what it was tested, what came out, and everything that did not pass. */
function logLines(result) {
    const { plan, promised, wrapped, tests, transfer } = result;
    const way = transfer === undefined ? [] : [`fetched by ${transfer.downloader ?? transfer.source}`];
    const facts = [
        runtimeOf(result),
        ...way,
        `${promised} promised`,
        `${wrapped.length} wrapped`,
        `${countOf(tests, 'passed')} of ${plural(tests.length, 'test')} passed`
    ];
    const others = tests
        .filter(({ outcome }) => outcome !== 'passed')
        .map((test) => {
        const line = test.line === undefined ? '' : `: ${test.line}`;
        return `${test.outcome}: ${nameOf(plan, test)}: ${test.name}: ${test.reason ?? ''}${line}`;
    });
    return [facts.join(', '), ...others];
}
function figuresOf(results, counts) {
    // What lies below the noise is no figure.
    const overheads = results
        .flatMap(({ overhead }) => (overhead === undefined ? [] : [(0,exposure.readOverhead)(overhead)]))
        .flatMap(({ kind, ms }) => (kind === 'measured' ? [ms] : []));
    return {
        'passed-count': counts.passed,
        'failed-count': counts.failed,
        'untested-count': counts.untested,
        'command-count': counts.commands,
        ...(overheads.length === 0 ? {} : { 'wrapper-overhead-max-ms': Math.max(...overheads) })
    };
}
function detailsOf({ plan, runtimeVersion, promised, wrapped, tests, overhead, transfer }) {
    return {
        container: plan.container.id,
        source: plan.source,
        ...(plan.downloader === undefined ? {} : { downloader: plan.downloader }),
        runtime: plan.runtime,
        runtimeVersion,
        promised,
        wrapped,
        tests,
        ...(overhead === undefined ? {} : { overhead }),
        ...(transfer === undefined ? {} : { transfer })
    };
}
function outputsOf(results, junit) {
    const tests = results.flatMap((result) => result.tests);
    const commands = results.flatMap(({ plan, wrapped }) => wrapped.map((command) => `${plan.container.id}/${command}`));
    const failed = results.flatMap(({ plan, tests: own }) => own.filter(({ outcome }) => outcome === 'failed').map((test) => nameOf(plan, test)));
    return {
        'passed-count': String(countOf(tests, 'passed')),
        'failed-count': String(countOf(tests, 'failed')),
        'untested-count': String(countOf(tests, 'untested')),
        commands: JSON.stringify([...new Set(commands)]),
        failed: JSON.stringify([...new Set(failed)]),
        junit
    };
}
function summaryOf(results, headline) {
    const parts = [
        '## Exposure',
        headline,
        (0,markdown/* table */.tp)(['Container', '', 'Promised', 'Wrapped', 'Ran', 'Wrapper costs', 'Runtime'], results.map(toRow))
    ];
    const failing = testRows(results, 'failed');
    if (failing.length > 0) {
        parts.push('### Failed', (0,markdown/* table */.tp)(['Command', 'Test', 'Reason', 'Last line of stderr'], failing));
    }
    const untested = testRows(results, 'untested').map((row) => row.slice(0, 3));
    if (untested.length > 0) {
        parts.push((0,markdown/* details */.zH)(`${plural(untested.length, 'test')} could not be done`, (0,markdown/* table */.tp)(['Command', 'Test', 'Reason'], untested)));
    }
    const warnings = results.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'warning'));
    if (warnings.length > 0) {
        const rows = warnings.map(({ subject, message }) => [(0,markdown/* code */.aY)(subject), (0,markdown/* escape */.ih)(message)]);
        parts.push((0,markdown/* details */.zH)(plural(warnings.length, 'warning'), (0,markdown/* table */.tp)(['Subject', 'What'], rows)));
    }
    return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}
function toRow(result) {
    const { plan, promised, wrapped, tests, overhead } = result;
    const started = tests.filter(({ name }) => name === 'start');
    const ran = started.length === 0 ? '-' : String(countOf(started, 'passed'));
    const mark = tests.some(({ outcome }) => outcome === 'failed')
        ? '❌'
        : tests.some(({ outcome }) => outcome === 'passed')
            ? '✅'
            : '❔';
    const counts = [String(promised), String(wrapped.length), ran];
    return [(0,markdown/* code */.aY)(plan.label), mark, ...counts, costsOf(overhead), (0,markdown/* escape */.ih)(runtimeOf(result))];
}
function runtimeOf({ plan, runtimeVersion }) {
    return `${plan.runtime.slice(plan.runtime.lastIndexOf('/') + 1)} ${runtimeVersion}`;
}
/** `3 ms on 214 ms`, or that it is lost in what the start of a container varies by. */
function costsOf(overhead) {
    if (overhead === undefined)
        return '-';
    const { kind, ms } = (0,exposure.readOverhead)(overhead);
    const direct = `${Math.round(overhead.directMs)} ms`;
    return kind === 'measured' ? `${ms} ms on ${direct}` : `not measurable: at most ${ms} ms on ${direct}`;
}
function testRows(results, outcome) {
    return results.flatMap(({ plan, tests }) => tests
        .filter((test) => test.outcome === outcome)
        .map((test) => [
        (0,markdown/* code */.aY)(nameOf(plan, test)),
        (0,markdown/* escape */.ih)(test.name),
        (0,markdown/* escape */.ih)(test.reason ?? ''),
        test.line === undefined ? '' : (0,markdown/* code */.aY)(test.line)
    ]));
}
function nameOf(plan, test) {
    return test.command === undefined ? plan.container.id : `${plan.container.id}/${test.command}`;
}
function countOf(tests, outcome) {
    return tests.filter((test) => test.outcome === outcome).length;
}
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./actions/test-exposure/src/run.ts













/**
 * 1. Read the catalogue, the smoke file and the expected commands; look at this machine. What is missing fails here.
 * 2. For every container, source, runtime and downloader: get the image, read what it promises, expose it in a
 *    clean folder.
 * 3. Compare the promise with the files, call every wrapper by its host name, and ask one of each kind whether it
 *    behaves like the program itself.
 * 4. Activate, load the module, go through the scheduler; install again, move, uninstall.
 * 5. Report.
 */
async function run(inputs, ports) {
    const cases = planCases(inputs, await readContainers(inputs, ports));
    const smokeTests = await readSmokeFile(inputs, ports);
    const expected = await readExpected(inputs.expectedCommands, ports);
    if (inputs.dryRun)
        return planOutcome(cases, smokeTests);
    for (const note of (0,registry/* notesOnCapitals */.yx)(inputs.registries.map(({ value }) => value)))
        ports.log.info(note);
    const host = await lookAtHost(inputs, ports);
    const display = await startScreen(inputs, ports, host);
    try {
        const results = await examineAll(inputs, ports, host, cases, {
            smokeTests,
            expected,
            display: display?.name
        });
        const place = inputs.junitPath === '' ? '' : external_node_path_default().resolve(ports.runner.workspace, inputs.junitPath);
        const outcome = toOutcome(results, inputs.failOn, place);
        return place === '' ? outcome : { ...outcome, junit: { path: place, xml: toJunit(results) } };
    }
    finally {
        await display?.stop();
    }
}
async function examineAll(inputs, ports, host, cases, wanted) {
    const results = [];
    for (const plan of cases) {
        const runtime = host.runtimes.get(plan.runtime);
        if (runtime === undefined)
            throw new Error(`the runtime ${plan.runtime} was not looked for`);
        results.push(await ports.log.group(plan.label, async () => {
            const result = await examine({ ports, inputs, host, plan, runtime }, wanted);
            for (const line of logLines(result))
                ports.log.info(line);
            return result;
        }));
    }
    return results;
}
async function readContainers(inputs, ports) {
    const catalogue = inputs.catalogue === '' ? [] : await readApps(inputs.catalogue, ports);
    const { containers, unknown } = namedContainers(inputs.containers, catalogue);
    if (unknown.length > 0) {
        const allowed = `a container of ${inputs.catalogue === '' ? 'a catalogue' : inputs.catalogue}`;
        throw new failure/* InputError */.dz(unknown.map((given) => ({ input: 'containers', given, allowed })));
    }
    return containers;
}
async function readApps(place, ports) {
    const problem = (allowed) => new failure/* InputError */.dz([{ input: 'catalogue', given: place, allowed }]);
    let text;
    try {
        text = /^https?:\/\//i.test(place)
            ? await (0,retry/* retry */.L5)(`GET ${place}`, async () => (0,http/* expectStatus */.oi)(await ports.http.request(place)).body.toString('utf8'), {
                classify: retry/* classifyHttp */.d3,
                clock: ports.clock,
                log: ports.log,
                signal: ports.runner.signal
            })
            : await ports.fs.readFile(external_node_path_default().resolve(ports.runner.workspace, place), 'utf8');
    }
    catch (error) {
        if (/^https?:/i.test(place))
            throw error;
        throw problem(`a file that can be read (${(0,failure/* messageOf */.bD)(error)})`);
    }
    const options = { file: place, rules: '2026' };
    const catalogue = (0,lib_catalogue/* isLog */.V_)(text) ? (0,lib_catalogue/* readCatalogueLog */.e)(text, options) : (0,lib_catalogue/* readCatalogue */.YW)(text, options);
    if (catalogue.broken)
        throw problem("NeuroDesk's apps.json or log.txt");
    return catalogue.containers;
}
async function readSmokeFile(inputs, ports) {
    if (inputs.smokeFile === '')
        return [];
    const file = external_node_path_default().resolve(ports.runner.workspace, inputs.smokeFile);
    const problem = (given, allowed) => ({ input: 'smoke-file', given, allowed });
    let text;
    try {
        text = await ports.fs.readFile(file, 'utf8');
    }
    catch (error) {
        throw new failure/* InputError */.dz([problem(inputs.smokeFile, `a file that can be read (${(0,failure/* messageOf */.bD)(error)})`)]);
    }
    const { tests, problems } = (0,exposure.parseSmokeFile)(text);
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems.map((what) => problem(inputs.smokeFile, what)));
    return tests;
}
async function startScreen(inputs, ports, host) {
    if (inputs.probe === 'none')
        return undefined;
    const env = { PATH: host.path.join((external_node_path_default()).delimiter), HOME: ports.runner.temp };
    return await (0,exposure.startDisplay)(ports.caller, ports, env, ports.runner.temp, ports.runner.signal);
}


/***/ })

};
