import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 9890:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8574);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(649);
/* harmony import */ var _ports_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2982);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4253);




await (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .Cs)((0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({ name: 'test-exposure', inputs: _inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputs */ .QL, check: _inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6, ports: _ports_js__WEBPACK_IMPORTED_MODULE_2__/* .addPorts */ .c, run: _run_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .e }));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 649:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   QL: () => (/* binding */ inputs),
/* harmony export */   Um: () => (/* binding */ isDownloader),
/* harmony export */   __: () => (/* binding */ isSource),
/* harmony export */   ux: () => (/* binding */ readWords),
/* harmony export */   z6: () => (/* binding */ check)
/* harmony export */ });
/* unused harmony exports sources, downloaders, installers */
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8574);
/* harmony import */ var _lib_catalogue_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5325);
/* harmony import */ var _lib_store_index_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5177);



const sources = ['file', 'store', 'docker', 'cvmfs', 'installer'];
const downloaders = ['aria2', 'curl'];
const installers = ['builtin', 'transparent-singularity', 'neurocommand'];
const inputs = {
    containers: {
        ...(0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ allowed: 'NAME_VERSION_DATE or NAME@latest, one per line', refuse: refuseContainer }),
        default: undefined
    },
    catalogue: _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh.catalogue,
    source: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        default: 'file',
        allowed: `${sources.join(', ')}; one per line`,
        refuse: (line) => (isSource(line) ? undefined : `one of ${sources.join(', ')}`)
    }),
    'image-path': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ allowed: 'paths of folders and image files, one per line' }),
    stores: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .entries */ .jO)({
        allowed: 'an rclone remote path or a public http(s) URL',
        keys: ['name', 'public-url', 'prefix'],
        flags: ['required'],
        refuse: ({ value, attributes, flags }) => (0,_lib_store_index_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStore */ .Pv)(value, attributes, flags).problems,
        max: 16
    }),
    registries: { ..._lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh.registries, default: 'docker.io/vnmd' },
    installer: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(installers, 'builtin'),
    'installer-path': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'the path of a folder', maxLength: 1024 }),
    'setup-commands': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: 'a JSON array of texts per line, such as ["cp", "config.ini", "/etc"]',
        refuse: (line) => (readWords(line) === undefined ? 'a JSON array of texts, the program first' : undefined)
    }),
    env: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: 'KEY=value, one per line',
        refuse: (line) => (/^[A-Za-z_][A-Za-z0-9_]*=/.test(line) ? undefined : 'KEY=value')
    }),
    runtimes: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ default: 'apptainer', allowed: 'names on PATH or absolute paths, one per line' }),
    downloaders: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: `${downloaders.join(', ')}; one per line`,
        refuse: (line) => (isDownloader(line) ? undefined : `one of ${downloaders.join(', ')}`)
    }),
    'expected-commands': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ allowed: 'names of commands, or paths of releases/*.json or build.yaml' }),
    'smoke-file': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'a path', maxLength: 1024 }),
    probe: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['start', 'help', 'none'], 'start'),
    'module-system': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['lmod', 'none'], 'none'),
    scheduler: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['none', 'slurm'], 'none'),
    'bind-paths': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: 'absolute paths, one per line',
        refuse: (line) => (/^\/[^,]*$/.test(line) ? undefined : 'an absolute path without a comma')
    }),
    gpu: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)(false),
    timeout: _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh.timeout,
    'max-parallel': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['max-parallel'],
    'fail-on': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['failed', 'untested', 'none'], 'failed'),
    'dry-run': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['dry-run'],
    'report-path': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['report-path'],
    'junit-path': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'a path; empty for none', maxLength: 1024 })
};
function isSource(word) {
    return sources.some((source) => source === word);
}
function isDownloader(word) {
    return downloaders.some((downloader) => downloader === word);
}
/** The words of one setup command; undefined when the line is no array of texts. */
function readWords(line) {
    try {
        const value = JSON.parse(line);
        if (!Array.isArray(value) || !value.every((word) => typeof word === 'string'))
            return undefined;
        const [program, ...rest] = value;
        return program === undefined || program === '' ? undefined : [program, ...rest];
    }
    catch {
        return undefined;
    }
}
function refuseContainer(line) {
    const latest = /^(.*)@latest$/.exec(line)?.[1];
    if (latest !== undefined)
        return (0,_lib_catalogue_index_js__WEBPACK_IMPORTED_MODULE_1__/* .unsafeBecause */ .X9)(latest);
    return ((0,_lib_catalogue_index_js__WEBPACK_IMPORTED_MODULE_1__/* .unsafeBecause */ .X9)(line) ??
        ((0,_lib_catalogue_index_js__WEBPACK_IMPORTED_MODULE_1__/* .parseContainerName */ .gZ)(line) === undefined ? 'NAME_VERSION_DATE or NAME@latest' : undefined));
}
/** Rules between inputs. */
function check(given) {
    const problems = [];
    const need = (input, allowed, fix) => {
        problems.push(fix === undefined ? { input, given: '', allowed } : { input, given: '', allowed, fix });
    };
    if (given.containers.length === 0)
        need('containers', 'at least one container');
    if (given.source.length === 0)
        need('source', 'at least one source');
    if (given.runtimes.length === 0)
        need('runtimes', 'at least one runtime');
    if (given.source.includes('file') && given.imagePath.length === 0) {
        need('image-path', 'a folder with NAME_VERSION_DATE.simg files, or such a file', 'give image-path, or another source');
    }
    if (given.source.includes('store') && given.stores.length === 0)
        need('stores', 'at least one store for the source `store`');
    if (given.containers.some((line) => line.endsWith('@latest')) && given.catalogue === '') {
        need('catalogue', 'a catalogue that says what NAME@latest is');
    }
    if (given.installer !== 'builtin' && given.installerPath === '') {
        need('installer-path', `a checkout of ${given.installer}`, 'check it out in a step before');
    }
    if (given.installer === 'builtin' && given.source.includes('installer')) {
        need('installer', 'transparent-singularity or neurocommand for the source `installer`: the built-in one fetches nothing');
    }
    if (given.downloaders.length > 0 && !given.source.includes('installer')) {
        need('source', '`installer` among the sources when downloaders are named', 'only an installer that fetches by itself uses a downloader');
    }
    return problems;
}


/***/ }),

/***/ 2982:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ addPorts)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _lib_shell_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4476);
/** The ports of this action: those that all have, and one to call commands in sessions of their own. */


function addPorts(base) {
    // The same id as lib/action registers for its own processes: post finds what a killed run left.
    const id = node_path__WEBPACK_IMPORTED_MODULE_0___default().basename(base.runner.temp);
    // A program in a container starts with a clean environment; these are the ways in.
    const names = [
        _lib_shell_index_js__WEBPACK_IMPORTED_MODULE_1__/* .TRACKING_VARIABLE */ .dG,
        `APPTAINERENV_${_lib_shell_index_js__WEBPACK_IMPORTED_MODULE_1__/* .TRACKING_VARIABLE */ .dG}`,
        `SINGULARITYENV_${_lib_shell_index_js__WEBPACK_IMPORTED_MODULE_1__/* .TRACKING_VARIABLE */ .dG}`
    ];
    return { ...base, caller: (0,_lib_shell_index_js__WEBPACK_IMPORTED_MODULE_1__/* .createCaller */ .uF)(base.clock, Object.fromEntries(names.map((name) => [name, id]))) };
}


/***/ }),

/***/ 4253:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run_run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/catalogue/index.ts + 6 modules
var lib_catalogue = __nccwpck_require__(5325);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
var external_node_zlib_default = /*#__PURE__*/__nccwpck_require__.n(external_node_zlib_);
;// CONCATENATED MODULE: ./lib/exposure/image/tree.ts
/**
 * What is inside an image, without starting it: a SIF's squashfs and an unpacked folder look the same through this.
 * Paths are absolute and belong to the image; a link is followed inside the image, never on the host.
 */
/** The image is damaged, or of a kind that cannot be read here. */
class ImageError extends Error {
    name = 'ImageError';
}
/** As many as Linux follows before ELOOP. */
const MAX_LINKS = 40;
/** Follows every link of `path` inside the image. undefined: missing, dangling, a loop, or a file used as a folder. */
async function tree_resolve(tree, path) {
    let rest = partsOf(path);
    let done = [];
    let entry = await tree.entry('/');
    let links = 0;
    while (rest.length > 0) {
        const [part, ...after] = rest;
        rest = after;
        if (part === '..') {
            done = done.slice(0, -1);
            entry = await tree.entry(tree_join(done));
            continue;
        }
        if (entry?.kind !== 'directory')
            return undefined;
        const next = await tree.entry(tree_join([...done, part]));
        if (next === undefined)
            return undefined;
        if (next.kind !== 'link') {
            done = [...done, part];
            entry = next;
            continue;
        }
        if (++links > MAX_LINKS)
            return undefined;
        const target = next.target ?? '';
        if (target === '')
            return undefined;
        if (target.startsWith('/'))
            done = [];
        entry = await tree.entry(tree_join(done));
        rest = [...partsOf(target), ...rest];
    }
    return entry === undefined ? undefined : { path: tree_join(done), entry };
}
/** Reads a file behind any links; undefined when there is none. */
async function readFile(tree, path, maxBytes) {
    const found = await tree_resolve(tree, path);
    return found === undefined ? undefined : tree.read(found.path, maxBytes);
}
function partsOf(path) {
    return path.split('/').filter((part) => part !== '' && part !== '.');
}
function tree_join(parts) {
    return `/${parts.join('/')}`;
}

;// CONCATENATED MODULE: ./lib/exposure/image/squashfs-format.ts
/**
 * The shape of a squashfs 4.0 file system, as Linux documents it in Documentation/filesystems/squashfs.rst: the
 * superblock, and what inodes say. Bytes in, facts or an ImageError out. Pure.
 */

const MAGIC = 0x73717368;
const SUPERBLOCK_BYTES = 96;
const METADATA_BYTES = 8192;
/** Set in the size of a block that is stored as it is. */
const STORED_METADATA = 0x8000;
const STORED_DATA = 1 << 24;
const NO_FRAGMENT = 0xffffffff;
const COMPRESSIONS = {
    1: 'gzip',
    2: 'lzma',
    3: 'lzo',
    4: 'xz',
    5: 'lz4',
    6: 'zstd'
};
const KINDS = { 1: 'directory', 2: 'file', 3: 'link' };
/** @throws ImageError for what is no squashfs 4.0, or is packed in a way that cannot be read here */
function parseSuperblock(bytes) {
    if (bytes.length < SUPERBLOCK_BYTES || bytes.readUInt32LE(0) !== MAGIC) {
        throw new ImageError('there is no squashfs file system');
    }
    const major = bytes.readUInt16LE(28);
    if (major !== 4)
        throw new ImageError(`squashfs version ${major} is not known; 4 is`);
    const compression = bytes.readUInt16LE(20);
    if (compression !== 1 && compression !== 6) {
        const name = COMPRESSIONS[compression] ?? `number ${compression}`;
        throw new ImageError(`the squashfs is compressed with ${name}; gzip and zstd can be read`);
    }
    const blockBytes = bytes.readUInt32LE(12);
    if (blockBytes < 4096 || blockBytes > 2 ** 20)
        throw new ImageError(`a block size of ${blockBytes} is out of bounds`);
    const root = bytes.readBigUInt64LE(32);
    return {
        blockBytes,
        fragments: bytes.readUInt32LE(16),
        compression,
        ids: bytes.readUInt16LE(26),
        root: { block: Number(root >> 16n), offset: Number(root & 0xffffn) },
        idTable: Number(bytes.readBigUInt64LE(48)),
        inodeTable: Number(bytes.readBigUInt64LE(64)),
        folderTable: Number(bytes.readBigUInt64LE(72)),
        fragmentTable: Number(bytes.readBigUInt64LE(80))
    };
}
/** Where the entries of a folder stand. @param bytes of its inode */
function folderOf(bytes, extended) {
    if (bytes.length < (extended ? 40 : 32))
        throw new ImageError('a folder ends too early');
    // The size counts three bytes for "." and "..", which are not stored.
    const size = extended ? bytes.readUInt32LE(20) : bytes.readUInt16LE(24);
    const block = bytes.readUInt32LE(extended ? 24 : 16);
    const offset = bytes.readUInt16LE(extended ? 34 : 26);
    return { at: { block, offset }, bytes: Math.max(size - 3, 0) };
}
/** What others get to know of an inode. */
function toEntry(name, inode) {
    const { kind, mode, uid, gid, size, target } = inode;
    return target === undefined
        ? { name, kind, mode: mode & 0o7777, uid, gid, size }
        : { name, kind, mode: mode & 0o7777, uid, gid, size, target };
}

;// CONCATENATED MODULE: ./lib/exposure/image/squashfs.ts
/**
 * Reads a squashfs 4.0 file system: inodes, folders, blocks and fragments. Only what is asked for is read, so a folder of a 10 GB image costs a few
 * blocks. What it reads is hostile: every size and offset has a limit.
 */



const MAX_FOLDER_BYTES = 64 * 2 ** 20;
const MAX_TARGET_BYTES = 65_536;
/** Metadata blocks kept: 8 MiB, enough for a walk through a few large folders. */
const CACHE_BLOCKS = 1024;
/**
 * Opens the file system that `readAt` reads.
 * @throws ImageError when it is no squashfs 4.0, is compressed in a way that cannot be read here, or is damaged.
 */
async function openSquashfs(readAt, close) {
    return new Squashfs(readAt, close, parseSuperblock(await readAt(0, SUPERBLOCK_BYTES)));
}
class Squashfs {
    close;
    #readAt;
    #super;
    #metadata = new Map();
    #folders = new Map();
    #ids;
    constructor(readAt, close, superblock) {
        this.#readAt = readAt;
        this.close = close;
        this.#super = superblock;
    }
    async entry(path) {
        const inode = await this.#find(path);
        return inode === undefined ? undefined : toEntry(path.slice(path.lastIndexOf('/') + 1), inode);
    }
    async list(path) {
        const folder = await this.#folder(path);
        if (folder === undefined)
            return undefined;
        const entries = [];
        for (const [name, reference] of folder)
            entries.push(toEntry(name, await this.#inode(reference)));
        return entries;
    }
    async read(path, maxBytes) {
        const inode = await this.#find(path);
        if (inode?.data === undefined)
            return undefined;
        const wanted = Math.min(inode.size, maxBytes);
        const pieces = [];
        let have = 0;
        let at = inode.data.start;
        for (const word of inode.data.blocks) {
            if (have >= wanted)
                break;
            const stored = word & (STORED_DATA - 1);
            const size = Math.min(this.#super.blockBytes, inode.size - have);
            // A block of size 0 is a hole.
            const piece = stored === 0 ? Buffer.alloc(size) : await this.#block(at, word);
            if (piece.length !== size)
                throw new ImageError(`${path}: a block unpacks to ${piece.length} bytes instead of ${size}`);
            pieces.push(piece);
            have += size;
            at += stored;
        }
        if (have < wanted) {
            if (inode.data.fragment === NO_FRAGMENT)
                throw new ImageError(`${path}: the file ends too early`);
            const piece = await this.#fragment(inode.data.fragment);
            pieces.push(piece.subarray(inode.data.fragmentOffset, inode.data.fragmentOffset + inode.size - have));
        }
        const whole = Buffer.concat(pieces).subarray(0, wanted);
        if (whole.length !== wanted)
            throw new ImageError(`${path}: the file ends too early`);
        return whole;
    }
    async #find(path) {
        if (path === '/')
            return this.#inode(this.#super.root);
        const cut = path.lastIndexOf('/');
        const folder = await this.#folder(cut === 0 ? '/' : path.slice(0, cut));
        const reference = folder?.get(path.slice(cut + 1));
        return reference === undefined ? undefined : this.#inode(reference);
    }
    #folder(path) {
        const known = this.#folders.get(path);
        if (known !== undefined)
            return known;
        const reading = this.#readFolder(path);
        this.#folders.set(path, reading);
        return reading;
    }
    async #readFolder(path) {
        const inode = await this.#find(path);
        if (inode?.folder === undefined)
            return undefined;
        const { at, bytes } = inode.folder;
        const data = await this.#stream(this.#super.folderTable, at, bytes);
        const found = new Map();
        for (let offset = 0; offset + 12 <= data.length;) {
            const count = data.readUInt32LE(offset) + 1;
            const block = data.readUInt32LE(offset + 4);
            offset += 12;
            if (count > 256)
                throw new ImageError(`${path}: a folder header names ${count} entries, at most 256 are possible`);
            for (let index = 0; index < count; index++) {
                if (offset + 8 > data.length)
                    throw new ImageError(`${path}: the folder ends too early`);
                const inodeOffset = data.readUInt16LE(offset);
                const length = data.readUInt16LE(offset + 6) + 1;
                const name = data.subarray(offset + 8, offset + 8 + length).toString('utf8');
                if (length > 256 || name === '.' || name === '..' || name.includes('/')) {
                    throw new ImageError(`${path}: a name that no file can have`);
                }
                found.set(name, { block, offset: inodeOffset });
                offset += 8 + length;
            }
        }
        return found;
    }
    async #inode(reference) {
        const table = this.#super.inodeTable;
        const head = await this.#stream(table, reference, 40, 16);
        const type = head.readUInt16LE(0);
        // Types 8 to 14 are the long forms of 1 to 7.
        const extended = type > 7;
        const kind = KINDS[extended ? type - 7 : type] ?? 'other';
        const owner = {
            mode: head.readUInt16LE(2),
            uid: await this.#id(head.readUInt16LE(4)),
            gid: await this.#id(head.readUInt16LE(6))
        };
        if (kind === 'directory')
            return {
                kind,
                size: 0,
                ...owner,
                folder: folderOf(await this.#stream(table, reference, 40, 32), extended)
            };
        if (kind === 'link') {
            const link = await this.#stream(table, reference, 24);
            const length = link.readUInt32LE(20);
            if (length > MAX_TARGET_BYTES)
                throw new ImageError(`a link of ${length} bytes`);
            const whole = await this.#stream(table, reference, 24 + length);
            return { kind, size: 0, ...owner, target: whole.subarray(24).toString('utf8') };
        }
        if (kind === 'file')
            return { kind, ...owner, ...(await this.#fileOf(reference, extended)) };
        return { kind, size: 0, ...owner };
    }
    async #fileOf(reference, extended) {
        const table = this.#super.inodeTable;
        const fixed = extended ? 56 : 32;
        const head = await this.#stream(table, reference, fixed);
        const start = extended ? Number(head.readBigUInt64LE(16)) : head.readUInt32LE(16);
        const size = extended ? Number(head.readBigUInt64LE(24)) : head.readUInt32LE(28);
        const fragment = head.readUInt32LE(extended ? 44 : 20);
        const fragmentOffset = head.readUInt32LE(extended ? 48 : 24);
        const whole = size / this.#super.blockBytes;
        const count = fragment === NO_FRAGMENT ? Math.ceil(whole) : Math.floor(whole);
        if (!Number.isSafeInteger(size) || count > 2 ** 24)
            throw new ImageError(`a file of ${size} bytes`);
        // The list of blocks of a huge file is long and nobody here reads more than its beginning.
        const listed = Math.min(count, 4096);
        const list = (await this.#stream(table, reference, fixed + listed * 4)).subarray(fixed);
        const blocks = Array.from({ length: listed }, (_, index) => list.readUInt32LE(index * 4));
        return { size, data: { start, blocks, fragment, fragmentOffset } };
    }
    async #id(index) {
        this.#ids ??= this.#table(this.#super.idTable, this.#super.ids * 4);
        const ids = await this.#ids;
        if (index * 4 + 4 > ids.length)
            throw new ImageError(`owner number ${index} is not in the table`);
        return ids.readUInt32LE(index * 4);
    }
    async #fragment(index) {
        if (index >= this.#super.fragments)
            throw new ImageError(`fragment ${index} is not in the table`);
        const list = await this.#readAt(this.#super.fragmentTable + Math.floor(index / 512) * 8, 8);
        if (list.length < 8)
            throw new ImageError('the table of fragments ends too early');
        const { data } = await this.#unpackMetadata(Number(list.readBigUInt64LE(0)));
        const at = (index % 512) * 16;
        if (at + 16 > data.length)
            throw new ImageError('the table of fragments ends too early');
        return this.#block(Number(data.readBigUInt64LE(at)), data.readUInt32LE(at + 8));
    }
    /** A lookup table: a list of positions of metadata blocks, which together hold `bytes`. */
    async #table(at, bytes) {
        const count = Math.ceil(bytes / METADATA_BYTES);
        const list = await this.#readAt(at, count * 8);
        if (list.length < count * 8)
            throw new ImageError('a table ends too early');
        const parts = [];
        for (let index = 0; index < count; index++) {
            parts.push((await this.#unpackMetadata(Number(list.readBigUInt64LE(index * 8)))).data);
        }
        return Buffer.concat(parts).subarray(0, bytes);
    }
    /** `bytes` of unpacked metadata from a reference on; with `atLeast`, fewer are accepted at the end of the table. */
    async #stream(table, from, bytes, atLeast = bytes) {
        if (bytes > MAX_FOLDER_BYTES)
            throw new ImageError(`${bytes} bytes of metadata in one piece`);
        const parts = [];
        let position = table + from.block;
        let skip = from.offset;
        let have = 0;
        while (have < bytes) {
            const unpacked = await this.#unpackMetadata(position).catch((error) => {
                if (have >= atLeast)
                    return undefined;
                throw error;
            });
            if (unpacked === undefined)
                break;
            if (skip > unpacked.data.length)
                throw new ImageError('a reference points past its block');
            const part = unpacked.data.subarray(skip, skip + bytes - have);
            parts.push(part);
            have += part.length;
            skip = 0;
            position = unpacked.next;
        }
        return Buffer.concat(parts);
    }
    #unpackMetadata(position) {
        const known = this.#metadata.get(position);
        if (known !== undefined)
            return known;
        const [oldest] = this.#metadata.keys();
        if (this.#metadata.size >= CACHE_BLOCKS && oldest !== undefined)
            this.#metadata.delete(oldest);
        const unpacking = this.#readMetadata(position);
        unpacking.catch(() => this.#metadata.delete(position));
        this.#metadata.set(position, unpacking);
        return unpacking;
    }
    async #readMetadata(position) {
        if (!Number.isSafeInteger(position))
            throw new ImageError('a metadata block out of bounds');
        const bytes = await this.#readAt(position, 2 + METADATA_BYTES);
        if (bytes.length < 2)
            throw new ImageError('a metadata block past the end');
        const word = bytes.readUInt16LE(0);
        const size = word & (STORED_METADATA - 1);
        if (size === 0 || size > METADATA_BYTES || bytes.length < 2 + size)
            throw new ImageError('a damaged metadata block');
        const packed = bytes.subarray(2, 2 + size);
        const data = (word & STORED_METADATA) === 0 ? this.#unpack(packed, METADATA_BYTES) : packed;
        return { data, next: position + 2 + size };
    }
    async #block(position, word) {
        const size = word & (STORED_DATA - 1);
        if (size > this.#super.blockBytes)
            throw new ImageError('a data block out of bounds');
        const packed = await this.#readAt(position, size);
        if (packed.length !== size)
            throw new ImageError('a data block past the end');
        return (word & STORED_DATA) === 0 ? this.#unpack(packed, this.#super.blockBytes) : packed;
    }
    #unpack(packed, maxOutputLength) {
        try {
            return this.#super.compression === 1
                ? external_node_zlib_default().inflateSync(packed, { maxOutputLength })
                : external_node_zlib_default().zstdDecompressSync(packed, { maxOutputLength });
        }
        catch (error) {
            throw new ImageError(`a block cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
}

;// CONCATENATED MODULE: ./lib/exposure/image/open.ts



const SIF_MAGIC = 'SIF_MAGIC';
const SIF_HEADER_BYTES = 128;
const DESCRIPTOR_BYTES = 585;
const PARTITION = 0x4004;
const PRIMARY = 2;
const SQUASHFS = 1;
/** Apptainer writes 48; more would be a strange file. */
const MAX_DESCRIPTORS = 1024;
/**
 * @param file on the host; links to it are followed.
 * @throws ImageError when it is neither, or damaged; the file system's own error when it cannot be read.
 */
async function openImage(fs, file) {
    if ((await fs.stat(file)).isDirectory())
        return new Folder(fs, await fs.realpath(file));
    const handle = await fs.open(file, 'r');
    const readAt = async (offset, length) => {
        const buffer = Buffer.alloc(length);
        const { bytesRead } = await handle.read(buffer, 0, length, offset);
        return buffer.subarray(0, bytesRead);
    };
    try {
        const start = await findSquashfs(readAt);
        return await openSquashfs((offset, length) => readAt(start + offset, length), () => handle.close());
    }
    catch (error) {
        await handle.close();
        throw error;
    }
}
/** Where the primary system partition begins: bytes from the start of the file. */
async function findSquashfs(readAt) {
    const header = await readAt(0, SIF_HEADER_BYTES);
    if (header.subarray(0, 4).toString('latin1') === 'hsqs')
        return 0;
    if (header.length < SIF_HEADER_BYTES || header.subarray(32, 41).toString('latin1') !== SIF_MAGIC) {
        throw new ImageError('this is no SIF image: the magic SIF_MAGIC is not there');
    }
    const total = Number(header.readBigInt64LE(88));
    const table = Number(header.readBigInt64LE(96));
    if (!(total > 0 && total <= MAX_DESCRIPTORS) || !Number.isSafeInteger(table) || table < SIF_HEADER_BYTES) {
        throw new ImageError('the SIF header is damaged');
    }
    const bytes = await readAt(table, total * DESCRIPTOR_BYTES);
    for (let at = 0; at + DESCRIPTOR_BYTES <= bytes.length; at += DESCRIPTOR_BYTES) {
        if (bytes.readInt32LE(at) !== PARTITION || bytes[at + 4] !== 1)
            continue;
        // extra: 17 bytes of numbers, 64 of numbers and times, 128 of name come before it.
        const extra = at + DESCRIPTOR_BYTES - 384;
        if (bytes.readInt32LE(extra + 4) !== PRIMARY)
            continue;
        if (bytes.readInt32LE(extra) !== SQUASHFS)
            throw new ImageError('the system partition of the SIF is no squashfs');
        const offset = Number(bytes.readBigInt64LE(at + 17));
        if (!Number.isSafeInteger(offset) || offset < SIF_HEADER_BYTES)
            throw new ImageError('the SIF descriptor is damaged');
        return offset;
    }
    throw new ImageError('the SIF has no system partition');
}
/** An unpacked image, as on CVMFS. The caller resolves links (tree.resolve); a path with a link before its end is refused. */
class Folder {
    #fs;
    #root;
    constructor(fs, root) {
        this.#fs = fs;
        this.#root = root;
    }
    async entry(inside) {
        const onHost = await this.#hostPath(inside);
        return onHost === undefined ? undefined : this.#entryOf(onHost, external_node_path_default().posix.basename(inside));
    }
    async list(inside) {
        const onHost = await this.#hostPath(inside);
        if (onHost === undefined || !(await this.#fs.lstat(onHost)).isDirectory())
            return undefined;
        const names = await this.#fs.readdir(onHost);
        const entries = await Promise.all(names.sort().map((name) => this.#entryOf(external_node_path_default().join(onHost, name), name)));
        return entries.filter((entry) => entry !== undefined);
    }
    async read(inside, maxBytes) {
        const onHost = await this.#hostPath(inside);
        if (onHost === undefined || !(await this.#fs.lstat(onHost)).isFile())
            return undefined;
        const handle = await this.#fs.open(onHost, 'r');
        try {
            const { size } = await handle.stat();
            const buffer = Buffer.alloc(Math.min(size, maxBytes));
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
            return buffer.subarray(0, bytesRead);
        }
        finally {
            await handle.close();
        }
    }
    close() {
        return Promise.resolve();
    }
    /** The path on the host; undefined when it is missing or a part before the last is a link, which could lead out of the image. */
    async #hostPath(inside) {
        const parts = inside.split('/').filter((part) => part !== '');
        if (parts.includes('..'))
            return undefined;
        let onHost = this.#root;
        for (const [index, part] of parts.entries()) {
            onHost = external_node_path_default().join(onHost, part);
            const stats = await this.#fs.lstat(onHost).catch(ignoreMissing);
            if (stats === undefined)
                return undefined;
            if (index < parts.length - 1 && !stats.isDirectory())
                return undefined;
        }
        return onHost;
    }
    async #entryOf(onHost, name) {
        const stats = await this.#fs.lstat(onHost).catch(ignoreMissing);
        if (stats === undefined)
            return undefined;
        const common = { name, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
        if (stats.isSymbolicLink())
            return { ...common, kind: 'link', size: 0, target: await this.#fs.readlink(onHost) };
        if (stats.isDirectory())
            return { ...common, kind: 'directory', size: 0 };
        if (stats.isFile())
            return { ...common, kind: 'file', size: stats.size };
        return { ...common, kind: 'other', size: 0 };
    }
}
function ignoreMissing(error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR')
        return undefined;
    throw error;
}

;// CONCATENATED MODULE: ./lib/exposure/names.ts
/** Which names a command may have on a host, and which never. */
/**
 * Names that make a session unusable when a wrapper takes them: the runtimes call themselves for ever, the module
 * system and the scheduler's own commands vanish, and scripts lose the shell that runs them.
 */
const RESERVED = new Set([
    ...['apptainer', 'singularity', 'run-singularity', 'docker', 'podman'],
    ...[
        'sh',
        'bash',
        'dash',
        'zsh',
        'ksh',
        'csh',
        'tcsh',
        'env',
        'exec',
        'eval',
        'cd',
        'export',
        'set',
        'unset',
        'source'
    ],
    ...[
        'module',
        'ml',
        'lmod',
        'modulecmd',
        'srun',
        'sbatch',
        'salloc',
        'scancel',
        'squeue',
        'qsub',
        'mpirun',
        'mpiexec'
    ],
    ...['sudo', 'su', 'ssh', 'login', 'init']
]);
/** What every script on the host relies on. A container's own copy stays inside it. */
const SYSTEM = new Set(('[ awk basename cat chgrp chmod chown cmp comm cp cut date dd df diff dirname du echo egrep expr false fgrep ' +
    'find fold grep groups gunzip gzip head hostname id install join kill less ln ls md5sum mkdir mkfifo mktemp more mv nl nohup od ' +
    'paste pgrep pkill printenv printf ps pwd readlink realpath rm rmdir sed seq sha256sum sleep sort split stat ' +
    'stty tail tar tee test timeout touch tr true tty uname uniq wait wc which who whoami xargs yes').split(' '));
/** Why nothing of this name may stand on a host's PATH; undefined when it may. */
function nameProblem(name, container) {
    const unsafe = unsafeReason(name);
    if (unsafe !== undefined)
        return { kind: 'unsafe', reason: unsafe };
    if (RESERVED.has(name)) {
        return { kind: 'reserved', reason: `a wrapper called ${name} would take the place of the host's own` };
    }
    if (isOwnFile(name, container)) {
        return { kind: 'collides', reason: 'the exposure keeps a file of its own under this name' };
    }
    if (name.startsWith('.'))
        return { kind: 'hidden', reason: 'a name that begins with "." is hidden on the host' };
    return undefined;
}
/** True for the basic commands of a host, which the built-in exposure leaves alone. */
function isSystemCommand(name) {
    return SYSTEM.has(name);
}
/** True for the files that an installation keeps beside its wrappers. */
function isOwnFile(name, container) {
    return ownFiles(container).some((own) => own.test(name));
}
function unsafeReason(name) {
    if (name === '' || name === '.' || name === '..')
        return 'it is no name of a file';
    if (Buffer.byteLength(name) > 255)
        return 'it is longer than the 255 bytes of a file name';
    if (/[\0-\x1f\x7f]/.test(name))
        return 'it has a control character';
    if (name.includes('\ufffd'))
        return 'it is not UTF-8';
    if (/\s/.test(name))
        return 'it has a blank: a list of commands and most scripts take it for two names';
    if (name.includes('/'))
        return 'it has a "/"';
    if (name.startsWith('-'))
        return 'it begins with "-": every tool takes it for an option';
    const special = /[$`"'\\!*?[\]{}()<>|&;#~^]/.exec(name);
    // "[" alone is a command of old, and is refused as one of the host's own.
    if (special !== null && name !== '[')
        return `it has "${special[0]}", which a shell replaces or acts on`;
    if (name.includes('='))
        return 'it has "=": env and the shell take it for an assignment';
    return undefined;
}
/** Files that an installation keeps beside the wrappers: ours, and those of transparent-singularity. */
function ownFiles(container) {
    const literal = container.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return [
        /^(?:commands|commands_raw|env)\.txt$/,
        /^README\.md$/,
        /^(?:run_transparent_singularity|ts_.*|container_runtime\.sh)$/,
        /^run_transparent_singularity\.sh$/,
        new RegExp(`^(?:activate_|deactivate_)?${literal}(?:\\.simg|\\.sif)?(?:\\.sh)?$`)
    ];
}

;// CONCATENATED MODULE: ./lib/exposure/environment.ts
/**
 * The environment that an image sets, read from its own scripts without running them. Apptainer writes the image's
 * configuration as `export NAME="${NAME:-"value"}"` into /.singularity.d/env/10-docker2singularity.sh, and a recipe's
 * %environment into 90-environment.sh. Assignments are evaluated as a POSIX shell would; what only a shell could
 * know (a command's output, an if) is left alone and reported.
 */

const FOLDER = '/.singularity.d/env';
/** 01, 95 and 99 are the runtime's own: they hold logic, and nothing of the image. */
const SCRIPTS = /^(?:10|90)-.*\.sh$/;
const MAX_SCRIPT_BYTES = 4 * 2 ** 20;
/** What both runtimes give when the image says nothing. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Reads it. A missing folder is no error: then the image sets nothing. */
async function readEnvironment(tree) {
    const variables = new Map([['PATH', DEFAULT_PATH]]);
    const unread = [];
    const names = (await tree.list(FOLDER))?.map((entry) => entry.name).filter((name) => SCRIPTS.test(name)) ?? [];
    for (const name of names.sort()) {
        const text = (await readFile(tree, `${FOLDER}/${name}`, MAX_SCRIPT_BYTES))?.toString('utf8') ?? '';
        for (const statement of statementsOf(text)) {
            if (!evaluate(statement, variables) && statement.includes('='))
                unread.push(`${name}: ${statement.split('\n')[0] ?? ''}`);
        }
    }
    return { variables, unread };
}
/** Cuts a script at the line ends that stand outside of quotes; comments and empty lines left out. */
function statementsOf(script) {
    const statements = [];
    let current = '';
    for (const line of script.split('\n')) {
        current = current === '' ? line : `${current}\n${line}`;
        if (current.trim() === '' || /^\s*#/.test(current))
            current = '';
        else if (isClosed(current)) {
            statements.push(current.trim());
            current = '';
        }
    }
    return current === '' ? statements : [...statements, current.trim()];
}
function isClosed(text) {
    try {
        return new Word(text.trimStart(), new Map()).skip();
    }
    catch (error) {
        if (error instanceof Unreadable)
            return error.message !== 'open';
        throw error;
    }
}
/** Carries out `[export] NAME=word`; false when it is something else. */
function evaluate(statement, variables) {
    const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=/.exec(statement);
    if (match === null)
        return false;
    try {
        const value = new Word(statement.slice(match[0].length), variables).value();
        variables.set(match[1] ?? '', value);
        return true;
    }
    catch (error) {
        if (error instanceof Unreadable)
            return false;
        throw error;
    }
}
class Unreadable extends Error {
}
/** One word of the shell's language: quotes, backslashes, $NAME and ${NAME[:]-word}. */
class Word {
    #text;
    #variables;
    #at = 0;
    constructor(text, variables) {
        this.#text = text;
        this.#variables = variables;
    }
    /** @throws Unreadable for what follows the word, and for what only a shell can do. */
    value() {
        const value = this.#unquoted(/[\s;&|<>()]/);
        if (!/^[\s;]*(?:#.*)?$/.test(this.#text.slice(this.#at)))
            throw new Unreadable('more than one word');
        return value;
    }
    /** True when all quotes and braces of the text are closed. */
    skip() {
        while (this.#at < this.#text.length) {
            this.#unquoted(/[\s;&|<>()]/);
            this.#at++;
        }
        return true;
    }
    #unquoted(end) {
        let value = '';
        for (;;) {
            const character = this.#text[this.#at];
            if (character === undefined || end.test(character))
                return value;
            if (character === "'")
                value += this.#single();
            else if (character === '"')
                value += this.#double();
            else if (character === '\\')
                value += this.#escaped();
            else if (character === '$')
                value += this.#dollar();
            else if (character === '`')
                throw new Unreadable('a command');
            else {
                value += character;
                this.#at++;
            }
        }
    }
    #single() {
        const end = this.#text.indexOf("'", this.#at + 1);
        if (end === -1)
            throw new Unreadable('open');
        const value = this.#text.slice(this.#at + 1, end);
        this.#at = end + 1;
        return value;
    }
    #double() {
        this.#at++;
        let value = '';
        for (;;) {
            const character = this.#text[this.#at];
            if (character === undefined)
                throw new Unreadable('open');
            if (character === '"') {
                this.#at++;
                return value;
            }
            if (character === '`')
                throw new Unreadable('a command');
            if (character === '$')
                value += this.#dollar();
            else if (character === '\\' && /[$`"\\\n]/.test(this.#text[this.#at + 1] ?? ''))
                value += this.#escaped();
            else {
                value += character;
                this.#at++;
            }
        }
    }
    #escaped() {
        const next = this.#text[this.#at + 1];
        if (next === undefined)
            throw new Unreadable('open');
        this.#at += 2;
        return next === '\n' ? '' : next;
    }
    #dollar() {
        const rest = this.#text.slice(this.#at);
        const plain = /^\$([A-Za-z_][A-Za-z0-9_]*)/.exec(rest);
        if (plain !== null) {
            this.#at += plain[0].length;
            return this.#variables.get(plain[1] ?? '') ?? '';
        }
        const braced = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+])?/.exec(rest);
        if (braced === null) {
            if (/^\$[({]/.test(rest))
                throw new Unreadable('a command or an expansion');
            this.#at++;
            return '$';
        }
        this.#at += braced[0].length;
        const operator = braced[2] ?? '';
        const word = operator === '' ? '' : this.#unquoted(/\}/);
        if (this.#text[this.#at] !== '}')
            throw new Unreadable(this.#text[this.#at] === undefined ? 'open' : 'an expansion');
        this.#at++;
        const value = this.#variables.get(braced[1] ?? '');
        const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
        if (operator.endsWith('+'))
            return isSet ? word : '';
        return isSet ? (value ?? '') : word;
    }
}

;// CONCATENATED MODULE: ./lib/exposure/promise.ts
/**
 * What a container promises to a host: the commands in the folders of DEPLOY_PATH, those named by DEPLOY_BINS, the
 * variables DEPLOY_ENV_*, and /README.md. Read from the image itself; nothing is started.
 */



/** Both runtimes put what is missing of these behind the image's own PATH. */
const APPENDED = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const MAX_README_BYTES = 4 * 2 ** 20;
/** Reads the promise. @throws ImageError when the image is damaged. */
async function readPromise(tree, options) {
    const { variables, unread } = await readEnvironment(tree);
    const deployPath = splitList(variables.get('DEPLOY_PATH'));
    const deployBins = splitList(variables.get('DEPLOY_BINS'));
    const path = [...new Set([...splitList(variables.get('PATH')), ...APPENDED])];
    const folders = await expandFolders(tree, deployPath);
    const found = await scanFolders(tree, folders.present);
    const named = await Promise.all(deployBins.map((name) => findOnPath(tree, name, path)));
    const commands = new Map();
    const excluded = [];
    const duplicates = new Set();
    for (const command of [...found.commands, ...named]) {
        const known = commands.get(command.name);
        if (known !== undefined) {
            if (known.source === command.source)
                duplicates.add(command.name);
            continue;
        }
        const problem = exclusion(command, options);
        if (problem === undefined)
            commands.set(command.name, command);
        else if (!excluded.some((other) => other.name === command.name)) {
            excluded.push({ name: command.name, source: command.source, problem });
        }
    }
    return {
        deployPath,
        deployBins,
        variables: deployVariables(variables),
        readme: await readFile(tree, '/README.md', MAX_README_BYTES),
        path,
        environment: variables,
        missingFolders: folders.missing,
        danglingLinks: found.dangling,
        duplicates: [...duplicates],
        commands: [...commands.values()],
        excluded,
        unread: unread.filter((line) => /DEPLOY_|\bPATH=/.test(line))
    };
}
/** Where the shell inside the image would find `name`; undefined when nowhere. */
async function lookUp(tree, name, path) {
    if (name.includes('/'))
        return (await executableAt(tree, name)) === undefined ? undefined : name;
    for (const folder of path) {
        const file = `${folder.replace(/\/+$/, '')}/${name}`;
        if ((await executableAt(tree, file)) !== undefined)
            return file;
    }
    return undefined;
}
function exclusion(command, options) {
    const problem = nameProblem(command.name, options.container);
    if (problem !== undefined)
        return problem;
    if (!command.forEveryone)
        return { kind: 'root-only', reason: 'only root may execute it' };
    if (options.exclude !== undefined) {
        const reason = options.exclude(command.name);
        return reason === undefined ? undefined : { kind: 'excluded', reason };
    }
    if (!isSystemCommand(command.name))
        return undefined;
    return { kind: 'system', reason: `${command.name} is a basic command of every host` };
}
function splitList(value) {
    return [...new Set((value ?? '').split(':').filter((part) => part !== ''))];
}
function deployVariables(variables) {
    return [...variables]
        .filter(([name]) => name.startsWith('DEPLOY_ENV_') && name.length > 'DEPLOY_ENV_'.length)
        .map(([name, value]) => ({ name: name.slice('DEPLOY_ENV_'.length), value }));
}
/** DEPLOY_PATH may hold patterns (/opt/*\/bin): transparent-singularity lets the shell expand them. */
async function expandFolders(tree, entries) {
    const present = [];
    const missing = [];
    for (const entry of entries) {
        const literal = await tree_resolve(tree, entry);
        const folders = literal?.entry.kind === 'directory'
            ? [entry]
            : /[*?[]/.test(entry)
                ? await matchFolders(tree, entry)
                : [];
        if (folders.length === 0)
            missing.push(entry);
        present.push(...folders.map((folder) => (folder === '/' ? folder : folder.replace(/\/+$/, ''))));
    }
    return { present: [...new Set(present)], missing };
}
async function matchFolders(tree, pattern) {
    let folders = [''];
    for (const part of pattern.split('/').filter((piece) => piece !== '')) {
        const next = [];
        for (const folder of folders) {
            const here = await tree_resolve(tree, folder === '' ? '/' : folder);
            for (const entry of (here === undefined ? undefined : await tree.list(here.path)) ?? []) {
                if (matches(entry.name, part))
                    next.push(`${folder}/${entry.name}`);
            }
        }
        folders = next.slice(0, 1000);
    }
    const kinds = await Promise.all(folders.map((folder) => tree_resolve(tree, folder)));
    return folders.filter((_, index) => kinds[index]?.entry.kind === 'directory');
}
function matches(name, part) {
    if (name.startsWith('.') && !part.startsWith('.'))
        return false;
    // More stars than anybody writes would make the search endless.
    if ((part.match(/\*/g) ?? []).length > 4)
        return name === part;
    const source = part
        .replaceAll(/[.+^${}()|\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
    try {
        return new RegExp(`^(?:${source})$`, 'u').test(name);
    }
    catch {
        return name === part;
    }
}
async function scanFolders(tree, folders) {
    const commands = [];
    const dangling = [];
    for (const folder of folders) {
        const real = await tree_resolve(tree, folder);
        for (const entry of (real === undefined ? undefined : await tree.list(real.path)) ?? []) {
            const file = `${folder === '/' ? '' : folder}/${entry.name}`;
            const target = await tree_resolve(tree, file);
            if (target === undefined && entry.kind === 'link')
                dangling.push(file);
            // A link to a folder is executable too, in the eyes of access(2), and no command.
            if (target?.entry.kind !== 'file' || (target.entry.mode & 0o111) === 0)
                continue;
            commands.push({
                name: entry.name,
                source: 'DEPLOY_PATH',
                file,
                realFile: target.path,
                forEveryone: (target.entry.mode & 0o001) !== 0
            });
        }
    }
    return { commands, dangling };
}
async function findOnPath(tree, name, path) {
    const file = await lookUp(tree, name, path);
    const real = file === undefined ? undefined : await executableAt(tree, file);
    return {
        name,
        source: 'DEPLOY_BINS',
        file,
        realFile: real?.path,
        forEveryone: real === undefined || (real.mode & 0o001) !== 0
    };
}
async function executableAt(tree, file) {
    const found = await tree_resolve(tree, file);
    if (found?.entry.kind !== 'file' || (found.entry.mode & 0o111) === 0)
        return undefined;
    return { path: found.path, mode: found.entry.mode };
}

;// CONCATENATED MODULE: ./lib/exposure/builtin/quote.ts
/** Texts of an image as words of another language. Pure. */
/** A word for a POSIX shell: nothing in it is replaced. A text with NUL cannot be one. */
function shellWord(text) {
    return /^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
/** A string for Lua 5.1 and newer; bytes that are no printable ASCII stay when they are UTF-8. */
function luaString(text) {
    const body = text
        .replaceAll('\\', '\\\\')
        .replaceAll('"', '\\"')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
        // Three digits always, so that a digit which follows is not taken in.
        .replaceAll(/[\0-\x1f\x7f]/g, (character) => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`);
    return `"${body}"`;
}
/** A long string for Lua, with brackets that do not occur in the text: a README may hold `]]` and `]===]`. */
function luaLongString(text) {
    // Lua turns \r\n into \n within long brackets: then only the short form keeps the text.
    if (/[\0\r]/.test(text))
        return luaString(text);
    let level = 0;
    while (text.includes(`]${'='.repeat(level)}]`) || text.endsWith(`]${'='.repeat(level)}`))
        level++;
    // The first line end is not part of a long string.
    return `[${'='.repeat(level)}[\n${text}]${'='.repeat(level)}]`;
}

;// CONCATENATED MODULE: ./lib/exposure/builtin/activate.ts
/**
 * activate, deactivate and uninstall: scripts for the session of a person. The first two are sourced, by bash or
 * zsh, and change nothing but that session: no start-up file is touched. Pure.
 */

function activateName(image) {
    return `activate_${image}.sh`;
}
function deactivateName(image) {
    return `deactivate_${image}.sh`;
}
function renderActivate(options) {
    const id = identifier(options.container);
    const save = options.variables.flatMap(({ name, value }) => [
        `  [ -z "\${${name}+set}" ] || _nd_old_${id}_${name}=\${${name}}`,
        `  export ${name}=${shellValue(value)}`
    ]);
    return `# Source this file to use ${options.container} in this session.
${whereAmI()}
case ":$PATH:" in
  *":$_nd_here:"*) ;;
  *) export PATH="$_nd_here:$PATH" ;;
esac
if [ -z "\${_nd_active_${id}-}" ]; then
  _nd_active_${id}=1
  _nd_image=$_nd_here/${shellWord(options.image)}
${save.join('\n')}
  unset _nd_image
fi
unset _nd_here
`.replaceAll('\n\n', '\n');
}
function renderDeactivate(options) {
    const id = identifier(options.container);
    const restore = options.variables.flatMap(({ name }) => [
        `  if [ -n "\${_nd_old_${id}_${name}+set}" ]; then export ${name}="\${_nd_old_${id}_${name}}"; else unset ${name}; fi`,
        `  unset _nd_old_${id}_${name}`
    ]);
    return `# Source this file to leave ${options.container}: the session is what it was before.
${whereAmI()}
_nd_path=":$PATH:"
while :; do
  case $_nd_path in
    *":$_nd_here:"*) _nd_path="\${_nd_path%%":$_nd_here:"*}:\${_nd_path#*":$_nd_here:"}" ;;
    *) break ;;
  esac
done
_nd_path=\${_nd_path#:}
export PATH="\${_nd_path%:}"
unset _nd_path
if [ -n "\${_nd_active_${id}-}" ]; then
  unset _nd_active_${id}
${restore.join('\n')}
fi
unset _nd_here
`.replaceAll('\n\n', '\n');
}
/** Removes the files that are named, and a folder only when nothing else is in it. */
function renderUninstall(options) {
    const folder = options.module.slice(0, options.module.lastIndexOf('/'));
    const lines = options.files.map((file) => `rm -f -- "$here"/${shellWord(file)}`);
    return `#!/bin/sh
# Removes ${options.container} from this host: its wrappers, its image, its module.
case $0 in */*) here=\${0%/*} ;; *) here=. ;; esac
here=$(CDPATH= cd -- "$here" && pwd -P) || exit 1
containers=\${here%/*}
rm -f -- "$containers"/${shellWord(options.module)}
rmdir -- "$containers"/${shellWord(folder)} 2>/dev/null
rmdir -- "$containers"/modules 2>/dev/null
${lines.join('\n')}
rm -f -- "$here"/${UNINSTALL}
cd / || exit 1
if ! rmdir -- "$here"; then
  echo "files that the installation did not write stay in $here" >&2
  exit 1
fi
`;
}
const UNINSTALL = 'ts_uninstall.sh';
/** bash and zsh know where a sourced file stands; other shells are asked to be in its folder. */
function whereAmI() {
    return `if [ -n "\${BASH_SOURCE-}" ]; then
  _nd_here=\${BASH_SOURCE}
elif [ -n "\${ZSH_VERSION-}" ]; then
  eval '_nd_here=\${(%):-%x}'
else
  _nd_here=./file
fi
case $_nd_here in */*) ;; *) _nd_here=./$_nd_here ;; esac
_nd_here=$(CDPATH= cd -- "\${_nd_here%/*}/" && pwd -P)`;
}
/** Part of a variable's name; different containers give different ones. */
function identifier(container) {
    return container.replaceAll(/[^A-Za-z0-9]/g, (character) => character === '_' ? '__' : `_${character.charCodeAt(0).toString(16)}`);
}
function shellValue(value) {
    const parts = value.split('BASEPATH').map((part) => (part === '' ? '' : shellWord(part)));
    return parts.join('"$_nd_image"') || "''";
}

;// CONCATENATED MODULE: ./lib/exposure/builtin/module.ts
/** The Lua module file for Lmod: help from the image's README, PATH, and the variables of DEPLOY_ENV_*. Pure. */

/** Where it belongs, seen from the folder of containers. */
function modulePath(name, version) {
    return `modules/${name}/${version}.lua`;
}
/**
 * The module finds its container beside the folder `modules`, wherever both are moved together.
 * pushenv, unlike setenv, gives back on unload what the variable was before.
 */
function renderModule(options) {
    const readme = options.readme.trim() === '' ? `${options.name} ${options.version}\n` : options.readme;
    const lines = [
        '-- -*- lua -*-',
        `-- ${options.container}. Written by neurodesk-ci; a new installation overwrites it.`,
        `help(${luaLongString(readme)})`,
        `whatis(${luaString(`Name: ${options.name}`)})`,
        `whatis(${luaString(`Version: ${options.version}`)})`,
        `whatis(${luaString(options.image)})`,
        'local containers = myFileName():match("^(.*)/modules/[^/]+/[^/]+$")',
        `local base = containers .. ${luaString(`/${options.container}`)}`,
        `local image = base .. ${luaString(`/${options.image}`)}`,
        'prepend_path("PATH", base)',
        ...options.variables.map(({ name, value }) => `pushenv(${luaString(name)}, ${luaValue(value)})`)
    ];
    return `${lines.join('\n')}\n`;
}
/** BASEPATH stands for the image, as transparent-singularity has it. */
function luaValue(value) {
    const parts = value.split('BASEPATH').map((part) => (part === '' ? undefined : luaString(part)));
    const words = parts.flatMap((part, index) => (index === 0 ? [part] : ['image', part]));
    const kept = words.filter((word) => word !== undefined);
    return kept.length === 0 ? '""' : kept.join(' .. ');
}

;// CONCATENATED MODULE: ./lib/exposure/builtin/wrapper.ts
/**
 * The file that stands for one command on the host: a POSIX shell script without a single sub-process, which ends by
 * becoming the container runtime. TERM therefore reaches the program, and nothing stays behind.
 */

/** Environment variables of a wrapper's caller that it honours. Documented in the README of the action. */
function renderWrapper(options) {
    const { container, image, command, program } = options;
    return `#!/bin/sh
# ${command} of ${container}, on the host. Written by neurodesk-ci; a new installation overwrites it.
set -f
IFS=' 	
'
self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  link=$(readlink "$self") || exit 126
  case $link in /*) self=$link ;; *) self=\${self%/*}/$link ;; esac
done
here=\${self%/*}
case $here in /*) ;; *) here=$PWD/$here ;; esac
image=$here/${shellWord(image)}
if [ ! -e "$image" ]; then
  echo "${command}: the image $image is missing" >&2
  exit 126
fi

# A runtime that leads back here would call itself for ever.
if [ -n "\${NEURODESK_WRAPPER-}" ]; then
  echo "${command}: $NEURODESK_WRAPPER called this wrapper instead of a container runtime" >&2
  exit 126
fi
export NEURODESK_WRAPPER="$self"

# Folders with a commands.txt hold wrappers: what they call apptainer or singularity is no runtime.
runtime=\${NEURODESK_CONTAINER_RUNTIME-}
if [ -z "$runtime" ]; then
  IFS=:
  for name in apptainer singularity; do
    for folder in $PATH; do
      if [ -f "$folder/$name" ] && [ -x "$folder/$name" ] && [ ! -e "$folder/commands.txt" ]; then
        runtime=$folder/$name
        break 2
      fi
    done
  done
  IFS=' 	
'
fi
if [ -z "$runtime" ]; then
  echo "${command}: neither apptainer nor singularity is on PATH" >&2
  exit 127
fi

set -- "$image" ${shellWord(program)} "$@"
for folder in "\${TMPDIR-}" "\${TMP-}" "\${TEMP-}" "\${TEMPDIR-}"; do
  # A bind has its parts separated by ":" and ",": such a folder cannot be one.
  case $folder in '' | /tmp | /tmp/ | *[:,]*) continue ;; esac
  if [ -d "$folder" ]; then
    set -- --bind "$folder:/tmp" "$@"
    break
  fi
done
case \${XAUTHORITY-} in
  '' | *[:,]*) ;;
  *)
    if [ -f "$XAUTHORITY" ]; then
      set -- --bind "$XAUTHORITY:$XAUTHORITY:ro" "$@"
      export APPTAINERENV_XAUTHORITY="$XAUTHORITY" SINGULARITYENV_XAUTHORITY="$XAUTHORITY"
    fi
    ;;
esac
if [ -n "\${DISPLAY-}" ]; then
  export APPTAINERENV_DISPLAY="$DISPLAY" SINGULARITYENV_DISPLAY="$DISPLAY"
fi
cd -P . 2>/dev/null || :
# Words on purpose, such as --nv: whoever sets it writes options.
exec "$runtime" --silent exec --cleanenv --pwd "$PWD" \${neurodesk_singularity_opts-} "$@"
`;
}

;// CONCATENATED MODULE: ./lib/exposure/builtin/install.ts




/** Nothing was exposed, and why. */
class NothingToExpose extends Error {
    name = 'NothingToExpose';
}
/**
 * Every file of an exposure, in memory.
 * @param image name of the image file in the container's folder
 * @throws NothingToExpose when the promise holds no command
 */
function renderExposure(container, image, promise) {
    const commands = promise.commands.filter((command) => command.file !== undefined);
    if (commands.length === 0) {
        throw new NothingToExpose(`${container.id} promises no command: nothing was written`);
    }
    const variables = promise.variables.filter(({ name }) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
    const inFolder = (file, content, mode = 0o644) => ({
        path: `${container.id}/${file}`,
        content,
        mode
    });
    const readme = promise.readme?.toString('utf8') ?? '';
    const wrappers = commands.map((command) => inFolder(command.name, renderWrapper({
        container: container.id,
        image,
        command: command.name,
        program: command.file ?? command.name
    }), 0o755));
    const session = { container: container.id, image, variables };
    const others = [
        inFolder('commands.txt', commands.map((command) => `${command.name}\n`).join('')),
        inFolder('env.txt', variables.map(({ name, value }) => `DEPLOY_ENV_${name}=${value.replaceAll('\n', ' ')}\n`).join('')),
        inFolder('README.md', promise.readme ?? ''),
        inFolder(activateName(image), renderActivate(session)),
        inFolder(deactivateName(image), renderDeactivate(session))
    ];
    const module = modulePath(container.name, container.version);
    const files = [...wrappers, ...others].map((file) => file.path.slice(container.id.length + 1));
    return [
        ...wrappers,
        ...others,
        inFolder(UNINSTALL, renderUninstall({ container: container.id, files: [...files, image], module }), 0o755),
        {
            path: module,
            content: renderModule({ ...session, name: container.name, version: container.version, readme }),
            mode: 0o644
        }
    ];
}
/**
 * Writes the files below `containers`. A wrapper that an earlier installation left and that is no longer promised is
 * removed; every file appears whole or not at all.
 */
async function writeExposure(fs, containers, container, files) {
    const folder = external_node_path_default().join(containers, container.id);
    await fs.mkdir(folder, { recursive: true });
    await removeStale(fs, folder, new Set(files.map((file) => external_node_path_default().join(containers, file.path))));
    for (const file of files) {
        const target = external_node_path_default().join(containers, file.path);
        await fs.mkdir(external_node_path_default().dirname(target), { recursive: true });
        const temporary = external_node_path_default().join(external_node_path_default().dirname(target), `.new-${container.id}`);
        await fs.writeFile(temporary, file.content);
        // writeFile's mode passes through the umask.
        await fs.chmod(temporary, file.mode);
        await fs.rename(temporary, target);
    }
}
async function removeStale(fs, folder, kept) {
    const before = await fs.readFile(external_node_path_default().join(folder, 'commands.txt'), 'utf8').catch(() => '');
    const present = new Set(await fs.readdir(folder));
    for (const name of before.split('\n')) {
        if (name === '' || name.includes('/') || !present.has(name) || kept.has(external_node_path_default().join(folder, name)))
            continue;
        await fs.rm(external_node_path_default().join(folder, name));
    }
}

;// CONCATENATED MODULE: ./lib/exposure/image/shell.ts
/** Which of the usual programs an image has. */

const SHELLS = ['/bin/sh', '/usr/bin/sh', '/bin/bash', '/usr/bin/bash', '/bin/dash', '/bin/ash'];
/** Absolute path of a shell in the image; undefined when it has none. */
async function findShell(tree) {
    for (const file of SHELLS) {
        if (await isProgram(tree, file))
            return file;
    }
    return undefined;
}
/** True when one of the folders of `path` has the program. */
async function hasProgram(tree, name, path) {
    for (const folder of path) {
        if (await isProgram(tree, `${folder}/${name}`))
            return true;
    }
    return false;
}
async function isProgram(tree, file) {
    const found = await tree_resolve(tree, file);
    return found?.entry.kind === 'file' && (found.entry.mode & 0o111) !== 0;
}

;// CONCATENATED MODULE: ./lib/exposure/host/display.ts
const START_MS = 15_000;
/** Longer than any run. */
const LIFE_MS = 24 * 3_600_000;
/** Starts one. undefined: Xvfb is not there, or does not start. */
async function startDisplay(caller, clock, env, folder, signal) {
    const stop = new AbortController();
    const { promise: ready, resolve } = Promise.withResolvers();
    const ended = caller
        .call('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
        cwd: folder,
        env,
        timeoutMs: LIFE_MS,
        onStdout: (text) => {
            const number = /^(\d+)\n/.exec(text)?.[1];
            if (number !== undefined)
                resolve(`:${number}`);
        },
        signal: AbortSignal.any([signal, stop.signal])
    })
        .then(() => resolve(undefined), () => resolve(undefined));
    const patience = new AbortController();
    const late = clock.sleep(START_MS, AbortSignal.any([signal, patience.signal])).then(() => undefined, () => undefined);
    const name = await Promise.race([ready, late]);
    patience.abort();
    const end = async () => {
        stop.abort(new Error('the screen is not needed any more'));
        await ended;
    };
    if (name === undefined) {
        await end();
        return undefined;
    }
    return { name, stop: end };
}

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
;// CONCATENATED MODULE: ./lib/exposure/host/runtime.ts
/** The container runtimes of a host: which they are, and what they need on this machine. */

/** A runtime is not there, or starts no container on this machine. */
class RuntimeError extends Error {
    name = 'RuntimeError';
}
/** No image has this; that it is missed proves that the container was set up. */
const NOWHERE = '/.neurodesk-ci/nothing';
/** @throws RuntimeError when the program is not there or is neither. */
async function findRuntime(exec, name) {
    const file = await exec.which(name);
    if (file === undefined)
        throw new RuntimeError(`the runtime ${name} is not on this machine`);
    let said;
    try {
        said = (await exec.run(file, ['--version'], { timeoutMs: 30_000 })).stdout.trim();
    }
    catch (error) {
        throw new RuntimeError(`${file} --version failed: ${(0,failure/* messageOf */.bD)(error)}`);
    }
    const match = /^(apptainer|singularity(?:-ce|-pro)?) version (\S+)/.exec(said);
    if (match === null)
        throw new RuntimeError(`${file} is no container runtime: it says ${JSON.stringify(said.slice(0, 100))}`);
    return {
        name,
        file,
        kind: match[1] === 'apptainer' ? 'apptainer' : 'singularity',
        version: match[2] ?? '',
        env: {}
    };
}
/**
 * Finds out by trying whether root has to give up its privileges: Apptainer asks for the full set of capabilities,
 * which a root in a virtual machine or a container may not have.
 * @throws RuntimeError when the image cannot be started either way.
 */
async function fitRuntime(exec, runtime, image) {
    const noPrivileges = { APPTAINER_NO_PRIVS: '1', SINGULARITY_NO_PRIVS: '1' };
    const reasons = [];
    for (const env of [{}, noPrivileges]) {
        const result = await exec.run(runtime.file, ['exec', '--cleanenv', image, NOWHERE], {
            env: { ...env, APPTAINER_SILENT: undefined },
            accept: 'any',
            timeoutMs: 120_000
        });
        if (result.stderr.includes(NOWHERE) && /no such file|not found/i.test(result.stderr))
            return { ...runtime, env };
        reasons.push(lastLine(result.stderr) || `exit code ${result.exitCode}`);
    }
    throw new RuntimeError(`${runtime.name} cannot start ${image}: ${reasons.join('; without privileges: ')}`);
}
function lastLine(text) {
    return text.trim().split('\n').at(-1) ?? '';
}

;// CONCATENATED MODULE: ./lib/exposure/host/shims.ts
/**
 * Small scripts that stand on PATH in the place of the container runtime and of downloaders while an exposure is
 * tested. They tell what was really asked for, and hand over to the real program. Pure: texts only.
 */

/** Variables by which a test tells the shim what to do; without them it only hands over. */
const SHIM = {
    /** `record`: write down what would be started, and start nothing. `substitute`: start SCRIPT instead of the program. */
    mode: 'NEURODESK_TEST_MODE',
    /** The image that the call is expected to name. */
    image: 'NEURODESK_TEST_IMAGE',
    /** File that calls are written to: NUL-terminated words. */
    record: 'NEURODESK_TEST_RECORD',
    /** A shell inside the image, and the script for it; $0 is the program that was asked for. */
    shell: 'NEURODESK_TEST_SHELL',
    script: 'NEURODESK_TEST_SCRIPT',
    /** An image that is handed over where an installer would pull one. */
    handOver: 'NEURODESK_TEST_IMAGE_TO_PULL'
};
/**
 * The shim for a container runtime.
 * @param real absolute path
 * @param log every pull and build is written there, in the form of a downloader's log
 */
function runtimeShim(real, log) {
    return `#!/bin/sh
# Stands before ${shellWord(real)} while an exposure is tested.
verb=
for word do
  case $word in -*) ;; *) verb=$word; break ;; esac
done
case $verb in
  pull | build)
    printf '%s\\0' "$(($# + 1))" ${shellWord(real)} "$@" >> ${shellWord(log)}
    if [ -n "\${${SHIM.handOver}-}" ]; then
      target=
      previous=
      for word do
        case $word in
          *.simg | *.sif) [ -n "$target" ] || target=$word ;;
        esac
        [ "$previous" != --name ] || target=$word
        previous=$word
      done
      exec ln -s "$${SHIM.handOver}" "$target"
    fi
    ;;
esac
[ -n "\${${SHIM.mode}-}" ] || exec ${shellWord(real)} "$@"
case $verb in exec | run | shell) ;; *) exec ${shellWord(real)} "$@" ;; esac
at=0
count=0
for word do
  count=$((count + 1))
  if [ -e "$word" ] && [ "$word" -ef "$${SHIM.image}" ]; then
    at=$count
    break
  fi
done
if [ -n "\${${SHIM.record}-}" ]; then
  printf '%s\\0' "$#" "$at" "$@" >> "$${SHIM.record}" || exit 125
fi
[ "$${SHIM.mode}" = substitute ] || exit 0
[ "$at" -gt 0 ] || { echo 'the wrapper does not name the expected image' >&2; exit 125; }
count=0
for word do
  count=$((count + 1))
  [ "$count" -gt 1 ] || set --
  if [ "$count" -eq "$((at + 1))" ]; then
    set -- "$@" "$${SHIM.shell}" -c "$${SHIM.script}" "$word"
  else
    set -- "$@" "$word"
  fi
done
unset ${SHIM.mode} ${SHIM.image} ${SHIM.record} ${SHIM.shell} ${SHIM.script}
exec ${shellWord(real)} "$@"
`;
}
/**
 * The shim for a downloader: writes its words to \`log\`, then hands over. Where an image is handed over instead of
 * fetched it finds nothing anywhere, as curl does with --fail.
 */
function downloaderShim(name, real, log) {
    return `#!/bin/sh
printf '%s\\0' "$(($# + 1))" ${shellWord(name)} "$@" >> ${shellWord(log)}
[ -z "\${${SHIM.handOver}-}" ] || exit 22
exec ${shellWord(real)} "$@"
`;
}
/** Reads what the runtime's shim wrote. A record that is cut off is left out. */
function parseRecords(bytes) {
    return parseCounted(bytes, 1).map(([at, ...words]) => ({ imageAt: Number(at), words }));
}
/** Reads what a downloader's shim wrote: program and arguments of each call. */
function parseDownloads(bytes) {
    return parseCounted(bytes, 0);
}
function parseCounted(bytes, extra) {
    const words = bytes.toString('utf8').split('\0').slice(0, -1);
    const records = [];
    for (let at = 0; at < words.length;) {
        const count = Number(words[at]) + extra;
        if (!Number.isSafeInteger(count) || at + 1 + count > words.length)
            break;
        records.push(words.slice(at + 1, at + 1 + count));
        at += 1 + count;
    }
    return records;
}

;// CONCATENATED MODULE: ./lib/exposure/host/toolbox.ts


/** Every program that a test decides about. */
const DECIDED = ['apptainer', 'singularity', 'curl', 'aria2c', 'wget'];
async function createToolbox(fs, options) {
    const { folder, runtime } = options;
    const front = external_node_path_default().join(folder, 'front');
    await fs.mkdir(front, { recursive: true });
    const downloadLog = external_node_path_default().join(folder, 'downloads');
    await fs.writeFile(downloadLog, '');
    // Apptainer's packages bring a link `singularity`; SingularityCE brings that name only.
    const names = runtime.kind === 'apptainer' ? ['apptainer', 'singularity'] : ['singularity'];
    for (const name of names)
        await writeProgram(fs, external_node_path_default().join(front, name), runtimeShim(runtime.file, downloadLog));
    for (const [name, real] of Object.entries(options.downloaders)) {
        await writeProgram(fs, external_node_path_default().join(front, name), downloaderShim(name, real, downloadLog));
    }
    return { path: [front, ...options.hostPath], downloadLog };
}
/**
 * The folders of a PATH without runtimes and downloaders. Many folders of a host stay as they are; in the place of
 * one that has such a program there is a folder of links to all the rest of it.
 * @param folder of its own; must not exist
 */
async function hidePrograms(fs, hostPath, folder) {
    const folders = [];
    const seen = new Set();
    for (const [index, hostFolder] of hostPath.entries()) {
        // Where /bin is a link to /usr/bin, once is enough.
        const real = await fs.realpath(hostFolder).catch(() => hostFolder);
        if (seen.has(real))
            continue;
        seen.add(real);
        const names = await fs.readdir(hostFolder).catch(() => []);
        if (!names.some((name) => DECIDED.includes(name))) {
            folders.push(hostFolder);
            continue;
        }
        const stand = external_node_path_default().join(folder, String(index));
        await fs.mkdir(stand, { recursive: true });
        const kept = names.filter((name) => !DECIDED.includes(name));
        await Promise.all(kept.map((name) => fs.symlink(external_node_path_default().join(hostFolder, name), external_node_path_default().join(stand, name))));
        folders.push(stand);
    }
    return folders;
}
async function writeProgram(fs, file, text) {
    await fs.writeFile(file, text);
    await fs.chmod(file, 0o755);
}

;// CONCATENATED MODULE: ./lib/exposure/check/lists.ts
/** Names in a sentence. Pure. */
/** At most ten names; the rest is counted. */
function listNames(names) {
    const shown = names.slice(0, 10).join(', ');
    return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

;// CONCATENATED MODULE: ./lib/exposure/check/promised.ts

const PROMISE_FINDINGS = {
    unsafe: 'exposure-promised-unsafe',
    reserved: 'exposure-promised-reserved',
    collides: 'exposure-promised-collides'
};
/** What is wrong with the promise itself, whoever installs it. */
function promiseFindings(promise, container) {
    const findings = [];
    const add = (id, severity, subject, message, hint) => {
        findings.push(hint === undefined ? { id, severity, subject, message } : { id, severity, subject, message, hint });
    };
    if (promise.deployPath.length === 0 && promise.deployBins.length === 0) {
        add('exposure-nothing-promised', 'error', container, 'the image sets neither DEPLOY_PATH nor DEPLOY_BINS', 'Set one of them in the recipe (deploy: path, bins).');
    }
    for (const folder of promise.missingFolders) {
        add('exposure-folder-missing', 'error', container, `DEPLOY_PATH names ${folder}, which is not in the image`);
    }
    for (const command of promise.commands) {
        if (command.file === undefined) {
            add('exposure-bin-missing', 'error', `${container}/${command.name}`, 'DEPLOY_BINS names it, and it is nowhere on the PATH inside the image');
        }
    }
    if (promise.danglingLinks.length > 0) {
        add('exposure-dangling-link', 'warning', container, `links that lead nowhere: ${listNames(promise.danglingLinks)}`);
    }
    const rootOnly = promise.excluded
        .filter(({ problem }) => problem.kind === 'root-only')
        .map(({ name }) => name);
    if (rootOnly.length > 0) {
        add('exposure-root-only', 'warning', container, `only root may execute ${listNames(rootOnly)}`, 'Users of an HPC are not root: chmod a+rx in the recipe.');
    }
    if (promise.duplicates.length > 0) {
        add('exposure-promised-twice', 'warning', container, `in more than one folder: ${listNames(promise.duplicates)}`, 'The first folder of DEPLOY_PATH wins.');
    }
    for (const line of promise.unread) {
        add('exposure-promise-unreadable', 'unknown', container, `an assignment that only a shell can evaluate: ${line}`);
    }
    for (const { name } of promise.variables.filter((variable) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable.name))) {
        add('exposure-variable-name', 'error', container, `DEPLOY_ENV_${name} does not give a name that a variable can have`);
    }
    findings.push(...excludedFindings(promise.excluded, container));
    return findings;
}
function excludedFindings(excluded, container) {
    const findings = [];
    const quiet = [];
    for (const { name, source, problem } of excluded) {
        const named = source === 'DEPLOY_BINS';
        if (problem.kind === 'unsafe' || problem.kind === 'collides' || (problem.kind === 'reserved' && named)) {
            findings.push({
                id: PROMISE_FINDINGS[problem.kind],
                severity: named && problem.kind !== 'reserved' ? 'error' : 'warning',
                subject: `${container}/${name}`,
                message: `the image promises it by ${source}, and it cannot be a command on a host: ${problem.reason}`,
                hint: 'Rename the program in the image.'
            });
        }
        else if (problem.kind !== 'root-only')
            quiet.push(name);
    }
    if (quiet.length > 0) {
        findings.push({
            id: 'exposure-not-exposed',
            severity: 'notice',
            subject: container,
            message: `left to the host: ${listNames(quiet)}`
        });
    }
    return findings;
}

;// CONCATENATED MODULE: ./lib/exposure/check/files.ts



const NAME_FINDINGS = {
    unsafe: 'exposure-name-unsafe',
    reserved: 'exposure-name-reserved',
    collides: 'exposure-name-collides'
};
/** Compares. Everything that is wrong is a finding; what has a wrapper can be called. */
function checkFiles(promise, exposed) {
    const { container } = exposed;
    const findings = [...promiseFindings(promise, container)];
    const add = (id, severity, subject, message, hint) => {
        findings.push(hint === undefined ? { id, severity, subject, message } : { id, severity, subject, message, hint });
    };
    const of = (command) => `${container}/${command}`;
    const listed = [...new Set(exposed.listed ?? [])];
    const excluded = new Map(promise.excluded.map((entry) => [entry.name, entry]));
    const promised = new Set(promise.commands.map((command) => command.name));
    const byName = new Map(exposed.files.map((file) => [file.name, file]));
    if (exposed.listed === undefined) {
        add('exposure-list-missing', 'error', container, 'the installation wrote no commands.txt', 'The installation failed, whatever its exit code was: look at its output.');
    }
    else if (listed.length === 0) {
        add('exposure-no-commands', 'error', container, 'the installation exposes no command at all', 'DEPLOY_PATH and DEPLOY_BINS of the image name what is exposed; the installer needs bash, env, find and grep in the image.');
    }
    for (const name of duplicatesOf(exposed.listed ?? [])) {
        add('exposure-command-duplicate', 'warning', of(name), 'commands.txt names it more than once');
    }
    const wrapped = [];
    for (const name of listed) {
        const bad = nameProblem(name, container);
        if (bad !== undefined && bad.kind !== 'hidden') {
            add(NAME_FINDINGS[bad.kind], 'error', of(name), `it is exposed, but ${bad.reason}`, 'Rename the program in the image, or take it out of DEPLOY_PATH and DEPLOY_BINS.');
        }
        else if (!promised.has(name)) {
            const entry = excluded.get(name);
            add('exposure-command-extra', entry === undefined ? 'error' : 'warning', of(name), entry === undefined
                ? 'it is exposed, but the image does not promise it'
                : `it is exposed, although ${entry.problem.reason}`);
        }
        // What stands under such a name is the installer's own file: calling it would be calling the installer.
        const collides = bad?.kind === 'collides' ? bad.reason : undefined;
        const reason = collides ?? whyUnusable(byName.get(name));
        if (reason === undefined)
            wrapped.push(name);
        else if (collides === undefined)
            add('exposure-wrapper-unusable', 'error', of(name), reason);
    }
    for (const file of exposed.files) {
        if (listed.includes(file.name) || isOwnFile(file.name, container) || file.kind !== 'file')
            continue;
        // A SIF begins with "#!" as well.
        if (/\.(?:simg|sif)$/.test(file.name))
            continue;
        if ((file.mode & 0o111) !== 0 && file.head.startsWith('#!')) {
            add('exposure-wrapper-unlisted', 'error', of(file.name), 'a wrapper stands there that commands.txt does not name');
        }
    }
    for (const command of promise.commands) {
        if (listed.includes(command.name) || command.file === undefined)
            continue;
        add('exposure-command-missing', 'error', of(command.name), `the image promises it by ${command.source} (${command.file}), and it is not exposed`, hintForMissing(command.name, exposed.excludes));
    }
    const shadowing = wrapped.filter((name) => exposed.hostCommands.has(name));
    if (shadowing.length > 0) {
        add('exposure-shadows-host', 'warning', container, `takes the place of the host's own ${listNames(shadowing)}`, 'After module load the container answers to these names.');
    }
    if (promise.readme !== undefined && exposed.readme?.equals(promise.readme) !== true) {
        add('exposure-readme-differs', 'error', container, 'README.md on the host is not the README.md of the image');
    }
    return { findings, wrapped };
}
function whyUnusable(file) {
    if (file === undefined)
        return 'commands.txt names it, and there is no wrapper';
    if (file.kind === 'link')
        return 'the wrapper is a link';
    if (file.kind !== 'file')
        return 'the wrapper is no file';
    if ((file.mode & 0o555) !== 0o555) {
        return `the wrapper cannot be read and executed by everyone: its mode is 0${(file.mode & 0o777).toString(8)}`;
    }
    if (!/^#![ \t]*\/\S/.test(file.head))
        return 'the wrapper does not begin with "#!" and the path of an interpreter';
    return undefined;
}
/** `grep -x` takes every line of the list for a pattern: `a.b` also drops `axb`. */
function hintForMissing(name, excludes) {
    const line = excludes.find((pattern) => pattern !== name && matchesBasicPattern(pattern, name));
    return line === undefined
        ? undefined
        : `The line ${JSON.stringify(line)} of the installer's excludes, taken as a pattern, matches it.`;
}
/** A POSIX basic regular expression of the kind that such lists hold, on the whole name. */
function matchesBasicPattern(pattern, name) {
    if ((pattern.match(/\*/g) ?? []).length > 4)
        return false;
    try {
        return new RegExp(`^(?:${pattern.replaceAll(/[+?(){}|]/g, '\\$&')})$`, 'u').test(name);
    }
    catch {
        return false;
    }
}
function duplicatesOf(names) {
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

;// CONCATENATED MODULE: ./lib/exposure/check/tests.ts
/** One failed test with its finding. */
function failed(container, test, id, reason, more = {}) {
    const line = more.line === undefined || more.line === '' ? {} : { line: more.line };
    return {
        tests: [{ ...test, command: test.command, outcome: 'failed', reason, ...line }],
        findings: [
            {
                id,
                severity: 'error',
                subject: test.command === undefined ? container : `${container}/${test.command}`,
                message: line.line === undefined ? `${test.name}: ${reason}` : `${test.name}: ${reason}: ${line.line}`,
                ...(more.hint === undefined ? {} : { hint: more.hint })
            }
        ]
    };
}
function passed(name, command, durationMs) {
    const test = { name, command, outcome: 'passed' };
    return { tests: [durationMs === undefined ? test : { ...test, durationMs }], findings: [] };
}
/** Something that this machine or this image does not allow to be tested. */
function untested(container, name, command, reason) {
    return {
        tests: [{ name, command, outcome: 'untested', reason }],
        findings: [
            {
                id: 'exposure-untested',
                severity: 'unknown',
                subject: command === undefined ? container : `${container}/${command}`,
                message: `${name}: not tested: ${reason}`
            }
        ]
    };
}
function together(parts) {
    return { tests: parts.flatMap((part) => part.tests), findings: parts.flatMap((part) => part.findings) };
}

;// CONCATENATED MODULE: ./lib/exposure/check/record.ts





const ARGUMENT = 'a word that only this test passes on';
/** Calls one wrapper by its host name; a finding when what it asks for is not a start of its container. */
async function recordCall(recorder, command, index) {
    const file = external_node_path_default().join(recorder.folder, `record-${index}`);
    const result = await recorder.caller.call(command, [ARGUMENT], {
        cwd: recorder.folder,
        env: {
            ...recorder.env,
            [SHIM.mode]: 'record',
            [SHIM.image]: recorder.installed.image,
            [SHIM.record]: file
        },
        timeoutMs: recorder.timeoutMs,
        signal: recorder.signal
    });
    const calls = parseRecords(await recorder.fs.readFile(file).catch(() => Buffer.alloc(0)));
    await recorder.fs.rm(file, { force: true });
    const subject = `${recorder.installed.container}/${command}`;
    const finding = (id, message, hint) => hint === undefined
        ? { id, severity: 'error', subject, message }
        : { id, severity: 'error', subject, message, hint };
    if (result.timedOut && calls.length === 0) {
        return finding('exposure-calls-itself', 'the wrapper does not reach a container runtime: it calls itself, or another wrapper, for ever', 'A command called apptainer or singularity is exposed beside it.');
    }
    const call = calls.at(-1);
    if (call === undefined) {
        const said = result.stderr.trim().split('\n').at(-1) ?? '';
        const how = result.startError ?? `exit code ${result.exitCode ?? 'none'}`;
        return finding('exposure-not-proved', `the wrapper did not ask a container runtime for anything (${how}${said === '' ? '' : `: ${said}`})`);
    }
    return (judgeRecord(call, command) ??
        readCall(call, command) ??
        finding('exposure-not-proved', 'the call names no program'));
    function judgeRecord(recorded, name) {
        if (recorded.imageAt === 0)
            return finding('exposure-wrong-image', `${name} starts another image than ${recorder.installed.image}`);
        if (recorded.words.at(-1) !== ARGUMENT || recorded.words.length !== recorded.imageAt + 2) {
            return finding('exposure-arguments-changed', 'an argument with blanks does not arrive as one word');
        }
        return undefined;
    }
}
function readCall(call, command) {
    const program = call.words[call.imageAt];
    if (program === undefined)
        return undefined;
    return { command, program, options: call.words.slice(0, call.imageAt - 1) };
}
/**
 * --nv is the caller's choice: with it in neurodesk_singularity_opts the runtime gets it, without it does not.
 * @param asked what the wrapper asked for without the variable
 */
async function checkGpuOption(recorder, asked, index) {
    const { container } = recorder.installed;
    const about = { name: 'gpu-option', command: asked.command };
    if (asked.options.includes('--nv')) {
        return failed(container, about, 'exposure-gpu-always', 'the wrapper asks for the GPU although nobody wants it');
    }
    const env = { ...recorder.env, neurodesk_singularity_opts: '--nv' };
    const withOption = await recordCall({ ...recorder, env }, asked.command, index);
    if (!isFinding(withOption) && withOption.options.includes('--nv'))
        return passed('gpu-option', asked.command);
    return failed(container, about, 'exposure-gpu-option-lost', 'neurodesk_singularity_opts=--nv does not reach the runtime', {
        hint: 'Users with a GPU set this variable, and nothing else.'
    });
}
/** True for the other of the two results. */
function isFinding(value) {
    return 'severity' in value;
}
/**
 * Where the asked program really is, against where the promised one is. `path` is the search path that the
 * container has when it runs.
 */
async function checkTarget(tree, promise, asked, container, path) {
    const promised = promise.commands.find((command) => command.name === asked.command);
    const subject = `${container}/${asked.command}`;
    const file = await lookUp(tree, asked.program, path);
    if (file === undefined) {
        return {
            id: 'exposure-program-missing',
            severity: 'error',
            subject,
            message: `the wrapper asks for ${asked.program}, which the container does not find on its PATH (${path.join(':')})`,
            hint: 'Put the folders of DEPLOY_PATH on the PATH of the image, or let the wrapper call the program by its path.'
        };
    }
    if (promised?.realFile === undefined)
        return undefined;
    const real = await tree_resolve(tree, file);
    if (real?.path === promised.realFile)
        return undefined;
    return {
        id: 'exposure-wrong-program',
        severity: 'error',
        subject,
        message: `the wrapper starts ${file}, the image promises ${promised.file ?? promised.name}`,
        hint: 'The PATH of the image has another program of this name before the promised one.'
    };
}

;// CONCATENATED MODULE: ./lib/exposure/check/session.ts
/** Where and how wrappers are called in a test: a place of its own, and an environment that holds nothing of the caller's. */

/** The same without the container's folder on PATH: a session in which nothing is activated yet. */
function bareEnvironment(env, toolbox) {
    return { ...env, PATH: toolbox.path.join((external_node_path_default()).delimiter) };
}
/** The environment of a call. HOME alone does not move the home folder of a container: the runtimes ask the password file. */
function sessionEnvironment(options) {
    const { installed, place, runtime, toolbox } = options;
    const binds = [place.root, ...options.bindPaths].join(',');
    return {
        PATH: [installed.folder, ...toolbox.path].join((external_node_path_default()).delimiter),
        HOME: place.home,
        APPTAINER_HOME: place.home,
        SINGULARITY_HOME: place.home,
        USER: options.user,
        LOGNAME: options.user,
        LANG: 'C.UTF-8',
        TERM: 'dumb',
        SINGULARITY_BINDPATH: binds,
        APPTAINER_BINDPATH: binds,
        ...(options.gpu ? { neurodesk_singularity_opts: '--nv' } : {}),
        ...options.pass,
        ...runtime.env
    };
}

;// CONCATENATED MODULE: ./lib/exposure/check/outcome.ts
const DISPLAY_WANTED = /cannot open display|can't open display|could not connect to display|unable to (?:open|access) (?:the )?(?:x )?display|no display name and no \$DISPLAY|(?:failed|unable) to (?:connect|open) (?:to )?(?:x|display)|DISPLAY (?:environment )?variable|xcb_connection|This application failed to start because no Qt platform plugin|glfw error 65544|error: XDG_RUNTIME_DIR not set/i;
const LIBRARY_MISSING = /error while loading shared libraries: ([^:\n]+)|([^:\s]+): version `?'?[^'\n]+' not found|symbol lookup error|cannot execute: required file not found|Error loading shared library ([^:\n]+)|error: relocation error/;
/**
 * @param isPromised true for a process that is the promised program itself
 * @param limit says what a time-out means: `fails`, or that a promised program which still runs is all right
 */
function judgeCall(result, isPromised, limit) {
    const line = outcome_lastLine(result.stderr);
    const fail = (kind, reason, at = line) => ({
        state: 'failed',
        kind,
        reason,
        line: at
    });
    if (result.startError === 'ENOENT')
        return fail('exposure-not-found', 'it is not found through PATH, or the interpreter of its first line is missing');
    if (result.startError !== undefined)
        return fail('exposure-not-executable', `it cannot be executed (${result.startError})`);
    const fatal = /^.*\b(?:FATAL|ERROR)\s*:.*$/m.exec(result.stderr)?.[0];
    const library = LIBRARY_MISSING.exec(result.stderr);
    if (library !== null) {
        const name = library[1] ?? library[3];
        return fail('exposure-library-missing', name === undefined ? 'the loader does not find what it needs' : `the library ${name.trim()} is missing`, lineOf(result.stderr, library.index));
    }
    if (result.settled)
        return { state: 'running' };
    if (result.timedOut) {
        if (result.running.some(isPromised) && limit === 'running-is-fine')
            return { state: 'running' };
        const wrappers = result.running.filter((process) => process.command.some((word) => /(?:^|\/)(?:sh|bash|dash)$/.test(word)));
        if (!result.running.some(isPromised) && wrappers.length > 3) {
            return fail('exposure-calls-itself', `${wrappers.length} shells were running and no program of the container: the wrapper calls itself`);
        }
        return fail('exposure-never-returns', 'it did not come to an end in time');
    }
    const wantsDisplay = DISPLAY_WANTED.exec(result.stderr);
    if (wantsDisplay !== null && result.exitCode !== 0)
        return { state: 'needs-display', line: lineOf(result.stderr, wantsDisplay.index) };
    if (fatal !== undefined && result.exitCode === 255) {
        if (/executable file not found|no such file or directory/i.test(fatal))
            return fail('exposure-program-missing', 'the container does not find the program', fatal);
        return fail('exposure-runtime-failed', 'the container runtime failed', fatal);
    }
    if (result.exitCode === 126)
        return fail('exposure-not-executable', 'exit code 126: found, and not executable');
    if (result.exitCode === 127)
        return fail('exposure-program-missing', 'exit code 127: a command was not found');
    if (result.exitCode === null)
        return fail('exposure-killed', `it was ended by ${result.signal ?? 'a signal'}`);
    // 128 + n: the program died of signal n; 4, 6, 7, 8 and 11 are those of a broken binary.
    if ([132, 134, 135, 136, 139].includes(result.exitCode)) {
        return fail('exposure-killed', `exit code ${result.exitCode}: it died of signal ${result.exitCode - 128}`);
    }
    return { state: 'ran', exitCode: result.exitCode };
}
/** The last line that says something. */
function outcome_lastLine(text) {
    const lines = text
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const last = lines.at(-1) ?? '';
    return last.length > 300 ? `${last.slice(0, 300)}…` : last;
}
function lineOf(text, at) {
    const start = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    return text
        .slice(start, end === -1 ? undefined : end)
        .trim()
        .slice(0, 300);
}

;// CONCATENATED MODULE: ./lib/exposure/check/smoke.ts



/** Runs one smoke test in a folder of its own. @param number counts from 1 and names it in the report */
async function runSmokeTest(runner, test, number) {
    const cwd = external_node_path_default().join(runner.folder, `smoke-${number}`);
    await runner.fs.mkdir(cwd, { recursive: true });
    const [command = test.command, ...args] = [...runner.through, test.command, ...test.args];
    const result = await runner.caller.call(command, args, {
        cwd,
        env: runner.env,
        stdin: Buffer.from(test.stdin),
        timeoutMs: test.timeoutMs ?? runner.timeoutMs,
        signal: runner.signal
    });
    await runner.fs.rm(cwd, { recursive: true, force: true });
    const name = `${runner.through.length === 0 ? 'smoke' : 'slurm'}-${number}`;
    const reason = whyWrong(test, result);
    if (reason === undefined)
        return passed(name, test.command, result.durationMs);
    return failed(runner.container, { name, command: test.command, durationMs: result.durationMs }, runner.through.length === 0 ? 'exposure-smoke-failed' : 'exposure-slurm-failed', reason, { line: outcome_lastLine(result.stderr) });
}
/** The first thing that is not as expected. Pure. */
function whyWrong(test, result) {
    if (result.startError !== undefined)
        return `it could not be started (${result.startError})`;
    if (result.timedOut)
        return 'it did not come to an end in time';
    if (result.exitCode !== test.exitCode) {
        return `exit code ${result.exitCode ?? result.signal ?? 'none'} instead of ${test.exitCode}`;
    }
    return (whyOther('stdout', result.stdout.toString('utf8'), test.stdout) ??
        whyOther('stderr', result.stderr, test.stderr) ??
        (result.left.length > 0 ? 'processes stay when it has ended' : undefined));
}
/** A regular expression is run on this much at most. */
const MATCH_CHARACTERS = 65_536;
function whyOther(stream, text, expected) {
    if (expected === undefined)
        return undefined;
    if (expected.equals !== undefined && text !== expected.equals) {
        return `${stream} is ${show(text)} instead of ${show(expected.equals)}`;
    }
    if (expected.contains !== undefined && !text.includes(expected.contains)) {
        return `${stream} has no ${show(expected.contains)}: ${show(text)}`;
    }
    if (expected.matches !== undefined &&
        !new RegExp(expected.matches, 'mu').test(text.slice(0, MATCH_CHARACTERS))) {
        return `${stream} does not match ${expected.matches}: ${show(text)}`;
    }
    return undefined;
}
function show(text) {
    return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
/** True when the test is for this container. */
function isFor(test, container) {
    return (test.container === undefined || [container.id, container.image, container.name].includes(test.container));
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __nccwpck_require__(8815);
;// CONCATENATED MODULE: ./lib/exposure/check/smoke-file.ts
/** Reads the smoke file: a YAML (or JSON) list of tests. Pure: text in, tests or problems out. */


const KEYS = ['container', 'command', 'args', 'stdin', 'exit-code', 'stdout', 'stderr', 'timeout'];
const MAX_TESTS = 10_000;
function parseSmokeFile(text) {
    let value;
    try {
        value = (0,dist/* parse */.qg)(text, { maxAliasCount: 100 });
    }
    catch (error) {
        if (error instanceof dist/* YAMLParseError */.XT)
            return { tests: [], problems: [error.message.split('\n')[0] ?? 'no YAML'] };
        return { tests: [], problems: [(0,failure/* messageOf */.bD)(error)] };
    }
    if (!Array.isArray(value))
        return { tests: [], problems: ['it must be a list of tests'] };
    if (value.length === 0)
        return { tests: [], problems: ['it holds no test'] };
    if (value.length > MAX_TESTS)
        return { tests: [], problems: [`${value.length} tests; at most ${MAX_TESTS} are read`] };
    const problems = [];
    const tests = value.map((item, index) => readTest(item, (problem) => problems.push(`test ${index + 1}: ${problem}`)));
    return { tests: tests.filter((test) => test !== undefined), problems };
}
function readTest(item, complain) {
    if (!isRecord(item)) {
        complain('it must have keys and values');
        return undefined;
    }
    for (const key of Object.keys(item)) {
        if (!KEYS.includes(key))
            complain(`${key} is not known; known are ${KEYS.join(', ')}`);
    }
    const command = item['command'];
    if (typeof command !== 'string' || command === '')
        complain('command: the name of a command is needed');
    else if (command.includes('/'))
        complain('command: a name, not a path: it is called through PATH');
    const container = item['container'];
    if (container !== undefined && typeof container !== 'string')
        complain('container: a text is needed');
    const exitCode = item['exit-code'] ?? 0;
    if (typeof exitCode !== 'number' || !Number.isInteger(exitCode) || exitCode < 0 || exitCode > 255) {
        complain('exit-code: a whole number from 0 to 255');
    }
    return {
        container: typeof container === 'string' ? container : undefined,
        command: String(command),
        args: readArguments(item['args'], complain),
        stdin: readText('stdin', item['stdin'], complain),
        exitCode: Number(exitCode),
        stdout: readExpectation('stdout', item['stdout'], complain),
        stderr: readExpectation('stderr', item['stderr'], complain),
        timeoutMs: readTimeout(item['timeout'], complain)
    };
}
function readArguments(value, complain) {
    if (value === undefined)
        return [];
    if (Array.isArray(value) && value.every((word) => typeof word === 'string' || typeof word === 'number')) {
        return value.map(String);
    }
    complain('args: a list of texts');
    return [];
}
function readText(key, value, complain) {
    if (value === undefined || value === null)
        return '';
    if (typeof value === 'string')
        return value;
    complain(`${key}: a text is needed`);
    return '';
}
function readExpectation(key, value, complain) {
    if (value === undefined)
        return undefined;
    if (typeof value === 'string')
        return { contains: value };
    if (!isRecord(value)) {
        complain(`${key}: a text that it contains, or contains, equals or matches with a text`);
        return undefined;
    }
    for (const [name, text] of Object.entries(value)) {
        if (!['contains', 'equals', 'matches'].includes(name))
            complain(`${key}: ${name} is not known`);
        else if (typeof text !== 'string')
            complain(`${key}: ${name} needs a text`);
        else if (name === 'matches' && !isPattern(text))
            complain(`${key}: ${text} is no regular expression`);
    }
    return value;
}
function readTimeout(value, complain) {
    if (value === undefined)
        return undefined;
    const match = /^(\d{1,6})(s|m)$/.exec(String(value));
    if (match === null) {
        complain('timeout: a number with s or m, such as 90s');
        return undefined;
    }
    return Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000);
}
function isPattern(text) {
    try {
        return new RegExp(text, 'mu') instanceof RegExp;
    }
    catch {
        return false;
    }
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./lib/exposure/check/start.ts



/** A program that still runs after this, and is the promised one, has started. */
const SETTLED_MS = 5000;
/** Calls it without arguments, stdin closed. Any exit code of the program itself will do: it ran. */
async function checkStart(starter, command) {
    const outcome = await callCounted(starter, command, [], 'running-is-fine');
    return toChecked(starter, 'start', command, outcome);
}
/** Calls it with --help, and with --version when that did not succeed. A time-out is a failure here. */
async function checkHelp(starter, command) {
    const help = await callCounted(starter, command, ['--help'], 'fails');
    if (help.outcome.state === 'ran' && help.outcome.exitCode !== 0) {
        const version = await callCounted(starter, command, ['--version'], 'fails');
        // Neither is known to every program; what counts is that one of them came to an end by itself.
        if (version.outcome.state === 'ran')
            return toChecked(starter, 'help', command, version);
    }
    return toChecked(starter, 'help', command, help);
}
async function callCounted(starter, command, args, limit) {
    const isProgram = (process) => isPromisedProgram(process, command, starter.image);
    const once = async (env) => {
        const cwd = external_node_path_default().join(starter.folder, `call-${command.name}-${args.length}`);
        await starter.fs.mkdir(cwd, { recursive: true });
        const result = await starter.caller.call(command.name, args, {
            cwd,
            env,
            timeoutMs: starter.timeoutMs,
            ...(limit === 'fails'
                ? {}
                : {
                    settled: {
                        afterMs: Math.min(SETTLED_MS, starter.timeoutMs / 2),
                        when: (running) => running.some(isProgram)
                    }
                }),
            signal: starter.signal
        });
        await starter.fs.rm(cwd, { recursive: true, force: true });
        return { result, outcome: judgeCall(result, isProgram, limit) };
    };
    const first = await once(starter.env);
    if (first.outcome.state !== 'needs-display' || starter.display === undefined)
        return first;
    return await once({ ...starter.env, DISPLAY: starter.display });
}
function toChecked(starter, test, command, { outcome, result }) {
    const { container } = starter;
    const about = { name: test, command: command.name, durationMs: result.durationMs };
    if (outcome.state === 'needs-display') {
        return starter.display === undefined
            ? untested(container, test, command.name, `it wants a screen, and there is no Xvfb here: ${outcome.line}`)
            : failed(container, about, 'exposure-display-failed', 'it does not reach the screen that DISPLAY names', {
                line: outcome.line
            });
    }
    if (outcome.state === 'failed')
        return failed(container, about, outcome.kind, outcome.reason, { line: outcome.line });
    if (result.left.length > 0) {
        const shown = result.left
            .map((process) => process.command.join(' ') || String(process.pid))
            .join('; ')
            .slice(0, 200);
        return failed(container, about, 'exposure-orphan-left', `processes stay when it has ended: ${shown}`);
    }
    return passed(test, command.name, result.durationMs);
}
/** True for the program in the container; wrappers and the runtime carry the image in their arguments or are shells of the host. */
function isPromisedProgram(process, command, image) {
    if (process.command.includes(image))
        return false;
    const files = [command.file, command.realFile].filter((file) => file !== undefined);
    if (process.program !== undefined && files.includes(process.program))
        return true;
    // A script shows as its interpreter with the script behind it.
    return process.command
        .slice(0, 3)
        .some((word) => files.includes(word) || (command.file === undefined && word === command.name));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./lib/exposure/check/asking.ts



/** Calls the wrapper, with the script in the place of its program. */
async function ask(conformer, shell, script, args = [], variation = {}) {
    const substitute = {
        [SHIM.mode]: 'substitute',
        [SHIM.image]: conformer.installed.image,
        [SHIM.shell]: shell,
        [SHIM.script]: script
    };
    return await call(conformer, args, { ...variation, env: { ...substitute, ...variation.env } });
}
/** Calls the wrapper as it is. */
async function call(conformer, args, variation) {
    const { cwd, env, stdin: input, maxOutput, terminateWhen } = variation;
    const [program = '', ...words] = [...(conformer.through ?? []), conformer.command, ...args];
    return await conformer.caller.call(program, words, {
        cwd: cwd ?? conformer.folder,
        env: { ...conformer.env, ...env },
        timeoutMs: conformer.timeoutMs,
        ...(input === undefined ? {} : { stdin: input }),
        ...(maxOutput === undefined ? {} : { maxOutput }),
        ...(terminateWhen === undefined ? {} : { terminateWhen }),
        signal: conformer.signal
    });
}
/** Why it is not the end that was expected; undefined when it is. */
function whyNotExit(result, code) {
    return result.exitCode === code && !result.timedOut ? undefined : `it shows as ${shown(result)}`;
}
/** How a call ended, for people. */
function shown(result) {
    if (result.startError !== undefined)
        return `"${result.startError}"`;
    if (result.timedOut)
        return 'a time-out';
    return result.exitCode === null ? `death by ${result.signal ?? 'a signal'}` : `exit code ${result.exitCode}`;
}
/** A failed test of behaviour. */
function fault(conformer, name, kind, reason, result, hint) {
    return failed(conformer.installed.container, { name, command: conformer.command, durationMs: result.durationMs }, kind, reason, { line: outcome_lastLine(result.stderr), ...(hint === undefined ? {} : { hint }) });
}

;// CONCATENATED MODULE: ./lib/exposure/check/surroundings.ts
/** Where a command works: the folder, the owner of what it makes, the environment, /tmp, and the image itself. */




const folders = async (conformer, shell) => {
    const { fs, folder } = conformer;
    const plain = external_node_path_default().join(folder, 'cwd', 'plain');
    const blank = external_node_path_default().join(folder, 'cwd', "with blank, comma: and 'quote'");
    const link = external_node_path_default().join(folder, 'cwd', 'link');
    await fs.mkdir(plain, { recursive: true });
    await fs.mkdir(blank, { recursive: true });
    await fs.symlink(plain, link);
    try {
        for (const cwd of [plain, blank, link]) {
            const result = await ask(conformer, shell, 'pwd -P', [], { cwd, env: { PWD: cwd } });
            const wrong = whyNotExit(result, 0);
            const expected = await fs.realpath(cwd);
            const got = result.stdout.toString('utf8').replace(/\n$/, '');
            if (wrong !== undefined || got !== expected) {
                return fault(conformer, 'folder', 'exposure-folder-changed', `called in ${expected} it works in ${wrong ?? (got || 'nothing')}`, result);
            }
        }
    }
    finally {
        await fs.rm(external_node_path_default().join(folder, 'cwd'), { recursive: true, force: true });
    }
    return passed('folder', conformer.command);
};
const ownership = async (conformer, shell) => {
    const { fs, owner } = conformer;
    const cwd = external_node_path_default().join(conformer.folder, 'made');
    await fs.mkdir(cwd);
    try {
        const result = await ask(conformer, shell, ': > new-file', [], { cwd });
        const stats = await fs.stat(external_node_path_default().join(cwd, 'new-file')).catch(() => undefined);
        if (stats === undefined) {
            return fault(conformer, 'ownership', 'exposure-owner-changed', `a file that is made in the current folder does not appear there: ${shown(result)}`, result);
        }
        if (stats.uid !== owner.uid || stats.gid !== owner.gid) {
            return fault(conformer, 'ownership', 'exposure-owner-changed', `a new file belongs to ${stats.uid}:${stats.gid} instead of the caller, ${owner.uid}:${owner.gid}`, result);
        }
        return passed('ownership', conformer.command, result.durationMs);
    }
    finally {
        await fs.rm(cwd, { recursive: true, force: true });
    }
};
const LEAK = 'NEURODESK_TEST_LEAK';
/** Set or extended by every runtime, or the caller's. */
const RUNTIME_VARIABLES = /^(?:PATH|HOME|PWD|SHELL|USER|LOGNAME|LANG|LC_.*|TERM|PS1|PROMPT_COMMAND|LD_LIBRARY_PATH|DISPLAY|XAUTHORITY|TMPDIR|APPTAINER_.*|SINGULARITY_.*)$/;
const environment = async (conformer, shell) => {
    const names = [...conformer.imageEnvironment.keys()].filter((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RUNTIME_VARIABLES.test(name));
    const script = `for name do eval "value=\\\${$name-(unset)}"; printf '%s\\0' "$value"; done`;
    const result = await ask(conformer, shell, script, [LEAK, 'DISPLAY', ...names], {
        env: { [LEAK]: 'leaked', DISPLAY: ':77' }
    });
    const wrong = whyNotExit(result, 0);
    if (wrong !== undefined)
        return fault(conformer, 'environment', 'exposure-environment-changed', wrong, result);
    const [leak, display, ...values] = result.stdout.toString('utf8').split('\0').slice(0, -1);
    if (leak !== '(unset)') {
        return fault(conformer, 'environment', 'exposure-environment-leaks', 'a variable of the host is seen in the container', result, '--cleanenv keeps them out.');
    }
    if (display !== ':77') {
        return fault(conformer, 'environment', 'exposure-display-lost', `DISPLAY is :77 on the host and ${display ?? 'nothing'} in the container`, result);
    }
    const other = names.find((name, index) => values[index] !== conformer.imageEnvironment.get(name));
    const whole = passed('environment', conformer.command, result.durationMs);
    if (other === undefined)
        return whole;
    const [expected, found] = [conformer.imageEnvironment.get(other), values[names.indexOf(other)]].map((value) => JSON.stringify(value));
    const message = `the image sets ${other} to ${expected}, a command sees ${found}`;
    if (other.startsWith('DEPLOY_'))
        return fault(conformer, 'environment', 'exposure-environment-changed', message, result);
    return {
        ...whole,
        findings: [
            {
                id: 'exposure-environment-changed',
                severity: 'warning',
                subject: conformer.installed.container,
                message
            }
        ]
    };
};
const temporary = async (conformer, shell) => {
    const { fs, command } = conformer;
    const folder = external_node_path_default().join(conformer.folder, 'own tmp');
    const mark = `made-by-test-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    await fs.mkdir(folder, { recursive: true });
    try {
        const missing = await ask(conformer, shell, 'exit 0', [], {
            env: { TMPDIR: external_node_path_default().join(folder, 'missing') }
        });
        const wrong = whyNotExit(missing, 0);
        if (wrong !== undefined)
            return fault(conformer, 'tmp', 'exposure-tmp-breaks', `with a TMPDIR that does not exist: ${wrong}`, missing);
        const result = await ask(conformer, shell, `: > /tmp/${mark}`, [], { env: { TMPDIR: folder } });
        const failedCall = whyNotExit(result, 0);
        if (failedCall !== undefined)
            return fault(conformer, 'tmp', 'exposure-tmp-breaks', `with a TMPDIR of its own: ${failedCall}`, result);
        const arrived = (await fs.readdir(folder)).includes(mark);
        const whole = passed('tmp', command);
        if (arrived)
            return whole;
        await fs.rm(`/tmp/${mark}`, { force: true });
        return {
            ...whole,
            findings: [
                {
                    id: 'exposure-tmp-not-bound',
                    severity: 'warning',
                    subject: `${conformer.installed.container}/${command}`,
                    message: 'TMPDIR of the caller is not /tmp in the container',
                    hint: 'Bind it when the command is called; on an HPC /tmp is small.'
                }
            ]
        };
    }
    finally {
        await fs.rm(folder, { recursive: true, force: true });
    }
};
/** A wrapper whose image is gone must fail, and say so. Moves the image away for a moment. */
async function checkMissingImage(conformer) {
    const { fs, installed, command } = conformer;
    const aside = `${installed.image}.aside`;
    await fs.rename(installed.image, aside);
    let result;
    try {
        result = await call(conformer, [], {});
    }
    finally {
        await fs.rename(aside, installed.image);
    }
    if (result.timedOut || result.exitCode === 0 || result.stderr.trim() === '') {
        return fault(conformer, 'missing-image', 'exposure-missing-image-silent', `without its image the command shows as ${shown(result)}${result.stderr.trim() === '' ? ' and says nothing' : ''}`, result);
    }
    return passed('missing-image', command, result.durationMs);
}

;// CONCATENATED MODULE: ./lib/exposure/check/conform.ts
/** Does a wrapper behave like the program itself? What goes in and comes out: words, streams, exit codes, signals. */




/** Words that a careless wrapper splits, expands, drops or takes for its own. */
const WORDS = [
    'a b',
    '',
    '*',
    '"q"',
    "it's",
    '$HOME',
    '`id`',
    '$(id)',
    'new\nline',
    'tab\there',
    'ä€漢😀',
    '\\',
    '!!',
    ';',
    '&',
    '--',
    '-x',
    '--help'
];
const STDIN_BYTES = 3 * 2 ** 20;
/** Everything, one after another: signals and time-outs are not tested beside other work. */
async function checkConformance(conformer) {
    const { installed, command, shell } = conformer;
    if (shell === undefined) {
        return untested(installed.container, 'behaviour', command, 'the image has no shell that could be asked');
    }
    const parts = [];
    for (const check of [
        arguments_,
        stdin,
        streams,
        exitCodes,
        deathBySignal,
        terminate,
        folders,
        ownership,
        environment,
        temporary
    ]) {
        parts.push(await check(conformer, shell));
    }
    return together(parts);
}
/** What has to hold on the node of a cluster too: arguments, stdin and exit codes, sent through the scheduler. */
async function checkThroughScheduler(conformer) {
    const { installed, command, shell } = conformer;
    if (shell === undefined) {
        return untested(installed.container, 'slurm', command, 'the image has no shell that could be asked');
    }
    const parts = [
        await arguments_(conformer, shell),
        await stdin(conformer, shell),
        await exitCodes(conformer, shell)
    ];
    const renamed = together(parts);
    return {
        tests: renamed.tests.map((test) => ({ ...test, name: `slurm-${test.name}` })),
        findings: renamed.findings.map((finding) => ({ ...finding, message: `through srun: ${finding.message}` }))
    };
}
const arguments_ = async (conformer, shell) => {
    const result = await ask(conformer, shell, `printf '%s\\0' "$@"`, WORDS);
    const wrong = whyNotExit(result, 0);
    if (wrong !== undefined)
        return fault(conformer, 'arguments', 'exposure-arguments-changed', wrong, result);
    const got = result.stdout.toString('utf8').split('\0').slice(0, -1);
    const at = WORDS.findIndex((word, index) => got[index] !== word);
    if (at === -1 && got.length === WORDS.length)
        return passed('arguments', conformer.command, result.durationMs);
    const [expected, found] = [
        JSON.stringify(WORDS[at] ?? `${WORDS.length} words`),
        JSON.stringify(got[at] ?? `${got.length} words`)
    ];
    return fault(conformer, 'arguments', 'exposure-arguments-changed', `the argument ${expected} arrives as ${found}`, result);
};
const stdin = async (conformer, shell) => {
    if (!conformer.hasCat)
        return untested(conformer.installed.container, 'stdin', conformer.command, 'the image has no cat');
    const bytes = (0,external_node_crypto_.randomBytes)(STDIN_BYTES);
    const result = await ask(conformer, shell, 'exec cat', [], { stdin: bytes, maxOutput: STDIN_BYTES + 1024 });
    const wrong = whyNotExit(result, 0);
    if (wrong !== undefined)
        return fault(conformer, 'stdin', 'exposure-stdin-changed', wrong, result);
    if (result.stdout.equals(bytes))
        return passed('stdin', conformer.command, result.durationMs);
    return fault(conformer, 'stdin', 'exposure-stdin-changed', `of ${STDIN_BYTES} bytes on stdin ${result.stdout.length} come back, and they differ`, result);
};
const streams = async (conformer, shell) => {
    const result = await ask(conformer, shell, 'echo to-stdout; echo to-stderr >&2');
    const wrong = whyNotExit(result, 0);
    if (wrong !== undefined)
        return fault(conformer, 'streams', 'exposure-streams-mixed', wrong, result);
    if (result.stdout.toString('utf8') === 'to-stdout\n' && result.stderr === 'to-stderr\n') {
        return passed('streams', conformer.command, result.durationMs);
    }
    const stray = result.stderr.split('\n').find((line) => line !== '' && line !== 'to-stderr');
    return fault(conformer, 'streams', 'exposure-streams-mixed', stray === undefined
        ? 'stdout and stderr do not arrive apart and whole'
        : `the wrapper adds to stderr: ${stray.slice(0, 200)}`, result);
};
const exitCodes = async (conformer, shell) => {
    for (const code of [0, 1, 3, 42, 127, 255]) {
        const result = await ask(conformer, shell, 'exit "$1"', [String(code)]);
        const wrong = whyNotExit(result, code);
        if (wrong !== undefined)
            return fault(conformer, 'exit-codes', 'exposure-exit-code-changed', `a program that ends with ${code}: ${wrong}`, result);
    }
    return passed('exit-codes', conformer.command);
};
const deathBySignal = async (conformer, shell) => {
    const result = await ask(conformer, shell, 'kill -USR1 $$; exit 0');
    // A shell says 128 + 10; a wrapper that became the program dies of the signal itself.
    if (result.exitCode === 138 || result.signal === 'SIGUSR1')
        return passed('signal', conformer.command);
    return fault(conformer, 'signal', 'exposure-exit-code-changed', `a program that dies of USR1 shows as ${shown(result)}`, result);
};
const terminate = async (conformer, shell) => {
    // The counter ends a program that never hears of it, so that nothing stays for ever.
    const loop = 'n=0; while [ $n -lt 30 ]; do n=$((n + 1)); sleep 1; done; exit 9';
    const when = { terminateWhen: (stdout) => stdout.includes('ready') };
    const trapped = await ask(conformer, shell, `trap 'echo heard; exit 42' TERM; echo ready; ${loop}`, [], when);
    if (trapped.left.length > 0) {
        return fault(conformer, 'term', 'exposure-term-lost', 'TERM ends the wrapper, and the program in the container goes on', trapped);
    }
    if (!trapped.stdout.includes('ready'))
        return fault(conformer, 'term', 'exposure-term-lost', `the program did not start: ${shown(trapped)}`, trapped);
    if (!trapped.stdout.includes('heard'))
        return fault(conformer, 'term', 'exposure-term-lost', `TERM does not reach the program: ${shown(trapped)}`, trapped);
    if (trapped.exitCode !== 42) {
        return fault(conformer, 'term', 'exposure-term-lost', `the program answers TERM with exit code 42, the wrapper ends with ${shown(trapped)}`, trapped);
    }
    const plain = await ask(conformer, shell, `echo ready; ${loop}`, [], when);
    if (plain.left.length > 0)
        return fault(conformer, 'term', 'exposure-term-lost', 'a process stays after TERM', plain);
    if (plain.exitCode !== 143 && plain.signal !== 'SIGTERM') {
        return fault(conformer, 'term', 'exposure-term-lost', `a program that dies of TERM shows as ${shown(plain)}`, plain);
    }
    return passed('term', conformer.command);
};

;// CONCATENATED MODULE: ./lib/exposure/check/parts.ts
/** The output of a test's script, cut into named parts. Pure. */
const MARK = '==part== ';
/** A shell function that begins a part: `part NAME`. What follows is words, each ended by NUL. */
const PART_FUNCTION = `part() { printf '\\0${MARK}%s\\0' "$1"; }`;
/** Words of every part, empty ones at its end left out. */
function parts_partsOf(text) {
    const parts = new Map();
    let current;
    for (const word of text.split('\0')) {
        if (word.startsWith(MARK)) {
            current = [];
            parts.set(word.slice(MARK.length), current);
        }
        else
            current?.push(word);
    }
    for (const words of parts.values()) {
        while (words.at(-1) === '')
            words.pop();
    }
    return parts;
}

;// CONCATENATED MODULE: ./lib/exposure/check/scripts.ts
/** activate and deactivate, sourced by a real bash; uninstall; a second installation. */






/** $1 activate, $2 deactivate, $3 a command. Texts come in as arguments, never as part of the script. */
const SESSION = `
${PART_FUNCTION}
part before; env -0
. "$1" > /dev/null
part found; command -v -- "$3"
part startup; cat ~/.bashrc
. "$1" > /dev/null
part again; printf %s "$PATH"
. "$2" > /dev/null
part gone; command -v -- "$3"
part after; env -0
part end
`;
async function checkActivate(checker) {
    const { fs, installed, env, command } = checker;
    const names = await fs.readdir(installed.folder);
    const activate = names.find((name) => /^activate_.*\.sh$/.test(name));
    const deactivate = names.find((name) => /^deactivate_.*\.sh$/.test(name));
    if (activate === undefined || deactivate === undefined) {
        return failed(installed.container, { name: 'activate' }, 'exposure-activate-missing', 'there is no script to activate or to deactivate it');
    }
    const startup = external_node_path_default().join(checker.home, '.bashrc');
    const before = await fs.readFile(startup, 'utf8').catch(() => '');
    await fs.writeFile(startup, before);
    const file = (name) => external_node_path_default().join(installed.folder, name);
    const result = await checker.caller.call('bash', ['--norc', '-c', SESSION, 'bash', file(activate), file(deactivate), command], {
        cwd: installed.folder,
        env,
        timeoutMs: checker.timeoutMs,
        maxOutput: 8 * 2 ** 20,
        signal: checker.signal
    });
    if (result.startError === 'ENOENT')
        return untested(installed.container, 'activate', undefined, 'this machine has no bash');
    const parts = parts_partsOf(result.stdout.toString('utf8'));
    const checked = [];
    const found = (parts.get('found')?.[0] ?? '').trim();
    const real = external_node_path_default().join(installed.folder, command);
    checked.push(found === real
        ? passed('activate', undefined, result.durationMs)
        : failed(installed.container, { name: 'activate' }, 'exposure-activate-fails', `after it ${command} is ${found === '' ? 'not found' : found}`, { line: outcome_lastLine(result.stderr) }));
    const gone = (parts.get('gone')?.[0] ?? '').trim();
    const difference = environmentDifference(parts.get('before') ?? [], parts.get('after') ?? [], OWN);
    checked.push(gone === real
        ? failed(installed.container, { name: 'deactivate' }, 'exposure-deactivate-fails', `after it ${command} is still found`, { line: outcome_lastLine(result.stderr) })
        : difference === undefined
            ? passed('deactivate')
            : failed(installed.container, { name: 'deactivate' }, 'exposure-deactivate-fails', `the environment is not what it was: ${difference}`));
    const findings = [];
    if ((parts.get('startup')?.[0] ?? '').trim() !== before.trim()) {
        findings.push({
            id: 'exposure-startup-file',
            severity: 'warning',
            subject: installed.container,
            message: 'activate changes ~/.bashrc: every later session is concerned, also after the container is gone'
        });
    }
    if (countOf(parts.get('again')?.[0] ?? '', installed.folder) > 1) {
        findings.push({
            id: 'exposure-activate-twice',
            severity: 'warning',
            subject: installed.container,
            message: 'activate, called twice, puts the folder on PATH twice'
        });
    }
    return together([...checked, { tests: [], findings }]);
}
/** Bash keeps these by itself. */
const OWN = /^(?:_|OLDPWD|PWD|SHLVL|BASH_.*)=/;
/** Names of variables that are in one of the two and not in the other, or undefined. Pure. */
function environmentDifference(before, after, ignored) {
    const clean = (lines) => new Set(lines.filter((line) => line !== '' && !ignored.test(line)));
    const [first, second] = [clean(before), clean(after)];
    const names = [
        ...[...first].filter((line) => !second.has(line)),
        ...[...second].filter((line) => !first.has(line))
    ].map((line) => line.slice(0, line.indexOf('=')));
    return names.length === 0 ? undefined : listNames([...new Set(names)]);
}
function countOf(list, part) {
    return list.split(':').filter((entry) => entry === part).length;
}
/** What is in a folder: path to kind, mode and content. The image itself is left out: it is large, and not written. */
async function snapshot(fs, root, image) {
    const found = new Map();
    const walk = async (folder) => {
        for (const name of (await fs.readdir(folder).catch(() => [])).sort()) {
            const file = external_node_path_default().join(folder, name);
            if (file === image)
                continue;
            const stats = await fs.lstat(file);
            const key = external_node_path_default().relative(root, file);
            if (stats.isDirectory()) {
                found.set(key, 'folder');
                await walk(file);
            }
            else if (stats.isSymbolicLink())
                found.set(key, `link ${await fs.readlink(file)}`);
            else {
                const hash = (0,external_node_crypto_.createHash)('sha256')
                    .update(await fs.readFile(file))
                    .digest('hex');
                found.set(key, `file ${(stats.mode & 0o777).toString(8)} ${hash}`);
            }
        }
    };
    await walk(root);
    return found;
}
/** A second installation must change nothing. Pure. */
function compareSnapshots(container, first, second) {
    const changed = [
        ...[...second].filter(([file, state]) => first.get(file) !== state).map(([file]) => file),
        ...[...first.keys()].filter((file) => !second.has(file))
    ];
    if (changed.length === 0)
        return passed('second-installation');
    return failed(container, { name: 'second-installation' }, 'exposure-not-idempotent', `a second installation changes ${listNames(changed)}`);
}
/**
 * Runs the uninstall script that the installation left. What it wrote must be gone: wrappers, scripts, module and
 * image; what was there before may stay.
 * @param before names in the container's folder before the installation
 * @param written files of the installation, relative to the folder of containers
 */
async function checkUninstall(checker, before, written) {
    const { fs, installed } = checker;
    const script = (await fs.readdir(installed.folder)).find((name) => /^(?:ts_)?uninstall.*\.sh$/.test(name));
    if (script === undefined) {
        return failed(installed.container, { name: 'uninstall' }, 'exposure-uninstall-missing', 'there is no script to remove it');
    }
    const result = await checker.caller.call(external_node_path_default().join(installed.folder, script), [], {
        cwd: installed.folder,
        env: checker.env,
        timeoutMs: checker.timeoutMs,
        signal: checker.signal
    });
    const image = external_node_path_default().relative(installed.containers, installed.image);
    const left = [];
    for (const file of [...written, image]) {
        const [folder, top = ''] = file.split((external_node_path_default()).sep);
        const own = folder === installed.container && before.includes(top);
        const stats = await fs.lstat(external_node_path_default().join(installed.containers, file)).catch(() => undefined);
        if (!own && stats !== undefined && !stats.isDirectory())
            left.push(file);
    }
    if (left.length === 0)
        return passed('uninstall', undefined, result.durationMs);
    return failed(installed.container, { name: 'uninstall', durationMs: result.durationMs }, 'exposure-uninstall-leaves', `${script} leaves ${listNames(left)}`, { line: outcome_lastLine(result.stderr) });
}

;// CONCATENATED MODULE: ./lib/exposure/check/module.ts






/** $1 Lmod's start file, $2 folder of modules, $3 NAME/VERSION, $4 a command, $5 a version that is not there. */
const module_SESSION = `
. "$1"
${PART_FUNCTION}
module use "$2"
part before; env -0
part load; module load "$3" 2>&1; printf '\\0%s' "$?"
part loaded; env -0
part found; command -v -- "$4"
part help; module help "$3" 2>&1
part whatis; module whatis "$3" 2>&1
part unload; module unload "$3" 2>&1; printf '\\0%s' "$?"
part after; env -0
part unknown; module load "$5" 2>&1; printf '\\0%s' "$?"
part end
`;
/** Lmod's own books. */
const module_OWN = /^(?:_|LMOD_.*|_LMFILES_|LOADEDMODULES|_ModuleTable.*|__LMOD_.*|MODULEPATH.*|SHLVL|BASH_FUNC.*)=/;
async function checkModule(checker) {
    const { fs, installed, name, version, promise, command } = checker;
    const { container } = installed;
    const modules = external_node_path_default().join(installed.containers, 'modules');
    const files = [`${name}/${version}.lua`, `${name}/${version}`];
    const present = await Promise.all(files.map((file) => fs.stat(external_node_path_default().join(modules, file)).then(() => true, () => false)));
    if (!present.includes(true)) {
        const others = await fs.readdir(modules).catch(() => []);
        const hint = others.length === 0 ? 'there is no module at all' : `there are modules for ${listNames(others)}`;
        return failed(container, { name: 'module' }, 'exposure-module-missing', `there is no modules/${name}/${version}.lua; ${hint}`);
    }
    const result = await checker.caller.call('bash', [
        '--norc',
        '-c',
        module_SESSION,
        'bash',
        checker.lmod,
        modules,
        `${name}/${version}`,
        command,
        `${name}/0.0.0-not-there`
    ], {
        cwd: checker.folder,
        env: checker.env,
        timeoutMs: checker.timeoutMs,
        maxOutput: 16 * 2 ** 20,
        signal: checker.signal
    });
    const parts = parts_partsOf(result.stdout.toString('utf8'));
    if (!parts.has('end')) {
        return failed(container, { name: 'module' }, 'exposure-module-load', 'the session with Lmod did not come to its end', { line: outcome_lastLine(result.stderr) });
    }
    const fault = (test, kind, reason) => failed(container, { name: test }, kind, reason);
    const [said = '', code = ''] = parts.get('load') ?? [];
    if (code !== '0' || said.trim() !== '') {
        return fault('module-load', 'exposure-module-load', `module load ${name}/${version}: exit code ${code}${said.trim() === '' ? '' : `, it says ${firstLines(said)}`}`);
    }
    const checked = [passed('module-load', undefined, result.durationMs)];
    const found = (parts.get('found')?.[0] ?? '').trim();
    checked.push(found === external_node_path_default().join(installed.folder, command)
        ? passed('module-path')
        : fault('module-path', 'exposure-module-path', `after module load ${command} is ${found === '' ? 'not found' : found}`));
    checked.push(checkVariables(checker, new Map((parts.get('loaded') ?? []).map(splitVariable))));
    checked.push(checkTexts(checker, parts.get('help')?.[0] ?? '', parts.get('whatis')?.[0] ?? ''));
    const difference = environmentDifference(parts.get('before') ?? [], parts.get('after') ?? [], module_OWN);
    checked.push(difference === undefined
        ? passed('module-unload')
        : fault('module-unload', 'exposure-module-unload', `after module unload the environment is not what it was: ${difference}`));
    checked.push((parts.get('unknown')?.[1] ?? '') !== '0'
        ? passed('module-unknown')
        : fault('module-unknown', 'exposure-module-unknown', 'a version that is not there loads without an error'));
    return together([
        ...checked,
        { tests: [], findings: unreachable(installed, promise, await isFile(fs, installed.image)) }
    ]);
}
function checkVariables(checker, loaded) {
    const { promise, installed } = checker;
    for (const { name, value } of promise.variables) {
        const expected = value.replaceAll('BASEPATH', installed.image);
        const got = loaded.get(name);
        if (got === expected)
            continue;
        return failed(installed.container, { name: 'module-variables' }, 'exposure-module-variables', `${name} is to be ${JSON.stringify(expected)} and is ${got === undefined ? 'not set' : JSON.stringify(got)}`, { hint: 'The image sets it by DEPLOY_ENV_; the module does not carry it over unchanged.' });
    }
    return passed('module-variables');
}
function checkTexts(checker, help, whatis) {
    const { promise, installed } = checker;
    const lines = (promise.readme?.toString('utf8') ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const missing = lines.find((line) => !help.includes(line));
    if (missing !== undefined) {
        return failed(installed.container, { name: 'module-help' }, 'exposure-module-help', `module help lacks a line of the README: ${missing.slice(0, 120)}`);
    }
    if (!whatis.includes(installed.container)) {
        return failed(installed.container, { name: 'module-help' }, 'exposure-module-help', 'module whatis does not name the container');
    }
    return passed('module-help');
}
/** A variable that points into a SIF names a path that no host program can open. */
function unreachable(installed, promise, imageIsFile) {
    const names = promise.variables.filter(({ value }) => value.includes('BASEPATH/')).map(({ name }) => name);
    if (!imageIsFile || names.length === 0)
        return [];
    return [
        {
            id: 'exposure-variable-unreachable',
            severity: 'warning',
            subject: installed.container,
            message: `${listNames(names)}: a path inside the image file, which exists on the host only where the image is unpacked`
        }
    ];
}
async function isFile(fs, file) {
    return (await fs.stat(file)).isFile();
}
function splitVariable(line) {
    const at = line.indexOf('=');
    return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
}
function firstLines(text) {
    return text.trim().split('\n').slice(0, 3).join(' ').slice(0, 300);
}

;// CONCATENATED MODULE: ./lib/exposure/check/overhead.ts
/** What a wrapper costs: the same program through it, and by the runtime directly. */

const ROUNDS = 5;
/** undefined when a call fails: then other tests say so. */
async function measureOverhead(conformer, runtime, shell) {
    const wrapper = [];
    const direct = [];
    // By turns, so that a machine that gets slower meanwhile is slow for both.
    for (let round = 0; round < ROUNDS; round++) {
        for (const [times, command, args, env] of [
            [
                wrapper,
                conformer.command,
                [],
                {
                    [SHIM.mode]: 'substitute',
                    [SHIM.image]: conformer.installed.image,
                    [SHIM.shell]: shell,
                    [SHIM.script]: ':'
                }
            ],
            [direct, runtime, ['--silent', 'exec', '--cleanenv', conformer.installed.image, shell, '-c', ':'], {}]
        ]) {
            const result = await conformer.caller.call(command, args, {
                cwd: conformer.folder,
                env: { ...conformer.env, ...env },
                timeoutMs: conformer.timeoutMs,
                signal: conformer.signal
            });
            if (result.exitCode !== 0)
                return undefined;
            times.push(result.durationMs);
        }
    }
    return { wrapperMs: median(wrapper), directMs: median(direct) };
}
function median(values) {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

;// CONCATENATED MODULE: ./lib/exposure/check/templates.ts
/** Wrappers that are written alike behave alike: one of each kind stands for the others. Pure. */
/** Names by which a wrapper's text may mention its own command, taken out. */
function templateOf(text, command, program) {
    // A path with strange letters stands in quotes, and is no other kind of wrapper for that.
    const unquoted = text.replaceAll(`'${program}'`, '\0program');
    return withoutWord(withoutWord(unquoted, program, '\0program'), command, '\0command');
}
/** Only as a whole word: a command called `a` must not take every "a" of the text. */
function withoutWord(text, word, stand) {
    const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return text.replaceAll(new RegExp(`(?<![\\w.+-])${literal}(?![\\w.+-])`, 'g'), stand);
}
/** More kinds than this are no kinds; the rest is called, but not asked every question. */
const MOST = 5;
/**
 * One command of every template, the first by its name.
 * @param wrappers text of each wrapper, and what it asks the runtime for
 */
function representatives(wrappers) {
    const first = new Map();
    for (const { command, text, program } of [...wrappers].sort((a, b) => (a.command < b.command ? -1 : 1))) {
        const template = templateOf(text, command, program);
        if (!first.has(template))
            first.set(template, command);
    }
    return [...first.values()].slice(0, MOST);
}

;// CONCATENATED MODULE: ./lib/exposure/install/builtin.ts
/** The built-in exposure as an installer: the image is linked into a clean folder, and the files are written around it. */


async function installBuiltin(request, promise) {
    const { fs, container } = request;
    const containers = external_node_path_default().join(await fs.realpath(request.folder), 'containers');
    const folder = external_node_path_default().join(containers, container.id);
    const image = external_node_path_default().join(folder, `${container.id}.simg`);
    await fs.mkdir(folder, { recursive: true });
    if (request.image !== undefined && (await fs.lstat(image).catch(() => undefined)) === undefined) {
        await fs.symlink(request.image, image);
    }
    const installed = { container: container.id, containers, folder, image };
    try {
        await writeExposure(fs, containers, container, renderExposure(container, external_node_path_default().basename(image), promise));
        return { installed, exitCode: 0, timedOut: false, output: '', ownFiles: [], findings: [] };
    }
    catch (error) {
        if (!(error instanceof NothingToExpose))
            throw error;
        return { installed, exitCode: 1, timedOut: false, output: error.message, ownFiles: [], findings: [] };
    }
}

;// CONCATENATED MODULE: ./lib/exposure/install/effects.ts
/** Lines of an installer's output that mean that something went wrong, whatever its exit code. */
const TROUBLE = /\bFATAL\b|ambiguous redirect|^chmod: |Traceback \(most recent call last\)|syntax error|unbound variable/;
function judgeOutput(container, output, exitCode, exposed) {
    const findings = [];
    const lines = output.split(/[\r\n]+/).filter((line) => TROUBLE.test(line));
    if (lines.length > 0) {
        findings.push({
            id: 'exposure-installer-trouble',
            severity: 'error',
            subject: container,
            message: `the installer printed: ${[...new Set(lines)].slice(0, 3).join(' | ').slice(0, 400)}`
        });
    }
    if (exitCode === 0 && exposed === 0) {
        findings.push({
            id: 'exposure-installer-silent',
            severity: 'error',
            subject: container,
            message: 'the installer ended with exit code 0, and nothing is exposed'
        });
    }
    if (exitCode !== 0 && exposed > 0) {
        findings.push({
            id: 'exposure-installer-exit',
            severity: 'warning',
            subject: container,
            message: `the installer ended with exit code ${exitCode ?? 'none'}, although commands are exposed`
        });
    }
    return findings;
}
/**
 * @param calls of downloaders and of the runtime's pull and build, in their order
 * @param link where the image file links to, when it is a link
 */
function transferOf(container, calls, link) {
    if (link?.startsWith('/cvmfs/') === true)
        return { source: 'cvmfs', downloader: undefined, from: link };
    for (const [program = '', ...words] of [...calls].reverse()) {
        const name = program.slice(program.lastIndexOf('/') + 1);
        const docker = words.find((word) => /^(?:docker|oras|library):\/\//.test(word));
        if (docker !== undefined)
            return { source: 'docker', downloader: undefined, from: docker };
        if (!['curl', 'aria2c', 'wget'].includes(name))
            continue;
        const isQuestion = words.some((word) => ['--head', '-I', '--spider', '--dry-run=true'].includes(word));
        const url = words.find((word) => /^https?:\/\//.test(word) && word.includes(container));
        if (url !== undefined && !isQuestion)
            return { source: 'store', downloader: name, from: url };
    }
    return { source: 'unknown', downloader: undefined, from: undefined };
}
/** A finding when the image did not come the way that was asked for. */
function judgeTransfer(container, transfer, expected) {
    if (expected.cvmfsDisabled && transfer.source === 'cvmfs') {
        return {
            id: 'exposure-cvmfs-used',
            severity: 'error',
            subject: container,
            message: `CVMFS was disabled, and the image came from there: ${transfer.from ?? ''}`
        };
    }
    if (expected.downloader !== undefined && transfer.downloader !== expected.downloader) {
        const way = transfer.downloader ?? (transfer.source === 'unknown' ? 'a way that nobody saw' : transfer.source);
        return {
            id: 'exposure-other-downloader',
            severity: 'error',
            subject: container,
            message: `the image was to come by ${expected.downloader}, and came by ${way}${transfer.from === undefined ? '' : ` (${transfer.from})`}`
        };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/exposure/install/transparent-singularity.ts
/**
 * transparent-singularity, by its contract: its files are copied into the folder of the container, and
 * run_transparent_singularity.sh --container NAME_VERSION_DATE.simg is called there. Its exit code is 0 whatever
 * happened (run for real in 2025), so only its effects are looked at.
 */


const SCRIPT = 'run_transparent_singularity.sh';
async function installTransparentSingularity(request) {
    const { fs, container } = request;
    const containers = external_node_path_default().join(await fs.realpath(request.folder), 'containers');
    const folder = external_node_path_default().join(containers, container.id);
    const image = external_node_path_default().join(folder, `${container.id}.simg`);
    // A second installation is a second call in the same place.
    if (!(await exists(fs, external_node_path_default().join(folder, SCRIPT))))
        await copyInstaller(request, request.installerPath, folder);
    const ownFiles = await fs.readdir(request.installerPath);
    if (request.image !== undefined && !(await exists(fs, image)))
        await fs.symlink(request.image, image);
    const env = request.image === undefined ? request.env : { ...request.env, [SHIM.handOver]: request.image };
    const result = await request.caller.call(external_node_path_default().join(folder, SCRIPT), ['--container', `${container.id}.simg`], {
        cwd: folder,
        env,
        timeoutMs: request.timeoutMs,
        signal: request.signal
    });
    return {
        installed: { container: container.id, containers, folder, image },
        exitCode: result.exitCode,
        timedOut: result.timedOut,
        output: `${result.stdout.toString('utf8')}\n${result.stderr}`,
        ownFiles,
        findings: []
    };
}
/** Everything of the checkout but its history. */
async function copyInstaller(request, from, to) {
    await request.fs.mkdir(to, { recursive: true });
    await request.fs.cp(from, to, {
        recursive: true,
        filter: (source) => !['.git', '.github'].includes(external_node_path_default().basename(source))
    });
}
/** True also for a link that leads nowhere. */
async function exists(fs, file) {
    return await fs.lstat(file).then(() => true, () => false);
}

;// CONCATENATED MODULE: ./lib/exposure/install/neurocommand.ts
/**
 * neurocommand, by its contract: build.sh --cli prepares the folder `local`, containers.sh lists what can be
 * installed, fetch_containers.sh NAME VERSION DATE installs one container below local/containers, or below
 * NEURODESKTOP_LOCAL_CONTAINERS when that is set.
 */



async function installNeurocommand(request) {
    const { fs, container } = request;
    const root = external_node_path_default().join(await fs.realpath(request.folder), 'neurocommand');
    if (!(await exists(fs, root)))
        await copyInstaller(request, request.installerPath, root);
    const local = external_node_path_default().join(root, 'local');
    const containers = request.env['NEURODESKTOP_LOCAL_CONTAINERS'] ?? external_node_path_default().join(local, 'containers');
    const folder = external_node_path_default().join(containers, container.id);
    const image = external_node_path_default().join(folder, `${container.id}.simg`);
    // It does not expose an image that is there already, so the image is handed over where it would pull one.
    const env = request.image === undefined ? request.env : { ...request.env, [SHIM.handOver]: request.image };
    const calls = [];
    const step = async (command, args) => {
        if (calls.some((call) => call.timedOut))
            return;
        calls.push(await request.caller.call(command, args, {
            cwd: root,
            env,
            timeoutMs: request.timeoutMs,
            signal: request.signal
        }));
    };
    await step('bash', [external_node_path_default().join(root, 'build.sh'), '--cli']);
    await step('bash', [external_node_path_default().join(root, 'containers.sh'), container.name]);
    await step('bash', [
        external_node_path_default().join(local, 'fetch_containers.sh'),
        container.name,
        container.version,
        container.buildDate
    ]);
    const listing = calls[1]?.stdout.toString('utf8') ?? '';
    const ownFiles = await fs.readdir(external_node_path_default().join(local, 'transparent-singularity')).catch(() => []);
    return {
        installed: { container: container.id, containers, folder, image },
        exitCode: calls.find((call) => call.exitCode !== 0)?.exitCode ?? 0,
        timedOut: calls.some((call) => call.timedOut),
        output: calls.map((call) => `${call.stdout.toString('utf8')}\n${call.stderr}`).join('\n'),
        ownFiles,
        findings: (await isInLog(request)) && !listing.includes(fetchLine(container)) ? [notListed(container.id)] : []
    };
}
/** containers.sh must show how to install every container of cvmfs/log.txt; others it cannot know. */
async function isInLog({ fs, installerPath, container }) {
    const log = await fs.readFile(external_node_path_default().join(installerPath, 'cvmfs', 'log.txt'), 'utf8').catch(() => '');
    return log.split('\n').some((line) => line.split(' ')[0] === container.id);
}
function fetchLine({ name, version, buildDate }) {
    return `fetch_containers.sh ${name} ${version} ${buildDate}`;
}
function notListed(container) {
    return {
        id: 'exposure-not-listed',
        severity: 'error',
        subject: container,
        message: 'containers.sh does not show the command that installs it'
    };
}

;// CONCATENATED MODULE: ./lib/exposure/index.ts
/** What a container promises to a host, how it is exposed there, and whether that holds. */




























// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var http = __nccwpck_require__(7726);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var lib_retry = __nccwpck_require__(2751);
;// CONCATENATED MODULE: ./lib/sif/format.ts
/**
 * The SIF container format, version 01, as Apptainer writes it: a header of 128 bytes, a table of descriptors of
 * 585 bytes each, and the data. All numbers are little endian. Layout: https://github.com/apptainer/sif
 * (pkg/sif/sif.go, `header` and `rawDescriptor`). Pure: bytes in, facts or a SifError out.
 */
const HEADER_BYTES = 128;
const format_DESCRIPTOR_BYTES = 585;
/** Apptainer reserves 48; a table far larger is no table. */
const format_MAX_DESCRIPTORS = 4096;
/** The bytes are no SIF, or one that was cut off or damaged. `what` is stable, the message is for people. */
class SifError extends Error {
    name = 'SifError';
    what;
    constructor(what, message) {
        super(message);
        this.what = what;
    }
}
const ARCHITECTURES = {
    '00': 'unknown',
    '01': '386',
    '02': 'amd64',
    '03': 'arm',
    '04': 'arm64',
    '05': 'ppc64',
    '06': 'ppc64le',
    '07': 'mips',
    '08': 'mipsle',
    '09': 'mips64',
    '10': 'mips64le',
    '11': 's390x',
    '12': 'riscv64'
};
const format_KINDS = {
    0x4001: 'definition',
    0x4002: 'environment',
    0x4003: 'labels',
    0x4004: 'partition',
    0x4005: 'signature',
    0x4006: 'json'
};
/**
 * Reads the first 128 bytes.
 * @throws SifError `not-sif` when the magic is missing, `damaged` when its numbers make no sense.
 */
function parseHeader(bytes) {
    if (bytes.length < HEADER_BYTES) {
        throw new SifError('truncated', `only ${bytes.length} bytes, the header alone has ${HEADER_BYTES}`);
    }
    if (!bytes.subarray(0, 2).equals(Buffer.from('#!')) || cString(bytes, 32, 10) !== 'SIF_MAGIC') {
        throw new SifError('not-sif', `no SIF: it begins with ${JSON.stringify(printable(bytes.subarray(0, 40)))}`);
    }
    const version = cString(bytes, 42, 3);
    if (version !== '01')
        throw new SifError('not-sif', `SIF version ${JSON.stringify(version)} is unknown, 01 is read`);
    const descriptorCount = number(bytes, 88);
    const descriptorOffset = number(bytes, 96);
    const descriptorBytes = number(bytes, 104);
    const dataOffset = number(bytes, 112);
    const dataBytes = number(bytes, 120);
    if (descriptorCount < 1 || descriptorCount > format_MAX_DESCRIPTORS) {
        throw new SifError('damaged', `a table of ${descriptorCount} descriptors`);
    }
    if (descriptorBytes !== descriptorCount * format_DESCRIPTOR_BYTES) {
        throw new SifError('damaged', `a table of ${descriptorBytes} bytes for ${descriptorCount} descriptors`);
    }
    if (descriptorOffset < HEADER_BYTES || dataOffset < descriptorOffset + descriptorBytes || dataBytes < 1) {
        throw new SifError('damaged', `header, table (${descriptorOffset}) and data (${dataOffset}) overlap`);
    }
    return {
        architecture: architectureOf(cString(bytes, 45, 3)),
        descriptorCount,
        descriptorOffset,
        dataOffset,
        dataBytes,
        fileBytes: dataOffset + dataBytes,
        created: number(bytes, 64)
    };
}
/**
 * Reads the descriptor table; unused places are left out.
 * @throws SifError `damaged` when an object lies outside of the file.
 */
function parseObjects(table, header) {
    const objects = [];
    for (let index = 0; index < header.descriptorCount; index++) {
        const raw = table.subarray(index * format_DESCRIPTOR_BYTES, (index + 1) * format_DESCRIPTOR_BYTES);
        if (raw.length < format_DESCRIPTOR_BYTES)
            throw new SifError('truncated', 'the file ends within its descriptor table');
        if (raw[4] === 0)
            continue;
        const kind = format_KINDS[raw.readInt32LE(0)] ?? 'other';
        const id = raw.readUInt32LE(5);
        const offset = number(raw, 17);
        const bytes = number(raw, 25);
        if (offset < header.dataOffset || offset + bytes > header.fileBytes) {
            throw new SifError('damaged', `object ${id} (${kind}) lies at ${offset}+${bytes}, outside of the data`);
        }
        const object = { id, kind, name: cString(raw, 73, 128), offset, bytes };
        objects.push(kind === 'partition' ? { ...object, partition: partitionOf(raw.subarray(201)) } : object);
    }
    return objects;
}
function partitionOf(extra) {
    const fileSystem = extra.readInt32LE(0);
    return {
        fileSystem: fileSystem === 1 ? 'squashfs' : fileSystem === 2 ? 'ext3' : 'other',
        primary: extra.readInt32LE(4) === 2,
        architecture: architectureOf(cString(extra, 8, 3))
    };
}
function architectureOf(code) {
    return ARCHITECTURES[code] ?? `code ${JSON.stringify(code)}`;
}
/** A 64-bit number that a file can have; anything else counts as damage. */
function number(bytes, offset) {
    const value = bytes.readBigInt64LE(offset);
    if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new SifError('damaged', `the number ${value} at byte ${offset}`);
    }
    return Number(value);
}
function cString(bytes, offset, length) {
    const field = bytes.subarray(offset, offset + length);
    const end = field.indexOf(0);
    return field.subarray(0, end === -1 ? length : end).toString('latin1');
}
function printable(bytes) {
    return bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
;// CONCATENATED MODULE: ./lib/sif/inodes.ts
/**
 * The unpacked inode table of SquashFS 4.0, walked from its first to its last entry. Not every compression has a
 * checksum (zstd's blocks have none): that the entries add up is what tells a whole table from one that only
 * unpacks. Layout: https://docs.kernel.org/filesystems/squashfs.html and squashfs_fs.h; little endian.
 */

const HEADER = 16;
const inodes_NO_FRAGMENT = 0xffff_ffff;
const UNCOMPRESSED = 1 << 24;
const WALKS = {
    1: () => 16, // folder
    2: (table, at, facts) => 16 +
        blocks(table, at + 16, facts, {
            start: table.readUInt32LE(at),
            size: table.readUInt32LE(at + 12),
            fragment: table.readUInt32LE(at + 4)
        }),
    3: (table, at) => 8 + bounded(table.readUInt32LE(at + 4), 65_536, 'a link'),
    4: () => 8, // devices
    5: () => 8,
    6: () => 4, // pipes and sockets
    7: () => 4,
    8: (table, at) => 24 + folderIndex(table, at + 24, table.readUInt16LE(at + 16)),
    9: (table, at, facts) => 40 +
        blocks(table, at + 40, facts, {
            start: Number(table.readBigUInt64LE(at)),
            size: Number(table.readBigUInt64LE(at + 8)),
            fragment: table.readUInt32LE(at + 28)
        }),
    10: (table, at) => 12 + bounded(table.readUInt32LE(at + 4), 65_536, 'a link'),
    11: () => 12,
    12: () => 12,
    13: () => 8,
    14: () => 8
};
/** @throws SifError `damaged` at the first entry that cannot be, or when they are not as many as the superblock says. */
function checkInodes(table, facts) {
    let at = 0;
    let seen = 0;
    const numbers = new Uint8Array(facts.count + 1);
    try {
        while (at < table.length && seen < facts.count) {
            const walk = WALKS[table.readUInt16LE(at)];
            if (walk === undefined)
                throw damaged(`inode ${seen} is of type ${table.readUInt16LE(at)}`);
            const number = table.readUInt32LE(at + 12);
            if (number === 0 || number > facts.count || numbers[number] === 1) {
                throw damaged(`inode ${seen} calls itself ${number}`);
            }
            numbers[number] = 1;
            at += HEADER + walk(table, at + HEADER, facts);
            seen++;
        }
    }
    catch (error) {
        if (error instanceof RangeError)
            throw damaged(`inode ${seen} ends behind the table`);
        throw error;
    }
    if (seen !== facts.count || at !== table.length) {
        throw damaged(`${seen} inodes in ${at} of ${table.length} bytes, ${facts.count} are promised`);
    }
}
/** Bytes of a file's list of blocks. @throws SifError when its data cannot lie where it says. */
function blocks(table, at, { blockBytes, dataEnd }, file) {
    const whole = file.size / blockBytes;
    const count = file.fragment === inodes_NO_FRAGMENT ? Math.ceil(whole) : Math.floor(whole);
    let end = file.start;
    for (let index = 0; index < count; index++) {
        const stored = table.readUInt32LE(at + index * 4);
        const bytes = stored & (UNCOMPRESSED - 1);
        if (stored > UNCOMPRESSED + blockBytes || bytes > blockBytes)
            throw damaged(`a block of ${bytes} bytes`);
        end += bytes;
    }
    if (end > dataEnd)
        throw damaged(`a file's data ends at ${end}, behind all data`);
    return count * 4;
}
function folderIndex(table, at, count) {
    let length = 0;
    for (let index = 0; index < count; index++) {
        length += 12 + bounded(table.readUInt32LE(at + length + 8), 255, 'a name') + 1;
    }
    return length;
}
function bounded(length, most, what) {
    if (length > most)
        throw damaged(`${what} of ${length} bytes`);
    return length;
}
function damaged(message) {
    return new SifError('damaged', `the inode table of the squashfs is damaged: ${message}`);
}

;// CONCATENATED MODULE: ./lib/sif/squashfs.ts
/**
 * SquashFS 4.0, as far as it takes to know that an image can be read: the superblock, and every metadata block of
 * the tables of inodes and folders. A cut-off or overwritten image fails here in milliseconds, without a mount.
 * Format: https://docs.kernel.org/filesystems/squashfs.html and squashfs-tools' squashfs_fs.h. Little endian.
 */




const SUPER_BYTES = 96;
const squashfs_METADATA_BYTES = 8192;
/** Says "there is no such table". */
const NONE = 0xffffffffffffffffn;
const squashfs_COMPRESSIONS = ['', 'gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd'];
/**
 * Reads the superblock.
 * @throws SifError when it is none, or when its tables lie outside of the partition of `available` bytes.
 */
function parseSuperBlock(bytes, available) {
    if (bytes.length < SUPER_BYTES)
        throw new SifError('truncated', 'the squashfs has no superblock');
    if (bytes.readUInt32LE(0) !== 0x7371_7368)
        throw new SifError('damaged', 'the partition holds no squashfs');
    const version = `${bytes.readUInt16LE(28)}.${bytes.readUInt16LE(30)}`;
    if (version !== '4.0')
        throw new SifError('damaged', `squashfs ${version}; 4.0 is what kernels mount`);
    const position = (offset) => {
        const value = bytes.readBigUInt64LE(offset);
        return value === NONE ? -1 : Number(value);
    };
    const block = {
        inodes: bytes.readUInt32LE(4),
        created: bytes.readUInt32LE(8),
        blockBytes: bytes.readUInt32LE(12),
        fragments: bytes.readUInt32LE(16),
        compression: squashfs_COMPRESSIONS[bytes.readUInt16LE(20)] ?? 'unknown',
        bytes: position(40),
        idTable: position(48),
        inodeTable: position(64),
        directoryTable: position(72),
        fragmentTable: position(80),
        exportTable: position(88)
    };
    if (block.bytes > available) {
        throw new SifError('truncated', `the squashfs has ${block.bytes} bytes, its partition ${available}`);
    }
    const ordered = SUPER_BYTES <= block.inodeTable && block.inodeTable < block.directoryTable;
    if (!ordered || block.directoryTable > block.bytes || block.idTable > block.bytes || block.inodes === 0) {
        throw new SifError('damaged', 'the tables of the squashfs lie outside of it');
    }
    return block;
}
/**
 * Decompresses every metadata block of the inode and directory tables.
 * @returns their unpacked sizes; undefined for a compression that cannot be read here (lzma, lzo, xz, lz4).
 * @throws SifError `damaged` at the first block that does not unpack, with its place.
 */
async function checkTables(read, block) {
    const unpack = decompressor(block.compression);
    if (unpack === undefined)
        return undefined;
    const end = await directoryEnd(read, block);
    const inodes = await unpackTable(read, block.inodeTable, block.directoryTable, unpack, 'inode table');
    const directories = await unpackTable(read, block.directoryTable, end, unpack, 'directory table');
    checkInodes(inodes, { blockBytes: block.blockBytes, count: block.inodes, dataEnd: block.inodeTable });
    return { inodeBytes: inodes.length, directoryBytes: directories.length };
}
/** The next table's first metadata block; its index tells where that is. */
async function directoryEnd(read, block) {
    for (const [index, used] of [
        [block.fragmentTable, block.fragments > 0],
        [block.exportTable, block.exportTable !== -1],
        [block.idTable, true]
    ]) {
        if (!used || index === -1)
            continue;
        const pointer = await read(index, 8);
        if (pointer.length < 8)
            throw new SifError('truncated', `the squashfs ends before its table at ${index}`);
        const first = Number(pointer.readBigUInt64LE(0));
        if (first < block.directoryTable || first > block.bytes) {
            throw new SifError('damaged', `a table of the squashfs points to ${first}`);
        }
        return first;
    }
    return block.idTable;
}
function decompressor(compression) {
    const options = { maxOutputLength: squashfs_METADATA_BYTES };
    if (compression === 'gzip')
        return async (bytes) => await (0,external_node_util_.promisify)((external_node_zlib_default()).inflate)(bytes, options);
    if (compression === 'zstd')
        return async (bytes) => await (0,external_node_util_.promisify)((external_node_zlib_default()).zstdDecompress)(bytes, options);
    return undefined;
}
async function unpackTable(read, start, end, unpack, table) {
    // One read of the whole table: it is small beside the image (a few MB for 100,000 files).
    const bytes = await read(start, end - start);
    if (bytes.length < end - start)
        throw new SifError('truncated', `the image ends within the ${table}`);
    const parts = [];
    let position = 0;
    while (position + 2 <= bytes.length) {
        const head = bytes.readUInt16LE(position);
        const length = head & 0x7fff;
        const packed = bytes.subarray(position + 2, position + 2 + length);
        if (length === 0 || length > squashfs_METADATA_BYTES || packed.length < length) {
            throw new SifError('damaged', `the ${table} has a block of ${length} bytes at ${start + position}`);
        }
        try {
            parts.push((head & 0x8000) === 0 ? await unpack(packed) : packed);
        }
        catch {
            throw new SifError('damaged', `the ${table} cannot be unpacked at ${start + position}`);
        }
        position += 2 + length;
    }
    return Buffer.concat(parts);
}

;// CONCATENATED MODULE: ./lib/sif/verify.ts
/** Looks into a SIF, on disk or behind any other way to read ranges, and says what is wrong with it. */


const MAX_DEFINITION = 1024 * 1024;
/**
 * Reads header, objects, primary partition and the tables of its squashfs.
 * @param size length of the file in bytes.
 * @throws SifError for the first thing that is wrong; whatever `read` throws.
 */
async function inspectSif(read, size, expected = {}) {
    const header = parseHeader(await read(0, HEADER_BYTES));
    if (size < header.fileBytes) {
        throw new SifError('truncated', `${size} bytes, its header promises ${header.fileBytes}`);
    }
    const table = await read(header.descriptorOffset, header.descriptorCount * format_DESCRIPTOR_BYTES);
    const objects = parseObjects(table, header);
    const root = objects.find(({ partition }) => partition?.primary === true);
    if (root?.partition === undefined)
        throw new SifError('damaged', 'it has no primary partition');
    if (root.partition.fileSystem !== 'squashfs') {
        throw new SifError('damaged', `its primary partition is ${root.partition.fileSystem}, not squashfs`);
    }
    const readRoot = async (offset, length) => await read(root.offset + offset, length);
    const squashfs = parseSuperBlock(await readRoot(0, 96), root.bytes);
    const tablesRead = (await checkTables(readRoot, squashfs)) !== undefined;
    const architecture = root.partition.architecture;
    if (expected.architecture !== undefined && architecture !== expected.architecture) {
        throw new SifError('wrong-architecture', `it is for ${architecture}, wanted is ${expected.architecture}`);
    }
    const definition = await definitionOf(read, objects);
    if (expected.digest !== undefined && !definition.includes(expected.digest)) {
        throw new SifError('wrong-definition', `its definition does not name ${expected.digest}`);
    }
    return { header, objects, root, architecture, squashfs, tablesRead, definition };
}
/** The digest that a definition names (`from: …@sha256:…`), or undefined. */
function digestInDefinition(definition) {
    return /@(sha256:[0-9a-f]{64})\b/.exec(definition)?.[1];
}
async function definitionOf(read, objects) {
    const object = objects.find(({ kind }) => kind === 'definition');
    if (object === undefined)
        return '';
    return (await read(object.offset, Math.min(object.bytes, MAX_DEFINITION))).toString('utf8');
}

;// CONCATENATED MODULE: ./lib/sif/file.ts
/** A SIF in a local file: inspection, and its SHA-256 and MD5 in one reading. */


/** @throws SifError; the error of the file system when it cannot be read. */
async function inspectFile(fs, path, expected = {}) {
    const handle = await fs.open(path, 'r');
    try {
        const { size } = await handle.stat();
        const read = async (offset, length) => {
            const wanted = Math.max(0, Math.min(length, size - offset));
            const buffer = Buffer.alloc(wanted);
            const { bytesRead } = await handle.read(buffer, 0, wanted, offset);
            return buffer.subarray(0, bytesRead);
        };
        return await inspectSif(read, size, expected);
    }
    finally {
        await handle.close();
    }
}
/** Reads the whole file once; object stores answer with MD5, people compare SHA-256. */
async function digestsOfFile(fs, path, signal) {
    const sha256 = createHash('sha256');
    const md5 = createHash('md5');
    let bytes = 0;
    const handle = await fs.open(path, 'r');
    try {
        const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);
        for (;;) {
            signal?.throwIfAborted();
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
            if (bytesRead === 0)
                break;
            bytes += bytesRead;
            const part = buffer.subarray(0, bytesRead);
            sha256.update(part);
            md5.update(part);
        }
    }
    finally {
        await handle.close();
    }
    return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}
/** MD5 of consecutive parts of these sizes; undefined when the file is not as long as they are together. */
async function md5OfParts(fs, path, sizes, signal) {
    const handle = await fs.open(path, 'r');
    try {
        const { size } = await handle.stat();
        if (sizes.reduce((sum, part) => sum + part, 0) !== size)
            return undefined;
        const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);
        const digests = [];
        for (const part of sizes) {
            const md5 = createHash('md5');
            for (let left = part; left > 0;) {
                signal?.throwIfAborted();
                const { bytesRead } = await handle.read(buffer, 0, Math.min(left, buffer.length), null);
                if (bytesRead === 0)
                    return undefined;
                md5.update(buffer.subarray(0, bytesRead));
                left -= bytesRead;
            }
            digests.push(md5.digest('hex'));
        }
        return digests;
    }
    finally {
        await handle.close();
    }
}

;// CONCATENATED MODULE: ./lib/tools/pins.ts
const RCLONE = {
    name: 'rclone',
    version: '1.73.1',
    minimum: '1.60.0',
    versionArgs: ['version'],
    versionPattern: /^rclone v(\d+\.\d+\.\d+)/m,
    bin: 'rclone-v1.73.1-linux-{arch}',
    archive: 'zip',
    files: {
        x64: {
            arch: 'amd64',
            url: 'https://downloads.rclone.org/v1.73.1/rclone-v1.73.1-linux-amd64.zip',
            sha256: 'e9bad0be2ed85128e0d977bf36c165dd474a705ea950d18e1005cef98119407b'
        },
        arm64: {
            arch: 'arm64',
            url: 'https://downloads.rclone.org/v1.73.1/rclone-v1.73.1-linux-arm64.zip',
            sha256: '8d40785a789612301aa27e5c6eaf8b4c6e7b9af93b3993280f6aab6f42bc1955'
        }
    },
    source: 'https://downloads.rclone.org/v1.73.1/SHA256SUMS'
};
const pins_APPTAINER = {
    name: 'apptainer',
    version: '1.4.5',
    minimum: '1.2.0',
    versionArgs: ['version'],
    versionPattern: /^(\d+\.\d+\.\d+)/m,
    bin: 'usr/bin',
    archive: 'deb',
    files: {
        x64: {
            arch: 'amd64',
            url: 'https://github.com/apptainer/apptainer/releases/download/v1.4.5/apptainer_1.4.5_amd64.deb',
            sha256: '70f19af846501acfbc2e42e7cfeee9ee11ddbbfa1c3502d0d99cde34e8e0af05'
        }
    },
    source: 'https://github.com/apptainer/apptainer/releases/tag/v1.4.5'
};

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./lib/tools/get.ts
/**
 * Getting a tool: the one on PATH when its version will do, else the runner's tool cache, else a download whose
 * SHA-256 is pinned here. Nothing is run before its checksum was right.
 */







/** Larger than any of the tools; an endless body ends here. */
const MAX_DOWNLOAD_BYTES = (/* unused pure expression or super */ null && (500 * 1024 * 1024));
const REDIRECTS = 5;
/**
 * Path and version of the tool.
 * @throws InputError where it is neither there nor published for this machine; ToolError when a download is not
 *   what was pinned; TransientError when the server did not answer.
 */
async function get_getTool(tool, ports, options = {}) {
    const minimum = options.minimum ?? tool.minimum;
    const onPath = await ports.exec.which(tool.name);
    if (onPath !== undefined) {
        const version = await versionOf(tool, onPath, ports);
        if (version !== undefined && get_isAtLeast(version, minimum))
            return { path: onPath, version, origin: 'path' };
        ports.log.info(`${onPath} is ${version ?? 'of no known version'}; at least ${minimum} is needed`);
    }
    const file = tool.files[(options.architecture ?? process.arch)];
    if (file === undefined || (options.platform ?? process.platform) !== 'linux')
        throw notPublished(tool, minimum);
    // Loaded late: most runs find the tool on PATH and never need it.
    const toolCache = await __nccwpck_require__.e(/* import() */ 991).then(__nccwpck_require__.bind(__nccwpck_require__, 5991));
    const bin = tool.bin.replaceAll('{arch}', file.arch);
    const cached = toolCache.find(tool.name, tool.version, file.arch);
    if (cached !== '')
        return { path: path.join(cached, bin, tool.name), version: tool.version, origin: 'cache' };
    const folder = path.join(ports.runner.temp, `${tool.name}-${tool.version}`);
    await ports.fs.mkdir(folder, { recursive: true });
    const name = path.posix.basename(new URL(file.url).pathname);
    const url = options.mirror === undefined ? file.url : `${options.mirror.replace(/\/+$/, '')}/${name}`;
    const archive = path.join(folder, name);
    const sum = await retry(`GET ${url}`, async () => await download(url, archive, ports), {
        classify: classifyHttp,
        clock: ports.clock,
        log: ports.log,
        signal: ports.runner.signal,
        limits: { totalMs: 600_000 }
    });
    if (sum !== file.sha256) {
        await ports.fs.rm(archive, { force: true });
        throw wrongSum(tool, url, file.sha256, sum);
    }
    const unpacked = path.join(folder, 'unpacked');
    await unpack(tool, archive, unpacked, ports, toolCache);
    const target = await toolCache.cacheDir(unpacked, tool.name, tool.version, file.arch);
    await ports.fs.rm(folder, { recursive: true, force: true });
    return { path: path.join(target, bin, tool.name), version: tool.version, origin: 'download' };
}
/** Compares dotted versions number by number; what follows a `-` or `+` does not count. */
function get_isAtLeast(version, minimum) {
    const numbers = (text) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number);
    const [have, need] = [numbers(version), numbers(minimum)];
    for (let index = 0; index < Math.max(have.length, need.length); index++) {
        const difference = (have[index] ?? 0) - (need[index] ?? 0);
        if (difference !== 0)
            return difference > 0;
    }
    return true;
}
async function versionOf(tool, program, ports) {
    try {
        const { stdout } = await ports.exec.run(program, tool.versionArgs, { timeoutMs: 30_000 });
        return tool.versionPattern.exec(stdout)?.[1];
    }
    catch (error) {
        if (error instanceof ToolError)
            return undefined;
        throw error;
    }
}
/** Streams to disk and hashes on the way. Follows redirects: releases are served from another host. */
async function download(from, to, ports) {
    let url = from;
    for (let hop = 0; hop <= REDIRECTS; hop++) {
        const response = await ports.http.stream(url, { timeoutMs: 60_000, signal: ports.runner.signal });
        if ([301, 302, 303, 307, 308].includes(response.status)) {
            response.body.destroy();
            url = new URL(response.headers['location'] ?? '', url).href;
            continue;
        }
        if (response.status !== 200) {
            response.body.destroy();
            expectStatus({ ...response, body: Buffer.alloc(0) }, [200]);
        }
        return await save(response.body, to, ports);
    }
    throw new HttpStatusError({ url, status: 310, headers: {}, latencyMs: 0, remoteAddress: undefined }, 'GET', 'too many redirects');
}
async function save(body, to, ports) {
    const hash = createHash('sha256');
    let size = 0;
    const meter = new Transform({
        transform: (chunk, _encoding, done) => {
            size += chunk.length;
            hash.update(chunk);
            done(size > MAX_DOWNLOAD_BYTES ? new Error(`larger than ${MAX_DOWNLOAD_BYTES} bytes`) : null, chunk);
        }
    });
    const handle = await ports.fs.open(to, 'w');
    await pipeline(body, meter, handle.createWriteStream());
    return hash.digest('hex');
}
async function unpack(tool, archive, to, ports, toolCache) {
    await ports.fs.mkdir(to, { recursive: true });
    if (tool.archive === 'zip')
        await toolCache.extractZip(archive, to);
    else if (tool.archive === 'tar')
        await toolCache.extractTar(archive, to);
    else
        await ports.exec.run('dpkg-deb', ['--extract', archive, to]);
}
function notPublished(tool, minimum) {
    return new InputError([
        {
            input: 'runner',
            given: `${process.platform} ${process.arch} without ${tool.name}`,
            allowed: `${tool.name} ${minimum} or newer on PATH`,
            fix: `install it in a step before (there is no pinned file for this system)`
        }
    ]);
}
function wrongSum(tool, url, wanted, got) {
    return new ToolError({
        command: `GET ${url}`,
        exitCode: null,
        reason: 'exit',
        summary: `${tool.name} ${tool.version} from ${url} is not the file that was published`,
        detail: `SHA-256 is ${got}, published is ${wanted} (${tool.source})`,
        advice: 'Nothing was run or kept. A mirror may have another file under this name; if the vendor replaced it, ask why.'
    });
}

;// CONCATENATED MODULE: ./lib/tools/index.ts



;// CONCATENATED MODULE: ./lib/sif/apptainer.ts
/** Apptainer, the tool that makes a SIF out of a docker image. */


/**
 * Apptainer, or SingularityCE, which takes the same arguments: on PATH when it is new enough, else from the tool
 * cache or its publisher.
 * @throws what getTool throws where it cannot be had.
 */
async function findApptainer(ports, minimum) {
    for (const name of ['apptainer', 'singularity']) {
        const command = await ports.exec.which(name);
        if (command === undefined)
            continue;
        const { stdout } = await ports.exec.run(command, ['--version'], { timeoutMs: 30_000 });
        const version = /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0];
        if (version === undefined || !isAtLeast(version, minimum)) {
            ports.log.info(`${command} is ${version ?? stdout.trim()}; at least ${minimum} is wanted`);
            continue;
        }
        return { version, command, build: (request) => build(ports, command, request) };
    }
    const { path, version } = await getTool(APPTAINER, ports, { minimum });
    return { version, command: path, build: (request) => build(ports, path, request) };
}
/** The arguments of one build. Exported for its test. */
function buildArguments(request) {
    const level = request.level === undefined ? '' : ` -Xcompression-level ${request.level}`;
    return [
        'build',
        '--arch',
        request.architecture,
        // The cache would keep every layer twice on a disk that is too small already.
        '--disable-cache',
        ...(request.insecure ? ['--no-https'] : []),
        '--mksquashfs-args',
        `-comp ${request.compression}${level}`,
        request.output,
        `docker://${request.image}`
    ];
}
async function build(ports, command, request) {
    try {
        await run(ports.exec, command, request);
    }
    catch (error) {
        if (!(error instanceof ToolError) || error.reason !== 'exit')
            throw error;
        const advice = await namespaceAdvice(ports.fs, error.detail);
        if (advice === undefined)
            throw error;
        throw new ToolError({
            command: error.command,
            exitCode: error.exitCode,
            reason: error.reason,
            summary: error.message.split('\n', 1)[0] ?? '',
            detail: error.detail,
            advice,
            cause: error
        });
    }
}
async function run(exec, command, request) {
    await exec.run(command, buildArguments(request), {
        env: {
            ...loginVariables(request.login),
            APPTAINER_TMPDIR: request.scratch,
            SINGULARITY_TMPDIR: request.scratch,
            TMPDIR: request.scratch,
            APPTAINER_CACHEDIR: `${request.scratch}/cache`,
            SINGULARITY_CACHEDIR: `${request.scratch}/cache`,
            // Names of variables that would bind the host's folders or set a target into the build.
            APPTAINER_BIND: undefined,
            APPTAINER_BINDPATH: undefined,
            SINGULARITY_BIND: undefined,
            SINGULARITY_BINDPATH: undefined
        },
        timeoutMs: request.timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
        ...(request.onLine === undefined ? {} : { onLine: request.onLine })
    });
}
function loginVariables(login) {
    if (login === undefined)
        return {};
    const { username, password } = login;
    return {
        APPTAINER_DOCKER_USERNAME: username,
        APPTAINER_DOCKER_PASSWORD: password,
        SINGULARITY_DOCKER_USERNAME: username,
        SINGULARITY_DOCKER_PASSWORD: password
    };
}
/** Ubuntu 24.04 lets only programs with an AppArmor profile make user namespaces; the tool's message hides that. */
async function namespaceAdvice(fs, detail) {
    if (!/namespace|newuidmap|operation not permitted|permission denied.*unshare/i.test(detail))
        return undefined;
    for (const [file, blocked, advice] of [
        [
            '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
            '1',
            'AppArmor restricts user namespaces on this machine (kernel.apparmor_restrict_unprivileged_userns = 1): ' +
                'run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` in a step before this one.'
        ],
        [
            '/proc/sys/user/max_user_namespaces',
            '0',
            'User namespaces are off on this machine (user.max_user_namespaces = 0): `sudo sysctl -w user.max_user_namespaces=15000`.'
        ],
        [
            '/proc/sys/kernel/unprivileged_userns_clone',
            '0',
            'User namespaces are off on this machine: `sudo sysctl -w kernel.unprivileged_userns_clone=1`.'
        ]
    ]) {
        const value = await fs.readFile(file, 'utf8').catch(() => '');
        if (value.trim() === blocked)
            return advice;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/sif/index.ts
/** SIF images: making them with Apptainer, and looking into them without it. */





// EXTERNAL MODULE: ./actions/test-exposure/src/inputs.ts
var src_inputs = __nccwpck_require__(649);
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
        neutralPath: await hidePrograms(ports.fs, folders, external_node_path_default().join(ports.runner.temp, 'host')),
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
            runtimes.set(name, await fitRuntime(ports.exec, await findRuntime(ports.exec, name), sample));
        }
        catch (error) {
            if (!(error instanceof RuntimeError))
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
const host_SCRIPTS = {
    'transparent-singularity': 'run_transparent_singularity.sh',
    neurocommand: 'build.sh'
};
async function checkInstaller(inputs, ports, problems) {
    if (inputs.installer === 'builtin')
        return;
    const script = external_node_path_default().join(external_node_path_default().resolve(ports.runner.workspace, inputs.installerPath), host_SCRIPTS[inputs.installer]);
    try {
        await ports.fs.access(script);
    }
    catch (error) {
        problems.push({
            input: 'installer-path',
            given: inputs.installerPath,
            allowed: `a checkout with ${host_SCRIPTS[inputs.installer]} (${(0,failure/* messageOf */.bD)(error)})`
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
    return await createToolbox(ports.fs, {
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
        return failed(plan.container.id, { name: 'setup' }, 'exposure-setup-failed', `${line}: ${how}`, {
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
        return await installTransparentSingularity(request);
    if (inputs.installer === 'neurocommand')
        return await installNeurocommand(request);
    if (promise === undefined)
        throw new Error('the built-in exposure needs an image first');
    return await installBuiltin(request, promise);
}
/** How the image came that the installer fetched, against how it was to come. */
async function checkTransfer({ ports, inputs, plan }, image, toolbox) {
    const { id } = plan.container;
    const link = await ports.fs.readlink(image).catch(() => undefined);
    const calls = parseDownloads(await ports.fs.readFile(toolbox.downloadLog));
    const transfer = transferOf(id, calls, link);
    const finding = judgeTransfer(id, transfer, {
        downloader: plan.downloader === 'aria2' ? 'aria2c' : plan.downloader,
        cvmfsDisabled: inputs.env.some((line) => /^(?:NEURODESK_)?CVMFS_DISABLE=(?!$|0$|false$)/i.test(line))
    });
    if (finding === undefined)
        return { transfer, checked: passed('transfer') };
    const test = { name: 'transfer', command: undefined, outcome: 'failed', reason: finding.message };
    return { transfer, checked: { tests: [test], findings: [finding] } };
}
function installerPath({ ports, inputs }) {
    return external_node_path_default().resolve(ports.runner.workspace, inputs.installerPath);
}
/** As of a call before anything is installed, with what the caller adds. */
async function installerEnvironment(scene, toolbox) {
    const { inputs, host, runtime, folder } = scene;
    const env = sessionEnvironment({
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
    return { ...bareEnvironment(env, toolbox), ...host.network, ...added };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./lib/registry/auth.ts
/**
 * How a registry is convinced: Basic, or the token dance of Docker's registry (distribution, docs/spec/auth/token.md
 * and oauth.md; challenges by RFC 9110, section 11.6.1).
 */


/** A token is renewed this long before it ends: a request that starts with it should also end with it. */
const RENEW_EARLY_MS = 15_000;
/** What a registry means that does not say how long its token is good for (token.md). */
const DEFAULT_LIFE_S = 60;
function auth_createAuth(options) {
    const { http, clock, log } = options;
    const challenges = new Map();
    const tokens = new Map();
    const basic = (credential) => credential === undefined || 'identityToken' in credential
        ? undefined
        : `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
    const tokenFor = async (host, scopes, challenge, renew) => {
        const key = `${host} ${[...scopes].sort().join(' ')}`;
        const held = renew ? undefined : await tokens.get(key);
        if (held !== undefined && held.expiresAt > clock.now() + RENEW_EARLY_MS)
            return held.header;
        const fetching = fetchToken(host, scopes, challenge);
        tokens.set(key, fetching);
        try {
            return (await fetching).header;
        }
        catch (error) {
            tokens.delete(key);
            throw error;
        }
    };
    const fetchToken = async (host, scopes, challenge) => {
        const realm = checkedRealm(host, challenge.parameters['realm']);
        const service = challenge.parameters['service'] ?? '';
        const credential = await options.credentials(host);
        let method = 'GET';
        let body;
        const headers = {};
        const url = new URL(realm);
        if (credential !== undefined && 'identityToken' in credential) {
            method = 'POST';
            headers['content-type'] = 'application/x-www-form-urlencoded';
            body = new URLSearchParams({
                grant_type: 'refresh_token',
                service,
                client_id: 'neurodesk-ci',
                scope: scopes.join(' '),
                refresh_token: credential.identityToken
            }).toString();
        }
        else {
            if (service !== '')
                url.searchParams.set('service', service);
            for (const scope of scopes)
                url.searchParams.append('scope', scope);
            const header = basic(credential);
            if (header !== undefined)
                headers['authorization'] = header;
        }
        const asked = clock.now();
        const response = await http.request(url.href, {
            method,
            headers,
            ...(body === undefined ? {} : { body }),
            maxBytes: 1024 * 1024
        });
        if (response.status !== 200)
            throw new HttpStatusError(response, method, response.body.subarray(0, 4000).toString('utf8'));
        const answer = parseToken(response.body);
        if (answer === undefined)
            throw new Error(`${host}: the token service at ${url.host} gave no token`);
        log.mask(answer.token);
        return { header: `Bearer ${answer.token}`, expiresAt: asked + answer.lifeSeconds * 1000 };
    };
    return {
        async known(host, scopes) {
            const challenge = challenges.get(host);
            if (challenge === undefined)
                return undefined;
            if (challenge.scheme === 'basic')
                return basic(await options.credentials(host));
            return await tokenFor(host, scopes, challenge, false);
        },
        async answer(host, scopes, wwwAuthenticate) {
            const challenge = chooseChallenge(parseChallenges(wwwAuthenticate));
            if (challenge === undefined)
                return undefined;
            challenges.set(host, challenge);
            if (challenge.scheme === 'basic')
                return basic(await options.credentials(host));
            return await tokenFor(host, scopes, challenge, true);
        },
        async loggedIn(host) {
            return (await options.credentials(host)) !== undefined;
        }
    };
}
/** Reads a WWW-Authenticate header, also several challenges in one line. Unknown schemes are left out. */
function parseChallenges(header) {
    const found = [];
    const part = /\s*(?:([A-Za-z][A-Za-z0-9-]*)\s+(?=[A-Za-z_-]+\s*=)|([A-Za-z_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*,?|([A-Za-z][A-Za-z0-9-]*)\s*,?)/y;
    part.lastIndex = 0;
    for (let match = part.exec(header); match !== null && match[0] !== ''; match = part.exec(header)) {
        const [, scheme, name, quoted, plain, bare] = match;
        if (scheme !== undefined || bare !== undefined) {
            found.push({ scheme: (scheme ?? bare ?? '').toLowerCase(), parameters: {} });
        }
        else if (name !== undefined) {
            const value = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
            const current = found.at(-1);
            if (current !== undefined)
                current.parameters[name.toLowerCase()] = value;
        }
    }
    return found.flatMap(({ scheme, parameters }) => scheme === 'basic' || scheme === 'bearer' ? [{ scheme, parameters }] : []);
}
function chooseChallenge(challenges) {
    return challenges.find((challenge) => challenge.scheme === 'bearer') ?? challenges[0];
}
/**
 * The realm is a URL that the registry chose and that the password is sent to: it has to be https, except where
 * the registry itself is on loopback and everything is plain http.
 */
function checkedRealm(host, realm) {
    let url;
    try {
        url = new URL(realm ?? '');
    }
    catch {
        throw new Error(`${host}: the registry asks for a token without naming a usable realm`);
    }
    const plainAllowed = endpointOf(host).startsWith('http:') && isLoopback(url.host);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainAllowed)) {
        throw new Error(`${host}: the registry asks to send credentials to ${url.protocol}//${url.host}, which is not https`);
    }
    return url.href;
}
function parseToken(body) {
    let json;
    try {
        json = JSON.parse(body.toString('utf8'));
    }
    catch {
        return undefined;
    }
    if (typeof json !== 'object' || json === null)
        return undefined;
    const { token, access_token: accessToken, expires_in: life } = json;
    const text = typeof token === 'string' && token !== '' ? token : accessToken;
    if (typeof text !== 'string' || text === '')
        return undefined;
    return { token: text, lifeSeconds: typeof life === 'number' && life > 0 ? life : DEFAULT_LIFE_S };
}

;// CONCATENATED MODULE: ./lib/registry/manifest.ts
/**
 * What a registry keeps: manifests, indexes and image configurations, in OCI's and in Docker's types. Protocol
 * sources: OCI Image Specification 1.1 (manifest.md, image-index.md, config.md) and Docker's Image Manifest
 * Version 2, Schema 2. Everything that comes from a registry is checked here before it is believed.
 */


const manifest_mediaTypes = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    ociLayer: 'application/vnd.oci.image.layer.v1.tar',
    ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
    ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
    dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    inToto: 'application/vnd.in-toto+json'
};
/** Sent as Accept with every question for a manifest. */
const manifest_acceptManifests = [
    manifest_mediaTypes.ociIndex,
    manifest_mediaTypes.ociManifest,
    manifest_mediaTypes.dockerIndex,
    manifest_mediaTypes.dockerManifest
].join(', ');
/** What a registry gave is not what the specification allows. Never retried: it would come again. */
class manifest_ManifestError extends Error {
    name = 'ManifestError';
}
function manifest_digestOf(bytes) {
    return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
/**
 * Reads a manifest or an index.
 * @throws ManifestError also for Docker's schema 1, which has neither config nor diff_ids.
 */
function manifest_parseManifest(body, contentType) {
    const json = parseObject(body, 'manifest');
    const mediaType = typeof json['mediaType'] === 'string' ? json['mediaType'] : (contentType.split(';')[0] ?? '').trim();
    if (json['schemaVersion'] !== 2) {
        throw new manifest_ManifestError(`manifest has schemaVersion ${JSON.stringify(json['schemaVersion'])}; only 2 is supported`);
    }
    const annotations = readTexts(json['annotations']);
    if (Array.isArray(json['manifests'])) {
        return {
            kind: 'index',
            mediaType,
            annotations,
            manifests: json['manifests'].map((item) => readDescriptor(item))
        };
    }
    if (!Array.isArray(json['layers'])) {
        throw new manifest_ManifestError(`${mediaType === '' ? 'document' : mediaType} has neither layers nor manifests`);
    }
    return {
        kind: 'image',
        mediaType,
        annotations,
        config: readDescriptor(json['config']),
        layers: json['layers'].map((item) => readDescriptor(item))
    };
}
/**
 * Reads an image configuration.
 * @throws ManifestError
 */
function manifest_parseConfig(body) {
    const json = parseObject(body, 'image configuration');
    const rootfs = manifest_isRecord(json['rootfs']) ? json['rootfs'] : {};
    const diffIds = rootfs['diff_ids'];
    if (!Array.isArray(diffIds) ||
        !diffIds.every((id) => typeof id === 'string' && isDigest(id))) {
        throw new manifest_ManifestError('image configuration has no usable rootfs.diff_ids');
    }
    return {
        os: textOr(json['os'], 'linux'),
        architecture: textOr(json['architecture'], ''),
        variant: typeof json['variant'] === 'string' && json['variant'] !== '' ? json['variant'] : undefined,
        created: typeof json['created'] === 'string' ? json['created'] : undefined,
        settings: manifest_isRecord(json['config']) ? json['config'] : {},
        diffIds,
        raw: json
    };
}
/**
 * `os/architecture[/variant]`, in the words of Go: `linux/amd64`, `linux/arm64`.
 * @throws ManifestError
 */
function parsePlatform(text) {
    const parts = text.trim().toLowerCase().split('/');
    const [os, architecture, variant] = parts;
    const usable = parts.length <= 3 && parts.every((part) => /^[a-z0-9][a-z0-9_.-]*$/.test(part));
    if (!usable || os === undefined || architecture === undefined) {
        throw new manifest_ManifestError(`"${text}" is no platform: os/architecture or os/architecture/variant`);
    }
    return normalPlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) });
}
function manifest_formatPlatform(platform) {
    return [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined).join('/');
}
/** arm64 is v8 whether it says so or not; x86_64 and aarch64 are uname's words for amd64 and arm64. */
function normalPlatform(platform) {
    const names = { x86_64: 'amd64', aarch64: 'arm64' };
    const architecture = names[platform.architecture] ?? platform.architecture;
    const implied = architecture === 'arm64' && platform.variant === 'v8';
    const variant = implied || platform.variant === '' ? undefined : platform.variant;
    return { os: platform.os, architecture, ...(variant === undefined ? {} : { variant }) };
}
function manifest_samePlatform(one, other) {
    return manifest_formatPlatform(normalPlatform(one)) === manifest_formatPlatform(normalPlatform(other));
}
/** The images of an index that a machine can run: attestations have the platform unknown/unknown. */
function manifest_runnable(index) {
    return index.manifests.filter((item) => item.annotations?.['vnd.docker.reference.type'] === undefined &&
        item.platform !== undefined &&
        item.platform.os !== 'unknown');
}
function readDescriptor(value) {
    if (!manifest_isRecord(value))
        throw new manifest_ManifestError('descriptor is missing');
    const { mediaType, digest, size, platform } = value;
    if (typeof digest !== 'string' || !isDigest(digest))
        throw new manifest_ManifestError('descriptor has no usable digest');
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw new manifest_ManifestError(`descriptor ${digest} has no usable size`);
    }
    return {
        mediaType: textOr(mediaType, ''),
        digest,
        size,
        ...(manifest_isRecord(platform)
            ? {
                platform: normalPlatform({
                    os: textOr(platform['os'], 'unknown'),
                    architecture: textOr(platform['architecture'], 'unknown'),
                    ...(typeof platform['variant'] === 'string' ? { variant: platform['variant'] } : {})
                })
            }
            : {}),
        ...(manifest_isRecord(value['annotations']) ? { annotations: readTexts(value['annotations']) } : {})
    };
}
function parseObject(body, what) {
    let value;
    try {
        value = JSON.parse(Buffer.from(body).toString('utf8'));
    }
    catch (error) {
        throw new manifest_ManifestError(`${what} is no JSON`, { cause: error });
    }
    if (!manifest_isRecord(value))
        throw new manifest_ManifestError(`${what} is no JSON object`);
    return value;
}
function readTexts(value) {
    if (!manifest_isRecord(value))
        return {};
    return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'string'));
}
function manifest_isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function textOr(value, otherwise) {
    return typeof value === 'string' && value !== '' ? value : otherwise;
}

;// CONCATENATED MODULE: ./lib/registry/copy.ts
/** Copying an image between repositories, byte for byte, so that its digest stays the same. */



/**
 * Copies what `from` points at: for an index all its entries, attestations included. Blobs that are there stay,
 * blobs of the same registry are mounted, the others are streamed. Manifests come after their blobs, the top last,
 * so that a copy that broke off leaves nothing that points at something missing.
 */
async function copy_copyImage(registry, from, to, options) {
    const limit = pLimit(options.parallel ?? 3);
    const counts = { there: 0, mounted: 0, uploaded: 0 };
    let bytes = 0;
    const copied = new Map();
    const copyBlob = (descriptor) => {
        const running = copied.get(descriptor.digest);
        if (running !== undefined)
            return running;
        const work = limit(async () => {
            const outcome = await registry.pushBlob(to, {
                digest: descriptor.digest,
                size: descriptor.size,
                open: async (offset) => await registry.openBlob(from, descriptor, offset)
            }, [from]);
            counts[outcome]++;
            if (outcome === 'uploaded')
                bytes += descriptor.size;
            options.onBlob?.(descriptor, outcome);
        });
        copied.set(descriptor.digest, work);
        return work;
    };
    const copyManifest = async (found) => {
        if (found.manifest.kind === 'image') {
            // Foreign layers are not the registry's to give: their descriptors carry a URL of somebody else.
            const own = found.manifest.layers.filter((layer) => !layer.mediaType.includes('.foreign.'));
            await settleAll([found.manifest.config, ...own].map(copyBlob));
        }
        else {
            for (const entry of found.manifest.manifests) {
                const child = await registry.manifest(at(from, entry.digest));
                if (child === undefined) {
                    throw new Error(`${formatReference(from)}: its index names ${entry.digest}, which is not in ${formatRepository(from)}`);
                }
                await copyManifest(child);
            }
        }
        await registry.pushManifest(to, found.body, found.descriptor.mediaType);
    };
    const top = await registry.manifest(from);
    if (top === undefined)
        throw new Error(`${formatReference(from)} is not there, so it cannot be copied`);
    await copyManifest(top);
    return {
        descriptor: { ...top.descriptor, mediaType: top.descriptor.mediaType || mediaTypes.ociManifest },
        counts,
        bytes
    };
}
/** Waits for all before it throws: nothing may still be uploading when the caller learns of a failure. */
async function settleAll(work) {
    const results = await Promise.allSettled(work);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined)
        throw failed.reason;
}

;// CONCATENATED MODULE: ./lib/registry/paths.ts


function paths_pull(repository) {
    return [`repository:${repository.path}:pull`];
}
function paths_push(repository) {
    return [`repository:${repository.path}:pull,push`];
}
function paths_blobPath(repository, digest) {
    return `/v2/${repository.path}/blobs/${digest}`;
}
function paths_manifestPath(reference) {
    return `/v2/${reference.path}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
}
function paths_typeOf(answer) {
    return (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
}
function paths_wrongDigest(reference, got) {
    return new ManifestError(`${formatReference(reference)}: the registry answers with ${got}`);
}

;// CONCATENATED MODULE: ./lib/registry/read.ts
/** Reading from a registry: every answer is verified against its digest before it is believed. */





const MAX_MANIFEST = (/* unused pure expression or super */ null && (4 * 1024 * 1024));
/** Also the default for any small blob. */
const read_MAX_CONFIG = (/* unused pure expression or super */ null && (8 * 1024 * 1024));
async function read_resolve(transport, reference) {
    const answer = await transport.request({
        host: reference.host,
        target: manifestPath(reference),
        method: 'HEAD',
        scopes: pull(reference),
        headers: { accept: acceptManifests },
        accepted: [200, 404]
    });
    if (answer.status === 404)
        return undefined;
    const digest = answer.headers['docker-content-digest'] ?? reference.digest;
    const size = Number(answer.headers['content-length']);
    const mediaType = typeOf(answer);
    // Some registries leave one of these out of a HEAD: then the manifest itself has to tell.
    if (digest === undefined || !Number.isSafeInteger(size) || size <= 0 || mediaType === '') {
        return (await read_getManifest(transport, reference))?.descriptor;
    }
    if (reference.digest !== undefined && digest !== reference.digest)
        throw wrongDigest(reference, digest);
    return { mediaType, digest, size };
}
async function read_getManifest(transport, reference) {
    const answer = await transport.request({
        host: reference.host,
        target: manifestPath(reference),
        method: 'GET',
        scopes: pull(reference),
        headers: { accept: acceptManifests },
        accepted: [200, 404],
        maxBytes: MAX_MANIFEST
    });
    if (answer.status === 404)
        return undefined;
    const digest = digestOf(answer.body);
    const expected = reference.digest ?? answer.headers['docker-content-digest'];
    if (expected !== undefined && expected.startsWith('sha256:') && expected !== digest)
        throw wrongDigest(reference, digest);
    const manifest = parseManifest(answer.body, typeOf(answer));
    return {
        manifest,
        body: answer.body,
        descriptor: { mediaType: manifest.mediaType, digest, size: answer.body.length }
    };
}
async function read_getImage(transport, reference, platform) {
    const top = await read_getManifest(transport, reference);
    if (top === undefined)
        return undefined;
    let chosen = top;
    if (top.manifest.kind === 'index') {
        const entry = runnable(top.manifest).find((item) => item.platform !== undefined && samePlatform(item.platform, platform));
        if (entry === undefined)
            return undefined;
        chosen = await read_getManifest(transport, at(reference, entry.digest));
        if (chosen === undefined) {
            throw new ManifestError(`${formatReference(reference)}: its index names ${entry.digest}, which the registry does not have`);
        }
    }
    if (chosen.manifest.kind !== 'image') {
        throw new ManifestError(`${formatReference(reference)}: an index inside an index`);
    }
    const manifest = chosen.manifest;
    const config = parseConfig(await read_getBlob(transport, reference, manifest.config, read_MAX_CONFIG));
    const own = {
        os: config.os,
        architecture: config.architecture,
        ...(config.variant === undefined ? {} : { variant: config.variant })
    };
    if (!samePlatform(own, platform)) {
        if (top.manifest.kind === 'image')
            return undefined;
        throw new ManifestError(`${formatReference(reference)}: the index promises ${formatPlatform(platform)}, the image says ${formatPlatform(own)}`);
    }
    if (config.diffIds.length !== manifest.layers.length) {
        throw new ManifestError(`${formatReference(reference)}: ${manifest.layers.length} layers, but ${config.diffIds.length} diff_ids`);
    }
    return {
        top: top.descriptor,
        descriptor: chosen.descriptor,
        manifest,
        config,
        platform: own,
        compressedSize: manifest.layers.reduce((sum, layer) => sum + layer.size, 0)
    };
}
async function read_getBlob(transport, repository, descriptor, maxBytes) {
    if (descriptor.size > maxBytes) {
        throw new ManifestError(`${formatRepository(repository)}@${descriptor.digest}: ${descriptor.size} bytes, at most ${maxBytes} are read`);
    }
    const answer = await transport.request({
        host: repository.host,
        target: blobPath(repository, descriptor.digest),
        method: 'GET',
        scopes: pull(repository),
        accepted: [200],
        maxBytes: descriptor.size
    });
    const digest = digestOf(answer.body);
    if (digest !== descriptor.digest)
        throw wrongDigest(at(repository, descriptor.digest), digest);
    return answer.body;
}
async function read_openBlob(transport, repository, descriptor, from) {
    const answer = await transport.stream({
        host: repository.host,
        target: blobPath(repository, descriptor.digest),
        method: 'GET',
        scopes: pull(repository),
        headers: from === 0 ? {} : { range: `bytes=${from}-` },
        accepted: from === 0 ? [200] : [200, 206],
        timeoutMs: 60_000
    });
    const checked = new BlobCheck(descriptor, answer.status === 206 ? 0 : from, from === 0);
    answer.body.on('error', (error) => checked.destroy(error));
    checked.on('close', () => answer.body.destroy());
    return answer.body.pipe(checked);
}
async function read_hasBlob(transport, repository, digest) {
    const answer = await transport.request({
        host: repository.host,
        target: blobPath(repository, digest),
        method: 'HEAD',
        // Asked only before a push: with the push scope the token serves the upload as well.
        scopes: push(repository),
        accepted: [200, 404]
    });
    return answer.status === 200;
}
async function read_listTags(transport, repository, limit) {
    const tags = [];
    let target = `/v2/${repository.path}/tags/list?n=1000`;
    while (tags.length < limit) {
        const answer = await transport.request({
            host: repository.host,
            target,
            method: 'GET',
            scopes: pull(repository),
            accepted: [200, 404]
        });
        if (answer.status === 404)
            return [];
        const page = JSON.parse(answer.body.toString('utf8'));
        const names = Array.isArray(page.tags)
            ? page.tags.filter((name) => typeof name === 'string')
            : [];
        tags.push(...names);
        const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.headers['link'] ?? '')?.[1];
        if (next === undefined || names.length === 0)
            break;
        target = next;
    }
    return tags.slice(0, limit);
}
/** Leaves out the first `skip` bytes (a registry that ignored Range) and checks length and digest at the end. */
class BlobCheck extends external_node_stream_.Transform {
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #descriptor;
    #whole;
    #skip;
    #seen = 0;
    constructor(descriptor, skip, whole) {
        super();
        this.#descriptor = descriptor;
        this.#skip = skip;
        this.#whole = whole;
    }
    _transform(chunk, _encoding, done) {
        this.#seen += chunk.length;
        if (this.#whole)
            this.#hash.update(chunk);
        if (this.#whole && this.#seen > this.#descriptor.size) {
            done(new manifest_ManifestError(`${this.#descriptor.digest}: more than the ${this.#descriptor.size} bytes that were promised`));
            return;
        }
        const skipped = Math.min(this.#skip, chunk.length);
        this.#skip -= skipped;
        done(null, skipped === 0 ? chunk : chunk.subarray(skipped));
    }
    _flush(done) {
        if (!this.#whole) {
            done();
            return;
        }
        const digest = `sha256:${this.#hash.digest('hex')}`;
        const right = digest === this.#descriptor.digest && this.#seen === this.#descriptor.size;
        done(right
            ? null
            : new manifest_ManifestError(`${this.#descriptor.digest}: the registry sent other bytes (${this.#seen} of ${this.#descriptor.size}, ${digest})`));
    }
}

;// CONCATENATED MODULE: ./lib/registry/transport.ts
/**
 * One request to a registry: authorised, redirected, retried. The rest of the room speaks in terms of manifests
 * and blobs and leaves this to the transport.
 */



const MAX_REDIRECTS = 5;
function transport_createTransport(options) {
    const { http, clock, log, auth, signal } = options;
    const exchange = async (call, perform, discard) => {
        const endpoint = endpointOf(call.host);
        let url = transport_absolute(endpoint, call.target);
        let renewed = false;
        for (let redirects = 0;;) {
            const own = new URL(url).origin === new URL(endpoint).origin;
            const header = own ? await auth.known(call.host, call.scopes) : undefined;
            let answer = await perform(url, withAuthorization(call, header));
            if (answer.status === 401 && own && !renewed && isReplayable(call)) {
                renewed = true;
                const challenge = answer.headers['www-authenticate'] ?? '';
                const better = await auth.answer(call.host, call.scopes, challenge);
                if (better !== undefined) {
                    discard(answer);
                    answer = await perform(url, withAuthorization(call, better));
                }
            }
            const location = answer.headers['location'];
            const redirected = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
            if (!redirected || (call.method !== 'GET' && call.method !== 'HEAD'))
                return answer;
            discard(answer);
            if (++redirects > MAX_REDIRECTS)
                throw new Error(`${call.host}: more than ${MAX_REDIRECTS} redirects`);
            const next = new URL(location, url);
            // A blob may well come from a content network, yet never in the clear when the registry is not.
            if (url.startsWith('https:') && next.protocol !== 'https:') {
                throw new Error(`${call.host}: redirects from https to ${next.protocol}//${next.host}`);
            }
            url = next.href;
        }
    };
    const once = async (call) => {
        const answer = await exchange(call, (url, request) => http.request(url, request), () => undefined);
        if (!call.accepted.includes(answer.status))
            throw await refusal(call, answer);
        return answer;
    };
    const open = async (call) => {
        const answer = await exchange(call, (url, request) => http.stream(url, request), (unused) => void unused.body.destroy());
        if (call.accepted.includes(answer.status))
            return answer;
        throw await refusal(call, { ...answer, body: await beginningOf(answer) });
    };
    const withAuthorization = (call, header) => ({
        method: call.method,
        headers: { ...call.headers, ...(header === undefined ? {} : { authorization: header }) },
        ...(call.body === undefined ? {} : { body: call.body }),
        ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
        ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
        ...(signal === undefined ? {} : { signal })
    });
    const retried = async (call, attempt) => await retry(`${call.method} ${call.host}${transport_shown(call.target)}`, attempt, {
        classify: classifyRegistry,
        clock,
        log,
        ...(options.limits === undefined ? {} : { limits: options.limits }),
        ...(signal === undefined ? {} : { signal })
    });
    return {
        request: async (call) => (isReplayable(call) ? await retried(call, () => once(call)) : await once(call)),
        stream: async (call) => await retried(call, () => open(call)),
        requestOnce: once
    };
}
/** The URL that a registry's Location means: relative to its endpoint, and never less secure than that. */
function transport_absolute(endpoint, target) {
    const base = new URL(endpoint);
    const url = new URL(target, base);
    // A registry behind a proxy that ends TLS names itself with http.
    if (base.protocol === 'https:' && url.protocol === 'http:' && url.hostname === base.hostname)
        url.protocol = 'https:';
    if (base.protocol === 'https:' && url.protocol !== 'https:') {
        throw new Error(`${base.host}: asks to continue at ${url.protocol}//${url.host}, which is not https`);
    }
    return url.href;
}
function isReplayable(call) {
    return call.body === undefined || typeof call.body === 'string' || call.body instanceof Uint8Array;
}
async function refusal(call, answer) {
    return await Promise.resolve(new HttpStatusError(answer, call.method, answer.body.subarray(0, 4000).toString('utf8')));
}
async function beginningOf(answer) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of answer.body) {
            chunks.push(chunk);
            size += chunk.length;
            if (size > 4000)
                break;
        }
    }
    catch {
        // The status is what counts; the text that goes with it is a comfort.
    }
    answer.body.destroy();
    return Buffer.concat(chunks);
}
/** Without the query: upload locations carry state there. */
function transport_shown(target) {
    const path = target.startsWith('/') ? target : new URL(target).pathname;
    return path.split('?')[0] ?? path;
}

;// CONCATENATED MODULE: ./lib/registry/upload.ts
/**
 * Pushing one blob: not at all when it is there, by mounting where the registry has it elsewhere, else as one
 * stream that goes on where it broke. OCI Distribution Specification 1.1, "Pushing blobs".
 */







/** A blob that is in memory. */
function bytesSource(digest, bytes) {
    return {
        digest,
        size: bytes.length,
        open: (from) => Readable.from([Buffer.from(bytes.subarray(from))], { objectMode: false })
    };
}
/** An upload is given this much time for the whole, and more by its size: 256 KiB/s is slow, not stuck. */
const BASE_TIMEOUT_MS = 120_000;
const SLOWEST_BYTES_PER_MS = 256;
async function upload_pushBlob(context, repository, source, mountFrom) {
    if (await hasBlob(context.transport, repository, source.digest))
        return 'there';
    for (const other of mountFrom) {
        if (other.host !== repository.host || other.path === repository.path)
            continue;
        if (await mount(context.transport, repository, source.digest, other))
            return 'mounted';
    }
    const session = { location: undefined, offset: 0 };
    await retry(`upload of ${source.digest} to ${formatRepository(repository)}`, async () => {
        try {
            await attempt(context, repository, source, session);
        }
        catch (error) {
            await recover(context, repository, session, error);
            throw error;
        }
    }, {
        classify: (error, now) => (isLostSession(error) ? { kind: 'retry' } : classifyRegistry(error, now)),
        clock: context.clock,
        log: context.log,
        limits: { totalMs: 60 * 60_000, attempts: 6, ...context.limits },
        ...(context.signal === undefined ? {} : { signal: context.signal })
    });
    return 'uploaded';
}
async function attempt(context, repository, source, session) {
    const { transport } = context;
    const scopes = push(repository);
    if (session.location === undefined) {
        const started = await transport.request({
            host: repository.host,
            target: `/v2/${repository.path}/blobs/uploads/`,
            method: 'POST',
            scopes,
            headers: { 'content-length': '0' },
            accepted: [202]
        });
        session.location = locationOf(repository, started);
        session.offset = 0;
    }
    if (session.offset < source.size || source.size === 0) {
        const rest = source.size - session.offset;
        const body = await source.open(session.offset);
        try {
            const patched = await transport.requestOnce({
                host: repository.host,
                target: session.location,
                method: 'PATCH',
                scopes,
                headers: {
                    'content-type': 'application/octet-stream',
                    'content-length': String(rest),
                    ...(session.offset === 0 ? {} : { 'content-range': `${session.offset}-${source.size - 1}` })
                },
                body,
                accepted: [202, 204],
                timeoutMs: BASE_TIMEOUT_MS + Math.ceil(rest / SLOWEST_BYTES_PER_MS)
            });
            session.location = locationOf(repository, patched);
            session.offset = source.size;
        }
        finally {
            body.destroy();
        }
    }
    const url = new URL(session.location);
    url.searchParams.set('digest', source.digest);
    await transport.requestOnce({
        host: repository.host,
        target: url.href,
        method: 'PUT',
        scopes,
        headers: { 'content-length': '0' },
        accepted: [201, 204],
        // The registry hashes the whole blob before it answers.
        timeoutMs: BASE_TIMEOUT_MS + Math.ceil(source.size / SLOWEST_BYTES_PER_MS)
    });
}
/** After a break: asks how much the registry has, and starts anew when it no longer knows the upload. */
async function recover(context, repository, session, error) {
    const { location } = session;
    session.location = undefined;
    const broke = error instanceof HttpError || (error instanceof HttpStatusError && error.status >= 500);
    if (location === undefined || !broke || context.signal?.aborted === true)
        return;
    try {
        const status = await context.transport.requestOnce({
            host: repository.host,
            target: location,
            method: 'GET',
            scopes: push(repository),
            accepted: [204]
        });
        const range = /^(?:bytes=)?0-(\d+)$/.exec(status.headers['range'] ?? '');
        if (range === null)
            return;
        session.location = locationOf(repository, status);
        // An empty upload is 0-0, and so is one of a single byte: sending that byte again is the safe reading.
        const last = Number(range[1]);
        session.offset = last === 0 ? 0 : last + 1;
        if (session.offset === 0)
            session.location = undefined;
        context.log.debug(`the registry has ${session.offset} bytes of the upload; going on from there`);
    }
    catch {
        // It does not know: the next attempt starts a new upload.
    }
}
/** The registry dropped the upload (it was too old, or its state and ours differ): a new one is to be started. */
function isLostSession(error) {
    return (error instanceof HttpStatusError &&
        ((error.status === 404 && /BLOB_UPLOAD_UNKNOWN/i.test(error.body)) ||
            (error.status === 400 && /BLOB_UPLOAD_INVALID|DIGEST_INVALID/i.test(error.body)) ||
            error.status === 416 ||
            // The token ended while the upload ran; the next attempt gets a new one.
            error.status === 401));
}
async function mount(transport, repository, digest, from) {
    const query = new URLSearchParams({ mount: digest, from: from.path });
    const answer = await transport.request({
        host: repository.host,
        target: `/v2/${repository.path}/blobs/uploads/?${query.toString()}`,
        method: 'POST',
        scopes: [...push(repository), `repository:${from.path}:pull`],
        headers: { 'content-length': '0' },
        // 202: the registry would rather have the bytes. Refusing to look into the other repository is no failure.
        accepted: [201, 202, 401, 403, 404, 405]
    });
    return answer.status === 201;
}
/** Starts an upload and gives it up: the only question that a registry answers about rights to write. */
async function upload_canPush(transport, repository) {
    const scopes = push(repository);
    let started;
    try {
        started = await transport.request({
            host: repository.host,
            target: `/v2/${repository.path}/blobs/uploads/`,
            method: 'POST',
            scopes,
            headers: { 'content-length': '0' },
            accepted: [202]
        });
    }
    catch (error) {
        // Also from the token service, which refuses the scope.
        if (error instanceof HttpStatusError && [401, 403].includes(error.status))
            return false;
        throw error;
    }
    try {
        await transport.requestOnce({
            host: repository.host,
            target: locationOf(repository, started),
            method: 'DELETE',
            scopes,
            accepted: [200, 202, 204]
        });
    }
    catch {
        // An upload that nobody goes on with is dropped by the registry in time.
    }
    return true;
}
function locationOf(repository, answer) {
    const location = answer.headers['location'];
    if (location === undefined)
        throw new HttpError('protocol', answer.url, 'the registry names no Location for the upload');
    return absolute(endpointOf(repository.host), location);
}

;// CONCATENATED MODULE: ./lib/registry/client.ts









/**
 * A client for any registry that speaks the OCI Distribution Specification 1.1. Every method throws
 * HttpStatusError for a refusal, TransientError when the registry kept failing, ManifestError for an answer that
 * makes no sense. Only a plain 404 counts as "not there".
 */
function createRegistry(options) {
    const auth = createAuth(options);
    const transport = createTransport({ ...options, auth });
    const registry = {
        resolve: async (reference) => await resolve(transport, reference),
        manifest: async (reference) => await getManifest(transport, reference),
        image: async (reference, platform) => await getImage(transport, reference, platform),
        blob: async (repository, descriptor, maxBytes = MAX_CONFIG) => await getBlob(transport, repository, descriptor, maxBytes),
        openBlob: async (repository, descriptor, from = 0) => await openBlob(transport, repository, descriptor, from),
        hasBlob: async (repository, digest) => await hasBlob(transport, repository, digest),
        pushBlob: async (repository, source, mountFrom = []) => await pushBlob({ transport, ...options }, repository, source, mountFrom),
        pushManifest: async (repository, body, mediaType, tag) => await putManifest(transport, repository, Buffer.from(body), mediaType, tag),
        copy: async (from, to, copyOptions = {}) => await copyImage(registry, from, to, copyOptions),
        tag: async (reference, tag) => {
            const found = await registry.manifest(reference);
            if (found === undefined)
                throw new Error(`${formatReference(reference)} is not there, so it cannot be tagged ${tag}`);
            return await putManifest(transport, reference, found.body, found.descriptor.mediaType, tag);
        },
        tags: async (repository, limit = 10_000) => await listTags(transport, repository, limit),
        canPush: async (repository) => await canPush(transport, repository),
        loggedIn: async (host) => await auth.loggedIn(host)
    };
    return registry;
}
async function putManifest(transport, repository, body, mediaType, tag) {
    const digest = digestOf(body);
    const answer = await transport.request({
        host: repository.host,
        target: manifestPath(at(repository, tag ?? digest)),
        method: 'PUT',
        scopes: push(repository),
        headers: { 'content-type': mediaType },
        body,
        accepted: [200, 201, 202],
        timeoutMs: 120_000
    });
    const stored = answer.headers['docker-content-digest'];
    if (stored !== undefined && stored !== digest)
        throw wrongDigest(at(repository, digest), stored);
    // A 201 is a promise; that the bytes are there under this name is what the caller builds on.
    const found = await resolve(transport, at(repository, tag ?? digest));
    if (found === undefined || found.digest !== digest) {
        throw new ManifestError(`${formatRepository(repository)}: stored ${digest}${tag === undefined ? '' : ` as ${tag}`}, but the registry answers ${found?.digest ?? 'that it is not there'}`);
    }
    return { mediaType, digest, size: body.length };
}
/** True for a refusal that only a login (or another one) can change. */
function isRefusal(error) {
    return error instanceof HttpStatusError && (error.status === 401 || error.status === 403);
}

;// CONCATENATED MODULE: ./lib/registry/credentials.ts
/**
 * Where a registry's user and password come from. Docker's own file is read the way Docker reads it: `auths`,
 * `credHelpers` and `credsStore` of config.json (docker/cli, cli/config/configfile).
 */

/** Nobody is logged in anywhere. */
const anonymous = () => Promise.resolve(undefined);
/** The first source that knows the host. */
function firstOf(...sources) {
    return async (host) => {
        for (const source of sources) {
            const credential = await source(host);
            if (credential !== undefined)
                return credential;
        }
        return undefined;
    };
}
/** Users and passwords that the caller has, by host. */
function given(byHost) {
    return (host) => Promise.resolve(byHost[host]);
}
/**
 * What `docker login` left on this machine: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`. A file
 * that is missing means that nobody logged in; one that cannot be read is an error, since a silent fall back to
 * anonymous access would show up as a puzzling refusal much later.
 */
function dockerCredentials(ports) {
    let file;
    return async (host) => {
        file ??= readDockerConfig(ports);
        const config = await file;
        const keys = keysOf(host);
        for (const key of keys) {
            const helper = config.credHelpers[key];
            if (helper !== undefined)
                return await askHelper(ports, helper, key);
        }
        for (const key of keys) {
            const entry = config.auths[key];
            const credential = entry === undefined ? undefined : readEntry(entry);
            if (credential !== undefined)
                return credential;
        }
        if (config.credsStore === undefined)
            return undefined;
        for (const key of keys) {
            const credential = await askHelper(ports, config.credsStore, key);
            if (credential !== undefined)
                return credential;
        }
        return undefined;
    };
}
async function readDockerConfig(ports) {
    const { env } = ports.runner;
    const folder = env['DOCKER_CONFIG'] || join(env['HOME'] ?? '/root', '.docker');
    const path = join(folder, 'config.json');
    let text;
    try {
        text = await ports.fs.readFile(path, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return { auths: {}, credHelpers: {}, credsStore: undefined };
        throw new Error(`the Docker configuration ${path} cannot be read`, { cause: error });
    }
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        // The parser's message quotes the text, and the text has passwords.
        throw new Error(`the Docker configuration ${path} is no JSON`);
    }
    const root = recordOf(json);
    const auths = Object.entries(recordOf(root['auths'])).map(([key, value]) => [key, recordOf(value)]);
    const helpers = Object.entries(recordOf(root['credHelpers'])).filter((entry) => typeof entry[1] === 'string');
    const store = root['credsStore'];
    return {
        auths: Object.fromEntries(auths),
        credHelpers: Object.fromEntries(helpers),
        credsStore: typeof store === 'string' && store !== '' ? store : undefined
    };
}
/** `docker login` files Docker Hub under its API of 2014, and others with or without https://. */
function keysOf(host) {
    if (host === 'docker.io') {
        return [
            'https://index.docker.io/v1/',
            'docker.io',
            'index.docker.io',
            'registry-1.docker.io',
            'https://index.docker.io/v1'
        ];
    }
    return [
        host,
        `https://${host}`,
        `https://${host}/`,
        `https://${host}/v1/`,
        `https://${host}/v2/`,
        `http://${host}`
    ];
}
function readEntry(entry) {
    const { identitytoken, auth, username, password } = entry;
    if (typeof identitytoken === 'string' && identitytoken !== '')
        return { identityToken: identitytoken };
    if (typeof username === 'string' && typeof password === 'string' && username !== '')
        return { username, password };
    if (typeof auth !== 'string' || auth === '')
        return undefined;
    const text = Buffer.from(auth, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon <= 0)
        return undefined;
    // Docker pads some passwords with NUL bytes.
    return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
/** Asks `docker-credential-NAME get`, which reads the server from stdin and answers in JSON. */
async function askHelper(ports, helper, server) {
    if (!/^[a-z0-9-]+$/i.test(helper))
        throw new Error(`"${helper}" is no name of a Docker credential helper`);
    const result = await ports.exec.run(`docker-credential-${helper}`, ['get'], {
        stdin: server,
        accept: 'any',
        timeoutMs: 30_000
    });
    if (result.exitCode !== 0) {
        // Helpers say this on stdout when nothing is stored for the server; anything else is a failure of theirs.
        if (/credentials not found|no credentials|not found in native keychain/i.test(result.stdout + result.stderr)) {
            return undefined;
        }
        throw new Error(`docker-credential-${helper} failed with exit code ${result.exitCode} for ${server}`);
    }
    let answer;
    try {
        answer = recordOf(JSON.parse(result.stdout));
    }
    catch {
        throw new Error(`docker-credential-${helper} did not answer in JSON`);
    }
    const { Username, Secret } = answer;
    if (typeof Username !== 'string' || typeof Secret !== 'string' || Secret === '')
        return undefined;
    return Username === '<token>' ? { identityToken: Secret } : { username: Username, password: Secret };
}
function recordOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : {};
}

;// CONCATENATED MODULE: ./lib/registry/reference.ts
/**
 * Names of images: `[host/]repository[:tag][@digest]`, as Docker reads them. Grammar: OCI Distribution
 * Specification 1.1, "Pulling manifests", and the reference grammar of distribution/reference.
 */
const HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|\[[0-9a-f:]+\]|[a-z0-9-]+(?=:))(?::\d{1,5})?$/i;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;
/** A text that is no reference; the message says which part is wrong and what is allowed. */
class BadReference extends Error {
    name = 'BadReference';
}
/**
 * Reads a reference. Without tag and digest the tag is `latest`.
 * @throws BadReference
 */
function parseReference(text) {
    let rest = text.trim();
    let digest;
    const at = rest.indexOf('@');
    if (at >= 0) {
        digest = rest.slice(at + 1);
        rest = rest.slice(0, at);
        if (!reference_isDigest(digest))
            throw new BadReference(`${text}: "${digest}" is no digest (sha256: and 64 hex digits)`);
    }
    let tag;
    const colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
        tag = rest.slice(colon + 1);
        rest = rest.slice(0, colon);
        if (!isTag(tag))
            throw new BadReference(`${text}: "${tag}" is no tag (letters, digits, _ . -, at most 128)`);
    }
    const { host, path } = parseRepository(rest, text);
    if (tag === undefined && digest === undefined)
        tag = 'latest';
    return { host, path, tag, digest };
}
/**
 * Reads `[host/]path`, without tag or digest.
 * @throws BadReference
 */
function parseRepository(text, shown = text) {
    const slash = text.indexOf('/');
    const first = slash < 0 ? '' : text.slice(0, slash);
    const hasHost = first !== '' && HOST.test(first);
    const host = hasHost ? normalHost(first) : 'docker.io';
    let path = hasHost ? text.slice(slash + 1) : text;
    if (host === 'docker.io' && !path.includes('/') && path !== '')
        path = `library/${path}`;
    if (!PATH.test(path) || path.length > 255) {
        throw new BadReference(`${shown}: "${path}" is no repository name (lower-case letters, digits, single separators . _ -, parts joined by /)`);
    }
    return { host, path };
}
/** The text of a reference; a digest wins over the tag, since it is what was meant. */
function reference_formatReference(reference) {
    const suffix = reference.digest !== undefined ? `@${reference.digest}` : `:${reference.tag ?? 'latest'}`;
    return `${reference_formatRepository(reference)}${suffix}`;
}
/** `host/path`. */
function reference_formatRepository(repository) {
    return `${repository.host}/${repository.path}`;
}
/** The same repository under a tag or a digest. */
function reference_at(repository, tagOrDigest) {
    const digest = reference_isDigest(tagOrDigest) ? tagOrDigest : undefined;
    if (digest === undefined && !isTag(tagOrDigest)) {
        throw new BadReference(`${reference_formatRepository(repository)}: "${tagOrDigest}" is neither a tag nor a digest`);
    }
    return {
        host: repository.host,
        path: repository.path,
        tag: digest === undefined ? tagOrDigest : undefined,
        digest
    };
}
function reference_isDigest(text) {
    return DIGEST.test(text);
}
function isTag(text) {
    return TAG.test(text);
}
/** Where the registry's API answers. Loopback registries speak plain http, as the Docker Engine treats them. */
function reference_endpointOf(host) {
    if (host === 'docker.io')
        return 'https://registry-1.docker.io';
    return `${reference_isLoopback(host) ? 'http' : 'https'}://${host}`;
}
/** localhost, 127.0.0.0/8 and [::1], with or without a port. */
function reference_isLoopback(host) {
    const name = host.replace(/:\d+$/, '').toLowerCase();
    return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
function normalHost(host) {
    const lower = host.toLowerCase();
    const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
    return hub.includes(lower) ? 'docker.io' : lower;
}

;// CONCATENATED MODULE: ./lib/registry/index.ts
/** OCI distribution: what the actions may know of registries. */







// EXTERNAL MODULE: ./lib/store/index.ts + 3 modules
var lib_store = __nccwpck_require__(5177);
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
        return await provide_download(ports, inputs, container, folder);
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
    for (const { value } of inputs.registries) {
        const { host, path: namespace } = parseRepository(`${value}/${container.image}`);
        const reference = `docker://${host}/${namespace}:${container.buildDate}`;
        try {
            await (0,lib_retry/* retry */.L5)(`pulling ${reference}`, async () => await provide_pull(ports, runtime, reference, target, scratch, host), {
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
async function provide_pull(ports, runtime, reference, target, scratch, host) {
    await ports.fs.rm(target, { force: true });
    await ports.exec.run(runtime.file, ['build', '--disable-cache', target, reference], {
        env: {
            APPTAINER_TMPDIR: scratch,
            SINGULARITY_TMPDIR: scratch,
            APPTAINER_CACHEDIR: external_node_path_default().join(scratch, 'cache'),
            SINGULARITY_CACHEDIR: external_node_path_default().join(scratch, 'cache'),
            ...(reference_isLoopback(host) ? { APPTAINER_NOHTTPS: '1', SINGULARITY_NOHTTPS: '1' } : {})
        },
        timeoutMs: FETCH_MS
    });
}
/** An image that the registry does not have is not asked for again. */
const notAbsent = (error, now) => error instanceof failure/* ToolError */.v4 && ABSENT.test(error.detail) ? { kind: 'final' } : (0,lib_retry/* classifyTool */.Xp)(error, now);
async function provide_download(ports, inputs, container, folder) {
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
            await inspectFile(ports.fs, target);
            return target;
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            if (error instanceof Error && error.name === 'SifError')
                throw error;
            unknown = true;
            reasons.push(`${store.name}: ${(0,failure/* messageOf */.bD)(error).split('\n')[0] ?? ''}`);
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
    return await (0,lib_retry/* retry */.L5)(`GET ${url}`, async () => {
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
        await (0,promises_namespaceObject.pipeline)(response.body, (0,external_node_fs_.createWriteStream)(target), { signal: ports.runner.signal });
        const expected = Number(response.headers['content-length'] ?? Number.NaN);
        const { size } = await ports.fs.stat(target);
        if (Number.isSafeInteger(expected) && size !== expected)
            throw new Error(`${size} of ${expected} bytes arrived`);
        return true;
    }, {
        classify: lib_retry/* classifyHttp */.d3,
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


function p_limit_pLimit(concurrency) {
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
	const limit = p_limit_pLimit(options);

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
    const limit = p_limit_pLimit(suite.inputs.maxParallel);
    const recorder = recorderOf(suite);
    return await Promise.all(wrapped.map((command, index) => limit(async () => await recordCall(recorder, command, index))));
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
    const asked = recorded.find((result) => !isFinding(result));
    const option = asked === undefined || isFinding(asked)
        ? together([])
        : await checkGpuOption({ ...recorderOf(suite), env: withoutOptions(suite.env) }, asked, recorded.length);
    if (!inputs.gpu)
        return option;
    const device = await ports.fs.stat('/dev/nvidiactl').catch(() => undefined);
    const reason = 'this machine has no NVIDIA device; the commands were called with --nv all the same';
    return device === undefined
        ? together([option, untested(plan.container.id, 'gpu', undefined, reason)])
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
        const finding = isFinding(asked)
            ? asked
            : await checkTarget(suite.tree, suite.promise, asked, id, suite.promise.path);
        if (finding === undefined)
            return passed('target', command);
        const test = { name: 'target', command, outcome: 'failed', reason: finding.message };
        return { tests: [test], findings: [finding] };
    }));
    return together(parts);
}
/** Calls every wrapper for real. */
async function startAll(suite, wrapped) {
    const { ports, inputs, plan, promise } = suite;
    const { probe } = inputs;
    if (probe === 'none')
        return together([]);
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
    const limit = p_limit_pLimit(inputs.maxParallel);
    const progress = ports.log.progress(plan.label, { items: wrapped.length });
    const parts = await Promise.all(wrapped.map((name) => limit(async () => {
        const command = commandOf(promise, name);
        const start = await checkStart(starter, command);
        const whole = probe === 'help' ? together([start, await checkHelp(starter, command)]) : start;
        progress.add({ items: 1 });
        return whole;
    })));
    progress.end();
    return together(parts);
}
function commandOf(promise, name) {
    const known = promise.commands.find((command) => command.name === name);
    return known ?? { name, source: 'DEPLOY_PATH', file: undefined, realFile: undefined, forEveryone: true };
}
/** One wrapper of every kind, and the first command of the smoke file. */
async function conformersOf(suite, wrapped, recorded) {
    const { ports, result, promise, tree } = suite;
    const shell = await findShell(tree);
    const hasCat = await hasProgram(tree, 'cat', promise.path);
    const wrappers = await Promise.all(recorded.flatMap((asked) => isFinding(asked)
        ? []
        : [
            (async () => ({
                command: asked.command,
                program: asked.program,
                text: await ports.fs.readFile(external_node_path_default().join(result.installed.folder, asked.command), 'utf8')
            }))()
        ]));
    const ofSmoke = suite.wanted.smokeTests.find((test) => isFor(test, suite.plan.container) && wrapped.includes(test.command));
    const names = [
        ...new Set([...(ofSmoke === undefined ? [] : [ofSmoke.command]), ...representatives(wrappers)])
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
    return checkFiles(suite.promise, {
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
    return together(expectedOf(suite.wanted.expected, container).map(({ command, from }) => wrapped.includes(command)
        ? passed('expected', command)
        : failed(container.id, { name: 'expected', command }, 'exposure-expected-missing', `${from} expects it, and it is not exposed`)));
}
/** A module for nothing: `module load` succeeds, and no command appears. */
async function checkModuleForNothing(suite) {
    const { name, version, id } = suite.plan.container;
    const modules = external_node_path_default().join(suite.result.installed.containers, 'modules', name);
    const names = await suite.ports.fs.readdir(modules).catch(() => []);
    const file = names.find((entry) => entry === `${version}.lua` || entry === version);
    if (file === undefined)
        return together([]);
    return failed(id, { name: 'module' }, 'exposure-module-for-nothing', `modules/${name}/${file} is there, and no command is exposed`);
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
    const activated = await checkActivate(scriptChecker(suite, command));
    const { lmod } = suite.host;
    if (lmod === undefined)
        return activated;
    const { name, version } = suite.plan.container;
    const module = await checkModule({
        ...scriptChecker(suite, command),
        name,
        version,
        promise: suite.promise,
        lmod,
        folder: suite.calls
    });
    return together([activated, module]);
}
/** A second installation, one in a folder with a blank, a move of the whole, and the way back. */
async function checkInstallations(suite, files) {
    const { fs } = suite.ports;
    const { installed, ownFiles } = suite.result;
    const { id } = suite.plan.container;
    const look = () => snapshot(fs, installed.containers, installed.image);
    const parts = [];
    const first = await look();
    if (files.wrapped.length > 0) {
        await suite.again('host');
        parts.push(compareSnapshots(id, first, await look()), await inFolderWithBlank(suite, files));
        if (suite.inputs.installer === 'builtin')
            parts.push(await relocate(suite, files));
    }
    if (files.wrapped.length > 0) {
        const checker = scriptChecker(suite, files.wrapped[0] ?? '');
        parts.push(await checkUninstall(checker, ownFiles, [...first.keys()]));
    }
    return together(parts);
}
async function inFolderWithBlank(suite, files) {
    const { id } = suite.plan.container;
    if (suite.plan.source === 'installer') {
        return untested(id, 'folder-with-blank', undefined, 'the installer would fetch the image once more');
    }
    const { installed, exitCode } = await suite.again('with blank');
    const text = await suite.ports.fs
        .readFile(external_node_path_default().join(installed.folder, 'commands.txt'), 'utf8')
        .catch(() => '');
    const listed = new Set(text.split('\n').filter((line) => line !== ''));
    const same = files.wrapped.every((name) => listed.has(name));
    // A clear refusal is as good as success; half an installation that claims to be whole is not.
    if (same || (exitCode !== 0 && listed.size === 0))
        return passed('folder-with-blank');
    return failed(id, { name: 'folder-with-blank' }, 'exposure-blank-in-folder', `in a folder with a blank ${listed.size} of ${files.wrapped.length} commands are exposed, and the exit code is ${exitCode ?? 'none'}`);
}
async function relocate(suite, files) {
    const { fs, caller, runner } = suite.ports;
    const { installed } = suite.result;
    const moved = `${installed.containers} moved`;
    const command = files.wrapped[0] ?? '';
    await fs.rename(installed.containers, moved);
    try {
        const folder = external_node_path_default().join(moved, external_node_path_default().basename(installed.folder));
        const result = await caller.call(command, ['--help'], {
            cwd: suite.calls,
            env: { ...suite.env, PATH: suite.env['PATH']?.replace(installed.folder, folder) ?? '' },
            timeoutMs: suite.inputs.timeout,
            signal: runner.signal
        });
        const lost = result.startError !== undefined || [126, 127, 255].includes(result.exitCode ?? 255);
        if (!lost)
            return passed('moved', command, result.durationMs);
        return failed(installed.container, { name: 'moved', command }, 'exposure-not-relocatable', `moved to another folder it ends with ${result.startError ?? result.exitCode ?? 'a signal'}`, {
            line: result.stderr.trim().split('\n').at(-1) ?? ''
        });
    }
    finally {
        await fs.rename(moved, installed.containers);
    }
}

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
        for (const conformer of conformers)
            parts.push(await checkConformance(conformer));
        const [first] = conformers;
        if (first?.shell !== undefined)
            overhead = await measureOverhead(first, suite.runtime.kind, first.shell);
        parts.push(await smoke(suite, []));
        if (suite.host.usesSlurm)
            parts.push(await throughSlurm(suite, first));
        parts.push(await checkSessions(suite, first?.command ?? files.wrapped[0] ?? ''));
        if (first !== undefined)
            parts.push(await checkMissingImage(first));
    }
    else
        parts.push(await checkModuleForNothing(suite));
    parts.push(await checkInstallations(suite, files));
    return { wrapped: files.wrapped, checked: together(parts), overhead };
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
        if (isFor(test, plan.container))
            parts.push(await runSmokeTest(runner, test, index + 1));
    }
    return together(parts);
}
/** One task, and nothing of srun's own on stderr. */
const SRUN = ['srun', '--quiet', '--ntasks=1'];
async function throughSlurm(suite, first) {
    const through = first === undefined ? [] : [await checkThroughScheduler({ ...first, through: SRUN })];
    return together([...through, await smoke(suite, SRUN)]);
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
    const fault = (id) => failed(container, { name: 'image' }, id, (0,failure/* messageOf */.bD)(error));
    if (error instanceof ImageMissing)
        return fault('exposure-image-missing');
    if (error instanceof ImageError || error instanceof SifError)
        return fault('exposure-image-damaged');
    if (error instanceof RuntimeError)
        return fault('exposure-image-does-not-start');
    throw error;
}
function nothingOf(plan, runtimeVersion) {
    return { plan, runtimeVersion, promised: 0, wrapped: [], overhead: undefined, transfer: undefined };
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
    const came = fetchesItself ? await checkTransfer(scene, result.installed.image, toolbox) : undefined;
    const { tree, promise } = early ?? (await examine_open(scene, result.installed.image, trees));
    const home = await makeFolder(scene, 'home');
    const env = sessionEnvironment({
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
        bare: bareEnvironment(env, toolbox),
        home,
        calls: await makeFolder(scene, 'calls'),
        excludes: await readExcludes(scene),
        again
    });
    const parts = [
        came?.checked ?? together([]),
        installerTests(scene, result, tested.wrapped.length),
        tested.checked
    ];
    return {
        plan,
        runtimeVersion: runtime.version,
        promised: promise.commands.length,
        wrapped: tested.wrapped,
        overhead: tested.overhead,
        transfer: came?.transfer,
        ...together(parts)
    };
}
/** Opens an image, makes sure that it is whole and that the runtime starts it, and reads what it promises. */
async function examine_open(scene, image, trees) {
    const { ports, inputs, plan, runtime } = scene;
    const present = await ports.fs.stat(image).catch(() => undefined);
    if (present === undefined)
        throw new ImageMissing('the installer brought no image', false);
    const tree = await openImage(ports.fs, image);
    trees.push(tree);
    // A file that is cut off still has its first folders.
    if (present.isFile())
        await inspectFile(ports.fs, image);
    await fitRuntime(ports.exec, runtime, image);
    const container = plan.container.id;
    if (inputs.installer === 'builtin')
        return { tree, promise: await readPromise(tree, { container }) };
    const excludes = new Set(await readExcludes(scene));
    const exclude = (name) => excludes.has(name) ? "it is in the installer's list of excludes" : undefined;
    return { tree, promise: await readPromise(tree, { container, exclude }) };
}
/** What the installer said and did besides the files that it left. */
function installerTests({ plan }, result, wrapped) {
    const findings = [
        ...judgeOutput(plan.container.id, result.output, result.exitCode, wrapped),
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
var markdown = __nccwpck_require__(8066);
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
        figures: { 'case-count': cases.length },
        outputs: outputsOf([], ''),
        summary: `## Exposure\n\n${headline}\n\n${(0,markdown/* table */.tp)(['Container', 'Source', 'Runtime'], rows)}`
    };
}
/** @param junit path of the JUnit file; '' when none was asked for */
function toOutcome(results, failOn, junit) {
    const tests = results.flatMap((result) => result.tests);
    const [passed, failed, untested] = ['passed', 'failed', 'untested'].map((outcome) => report_countOf(tests, outcome));
    const commands = results.reduce((sum, result) => sum + result.wrapped.length, 0);
    const ran = passed + failed > 0;
    const headline = ran
        ? `${passed} of ${plural(tests.length, 'test')} passed for ${plural(commands, 'command')} of ${plural(results.length, 'exposed container')}; ${failed} failed, ${untested} could not be done.`
        : 'Nothing was tested.';
    // Without one command there is no verdict, whatever the caller accepts.
    const empty = !ran || commands === 0;
    const refused = (failOn !== 'none' && failed > 0) || (failOn === 'untested' && untested > 0);
    return {
        verdict: failed > 0 ? 'failed' : empty || (failOn === 'untested' && untested > 0) ? 'unknown' : 'ok',
        headline,
        findings: results.flatMap((result) => result.findings),
        figures: figuresOf(results, { passed, failed, untested, commands }),
        details: { cases: results.map(detailsOf) },
        outputs: outputsOf(results, junit),
        summary: summaryOf(results, headline),
        ...(empty || refused ? { failure: headline } : {})
    };
}
function figuresOf(results, counts) {
    const overheads = results.flatMap(({ overhead }) => overhead === undefined ? [] : [overhead.wrapperMs - overhead.directMs]);
    return {
        'passed-count': counts.passed,
        'failed-count': counts.failed,
        'untested-count': counts.untested,
        'command-count': counts.commands,
        ...(overheads.length === 0 ? {} : { 'wrapper-overhead-max-ms': Math.round(Math.max(...overheads)) })
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
        'passed-count': String(report_countOf(tests, 'passed')),
        'failed-count': String(report_countOf(tests, 'failed')),
        'untested-count': String(report_countOf(tests, 'untested')),
        commands: JSON.stringify([...new Set(commands)]),
        failed: JSON.stringify([...new Set(failed)]),
        junit
    };
}
function summaryOf(results, headline) {
    const parts = [
        '## Exposure',
        headline,
        (0,markdown/* table */.tp)(['Container', '', 'Promised', 'Wrapped', 'Ran', 'Wrapper costs'], results.map(toRow))
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
function toRow({ plan, promised, wrapped, tests, overhead }) {
    const started = tests.filter(({ name }) => name === 'start');
    const ran = started.length === 0 ? '-' : String(report_countOf(started, 'passed'));
    const mark = tests.some(({ outcome }) => outcome === 'failed')
        ? '❌'
        : tests.some(({ outcome }) => outcome === 'passed')
            ? '✅'
            : '❔';
    const costs = overhead === undefined
        ? '-'
        : `${Math.round(overhead.wrapperMs - overhead.directMs)} ms on ${Math.round(overhead.directMs)} ms`;
    return [(0,markdown/* code */.aY)(plan.label), mark, String(promised), String(wrapped.length), ran, costs];
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
function report_countOf(tests, outcome) {
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
async function run_run(inputs, ports) {
    const cases = planCases(inputs, await readContainers(inputs, ports));
    const smokeTests = await readSmokeFile(inputs, ports);
    const expected = await readExpected(inputs.expectedCommands, ports);
    if (inputs.dryRun)
        return planOutcome(cases, smokeTests);
    const host = await lookAtHost(inputs, ports);
    const display = await startScreen(inputs, ports, host);
    try {
        const results = await examineAll(inputs, ports, host, cases, {
            smokeTests,
            expected,
            display: display?.name
        });
        const junit = await writeJunit(inputs, ports, results);
        return toOutcome(results, inputs.failOn, junit);
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
        results.push(await ports.log.group(plan.label, async () => await examine({ ports, inputs, host, plan, runtime }, wanted)));
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
            ? await (0,lib_retry/* retry */.L5)(`GET ${place}`, async () => (0,http/* expectStatus */.oi)(await ports.http.request(place)).body.toString('utf8'), {
                classify: lib_retry/* classifyHttp */.d3,
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
    const catalogue = (0,lib_catalogue/* readCatalogue */.YW)(text, { file: place, rules: '2026' });
    if (catalogue.broken)
        throw problem("NeuroDesk's apps.json");
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
    const { tests, problems } = parseSmokeFile(text);
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems.map((what) => problem(inputs.smokeFile, what)));
    return tests;
}
async function startScreen(inputs, ports, host) {
    if (inputs.probe === 'none')
        return undefined;
    const env = { PATH: host.path.join((external_node_path_default()).delimiter), HOME: ports.runner.temp };
    return await startDisplay(ports.caller, ports.clock, env, ports.runner.temp, ports.runner.signal);
}
async function writeJunit(inputs, ports, results) {
    if (inputs.junitPath === '')
        return '';
    const file = external_node_path_default().resolve(ports.runner.workspace, inputs.junitPath);
    await ports.fs.mkdir(external_node_path_default().dirname(file), { recursive: true });
    await ports.fs.writeFile(file, toJunit(results));
    return file;
}


/***/ }),

/***/ 8574:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yq: () => (/* reexport */ choice),
  sh: () => (/* reexport */ common),
  QP: () => (/* reexport */ defineAction),
  jO: () => (/* reexport */ entries),
  Jt: () => (/* reexport */ flag),
  Mn: () => (/* reexport */ lines),
  Cs: () => (/* reexport */ runAction),
  Qq: () => (/* reexport */ fields_text)
});

// UNUSED EXPORTS: Refusal, atLeast, commonDescriptions, countOrPercent, duration, grammars, integer, parseEntry, readInputs, refuse, secret, size, splitLines

;// CONCATENATED MODULE: ./lib/action/grammar.ts
/** Lines, comments and entries: the text forms of list inputs. Pure. */
/** Lines without comments (`#` at the start or after a blank) and without empty ones. */
function splitLines(raw) {
    return raw
        .split(/\r\n|\n|\r/)
        .map((line, index) => ({ text: withoutComment(line).trim(), number: index + 1 }))
        .filter((line) => line.text !== '');
}
/** Cuts a comment; a `#` within double quotes or inside a word stays. */
function withoutComment(line) {
    let quoted = false;
    for (let index = 0; index < line.length; index++) {
        const character = line[index];
        if (character === '"')
            quoted = !quoted;
        const startsWord = index === 0 || /\s/.test(line[index - 1] ?? '');
        if (character === '#' && !quoted && startsWord)
            return line.slice(0, index);
    }
    return line;
}
/** Reads `value key=… flag`. Says all that is wrong with it. */
function parseEntry(line, keys, flags) {
    const problems = [];
    const { words, unclosed } = splitWords(line.text);
    if (unclosed)
        problems.push('a closing double quote');
    const attributes = {};
    const given = new Set();
    for (const word of words.slice(1)) {
        const at = word.indexOf('=');
        const name = at === -1 ? word : word.slice(0, at);
        if (name in attributes || given.has(name))
            problems.push(`attribute ${name} only once`);
        else if (at === -1 && flags.includes(name))
            given.add(name);
        else if (at !== -1 && keys.includes(name) && word.length > at + 1)
            attributes[name] = word.slice(at + 1);
        else
            problems.push(`${describeAttributes(keys, flags)} instead of ${JSON.stringify(word)}`);
    }
    return { entry: { value: words[0] ?? '', attributes, flags: given, line: line.text }, problems };
}
function describeAttributes(keys, flags) {
    const known = [...keys.map((key) => `${key}=…`), ...flags];
    return known.length === 0 ? 'one value without attributes' : `attributes ${known.join(' ')}`;
}
function splitWords(text) {
    const words = [];
    let word = '';
    let quoted = false;
    let started = false;
    for (const character of text) {
        if (character === '"') {
            quoted = !quoted;
            started = true;
        }
        else if (/\s/.test(character) && !quoted) {
            if (started)
                words.push(word);
            word = '';
            started = false;
        }
        else {
            word += character;
            started = true;
        }
    }
    if (started)
        words.push(word);
    return { words, unclosed: quoted };
}

;// CONCATENATED MODULE: ./lib/action/fields.ts
/**
 * The kinds of input, and the one grammar that all actions share: durations `90s` `15m` `2h` `7d`, sizes `500MB`
 * `20GB`, booleans as YAML 1.2 writes them, lists one per line with `#` comments, and entries
 * `value key=… flag` where a quoted "…" may hold spaces.
 */

/** What a field's parse throws: all that is wrong with the value. */
class Refusal extends Error {
    name = 'Refusal';
    parts;
    constructor(parts) {
        super(parts.map((part) => `${part.given}: ${part.allowed}`).join('; '));
        this.parts = parts;
    }
}
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
/** One line or block of text. With a default of '' the action gets '' when nothing is given. */
function fields_text(options = {}) {
    const allowed = options.allowed ?? 'text without control characters';
    const maxLength = options.maxLength ?? 4096;
    return {
        kind: 'text',
        default: options.default,
        secret: false,
        allowed,
        parse: (raw) => {
            if (raw === '')
                return '';
            if (raw.length > maxLength)
                throw refuse(`${raw.length} characters`, `at most ${maxLength} characters`);
            if (CONTROL.test(raw))
                throw refuse(raw, 'text without control characters');
            if (options.pattern !== undefined && !options.pattern.test(raw))
                throw refuse(raw, allowed, options.fix);
            return raw;
        }
    };
}
/** A secret: masked in everything that is shown, never part of a message. */
function secret(options = {}) {
    return {
        kind: 'secret',
        default: options.default ?? '',
        secret: true,
        allowed: 'a secret without line breaks',
        parse: (raw) => {
            if (/[\0\r\n]/.test(raw))
                throw refuse('***', 'a secret without line breaks');
            return raw;
        }
    };
}
/** A boolean of YAML 1.2's core schema. */
function flag(byDefault) {
    const allowed = 'true or false';
    return {
        kind: 'boolean',
        default: String(byDefault),
        secret: false,
        allowed,
        parse: (raw) => {
            if (/^(true|True|TRUE)$/.test(raw))
                return true;
            if (/^(false|False|FALSE)$/.test(raw))
                return false;
            throw refuse(raw, allowed);
        }
    };
}
/** A whole number within bounds, both included. */
function integer(options) {
    const allowed = `a whole number from ${options.min} to ${options.max}`;
    return {
        kind: 'integer',
        default: String(options.default),
        secret: false,
        allowed,
        parse: (raw) => {
            const value = /^-?\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN;
            if (!(value >= options.min && value <= options.max))
                throw refuse(raw, allowed);
            return value;
        }
    };
}
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };
/** A span of time; the action gets milliseconds. */
function duration(byDefault) {
    const allowed = 'a number with s, m, h or d, such as 90s, 15m, 2h or 7d';
    return {
        kind: 'duration',
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            const match = /^(\d{1,9}(?:\.\d{1,3})?)(s|m|h|d)$/.exec(raw);
            if (match === null)
                throw refuse(raw, allowed);
            return Number(match[1]) * (SECONDS[match[2] ?? ''] ?? Number.NaN) * 1000;
        }
    };
}
const BYTES = {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40
};
/** A number of bytes; undefined when '' is given or the default. */
function size(byDefault) {
    const allowed = 'a number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 20GB';
    return {
        kind: 'size',
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            if (raw === '')
                return undefined;
            const match = /^(\d{1,12}(?:\.\d{1,3})?) ?([A-Za-z]{1,3})$/.exec(raw);
            const unit = BYTES[match?.[2] ?? ''];
            if (match === null || unit === undefined)
                throw refuse(raw, allowed);
            return Math.round(Number(match[1]) * unit);
        }
    };
}
/** One of a few words. */
function choice(values, byDefault) {
    const allowed = `one of ${values.join(', ')}`;
    return {
        kind: `choice(${values.join(' ')})`,
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            const found = values.find((value) => value === raw);
            if (found === undefined)
                throw refuse(raw, allowed);
            return found;
        }
    };
}
/** One text per line; empty lines and comments left out. */
function lines(options = {}) {
    const allowed = options.allowed ?? 'one value per line';
    const max = options.max ?? 10_000;
    return {
        kind: 'lines',
        default: options.default ?? '',
        secret: false,
        allowed,
        parse: (raw) => {
            const all = splitLines(raw).map((line) => line.text);
            if (all.length > max)
                throw refuse(`${all.length} lines`, `at most ${max} lines`);
            const parts = all.flatMap((line) => {
                const reason = CONTROL.test(line) ? 'text without control characters' : options.refuse?.(line);
                return reason === undefined ? [] : [{ given: line, allowed: reason }];
            });
            if (parts.length > 0)
                throw new Refusal(parts);
            return all;
        }
    };
}
/** Entries `value key=… flag`, one per line. */
function entries(options) {
    const keys = options.keys ?? [];
    const flags = options.flags ?? [];
    return {
        kind: 'entries',
        default: options.default ?? '',
        secret: false,
        allowed: options.allowed,
        parse: (raw) => {
            const all = splitLines(raw);
            const max = options.max ?? 1000;
            if (all.length > max)
                throw refuse(`${all.length} entries`, `at most ${max} entries`);
            const parts = [];
            const parsed = [];
            for (const line of all) {
                const { entry, problems } = parseEntry(line, keys, flags);
                const reasons = problems.length > 0 ? problems : (options.refuse?.(entry) ?? []);
                for (const reason of reasons)
                    parts.push({ given: line.text, allowed: reason });
                parsed.push(entry);
            }
            if (parts.length > 0)
                throw new Refusal(parts);
            return parsed;
        }
    };
}
/** A number of things, or a percentage of them. */
function countOrPercent(byDefault) {
    const allowed = 'a whole number, or a percentage from 0% to 100%';
    return {
        kind: 'count-or-percent',
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            if (/^\d{1,9}$/.test(raw))
                return { count: Number(raw) };
            const match = /^(\d{1,3}(?:\.\d+)?)%$/.exec(raw);
            const percent = Number(match?.[1] ?? Number.NaN);
            if (!(percent <= 100))
                throw refuse(raw, allowed);
            return { percent };
        }
    };
}
/** How many of `total` that is at the least: a percentage is rounded up. */
function atLeast(wanted, total) {
    return 'count' in wanted ? wanted.count : Math.ceil((wanted.percent / 100) * total);
}
/** Shorthand for a refusal with one part. */
function refuse(given, allowed, fix) {
    return new Refusal([fix === undefined ? { given, allowed } : { given, allowed, fix }]);
}

;// CONCATENATED MODULE: ./lib/action/common.ts
/**
 * Inputs that several actions have: one field and one description each, so that a name means the same everywhere.
 * A test compares the descriptions with every action.yml.
 */

/** What an entry may have, for inputs that several actions have; an action adds what it refuses. */
const grammars = {
    registries: {
        allowed: 'a registry with its namespace, such as ghcr.io/neurodesk or docker.io/vnmd',
        keys: ['image', 'username-env', 'password-env'],
        flags: ['optional']
    },
    stores: {
        allowed: 'an rclone remote path or a public http(s) URL',
        keys: ['name', 'public-url', 'prefix'],
        flags: ['required']
    }
};
const common = {
    'dry-run': flag(false),
    'report-path': fields_text({ default: '', allowed: 'a path; empty for one below RUNNER_TEMP', maxLength: 1024 }),
    token: secret(),
    timeout: duration('30s'),
    'max-parallel': integer({ default: 8, min: 1, max: 64 }),
    catalogue: fields_text({ default: '', allowed: 'a path or an http(s) URL', maxLength: 2048 }),
    registries: entries(grammars.registries),
    stores: entries(grammars.stores),
    'junit-path': fields_text({ default: '', allowed: 'a path; empty for none', maxLength: 1024 })
};
const commonDescriptions = {
    'dry-run': 'Say what would be done, and change nothing outside of this machine.',
    'report-path': 'Where the report (JSON) is written. Default: a file below RUNNER_TEMP, named by the output `report`.',
    token: "Token for GitHub's API.",
    registries: 'Registries with their namespace, such as `docker.io/vnmd`, one per line, the first one first. A line without a namespace (`docker.io/`) is skipped, as on forks. Attributes: `image=` another name there, `username-env=` and `password-env=` variables with a login, `optional` it may fail.',
    stores: 'Object stores, one per line: an rclone remote path (`nectar:neurodesk`, `:local:/srv/store`), or the public URL of one that is only read. Attributes: `name=`, `public-url=` where users read it, `prefix=` before every name, `required`. When none is required, all are.',
    catalogue: "Path or http(s) URL of the catalogue: NeuroDesk's apps.json, or its log.txt where names are enough.",
    timeout: 'Longest time for one request, or for one call of a command.',
    'max-parallel': 'How much is under way at once, at most.',
    'smoke-file': 'Path of a YAML file that says what must work; the README tells its form. Empty for none.',
    labels: 'Labels for what is made, one per line: `name=value` on an image, a name on an issue.',
    'min-free': 'Disk space that has to be free, on top of what the work itself is known to need.',
    'junit-path': 'Path of a JUnit file for the results. Empty for none.'
};

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
;// CONCATENATED MODULE: ./lib/action/read.ts
/** From INPUT_* to one readonly object, with every problem reported at once. Pure: the environment is an argument. */


/**
 * Reads every input of the schema.
 * @throws InputError with all problems, those of `check` (rules between inputs) included.
 */
function readInputs(schema, env, check) {
    const problems = [];
    const values = {};
    for (const [name, field] of Object.entries(schema)) {
        const raw = (env[variableOf(name)] ?? '').trim();
        const given = raw === '' ? field.default : raw;
        if (given === undefined) {
            problems.push({ input: name, given: '', allowed: field.allowed, fix: `add \`${name}:\` to \`with:\`` });
            continue;
        }
        try {
            values[camel(name)] = field.parse(given);
        }
        catch (error) {
            if (!(error instanceof Refusal))
                throw error;
            problems.push(...error.parts.map((part) => ({
                input: name,
                ...part,
                given: field.secret ? '***' : cut(part.given)
            })));
        }
    }
    const inputs = values;
    // Rules between inputs only make sense when each of them could be read.
    if (problems.length === 0)
        problems.push(...(check?.(inputs) ?? []));
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return inputs;
}
/** The values of secret inputs, to be masked before anything else happens. */
function secretsOf(schema, env) {
    return Object.entries(schema)
        .filter(([, field]) => field.secret)
        .map(([name]) => env[variableOf(name)]?.trim() ?? '')
        .filter((value) => value !== '');
}
/** One sentence for each INPUT_* that no input has, with the nearest name that there is. */
function unknownInputs(schema, env) {
    const known = new Map(Object.keys(schema).map((name) => [variableOf(name), name]));
    return Object.keys(env)
        .filter((variable) => variable.startsWith('INPUT_') && !known.has(variable))
        .map((variable) => {
        const given = variable.slice('INPUT_'.length).toLowerCase();
        const near = nearest(given, [...known.values()]);
        const hint = near === undefined ? '' : `; did you mean \`${near}\`?`;
        return `unknown input \`${given}\` is ignored${hint}`;
    });
}
/** The variable in which the runner passes an input (it keeps hyphens, and upper-cases). */
function variableOf(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
/** `max-parallel` -> `maxParallel`. */
function camel(name) {
    return name.replace(/-(.)/g, (_, character) => character.toUpperCase());
}
function nearest(given, names) {
    const ranked = names
        .map((name) => ({ name, distance: editDistance(given.replaceAll('_', '-'), name) }))
        .sort((a, b) => a.distance - b.distance);
    const best = ranked[0];
    return best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3))
        ? best.name
        : undefined;
}
function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
function cut(given) {
    return given.length > 200 ? `${given.slice(0, 200)}…` : given;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var lib_http = __nccwpck_require__(7726);
// EXTERNAL MODULE: ./lib/shell/index.ts + 6 modules
var shell = __nccwpck_require__(4476);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./lib/action/commands.ts
/**
 * What a step says to its runner: commands on stdout, values in files.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 *
 * Own code, because @actions/core brings an HTTP client for OIDC, which no action uses and which takes as long to
 * load as all the rest of a bundle. A test holds every byte to what the toolkit writes.
 */



/** A line of the log. Text from outside that looks like a command stays text. */
function info(message) {
    print(message.replace(/^(\s*)(::|##\[)/gm, '$1\u200B$2'));
}
function debug(message) {
    issue('debug', message);
}
function annotate(kind, message, properties = {}) {
    issue(kind, message, properties);
}
function startGroup(title) {
    issue('group', title);
}
function endGroup() {
    issue('endgroup', '');
}
/** From here on the runner shows *** in its place. */
function setSecret(secret) {
    issue('add-mask', secret);
}
function setOutput(name, value) {
    if (!append('GITHUB_OUTPUT', keyed(name, value)))
        issue('set-output', value, { name });
}
/** The post step gets it from getState; the last value of a name counts. */
function saveState(name, value) {
    if (!append('GITHUB_STATE', keyed(name, value)))
        issue('save-state', value, { name });
}
function getState(name) {
    return process.env[`STATE_${name}`] ?? '';
}
/** Adds Markdown to the summary of the step. False where there is none, as in a run by hand. */
function addSummary(markdown) {
    const file = fileOf('GITHUB_STEP_SUMMARY');
    if (file === undefined)
        return false;
    (0,external_node_fs_.appendFileSync)(file, markdown);
    return true;
}
function issue(command, message, properties = {}) {
    const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
    const pairs = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    print(`::${command}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(message)}`);
}
function print(line) {
    process.stdout.write(line + external_node_os_namespaceObject.EOL);
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
/** `name<<delimiter`, the value, the delimiter: nobody can know it, so no value can end early and set another name. */
function keyed(name, value) {
    const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    if (name.includes(delimiter) || value.includes(delimiter))
        throw new Error(`the value of ${name} holds the delimiter that was drawn for it`);
    return `${name}<<${delimiter}${external_node_os_namespaceObject.EOL}${value}${external_node_os_namespaceObject.EOL}${delimiter}`;
}
function append(variable, text) {
    const file = fileOf(variable);
    if (file === undefined)
        return false;
    // The runner made it. One that is not there is somebody's mistake, and a new one would be read by nobody.
    (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.W_OK);
    (0,external_node_fs_.appendFileSync)(file, text + external_node_os_namespaceObject.EOL);
    return true;
}
function fileOf(variable) {
    const file = process.env[variable];
    return file === undefined || file === '' ? undefined : file;
}

;// CONCATENATED MODULE: ./lib/action/cleanup.ts
/**
 * What must be gone afterwards is written to the step's state before it exists, so that the post step can remove
 * it, also when main was killed. GITHUB_STATE is a file that is appended to: the last value of a name counts.
 */





const STATE_NAME = 'resources';
/** The cleanup port of main: keeps the state up to date. */
function createCleanup(save = saveState) {
    const open = [];
    return {
        open,
        register: (resource) => {
            open.push({ kind: resource.kind, id: resource.id });
            save(STATE_NAME, JSON.stringify(open));
        },
        release: (resource) => {
            const index = open.findIndex((other) => other.kind === resource.kind && other.id === resource.id);
            if (index === -1)
                return;
            open.splice(index, 1);
            save(STATE_NAME, JSON.stringify(open));
        }
    };
}
/** What main left in the state, newest first: a container goes before the folder that it was given. */
function resourcesIn(state) {
    if (state === undefined || state === '')
        return [];
    const value = JSON.parse(state);
    if (!Array.isArray(value))
        return [];
    return value.filter(isResource).reverse();
}
/**
 * Removes the resources one after another; a failure does not stop the others.
 * @returns one sentence for each that is still there.
 */
async function removeAll(resources, cleaners, ports) {
    const failures = [];
    for (const { kind, id } of resources) {
        const cleaner = cleaners[kind];
        try {
            if (cleaner === undefined)
                throw new Error('nothing here knows how to remove it');
            await cleaner(id, ports);
            ports.log.debug(`removed ${kind} ${id}`);
        }
        catch (error) {
            failures.push(`${kind} ${id} is still there: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    }
    return failures;
}
/** The kinds that every action has: a folder below RUNNER_TEMP, and processes by their tracking id. */
function builtInCleaners(runnerTemp, log) {
    return {
        folder: async (id) => {
            const inside = external_node_path_default().relative(external_node_path_default().resolve(runnerTemp), external_node_path_default().resolve(id));
            if (inside === '' || inside.startsWith('..') || external_node_path_default().isAbsolute(inside)) {
                throw new Error('it does not lie below RUNNER_TEMP');
            }
            await (0,promises_.rm)(id, { recursive: true, force: true, maxRetries: 3 });
        },
        process: async (id) => {
            const count = await (0,shell/* endTracked */.Et)(id);
            if (count > 0)
                log.debug(`ended ${count} processes that were left`);
        }
    };
}
function isResource(value) {
    return (typeof value === 'object' &&
        value !== null &&
        'kind' in value &&
        typeof value.kind === 'string' &&
        'id' in value &&
        typeof value.id === 'string');
}

// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __nccwpck_require__(8066);
;// CONCATENATED MODULE: ./lib/action/log.ts
/** The log port over the runner's commands: groups, progress, masking, and at most ten annotations of a kind. */


/** The runner drops what is above ten of a kind and step without a word. */
const MAX_ANNOTATIONS = 10;
const PROGRESS_EVERY_MS = 5_000;
/** The log of one step. */
function createLog(clock) {
    const secrets = [];
    const redact = (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    const held = {
        notice: [],
        warning: [],
        error: []
    };
    const shown = { notice: 0, warning: 0, error: 0 };
    const annotate = (kind, message, place) => {
        const text = redact(message);
        // The tenth waits: it is either itself, or the line that says how many more there are.
        if (shown[kind] < MAX_ANNOTATIONS - 1) {
            shown[kind]++;
            emit(kind, text, place);
        }
        else {
            held[kind].push({ message: text, place });
            info(`${kind}: ${text}`);
        }
    };
    return {
        debug: (message) => debug(redact(message)),
        info: (message) => info(redact(message)),
        notice: (message, place) => annotate('notice', message, place),
        warning: (message, place) => annotate('warning', message, place),
        error: (message, place) => annotate('error', message, place),
        group: async (title, body) => await group(redact(title), clock, body),
        mask: (secret) => {
            for (const form of formsOf(secret)) {
                if (secrets.includes(form))
                    continue;
                setSecret(form);
                secrets.push(form);
            }
        },
        progress: (label, total) => createProgress(redact(label), total, clock, (line) => info(line)),
        redact,
        flush: () => {
            for (const kind of ['error', 'warning', 'notice']) {
                const [first, ...rest] = held[kind].splice(0);
                if (first === undefined)
                    continue;
                if (rest.length === 0)
                    emit(kind, first.message, first.place);
                else
                    emit(kind, `and ${rest.length + 1} more of this kind: see the log and the summary`, undefined);
            }
        }
    };
}
/** A secret in the forms in which tools repeat it: as it is, line by line, base64, URL-encoded. */
function formsOf(secret) {
    const whole = secret.trim();
    if (whole === '')
        return [];
    const parts = whole.split(/\r?\n/).map((line) => line.trim());
    const encoded = [Buffer.from(whole).toString('base64'), encodeURIComponent(whole)];
    // A text of one or two characters stands everywhere: masking it would hide the log.
    return [...new Set([whole, ...parts, ...encoded])].filter((form) => form.length > 2);
}
function emit(kind, message, place) {
    const { title, file, line, column } = place ?? {};
    annotate(kind, message, { title, file, line, col: column });
}
async function group(title, clock, body) {
    startGroup(title);
    const started = clock.now();
    try {
        return await body();
    }
    finally {
        info(`(${title}: ${(0,markdown/* span */.Ln)(clock.now() - started)})`);
        endGroup();
    }
}
function createProgress(label, total, clock, print) {
    const started = clock.now();
    let last = started;
    let items = 0;
    let moved = 0;
    return {
        add: (done) => {
            items += done.items ?? 0;
            moved += done.bytes ?? 0;
            const now = clock.now();
            if (now - last < PROGRESS_EVERY_MS)
                return;
            last = now;
            print(progressLine(label, total, { items, bytes: moved }, now - started));
        },
        end: () => {
            const elapsed = clock.now() - started;
            if (elapsed >= PROGRESS_EVERY_MS)
                print(progressLine(label, total, { items, bytes: moved }, elapsed));
        }
    };
}
/** One line of progress: items, bytes, rate and the time that is left. Pure. */
function progressLine(label, total, done, elapsedMs) {
    const parts = [];
    if (total.items !== undefined)
        parts.push(`${done.items}/${total.items}`);
    const seconds = elapsedMs / 1000;
    if (total.bytes !== undefined || done.bytes > 0) {
        parts.push(total.bytes === undefined ? (0,markdown/* bytes */.ee)(done.bytes) : `${(0,markdown/* bytes */.ee)(done.bytes)} of ${(0,markdown/* bytes */.ee)(total.bytes)}`);
        if (seconds > 0)
            parts.push(`${(0,markdown/* bytes */.ee)(done.bytes / seconds)}/s`);
    }
    const share = total.bytes ? done.bytes / total.bytes : total.items ? done.items / total.items : 0;
    if (share > 0 && share < 1)
        parts.push(`${(0,markdown/* span */.Ln)((elapsedMs * (1 - share)) / share)} left`);
    else
        parts.push((0,markdown/* span */.Ln)(elapsedMs));
    return `${label}: ${parts.join(', ')}`;
}

;// CONCATENATED MODULE: ./lib/report/types.ts
/**
 * The one report that every action writes and others read. Published as docs/schemas/report.schema.json; a test
 * holds the two together.
 */
const REPORT_SCHEMA = 'https://neurodesk.org/ci/report-1.json';

;// CONCATENATED MODULE: ./lib/action/runner.ts
/** The one place that reads the runner's environment. */




/** What the runner says about this run; with neutral values where an action is run by hand. */
function readRunner(action, env, signal) {
    const text = (name, otherwise = '') => {
        const value = env[name];
        return value === undefined || value === '' ? otherwise : value;
    };
    return {
        temp: external_node_path_default().join(runnerTemp(env), `neurodesk-ci-${action}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`),
        workspace: text('GITHUB_WORKSPACE', process.cwd()),
        toolCache: text('RUNNER_TOOL_CACHE', external_node_path_default().join(runnerTemp(env), 'tool-cache')),
        repository: text('GITHUB_REPOSITORY'),
        sha: text('GITHUB_SHA'),
        ref: text('GITHUB_REF'),
        workflow: text('GITHUB_WORKFLOW'),
        runId: text('GITHUB_RUN_ID'),
        runAttempt: Number(text('GITHUB_RUN_ATTEMPT', '1')),
        eventName: text('GITHUB_EVENT_NAME'),
        event: readEvent(text('GITHUB_EVENT_PATH')),
        actor: text('GITHUB_ACTOR'),
        triggeringActor: text('GITHUB_TRIGGERING_ACTOR', text('GITHUB_ACTOR')),
        apiUrl: text('GITHUB_API_URL', 'https://api.github.com'),
        serverUrl: text('GITHUB_SERVER_URL', 'https://github.com'),
        env: withoutInputs(env),
        signal
    };
}
/** RUNNER_TEMP, or the system's folder where there is no runner. */
function runnerTemp(env) {
    const given = env['RUNNER_TEMP'];
    return given === undefined || given === '' ? (0,external_node_os_namespaceObject.tmpdir)() : given;
}
/** Children must not see inputs, some of which are secrets, nor the files that speak to the runner. */
function withoutInputs(env) {
    const files = new Set(['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY']);
    return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_') && !name.startsWith('STATE_') && !files.has(name)));
}
function readEvent(file) {
    if (file === '')
        return {};
    try {
        const value = JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
        return typeof value === 'object' && value !== null ? value : {};
    }
    catch {
        // No event is known: what needs one says so.
        return {};
    }
}

;// CONCATENATED MODULE: ./lib/action/outcome.ts
/** What an action found, and how people and other jobs get to see it. */






/** GitHub drops a summary above 1 MiB as a whole, and close to it without a word. */
const MAX_SUMMARY_BYTES = 900 * 1024;
const ORDER = ['error', 'warning', 'unknown', 'notice'];
/** Writes report, outputs, summary and annotations, then sets the exit code. A part that fails does not stop the others. */
async function publish(action, outcome, run, ports, log) {
    const problems = [];
    const part = async (what, write) => {
        try {
            await write();
        }
        catch (error) {
            problems.push(`${what} could not be written: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    };
    const file = run.reportPath === '' ? defaultReportPath(action) : external_node_path_default().resolve(ports.runner.workspace, run.reportPath);
    // First of all: setFailed is an annotation as well, and the reason must not be the eleventh.
    if (outcome.failure !== undefined) {
        log.error(outcome.failure);
        process.exitCode = 1;
    }
    await part('the report', async () => await writeReport(file, log.redact(JSON.stringify(toReport(action, outcome, run), null, 2)), ports));
    await part('the outputs', async () => {
        const outputs = { ok: String(outcome.verdict === 'ok'), report: file, ...outcome.outputs };
        for (const [name, value] of Object.entries(outputs))
            setOutput(name, log.redact(value));
        await Promise.resolve();
    });
    await part('the summary', async () => {
        // Run by hand there is no file for it; the report and the log say the same.
        addSummary((0,markdown/* cut */.Jj)(`${log.redact(toSummary(action, outcome)).trimEnd()}\n\n`, MAX_SUMMARY_BYTES));
        await Promise.resolve();
    });
    outcome_annotate(outcome.findings, log);
    for (const problem of problems) {
        log.error(problem);
        process.exitCode = 1;
    }
    log.info(outcome.headline);
    log.flush();
}
function toReport(action, outcome, run) {
    return {
        schema: REPORT_SCHEMA,
        action,
        started: new Date(run.started).toISOString(),
        finished: new Date(run.finished).toISOString(),
        verdict: outcome.verdict,
        headline: outcome.headline,
        findings: outcome.findings,
        ...(outcome.subjects === undefined ? {} : { subjects: outcome.subjects }),
        figures: outcome.figures,
        ...(outcome.details === undefined ? {} : { details: outcome.details })
    };
}
function toSummary(action, outcome) {
    if (outcome.summary !== '')
        return outcome.summary;
    const lines = (outcome.failure ?? outcome.headline).split('\n').filter((line) => line.trim() !== '');
    return `## ${action}\n\n${lines.map((line) => `> ${(0,markdown/* escape */.ih)(line)}`).join('\n>\n')}\n`;
}
async function writeReport(file, json, ports) {
    await ports.fs.mkdir(external_node_path_default().dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    try {
        await ports.fs.writeFile(temporary, `${json}\n`);
        await ports.fs.rename(temporary, file);
    }
    finally {
        await ports.fs.rm(temporary, { force: true });
    }
}
function outcome_annotate(findings, log) {
    const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
    for (const finding of sorted) {
        const sentences = [finding.message, finding.hint].filter((sentence) => sentence !== undefined).map(ended);
        const message = `${finding.subject}: ${sentences.join(' ')}`;
        if (finding.severity === 'error')
            log.error(message, finding.place);
        else if (finding.severity === 'notice')
            log.notice(message, finding.place);
        else
            log.warning(message, finding.place);
    }
}
function ended(sentence) {
    return /[.!?:)\]]$/.test(sentence) ? sentence : `${sentence}.`;
}
function defaultReportPath(action) {
    return external_node_path_default().join(runnerTemp(process.env), 'neurodesk-ci-reports', `${action}.json`);
}

;// CONCATENATED MODULE: ./lib/action/run-action.ts
/** The shell of every action: inputs, ports, run, report, outputs, summary, annotations, and only then the failure. */











/** How long a cancelled run gets to come to its end before it is left behind. The runner kills after 10 s. */
const CANCEL_GRACE_MS = 6_000;
const LEAVE_AFTER_MS = 5_000;
/** Ties the types of an action together. */
function defineAction(action) {
    return action;
}
/**
 * Runs main, or post when main of the same step has run. Never throws: the exit code is set, everything else is
 * in the log, the report, the outputs and the summary.
 */
async function runAction(action) {
    const cancel = new AbortController();
    const clock = realClock();
    const log = createLog(clock);
    const runner = readRunner(action.name, process.env, cancel.signal);
    const http = (0,lib_http/* createHttp */.V0)({
        userAgent: `neurodesk-ci/${action.name} (+https://github.com/neurodesk/ci)`,
        signal: cancel.signal,
        proxyEnv: runner.env
    });
    const cleanup = createCleanup();
    const exec = (0,shell/* createExec */.k7)({
        env: runner.env,
        redact: log.redact,
        print: (line) => info(line),
        signal: cancel.signal,
        trackingId: external_node_path_default().basename(runner.temp)
    });
    const base = { exec, http, clock, fs: promises_, log, cleanup, runner };
    const cleaners = { ...builtInCleaners(runnerTemp(process.env), log), ...action.cleaners };
    if (getState('isPost') === 'true') {
        await post(base, cleaners);
    }
    else {
        saveState('isPost', 'true');
        await main(action, base, log, cancel);
        if (cancel.signal.aborted || process.env['GITHUB_ACTIONS'] !== 'true') {
            for (const failure of await removeAll([...cleanup.open].reverse(), cleaners, base))
                log.warning(failure);
        }
    }
    http.close();
    leave(cancel.signal.aborted ? 0 : LEAVE_AFTER_MS);
}
/**
 * The process ends by itself when nothing is left to do. What a cancelled run left open, or a handle that was
 * forgotten, must not hold the job: the timer fires only when something else keeps the process alive.
 */
function leave(afterMs) {
    // eslint-disable-next-line no-restricted-properties -- everything is written; this is the way out
    setTimeout(() => process.exit(), afterMs).unref();
}
async function main(action, base, log, cancel) {
    const started = base.clock.now();
    let reportPath = '';
    const stopListening = listenForCancel(cancel, log);
    let outcome;
    try {
        for (const secret of secretsOf(action.inputs, process.env))
            log.mask(secret);
        for (const sentence of unknownInputs(action.inputs, process.env))
            log.warning(sentence);
        const inputs = readInputs(action.inputs, process.env, action.check);
        reportPath = 'reportPath' in inputs && typeof inputs.reportPath === 'string' ? inputs.reportPath : '';
        base.cleanup.register({ kind: 'folder', id: base.runner.temp });
        base.cleanup.register({ kind: 'process', id: external_node_path_default().basename(base.runner.temp) });
        await base.fs.mkdir(base.runner.temp, { recursive: true, mode: 0o700 });
        outcome = await orCancelled(action.run(inputs, action.ports(base, inputs)), cancel.signal);
    }
    catch (error) {
        outcome = cancel.signal.aborted ? cancelled() : failed(error, log);
    }
    await publish(action.name, outcome, { started, finished: base.clock.now(), reportPath }, base, log);
    stopListening();
}
async function post(base, cleaners) {
    const failures = await removeAll(resourcesIn(getState('resources')), cleaners, base);
    // What stays behind on a self-hosted runner costs the next job: say it, but do not turn a good run red.
    for (const failure of failures)
        base.log.warning(failure);
}
function listenForCancel(cancel, log) {
    const onSignal = (signal) => {
        if (cancel.signal.aborted)
            return;
        log.info(`${signal}: stopping`);
        cancel.abort(new Error(`cancelled by ${signal}`));
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return () => {
        process.off('SIGINT', onSignal);
        process.off('SIGTERM', onSignal);
    };
}
async function orCancelled(run, signal) {
    const { promise: timeUp, reject } = Promise.withResolvers();
    let timer;
    const onAbort = () => {
        timer = setTimeout(() => reject(new Error('the run did not stop in time')), CANCEL_GRACE_MS);
    };
    signal.addEventListener('abort', onAbort);
    try {
        return await Promise.race([run, timeUp]);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
    }
}
function cancelled() {
    const headline = 'Cancelled before it was done.';
    return {
        verdict: 'cancelled',
        headline,
        findings: [],
        figures: {},
        outputs: {},
        summary: '',
        failure: headline
    };
}
function failed(error, log) {
    const message = (0,failure/* messageOf */.bD)(error);
    if (!(0,failure/* isExpected */.Dn)(error)) {
        const stack = error instanceof Error ? (error.stack ?? '') : '';
        log.info(`This is a bug of the action. Please report it with the following: https://github.com/neurodesk/ci/issues\n${stack}`);
    }
    const headline = message.split('\n', 1)[0] ?? '';
    const verdict = error instanceof Error && error.name === 'TransientError' ? 'unknown' : 'failed';
    return { verdict, headline, findings: [], figures: {}, outputs: {}, summary: '', failure: message };
}
function realClock() {
    return {
        now: () => Date.now(),
        sleep: (ms, signal) => new Promise((resolve, reject) => {
            signal?.throwIfAborted();
            const onAbort = () => {
                clearTimeout(timer);
                reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
            };
            const timer = setTimeout(() => {
                signal?.removeEventListener('abort', onAbort);
                resolve();
            }, ms);
            signal?.addEventListener('abort', onAbort, { once: true });
        })
    };
}

;// CONCATENATED MODULE: ./lib/action/index.ts







/***/ }),

/***/ 5325:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  gZ: () => (/* reexport */ names_parseContainerName),
  YW: () => (/* reexport */ readCatalogue),
  X9: () => (/* reexport */ names_unsafeBecause)
});

// UNUSED EXPORTS: GRANDFATHERED, compareCatalogues, isDate, isLog, isPrimary, notAnImageBecause, parseJson, plain, readCatalogueLog, readLog, writeAppList, writeLog

;// CONCATENATED MODULE: ./lib/catalogue/names.ts
/**
 * Names of containers: NAME_VERSION_BUILDDATE. Always read from the right, because since 2026 a NAME may hold
 * underscores and hyphens (neurodesktop-lite_arm64_20260428_20260813). A name ends up in paths, URLs, shell
 * scripts and in file names on CVMFS, so what is not plain is refused here, once.
 */
/** Longest id: with `.simg` and the suffix of a temp file it must fit the 255 bytes of a file name. */
const MAX_NAME_LENGTH = 200;
/** Build dates that are no dates and have been in the catalogue for years; new ones are refused. */
const GRANDFATHERED = ['mrtrix3src_latest_latest'];
const ARCHITECTURES = new Map([
    ['arm64', 'arm64'],
    ['aarch64', 'arm64'],
    ['amd64', 'amd64']
]);
/** Takes `NAME_VERSION_BUILDDATE` apart; undefined when there are not at least three parts. */
function names_parseContainerName(id) {
    const [image, buildDate] = cutRight(id);
    if (image === '' || buildDate === '')
        return undefined;
    const [before, last] = cutRight(image);
    if (before === '' || last === '')
        return undefined;
    // amico_2.1.0_arm64: the architecture behind the version is a suffix of the image, not a version.
    const suffix = ARCHITECTURES.get(last);
    const [name, version] = suffix === undefined ? [before, last] : cutRight(before);
    if (name === '' || version === '')
        return undefined;
    const [, nameSuffix] = cutRight(name);
    return {
        id,
        image,
        name,
        version,
        buildDate,
        architecture: suffix ?? ARCHITECTURES.get(nameSuffix) ?? 'amd64'
    };
}
/** Why a text must not become part of a path, a URL or a command; undefined when it is plain. */
function names_unsafeBecause(text) {
    if (text === '')
        return 'it is empty';
    if (text.length > MAX_NAME_LENGTH)
        return `it has ${text.length} characters, at most ${MAX_NAME_LENGTH} are allowed`;
    const strange = /[^A-Za-z0-9._-]/u.exec(text);
    if (strange !== null) {
        const code = strange[0].codePointAt(0) ?? 0;
        const printable = code > 0x20 && code < 0x7f;
        const shown = printable
            ? `"${strange[0]}"`
            : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
        return `it has ${shown}; only letters, digits, ".", "_" and "-" are safe in a path, a URL and a shell`;
    }
    if (!/^[A-Za-z0-9]/.test(text))
        return `it begins with "${text[0] ?? ''}"`;
    if (text.includes('..'))
        return 'it has ".."';
    return undefined;
}
/** Why a text cannot be the name of a repository in a registry (OCI distribution, `name`), or undefined. */
function notAnImageBecause(image) {
    if (/[A-Z]/.test(image))
        return 'a registry knows no upper-case names';
    if (!/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(image)) {
        return 'a registry wants letters and digits, parted by single ".", "_", "__" or "-"';
    }
    return undefined;
}
/** True for YYYYMMDD that is a day of the calendar. */
function isDate(text) {
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    if (match === null)
        return false;
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
function cutRight(text) {
    const index = text.lastIndexOf('_');
    return index === -1 ? ['', text] : [text.slice(0, index), text.slice(index + 1)];
}

;// CONCATENATED MODULE: ./lib/catalogue/show.ts
function textOf(member) {
    if (member?.value.kind !== 'scalar' || typeof member.value.value !== 'string')
        return undefined;
    return member.value.value;
}
function isNull(member) {
    return member.value.kind === 'scalar' && member.value.value === null;
}
function isFalse(member) {
    return member?.value.kind === 'scalar' && member.value.value === false;
}
/** A hostile name must not write lines of its own into a log, nor fill it. */
function printable(text) {
    const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
        return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
    });
    return plain.length > 120 ? `${plain.slice(0, 117)}...` : plain;
}
function quote(text) {
    return `"${printable(text)}"`;
}

;// CONCATENATED MODULE: ./lib/catalogue/collection.ts


const DAY = 86_400_000;
class collection_Collection {
    options;
    containers = [];
    refused = [];
    findings = [];
    byObject = new Map();
    constructor(options) {
        this.options = options;
    }
    add(container) {
        const other = this.byObject.get(container.object);
        if (other !== undefined) {
            const reason = `it is the same container as ${quote(other.app)} in line ${other.at.line}`;
            return this.refuse(container.id, 'catalogue-duplicate-container', reason, container.at);
        }
        this.remark(container);
        this.byObject.set(container.object, container);
        this.containers.push(container);
    }
    result(broken) {
        const order = (finding) => (finding.place?.line ?? 0) * 1e6 + (finding.place?.column ?? 0);
        return {
            file: this.options.file,
            containers: this.containers,
            refused: this.refused,
            findings: this.findings.toSorted((a, b) => order(a) - order(b)),
            broken
        };
    }
    refuse(id, kind, reason, at, hint) {
        const shown = printable(id);
        this.refused.push({ id: shown, reason });
        this.find(kind, shown, 'error', `${quote(id)} is refused: ${reason}`, at, hint === undefined ? {} : { hint });
    }
    structure(subject, message, at) {
        this.find('catalogue-structure', printable(subject), 'error', message, at, {});
    }
    find(id, subject, severity, message, at, more) {
        const place = { file: this.options.file, line: at.line, column: at.column };
        this.findings.push({ id, subject: printable(subject), severity, message, ...more, place });
    }
    /** What is odd, but works. */
    remark(container) {
        const { id, image, app, at, buildDate } = container;
        const noImage = notAnImageBecause(image);
        if (noImage !== undefined) {
            const message = `${quote(image)} cannot be the name of an image: ${noImage}`;
            this.find('catalogue-name-no-image', id, 'warning', message, at, {
                hint: 'It can be copied, never converted.'
            });
        }
        const now = this.options.now;
        if (now !== undefined && isDate(buildDate) && buildDate > yyyymmdd(now + 2 * DAY)) {
            this.find('catalogue-date-future', id, 'warning', `its build date ${buildDate} is in the future`, at, {});
        }
        if (/ {2}|^ | $/.test(app)) {
            this.find('catalogue-name-spaces', id, 'warning', `the key ${quote(app)} has more than one space`, at, {});
        }
    }
}
/** Milliseconds since 1970 -> YYYYMMDD, UTC. */
function yyyymmdd(time) {
    return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

;// CONCATENATED MODULE: ./lib/catalogue/json.ts
/**
 * JSON (RFC 8259) with the place of every value, because a finding without a line is a hunt through 4000 lines.
 * It goes on after the mistakes that people make by hand (a comma too few or too many, a key left out), so that one run shows
 * them all; and it sees what JSON.parse hides: keys that stand twice. Key order is kept also for keys that look
 * like numbers, since the order of apps.json is the order of log.txt.
 */
const MAX_DEPTH = 64;
class Broken extends Error {
    at;
    constructor(at, message) {
        super(message);
        this.at = at;
    }
}
/** Reads the whole text; never throws for what the text says. */
function parseJson(text) {
    return new Reader(text).document();
}
/** The plain value of a node. Keys that stand twice: the last value at the first key's position, as in Python. */
function plain(node) {
    if (node.kind === 'scalar')
        return node.value;
    if (node.kind === 'array')
        return node.items.map(plain);
    return Object.fromEntries([...node.members].map(([key, member]) => [key, plain(member.value)]));
}
class Reader {
    text;
    lineStarts = [0];
    position = 0;
    problems = [];
    duplicateKeys = [];
    constructor(text) {
        this.text = text;
        for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
            this.lineStarts.push(index + 1);
        }
    }
    document() {
        let root;
        try {
            if (this.text.startsWith('\uFEFF')) {
                this.problem(0, 'the file begins with a byte order mark, which JSON readers refuse');
                this.position = 1;
            }
            root = this.value(0);
            this.space();
            if (this.position < this.text.length) {
                throw new Broken(this.position, `${this.found()} after the end of the document`);
            }
        }
        catch (error) {
            if (!(error instanceof Broken))
                throw error;
            this.problem(error.at, error.message);
            root = undefined;
        }
        return { root, problems: this.problems, duplicateKeys: this.duplicateKeys };
    }
    value(depth) {
        this.space();
        const start = this.position;
        const at = this.at(start);
        const character = this.text[start];
        if (depth > MAX_DEPTH)
            throw new Broken(start, `nested more than ${MAX_DEPTH} deep`);
        if (character === '{')
            return { kind: 'object', at, members: this.members(depth) };
        if (character === '[')
            return { kind: 'array', at, items: this.items(depth) };
        if (character === '"')
            return { kind: 'scalar', at, value: this.string() };
        for (const [word, value] of [
            ['true', true],
            ['false', false],
            ['null', null]
        ]) {
            if (this.text.startsWith(word, start)) {
                this.position += word.length;
                return { kind: 'scalar', at, value };
            }
        }
        const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
        number.lastIndex = start;
        const match = number.exec(this.text);
        if (match !== null) {
            this.position += match[0].length;
            return { kind: 'scalar', at, value: Number(match[0]) };
        }
        throw new Broken(start, `expected a value, found ${this.found()}`);
    }
    members(depth) {
        const members = new Map();
        this.position++;
        this.sequence('}', 'member of the object', () => {
            if (this.text[this.position] === '{') {
                // A pasted entry whose key was left out: note it, and go on behind it.
                this.problem(this.position, 'a key is missing before this object');
                this.value(depth + 1);
                return;
            }
            if (this.text[this.position] !== '"') {
                throw new Broken(this.position, `expected a key in double quotes, found ${this.found()}`);
            }
            const at = this.at(this.position);
            const key = this.string();
            this.space();
            if (this.text[this.position] !== ':') {
                throw new Broken(this.position, `expected ':' after the key ${JSON.stringify(key)}, found ${this.found()}`);
            }
            this.position++;
            const value = this.value(depth + 1);
            const first = members.get(key);
            if (first !== undefined)
                this.duplicateKeys.push({ key, at, first: first.at });
            members.set(key, { at, value });
        });
        return members;
    }
    items(depth) {
        const items = [];
        this.position++;
        this.sequence(']', 'item of the list', () => items.push(this.value(depth + 1)));
        return items;
    }
    /** One element after the other up to `close`; a comma too few or too many is noted and passed over. */
    sequence(close, element, read) {
        let afterComma;
        let any = false;
        for (;;) {
            this.space();
            const character = this.text[this.position];
            if (character === close) {
                if (afterComma !== undefined)
                    this.problem(afterComma, `a comma before the closing '${close}'`);
                this.position++;
                return;
            }
            if (character === undefined)
                throw new Broken(this.position, `the text ends before the closing '${close}'`);
            if (character === ',') {
                throw new Broken(this.position, `expected ${element === 'item of the list' ? 'an' : 'a'} ${element}, found ','`);
            }
            if (any && afterComma === undefined) {
                if (!/["{[\w-]/.test(character)) {
                    throw new Broken(this.position, `expected ',' or '${close}', found ${this.found()}`);
                }
                this.problem(this.position, `a comma is missing before this ${element}`);
            }
            read();
            any = true;
            this.space();
            afterComma = this.text[this.position] === ',' ? this.position++ : undefined;
        }
    }
    string() {
        const start = this.position;
        let result = '';
        let from = start + 1;
        for (let index = from;; index++) {
            const code = this.text.charCodeAt(index);
            if (Number.isNaN(code))
                throw new Broken(start, 'a string that is never closed');
            if (code === 0x22) {
                this.position = index + 1;
                return result + this.text.slice(from, index);
            }
            if (code < 0x20) {
                throw new Broken(index, `a ${code === 0x0a ? 'line break' : 'control character'} inside a string`);
            }
            if (code === 0x5c) {
                result += this.text.slice(from, index);
                const [character, length] = this.escape(index);
                result += character;
                index += length - 1;
                from = index + 1;
            }
        }
    }
    escape(index) {
        const letter = this.text[index + 1] ?? '';
        const simple = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[letter];
        if (simple !== undefined)
            return [simple, 2];
        const hex = this.text.slice(index + 2, index + 6);
        if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex))
            return [String.fromCharCode(Number.parseInt(hex, 16)), 6];
        throw new Broken(index, `an escape that JSON does not know: \\${letter}`);
    }
    space() {
        while (/[ \t\r\n]/.test(this.text[this.position] ?? ''))
            this.position++;
    }
    found() {
        const character = this.text.codePointAt(this.position);
        if (character === undefined)
            return 'the end of the text';
        return JSON.stringify(String.fromCodePoint(character));
    }
    problem(position, message) {
        this.problems.push({ at: this.at(position), message });
    }
    at(position) {
        let low = 0;
        let high = this.lineStarts.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if ((this.lineStarts[middle] ?? 0) <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return { line: low + 1, column: position - (this.lineStarts[low] ?? 0) + 1 };
    }
}

;// CONCATENATED MODULE: ./lib/catalogue/read.ts
/**
 * apps.json -> containers. Reads every apps.json of 2025 and 2026: `{tool: {apps: {"NAME VERSION": {version:
 * YYYYMMDD, exec, …}}, categories: […]|null, …}}`; keys that nobody here knows pass. One broken entry is refused
 * by its name and does not stop the others; all that is wrong is told at once, with its line.
 */




function readCatalogue(text, options) {
    return new CatalogueReader(options).read(text);
}
/** The rule of NeuroDesk's own generator of that year. */
function isPrimary(tool, app, rules) {
    if (!app.includes('-'))
        return true;
    if (rules === '2025')
        return false;
    const space = app.lastIndexOf(' ');
    return space !== -1 && app.slice(0, space) === tool;
}
class CatalogueReader {
    options;
    rules;
    into;
    constructor(options) {
        this.options = options;
        this.rules = options.rules ?? '2026';
        this.into = new collection_Collection(options);
    }
    read(text) {
        const document = parseJson(text);
        for (const problem of document.problems) {
            this.into.find('catalogue-syntax', this.options.file, 'error', `not JSON: ${problem.message}`, problem.at, {
                hint: 'Correct the file; nothing is published or deleted by a catalogue that other readers refuse.'
            });
        }
        for (const { key, at, first } of document.duplicateKeys) {
            const message = `the key ${quote(key)} stands twice; the first is in line ${first.line}, readers see only the last`;
            this.into.find('catalogue-duplicate-key', key, 'error', message, at, {
                hint: 'Merge the two or remove one.'
            });
        }
        if (document.root !== undefined)
            this.root(document.root);
        return this.into.result(document.problems.length > 0);
    }
    root(root) {
        if (root.kind !== 'object') {
            this.into.structure(this.options.file, 'the catalogue is not an object of tools', root.at);
            return;
        }
        for (const [tool, member] of root.members)
            this.tool(tool, member);
    }
    tool(tool, { at, value }) {
        if (value.kind !== 'object')
            return this.into.structure(tool, `the tool ${quote(tool)} is not an object`, at);
        const apps = value.members.get('apps');
        if (apps === undefined)
            return this.into.structure(tool, `the tool ${quote(tool)} has no "apps"`, at);
        if (apps.value.kind !== 'object') {
            return this.into.structure(tool, `"apps" of ${quote(tool)} is not an object`, apps.at);
        }
        const categories = this.categories(tool, value.members.get('categories'));
        const hidden = isFalse(value.members.get('show_in_applist'));
        for (const [app, entry] of apps.value.members)
            this.app(tool, app, entry, categories, hidden);
    }
    categories(tool, member) {
        // Null and absent are old habits that the generators accept.
        if (member === undefined || isNull(member))
            return [];
        if (member.value.kind !== 'array') {
            this.into.structure(tool, `"categories" of ${quote(tool)} is not a list`, member.at);
            return [];
        }
        return member.value.items.flatMap((item) => {
            if (item.kind !== 'scalar' || typeof item.value !== 'string') {
                this.into.structure(tool, `a category of ${quote(tool)} is not a text`, item.at);
                return [];
            }
            const bad = /[,\p{Cc}[\]]/u.exec(item.value);
            if (bad === null && item.value.trim() === item.value && item.value !== '')
                return [item.value];
            // log.txt parts categories by commas and lines by line breaks, and loses brackets and edges.
            this.into.find('catalogue-category', tool, 'error', `the category ${quote(item.value)} of ${quote(tool)} cannot be written to log.txt`, item.at, { hint: 'No commas, brackets, control characters or spaces at its ends, and not empty.' });
            return [];
        });
    }
    app(tool, app, entry, categories, toolHidden) {
        const { at, value } = entry;
        if (value.kind !== 'object') {
            return this.into.refuse(app, 'catalogue-structure', 'its entry is not an object', at);
        }
        const exec = value.members.get('exec');
        const version = value.members.get('version');
        const execText = textOf(exec);
        if (exec !== undefined && execText === undefined)
            this.into.structure(app, `"exec" of ${quote(app)} is not a text`, exec.at);
        const primary = isPrimary(tool, app, this.rules);
        this.comparePrimary(app, primary, execText, at);
        if (!primary) {
            if (version === undefined || textOf(version) === undefined) {
                this.into.structure(app, `${quote(app)} has no "version" (its build date)`, at);
            }
            return;
        }
        const buildDate = textOf(version);
        if (buildDate === undefined) {
            return this.into.refuse(app, 'catalogue-structure', 'it has no "version" (its build date, YYYYMMDD, as a text)', at);
        }
        const ownHidden = value.members.get('show_in_applist');
        const hidden = ownHidden === undefined ? toolHidden : isFalse(ownHidden);
        this.container({ tool, app, buildDate, categories, hidden, at }, value.members.get('image'));
    }
    container(entry, imageMember) {
        const { app, buildDate, at } = entry;
        const id = `${app.replaceAll(' ', '_')}_${buildDate}`;
        const unsafe = names_unsafeBecause(id);
        if (unsafe !== undefined)
            return this.into.refuse(id, 'catalogue-name-unsafe', unsafe, at);
        const parsed = app.includes(' ') ? names_parseContainerName(id) : undefined;
        if (parsed === undefined) {
            return this.into.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at);
        }
        let image = parsed.image;
        let architecture = parsed.architecture;
        if (imageMember !== undefined) {
            const given = textOf(imageMember);
            const reason = given === undefined ? 'it is not a text' : names_unsafeBecause(given);
            if (given === undefined || reason !== undefined) {
                return this.into.refuse(id, 'catalogue-name-unsafe', `its "image" is not usable: ${reason ?? ''}`, imageMember.at);
            }
            image = given;
            architecture = names_parseContainerName(`${image}_${buildDate}`)?.architecture ?? architecture;
        }
        if (!isDate(buildDate) && !GRANDFATHERED.includes(id)) {
            const hint = 'The build date is YYYYMMDD, a day of the calendar.';
            return this.into.refuse(id, 'catalogue-date', `its build date ${quote(buildDate)} is no date`, at, hint);
        }
        const container = {
            ...parsed,
            ...entry,
            id,
            image,
            architecture,
            object: `${image}_${buildDate}`
        };
        this.into.add(container);
    }
    /** `exec: ""` marks a container in all real catalogues; where the rule by name says otherwise, one is wrong. */
    comparePrimary(app, primary, exec, at) {
        if (exec === undefined || primary === (exec === ''))
            return;
        const message = primary
            ? `${quote(app)} counts as a container by its name, but has an "exec" like a menu item`
            : `${quote(app)} has no "exec" like a container, but its hyphen makes it a menu item: it is not in log.txt`;
        this.into.find('catalogue-primary-unclear', app, 'warning', message, at, {
            hint: 'Menu items are "LABEL-TOOL VERSION" with an exec; containers are "TOOL VERSION" with an empty one.'
        });
    }
}

;// CONCATENATED MODULE: ./lib/catalogue/log.ts
/** log.txt -> containers: names and categories are all that it has. */


/**
 * The same out of a log.txt, which has names and categories only. What is no line of it is refused by its number.
 */
function readCatalogueLog(text, options) {
    const into = new Collection(options);
    text.split('\n').forEach((line, index) => {
        const at = { line: index + 1, column: 1 };
        const [, id = '', categories = ''] = /^\s*(\S+)(?:\s+categories:(.*))?$/.exec(line) ?? [];
        if (line.trim() === '')
            return;
        const parsed = parseContainerName(id);
        const unsafe = unsafeBecause(id) ?? (parsed === undefined ? 'it is not NAME_VERSION_BUILDDATE' : undefined);
        if (parsed === undefined || unsafe !== undefined) {
            into.refuse(id === '' ? line : id, 'catalogue-name-unsafe', unsafe ?? '', at);
            return;
        }
        const names = categories.split(',').map((name) => name.trim());
        const entry = {
            tool: parsed.name,
            app: `${parsed.name} ${parsed.version}`,
            categories: names.filter((name) => name !== ''),
            hidden: false,
            at
        };
        into.add({ ...parsed, ...entry, object: id });
    });
    return into.result(false);
}
/** A log.txt by its first line; everything else is read as apps.json. */
function isLog(text) {
    return /^\s*[\w.-]+_[\w.-]+ categories:/.test(text);
}

;// CONCATENATED MODULE: ./lib/catalogue/index.ts
/** NeuroDesk's catalogue: apps.json, the containers in it, and the files that are written from it. */








/***/ }),

/***/ 7315:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dn: () => (/* binding */ isExpected),
/* harmony export */   N_: () => (/* binding */ TransientError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/* unused harmony export FindingError */
/**
 * The kinds of failure. A kind says who has to act: the caller (InputError), the person who owns what was
 * inspected (FindingError), the owner of a tool (ToolError), nobody yet (TransientError). Anything else that
 * is thrown is a bug of ours, and is shown with its stack.
 */
/** The caller's mistake. Thrown before any effect, with every problem at once. */
class InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        super(problems.map(describeProblem).join('\n'));
        this.problems = problems;
    }
}
/** The action did its job and found a fault. */
class FindingError extends Error {
    name = 'FindingError';
}
/** An external tool failed. The message has no secrets; `detail` is the end of what the tool said. */
class ToolError extends Error {
    name = 'ToolError';
    command;
    exitCode;
    reason;
    detail;
    advice;
    constructor(fields) {
        const lines = [fields.summary];
        if (fields.detail !== '')
            lines.push(fields.detail);
        if (fields.advice !== undefined)
            lines.push(`Advice: ${fields.advice}`);
        super(lines.join('\n'), fields.cause === undefined ? undefined : { cause: fields.cause });
        this.command = fields.command;
        this.exitCode = fields.exitCode;
        this.reason = fields.reason;
        this.detail = fields.detail;
        this.advice = fields.advice;
    }
}
/** Still failing after the retries. It says what was tried, how often and for how long; it is no verdict. */
class TransientError extends Error {
    name = 'TransientError';
    attempts;
    elapsedMs;
    constructor(what, attempts, elapsedMs, cause) {
        const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
        super(`${what}: still failing after ${tries} in ${(elapsedMs / 1000).toFixed(1)} s: ${messageOf(cause)}`, { cause });
        this.attempts = attempts;
        this.elapsedMs = elapsedMs;
    }
}
/** The message of anything that was thrown. */
function messageOf(error) {
    if (error instanceof AggregateError && error.message === '')
        return error.errors.map(messageOf).join('; ');
    if (error instanceof Error)
        return error.message === '' ? error.name : error.message;
    return String(error);
}
/** True for the kinds above: a message is enough, a stack would only hide it. */
function isExpected(error) {
    return (error instanceof InputError ||
        error instanceof FindingError ||
        error instanceof ToolError ||
        error instanceof TransientError);
}
function describeProblem(problem) {
    const fix = problem.fix === undefined ? '' : ` Fix: ${problem.fix}`;
    return `${problem.input}: given ${problem.given === '' ? 'nothing' : JSON.stringify(problem.given)}; allowed: ${problem.allowed}.${fix}`;
}


/***/ }),

/***/ 7726:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j$: () => (/* reexport */ HttpError),
  F9: () => (/* reexport */ HttpStatusError),
  V0: () => (/* reexport */ createHttp),
  oi: () => (/* reexport */ expectStatus)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: ./lib/http/errors.ts
/** There was no usable answer. What that means is for the caller to say; it never means "not there". */
class HttpError extends Error {
    name = 'HttpError';
    kind;
    url;
    constructor(kind, url, message, cause) {
        super(`${withoutSecrets(url)}: ${message}`, cause === undefined ? undefined : { cause });
        this.kind = kind;
        this.url = url;
    }
}
/** There was an answer, with a status that the caller does not take. */
class HttpStatusError extends Error {
    name = 'HttpStatusError';
    url;
    status;
    headers;
    /** The first 2,000 characters of the body: servers say why. */
    body;
    constructor(head, method, body) {
        const said = body.replace(/\s+/g, ' ').trim().slice(0, 200);
        super(`${method} ${withoutSecrets(head.url)}: HTTP ${head.status}${said === '' ? '' : `: ${said}`}`);
        this.url = head.url;
        this.status = head.status;
        this.headers = head.headers;
        this.body = body.slice(0, 2000);
    }
}
/**
 * The response itself when its status is one of `accepted` (default: any 2xx).
 * @throws HttpStatusError otherwise.
 */
function expectStatus(response, accepted, method = 'GET') {
    const fine = accepted === undefined
        ? response.status >= 200 && response.status < 300
        : accepted.includes(response.status);
    if (fine)
        return response;
    throw new HttpStatusError(response, method, response.body.subarray(0, 4000).toString('utf8'));
}
/** The URL without user, password and query: those can hold secrets (signed URLs, tokens). */
function withoutSecrets(url) {
    try {
        const parsed = new URL(url);
        return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search === '' ? '' : '?…'}`;
    }
    catch {
        return '(not a URL)';
    }
}
const CODES = {
    ENOTFOUND: 'dns',
    EAI_AGAIN: 'dns',
    ECONNREFUSED: 'refused',
    EHOSTUNREACH: 'refused',
    ENETUNREACH: 'refused',
    EADDRNOTAVAIL: 'refused',
    ECONNRESET: 'reset',
    EPIPE: 'reset',
    ETIMEDOUT: 'timeout',
    ABORT_ERR: 'cancelled'
};
/** Sorts what node:http throws into the kinds above. */
function toHttpError(url, error) {
    if (error instanceof HttpError)
        return error;
    // Happy eyeballs gives one error per address: the first says as much as all.
    const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
    const code = partOf(first, 'code');
    const message = partOf(first, 'message') || code;
    if (code === 'ERR_PROXY_TUNNEL')
        return new HttpError(kindOfTunnel(message), url, message, error);
    if (code in CODES)
        return new HttpError(CODES[code] ?? 'protocol', url, message, error);
    if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
        return new HttpError('tls', url, message, error);
    return new HttpError('protocol', url, message, error);
}
/** The proxy's own no (403, 407) stays a no; 502 to 504 say that it did not reach the other side. */
function kindOfTunnel(message) {
    if (/timed out/.test(message))
        return 'timeout';
    return /HTTP\/1\.\d 50[234]/.test(message) ? 'refused' : 'proxy';
}
function partOf(error, name) {
    if (typeof error !== 'object' || error === null || !(name in error))
        return '';
    return String(error[name]);
}

;// CONCATENATED MODULE: ./lib/http/client.ts
/**
 * HTTP over node:http, with agents of our own: which address was used, how long it took and how many connections
 * a server gets are part of what the actions measure, and fetch hides all three.
 */





const DEFAULT_TIMEOUT_MS = 30_000;
/** Agents of Node speak to proxies since 24.5; before, they would go past them without a word. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const KNOWS_PROXIES = major > 24 || (major === 24 && minor >= 5);
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
/** A client that keeps connections alive. `close()` ends them, so that the process can. */
function createHttp(settings) {
    const agents = new Map();
    // An agent pools by host name; with a fixed address the pool must be another one, or a later request
    // would travel over a connection to the wrong machine.
    const agentFor = (secure, { address, family, proxy }) => {
        const key = `${secure ? 'https' : 'http'} ${address ?? ''} ${family ?? ''} ${proxy ?? ''}`;
        let agent = agents.get(key);
        if (agent === undefined) {
            // Who asks for one address or family wants to know about that way, and a proxy has its own.
            const isDirect = address !== undefined || family !== undefined;
            const environment = isDirect ? undefined : settings.proxyEnv;
            const proxyEnv = proxy === undefined ? environment : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
            const options = {
                keepAlive: true,
                maxSockets: settings.maxSockets ?? 16,
                ...(proxyEnv === undefined ? {} : { proxyEnv })
            };
            agent = secure ? new (external_node_https_default()).Agent(options) : new (external_node_http_default()).Agent(options);
            agents.set(key, agent);
        }
        return agent;
    };
    const open = async (url, options) => {
        const target = parse(url);
        const secure = target.protocol === 'https:';
        if (options.proxy !== undefined && !KNOWS_PROXIES)
            throw new HttpError('unsupported', url, `Node ${process.versions.node} knows no proxies, 24.5 does`);
        const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
        const signals = [options.signal, settings.signal].filter((signal) => signal !== undefined);
        const started = performance.now();
        return await new Promise((resolve, reject) => {
            const request = (secure ? (external_node_https_default()) : (external_node_http_default())).request({
                protocol: target.protocol,
                host: target.hostname.replace(/^\[|\]$/g, ''),
                port: target.port,
                method: options.method ?? 'GET',
                path: `${target.pathname}${target.search}`,
                // A proxy that is silent while it connects: until then there is no socket that could be destroyed.
                timeout: timeoutMs,
                auth: target.username === ''
                    ? undefined
                    : `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`,
                headers: {
                    host: target.host,
                    'user-agent': settings.userAgent,
                    ...lowerCased(options.headers),
                    ...bodyLength(options)
                },
                agent: agentFor(secure, options),
                family: options.family,
                ...(options.address === undefined ? {} : { lookup: fixedLookup(options.address) }),
                ...(secure ? { servername: target.hostname } : {}),
                signal: signals.length === 0 ? undefined : AbortSignal.any(signals)
            });
            const timer = setTimeout(() => {
                request.destroy(new HttpError('timeout', url, `no answer within ${timeoutMs / 1000} s`));
            }, timeoutMs);
            request.on('error', (error) => {
                clearTimeout(timer);
                reject(toHttpError(url, error));
            });
            request.on('response', (response) => {
                clearTimeout(timer);
                // From here on the time between two reads counts: a large body may take long, a silent one may not.
                response.setTimeout(timeoutMs, () => {
                    response.destroy(new HttpError('timeout', url, `the body stalled for ${timeoutMs / 1000} s`));
                });
                resolve({
                    url,
                    status: response.statusCode ?? 0,
                    headers: flatten(response.headers),
                    latencyMs: performance.now() - started,
                    remoteAddress: response.socket.remoteAddress,
                    body: response
                });
            });
            send(request, options.body);
        });
    };
    return {
        stream: async (url, options = {}) => await open(url, options),
        request: async (url, options = {}) => await readWhole(url, options, open),
        close: () => {
            for (const agent of agents.values())
                agent.destroy();
        }
    };
}
async function readWhole(url, options, open) {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    const started = performance.now();
    const stream = await open(url, options);
    // A body that drips one byte a second never stalls: the whole exchange has its own limit.
    const timer = setTimeout(() => stream.body.destroy(new HttpError('timeout', url, `the body took longer than ${timeoutMs / 1000} s`)), Math.max(1, timeoutMs - (performance.now() - started)));
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of stream.body) {
            size += chunk.length;
            if (size > maxBytes)
                throw new HttpError('too-large', url, `the body is larger than ${maxBytes} bytes`);
            chunks.push(chunk);
        }
    }
    catch (error) {
        stream.body.destroy();
        throw toHttpError(url, error);
    }
    finally {
        clearTimeout(timer);
    }
    const head = stream;
    return { ...head, body: Buffer.concat(chunks) };
}
function send(request, body) {
    if (body instanceof external_node_stream_.Readable) {
        body.on('error', (error) => request.destroy(error));
        request.on('close', () => body.destroy());
        body.pipe(request);
    }
    else {
        request.end(body);
    }
}
function parse(url) {
    let parsed;
    try {
        parsed = new URL(url);
    }
    catch (error) {
        throw new HttpError('unsupported', url, 'not a URL', error);
    }
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
        throw new HttpError('unsupported', url, `${parsed.protocol} is neither http: nor https:`);
    }
    return parsed;
}
function bodyLength(options) {
    if (options.body === undefined || options.body instanceof external_node_stream_.Readable)
        return {};
    return { 'content-length': String(Buffer.byteLength(options.body)) };
}
function lowerCased(headers) {
    return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}
function flatten(headers) {
    const flat = {};
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined)
            flat[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return flat;
}
function fixedLookup(address) {
    const family = (0,external_node_net_.isIPv6)(address) ? 6 : 4;
    return (_host, options, callback) => {
        if (options.all === true)
            callback(null, [{ address, family }]);
        else
            callback(null, address, family);
    };
}

;// CONCATENATED MODULE: ./lib/http/index.ts




/***/ }),

/***/ 8066:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Ln: () => (/* binding */ span),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   ee: () => (/* binding */ bytes),
/* harmony export */   ih: () => (/* binding */ escape),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* unused harmony exports block, list */
/** Markdown as GitHub shows it in summaries, issues and releases. Everything from outside goes through `escape` or `code`. */
/**
 * Text that shows as itself: no HTML, no links, no mentions, no line breaks. A zero-width space after `@` and `#`
 * keeps GitHub from notifying people and from linking numbers of another repository.
 */
function escape(text) {
    return text
        .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\uFFFD')
        .replace(/\s*[\r\n]+\s*/g, ' ')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\`*_[\]|~!]/g, '\\$&')
        .replace(/@(?=[\w-])/g, '@\u200B')
        .replace(/#(?=\d)/g, '#\u200B')
        .replace(/\b(https?):\/\//gi, '$1:\u200B//');
}
/** Inline code: the fence is longer than any run of backticks inside. */
function code(text) {
    const flat = text.replace(/[\0-\x1f\x7f]+/g, ' ');
    if (flat.trim() === '')
        return '``` ```';
    const fence = '`'.repeat(longestRun(flat) + 1);
    const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${flat}${pad}${fence}`;
}
/** A fenced block; its fence is longer than any run of backticks inside. */
function block(text, language = '') {
    const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
    return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}\n`;
}
/** A table. Cells are Markdown (use `escape` or `code` on text from outside); only line breaks and bare pipes are made safe here. */
function table(headers, rows) {
    const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
    return [line(headers), `|${' --- |'.repeat(headers.length)}`, ...rows.map(line)].join('\n') + '\n';
}
/** A fold-out with a title. */
function details(title, body) {
    return `<details><summary>${escape(title)}</summary>\n\n${body.trimEnd()}\n\n</details>\n`;
}
/** A bulleted list of Markdown lines. */
function list(items) {
    return items.map((item) => `- ${item.replace(/[\r\n]+/g, ' ')}\n`).join('');
}
/**
 * The text, at most `bytes` long in UTF-8, cut at a line with a note that says so. GitHub drops a step summary
 * above 1 MiB as a whole.
 */
function cut(text, bytes, note = 'Cut here: the whole is in the report.') {
    if (Buffer.byteLength(text) <= bytes)
        return text;
    const tail = `\n\n_${note}_\n`;
    const room = Math.max(0, bytes - Buffer.byteLength(tail));
    // fatal: false drops a character that the cut has split.
    const head = new TextDecoder().decode(Buffer.from(text).subarray(0, room)).replace(/\uFFFD+$/, '');
    const atLine = head.lastIndexOf('\n');
    return closeFolds(atLine > 0 ? head.slice(0, atLine) : head) + tail;
}
/** `1.2 GB`: decimal units, as registries and object stores show them. */
function bytes(count) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = count;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}
/** `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most. */
function span(ms) {
    const seconds = Math.round(Math.abs(ms) / 1000);
    if (Math.abs(ms) < 950)
        return `${Math.round(Math.abs(ms))} ms`;
    const parts = [
        [Math.floor(seconds / 86_400), 'd'],
        [Math.floor(seconds / 3600) % 24, 'h'],
        [Math.floor(seconds / 60) % 60, 'min'],
        [seconds % 60, 's']
    ];
    const first = parts.findIndex(([count]) => count > 0);
    const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
    return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
function cell(text) {
    return text.replace(/[\r\n]+/g, ' ').replace(/(?<!\\)\|/g, '\\|');
}
function longestRun(text) {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
}
function closeFolds(text) {
    const open = (text.match(/<details>/g)?.length ?? 0) - (text.match(/<\/details>/g)?.length ?? 0);
    const fences = text.match(/^(`{3,})/gm)?.length ?? 0;
    return text + (fences % 2 === 1 ? '\n```\n' : '') + '\n\n</details>\n'.repeat(Math.max(0, open));
}


/***/ }),

/***/ 2751:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  d3: () => (/* reexport */ classifyHttp),
  Xp: () => (/* reexport */ classifyTool),
  L5: () => (/* reexport */ retry)
});

// UNUSED EXPORTS: DEFAULT_LIMITS, classifyGitHub, classifyRegistry, retryAfterMs

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
;// CONCATENATED MODULE: ./lib/retry/retry.ts
/** One loop for everything that can fail for a moment. What is transient is for a classifier to say (classify.ts). */

const DEFAULT_LIMITS = {
    attempts: 4,
    totalMs: 120_000,
    basePauseMs: 500,
    maxPauseMs: 20_000
};
/**
 * Runs `attempt` until it succeeds, its error is final, or a limit is reached.
 * @param what names the work in messages: "GET manifest of x".
 * @throws the error itself when it is final; TransientError when the limits ended it.
 */
async function retry(what, attempt, options) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const random = options.random ?? Math.random;
    const started = options.clock.now();
    for (let number = 1;; number++) {
        options.signal?.throwIfAborted();
        try {
            return await limited(number, attempt, limits, options);
        }
        catch (error) {
            if (options.signal?.aborted === true)
                throw error;
            const now = options.clock.now();
            const judgement = options.classify(error, now);
            if (judgement.kind === 'final')
                throw error;
            const elapsed = now - started;
            const pause = pauseBefore(number, judgement, limits, random);
            if (number >= limits.attempts || elapsed + pause > limits.totalMs) {
                throw new failure/* TransientError */.N_(what, number, elapsed, error);
            }
            options.log?.debug(`${what}: attempt ${number} of ${limits.attempts}: ${(0,failure/* messageOf */.bD)(error)}; again in ${pause} ms`);
            await options.clock.sleep(pause, options.signal);
        }
    }
}
/** Milliseconds to wait after attempt `number`: what the other side asked for, else a jittered power of two. */
function pauseBefore(number, judgement, limits, random) {
    const ceiling = Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** (number - 1));
    // Half fixed, half random: callers that failed together do not come back together.
    const own = Math.round(ceiling / 2 + (ceiling / 2) * random());
    return judgement.afterMs === undefined ? own : Math.max(judgement.afterMs, 0);
}
async function limited(number, attempt, limits, options) {
    if (limits.attemptMs === undefined)
        return await attempt(number, options.signal);
    const timer = new AbortController();
    const done = new AbortController();
    const limit = options.clock
        .sleep(limits.attemptMs, done.signal)
        .then(() => timer.abort(new Error(`no result within ${limits.attemptMs} ms`)))
        .catch(() => undefined);
    const signal = options.signal === undefined ? timer.signal : AbortSignal.any([options.signal, timer.signal]);
    try {
        return await attempt(number, signal);
    }
    finally {
        done.abort();
        await limit;
    }
}

// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var http = __nccwpck_require__(7726);
;// CONCATENATED MODULE: ./lib/retry/classify.ts
/** What is transient, protocol by protocol. A bare 401, 403, 404 or 422 is an answer; with Retry-After it is a request to wait. */


const FINAL = { kind: 'final' };
const RETRY = { kind: 'retry' };
/** Longest wait that a server may ask for: more is a failure, told with the time that it named. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;
const TRANSIENT_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Plain HTTP (RFC 9110, section 10.2.3 for Retry-After). */
const classifyHttp = (error, now) => {
    if (error instanceof http/* HttpStatusError */.F9)
        return classifyStatus(error, now);
    if (error instanceof http/* HttpError */.j$)
        return classifyTransport(error);
    return FINAL;
};
/**
 * OCI distribution: the same, and Docker Hub's way to say "too many requests" in a body.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
const classifyRegistry = (error, now) => {
    if (error instanceof HttpStatusError && /"code"\s*:\s*"TOOMANYREQUESTS"/i.test(error.body)) {
        return waitFor(error, now) ?? RETRY;
    }
    // Docker Hub's edge answers 400 and 520-524 in passing when an origin is down.
    if (error instanceof HttpStatusError && error.status >= 520 && error.status <= 524)
        return RETRY;
    return classifyHttp(error, now);
};
/**
 * GitHub's API: primary and secondary rate limits come as 403 or 429.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * Reads octokit's RequestError by shape, so that this room does not load octokit.
 */
const classifyGitHub = (error, now) => {
    const response = asGitHubError(error);
    if (response === undefined)
        return classifyHttp(error, now);
    const { status, headers, message } = response;
    const wait = retryAfterMs(headers, now);
    if (wait !== undefined)
        return bounded(wait);
    if ((status === 403 || status === 429) && headers['x-ratelimit-remaining'] === '0') {
        const reset = Number(headers['x-ratelimit-reset']);
        return Number.isFinite(reset) ? bounded(Math.max(0, reset * 1000 - now) + 1000) : RETRY;
    }
    // Without a header GitHub asks for "at least one minute" after a secondary limit.
    if ((status === 403 || status === 429) && /secondary rate limit|abuse detection/i.test(message))
        return bounded(60_000);
    return TRANSIENT_STATUS.has(status) ? RETRY : FINAL;
};
const TRANSIENT_OUTPUT = /\b(timed? ?out|timeout|connection (reset|refused)|temporary failure|temporarily unavailable|too many requests|toomanyrequests|unexpected eof|tls handshake|i\/o timeout|no such host|bad gateway|service unavailable|gateway time-?out|internal server error|HTTP[ /][\d.]* ?(429|500|502|503|504)|status(?: code)?:? ?(429|500|502|503|504))\b/i;
const FINAL_OUTPUT = /\b(unauthorized|authentication required|access denied|denied: |permission denied|no space left on device|manifest unknown|not found: manifest)\b/i;
/** Tool output: the last lines of stderr say whether the network or the request was at fault. */
const classifyTool = (error) => {
    if (!(error instanceof failure/* ToolError */.v4))
        return FINAL;
    if (error.reason === 'timeout')
        return RETRY;
    if (error.reason !== 'exit')
        return FINAL;
    if (FINAL_OUTPUT.test(error.detail))
        return FINAL;
    return TRANSIENT_OUTPUT.test(error.detail) ? RETRY : FINAL;
};
/** Milliseconds that `retry-after` asks for (seconds or an HTTP date), or undefined. */
function retryAfterMs(headers, now) {
    const value = headers['retry-after']?.trim();
    if (value === undefined || value === '')
        return undefined;
    if (/^\d{1,9}$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
function classifyStatus(error, now) {
    const wait = waitFor(error, now);
    if (wait !== undefined)
        return wait;
    return TRANSIENT_STATUS.has(error.status) ? RETRY : FINAL;
}
function waitFor(error, now) {
    if (error.status < 400)
        return undefined;
    const wait = retryAfterMs(error.headers, now);
    return wait === undefined ? undefined : bounded(wait);
}
function bounded(afterMs) {
    return afterMs > MAX_RETRY_AFTER_MS ? FINAL : { kind: 'retry', afterMs };
}
function classifyTransport(error) {
    switch (error.kind) {
        case 'dns':
        case 'refused':
        case 'reset':
        case 'timeout':
        case 'protocol':
            return RETRY;
        case 'tls':
        case 'proxy':
        case 'unsupported':
        case 'too-large':
        case 'cancelled':
            return FINAL;
    }
}
function asGitHubError(error) {
    if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number')
        return undefined;
    if (error instanceof HttpStatusError)
        return { status: error.status, headers: error.headers, message: error.body };
    const response = 'response' in error ? error.response : undefined;
    const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : {};
    return {
        status: error.status,
        headers: headers,
        message: error.message
    };
}

;// CONCATENATED MODULE: ./lib/retry/index.ts




/***/ }),

/***/ 4476:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  dG: () => (/* reexport */ TRACKING_VARIABLE),
  uF: () => (/* reexport */ createCaller),
  k7: () => (/* reexport */ createExec),
  Et: () => (/* reexport */ endTracked)
});

// UNUSED EXPORTS: adviceFor, endSession, sessionProcesses

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
;// CONCATENATED MODULE: ./lib/shell/advice.ts
/** Texts that tools print, and what helps. One line each; the first match wins. */
const ADVICE = [
    [
        /no space left on device|disk quota exceeded/i,
        'Free space or give a larger folder: `df -h` on the runner shows what is left.'
    ],
    [
        /failed to create user namespace|creating user namespace|user namespaces? (is|are) (disabled|restricted)|unshare.*operation not permitted/i,
        'User namespaces are blocked. On Ubuntu 24.04: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` in a step before.'
    ],
    [
        /toomanyrequests|pull rate limit|too many requests/i,
        'The registry limits anonymous pulls: log in first, or name a mirror.'
    ],
    [
        /cannot connect to the docker daemon|is the docker daemon running/i,
        'Start Docker Engine, or set DOCKER_HOST to one that runs.'
    ],
    [/permission denied.*docker\.sock/i, 'Add the user to the group `docker`, or run as root.'],
    [
        /fuse: device not found|\/dev\/fuse|fusermount.*not found|squashfuse.*not found/i,
        'Mounting as an ordinary user needs squashfuse, fuse3 and a readable /dev/fuse.'
    ],
    [/GLIBC_2\.\d+' not found/i, 'The program was built for a newer C library than this system has.'],
    [/exec format error/i, 'The program is for another CPU architecture.'],
    [
        /unauthorized|authentication required|denied: requested access/i,
        'Log in to the registry with an account that may do this.'
    ],
    [
        /x509|certificate (signed by unknown authority|has expired)/i,
        'The TLS certificate is not trusted here: check the clock and the CA bundle.'
    ],
    [
        /no such host|could not resolve host|temporary failure in name resolution/i,
        'The host name does not resolve from this machine.'
    ]
];
/** Advice for known texts in a tool's output, or undefined. */
function adviceFor(output) {
    return ADVICE.find(([pattern]) => pattern.test(output))?.[1];
}

;// CONCATENATED MODULE: ./lib/shell/tracking.ts
/**
 * Every child carries one variable in its environment. Killed with -9, an action cannot end its children; its post
 * step finds them by that variable (Linux: /proc) and ends them with their process groups and their children.
 */

const TRACKING_VARIABLE = 'NEURODESK_CI_TRACKING_ID';
/**
 * Kills (KILL) every process that carries `id`, its process group and its descendants.
 * @returns how many processes were signalled; 0 where there is no /proc.
 */
async function endTracked(id) {
    const processes = await listProcesses(id);
    const own = processes.find((candidate) => candidate.pid === process.pid);
    const doomed = new Set(processes.filter((candidate) => candidate.tracked).map((candidate) => candidate.pid));
    const groups = new Set(processes.filter((candidate) => doomed.has(candidate.pid)).map((candidate) => candidate.group));
    for (let size = -1; size !== doomed.size;) {
        size = doomed.size;
        for (const candidate of processes) {
            if (doomed.has(candidate.parent) || groups.has(candidate.group))
                doomed.add(candidate.pid);
        }
    }
    let count = 0;
    for (const pid of doomed) {
        if (pid === process.pid || pid === own?.parent || pid <= 1)
            continue;
        try {
            process.kill(pid, 'SIGKILL');
            count++;
        }
        catch {
            // It ended by itself in between.
        }
    }
    return count;
}
async function listProcesses(id) {
    let names;
    try {
        names = await (0,promises_.readdir)('/proc');
    }
    catch {
        return [];
    }
    const own = await readGroup(String(process.pid));
    const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => readProcess(name, id)));
    // Our own group is the runner's step: never a target.
    return found.filter((candidate) => candidate !== undefined).filter((candidate) => candidate.group !== own);
}
async function readGroup(pid) {
    return (await readProcess(pid, '\0'))?.group;
}
async function readProcess(pid, id) {
    try {
        const stat = await (0,promises_.readFile)(`/proc/${pid}/stat`, 'utf8');
        // The name in parentheses may hold anything; the fields after the last ")" are state, parent, group.
        const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const environment = await (0,promises_.readFile)(`/proc/${pid}/environ`, 'utf8').catch(() => '');
        const tracked = environment.split('\0').includes(`${TRACKING_VARIABLE}=${id}`);
        return { pid: Number(pid), parent: Number(parent), group: Number(group), tracked };
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/shell/exec.ts
/**
 * Running tools. Never through a shell; each in a process group of its own, which is ended as a whole when time is
 * up or the run is cancelled. (@actions/exec has neither a time limit nor a handle on the process.)
 */







const DEFAULT_TIMEOUT_MS = 10 * 60_000;
const DEFAULT_MAX_OUTPUT = 16 * 1024 * 1024;
/** TERM first; KILL when that did not help. */
const GRACE_MS = 5_000;
const DETAIL_LINES = 12;
/** The real Exec port. */
function createExec(settings) {
    return {
        run: async (command, args, options = {}) => await run(settings, command, args, options),
        which: async (command) => await which(command, settings.env)
    };
}
async function run(settings, command, args, options) {
    const redact = settings.redact ?? ((text) => text);
    const shown = redact(showCommand(command, args));
    const signals = [options.signal, settings.signal].filter((signal) => signal !== undefined);
    const cancelled = signals.find((signal) => signal.aborted);
    if (cancelled !== undefined)
        throw exec_failure(shown, 'cancelled', null, '', cancelled.reason);
    const started = performance.now();
    if (options.echo === true)
        settings.print?.(`$ ${shown}`);
    const child = (0,external_node_child_process_namespaceObject.spawn)(command, [...args], {
        cwd: options.cwd,
        env: environment(settings, options),
        detached: process.platform !== 'win32',
        windowsHide: true,
        stdio: ['pipe', 'pipe', 'pipe']
    });
    const output = collect(child, options, redact, settings.print);
    const ending = supervise(child, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, signals, {
        overflow: output.overflow,
        broken: breakOf(options.stdoutTo)
    });
    child.stdin.on('error', () => undefined); // a program may close its stdin unread
    child.stdin.end(options.stdin ?? '');
    const { code, reason, cause } = await ending;
    const stderr = output.stderr();
    const stdout = output.stdout();
    if (reason !== undefined)
        throw exec_failure(shown, reason, code, redact(tail(stderr, stdout)), cause);
    const exitCode = code ?? -1;
    const accept = options.accept ?? [0];
    if (accept !== 'any' && !accept.includes(exitCode)) {
        throw exec_failure(shown, 'exit', exitCode, redact(tail(stderr, stdout)));
    }
    return { exitCode, stdout, stderr, durationMs: performance.now() - started };
}
function environment(settings, options) {
    const merged = { ...(options.inheritEnv === false ? {} : settings.env), ...options.env };
    if (settings.trackingId !== undefined)
        merged[TRACKING_VARIABLE] = settings.trackingId;
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}
function supervise(child, timeoutMs, signals, trouble) {
    return new Promise((resolve) => {
        let reason;
        let cause;
        let killer;
        const end = (why, because) => {
            if (reason !== undefined)
                return;
            reason = why;
            cause = because;
            signalGroup(child, 'SIGTERM');
            killer = setTimeout(() => {
                signalGroup(child, 'SIGKILL');
                // A grandchild in another group can hold the pipes open: do not wait for it.
                child.stdout?.destroy();
                child.stderr?.destroy();
            }, GRACE_MS);
        };
        const timer = setTimeout(() => end('timeout'), timeoutMs);
        const onAbort = () => end('cancelled', signals.find((signal) => signal.aborted)?.reason);
        for (const signal of signals)
            signal.addEventListener('abort', onAbort);
        void trouble.overflow.then(() => end('output-limit'));
        // Nobody takes its output any more: it would wait for ever.
        void trouble.broken.then((because) => end('cancelled', because));
        const finish = (ending) => {
            clearTimeout(timer);
            clearTimeout(killer);
            for (const signal of signals)
                signal.removeEventListener('abort', onAbort);
            resolve(ending);
        };
        child.on('error', (error) => finish({ code: null, reason: 'not-found', cause: error }));
        child.on('close', (code, killedBy) => {
            // The leader is gone; whatever it left in its group goes too when the end was ours.
            if (reason !== undefined)
                signalGroup(child, 'SIGKILL');
            if (reason !== undefined)
                finish({ code, reason, cause });
            else if (killedBy !== null)
                finish({ code, reason: 'signal', cause: killedBy });
            else
                finish({ code });
        });
    });
}
/** Resolves, with the reason, when a stream that a program writes to breaks; never otherwise. */
function breakOf(stream) {
    return new Promise((resolve) => {
        stream?.once('error', resolve);
        stream?.once('close', () => {
            if (!stream.writableFinished)
                resolve(new Error('its output was no longer read'));
        });
    });
}
function signalGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        if (process.platform === 'win32')
            child.kill(signal);
        else
            process.kill(-child.pid, signal);
    }
    catch {
        // Already gone.
    }
}
function collect(child, options, redact, print) {
    const limit = options.maxOutput ?? DEFAULT_MAX_OUTPUT;
    const kept = { stdout: [], stderr: [] };
    const size = { stdout: 0, stderr: 0 };
    const { promise: overflow, resolve: overflowed } = Promise.withResolvers();
    const streams = { stdout: child.stdout, stderr: child.stderr };
    if (options.stdoutTo !== undefined)
        child.stdout?.pipe(options.stdoutTo);
    for (const name of ['stdout', 'stderr']) {
        if (name === 'stdout' && options.stdoutTo !== undefined)
            continue;
        const lines = lineSplitter((line) => {
            options.onLine?.(line, name);
            if (options.echo === true)
                print?.(redact(line));
        });
        streams[name]?.on('data', (chunk) => {
            lines.push(chunk);
            kept[name].push(chunk);
            size[name] += chunk.length;
            if (size[name] <= limit)
                return;
            if (name === 'stdout')
                overflowed(undefined);
            // Of stderr the end is what matters: the cause stands there.
            while (size[name] > limit && kept[name].length > 1)
                size[name] -= kept[name].shift()?.length ?? 0;
        });
        streams[name]?.on('end', () => lines.end());
    }
    return {
        stdout: () => Buffer.concat(kept.stdout).toString('utf8'),
        stderr: () => Buffer.concat(kept.stderr).toString('utf8'),
        overflow
    };
}
/** Splits at \n and \r (progress bars), and never holds more than 64 KiB of an endless line. */
function lineSplitter(onLine) {
    const decoder = new TextDecoder();
    let rest = '';
    return {
        push: (chunk) => {
            const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/);
            rest = parts.pop() ?? '';
            for (const line of parts)
                onLine(line);
            if (rest.length > 65_536) {
                onLine(rest);
                rest = '';
            }
        },
        end: () => {
            if (rest !== '')
                onLine(rest);
            rest = '';
        }
    };
}
/** The last lines of stderr; of stdout when stderr is silent. */
function tail(stderr, stdout) {
    const text = stderr.trim() === '' ? stdout : stderr;
    const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    return lines
        .slice(-DETAIL_LINES)
        .map((line) => (line.length > 500 ? `${line.slice(0, 500)}…` : line))
        .join('\n');
}
function exec_failure(command, reason, exitCode, detail, cause) {
    const program = command.split(' ', 1)[0] ?? command;
    const summaries = {
        exit: `${command} ended with exit code ${exitCode}`,
        signal: `${command} was ended by ${String(cause)}`,
        timeout: `${command} took too long and was ended`,
        cancelled: `${command} was cancelled`,
        'not-found': `${program} could not be started: ${cause instanceof Error ? cause.message : 'not found'}`,
        'output-limit': `${command} printed more than is accepted and was ended`
    };
    return new failure/* ToolError */.v4({
        command,
        exitCode,
        reason,
        summary: summaries[reason],
        detail,
        advice: adviceFor(detail),
        cause
    });
}
/** The command as a person would type it, for messages only. */
function showCommand(command, args) {
    const shown = [command, ...args].map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
    const line = shown.join(' ');
    return line.length > 1000 ? `${line.slice(0, 1000)}…` : line;
}
async function which(command, env) {
    const candidates = command.includes((external_node_path_default()).sep)
        ? [external_node_path_default().resolve(command)]
        : (env['PATH'] ?? '')
            .split((external_node_path_default()).delimiter)
            .filter((folder) => folder !== '')
            .map((folder) => external_node_path_default().join(folder, command));
    const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
    for (const candidate of candidates) {
        for (const ending of endings) {
            try {
                await (0,promises_.access)(candidate + ending, external_node_fs_.constants.X_OK);
                // A folder is "executable" too.
                if ((await (0,promises_.stat)(candidate + ending)).isFile())
                    return candidate + ending;
            }
            catch {
                // Not here: the next folder.
            }
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/shell/session.ts
/** The processes of one session, as Linux tells about them in /proc. A session outlives the process that began it. */

/**
 * Live processes of the session, zombies left out. [] where there is no /proc. Reads without waiting: /proc never
 * waits for a disk, and a hundred small reads through the thread pool cost six times as much.
 */
function sessionProcesses(session) {
    return attempt(() => (0,external_node_fs_.readdirSync)('/proc'), [])
        .filter((name) => /^\d+$/.test(name))
        .map((name) => look(name, session))
        .filter((process) => process !== undefined);
}
/** Ends (KILL) all that is left of a session. */
function endSession(session) {
    // Twice: a process may have been born while the first list was read.
    for (let round = 0; round < 2; round++) {
        for (const { pid } of sessionProcesses(session))
            attempt(() => process.kill(pid, 'SIGKILL'), false);
    }
}
function look(pid, session) {
    const stat = attempt(() => (0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8'), '');
    // The name in parentheses may hold anything; behind the last ")" come state, parent, group, session.
    const [state, , , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(own) !== session || state === 'Z' || state === 'X')
        return undefined;
    const command = attempt(() => (0,external_node_fs_.readFileSync)(`/proc/${pid}/cmdline`, 'utf8'), '');
    const program = attempt(() => (0,external_node_fs_.readlinkSync)(`/proc/${pid}/exe`), undefined);
    return { pid: Number(pid), command: command.split('\0').slice(0, -1), program };
}
/** A process may end, or belong to somebody else, at any moment. */
function attempt(body, otherwise) {
    try {
        return body();
    }
    catch {
        return otherwise;
    }
}

;// CONCATENATED MODULE: ./lib/shell/call.ts
/**
 * Calls a command as a person's shell does: by its name through PATH, in a session of its own, so that everything
 * it starts can be seen and nothing of it stays. Unlike Exec, which ends a whole group at once, this is for testing
 * a command: what its exit is like, and what a signal to it alone does.
 */


const call_DEFAULT_MAX_OUTPUT = 2 ** 20;
/** From TERM to KILL. */
const call_GRACE_MS = 3000;
/** How long a session may outlive its leader: squashfuse ends itself a moment after the container. */
const AFTERMATH_MS = 2000;
const LOOK_EVERY_MS = 50;
/** @param tracking variables that let a later step find what a killed run left (lib/shell's tracking). */
function createCaller(clock, tracking = {}) {
    return {
        call: (command, args, options) => callOnce(clock, command, args, { ...options, env: { ...options.env, ...tracking } })
    };
}
async function callOnce(clock, command, args, options) {
    options.signal?.throwIfAborted();
    const started = performance.now();
    const child = (0,external_node_child_process_namespaceObject.spawn)(command, [...args], {
        cwd: options.cwd,
        env: { ...options.env },
        // A session of its own: its number stays with all that is started in it.
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe']
    });
    const stdout = keep(child.stdout, options.maxOutput ?? call_DEFAULT_MAX_OUTPUT);
    const stderr = keep(child.stderr, options.maxOutput ?? call_DEFAULT_MAX_OUTPUT);
    child.stdin.on('error', () => undefined); // it may end without reading
    child.stdin.end(options.stdin ?? '');
    if (options.onStdout !== undefined)
        child.stdout.on('data', () => options.onStdout?.(stdout.text()));
    const session = child.pid;
    let ended = false;
    const end = new Promise((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }));
        child.once('error', (error) => resolve({ code: null, signal: null, error: 'code' in error ? String(error.code) : error.message }));
    }).then((value) => {
        ended = true;
        return value;
    });
    let running = [];
    let timedOut = false;
    let settled = false;
    const terminate = async () => {
        if (session === undefined || ended)
            return;
        running = sessionProcesses(session);
        send(session, 'SIGTERM');
        await waitFor(clock, end, call_GRACE_MS);
        if (!ended)
            endSession(session);
    };
    const watch = async () => {
        const limit = started + options.timeoutMs;
        let look = options.settled === undefined ? limit : started + options.settled.afterMs;
        while (!ended) {
            const wait = options.terminateWhen === undefined ? Math.min(limit, look) - performance.now() : LOOK_EVERY_MS;
            await waitFor(clock, end, Math.max(wait, 1), options.signal);
            if (ended || session === undefined)
                return;
            if (options.signal?.aborted === true)
                return endSession(session);
            if (performance.now() >= look && look < limit) {
                look = limit;
                settled = options.settled?.when(sessionProcesses(session)) === true;
            }
            if (performance.now() >= limit)
                timedOut = true;
            if (timedOut || settled || options.terminateWhen?.(stdout.text()) === true)
                return await terminate();
        }
    };
    const watching = watch();
    const { code, signal, error } = await end;
    const durationMs = performance.now() - started;
    await watching;
    const left = session === undefined ? [] : await aftermath(clock, session);
    // With the session ended nobody holds the pipes any more; what was written is read to its end.
    await waitFor(clock, Promise.all([stdout.done, stderr.done]), 1000);
    child.stdout.destroy();
    child.stderr.destroy();
    options.signal?.throwIfAborted();
    return {
        exitCode: code,
        signal,
        startError: error,
        timedOut,
        settled,
        stdout: stdout.bytes(),
        stderr: stderr.text(),
        durationMs,
        running,
        left
    };
}
/** Until `event`, `ms` later, or the cancellation. No timer stays: it would keep the whole action from ending. */
async function waitFor(clock, event, ms, signal) {
    const done = new AbortController();
    const cancelled = signal === undefined ? done.signal : AbortSignal.any([signal, done.signal]);
    const cancellation = new Promise((resolve) => {
        cancelled.addEventListener('abort', () => resolve(), { once: true });
        if (cancelled.aborted)
            resolve();
    });
    await Promise.race([event, clock.sleep(ms, cancelled).catch(() => undefined), cancellation]);
    done.abort();
}
async function aftermath(clock, session) {
    const limit = performance.now() + AFTERMATH_MS;
    let left = sessionProcesses(session);
    while (left.length > 0 && performance.now() < limit) {
        await clock.sleep(LOOK_EVERY_MS);
        left = sessionProcesses(session);
    }
    if (left.length > 0)
        endSession(session);
    return left;
}
function send(pid, signal) {
    try {
        process.kill(pid, signal);
    }
    catch {
        // It ended in between.
    }
}
function keep(stream, limit) {
    const chunks = [];
    let size = 0;
    stream.on('data', (chunk) => {
        if (size >= limit)
            return;
        chunks.push(chunk.subarray(0, limit - size));
        size += chunk.length;
    });
    const done = new Promise((resolve) => {
        stream.once('close', resolve);
        stream.once('error', () => resolve());
    });
    const bytes = () => Buffer.concat(chunks);
    return { bytes, text: () => bytes().toString('utf8'), done };
}

;// CONCATENATED MODULE: ./lib/shell/index.ts







/***/ }),

/***/ 5177:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  up: () => (/* reexport */ createRclone),
  Pv: () => (/* reexport */ parseStore),
  Zd: () => (/* reexport */ publicPath)
});

// UNUSED EXPORTS: PART, manifestPrefix, probe, rangeReader, remotePath, segmentStore

;// CONCATENATED MODULE: ./lib/store/store.ts
/**
 * What a store is: a place in an object store as rclone names it (`nectar:neurodesk`), a folder (`:local:/srv`),
 * or a public address alone, which can be looked at and not written to.
 */
/** Reads what stands in the input `stores`. Says every reason why it is refused. */
function parseStore(value, attributes, flags) {
    const problems = [];
    const prefix = (attributes['prefix'] ?? '').replace(/^\/+|\/+$/g, '');
    if (!isPlainPath(prefix))
        problems.push('a prefix without ".." and control characters');
    const isUrl = /^https?:\/\//i.test(value);
    const remote = isUrl ? undefined : trimSlash(value);
    const publicUrl = attributes['public-url'] ?? (isUrl ? value : undefined);
    if (publicUrl !== undefined && !isPublicUrl(publicUrl)) {
        problems.push('public-url as http(s):// without user, password, query and fragment');
    }
    if (remote !== undefined)
        problems.push(...remoteProblems(remote));
    const name = attributes['name'] ?? nameOf(value);
    if (problems.length === 0 && !/^[\w.@ -]{1,64}$/.test(name))
        problems.push('a name of at most 64 letters, digits, ".", "_", "-"');
    const store = {
        name,
        remote,
        prefix,
        publicUrl: publicUrl === undefined ? undefined : trimSlash(publicUrl),
        required: flags.has('required')
    };
    return { store, problems };
}
/** The remote path of a key. Keys are names of containers or `prefix/name`, checked before they come here. */
function remotePath(store, key) {
    if (store.remote === undefined)
        throw new Error(`${store.name} has no remote`);
    return join(join(store.remote, store.prefix), key);
}
/** The public address of a key. */
function publicPath(store, key) {
    if (store.publicUrl === undefined)
        return undefined;
    const encoded = join(store.prefix, key).split('/').map(encodeURIComponent).join('/');
    return `${store.publicUrl}/${encoded}`;
}
/**
 * Where rclone keeps the segments of large objects in Swift: a container beside the store's, `NAME_segments`
 * (rclone, backend/swift). Undefined where the store is no container's top level or has a prefix.
 */
function segmentStore(store) {
    const match = /^([^:]+:)\/?([^/]+)$/.exec(store.remote ?? '');
    if (match === null || store.prefix !== '')
        return undefined;
    return {
        ...store,
        name: `${store.name} (segments)`,
        remote: `${match[1] ?? ''}${match[2] ?? ''}_segments`,
        publicUrl: undefined
    };
}
/** Why rclone must not get this as a remote. Its options belong into rclone's own configuration, never on argv. */
function remoteProblems(remote) {
    const match = /^(:?[A-Za-z0-9_][\w.+@ -]*)((?:,[^:]*)?):(.*)$/s.exec(remote);
    if (match === null)
        return ['an rclone remote path such as nectar:neurodesk or :local:/srv/store'];
    const [, , options = '', path = ''] = match;
    const problems = [];
    if (/secret|pass|token|key|credential|auth/i.test(options)) {
        problems.push('no secrets in the remote: put them into RCLONE_CONFIG or RCLONE_CONFIG_<REMOTE>_<OPTION>');
    }
    if (!isPlainPath(path))
        problems.push('a path without ".." and control characters');
    return problems;
}
function isPlainPath(path) {
    return !/\p{Cc}/u.test(path) && !path.split('/').includes('..');
}
function isPublicUrl(text) {
    if (!URL.canParse(text))
        return false;
    const url = new URL(text);
    const web = url.protocol === 'http:' || url.protocol === 'https:';
    return web && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
function nameOf(value) {
    if (URL.canParse(value) && /^https?:/i.test(value))
        return new URL(value).hostname;
    const remote = /^:?([^:,]*)/.exec(value)?.[1] ?? value;
    return remote === '' ? 'store' : remote;
}
function trimSlash(text) {
    return text.replace(/(?<=[^:/])\/+$/, '');
}
function join(left, right) {
    if (left === '' || right === '')
        return left + right;
    return left.endsWith('/') || left.endsWith(':') ? left + right : `${left}/${right}`;
}

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var lib_retry = __nccwpck_require__(2751);
;// CONCATENATED MODULE: ./lib/store/rclone.ts
/**
 * rclone, the one client for every kind of store. It takes its remotes from its own configuration (RCLONE_CONFIG,
 * RCLONE_CONFIG_*, OS_*, AWS_* of the environment, which pass through); nothing secret is ever on its command line.
 * Exit codes: https://rclone.org/docs/#exit-code
 */



const DIRECTORY_NOT_FOUND = 3;
const FILE_NOT_FOUND = 4;
const TEMPORARY = 5;
/** Behind the name of a file that is not whole yet, in stores that can rename; the process follows. */
const PART = '.part-';
/** rclone says 5 for "try again"; for all else its last lines decide. */
const classify = (error, now) => {
    if (error instanceof failure/* ToolError */.v4 && error.exitCode === TEMPORARY)
        return { kind: 'retry' };
    return (0,lib_retry/* classifyTool */.Xp)(error, now);
};
/** @throws TransientError after the retries, ToolError for what no retry helps. Neither ever means "missing". */
function createRclone(options) {
    return new CommandLine(options);
}
class CommandLine {
    options;
    known = new Map();
    constructor(options) {
        this.options = options;
    }
    async version() {
        const { stdout } = await this.options.exec.run(this.options.command ?? 'rclone', ['version'], {
            timeoutMs: 30_000
        });
        return /rclone v([\w.-]+)/.exec(stdout)?.[1] ?? 'unknown';
    }
    async features(store) {
        const remote = remotePath(store, '');
        const asked = this.known.get(remote) ?? this.askFeatures(store);
        this.known.set(remote, asked);
        try {
            return await asked;
        }
        catch (error) {
            this.known.delete(remote);
            throw error;
        }
    }
    async askFeatures(store) {
        const { stdout } = await this.run(`features of ${store.name}`, [
            'backend',
            'features',
            remotePath(store, '')
        ]);
        const told = JSON.parse(stdout);
        const api = /^(Swift|S3) /.exec(told.String ?? '')?.[1]?.toLowerCase();
        return {
            rename: told.Features?.['Move'] === true,
            copy: told.Features?.['Copy'] === true,
            md5: told.Hashes?.includes('md5') === true,
            buckets: told.Features?.['BucketBased'] === true,
            api: api === 'swift' || api === 's3' ? api : 'other'
        };
    }
    async list(store, options = {}) {
        const path = remotePath(store, options.folder ?? '');
        const args = ['lsjson', '--files-only', '--max-depth', '1', '--no-mimetype'];
        // A time from the object's own metadata costs one request per object.
        args.push(options.modified === true ? '--use-server-modtime' : '--no-modtime');
        if (options.hash === true)
            args.push('--hash', '--hash-type', 'md5');
        const what = `list ${store.name}${options.folder === undefined ? '' : `/${options.folder}`}`;
        const result = await this.run(what, [...args, path], [0, DIRECTORY_NOT_FOUND]);
        if (result.exitCode === DIRECTORY_NOT_FOUND) {
            await this.expectRoot(store, result.stderr);
            return [];
        }
        return parseListing(result.stdout);
    }
    async listAll(store, options = {}) {
        const args = ['lsjson', '--files-only', '--recursive', '--no-mimetype', '--use-server-modtime'];
        if (options.hash === true)
            args.push('--hash', '--hash-type', 'md5');
        args.push(remotePath(store, options.folder ?? ''));
        const result = await this.run(`list ${store.name}`, args, [0, DIRECTORY_NOT_FOUND]);
        return result.exitCode === DIRECTORY_NOT_FOUND ? [] : parseListing(result.stdout);
    }
    /** "Directory not found" of a folder in an object store means empty; of the store itself, that it is wrong. */
    async expectRoot(store, said) {
        const root = { ...store, prefix: '' };
        const path = remotePath(root, '');
        const result = await this.run(`look at ${store.name}`, ['lsjson', '--max-depth', '1', '--no-modtime', path], 'any');
        if (result.exitCode === 0)
            return;
        throw new failure/* ToolError */.v4({
            command: `rclone lsjson ${path}`,
            exitCode: result.exitCode,
            reason: 'exit',
            summary: `the store ${store.name} (${path}) is not there`,
            detail: lastLine(said),
            advice: 'Create the bucket, container or folder, or correct the line in `stores`.'
        });
    }
    async stat(store, key, options = {}) {
        const args = ['lsjson', '--stat', '--no-mimetype'];
        if (options.modified === true)
            args.push('--use-server-modtime');
        else
            args.push('--no-modtime', '--hash', '--hash-type', 'md5');
        args.push(remotePath(store, key));
        const missing = [0, DIRECTORY_NOT_FOUND, FILE_NOT_FOUND];
        const result = await this.run(`look at ${key} in ${store.name}`, args, missing);
        const text = result.stdout.trim();
        if (result.exitCode !== 0 || text === '' || text === 'null')
            return undefined;
        const [object] = parseListing(`[${text}]`);
        return object === undefined ? undefined : { ...object, key };
    }
    async put(store, file, key, facts) {
        const { rename, api } = await this.features(store);
        // A folder is not an object store: there, the name is given last, by a rename.
        const target = rename ? `${key}${PART}${process.pid}` : key;
        await this.transfer(`upload ${key} to ${store.name}`, [
            'copyto',
            '--no-check-dest',
            ...factArguments(facts, api),
            file,
            remotePath(store, target)
        ]);
        if (rename)
            await this.run(`name ${key} in ${store.name}`, [
                'moveto',
                remotePath(store, target),
                remotePath(store, key)
            ]);
    }
    async get(store, key, file) {
        await this.transfer(`download ${key} from ${store.name}`, ['copyto', remotePath(store, key), file]);
    }
    async copy(store, from, to) {
        const args = ['copyto', '--no-check-dest', '--metadata', remotePath(store, from), remotePath(store, to)];
        await this.transfer(`copy ${from} to ${to} in ${store.name}`, args);
    }
    async sha256(store, key) {
        const args = ['hashsum', 'sha256', '--download', remotePath(store, key)];
        const result = await this.run(`read ${key} back from ${store.name}`, args, [0], this.transferMs);
        const digest = /^[0-9a-f]{64}/.exec(result.stdout.trim())?.[0];
        if (digest === undefined)
            throw new Error(`rclone gave no SHA-256 of ${key} in ${store.name}`);
        return digest;
    }
    async remove(store, key) {
        const gone = [0, DIRECTORY_NOT_FOUND, FILE_NOT_FOUND];
        await this.run(`delete ${key} from ${store.name}`, ['deletefile', remotePath(store, key)], gone);
    }
    async transfer(what, args) {
        await this.run(what, args, [0], this.transferMs);
    }
    get transferMs() {
        return this.options.transferTimeoutMs ?? 6 * 3_600_000;
    }
    async run(what, args, accept = [0], timeoutMs = 5 * 60_000) {
        const { exec, command = 'rclone', clock, log, signal } = this.options;
        // rclone retries single requests by itself; whole commands are repeated here, where it is told.
        const all = ['--retries', '1', '--ask-password=false', ...args];
        return await (0,lib_retry/* retry */.L5)(what, async () => await exec.run(command, all, { accept, timeoutMs, maxOutput: 256 * 1024 * 1024 }), { classify, clock, log, ...(signal === undefined ? {} : { signal }) });
    }
}
/** Swift and S3 keep facts as headers of the upload; rclone's own way would add the file's owner and mode to them. */
function factArguments(facts, api) {
    const known = Object.entries(facts).filter(([, value]) => value !== undefined);
    if (api === 'other')
        return ['--metadata', ...known.flatMap(([name, value]) => ['--metadata-set', `${name}=${value}`])];
    const prefix = api === 'swift' ? 'X-Object-Meta-' : 'x-amz-meta-';
    return known.flatMap(([name, value]) => ['--header-upload', `${prefix}${name}: ${value}`]);
}
function parseListing(text) {
    const items = JSON.parse(text);
    return items
        .filter((item) => !item.IsDir)
        .map((item) => {
        const modified = Date.parse(item.ModTime ?? '');
        const md5 = item.Hashes?.['md5'] ?? item.Hashes?.['MD5'];
        return {
            key: item.Path,
            bytes: item.Size,
            ...(Number.isNaN(modified) ? {} : { modified }),
            ...(md5 === undefined || md5 === '' ? {} : { md5 })
        };
    });
}
function lastLine(text) {
    return text.trim().split('\n').at(-1) ?? '';
}

// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var http = __nccwpck_require__(7726);
;// CONCATENATED MODULE: ./lib/store/public.ts
/**
 * A store as its users see it: by its public address, without credentials. Only a GET counts. A large object is a
 * list of segments, and when those lie in a private place HEAD says 200 while GET says 401 or 409.
 */



/** First bytes that are read: the header of a SIF. */
const HEAD_BYTES = 128;
/** Reads the first 128 bytes of a URL. Never throws for what the other side does. */
async function probe(url, options) {
    try {
        return await retry(`GET ${url}`, async () => await attempt(url, options), {
            classify: classifyHttp,
            clock: options.clock,
            log: options.log,
            limits: { attempts: options.attempts ?? 4 },
            ...(options.signal === undefined ? {} : { signal: options.signal })
        });
    }
    catch (error) {
        options.signal?.throwIfAborted();
        const cause = error instanceof TransientError ? error.cause : error;
        return { state: 'unknown', reason: messageOf(cause) };
    }
}
async function attempt(url, options) {
    const response = await options.http.stream(url, {
        headers: { range: `bytes=0-${HEAD_BYTES - 1}`, 'accept-encoding': 'identity' },
        timeoutMs: options.timeoutMs,
        ...(options.signal === undefined ? {} : { signal: options.signal })
    });
    const { status, headers } = response;
    const head = await firstBytes(response.body, HEAD_BYTES);
    const told = headers['x-object-meta-sha256'] ?? headers['x-amz-meta-sha256'] ?? '';
    const facts = /^[0-9a-f]{64}$/.test(told) ? { sha256: told } : {};
    if (status === 206)
        return { state: 'present', bytes: totalOf(headers['content-range']), head, ...facts };
    if (status === 200) {
        const length = Number(headers['content-length']);
        return { state: 'present', bytes: Number.isSafeInteger(length) ? length : undefined, head, ...facts };
    }
    // An empty object has no byte 0.
    if (status === 416)
        return { state: 'present', bytes: totalOf(headers['content-range']) ?? 0, head: Buffer.alloc(0) };
    if (status === 404 || status === 410)
        return { state: 'missing' };
    if (status === 401 || status === 403 || status === 409)
        return { state: 'unreadable', status };
    throw new HttpStatusError(response, 'GET', head.toString('utf8'));
}
/** Up to `count` bytes, then the connection is given back or, when more would come, closed. */
async function firstBytes(body, count) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > count) {
            body.destroy();
            break;
        }
    }
    return Buffer.concat(chunks).subarray(0, count);
}
/** `bytes 0-127/3080192` or, for 416, `bytes *\/0`. */
function totalOf(range) {
    const total = /\/(\d{1,15})$/.exec(range ?? '')?.[1];
    return total === undefined ? undefined : Number(total);
}
/**
 * Where the segments of a large object of Swift lie (`CONTAINER/PREFIX`), as its manifest tells the public.
 * Undefined when it is none, or when nobody can tell.
 */
async function manifestPrefix(url, options) {
    const { http, timeoutMs, signal } = options;
    const response = await http.request(url, {
        method: 'HEAD',
        timeoutMs,
        ...(signal === undefined ? {} : { signal })
    });
    const told = response.status === 200 ? response.headers['x-object-manifest'] : undefined;
    return told === undefined ? undefined : decodeURIComponent(told).replace(/^\/|\/$/g, '');
}
/**
 * Reads ranges of a public object, so that its inside can be looked at without downloading it.
 * @throws HttpStatusError, TransientError; a store that ignores Range is an HttpStatusError with status 200.
 */
function rangeReader(url, options) {
    const { http, clock, log, timeoutMs } = options;
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    return async (offset, length) => {
        if (length <= 0)
            return Buffer.alloc(0);
        const range = `bytes=${offset}-${offset + length - 1}`;
        return await retry(`GET ${url} ${range}`, async () => {
            const headers = { range, 'accept-encoding': 'identity' };
            const response = await http.request(url, { headers, timeoutMs, maxBytes: length, ...signal });
            return expectStatus(response, [206]).body;
        }, { classify: classifyHttp, clock, log, ...signal });
    };
}

;// CONCATENATED MODULE: ./lib/store/index.ts
/** Object stores: through rclone to change them, by their public address as users see them. */





/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 7349:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var resolveBlockMap = __nccwpck_require__(7103);
var resolveBlockSeq = __nccwpck_require__(334);
var resolveFlowCollection = __nccwpck_require__(3142);

function resolveCollection(CN, ctx, token, onError, tagName, tag) {
    const coll = token.type === 'block-map'
        ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag)
        : token.type === 'block-seq'
            ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag)
            : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
    const Coll = coll.constructor;
    // If we got a tagName matching the class, or the tag name is '!',
    // then use the tagName from the node class used to create it.
    if (tagName === '!' || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
    }
    if (tagName)
        coll.tag = tagName;
    return coll;
}
function composeCollection(CN, ctx, token, props, onError) {
    const tagToken = props.tag;
    const tagName = !tagToken
        ? null
        : ctx.directives.tagName(tagToken.source, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg));
    if (token.type === 'block-seq') {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken
            ? anchor.offset > tagToken.offset
                ? anchor
                : tagToken
            : (anchor ?? tagToken);
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
            const message = 'Missing newline after block sequence props';
            onError(lastProp, 'MISSING_CHAR', message);
        }
    }
    const expType = token.type === 'block-map'
        ? 'map'
        : token.type === 'block-seq'
            ? 'seq'
            : token.start.source === '{'
                ? 'map'
                : 'seq';
    // shortcut: check if it's a generic YAMLMap or YAMLSeq
    // before jumping into the custom tag logic.
    if (!tagToken ||
        !tagName ||
        tagName === '!' ||
        (tagName === YAMLMap.YAMLMap.tagName && expType === 'map') ||
        (tagName === YAMLSeq.YAMLSeq.tagName && expType === 'seq')) {
        return resolveCollection(CN, ctx, token, onError, tagName);
    }
    let tag = ctx.schema.tags.find(t => t.tag === tagName && t.collection === expType);
    if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
            ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
            tag = kt;
        }
        else {
            if (kt) {
                onError(tagToken, 'BAD_COLLECTION_TYPE', `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? 'scalar'}`, true);
            }
            else {
                onError(tagToken, 'TAG_RESOLVE_FAILED', `Unresolved tag: ${tagName}`, true);
            }
            return resolveCollection(CN, ctx, token, onError, tagName);
        }
    }
    const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
    const res = tag.resolve?.(coll, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg), ctx.options) ?? coll;
    const node = identity.isNode(res)
        ? res
        : new Scalar.Scalar(res);
    node.range = coll.range;
    node.tag = tagName;
    if (tag?.format)
        node.format = tag.format;
    return node;
}

exports.composeCollection = composeCollection;


/***/ }),

/***/ 3683:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Document = __nccwpck_require__(3021);
var composeNode = __nccwpck_require__(5937);
var resolveEnd = __nccwpck_require__(7788);
var resolveProps = __nccwpck_require__(4631);

function composeDoc(options, directives, { offset, start, value, end }, onError) {
    const opts = Object.assign({ _directives: directives }, options);
    const doc = new Document.Document(undefined, opts);
    const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
    };
    const props = resolveProps.resolveProps(start, {
        indicator: 'doc-start',
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
    });
    if (props.found) {
        doc.directives.docStart = true;
        if (value &&
            (value.type === 'block-map' || value.type === 'block-seq') &&
            !props.hasNewline)
            onError(props.end, 'MISSING_CHAR', 'Block collection cannot start on same line with directives-end marker');
    }
    // @ts-expect-error If Contents is set, let's trust the user
    doc.contents = value
        ? composeNode.composeNode(ctx, value, props, onError)
        : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
    const contentEnd = doc.contents.range[2];
    const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
    if (re.comment)
        doc.comment = re.comment;
    doc.range = [offset, contentEnd, re.offset];
    return doc;
}

exports.composeDoc = composeDoc;


/***/ }),

/***/ 5937:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(4065);
var identity = __nccwpck_require__(1127);
var composeCollection = __nccwpck_require__(7349);
var composeScalar = __nccwpck_require__(5413);
var resolveEnd = __nccwpck_require__(7788);
var utilEmptyScalarPosition = __nccwpck_require__(2599);

const CN = { composeNode, composeEmptyNode };
function composeNode(ctx, token, props, onError) {
    const atKey = ctx.atKey;
    const { spaceBefore, comment, anchor, tag } = props;
    let node;
    let isSrcToken = true;
    switch (token.type) {
        case 'alias':
            node = composeAlias(ctx, token, onError);
            if (anchor || tag)
                onError(token, 'ALIAS_PROPS', 'An alias node must not specify any properties');
            break;
        case 'scalar':
        case 'single-quoted-scalar':
        case 'double-quoted-scalar':
        case 'block-scalar':
            node = composeScalar.composeScalar(ctx, token, tag, onError);
            if (anchor)
                node.anchor = anchor.source.substring(1);
            break;
        case 'block-map':
        case 'block-seq':
        case 'flow-collection':
            try {
                node = composeCollection.composeCollection(CN, ctx, token, props, onError);
                if (anchor)
                    node.anchor = anchor.source.substring(1);
            }
            catch (error) {
                // Almost certainly here due to a stack overflow
                const message = error instanceof Error ? error.message : String(error);
                onError(token, 'RESOURCE_EXHAUSTION', message);
            }
            break;
        default: {
            const message = token.type === 'error'
                ? token.message
                : `Unsupported token (type: ${token.type})`;
            onError(token, 'UNEXPECTED_TOKEN', message);
            isSrcToken = false;
        }
    }
    node ?? (node = composeEmptyNode(ctx, token.offset, undefined, null, props, onError));
    if (anchor && node.anchor === '')
        onError(anchor, 'BAD_ALIAS', 'Anchor cannot be an empty string');
    if (atKey &&
        ctx.options.stringKeys &&
        (!identity.isScalar(node) ||
            typeof node.value !== 'string' ||
            (node.tag && node.tag !== 'tag:yaml.org,2002:str'))) {
        const msg = 'With stringKeys, all keys must be strings';
        onError(tag ?? token, 'NON_STRING_KEY', msg);
    }
    if (spaceBefore)
        node.spaceBefore = true;
    if (comment) {
        if (token.type === 'scalar' && token.source === '')
            node.comment = comment;
        else
            node.commentBefore = comment;
    }
    // @ts-expect-error Type checking misses meaning of isSrcToken
    if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
    return node;
}
function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
    const token = {
        type: 'scalar',
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ''
    };
    const node = composeScalar.composeScalar(ctx, token, tag, onError);
    if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === '')
            onError(anchor, 'BAD_ALIAS', 'Anchor cannot be an empty string');
    }
    if (spaceBefore)
        node.spaceBefore = true;
    if (comment) {
        node.comment = comment;
        node.range[2] = end;
    }
    return node;
}
function composeAlias({ options }, { offset, source, end }, onError) {
    const alias = new Alias.Alias(source.substring(1));
    if (alias.source === '')
        onError(offset, 'BAD_ALIAS', 'Alias cannot be an empty string');
    if (alias.source.endsWith(':'))
        onError(offset + source.length - 1, 'BAD_ALIAS', 'Alias ending in : is ambiguous', true);
    const valueEnd = offset + source.length;
    const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
    alias.range = [offset, valueEnd, re.offset];
    if (re.comment)
        alias.comment = re.comment;
    return alias;
}

exports.composeEmptyNode = composeEmptyNode;
exports.composeNode = composeNode;


/***/ }),

/***/ 5413:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var resolveBlockScalar = __nccwpck_require__(8913);
var resolveFlowScalar = __nccwpck_require__(6842);

function composeScalar(ctx, token, tagToken, onError) {
    const { value, type, comment, range } = token.type === 'block-scalar'
        ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError)
        : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
    const tagName = tagToken
        ? ctx.directives.tagName(tagToken.source, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg))
        : null;
    let tag;
    if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity.SCALAR];
    }
    else if (tagName)
        tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
    else if (token.type === 'scalar')
        tag = findScalarTagByTest(ctx, value, token, onError);
    else
        tag = ctx.schema[identity.SCALAR];
    let scalar;
    try {
        const res = tag.resolve(value, msg => onError(tagToken ?? token, 'TAG_RESOLVE_FAILED', msg), ctx.options);
        scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
    }
    catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token, 'TAG_RESOLVE_FAILED', msg);
        scalar = new Scalar.Scalar(value);
    }
    scalar.range = range;
    scalar.source = value;
    if (type)
        scalar.type = type;
    if (tagName)
        scalar.tag = tagName;
    if (tag.format)
        scalar.format = tag.format;
    if (comment)
        scalar.comment = comment;
    return scalar;
}
function findScalarTagByName(schema, value, tagName, tagToken, onError) {
    if (tagName === '!')
        return schema[identity.SCALAR]; // non-specific tag
    const matchWithTest = [];
    for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
            if (tag.default && tag.test)
                matchWithTest.push(tag);
            else
                return tag;
        }
    }
    for (const tag of matchWithTest)
        if (tag.test?.test(value))
            return tag;
    const kt = schema.knownTags[tagName];
    if (kt && !kt.collection) {
        // Ensure that the known tag is available for stringifying,
        // but does not get used by default.
        schema.tags.push(Object.assign({}, kt, { default: false, test: undefined }));
        return kt;
    }
    onError(tagToken, 'TAG_RESOLVE_FAILED', `Unresolved tag: ${tagName}`, tagName !== 'tag:yaml.org,2002:str');
    return schema[identity.SCALAR];
}
function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
    const tag = schema.tags.find(tag => (tag.default === true || (atKey && tag.default === 'key')) &&
        tag.test?.test(value)) || schema[identity.SCALAR];
    if (schema.compat) {
        const compat = schema.compat.find(tag => tag.default && tag.test?.test(value)) ??
            schema[identity.SCALAR];
        if (tag.tag !== compat.tag) {
            const ts = directives.tagString(tag.tag);
            const cs = directives.tagString(compat.tag);
            const msg = `Value may be parsed as either ${ts} or ${cs}`;
            onError(token, 'TAG_RESOLVE_FAILED', msg, true);
        }
    }
    return tag;
}

exports.composeScalar = composeScalar;


/***/ }),

/***/ 9984:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);
var directives = __nccwpck_require__(1342);
var Document = __nccwpck_require__(3021);
var errors = __nccwpck_require__(1464);
var identity = __nccwpck_require__(1127);
var composeDoc = __nccwpck_require__(3683);
var resolveEnd = __nccwpck_require__(7788);

function getErrorPos(src) {
    if (typeof src === 'number')
        return [src, src + 1];
    if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
    const { offset, source } = src;
    return [offset, offset + (typeof source === 'string' ? source.length : 1)];
}
function parsePrelude(prelude) {
    let comment = '';
    let atComment = false;
    let afterEmptyLine = false;
    for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
            case '#':
                comment +=
                    (comment === '' ? '' : afterEmptyLine ? '\n\n' : '\n') +
                        (source.substring(1) || ' ');
                atComment = true;
                afterEmptyLine = false;
                break;
            case '%':
                if (prelude[i + 1]?.[0] !== '#')
                    i += 1;
                atComment = false;
                break;
            default:
                // This may be wrong after doc-end, but in that case it doesn't matter
                if (!atComment)
                    afterEmptyLine = true;
                atComment = false;
        }
    }
    return { comment, afterEmptyLine };
}
/**
 * Compose a stream of CST nodes into a stream of YAML Documents.
 *
 * ```ts
 * import { Composer, Parser } from 'yaml'
 *
 * const src: string = ...
 * const tokens = new Parser().parse(src)
 * const docs = new Composer().compose(tokens)
 * ```
 */
class Composer {
    constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code, message, warning) => {
            const pos = getErrorPos(source);
            if (warning)
                this.warnings.push(new errors.YAMLWarning(pos, code, message));
            else
                this.errors.push(new errors.YAMLParseError(pos, code, message));
        };
        // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
        this.directives = new directives.Directives({ version: options.version || '1.2' });
        this.options = options;
    }
    decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        //console.log({ dc: doc.comment, prelude, comment })
        if (comment) {
            const dc = doc.contents;
            if (afterDoc) {
                doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
            }
            else if (afterEmptyLine || doc.directives.docStart || !dc) {
                doc.commentBefore = comment;
            }
            else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
                let it = dc.items[0];
                if (identity.isPair(it))
                    it = it.key;
                const cb = it.commentBefore;
                it.commentBefore = cb ? `${comment}\n${cb}` : comment;
            }
            else {
                const cb = dc.commentBefore;
                dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
            }
        }
        if (afterDoc) {
            for (let i = 0; i < this.errors.length; ++i)
                doc.errors.push(this.errors[i]);
            for (let i = 0; i < this.warnings.length; ++i)
                doc.warnings.push(this.warnings[i]);
        }
        else {
            doc.errors = this.errors;
            doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
    }
    /**
     * Current stream status information.
     *
     * Mostly useful at the end of input for an empty stream.
     */
    streamInfo() {
        return {
            comment: parsePrelude(this.prelude).comment,
            directives: this.directives,
            errors: this.errors,
            warnings: this.warnings
        };
    }
    /**
     * Compose tokens into documents.
     *
     * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
     * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
     */
    *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
            yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
    }
    /** Advance the composer by one CST token. */
    *next(token) {
        if (node_process.env.LOG_STREAM)
            console.dir(token, { depth: null });
        switch (token.type) {
            case 'directive':
                this.directives.add(token.source, (offset, message, warning) => {
                    const pos = getErrorPos(token);
                    pos[0] += offset;
                    this.onError(pos, 'BAD_DIRECTIVE', message, warning);
                });
                this.prelude.push(token.source);
                this.atDirectives = true;
                break;
            case 'document': {
                const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
                if (this.atDirectives && !doc.directives.docStart)
                    this.onError(token, 'MISSING_CHAR', 'Missing directives-end/doc-start indicator line');
                this.decorate(doc, false);
                if (this.doc)
                    yield this.doc;
                this.doc = doc;
                this.atDirectives = false;
                break;
            }
            case 'byte-order-mark':
            case 'space':
                break;
            case 'comment':
            case 'newline':
                this.prelude.push(token.source);
                break;
            case 'error': {
                const msg = token.source
                    ? `${token.message}: ${JSON.stringify(token.source)}`
                    : token.message;
                const error = new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', msg);
                if (this.atDirectives || !this.doc)
                    this.errors.push(error);
                else
                    this.doc.errors.push(error);
                break;
            }
            case 'doc-end': {
                if (!this.doc) {
                    const msg = 'Unexpected doc-end without preceding document';
                    this.errors.push(new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', msg));
                    break;
                }
                this.doc.directives.docEnd = true;
                const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
                this.decorate(this.doc, true);
                if (end.comment) {
                    const dc = this.doc.comment;
                    this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
                }
                this.doc.range[2] = end.offset;
                break;
            }
            default:
                this.errors.push(new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', `Unsupported token ${token.type}`));
        }
    }
    /**
     * Call at end of input to yield any remaining document.
     *
     * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
     * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
     */
    *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
            this.decorate(this.doc, true);
            yield this.doc;
            this.doc = null;
        }
        else if (forceDoc) {
            const opts = Object.assign({ _directives: this.directives }, this.options);
            const doc = new Document.Document(undefined, opts);
            if (this.atDirectives)
                this.onError(endOffset, 'MISSING_CHAR', 'Missing directives-end indicator line');
            doc.range = [0, endOffset, endOffset];
            this.decorate(doc, false);
            yield doc;
        }
    }
}

exports.Composer = Composer;


/***/ }),

/***/ 7103:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Pair = __nccwpck_require__(7165);
var YAMLMap = __nccwpck_require__(4454);
var resolveProps = __nccwpck_require__(4631);
var utilContainsNewline = __nccwpck_require__(9499);
var utilFlowIndentCheck = __nccwpck_require__(4051);
var utilMapIncludes = __nccwpck_require__(1187);

const startColMsg = 'All mapping items must start at the same column';
function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
    const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
    const map = new NodeClass(ctx.schema);
    if (ctx.atRoot)
        ctx.atRoot = false;
    let offset = bm.offset;
    let commentEnd = null;
    for (const collItem of bm.items) {
        const { start, key, sep, value } = collItem;
        // key properties
        const keyProps = resolveProps.resolveProps(start, {
            indicator: 'explicit-key-ind',
            next: key ?? sep?.[0],
            offset,
            onError,
            parentIndent: bm.indent,
            startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
            if (key) {
                if (key.type === 'block-seq')
                    onError(offset, 'BLOCK_AS_IMPLICIT_KEY', 'A block sequence may not be used as an implicit map key');
                else if ('indent' in key && key.indent !== bm.indent)
                    onError(offset, 'BAD_INDENT', startColMsg);
            }
            if (!keyProps.anchor && !keyProps.tag && !sep) {
                commentEnd = keyProps.end;
                if (keyProps.comment) {
                    if (map.comment)
                        map.comment += '\n' + keyProps.comment;
                    else
                        map.comment = keyProps.comment;
                }
                continue;
            }
            if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
                onError(key ?? start[start.length - 1], 'MULTILINE_IMPLICIT_KEY', 'Implicit keys need to be on a single line');
            }
        }
        else if (keyProps.found?.indent !== bm.indent) {
            onError(offset, 'BAD_INDENT', startColMsg);
        }
        // key value
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key
            ? composeNode(ctx, key, keyProps, onError)
            : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
        if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
            onError(keyStart, 'DUPLICATE_KEY', 'Map keys must be unique');
        // value properties
        const valueProps = resolveProps.resolveProps(sep ?? [], {
            indicator: 'map-value-ind',
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: bm.indent,
            startOnNewline: !key || key.type === 'block-scalar'
        });
        offset = valueProps.end;
        if (valueProps.found) {
            if (implicitKey) {
                if (value?.type === 'block-map' && !valueProps.hasNewline)
                    onError(offset, 'BLOCK_AS_IMPLICIT_KEY', 'Nested mappings are not allowed in compact mappings');
                if (ctx.options.strict &&
                    keyProps.start < valueProps.found.offset - 1024)
                    onError(keyNode.range, 'KEY_OVER_1024_CHARS', 'The : indicator must be at most 1024 chars after the start of an implicit block mapping key');
            }
            // value value
            const valueNode = value
                ? composeNode(ctx, value, valueProps, onError)
                : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
            if (ctx.schema.compat)
                utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
            offset = valueNode.range[2];
            const pair = new Pair.Pair(keyNode, valueNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            map.items.push(pair);
        }
        else {
            // key with no value
            if (implicitKey)
                onError(keyNode.range, 'MISSING_CHAR', 'Implicit map keys need to be followed by map values');
            if (valueProps.comment) {
                if (keyNode.comment)
                    keyNode.comment += '\n' + valueProps.comment;
                else
                    keyNode.comment = valueProps.comment;
            }
            const pair = new Pair.Pair(keyNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            map.items.push(pair);
        }
    }
    if (commentEnd && commentEnd < offset)
        onError(commentEnd, 'IMPOSSIBLE', 'Map comment with trailing content');
    map.range = [bm.offset, offset, commentEnd ?? offset];
    return map;
}

exports.resolveBlockMap = resolveBlockMap;


/***/ }),

/***/ 8913:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

function resolveBlockScalar(ctx, scalar, onError) {
    const start = scalar.offset;
    const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
    if (!header)
        return { value: '', type: null, comment: '', range: [start, start, start] };
    const type = header.mode === '>' ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
    const lines = scalar.source ? splitLines(scalar.source) : [];
    // determine the end of content & start of chomping
    let chompStart = lines.length;
    for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === '' || content === '\r')
            chompStart = i;
        else
            break;
    }
    // shortcut for empty contents
    if (chompStart === 0) {
        const value = header.chomp === '+' && lines.length > 0
            ? '\n'.repeat(Math.max(1, lines.length - 1))
            : '';
        let end = start + header.length;
        if (scalar.source)
            end += scalar.source.length;
        return { value, type, comment: header.comment, range: [start, end, end] };
    }
    // find the indentation level to trim from start
    let trimIndent = scalar.indent + header.indent;
    let offset = scalar.offset + header.length;
    let contentStart = 0;
    for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === '' || content === '\r') {
            if (header.indent === 0 && indent.length > trimIndent)
                trimIndent = indent.length;
        }
        else {
            if (indent.length < trimIndent) {
                const message = 'Block scalars with more-indented leading empty lines must use an explicit indentation indicator';
                onError(offset + indent.length, 'MISSING_CHAR', message);
            }
            if (header.indent === 0)
                trimIndent = indent.length;
            contentStart = i;
            if (trimIndent === 0 && !ctx.atRoot) {
                const message = 'Block scalar values in collections must be indented';
                onError(offset, 'BAD_INDENT', message);
            }
            break;
        }
        offset += indent.length + content.length + 1;
    }
    // include trailing more-indented empty lines in content
    for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
            chompStart = i + 1;
    }
    let value = '';
    let sep = '';
    let prevMoreIndented = false;
    // leading whitespace is kept intact
    for (let i = 0; i < contentStart; ++i)
        value += lines[i][0].slice(trimIndent) + '\n';
    for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === '\r';
        if (crlf)
            content = content.slice(0, -1);
        /* istanbul ignore if already caught in lexer */
        if (content && indent.length < trimIndent) {
            const src = header.indent
                ? 'explicit indentation indicator'
                : 'first line';
            const message = `Block scalar lines must not be less indented than their ${src}`;
            onError(offset - content.length - (crlf ? 2 : 1), 'BAD_INDENT', message);
            indent = '';
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
            value += sep + indent.slice(trimIndent) + content;
            sep = '\n';
        }
        else if (indent.length > trimIndent || content[0] === '\t') {
            // more-indented content within a folded block
            if (sep === ' ')
                sep = '\n';
            else if (!prevMoreIndented && sep === '\n')
                sep = '\n\n';
            value += sep + indent.slice(trimIndent) + content;
            sep = '\n';
            prevMoreIndented = true;
        }
        else if (content === '') {
            // empty line
            if (sep === '\n')
                value += '\n';
            else
                sep = '\n';
        }
        else {
            value += sep + content;
            sep = ' ';
            prevMoreIndented = false;
        }
    }
    switch (header.chomp) {
        case '-':
            break;
        case '+':
            for (let i = chompStart; i < lines.length; ++i)
                value += '\n' + lines[i][0].slice(trimIndent);
            if (value[value.length - 1] !== '\n')
                value += '\n';
            break;
        default:
            value += '\n';
    }
    const end = start + header.length + scalar.source.length;
    return { value, type, comment: header.comment, range: [start, end, end] };
}
function parseBlockScalarHeader({ offset, props }, strict, onError) {
    /* istanbul ignore if should not happen */
    if (props[0].type !== 'block-scalar-header') {
        onError(props[0], 'IMPOSSIBLE', 'Block scalar header not found');
        return null;
    }
    const { source } = props[0];
    const mode = source[0];
    let indent = 0;
    let chomp = '';
    let error = -1;
    for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === '-' || ch === '+'))
            chomp = ch;
        else {
            const n = Number(ch);
            if (!indent && n)
                indent = n;
            else if (error === -1)
                error = offset + i;
        }
    }
    if (error !== -1)
        onError(error, 'UNEXPECTED_TOKEN', `Block scalar header includes extra characters: ${source}`);
    let hasSpace = false;
    let comment = '';
    let length = source.length;
    for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
            case 'space':
                hasSpace = true;
            // fallthrough
            case 'newline':
                length += token.source.length;
                break;
            case 'comment':
                if (strict && !hasSpace) {
                    const message = 'Comments must be separated from other tokens by white space characters';
                    onError(token, 'MISSING_CHAR', message);
                }
                length += token.source.length;
                comment = token.source.substring(1);
                break;
            case 'error':
                onError(token, 'UNEXPECTED_TOKEN', token.message);
                length += token.source.length;
                break;
            /* istanbul ignore next should not happen */
            default: {
                const message = `Unexpected token in block scalar header: ${token.type}`;
                onError(token, 'UNEXPECTED_TOKEN', message);
                const ts = token.source;
                if (ts && typeof ts === 'string')
                    length += ts.length;
            }
        }
    }
    return { mode, indent, chomp, comment, length };
}
/** @returns Array of lines split up as `[indent, content]` */
function splitLines(source) {
    const split = source.split(/\n( *)/);
    const first = split[0];
    const m = first.match(/^( *)/);
    const line0 = m?.[1]
        ? [m[1], first.slice(m[1].length)]
        : ['', first];
    const lines = [line0];
    for (let i = 1; i < split.length; i += 2)
        lines.push([split[i], split[i + 1]]);
    return lines;
}

exports.resolveBlockScalar = resolveBlockScalar;


/***/ }),

/***/ 334:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var YAMLSeq = __nccwpck_require__(2223);
var resolveProps = __nccwpck_require__(4631);
var utilFlowIndentCheck = __nccwpck_require__(4051);

function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
    const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
    const seq = new NodeClass(ctx.schema);
    if (ctx.atRoot)
        ctx.atRoot = false;
    if (ctx.atKey)
        ctx.atKey = false;
    let offset = bs.offset;
    let commentEnd = null;
    for (const { start, value } of bs.items) {
        const props = resolveProps.resolveProps(start, {
            indicator: 'seq-item-ind',
            next: value,
            offset,
            onError,
            parentIndent: bs.indent,
            startOnNewline: true
        });
        if (!props.found) {
            if (props.anchor || props.tag || value) {
                if (value?.type === 'block-seq')
                    onError(props.end, 'BAD_INDENT', 'All sequence items must start at the same column');
                else
                    onError(offset, 'MISSING_CHAR', 'Sequence item without - indicator');
            }
            else {
                commentEnd = props.end;
                if (props.comment)
                    seq.comment = props.comment;
                continue;
            }
        }
        const node = value
            ? composeNode(ctx, value, props, onError)
            : composeEmptyNode(ctx, props.end, start, null, props, onError);
        if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node.range[2];
        seq.items.push(node);
    }
    seq.range = [bs.offset, offset, commentEnd ?? offset];
    return seq;
}

exports.resolveBlockSeq = resolveBlockSeq;


/***/ }),

/***/ 7788:
/***/ ((__unused_webpack_module, exports) => {



function resolveEnd(end, offset, reqSpace, onError) {
    let comment = '';
    if (end) {
        let hasSpace = false;
        let sep = '';
        for (const token of end) {
            const { source, type } = token;
            switch (type) {
                case 'space':
                    hasSpace = true;
                    break;
                case 'comment': {
                    if (reqSpace && !hasSpace)
                        onError(token, 'MISSING_CHAR', 'Comments must be separated from other tokens by white space characters');
                    const cb = source.substring(1) || ' ';
                    if (!comment)
                        comment = cb;
                    else
                        comment += sep + cb;
                    sep = '';
                    break;
                }
                case 'newline':
                    if (comment)
                        sep += source;
                    hasSpace = true;
                    break;
                default:
                    onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${type} at node end`);
            }
            offset += source.length;
        }
    }
    return { comment, offset };
}

exports.resolveEnd = resolveEnd;


/***/ }),

/***/ 3142:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var resolveEnd = __nccwpck_require__(7788);
var resolveProps = __nccwpck_require__(4631);
var utilContainsNewline = __nccwpck_require__(9499);
var utilMapIncludes = __nccwpck_require__(1187);

const blockMsg = 'Block collections are not allowed within flow collections';
const isBlock = (token) => token && (token.type === 'block-map' || token.type === 'block-seq');
function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
    const isMap = fc.start.source === '{';
    const fcName = isMap ? 'flow map' : 'flow sequence';
    const NodeClass = (tag?.nodeClass ?? (isMap ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq));
    const coll = new NodeClass(ctx.schema);
    coll.flow = true;
    const atRoot = ctx.atRoot;
    if (atRoot)
        ctx.atRoot = false;
    if (ctx.atKey)
        ctx.atKey = false;
    let offset = fc.offset + fc.start.source.length;
    for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start, key, sep, value } = collItem;
        const props = resolveProps.resolveProps(start, {
            flow: fcName,
            indicator: 'explicit-key-ind',
            next: key ?? sep?.[0],
            offset,
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
        });
        if (!props.found) {
            if (!props.anchor && !props.tag && !sep && !value) {
                if (i === 0 && props.comma)
                    onError(props.comma, 'UNEXPECTED_TOKEN', `Unexpected , in ${fcName}`);
                else if (i < fc.items.length - 1)
                    onError(props.start, 'UNEXPECTED_TOKEN', `Unexpected empty item in ${fcName}`);
                if (props.comment) {
                    if (coll.comment)
                        coll.comment += '\n' + props.comment;
                    else
                        coll.comment = props.comment;
                }
                offset = props.end;
                continue;
            }
            if (!isMap && ctx.options.strict && utilContainsNewline.containsNewline(key))
                onError(key, // checked by containsNewline()
                'MULTILINE_IMPLICIT_KEY', 'Implicit keys of flow sequence pairs need to be on a single line');
        }
        if (i === 0) {
            if (props.comma)
                onError(props.comma, 'UNEXPECTED_TOKEN', `Unexpected , in ${fcName}`);
        }
        else {
            if (!props.comma)
                onError(props.start, 'MISSING_CHAR', `Missing , between ${fcName} items`);
            if (props.comment) {
                let prevItemComment = '';
                loop: for (const st of start) {
                    switch (st.type) {
                        case 'comma':
                        case 'space':
                            break;
                        case 'comment':
                            prevItemComment = st.source.substring(1);
                            break loop;
                        default:
                            break loop;
                    }
                }
                if (prevItemComment) {
                    let prev = coll.items[coll.items.length - 1];
                    if (identity.isPair(prev))
                        prev = prev.value ?? prev.key;
                    if (prev.comment)
                        prev.comment += '\n' + prevItemComment;
                    else
                        prev.comment = prevItemComment;
                    props.comment = props.comment.substring(prevItemComment.length + 1);
                }
            }
        }
        if (!isMap && !sep && !props.found) {
            // item is a value in a seq
            // → key & sep are empty, start does not include ? or :
            const valueNode = value
                ? composeNode(ctx, value, props, onError)
                : composeEmptyNode(ctx, props.end, sep, null, props, onError);
            coll.items.push(valueNode);
            offset = valueNode.range[2];
            if (isBlock(value))
                onError(valueNode.range, 'BLOCK_IN_FLOW', blockMsg);
        }
        else {
            // item is a key+value pair
            // key value
            ctx.atKey = true;
            const keyStart = props.end;
            const keyNode = key
                ? composeNode(ctx, key, props, onError)
                : composeEmptyNode(ctx, keyStart, start, null, props, onError);
            if (isBlock(key))
                onError(keyNode.range, 'BLOCK_IN_FLOW', blockMsg);
            ctx.atKey = false;
            // value properties
            const valueProps = resolveProps.resolveProps(sep ?? [], {
                flow: fcName,
                indicator: 'map-value-ind',
                next: value,
                offset: keyNode.range[2],
                onError,
                parentIndent: fc.indent,
                startOnNewline: false
            });
            if (valueProps.found) {
                if (!isMap && !props.found && ctx.options.strict) {
                    if (sep)
                        for (const st of sep) {
                            if (st === valueProps.found)
                                break;
                            if (st.type === 'newline') {
                                onError(st, 'MULTILINE_IMPLICIT_KEY', 'Implicit keys of flow sequence pairs need to be on a single line');
                                break;
                            }
                        }
                    if (props.start < valueProps.found.offset - 1024)
                        onError(valueProps.found, 'KEY_OVER_1024_CHARS', 'The : indicator must be at most 1024 chars after the start of an implicit flow sequence key');
                }
            }
            else if (value) {
                if ('source' in value && value.source?.[0] === ':')
                    onError(value, 'MISSING_CHAR', `Missing space after : in ${fcName}`);
                else
                    onError(valueProps.start, 'MISSING_CHAR', `Missing , or : between ${fcName} items`);
            }
            // value value
            const valueNode = value
                ? composeNode(ctx, value, valueProps, onError)
                : valueProps.found
                    ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError)
                    : null;
            if (valueNode) {
                if (isBlock(value))
                    onError(valueNode.range, 'BLOCK_IN_FLOW', blockMsg);
            }
            else if (valueProps.comment) {
                if (keyNode.comment)
                    keyNode.comment += '\n' + valueProps.comment;
                else
                    keyNode.comment = valueProps.comment;
            }
            const pair = new Pair.Pair(keyNode, valueNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            if (isMap) {
                const map = coll;
                if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
                    onError(keyStart, 'DUPLICATE_KEY', 'Map keys must be unique');
                map.items.push(pair);
            }
            else {
                const map = new YAMLMap.YAMLMap(ctx.schema);
                map.flow = true;
                map.items.push(pair);
                const endRange = (valueNode ?? keyNode).range;
                map.range = [keyNode.range[0], endRange[1], endRange[2]];
                coll.items.push(map);
            }
            offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
    }
    const expectedEnd = isMap ? '}' : ']';
    const [ce, ...ee] = fc.end;
    let cePos = offset;
    if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
    else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot
            ? `${name} must end with a ${expectedEnd}`
            : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? 'MISSING_CHAR' : 'BAD_INDENT', msg);
        if (ce && ce.source.length !== 1)
            ee.unshift(ce);
    }
    if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
            if (coll.comment)
                coll.comment += '\n' + end.comment;
            else
                coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
    }
    else {
        coll.range = [fc.offset, cePos, cePos];
    }
    return coll;
}

exports.resolveFlowCollection = resolveFlowCollection;


/***/ }),

/***/ 6842:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var resolveEnd = __nccwpck_require__(7788);

function resolveFlowScalar(scalar, strict, onError) {
    const { offset, type, source, end } = scalar;
    let _type;
    let value;
    const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
    switch (type) {
        case 'scalar':
            _type = Scalar.Scalar.PLAIN;
            value = plainValue(source, _onError);
            break;
        case 'single-quoted-scalar':
            _type = Scalar.Scalar.QUOTE_SINGLE;
            value = singleQuotedValue(source, _onError);
            break;
        case 'double-quoted-scalar':
            _type = Scalar.Scalar.QUOTE_DOUBLE;
            value = doubleQuotedValue(source, _onError);
            break;
        /* istanbul ignore next should not happen */
        default:
            onError(scalar, 'UNEXPECTED_TOKEN', `Expected a flow scalar value, but found: ${type}`);
            return {
                value: '',
                type: null,
                comment: '',
                range: [offset, offset + source.length, offset + source.length]
            };
    }
    const valueEnd = offset + source.length;
    const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
    return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
    };
}
function plainValue(source, onError) {
    let badChar = '';
    switch (source[0]) {
        /* istanbul ignore next should not happen */
        case '\t':
            badChar = 'a tab character';
            break;
        case ',':
            badChar = 'flow indicator character ,';
            break;
        case '%':
            badChar = 'directive indicator character %';
            break;
        case '|':
        case '>': {
            badChar = `block scalar indicator ${source[0]}`;
            break;
        }
        case '@':
        case '`': {
            badChar = `reserved character ${source[0]}`;
            break;
        }
    }
    if (badChar)
        onError(0, 'BAD_SCALAR_START', `Plain value cannot start with ${badChar}`);
    return unfoldLines(source);
}
function singleQuotedValue(source, onError) {
    if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, 'MISSING_CHAR', "Missing closing 'quote");
    return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
}
function unfoldLines(source) {
    const line = /(.*?)\r?\n/sy;
    let match = line.exec(source);
    if (!match)
        return source;
    /**
     * The negative lookbehinds in these RegExps are to
     * prevent causing a polynomial search time in certain cases.
     *
     * The try-catch is for Safari < 16.4 and other old browsers:
     * https://caniuse.com/js-regexp-lookbehind
     */
    let trimEnd, trimBoth;
    try {
        trimEnd = new RegExp('(?<![ \t])[ \t]+$');
        trimBoth = new RegExp('^[ \t]+|(?<![ \t])[ \t]+$', 'g');
    }
    catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
    }
    let res = match[1].replace(trimEnd, '');
    let sep = ' ';
    let pos = line.lastIndex;
    while ((match = line.exec(source))) {
        const lm = match[1].replace(trimBoth, '');
        if (lm === '') {
            if (sep === '\n')
                res += sep;
            else
                sep = '\n';
        }
        else {
            res += sep + lm;
            sep = ' ';
        }
        pos = line.lastIndex;
    }
    const last = /[ \t]*(.*)/sy;
    last.lastIndex = pos;
    match = last.exec(source);
    return res + sep + (match?.[1] ?? '');
}
function doubleQuotedValue(source, onError) {
    let res = '';
    for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === '\r' && source[i + 1] === '\n')
            continue;
        if (ch === '\n') {
            const { fold, offset } = foldNewline(source, i);
            res += fold;
            i = offset;
        }
        else if (ch === '\\') {
            let next = source[++i];
            const cc = escapeCodes[next];
            if (cc)
                res += cc;
            else if (next === '\n') {
                // skip escaped newlines, but still trim the following line
                next = source[i + 1];
                while (next === ' ' || next === '\t')
                    next = source[++i + 1];
            }
            else if (next === '\r' && source[i + 1] === '\n') {
                // skip escaped CRLF newlines, but still trim the following line
                next = source[++i + 1];
                while (next === ' ' || next === '\t')
                    next = source[++i + 1];
            }
            else if (next === 'x' || next === 'u' || next === 'U') {
                const length = next === 'x' ? 2 : next === 'u' ? 4 : 8;
                res += parseCharCode(source, i + 1, length, onError);
                i += length;
            }
            else {
                const raw = source.substr(i - 1, 2);
                onError(i - 1, 'BAD_DQ_ESCAPE', `Invalid escape sequence ${raw}`);
                res += raw;
            }
        }
        else if (ch === ' ' || ch === '\t') {
            // trim trailing whitespace
            const wsStart = i;
            let next = source[i + 1];
            while (next === ' ' || next === '\t')
                next = source[++i + 1];
            if (next !== '\n' && !(next === '\r' && source[i + 2] === '\n'))
                res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        }
        else {
            res += ch;
        }
    }
    if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, 'MISSING_CHAR', 'Missing closing "quote');
    return res;
}
/**
 * Fold a single newline into a space, multiple newlines to N - 1 newlines.
 * Presumes `source[offset] === '\n'`
 */
function foldNewline(source, offset) {
    let fold = '';
    let ch = source[offset + 1];
    while (ch === ' ' || ch === '\t' || ch === '\n' || ch === '\r') {
        if (ch === '\r' && source[offset + 2] !== '\n')
            break;
        if (ch === '\n')
            fold += '\n';
        offset += 1;
        ch = source[offset + 1];
    }
    if (!fold)
        fold = ' ';
    return { fold, offset };
}
const escapeCodes = {
    '0': '\0', // null character
    a: '\x07', // bell character
    b: '\b', // backspace
    e: '\x1b', // escape character
    f: '\f', // form feed
    n: '\n', // line feed
    r: '\r', // carriage return
    t: '\t', // horizontal tab
    v: '\v', // vertical tab
    N: '\u0085', // Unicode next line
    _: '\u00a0', // Unicode non-breaking space
    L: '\u2028', // Unicode line separator
    P: '\u2029', // Unicode paragraph separator
    ' ': ' ',
    '"': '"',
    '/': '/',
    '\\': '\\',
    '\t': '\t'
};
function parseCharCode(source, offset, length, onError) {
    const cc = source.substr(offset, length);
    const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
    const code = ok ? parseInt(cc, 16) : NaN;
    try {
        return String.fromCodePoint(code);
    }
    catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, 'BAD_DQ_ESCAPE', `Invalid escape sequence ${raw}`);
        return raw;
    }
}

exports.resolveFlowScalar = resolveFlowScalar;


/***/ }),

/***/ 4631:
/***/ ((__unused_webpack_module, exports) => {



function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
    let spaceBefore = false;
    let atNewline = startOnNewline;
    let hasSpace = startOnNewline;
    let comment = '';
    let commentSep = '';
    let hasNewline = false;
    let reqSpace = false;
    let tab = null;
    let anchor = null;
    let tag = null;
    let newlineAfterProp = null;
    let comma = null;
    let found = null;
    let start = null;
    for (const token of tokens) {
        if (reqSpace) {
            if (token.type !== 'space' &&
                token.type !== 'newline' &&
                token.type !== 'comma')
                onError(token.offset, 'MISSING_CHAR', 'Tags and anchors must be separated from the next token by white space');
            reqSpace = false;
        }
        if (tab) {
            if (atNewline && token.type !== 'comment' && token.type !== 'newline') {
                onError(tab, 'TAB_AS_INDENT', 'Tabs are not allowed as indentation');
            }
            tab = null;
        }
        switch (token.type) {
            case 'space':
                // At the doc level, tabs at line start may be parsed
                // as leading white space rather than indentation.
                // In a flow collection, only the parser handles indent.
                if (!flow &&
                    (indicator !== 'doc-start' || next?.type !== 'flow-collection') &&
                    token.source.includes('\t')) {
                    tab = token;
                }
                hasSpace = true;
                break;
            case 'comment': {
                if (!hasSpace)
                    onError(token, 'MISSING_CHAR', 'Comments must be separated from other tokens by white space characters');
                const cb = token.source.substring(1) || ' ';
                if (!comment)
                    comment = cb;
                else
                    comment += commentSep + cb;
                commentSep = '';
                atNewline = false;
                break;
            }
            case 'newline':
                if (atNewline) {
                    if (comment)
                        comment += token.source;
                    else if (!found || indicator !== 'seq-item-ind')
                        spaceBefore = true;
                }
                else
                    commentSep += token.source;
                atNewline = true;
                hasNewline = true;
                if (anchor || tag)
                    newlineAfterProp = token;
                hasSpace = true;
                break;
            case 'anchor':
                if (anchor)
                    onError(token, 'MULTIPLE_ANCHORS', 'A node can have at most one anchor');
                if (token.source.endsWith(':'))
                    onError(token.offset + token.source.length - 1, 'BAD_ALIAS', 'Anchor ending in : is ambiguous', true);
                anchor = token;
                start ?? (start = token.offset);
                atNewline = false;
                hasSpace = false;
                reqSpace = true;
                break;
            case 'tag': {
                if (tag)
                    onError(token, 'MULTIPLE_TAGS', 'A node can have at most one tag');
                tag = token;
                start ?? (start = token.offset);
                atNewline = false;
                hasSpace = false;
                reqSpace = true;
                break;
            }
            case indicator:
                // Could here handle preceding comments differently
                if (anchor || tag)
                    onError(token, 'BAD_PROP_ORDER', `Anchors and tags must be after the ${token.source} indicator`);
                if (found)
                    onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${token.source} in ${flow ?? 'collection'}`);
                found = token;
                atNewline =
                    indicator === 'seq-item-ind' || indicator === 'explicit-key-ind';
                hasSpace = false;
                break;
            case 'comma':
                if (flow) {
                    if (comma)
                        onError(token, 'UNEXPECTED_TOKEN', `Unexpected , in ${flow}`);
                    comma = token;
                    atNewline = false;
                    hasSpace = false;
                    break;
                }
            // else fallthrough
            default:
                onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${token.type} token`);
                atNewline = false;
                hasSpace = false;
        }
    }
    const last = tokens[tokens.length - 1];
    const end = last ? last.offset + last.source.length : offset;
    if (reqSpace &&
        next &&
        next.type !== 'space' &&
        next.type !== 'newline' &&
        next.type !== 'comma' &&
        (next.type !== 'scalar' || next.source !== '')) {
        onError(next.offset, 'MISSING_CHAR', 'Tags and anchors must be separated from the next token by white space');
    }
    if (tab &&
        ((atNewline && tab.indent <= parentIndent) ||
            next?.type === 'block-map' ||
            next?.type === 'block-seq'))
        onError(tab, 'TAB_AS_INDENT', 'Tabs are not allowed as indentation');
    return {
        comma,
        found,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start ?? end
    };
}

exports.resolveProps = resolveProps;


/***/ }),

/***/ 9499:
/***/ ((__unused_webpack_module, exports) => {



function containsNewline(key) {
    if (!key)
        return null;
    switch (key.type) {
        case 'alias':
        case 'scalar':
        case 'double-quoted-scalar':
        case 'single-quoted-scalar':
            if (key.source.includes('\n'))
                return true;
            if (key.end)
                for (const st of key.end)
                    if (st.type === 'newline')
                        return true;
            return false;
        case 'flow-collection':
            for (const it of key.items) {
                for (const st of it.start)
                    if (st.type === 'newline')
                        return true;
                if (it.sep)
                    for (const st of it.sep)
                        if (st.type === 'newline')
                            return true;
                if (containsNewline(it.key) || containsNewline(it.value))
                    return true;
            }
            return false;
        default:
            return true;
    }
}

exports.containsNewline = containsNewline;


/***/ }),

/***/ 2599:
/***/ ((__unused_webpack_module, exports) => {



function emptyScalarPosition(offset, before, pos) {
    if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
            let st = before[i];
            switch (st.type) {
                case 'space':
                case 'comment':
                case 'newline':
                    offset -= st.source.length;
                    continue;
            }
            // Technically, an empty scalar is immediately after the last non-empty
            // node, but it's more useful to place it after any whitespace.
            st = before[++i];
            while (st?.type === 'space') {
                offset += st.source.length;
                st = before[++i];
            }
            break;
        }
    }
    return offset;
}

exports.emptyScalarPosition = emptyScalarPosition;


/***/ }),

/***/ 4051:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var utilContainsNewline = __nccwpck_require__(9499);

function flowIndentCheck(indent, fc, onError) {
    if (fc?.type === 'flow-collection') {
        const end = fc.end[0];
        if (end.indent === indent &&
            (end.source === ']' || end.source === '}') &&
            utilContainsNewline.containsNewline(fc)) {
            const msg = 'Flow end indicator should be more indented than parent';
            onError(end, 'BAD_INDENT', msg, true);
        }
    }
}

exports.flowIndentCheck = flowIndentCheck;


/***/ }),

/***/ 1187:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);

function mapIncludes(ctx, items, search) {
    const { uniqueKeys } = ctx.options;
    if (uniqueKeys === false)
        return false;
    const isEqual = typeof uniqueKeys === 'function'
        ? uniqueKeys
        : (a, b) => a === b || (identity.isScalar(a) && identity.isScalar(b) && a.value === b.value);
    return items.some(pair => isEqual(pair.key, search));
}

exports.mapIncludes = mapIncludes;


/***/ }),

/***/ 3021:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(4065);
var Collection = __nccwpck_require__(101);
var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var toJS = __nccwpck_require__(4043);
var Schema = __nccwpck_require__(5840);
var stringifyDocument = __nccwpck_require__(6829);
var anchors = __nccwpck_require__(1596);
var applyReviver = __nccwpck_require__(3661);
var createNode = __nccwpck_require__(2404);
var directives = __nccwpck_require__(1342);

class Document {
    constructor(value, replacer, options) {
        /** A comment before this Document */
        this.commentBefore = null;
        /** A comment immediately after this Document */
        this.comment = null;
        /** Errors encountered during parsing. */
        this.errors = [];
        /** Warnings encountered during parsing. */
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === 'function' || Array.isArray(replacer)) {
            _replacer = replacer;
        }
        else if (options === undefined && replacer) {
            options = replacer;
            replacer = undefined;
        }
        const opt = Object.assign({
            intAsBigInt: false,
            keepSourceTokens: false,
            logLevel: 'warn',
            prettyErrors: true,
            strict: true,
            stringKeys: false,
            uniqueKeys: true,
            version: '1.2'
        }, options);
        this.options = opt;
        let { version } = opt;
        if (options?._directives) {
            this.directives = options._directives.atDocument();
            if (this.directives.yaml.explicit)
                version = this.directives.yaml.version;
        }
        else
            this.directives = new directives.Directives({ version });
        this.setSchema(version, options);
        // @ts-expect-error We can't really know that this matches Contents.
        this.contents =
            value === undefined ? null : this.createNode(value, _replacer, options);
    }
    /**
     * Create a deep copy of this Document and its contents.
     *
     * Custom Node values that inherit from `Object` still refer to their original instances.
     */
    clone() {
        const copy = Object.create(Document.prototype, {
            [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
            copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        // @ts-expect-error We can't really know that this matches Contents.
        copy.contents = identity.isNode(this.contents)
            ? this.contents.clone(copy.schema)
            : this.contents;
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    /** Adds a value to the document. */
    add(value) {
        if (assertCollection(this.contents))
            this.contents.add(value);
    }
    /** Adds a value to the document. */
    addIn(path, value) {
        if (assertCollection(this.contents))
            this.contents.addIn(path, value);
    }
    /**
     * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
     *
     * If `node` already has an anchor, `name` is ignored.
     * Otherwise, the `node.anchor` value will be set to `name`,
     * or if an anchor with that name is already present in the document,
     * `name` will be used as a prefix for a new unique anchor.
     * If `name` is undefined, the generated anchor will use 'a' as a prefix.
     */
    createAlias(node, name) {
        if (!node.anchor) {
            const prev = anchors.anchorNames(this);
            node.anchor =
                // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
                !name || prev.has(name) ? anchors.findNewAnchor(name || 'a', prev) : name;
        }
        return new Alias.Alias(node.anchor);
    }
    createNode(value, replacer, options) {
        let _replacer = undefined;
        if (typeof replacer === 'function') {
            value = replacer.call({ '': value }, '', value);
            _replacer = replacer;
        }
        else if (Array.isArray(replacer)) {
            const keyToStr = (v) => typeof v === 'number' || v instanceof String || v instanceof Number;
            const asStr = replacer.filter(keyToStr).map(String);
            if (asStr.length > 0)
                replacer = replacer.concat(asStr);
            _replacer = replacer;
        }
        else if (options === undefined && replacer) {
            options = replacer;
            replacer = undefined;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(this, 
        // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
        anchorPrefix || 'a');
        const ctx = {
            aliasDuplicateObjects: aliasDuplicateObjects ?? true,
            keepUndefined: keepUndefined ?? false,
            onAnchor,
            onTagObj,
            replacer: _replacer,
            schema: this.schema,
            sourceObjects
        };
        const node = createNode.createNode(value, tag, ctx);
        if (flow && identity.isCollection(node))
            node.flow = true;
        setAnchors();
        return node;
    }
    /**
     * Convert a key and a value into a `Pair` using the current schema,
     * recursively wrapping all values as `Scalar` or `Collection` nodes.
     */
    createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
    }
    /**
     * Removes a value from the document.
     * @returns `true` if the item was found and removed.
     */
    delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
    }
    /**
     * Removes a value from the document.
     * @returns `true` if the item was found and removed.
     */
    deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
            if (this.contents == null)
                return false;
            // @ts-expect-error Presumed impossible if Strict extends false
            this.contents = null;
            return true;
        }
        return assertCollection(this.contents)
            ? this.contents.deleteIn(path)
            : false;
    }
    /**
     * Returns item at `key`, or `undefined` if not found. By default unwraps
     * scalar values from their surrounding node; to disable set `keepScalar` to
     * `true` (collections are always returned intact).
     */
    get(key, keepScalar) {
        return identity.isCollection(this.contents)
            ? this.contents.get(key, keepScalar)
            : undefined;
    }
    /**
     * Returns item at `path`, or `undefined` if not found. By default unwraps
     * scalar values from their surrounding node; to disable set `keepScalar` to
     * `true` (collections are always returned intact).
     */
    getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
            return !keepScalar && identity.isScalar(this.contents)
                ? this.contents.value
                : this.contents;
        return identity.isCollection(this.contents)
            ? this.contents.getIn(path, keepScalar)
            : undefined;
    }
    /**
     * Checks if the document includes a value with the key `key`.
     */
    has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
    }
    /**
     * Checks if the document includes a value at `path`.
     */
    hasIn(path) {
        if (Collection.isEmptyPath(path))
            return this.contents !== undefined;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
    }
    /**
     * Sets a value in this document. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     */
    set(key, value) {
        if (this.contents == null) {
            // @ts-expect-error We can't really know that this matches Contents.
            this.contents = Collection.collectionFromPath(this.schema, [key], value);
        }
        else if (assertCollection(this.contents)) {
            this.contents.set(key, value);
        }
    }
    /**
     * Sets a value in this document. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     */
    setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
            // @ts-expect-error We can't really know that this matches Contents.
            this.contents = value;
        }
        else if (this.contents == null) {
            // @ts-expect-error We can't really know that this matches Contents.
            this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        }
        else if (assertCollection(this.contents)) {
            this.contents.setIn(path, value);
        }
    }
    /**
     * Change the YAML version and schema used by the document.
     * A `null` version disables support for directives, explicit tags, anchors, and aliases.
     * It also requires the `schema` option to be given as a `Schema` instance value.
     *
     * Overrides all previously set schema options.
     */
    setSchema(version, options = {}) {
        if (typeof version === 'number')
            version = String(version);
        let opt;
        switch (version) {
            case '1.1':
                if (this.directives)
                    this.directives.yaml.version = '1.1';
                else
                    this.directives = new directives.Directives({ version: '1.1' });
                opt = { resolveKnownTags: false, schema: 'yaml-1.1' };
                break;
            case '1.2':
            case 'next':
                if (this.directives)
                    this.directives.yaml.version = version;
                else
                    this.directives = new directives.Directives({ version });
                opt = { resolveKnownTags: true, schema: 'core' };
                break;
            case null:
                if (this.directives)
                    delete this.directives;
                opt = null;
                break;
            default: {
                const sv = JSON.stringify(version);
                throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
            }
        }
        // Not using `instanceof Schema` to allow for duck typing
        if (options.schema instanceof Object)
            this.schema = options.schema;
        else if (opt)
            this.schema = new Schema.Schema(Object.assign(opt, options));
        else
            throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
    }
    // json & jsonArg are only used from toJSON()
    toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
            anchors: new Map(),
            doc: this,
            keep: !json,
            mapAsMap: mapAsMap === true,
            mapKeyWarned: false,
            maxAliasCount: typeof maxAliasCount === 'number' ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? '', ctx);
        if (typeof onAnchor === 'function')
            for (const { count, res } of ctx.anchors.values())
                onAnchor(res, count);
        return typeof reviver === 'function'
            ? applyReviver.applyReviver(reviver, { '': res }, '', res)
            : res;
    }
    /**
     * A JSON representation of the document `contents`.
     *
     * @param jsonArg Used by `JSON.stringify` to indicate the array index or
     *   property name.
     */
    toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
    }
    /** A YAML representation of the document. */
    toString(options = {}) {
        if (this.errors.length > 0)
            throw new Error('Document with errors cannot be stringified');
        if ('indent' in options &&
            (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
            const s = JSON.stringify(options.indent);
            throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
    }
}
function assertCollection(contents) {
    if (identity.isCollection(contents))
        return true;
    throw new Error('Expected a YAML collection as document contents');
}

exports.Document = Document;


/***/ }),

/***/ 1596:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var visit = __nccwpck_require__(204);

/**
 * Verify that the input string is a valid anchor.
 *
 * Will throw on errors.
 */
function anchorIsValid(anchor) {
    if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
    }
    return true;
}
function anchorNames(root) {
    const anchors = new Set();
    visit.visit(root, {
        Value(_key, node) {
            if (node.anchor)
                anchors.add(node.anchor);
        }
    });
    return anchors;
}
/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
function findNewAnchor(prefix, exclude) {
    for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
            return name;
    }
}
function createNodeAnchors(doc, prefix) {
    const aliasObjects = [];
    const sourceObjects = new Map();
    let prevAnchors = null;
    return {
        onAnchor: (source) => {
            aliasObjects.push(source);
            prevAnchors ?? (prevAnchors = anchorNames(doc));
            const anchor = findNewAnchor(prefix, prevAnchors);
            prevAnchors.add(anchor);
            return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
            for (const source of aliasObjects) {
                const ref = sourceObjects.get(source);
                if (typeof ref === 'object' &&
                    ref.anchor &&
                    (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
                    ref.node.anchor = ref.anchor;
                }
                else {
                    const error = new Error('Failed to resolve repeated object (this should not happen)');
                    error.source = source;
                    throw error;
                }
            }
        },
        sourceObjects
    };
}

exports.anchorIsValid = anchorIsValid;
exports.anchorNames = anchorNames;
exports.createNodeAnchors = createNodeAnchors;
exports.findNewAnchor = findNewAnchor;


/***/ }),

/***/ 3661:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
 * in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
 * 2021 edition: https://tc39.es/ecma262/#sec-json.parse
 *
 * Includes extensions for handling Map and Set objects.
 */
function applyReviver(reviver, obj, key, val) {
    if (val && typeof val === 'object') {
        if (Array.isArray(val)) {
            for (let i = 0, len = val.length; i < len; ++i) {
                const v0 = val[i];
                const v1 = applyReviver(reviver, val, String(i), v0);
                // eslint-disable-next-line @typescript-eslint/no-array-delete
                if (v1 === undefined)
                    delete val[i];
                else if (v1 !== v0)
                    val[i] = v1;
            }
        }
        else if (val instanceof Map) {
            for (const k of Array.from(val.keys())) {
                const v0 = val.get(k);
                const v1 = applyReviver(reviver, val, k, v0);
                if (v1 === undefined)
                    val.delete(k);
                else if (v1 !== v0)
                    val.set(k, v1);
            }
        }
        else if (val instanceof Set) {
            for (const v0 of Array.from(val)) {
                const v1 = applyReviver(reviver, val, v0, v0);
                if (v1 === undefined)
                    val.delete(v0);
                else if (v1 !== v0) {
                    val.delete(v0);
                    val.add(v1);
                }
            }
        }
        else {
            for (const [k, v0] of Object.entries(val)) {
                const v1 = applyReviver(reviver, val, k, v0);
                if (v1 === undefined)
                    delete val[k];
                else if (v1 !== v0)
                    val[k] = v1;
            }
        }
    }
    return reviver.call(obj, key, val);
}

exports.applyReviver = applyReviver;


/***/ }),

/***/ 2404:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(4065);
var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);

const defaultTagPrefix = 'tag:yaml.org,2002:';
function findTagObject(value, tagName, tags) {
    if (tagName) {
        const match = tags.filter(t => t.tag === tagName);
        const tagObj = match.find(t => !t.format) ?? match[0];
        if (!tagObj)
            throw new Error(`Tag ${tagName} not found`);
        return tagObj;
    }
    return tags.find(t => t.identify?.(value) && !t.format);
}
function createNode(value, tagName, ctx) {
    if (identity.isDocument(value))
        value = value.contents;
    if (identity.isNode(value))
        return value;
    if (identity.isPair(value)) {
        const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
    }
    if (value instanceof String ||
        value instanceof Number ||
        value instanceof Boolean ||
        (typeof BigInt !== 'undefined' && value instanceof BigInt) // not supported everywhere
    ) {
        // https://tc39.es/ecma262/#sec-serializejsonproperty
        value = value.valueOf();
    }
    const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
    // Detect duplicate references to the same object & use Alias nodes for all
    // after first. The `ref` wrapper allows for circular references to resolve.
    let ref = undefined;
    if (aliasDuplicateObjects && value && typeof value === 'object') {
        ref = sourceObjects.get(value);
        if (ref) {
            ref.anchor ?? (ref.anchor = onAnchor(value));
            return new Alias.Alias(ref.anchor);
        }
        else {
            ref = { anchor: null, node: null };
            sourceObjects.set(value, ref);
        }
    }
    if (tagName?.startsWith('!!'))
        tagName = defaultTagPrefix + tagName.slice(2);
    let tagObj = findTagObject(value, tagName, schema.tags);
    if (!tagObj) {
        if (value && typeof value.toJSON === 'function') {
            // eslint-disable-next-line @typescript-eslint/no-unsafe-call
            value = value.toJSON();
        }
        if (!value || typeof value !== 'object') {
            const node = new Scalar.Scalar(value);
            if (ref)
                ref.node = node;
            return node;
        }
        tagObj =
            value instanceof Map
                ? schema[identity.MAP]
                : Symbol.iterator in Object(value)
                    ? schema[identity.SEQ]
                    : schema[identity.MAP];
    }
    if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
    }
    const node = tagObj?.createNode
        ? tagObj.createNode(ctx.schema, value, ctx)
        : typeof tagObj?.nodeClass?.from === 'function'
            ? tagObj.nodeClass.from(ctx.schema, value, ctx)
            : new Scalar.Scalar(value);
    if (tagName)
        node.tag = tagName;
    else if (!tagObj.default)
        node.tag = tagObj.tag;
    if (ref)
        ref.node = node;
    return node;
}

exports.createNode = createNode;


/***/ }),

/***/ 1342:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var visit = __nccwpck_require__(204);

const escapeChars = {
    '!': '%21',
    ',': '%2C',
    '[': '%5B',
    ']': '%5D',
    '{': '%7B',
    '}': '%7D'
};
const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, ch => escapeChars[ch]);
class Directives {
    constructor(yaml, tags) {
        /**
         * The directives-end/doc-start marker `---`. If `null`, a marker may still be
         * included in the document's stringified representation.
         */
        this.docStart = null;
        /** The doc-end marker `...`.  */
        this.docEnd = false;
        this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, Directives.defaultTags, tags);
    }
    clone() {
        const copy = new Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
    }
    /**
     * During parsing, get a Directives instance for the current document and
     * update the stream state according to the current version's spec.
     */
    atDocument() {
        const res = new Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
            case '1.1':
                this.atNextDocument = true;
                break;
            case '1.2':
                this.atNextDocument = false;
                this.yaml = {
                    explicit: Directives.defaultYaml.explicit,
                    version: '1.2'
                };
                this.tags = Object.assign({}, Directives.defaultTags);
                break;
        }
        return res;
    }
    /**
     * @param onError - May be called even if the action was successful
     * @returns `true` on success
     */
    add(line, onError) {
        if (this.atNextDocument) {
            this.yaml = { explicit: Directives.defaultYaml.explicit, version: '1.1' };
            this.tags = Object.assign({}, Directives.defaultTags);
            this.atNextDocument = false;
        }
        const parts = line.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
            case '%TAG': {
                if (parts.length !== 2) {
                    onError(0, '%TAG directive should contain exactly two parts');
                    if (parts.length < 2)
                        return false;
                }
                const [handle, prefix] = parts;
                this.tags[handle] = prefix;
                return true;
            }
            case '%YAML': {
                this.yaml.explicit = true;
                if (parts.length !== 1) {
                    onError(0, '%YAML directive should contain exactly one part');
                    return false;
                }
                const [version] = parts;
                if (version === '1.1' || version === '1.2') {
                    this.yaml.version = version;
                    return true;
                }
                else {
                    const isValid = /^\d+\.\d+$/.test(version);
                    onError(6, `Unsupported YAML version ${version}`, isValid);
                    return false;
                }
            }
            default:
                onError(0, `Unknown directive ${name}`, true);
                return false;
        }
    }
    /**
     * Resolves a tag, matching handles to those defined in %TAG directives.
     *
     * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
     *   `'!local'` tag, or `null` if unresolvable.
     */
    tagName(source, onError) {
        if (source === '!')
            return '!'; // non-specific tag
        if (source[0] !== '!') {
            onError(`Not a valid tag: ${source}`);
            return null;
        }
        if (source[1] === '<') {
            const verbatim = source.slice(2, -1);
            if (verbatim === '!' || verbatim === '!!') {
                onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
                return null;
            }
            if (source[source.length - 1] !== '>')
                onError('Verbatim tags must end with a >');
            return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
            onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
            try {
                return prefix + decodeURIComponent(suffix);
            }
            catch (error) {
                onError(String(error));
                return null;
            }
        }
        if (handle === '!')
            return source; // local tag
        onError(`Could not resolve tag: ${source}`);
        return null;
    }
    /**
     * Given a fully resolved tag, returns its printable string form,
     * taking into account current tag prefixes and defaults.
     */
    tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
            if (tag.startsWith(prefix))
                return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === '!' ? tag : `!<${tag}>`;
    }
    toString(doc) {
        const lines = this.yaml.explicit
            ? [`%YAML ${this.yaml.version || '1.2'}`]
            : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
            const tags = {};
            visit.visit(doc.contents, (_key, node) => {
                if (identity.isNode(node) && node.tag)
                    tags[node.tag] = true;
            });
            tagNames = Object.keys(tags);
        }
        else
            tagNames = [];
        for (const [handle, prefix] of tagEntries) {
            if (handle === '!!' && prefix === 'tag:yaml.org,2002:')
                continue;
            if (!doc || tagNames.some(tn => tn.startsWith(prefix)))
                lines.push(`%TAG ${handle} ${prefix}`);
        }
        return lines.join('\n');
    }
}
Directives.defaultYaml = { explicit: false, version: '1.2' };
Directives.defaultTags = { '!!': 'tag:yaml.org,2002:' };

exports.Directives = Directives;


/***/ }),

/***/ 1464:
/***/ ((__unused_webpack_module, exports) => {



class YAMLError extends Error {
    constructor(name, pos, code, message) {
        super();
        this.name = name;
        this.code = code;
        this.message = message;
        this.pos = pos;
    }
}
class YAMLParseError extends YAMLError {
    constructor(pos, code, message) {
        super('YAMLParseError', pos, code, message);
    }
}
class YAMLWarning extends YAMLError {
    constructor(pos, code, message) {
        super('YAMLWarning', pos, code, message);
    }
}
const prettifyError = (src, lc) => (error) => {
    if (error.pos[0] === -1)
        return;
    error.linePos = error.pos.map(pos => lc.linePos(pos));
    const { line, col } = error.linePos[0];
    error.message += ` at line ${line}, column ${col}`;
    let ci = col - 1;
    let lineStr = src
        .substring(lc.lineStarts[line - 1], lc.lineStarts[line])
        .replace(/[\n\r]+$/, '');
    // Trim to max 80 chars, keeping col position near the middle
    if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = '…' + lineStr.substring(trimStart);
        ci -= trimStart - 1;
    }
    if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + '…';
    // Include previous line in context if pointing at line start
    if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        // Regexp won't match if start is trimmed
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
            prev = prev.substring(0, 79) + '…\n';
        lineStr = prev + lineStr;
    }
    if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
            count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = ' '.repeat(ci) + '^'.repeat(count);
        error.message += `:\n\n${lineStr}\n${pointer}\n`;
    }
};

exports.YAMLError = YAMLError;
exports.YAMLParseError = YAMLParseError;
exports.YAMLWarning = YAMLWarning;
exports.prettifyError = prettifyError;


/***/ }),

/***/ 8815:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var composer = __nccwpck_require__(9984);
var Document = __nccwpck_require__(3021);
var Schema = __nccwpck_require__(5840);
var errors = __nccwpck_require__(1464);
var Alias = __nccwpck_require__(4065);
var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var Scalar = __nccwpck_require__(3301);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var cst = __nccwpck_require__(3461);
var lexer = __nccwpck_require__(361);
var lineCounter = __nccwpck_require__(6628);
var parser = __nccwpck_require__(3456);
var publicApi = __nccwpck_require__(4047);
var visit = __nccwpck_require__(204);



__webpack_unused_export__ = composer.Composer;
__webpack_unused_export__ = Document.Document;
__webpack_unused_export__ = Schema.Schema;
__webpack_unused_export__ = errors.YAMLError;
exports.XT = errors.YAMLParseError;
__webpack_unused_export__ = errors.YAMLWarning;
__webpack_unused_export__ = Alias.Alias;
__webpack_unused_export__ = identity.isAlias;
__webpack_unused_export__ = identity.isCollection;
__webpack_unused_export__ = identity.isDocument;
__webpack_unused_export__ = identity.isMap;
__webpack_unused_export__ = identity.isNode;
__webpack_unused_export__ = identity.isPair;
__webpack_unused_export__ = identity.isScalar;
__webpack_unused_export__ = identity.isSeq;
__webpack_unused_export__ = Pair.Pair;
__webpack_unused_export__ = Scalar.Scalar;
__webpack_unused_export__ = YAMLMap.YAMLMap;
__webpack_unused_export__ = YAMLSeq.YAMLSeq;
__webpack_unused_export__ = cst;
__webpack_unused_export__ = lexer.Lexer;
__webpack_unused_export__ = lineCounter.LineCounter;
__webpack_unused_export__ = parser.Parser;
exports.qg = publicApi.parse;
__webpack_unused_export__ = publicApi.parseAllDocuments;
__webpack_unused_export__ = publicApi.parseDocument;
__webpack_unused_export__ = publicApi.stringify;
__webpack_unused_export__ = visit.visit;
__webpack_unused_export__ = visit.visitAsync;


/***/ }),

/***/ 7249:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);

function debug(logLevel, ...messages) {
    if (logLevel === 'debug')
        console.log(...messages);
}
function warn(logLevel, warning) {
    if (logLevel === 'debug' || logLevel === 'warn') {
        if (typeof node_process.emitWarning === 'function')
            node_process.emitWarning(warning);
        else
            console.warn(warning);
    }
}

exports.debug = debug;
exports.warn = warn;


/***/ }),

/***/ 4065:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var anchors = __nccwpck_require__(1596);
var visit = __nccwpck_require__(204);
var identity = __nccwpck_require__(1127);
var Node = __nccwpck_require__(6673);
var toJS = __nccwpck_require__(4043);

class Alias extends Node.NodeBase {
    constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, 'tag', {
            set() {
                throw new Error('Alias nodes cannot have tags');
            }
        });
    }
    /**
     * Resolve the value of this alias within `doc`, finding the last
     * instance of the `source` anchor before this node.
     */
    resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
            throw new ReferenceError('Alias resolution is disabled');
        let nodes;
        if (ctx?.aliasResolveCache) {
            nodes = ctx.aliasResolveCache;
        }
        else {
            nodes = [];
            visit.visit(doc, {
                Node: (_key, node) => {
                    if (identity.isAlias(node) || identity.hasAnchor(node))
                        nodes.push(node);
                }
            });
            if (ctx)
                ctx.aliasResolveCache = nodes;
        }
        let found = undefined;
        for (const node of nodes) {
            if (node === this)
                break;
            if (node.anchor === this.source)
                found = node;
        }
        if (found && ctx) {
            const { anchors, doc, maxAliasCount } = ctx;
            let data = anchors.get(found);
            if (!data) {
                // Resolve anchors for Node.prototype.toJS()
                toJS.toJS(found, null, ctx);
                data = anchors.get(found);
            }
            /* istanbul ignore if */
            if (data?.res === undefined) {
                const msg = 'This should not happen: Alias anchor was not resolved?';
                throw new ReferenceError(msg);
            }
            if (maxAliasCount >= 0) {
                data.count += 1;
                if (data.aliasCount === 0)
                    data.aliasCount = getAliasCount(doc, found, anchors);
                if (data.count * data.aliasCount > maxAliasCount) {
                    const msg = 'Excessive alias count indicates a resource exhaustion attack';
                    throw new ReferenceError(msg);
                }
            }
        }
        return found;
    }
    toJSON(_arg, ctx) {
        if (!ctx)
            return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
    }
    toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
            anchors.anchorIsValid(this.source);
            if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
                const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
                throw new Error(msg);
            }
            if (ctx.implicitKey)
                return `${src} `;
        }
        return src;
    }
}
function getAliasCount(doc, node, anchors) {
    if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors && source && anchors.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
    }
    else if (identity.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
            const c = getAliasCount(doc, item, anchors);
            if (c > count)
                count = c;
        }
        return count;
    }
    else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors);
        const vc = getAliasCount(doc, node.value, anchors);
        return Math.max(kc, vc);
    }
    return 1;
}

exports.Alias = Alias;


/***/ }),

/***/ 101:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(2404);
var identity = __nccwpck_require__(1127);
var Node = __nccwpck_require__(6673);

function collectionFromPath(schema, path, value) {
    let v = value;
    for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === 'number' && Number.isInteger(k) && k >= 0) {
            const a = [];
            a[k] = v;
            v = a;
        }
        else {
            v = new Map([[k, v]]);
        }
    }
    return createNode.createNode(v, undefined, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
            throw new Error('This should not happen, please report a bug.');
        },
        schema,
        sourceObjects: new Map()
    });
}
// Type guard is intentionally a little wrong so as to be more useful,
// as it does not cover untypable empty non-string iterables (e.g. []).
const isEmptyPath = (path) => path == null ||
    (typeof path === 'object' && !!path[Symbol.iterator]().next().done);
class Collection extends Node.NodeBase {
    constructor(type, schema) {
        super(type);
        Object.defineProperty(this, 'schema', {
            value: schema,
            configurable: true,
            enumerable: false,
            writable: true
        });
    }
    /**
     * Create a copy of this collection.
     *
     * @param schema - If defined, overwrites the original's schema
     */
    clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
            copy.schema = schema;
        copy.items = copy.items.map(it => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    /**
     * Adds a value to the collection. For `!!map` and `!!omap` the value must
     * be a Pair instance or a `{ key, value }` object, which may not have a key
     * that already exists in the map.
     */
    addIn(path, value) {
        if (isEmptyPath(path))
            this.add(value);
        else {
            const [key, ...rest] = path;
            const node = this.get(key, true);
            if (identity.isCollection(node))
                node.addIn(rest, value);
            else if (node === undefined && this.schema)
                this.set(key, collectionFromPath(this.schema, rest, value));
            else
                throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
    }
    /**
     * Removes a value from the collection.
     * @returns `true` if the item was found and removed.
     */
    deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
            return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
            return node.deleteIn(rest);
        else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
    }
    /**
     * Returns item at `key`, or `undefined` if not found. By default unwraps
     * scalar values from their surrounding node; to disable set `keepScalar` to
     * `true` (collections are always returned intact).
     */
    getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
            return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
            return identity.isCollection(node) ? node.getIn(rest, keepScalar) : undefined;
    }
    hasAllNullValues(allowScalar) {
        return this.items.every(node => {
            if (!identity.isPair(node))
                return false;
            const n = node.value;
            return (n == null ||
                (allowScalar &&
                    identity.isScalar(n) &&
                    n.value == null &&
                    !n.commentBefore &&
                    !n.comment &&
                    !n.tag));
        });
    }
    /**
     * Checks if the collection includes a value with the key `key`.
     */
    hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
            return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
    }
    /**
     * Sets a value in this collection. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     */
    setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
            this.set(key, value);
        }
        else {
            const node = this.get(key, true);
            if (identity.isCollection(node))
                node.setIn(rest, value);
            else if (node === undefined && this.schema)
                this.set(key, collectionFromPath(this.schema, rest, value));
            else
                throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
    }
}

exports.Collection = Collection;
exports.collectionFromPath = collectionFromPath;
exports.isEmptyPath = isEmptyPath;


/***/ }),

/***/ 6673:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var applyReviver = __nccwpck_require__(3661);
var identity = __nccwpck_require__(1127);
var toJS = __nccwpck_require__(4043);

class NodeBase {
    constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
    }
    /** Create a copy of this node.  */
    clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    /** A plain JavaScript representation of this node. */
    toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
            throw new TypeError('A document argument is required');
        const ctx = {
            anchors: new Map(),
            doc,
            keep: true,
            mapAsMap: mapAsMap === true,
            mapKeyWarned: false,
            maxAliasCount: typeof maxAliasCount === 'number' ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, '', ctx);
        if (typeof onAnchor === 'function')
            for (const { count, res } of ctx.anchors.values())
                onAnchor(res, count);
        return typeof reviver === 'function'
            ? applyReviver.applyReviver(reviver, { '': res }, '', res)
            : res;
    }
}

exports.NodeBase = NodeBase;


/***/ }),

/***/ 7165:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(2404);
var stringifyPair = __nccwpck_require__(9748);
var addPairToJSMap = __nccwpck_require__(7104);
var identity = __nccwpck_require__(1127);

function createPair(key, value, ctx) {
    const k = createNode.createNode(key, undefined, ctx);
    const v = createNode.createNode(value, undefined, ctx);
    return new Pair(k, v);
}
class Pair {
    constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
    }
    clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
            key = key.clone(schema);
        if (identity.isNode(value))
            value = value.clone(schema);
        return new Pair(key, value);
    }
    toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
    }
    toString(ctx, onComment, onChompKeep) {
        return ctx?.doc
            ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep)
            : JSON.stringify(this);
    }
}

exports.Pair = Pair;
exports.createPair = createPair;


/***/ }),

/***/ 3301:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Node = __nccwpck_require__(6673);
var toJS = __nccwpck_require__(4043);

const isScalarValue = (value) => !value || (typeof value !== 'function' && typeof value !== 'object');
class Scalar extends Node.NodeBase {
    constructor(value) {
        super(identity.SCALAR);
        this.value = value;
    }
    toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
    }
    toString() {
        return String(this.value);
    }
}
Scalar.BLOCK_FOLDED = 'BLOCK_FOLDED';
Scalar.BLOCK_LITERAL = 'BLOCK_LITERAL';
Scalar.PLAIN = 'PLAIN';
Scalar.QUOTE_DOUBLE = 'QUOTE_DOUBLE';
Scalar.QUOTE_SINGLE = 'QUOTE_SINGLE';

exports.Scalar = Scalar;
exports.isScalarValue = isScalarValue;


/***/ }),

/***/ 4454:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyCollection = __nccwpck_require__(1212);
var addPairToJSMap = __nccwpck_require__(7104);
var Collection = __nccwpck_require__(101);
var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var Scalar = __nccwpck_require__(3301);

function findPair(items, key) {
    const k = identity.isScalar(key) ? key.value : key;
    for (const it of items) {
        if (identity.isPair(it)) {
            if (it.key === key || it.key === k)
                return it;
            if (identity.isScalar(it.key) && it.key.value === k)
                return it;
        }
    }
    return undefined;
}
class YAMLMap extends Collection.Collection {
    static get tagName() {
        return 'tag:yaml.org,2002:map';
    }
    constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
    }
    /**
     * A generic collection parsing method that can be extended
     * to other node classes that inherit from YAMLMap
     */
    static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add = (key, value) => {
            if (typeof replacer === 'function')
                value = replacer.call(obj, key, value);
            else if (Array.isArray(replacer) && !replacer.includes(key))
                return;
            if (value !== undefined || keepUndefined)
                map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
            for (const [key, value] of obj)
                add(key, value);
        }
        else if (obj && typeof obj === 'object') {
            for (const key of Object.keys(obj))
                add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === 'function') {
            map.items.sort(schema.sortMapEntries);
        }
        return map;
    }
    /**
     * Adds a value to the collection.
     *
     * @param overwrite - If not set `true`, using a key that is already in the
     *   collection will throw. Otherwise, overwrites the previous value.
     */
    add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
            _pair = pair;
        else if (!pair || typeof pair !== 'object' || !('key' in pair)) {
            // In TypeScript, this never happens.
            _pair = new Pair.Pair(pair, pair?.value);
        }
        else
            _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
            if (!overwrite)
                throw new Error(`Key ${_pair.key} already set`);
            // For scalars, keep the old node & its comments and anchors
            if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
                prev.value.value = _pair.value;
            else
                prev.value = _pair.value;
        }
        else if (sortEntries) {
            const i = this.items.findIndex(item => sortEntries(_pair, item) < 0);
            if (i === -1)
                this.items.push(_pair);
            else
                this.items.splice(i, 0, _pair);
        }
        else {
            this.items.push(_pair);
        }
    }
    delete(key) {
        const it = findPair(this.items, key);
        if (!it)
            return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
    }
    get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? undefined;
    }
    has(key) {
        return !!findPair(this.items, key);
    }
    set(key, value) {
        this.add(new Pair.Pair(key, value), true);
    }
    /**
     * @param ctx - Conversion context, originally set in Document#toJS()
     * @param {Class} Type - If set, forces the returned collection type
     * @returns Instance of Type, Map, or Object
     */
    toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? new Map() : {};
        if (ctx?.onCreate)
            ctx.onCreate(map);
        for (const item of this.items)
            addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        for (const item of this.items) {
            if (!identity.isPair(item))
                throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
            ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
            blockItemPrefix: '',
            flowChars: { start: '{', end: '}' },
            itemIndent: ctx.indent || '',
            onChompKeep,
            onComment
        });
    }
}

exports.YAMLMap = YAMLMap;
exports.findPair = findPair;


/***/ }),

/***/ 2223:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(2404);
var stringifyCollection = __nccwpck_require__(1212);
var Collection = __nccwpck_require__(101);
var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var toJS = __nccwpck_require__(4043);

class YAMLSeq extends Collection.Collection {
    static get tagName() {
        return 'tag:yaml.org,2002:seq';
    }
    constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
    }
    add(value) {
        this.items.push(value);
    }
    /**
     * Removes a value from the collection.
     *
     * `key` must contain a representation of an integer for this to succeed.
     * It may be wrapped in a `Scalar`.
     *
     * @returns `true` if the item was found and removed.
     */
    delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
    }
    get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            return undefined;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
    }
    /**
     * Checks if the collection includes a value with the key `key`.
     *
     * `key` must contain a representation of an integer for this to succeed.
     * It may be wrapped in a `Scalar`.
     */
    has(key) {
        const idx = asItemIndex(key);
        return typeof idx === 'number' && idx < this.items.length;
    }
    /**
     * Sets a value in this collection. For `!!set`, `value` needs to be a
     * boolean to add/remove the item from the set.
     *
     * If `key` does not contain a representation of an integer, this will throw.
     * It may be wrapped in a `Scalar`.
     */
    set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value))
            prev.value = value;
        else
            this.items[idx] = value;
    }
    toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
            ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
            seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
            blockItemPrefix: '- ',
            flowChars: { start: '[', end: ']' },
            itemIndent: (ctx.indent || '') + '  ',
            onChompKeep,
            onComment
        });
    }
    static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
            let i = 0;
            for (let it of obj) {
                if (typeof replacer === 'function') {
                    const key = obj instanceof Set ? it : String(i++);
                    it = replacer.call(obj, key, it);
                }
                seq.items.push(createNode.createNode(it, undefined, ctx));
            }
        }
        return seq;
    }
}
function asItemIndex(key) {
    let idx = identity.isScalar(key) ? key.value : key;
    if (idx && typeof idx === 'string')
        idx = Number(idx);
    return typeof idx === 'number' && Number.isInteger(idx) && idx >= 0
        ? idx
        : null;
}

exports.YAMLSeq = YAMLSeq;


/***/ }),

/***/ 7104:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var log = __nccwpck_require__(7249);
var merge = __nccwpck_require__(452);
var stringify = __nccwpck_require__(2148);
var identity = __nccwpck_require__(1127);
var toJS = __nccwpck_require__(4043);

function addPairToJSMap(ctx, map, { key, value }) {
    if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
    // TODO: Should drop this special case for bare << handling
    else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map, value);
    else {
        const jsKey = toJS.toJS(key, '', ctx);
        if (map instanceof Map) {
            map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        }
        else if (map instanceof Set) {
            map.add(jsKey);
        }
        else {
            const stringKey = stringifyKey(key, jsKey, ctx);
            const jsValue = toJS.toJS(value, stringKey, ctx);
            if (stringKey in map)
                Object.defineProperty(map, stringKey, {
                    value: jsValue,
                    writable: true,
                    enumerable: true,
                    configurable: true
                });
            else
                map[stringKey] = jsValue;
        }
    }
    return map;
}
function stringifyKey(key, jsKey, ctx) {
    if (jsKey === null)
        return '';
    // eslint-disable-next-line @typescript-eslint/no-base-to-string
    if (typeof jsKey !== 'object')
        return String(jsKey);
    if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = new Set();
        for (const node of ctx.anchors.keys())
            strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
            let jsonStr = JSON.stringify(strKey);
            if (jsonStr.length > 40)
                jsonStr = jsonStr.substring(0, 36) + '..."';
            log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
            ctx.mapKeyWarned = true;
        }
        return strKey;
    }
    return JSON.stringify(jsKey);
}

exports.addPairToJSMap = addPairToJSMap;


/***/ }),

/***/ 1127:
/***/ ((__unused_webpack_module, exports) => {



const ALIAS = Symbol.for('yaml.alias');
const DOC = Symbol.for('yaml.document');
const MAP = Symbol.for('yaml.map');
const PAIR = Symbol.for('yaml.pair');
const SCALAR = Symbol.for('yaml.scalar');
const SEQ = Symbol.for('yaml.seq');
const NODE_TYPE = Symbol.for('yaml.node.type');
const isAlias = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === ALIAS;
const isDocument = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === DOC;
const isMap = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === MAP;
const isPair = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === PAIR;
const isScalar = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === SCALAR;
const isSeq = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === SEQ;
function isCollection(node) {
    if (node && typeof node === 'object')
        switch (node[NODE_TYPE]) {
            case MAP:
            case SEQ:
                return true;
        }
    return false;
}
function isNode(node) {
    if (node && typeof node === 'object')
        switch (node[NODE_TYPE]) {
            case ALIAS:
            case MAP:
            case SCALAR:
            case SEQ:
                return true;
        }
    return false;
}
const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;

exports.ALIAS = ALIAS;
exports.DOC = DOC;
exports.MAP = MAP;
exports.NODE_TYPE = NODE_TYPE;
exports.PAIR = PAIR;
exports.SCALAR = SCALAR;
exports.SEQ = SEQ;
exports.hasAnchor = hasAnchor;
exports.isAlias = isAlias;
exports.isCollection = isCollection;
exports.isDocument = isDocument;
exports.isMap = isMap;
exports.isNode = isNode;
exports.isPair = isPair;
exports.isScalar = isScalar;
exports.isSeq = isSeq;


/***/ }),

/***/ 4043:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);

/**
 * Recursively convert any node or its contents to native JavaScript
 *
 * @param value - The input value
 * @param arg - If `value` defines a `toJSON()` method, use this
 *   as its first argument
 * @param ctx - Conversion context, originally set in Document#toJS(). If
 *   `{ keep: true }` is not set, output should be suitable for JSON
 *   stringification.
 */
function toJS(value, arg, ctx) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-return
    if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
    if (value && typeof value.toJSON === 'function') {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-call
        if (!ctx || !identity.hasAnchor(value))
            return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: undefined };
        ctx.anchors.set(value, data);
        ctx.onCreate = res => {
            data.res = res;
            delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
            ctx.onCreate(res);
        return res;
    }
    if (typeof value === 'bigint' && !ctx?.keep)
        return Number(value);
    return value;
}

exports.toJS = toJS;


/***/ }),

/***/ 110:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var resolveBlockScalar = __nccwpck_require__(8913);
var resolveFlowScalar = __nccwpck_require__(6842);
var errors = __nccwpck_require__(1464);
var stringifyString = __nccwpck_require__(3069);

function resolveAsScalar(token, strict = true, onError) {
    if (token) {
        const _onError = (pos, code, message) => {
            const offset = typeof pos === 'number' ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
            if (onError)
                onError(offset, code, message);
            else
                throw new errors.YAMLParseError([offset, offset + 1], code, message);
        };
        switch (token.type) {
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
            case 'block-scalar':
                return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
    }
    return null;
}
/**
 * Create a new scalar token with `value`
 *
 * Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
 * as this function does not support any schema operations and won't check for such conflicts.
 *
 * @param value The string representation of the value, which will have its content properly indented.
 * @param context.end Comments and whitespace after the end of the value, or after the block scalar header. If undefined, a newline will be added.
 * @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
 * @param context.indent The indent level of the token.
 * @param context.inFlow Is this scalar within a flow collection? This may affect the resolved type of the token's value.
 * @param context.offset The offset position of the token.
 * @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
 */
function createScalarToken(value, context) {
    const { implicitKey = false, indent, inFlow = false, offset = -1, type = 'PLAIN' } = context;
    const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? ' '.repeat(indent) : '',
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
    });
    const end = context.end ?? [
        { type: 'newline', offset: -1, indent, source: '\n' }
    ];
    switch (source[0]) {
        case '|':
        case '>': {
            const he = source.indexOf('\n');
            const head = source.substring(0, he);
            const body = source.substring(he + 1) + '\n';
            const props = [
                { type: 'block-scalar-header', offset, indent, source: head }
            ];
            if (!addEndtoBlockProps(props, end))
                props.push({ type: 'newline', offset: -1, indent, source: '\n' });
            return { type: 'block-scalar', offset, indent, props, source: body };
        }
        case '"':
            return { type: 'double-quoted-scalar', offset, indent, source, end };
        case "'":
            return { type: 'single-quoted-scalar', offset, indent, source, end };
        default:
            return { type: 'scalar', offset, indent, source, end };
    }
}
/**
 * Set the value of `token` to the given string `value`, overwriting any previous contents and type that it may have.
 *
 * Best efforts are made to retain any comments previously associated with the `token`,
 * though all contents within a collection's `items` will be overwritten.
 *
 * Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
 * as this function does not support any schema operations and won't check for such conflicts.
 *
 * @param token Any token. If it does not include an `indent` value, the value will be stringified as if it were an implicit key.
 * @param value The string representation of the value, which will have its content properly indented.
 * @param context.afterKey In most cases, values after a key should have an additional level of indentation.
 * @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
 * @param context.inFlow Being within a flow collection may affect the resolved type of the token's value.
 * @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
 */
function setScalarValue(token, value, context = {}) {
    let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
    let indent = 'indent' in token ? token.indent : null;
    if (afterKey && typeof indent === 'number')
        indent += 2;
    if (!type)
        switch (token.type) {
            case 'single-quoted-scalar':
                type = 'QUOTE_SINGLE';
                break;
            case 'double-quoted-scalar':
                type = 'QUOTE_DOUBLE';
                break;
            case 'block-scalar': {
                const header = token.props[0];
                if (header.type !== 'block-scalar-header')
                    throw new Error('Invalid block scalar header');
                type = header.source[0] === '>' ? 'BLOCK_FOLDED' : 'BLOCK_LITERAL';
                break;
            }
            default:
                type = 'PLAIN';
        }
    const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? ' '.repeat(indent) : '',
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
    });
    switch (source[0]) {
        case '|':
        case '>':
            setBlockScalarValue(token, source);
            break;
        case '"':
            setFlowScalarValue(token, source, 'double-quoted-scalar');
            break;
        case "'":
            setFlowScalarValue(token, source, 'single-quoted-scalar');
            break;
        default:
            setFlowScalarValue(token, source, 'scalar');
    }
}
function setBlockScalarValue(token, source) {
    const he = source.indexOf('\n');
    const head = source.substring(0, he);
    const body = source.substring(he + 1) + '\n';
    if (token.type === 'block-scalar') {
        const header = token.props[0];
        if (header.type !== 'block-scalar-header')
            throw new Error('Invalid block scalar header');
        header.source = head;
        token.source = body;
    }
    else {
        const { offset } = token;
        const indent = 'indent' in token ? token.indent : -1;
        const props = [
            { type: 'block-scalar-header', offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, 'end' in token ? token.end : undefined))
            props.push({ type: 'newline', offset: -1, indent, source: '\n' });
        for (const key of Object.keys(token))
            if (key !== 'type' && key !== 'offset')
                delete token[key];
        Object.assign(token, { type: 'block-scalar', indent, props, source: body });
    }
}
/** @returns `true` if last token is a newline */
function addEndtoBlockProps(props, end) {
    if (end)
        for (const st of end)
            switch (st.type) {
                case 'space':
                case 'comment':
                    props.push(st);
                    break;
                case 'newline':
                    props.push(st);
                    return true;
            }
    return false;
}
function setFlowScalarValue(token, source, type) {
    switch (token.type) {
        case 'scalar':
        case 'double-quoted-scalar':
        case 'single-quoted-scalar':
            token.type = type;
            token.source = source;
            break;
        case 'block-scalar': {
            const end = token.props.slice(1);
            let oa = source.length;
            if (token.props[0].type === 'block-scalar-header')
                oa -= token.props[0].source.length;
            for (const tok of end)
                tok.offset += oa;
            delete token.props;
            Object.assign(token, { type, source, end });
            break;
        }
        case 'block-map':
        case 'block-seq': {
            const offset = token.offset + source.length;
            const nl = { type: 'newline', offset, indent: token.indent, source: '\n' };
            delete token.items;
            Object.assign(token, { type, source, end: [nl] });
            break;
        }
        default: {
            const indent = 'indent' in token ? token.indent : -1;
            const end = 'end' in token && Array.isArray(token.end)
                ? token.end.filter(st => st.type === 'space' ||
                    st.type === 'comment' ||
                    st.type === 'newline')
                : [];
            for (const key of Object.keys(token))
                if (key !== 'type' && key !== 'offset')
                    delete token[key];
            Object.assign(token, { type, indent, source, end });
        }
    }
}

exports.createScalarToken = createScalarToken;
exports.resolveAsScalar = resolveAsScalar;
exports.setScalarValue = setScalarValue;


/***/ }),

/***/ 1733:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Stringify a CST document, token, or collection item
 *
 * Fair warning: This applies no validation whatsoever, and
 * simply concatenates the sources in their logical order.
 */
const stringify = (cst) => 'type' in cst ? stringifyToken(cst) : stringifyItem(cst);
function stringifyToken(token) {
    switch (token.type) {
        case 'block-scalar': {
            let res = '';
            for (const tok of token.props)
                res += stringifyToken(tok);
            return res + token.source;
        }
        case 'block-map':
        case 'block-seq': {
            let res = '';
            for (const item of token.items)
                res += stringifyItem(item);
            return res;
        }
        case 'flow-collection': {
            let res = token.start.source;
            for (const item of token.items)
                res += stringifyItem(item);
            for (const st of token.end)
                res += st.source;
            return res;
        }
        case 'document': {
            let res = stringifyItem(token);
            if (token.end)
                for (const st of token.end)
                    res += st.source;
            return res;
        }
        default: {
            let res = token.source;
            if ('end' in token && token.end)
                for (const st of token.end)
                    res += st.source;
            return res;
        }
    }
}
function stringifyItem({ start, key, sep, value }) {
    let res = '';
    for (const st of start)
        res += st.source;
    if (key)
        res += stringifyToken(key);
    if (sep)
        for (const st of sep)
            res += st.source;
    if (value)
        res += stringifyToken(value);
    return res;
}

exports.stringify = stringify;


/***/ }),

/***/ 7715:
/***/ ((__unused_webpack_module, exports) => {



const BREAK = Symbol('break visit');
const SKIP = Symbol('skip children');
const REMOVE = Symbol('remove item');
/**
 * Apply a visitor to a CST document or item.
 *
 * Walks through the tree (depth-first) starting from the root, calling a
 * `visitor` function with two arguments when entering each item:
 *   - `item`: The current item, which included the following members:
 *     - `start: SourceToken[]` – Source tokens before the key or value,
 *       possibly including its anchor or tag.
 *     - `key?: Token | null` – Set for pair values. May then be `null`, if
 *       the key before the `:` separator is empty.
 *     - `sep?: SourceToken[]` – Source tokens between the key and the value,
 *       which should include the `:` map value indicator if `value` is set.
 *     - `value?: Token` – The value of a sequence item, or of a map pair.
 *   - `path`: The steps from the root to the current node, as an array of
 *     `['key' | 'value', number]` tuples.
 *
 * The return value of the visitor may be used to control the traversal:
 *   - `undefined` (default): Do nothing and continue
 *   - `visit.SKIP`: Do not visit the children of this token, continue with
 *      next sibling
 *   - `visit.BREAK`: Terminate traversal completely
 *   - `visit.REMOVE`: Remove the current item, then continue with the next one
 *   - `number`: Set the index of the next step. This is useful especially if
 *     the index of the current token has changed.
 *   - `function`: Define the next visitor for this item. After the original
 *     visitor is called on item entry, next visitors are called after handling
 *     a non-empty `key` and when exiting the item.
 */
function visit(cst, visitor) {
    if ('type' in cst && cst.type === 'document')
        cst = { start: cst.start, value: cst.value };
    _visit(Object.freeze([]), cst, visitor);
}
// Without the `as symbol` casts, TS declares these in the `visit`
// namespace using `var`, but then complains about that because
// `unique symbol` must be `const`.
/** Terminate visit traversal completely */
visit.BREAK = BREAK;
/** Do not visit the children of the current item */
visit.SKIP = SKIP;
/** Remove the current item */
visit.REMOVE = REMOVE;
/** Find the item at `path` from `cst` as the root */
visit.itemAtPath = (cst, path) => {
    let item = cst;
    for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && 'items' in tok) {
            item = tok.items[index];
        }
        else
            return undefined;
    }
    return item;
};
/**
 * Get the immediate parent collection of the item at `path` from `cst` as the root.
 *
 * Throws an error if the collection is not found, which should never happen if the item itself exists.
 */
visit.parentCollection = (cst, path) => {
    const parent = visit.itemAtPath(cst, path.slice(0, -1));
    const field = path[path.length - 1][0];
    const coll = parent?.[field];
    if (coll && 'items' in coll)
        return coll;
    throw new Error('Parent collection not found');
};
function _visit(path, item, visitor) {
    let ctrl = visitor(item, path);
    if (typeof ctrl === 'symbol')
        return ctrl;
    for (const field of ['key', 'value']) {
        const token = item[field];
        if (token && 'items' in token) {
            for (let i = 0; i < token.items.length; ++i) {
                const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    token.items.splice(i, 1);
                    i -= 1;
                }
            }
            if (typeof ctrl === 'function' && field === 'key')
                ctrl = ctrl(item, path);
        }
    }
    return typeof ctrl === 'function' ? ctrl(item, path) : ctrl;
}

exports.visit = visit;


/***/ }),

/***/ 3461:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var cstScalar = __nccwpck_require__(110);
var cstStringify = __nccwpck_require__(1733);
var cstVisit = __nccwpck_require__(7715);

/** The byte order mark */
const BOM = '\u{FEFF}';
/** Start of doc-mode */
const DOCUMENT = '\x02'; // C0: Start of Text
/** Unexpected end of flow-mode */
const FLOW_END = '\x18'; // C0: Cancel
/** Next token is a scalar value */
const SCALAR = '\x1f'; // C0: Unit Separator
/** @returns `true` if `token` is a flow or block collection */
const isCollection = (token) => !!token && 'items' in token;
/** @returns `true` if `token` is a flow or block scalar; not an alias */
const isScalar = (token) => !!token &&
    (token.type === 'scalar' ||
        token.type === 'single-quoted-scalar' ||
        token.type === 'double-quoted-scalar' ||
        token.type === 'block-scalar');
/* istanbul ignore next */
/** Get a printable representation of a lexer token */
function prettyToken(token) {
    switch (token) {
        case BOM:
            return '<BOM>';
        case DOCUMENT:
            return '<DOC>';
        case FLOW_END:
            return '<FLOW_END>';
        case SCALAR:
            return '<SCALAR>';
        default:
            return JSON.stringify(token);
    }
}
/** Identify the type of a lexer token. May return `null` for unknown tokens. */
function tokenType(source) {
    switch (source) {
        case BOM:
            return 'byte-order-mark';
        case DOCUMENT:
            return 'doc-mode';
        case FLOW_END:
            return 'flow-error-end';
        case SCALAR:
            return 'scalar';
        case '---':
            return 'doc-start';
        case '...':
            return 'doc-end';
        case '':
        case '\n':
        case '\r\n':
            return 'newline';
        case '-':
            return 'seq-item-ind';
        case '?':
            return 'explicit-key-ind';
        case ':':
            return 'map-value-ind';
        case '{':
            return 'flow-map-start';
        case '}':
            return 'flow-map-end';
        case '[':
            return 'flow-seq-start';
        case ']':
            return 'flow-seq-end';
        case ',':
            return 'comma';
    }
    switch (source[0]) {
        case ' ':
        case '\t':
            return 'space';
        case '#':
            return 'comment';
        case '%':
            return 'directive-line';
        case '*':
            return 'alias';
        case '&':
            return 'anchor';
        case '!':
            return 'tag';
        case "'":
            return 'single-quoted-scalar';
        case '"':
            return 'double-quoted-scalar';
        case '|':
        case '>':
            return 'block-scalar-header';
    }
    return null;
}

exports.createScalarToken = cstScalar.createScalarToken;
exports.resolveAsScalar = cstScalar.resolveAsScalar;
exports.setScalarValue = cstScalar.setScalarValue;
exports.stringify = cstStringify.stringify;
exports.visit = cstVisit.visit;
exports.BOM = BOM;
exports.DOCUMENT = DOCUMENT;
exports.FLOW_END = FLOW_END;
exports.SCALAR = SCALAR;
exports.isCollection = isCollection;
exports.isScalar = isScalar;
exports.prettyToken = prettyToken;
exports.tokenType = tokenType;


/***/ }),

/***/ 361:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var cst = __nccwpck_require__(3461);

/*
START -> stream

stream
  directive -> line-end -> stream
  indent + line-end -> stream
  [else] -> line-start

line-end
  comment -> line-end
  newline -> .
  input-end -> END

line-start
  doc-start -> doc
  doc-end -> stream
  [else] -> indent -> block-start

block-start
  seq-item-start -> block-start
  explicit-key-start -> block-start
  map-value-start -> block-start
  [else] -> doc

doc
  line-end -> line-start
  spaces -> doc
  anchor -> doc
  tag -> doc
  flow-start -> flow -> doc
  flow-end -> error -> doc
  seq-item-start -> error -> doc
  explicit-key-start -> error -> doc
  map-value-start -> doc
  alias -> doc
  quote-start -> quoted-scalar -> doc
  block-scalar-header -> line-end -> block-scalar(min) -> line-start
  [else] -> plain-scalar(false, min) -> doc

flow
  line-end -> flow
  spaces -> flow
  anchor -> flow
  tag -> flow
  flow-start -> flow -> flow
  flow-end -> .
  seq-item-start -> error -> flow
  explicit-key-start -> flow
  map-value-start -> flow
  alias -> flow
  quote-start -> quoted-scalar -> flow
  comma -> flow
  [else] -> plain-scalar(true, 0) -> flow

quoted-scalar
  quote-end -> .
  [else] -> quoted-scalar

block-scalar(min)
  newline + peek(indent < min) -> .
  [else] -> block-scalar(min)

plain-scalar(is-flow, min)
  scalar-end(is-flow) -> .
  peek(newline + (indent < min)) -> .
  [else] -> plain-scalar(min)
*/
function isEmpty(ch) {
    switch (ch) {
        case undefined:
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            return true;
        default:
            return false;
    }
}
const hexDigits = new Set('0123456789ABCDEFabcdef');
const tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
const flowIndicatorChars = new Set(',[]{}');
const invalidAnchorChars = new Set(' ,[]{}\n\r\t');
const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
/**
 * Splits an input string into lexical tokens, i.e. smaller strings that are
 * easily identifiable by `tokens.tokenType()`.
 *
 * Lexing starts always in a "stream" context. Incomplete input may be buffered
 * until a complete token can be emitted.
 *
 * In addition to slices of the original input, the following control characters
 * may also be emitted:
 *
 * - `\x02` (Start of Text): A document starts with the next token
 * - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
 * - `\x1f` (Unit Separator): Next token is a scalar value
 * - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
 */
class Lexer {
    constructor() {
        /**
         * Flag indicating whether the end of the current buffer marks the end of
         * all input
         */
        this.atEnd = false;
        /**
         * Explicit indent set in block scalar header, as an offset from the current
         * minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
         * explicitly set.
         */
        this.blockScalarIndent = -1;
        /**
         * Block scalars that include a + (keep) chomping indicator in their header
         * include trailing empty lines, which are otherwise excluded from the
         * scalar's contents.
         */
        this.blockScalarKeep = false;
        /** Current input */
        this.buffer = '';
        /**
         * Flag noting whether the map value indicator : can immediately follow this
         * node within a flow context.
         */
        this.flowKey = false;
        /** Count of surrounding flow collection levels. */
        this.flowLevel = 0;
        /**
         * Minimum level of indentation required for next lines to be parsed as a
         * part of the current scalar value.
         */
        this.indentNext = 0;
        /** Indentation level of the current line. */
        this.indentValue = 0;
        /** Position of the next \n character. */
        this.lineEndPos = null;
        /** Stores the state of the lexer if reaching the end of incpomplete input */
        this.next = null;
        /** A pointer to `buffer`; the current position of the lexer. */
        this.pos = 0;
    }
    /**
     * Generate YAML tokens from the `source` string. If `incomplete`,
     * a part of the last line may be left as a buffer for the next call.
     *
     * @returns A generator of lexical tokens
     */
    *lex(source, incomplete = false) {
        if (source) {
            if (typeof source !== 'string')
                throw TypeError('source is not a string');
            this.buffer = this.buffer ? this.buffer + source : source;
            this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? 'stream';
        while (next && (incomplete || this.hasChars(1)))
            next = yield* this.parseNext(next);
    }
    atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === ' ' || ch === '\t')
            ch = this.buffer[++i];
        if (!ch || ch === '#' || ch === '\n')
            return true;
        if (ch === '\r')
            return this.buffer[i + 1] === '\n';
        return false;
    }
    charAt(n) {
        return this.buffer[this.pos + n];
    }
    continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
            let indent = 0;
            while (ch === ' ')
                ch = this.buffer[++indent + offset];
            if (ch === '\r') {
                const next = this.buffer[indent + offset + 1];
                if (next === '\n' || (!next && !this.atEnd))
                    return offset + indent + 1;
            }
            return ch === '\n' || indent >= this.indentNext || (!ch && !this.atEnd)
                ? offset + indent
                : -1;
        }
        if (ch === '-' || ch === '.') {
            const dt = this.buffer.substr(offset, 3);
            if ((dt === '---' || dt === '...') && isEmpty(this.buffer[offset + 3]))
                return -1;
        }
        return offset;
    }
    getLine() {
        let end = this.lineEndPos;
        if (typeof end !== 'number' || (end !== -1 && end < this.pos)) {
            end = this.buffer.indexOf('\n', this.pos);
            this.lineEndPos = end;
        }
        if (end === -1)
            return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === '\r')
            end -= 1;
        return this.buffer.substring(this.pos, end);
    }
    hasChars(n) {
        return this.pos + n <= this.buffer.length;
    }
    setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
    }
    peek(n) {
        return this.buffer.substr(this.pos, n);
    }
    *parseNext(next) {
        switch (next) {
            case 'stream':
                return yield* this.parseStream();
            case 'line-start':
                return yield* this.parseLineStart();
            case 'block-start':
                return yield* this.parseBlockStart();
            case 'doc':
                return yield* this.parseDocument();
            case 'flow':
                return yield* this.parseFlowCollection();
            case 'quoted-scalar':
                return yield* this.parseQuotedScalar();
            case 'block-scalar':
                return yield* this.parseBlockScalar();
            case 'plain-scalar':
                return yield* this.parsePlainScalar();
        }
    }
    *parseStream() {
        let line = this.getLine();
        if (line === null)
            return this.setNext('stream');
        if (line[0] === cst.BOM) {
            yield* this.pushCount(1);
            line = line.substring(1);
        }
        if (line[0] === '%') {
            let dirEnd = line.length;
            let cs = line.indexOf('#');
            while (cs !== -1) {
                const ch = line[cs - 1];
                if (ch === ' ' || ch === '\t') {
                    dirEnd = cs - 1;
                    break;
                }
                else {
                    cs = line.indexOf('#', cs + 1);
                }
            }
            while (true) {
                const ch = line[dirEnd - 1];
                if (ch === ' ' || ch === '\t')
                    dirEnd -= 1;
                else
                    break;
            }
            const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
            yield* this.pushCount(line.length - n); // possible comment
            this.pushNewline();
            return 'stream';
        }
        if (this.atLineEnd()) {
            const sp = yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - sp);
            yield* this.pushNewline();
            return 'stream';
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
    }
    *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
            return this.setNext('line-start');
        if (ch === '-' || ch === '.') {
            if (!this.atEnd && !this.hasChars(4))
                return this.setNext('line-start');
            const s = this.peek(3);
            if ((s === '---' || s === '...') && isEmpty(this.charAt(3))) {
                yield* this.pushCount(3);
                this.indentValue = 0;
                this.indentNext = 0;
                return s === '---' ? 'doc' : 'stream';
            }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
            this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
    }
    *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
            return this.setNext('block-start');
        if ((ch0 === '-' || ch0 === '?' || ch0 === ':') && isEmpty(ch1)) {
            const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
            this.indentNext = this.indentValue + 1;
            this.indentValue += n;
            return 'block-start';
        }
        return 'doc';
    }
    *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
            return this.setNext('doc');
        let n = yield* this.pushIndicators();
        switch (line[n]) {
            case '#':
                yield* this.pushCount(line.length - n);
            // fallthrough
            case undefined:
                yield* this.pushNewline();
                return yield* this.parseLineStart();
            case '{':
            case '[':
                yield* this.pushCount(1);
                this.flowKey = false;
                this.flowLevel = 1;
                return 'flow';
            case '}':
            case ']':
                // this is an error
                yield* this.pushCount(1);
                return 'doc';
            case '*':
                yield* this.pushUntil(isNotAnchorChar);
                return 'doc';
            case '"':
            case "'":
                return yield* this.parseQuotedScalar();
            case '|':
            case '>':
                n += yield* this.parseBlockScalarHeader();
                n += yield* this.pushSpaces(true);
                yield* this.pushCount(line.length - n);
                yield* this.pushNewline();
                return yield* this.parseBlockScalar();
            default:
                return yield* this.parsePlainScalar();
        }
    }
    *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
            nl = yield* this.pushNewline();
            if (nl > 0) {
                sp = yield* this.pushSpaces(false);
                this.indentValue = indent = sp;
            }
            else {
                sp = 0;
            }
            sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
            return this.setNext('flow');
        if ((indent !== -1 && indent < this.indentNext && line[0] !== '#') ||
            (indent === 0 &&
                (line.startsWith('---') || line.startsWith('...')) &&
                isEmpty(line[3]))) {
            // Allowing for the terminal ] or } at the same (rather than greater)
            // indent level as the initial [ or { is technically invalid, but
            // failing here would be surprising to users.
            const atFlowEndMarker = indent === this.indentNext - 1 &&
                this.flowLevel === 1 &&
                (line[0] === ']' || line[0] === '}');
            if (!atFlowEndMarker) {
                // this is an error
                this.flowLevel = 0;
                yield cst.FLOW_END;
                return yield* this.parseLineStart();
            }
        }
        let n = 0;
        while (line[n] === ',') {
            n += yield* this.pushCount(1);
            n += yield* this.pushSpaces(true);
            this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
            case undefined:
                return 'flow';
            case '#':
                yield* this.pushCount(line.length - n);
                return 'flow';
            case '{':
            case '[':
                yield* this.pushCount(1);
                this.flowKey = false;
                this.flowLevel += 1;
                return 'flow';
            case '}':
            case ']':
                yield* this.pushCount(1);
                this.flowKey = true;
                this.flowLevel -= 1;
                return this.flowLevel ? 'flow' : 'doc';
            case '*':
                yield* this.pushUntil(isNotAnchorChar);
                return 'flow';
            case '"':
            case "'":
                this.flowKey = true;
                return yield* this.parseQuotedScalar();
            case ':': {
                const next = this.charAt(1);
                if (this.flowKey || isEmpty(next) || next === ',') {
                    this.flowKey = false;
                    yield* this.pushCount(1);
                    yield* this.pushSpaces(true);
                    return 'flow';
                }
            }
            // fallthrough
            default:
                this.flowKey = false;
                return yield* this.parsePlainScalar();
        }
    }
    *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
            while (end !== -1 && this.buffer[end + 1] === "'")
                end = this.buffer.indexOf("'", end + 2);
        }
        else {
            // double-quote
            while (end !== -1) {
                let n = 0;
                while (this.buffer[end - 1 - n] === '\\')
                    n += 1;
                if (n % 2 === 0)
                    break;
                end = this.buffer.indexOf('"', end + 1);
            }
        }
        // Only looking for newlines within the quotes
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf('\n', this.pos);
        if (nl !== -1) {
            while (nl !== -1) {
                const cs = this.continueScalar(nl + 1);
                if (cs === -1)
                    break;
                nl = qb.indexOf('\n', cs);
            }
            if (nl !== -1) {
                // this is an error caused by an unexpected unindent
                end = nl - (qb[nl - 1] === '\r' ? 2 : 1);
            }
        }
        if (end === -1) {
            if (!this.atEnd)
                return this.setNext('quoted-scalar');
            end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? 'flow' : 'doc';
    }
    *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
            const ch = this.buffer[++i];
            if (ch === '+')
                this.blockScalarKeep = true;
            else if (ch > '0' && ch <= '9')
                this.blockScalarIndent = Number(ch) - 1;
            else if (ch !== '-')
                break;
        }
        return yield* this.pushUntil(ch => isEmpty(ch) || ch === '#');
    }
    *parseBlockScalar() {
        let nl = this.pos - 1; // may be -1 if this.pos === 0
        let indent = 0;
        let ch;
        loop: for (let i = this.pos; (ch = this.buffer[i]); ++i) {
            switch (ch) {
                case ' ':
                    indent += 1;
                    break;
                case '\n':
                    nl = i;
                    indent = 0;
                    break;
                case '\r': {
                    const next = this.buffer[i + 1];
                    if (!next && !this.atEnd)
                        return this.setNext('block-scalar');
                    if (next === '\n')
                        break;
                } // fallthrough
                default:
                    break loop;
            }
        }
        if (!ch && !this.atEnd)
            return this.setNext('block-scalar');
        if (indent >= this.indentNext) {
            if (this.blockScalarIndent === -1)
                this.indentNext = indent;
            else {
                this.indentNext =
                    this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
            }
            do {
                const cs = this.continueScalar(nl + 1);
                if (cs === -1)
                    break;
                nl = this.buffer.indexOf('\n', cs);
            } while (nl !== -1);
            if (nl === -1) {
                if (!this.atEnd)
                    return this.setNext('block-scalar');
                nl = this.buffer.length;
            }
        }
        // Trailing insufficiently indented tabs are invalid.
        // To catch that during parsing, we include them in the block scalar value.
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === ' ')
            ch = this.buffer[++i];
        if (ch === '\t') {
            while (ch === '\t' || ch === ' ' || ch === '\r' || ch === '\n')
                ch = this.buffer[++i];
            nl = i - 1;
        }
        else if (!this.blockScalarKeep) {
            do {
                let i = nl - 1;
                let ch = this.buffer[i];
                if (ch === '\r')
                    ch = this.buffer[--i];
                const lastChar = i; // Drop the line if last char not more indented
                while (ch === ' ')
                    ch = this.buffer[--i];
                if (ch === '\n' && i >= this.pos && i + 1 + indent > lastChar)
                    nl = i;
                else
                    break;
            } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
    }
    *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while ((ch = this.buffer[++i])) {
            if (ch === ':') {
                const next = this.buffer[i + 1];
                if (isEmpty(next) || (inFlow && flowIndicatorChars.has(next)))
                    break;
                end = i;
            }
            else if (isEmpty(ch)) {
                let next = this.buffer[i + 1];
                if (ch === '\r') {
                    if (next === '\n') {
                        i += 1;
                        ch = '\n';
                        next = this.buffer[i + 1];
                    }
                    else
                        end = i;
                }
                if (next === '#' || (inFlow && flowIndicatorChars.has(next)))
                    break;
                if (ch === '\n') {
                    const cs = this.continueScalar(i + 1);
                    if (cs === -1)
                        break;
                    i = Math.max(i, cs - 2); // to advance, but still account for ' #'
                }
            }
            else {
                if (inFlow && flowIndicatorChars.has(ch))
                    break;
                end = i;
            }
        }
        if (!ch && !this.atEnd)
            return this.setNext('plain-scalar');
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? 'flow' : 'doc';
    }
    *pushCount(n) {
        if (n > 0) {
            yield this.buffer.substr(this.pos, n);
            this.pos += n;
            return n;
        }
        return 0;
    }
    *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
            yield s;
            this.pos += s.length;
            return s.length;
        }
        else if (allowEmpty)
            yield '';
        return 0;
    }
    *pushIndicators() {
        let n = 0;
        loop: while (true) {
            switch (this.charAt(0)) {
                case '!':
                    n += yield* this.pushTag();
                    n += yield* this.pushSpaces(true);
                    continue loop;
                case '&':
                    n += yield* this.pushUntil(isNotAnchorChar);
                    n += yield* this.pushSpaces(true);
                    continue loop;
                case '-': // this is an error
                case '?': // this is an error outside flow collections
                case ':': {
                    const inFlow = this.flowLevel > 0;
                    const ch1 = this.charAt(1);
                    if (isEmpty(ch1) || (inFlow && flowIndicatorChars.has(ch1))) {
                        if (!inFlow)
                            this.indentNext = this.indentValue + 1;
                        else if (this.flowKey)
                            this.flowKey = false;
                        n += yield* this.pushCount(1);
                        n += yield* this.pushSpaces(true);
                        continue loop;
                    }
                }
            }
            break loop;
        }
        return n;
    }
    *pushTag() {
        if (this.charAt(1) === '<') {
            let i = this.pos + 2;
            let ch = this.buffer[i];
            while (!isEmpty(ch) && ch !== '>')
                ch = this.buffer[++i];
            return yield* this.pushToIndex(ch === '>' ? i + 1 : i, false);
        }
        else {
            let i = this.pos + 1;
            let ch = this.buffer[i];
            while (ch) {
                if (tagChars.has(ch))
                    ch = this.buffer[++i];
                else if (ch === '%' &&
                    hexDigits.has(this.buffer[i + 1]) &&
                    hexDigits.has(this.buffer[i + 2])) {
                    ch = this.buffer[(i += 3)];
                }
                else
                    break;
            }
            return yield* this.pushToIndex(i, false);
        }
    }
    *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === '\n')
            return yield* this.pushCount(1);
        else if (ch === '\r' && this.charAt(1) === '\n')
            return yield* this.pushCount(2);
        else
            return 0;
    }
    *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
            ch = this.buffer[++i];
        } while (ch === ' ' || (allowTabs && ch === '\t'));
        const n = i - this.pos;
        if (n > 0) {
            yield this.buffer.substr(this.pos, n);
            this.pos = i;
        }
        return n;
    }
    *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
            ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
    }
}

exports.Lexer = Lexer;


/***/ }),

/***/ 6628:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Tracks newlines during parsing in order to provide an efficient API for
 * determining the one-indexed `{ line, col }` position for any offset
 * within the input.
 */
class LineCounter {
    constructor() {
        this.lineStarts = [];
        /**
         * Should be called in ascending order. Otherwise, call
         * `lineCounter.lineStarts.sort()` before calling `linePos()`.
         */
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        /**
         * Performs a binary search and returns the 1-indexed { line, col }
         * position of `offset`. If `line === 0`, `addNewLine` has never been
         * called or `offset` is before the first known newline.
         */
        this.linePos = (offset) => {
            let low = 0;
            let high = this.lineStarts.length;
            while (low < high) {
                const mid = (low + high) >> 1; // Math.floor((low + high) / 2)
                if (this.lineStarts[mid] < offset)
                    low = mid + 1;
                else
                    high = mid;
            }
            if (this.lineStarts[low] === offset)
                return { line: low + 1, col: 1 };
            if (low === 0)
                return { line: 0, col: offset };
            const start = this.lineStarts[low - 1];
            return { line: low, col: offset - start + 1 };
        };
    }
}

exports.LineCounter = LineCounter;


/***/ }),

/***/ 3456:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);
var cst = __nccwpck_require__(3461);
var lexer = __nccwpck_require__(361);

function includesToken(list, type) {
    for (let i = 0; i < list.length; ++i)
        if (list[i].type === type)
            return true;
    return false;
}
function findNonEmptyIndex(list) {
    for (let i = 0; i < list.length; ++i) {
        switch (list[i].type) {
            case 'space':
            case 'comment':
            case 'newline':
                break;
            default:
                return i;
        }
    }
    return -1;
}
function isFlowToken(token) {
    switch (token?.type) {
        case 'alias':
        case 'scalar':
        case 'single-quoted-scalar':
        case 'double-quoted-scalar':
        case 'flow-collection':
            return true;
        default:
            return false;
    }
}
function getPrevProps(parent) {
    switch (parent.type) {
        case 'document':
            return parent.start;
        case 'block-map': {
            const it = parent.items[parent.items.length - 1];
            return it.sep ?? it.start;
        }
        case 'block-seq':
            return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
            return [];
    }
}
/** Note: May modify input array */
function getFirstKeyStartProps(prev) {
    if (prev.length === 0)
        return [];
    let i = prev.length;
    loop: while (--i >= 0) {
        switch (prev[i].type) {
            case 'doc-start':
            case 'explicit-key-ind':
            case 'map-value-ind':
            case 'seq-item-ind':
            case 'newline':
                break loop;
        }
    }
    while (prev[++i]?.type === 'space') {
        /* loop */
    }
    return prev.splice(i, prev.length);
}
function arrayPushArray(target, source) {
    // May exhaust call stack with large `source` array
    if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
    else
        for (let i = 0; i < source.length; ++i)
            target.push(source[i]);
}
function fixFlowSeqItems(fc) {
    if (fc.start.type === 'flow-seq-start') {
        for (const it of fc.items) {
            if (it.sep &&
                !it.value &&
                !includesToken(it.start, 'explicit-key-ind') &&
                !includesToken(it.sep, 'map-value-ind')) {
                if (it.key)
                    it.value = it.key;
                delete it.key;
                if (isFlowToken(it.value)) {
                    if (it.value.end)
                        arrayPushArray(it.value.end, it.sep);
                    else
                        it.value.end = it.sep;
                }
                else
                    arrayPushArray(it.start, it.sep);
                delete it.sep;
            }
        }
    }
}
/**
 * A YAML concrete syntax tree (CST) parser
 *
 * ```ts
 * const src: string = ...
 * for (const token of new Parser().parse(src)) {
 *   // token: Token
 * }
 * ```
 *
 * To use the parser with a user-provided lexer:
 *
 * ```ts
 * function* parse(source: string, lexer: Lexer) {
 *   const parser = new Parser()
 *   for (const lexeme of lexer.lex(source))
 *     yield* parser.next(lexeme)
 *   yield* parser.end()
 * }
 *
 * const src: string = ...
 * const lexer = new Lexer()
 * for (const token of parse(src, lexer)) {
 *   // token: Token
 * }
 * ```
 */
class Parser {
    /**
     * @param onNewLine - If defined, called separately with the start position of
     *   each new line (in `parse()`, including the start of input).
     */
    constructor(onNewLine) {
        /** If true, space and sequence indicators count as indentation */
        this.atNewLine = true;
        /** If true, next token is a scalar value */
        this.atScalar = false;
        /** Current indentation level */
        this.indent = 0;
        /** Current offset since the start of parsing */
        this.offset = 0;
        /** On the same line with a block map key */
        this.onKeyLine = false;
        /** Top indicates the node that's currently being built */
        this.stack = [];
        /** The source of the current token, set in parse() */
        this.source = '';
        /** The type of the current token, set in parse() */
        this.type = '';
        // Must be defined after `next()`
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
    }
    /**
     * Parse `source` as a YAML stream.
     * If `incomplete`, a part of the last line may be left as a buffer for the next call.
     *
     * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
     *
     * @returns A generator of tokens representing each directive, document, and other structure.
     */
    *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
            this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
            yield* this.next(lexeme);
        if (!incomplete)
            yield* this.end();
    }
    /**
     * Advance the parser by the `source` of one lexical token.
     */
    *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
            console.log('|', cst.prettyToken(source));
        if (this.atScalar) {
            this.atScalar = false;
            yield* this.step();
            this.offset += source.length;
            return;
        }
        const type = cst.tokenType(source);
        if (!type) {
            const message = `Not a YAML token: ${source}`;
            yield* this.pop({ type: 'error', offset: this.offset, message, source });
            this.offset += source.length;
        }
        else if (type === 'scalar') {
            this.atNewLine = false;
            this.atScalar = true;
            this.type = 'scalar';
        }
        else {
            this.type = type;
            yield* this.step();
            switch (type) {
                case 'newline':
                    this.atNewLine = true;
                    this.indent = 0;
                    if (this.onNewLine)
                        this.onNewLine(this.offset + source.length);
                    break;
                case 'space':
                    if (this.atNewLine && source[0] === ' ')
                        this.indent += source.length;
                    break;
                case 'explicit-key-ind':
                case 'map-value-ind':
                case 'seq-item-ind':
                    if (this.atNewLine)
                        this.indent += source.length;
                    break;
                case 'doc-mode':
                case 'flow-error-end':
                    return;
                default:
                    this.atNewLine = false;
            }
            this.offset += source.length;
        }
    }
    /** Call at end of input to push out any remaining constructions */
    *end() {
        while (this.stack.length > 0)
            yield* this.pop();
    }
    get sourceToken() {
        const st = {
            type: this.type,
            offset: this.offset,
            indent: this.indent,
            source: this.source
        };
        return st;
    }
    *step() {
        const top = this.peek(1);
        if (this.type === 'doc-end' && top?.type !== 'doc-end') {
            while (this.stack.length > 0)
                yield* this.pop();
            this.stack.push({
                type: 'doc-end',
                offset: this.offset,
                source: this.source
            });
            return;
        }
        if (!top)
            return yield* this.stream();
        switch (top.type) {
            case 'document':
                return yield* this.document(top);
            case 'alias':
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return yield* this.scalar(top);
            case 'block-scalar':
                return yield* this.blockScalar(top);
            case 'block-map':
                return yield* this.blockMap(top);
            case 'block-seq':
                return yield* this.blockSequence(top);
            case 'flow-collection':
                return yield* this.flowCollection(top);
            case 'doc-end':
                return yield* this.documentEnd(top);
        }
        /* istanbul ignore next should not happen */
        yield* this.pop();
    }
    peek(n) {
        return this.stack[this.stack.length - n];
    }
    *pop(error) {
        const token = error ?? this.stack.pop();
        /* istanbul ignore if should not happen */
        if (!token) {
            const message = 'Tried to pop an empty stack';
            yield { type: 'error', offset: this.offset, source: '', message };
        }
        else if (this.stack.length === 0) {
            yield token;
        }
        else {
            const top = this.peek(1);
            if (token.type === 'block-scalar') {
                // Block scalars use their parent rather than header indent
                token.indent = 'indent' in top ? top.indent : 0;
            }
            else if (token.type === 'flow-collection' && top.type === 'document') {
                // Ignore all indent for top-level flow collections
                token.indent = 0;
            }
            if (token.type === 'flow-collection')
                fixFlowSeqItems(token);
            switch (top.type) {
                case 'document':
                    top.value = token;
                    break;
                case 'block-scalar':
                    top.props.push(token); // error
                    break;
                case 'block-map': {
                    const it = top.items[top.items.length - 1];
                    if (it.value) {
                        top.items.push({ start: [], key: token, sep: [] });
                        this.onKeyLine = true;
                        return;
                    }
                    else if (it.sep) {
                        it.value = token;
                    }
                    else {
                        Object.assign(it, { key: token, sep: [] });
                        this.onKeyLine = !it.explicitKey;
                        return;
                    }
                    break;
                }
                case 'block-seq': {
                    const it = top.items[top.items.length - 1];
                    if (it.value)
                        top.items.push({ start: [], value: token });
                    else
                        it.value = token;
                    break;
                }
                case 'flow-collection': {
                    const it = top.items[top.items.length - 1];
                    if (!it || it.value)
                        top.items.push({ start: [], key: token, sep: [] });
                    else if (it.sep)
                        it.value = token;
                    else
                        Object.assign(it, { key: token, sep: [] });
                    return;
                }
                /* istanbul ignore next should not happen */
                default:
                    yield* this.pop();
                    yield* this.pop(token);
            }
            if ((top.type === 'document' ||
                top.type === 'block-map' ||
                top.type === 'block-seq') &&
                (token.type === 'block-map' || token.type === 'block-seq')) {
                const last = token.items[token.items.length - 1];
                if (last &&
                    !last.sep &&
                    !last.value &&
                    last.start.length > 0 &&
                    findNonEmptyIndex(last.start) === -1 &&
                    (token.indent === 0 ||
                        last.start.every(st => st.type !== 'comment' || st.indent < token.indent))) {
                    if (top.type === 'document')
                        top.end = last.start;
                    else
                        top.items.push({ start: last.start });
                    token.items.splice(-1, 1);
                }
            }
        }
    }
    *stream() {
        switch (this.type) {
            case 'directive-line':
                yield { type: 'directive', offset: this.offset, source: this.source };
                return;
            case 'byte-order-mark':
            case 'space':
            case 'comment':
            case 'newline':
                yield this.sourceToken;
                return;
            case 'doc-mode':
            case 'doc-start': {
                const doc = {
                    type: 'document',
                    offset: this.offset,
                    start: []
                };
                if (this.type === 'doc-start')
                    doc.start.push(this.sourceToken);
                this.stack.push(doc);
                return;
            }
        }
        yield {
            type: 'error',
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML stream`,
            source: this.source
        };
    }
    *document(doc) {
        if (doc.value)
            return yield* this.lineEnd(doc);
        switch (this.type) {
            case 'doc-start': {
                if (findNonEmptyIndex(doc.start) !== -1) {
                    yield* this.pop();
                    yield* this.step();
                }
                else
                    doc.start.push(this.sourceToken);
                return;
            }
            case 'anchor':
            case 'tag':
            case 'space':
            case 'comment':
            case 'newline':
                doc.start.push(this.sourceToken);
                return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
            this.stack.push(bv);
        else {
            yield {
                type: 'error',
                offset: this.offset,
                message: `Unexpected ${this.type} token in YAML document`,
                source: this.source
            };
        }
    }
    *scalar(scalar) {
        if (this.type === 'map-value-ind') {
            const prev = getPrevProps(this.peek(2));
            const start = getFirstKeyStartProps(prev);
            let sep;
            if (scalar.end) {
                sep = scalar.end;
                sep.push(this.sourceToken);
                delete scalar.end;
            }
            else
                sep = [this.sourceToken];
            const map = {
                type: 'block-map',
                offset: scalar.offset,
                indent: scalar.indent,
                items: [{ start, key: scalar, sep }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
        }
        else
            yield* this.lineEnd(scalar);
    }
    *blockScalar(scalar) {
        switch (this.type) {
            case 'space':
            case 'comment':
            case 'newline':
                scalar.props.push(this.sourceToken);
                return;
            case 'scalar':
                scalar.source = this.source;
                // block-scalar source includes trailing newline
                this.atNewLine = true;
                this.indent = 0;
                if (this.onNewLine) {
                    let nl = this.source.indexOf('\n') + 1;
                    while (nl !== 0) {
                        this.onNewLine(this.offset + nl);
                        nl = this.source.indexOf('\n', nl) + 1;
                    }
                }
                yield* this.pop();
                break;
            /* istanbul ignore next should not happen */
            default:
                yield* this.pop();
                yield* this.step();
        }
    }
    *blockMap(map) {
        const it = map.items[map.items.length - 1];
        // it.sep is true-ish if pair already has key or : separator
        switch (this.type) {
            case 'newline':
                this.onKeyLine = false;
                if (it.value) {
                    const end = 'end' in it.value ? it.value.end : undefined;
                    const last = Array.isArray(end) ? end[end.length - 1] : undefined;
                    if (last?.type === 'comment')
                        end?.push(this.sourceToken);
                    else
                        map.items.push({ start: [this.sourceToken] });
                }
                else if (it.sep) {
                    it.sep.push(this.sourceToken);
                }
                else {
                    it.start.push(this.sourceToken);
                }
                return;
            case 'space':
            case 'comment':
                if (it.value) {
                    map.items.push({ start: [this.sourceToken] });
                }
                else if (it.sep) {
                    it.sep.push(this.sourceToken);
                }
                else {
                    if (this.atIndentedComment(it.start, map.indent)) {
                        const prev = map.items[map.items.length - 2];
                        const end = prev?.value?.end;
                        if (Array.isArray(end)) {
                            arrayPushArray(end, it.start);
                            end.push(this.sourceToken);
                            map.items.pop();
                            return;
                        }
                    }
                    it.start.push(this.sourceToken);
                }
                return;
        }
        if (this.indent >= map.indent) {
            const atMapIndent = !this.onKeyLine && this.indent === map.indent;
            const atNextItem = atMapIndent &&
                (it.sep || it.explicitKey) &&
                this.type !== 'seq-item-ind';
            // For empty nodes, assign newline-separated not indented empty tokens to following node
            let start = [];
            if (atNextItem && it.sep && !it.value) {
                const nl = [];
                for (let i = 0; i < it.sep.length; ++i) {
                    const st = it.sep[i];
                    switch (st.type) {
                        case 'newline':
                            nl.push(i);
                            break;
                        case 'space':
                            break;
                        case 'comment':
                            if (st.indent > map.indent)
                                nl.length = 0;
                            break;
                        default:
                            nl.length = 0;
                    }
                }
                if (nl.length >= 2)
                    start = it.sep.splice(nl[1]);
            }
            switch (this.type) {
                case 'anchor':
                case 'tag':
                    if (atNextItem || it.value) {
                        start.push(this.sourceToken);
                        map.items.push({ start });
                        this.onKeyLine = true;
                    }
                    else if (it.sep) {
                        it.sep.push(this.sourceToken);
                    }
                    else {
                        it.start.push(this.sourceToken);
                    }
                    return;
                case 'explicit-key-ind':
                    if (!it.sep && !it.explicitKey) {
                        it.start.push(this.sourceToken);
                        it.explicitKey = true;
                    }
                    else if (atNextItem || it.value) {
                        start.push(this.sourceToken);
                        map.items.push({ start, explicitKey: true });
                    }
                    else {
                        this.stack.push({
                            type: 'block-map',
                            offset: this.offset,
                            indent: this.indent,
                            items: [{ start: [this.sourceToken], explicitKey: true }]
                        });
                    }
                    this.onKeyLine = true;
                    return;
                case 'map-value-ind':
                    if (it.explicitKey) {
                        if (!it.sep) {
                            if (includesToken(it.start, 'newline')) {
                                Object.assign(it, { key: null, sep: [this.sourceToken] });
                            }
                            else {
                                const start = getFirstKeyStartProps(it.start);
                                this.stack.push({
                                    type: 'block-map',
                                    offset: this.offset,
                                    indent: this.indent,
                                    items: [{ start, key: null, sep: [this.sourceToken] }]
                                });
                            }
                        }
                        else if (it.value) {
                            map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                        }
                        else if (includesToken(it.sep, 'map-value-ind')) {
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start, key: null, sep: [this.sourceToken] }]
                            });
                        }
                        else if (isFlowToken(it.key) &&
                            !includesToken(it.sep, 'newline')) {
                            const start = getFirstKeyStartProps(it.start);
                            const key = it.key;
                            const sep = it.sep;
                            sep.push(this.sourceToken);
                            // @ts-expect-error type guard is wrong here
                            delete it.key;
                            // @ts-expect-error type guard is wrong here
                            delete it.sep;
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start, key, sep }]
                            });
                        }
                        else if (start.length > 0) {
                            // Not actually at next item
                            it.sep = it.sep.concat(start, this.sourceToken);
                        }
                        else {
                            it.sep.push(this.sourceToken);
                        }
                    }
                    else {
                        if (!it.sep) {
                            Object.assign(it, { key: null, sep: [this.sourceToken] });
                        }
                        else if (it.value || atNextItem) {
                            map.items.push({ start, key: null, sep: [this.sourceToken] });
                        }
                        else if (includesToken(it.sep, 'map-value-ind')) {
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start: [], key: null, sep: [this.sourceToken] }]
                            });
                        }
                        else {
                            it.sep.push(this.sourceToken);
                        }
                    }
                    this.onKeyLine = true;
                    return;
                case 'alias':
                case 'scalar':
                case 'single-quoted-scalar':
                case 'double-quoted-scalar': {
                    const fs = this.flowScalar(this.type);
                    if (atNextItem || it.value) {
                        map.items.push({ start, key: fs, sep: [] });
                        this.onKeyLine = true;
                    }
                    else if (it.sep) {
                        this.stack.push(fs);
                    }
                    else {
                        Object.assign(it, { key: fs, sep: [] });
                        this.onKeyLine = true;
                    }
                    return;
                }
                default: {
                    const bv = this.startBlockValue(map);
                    if (bv) {
                        if (bv.type === 'block-seq') {
                            if (!it.explicitKey &&
                                it.sep &&
                                !includesToken(it.sep, 'newline')) {
                                yield* this.pop({
                                    type: 'error',
                                    offset: this.offset,
                                    message: 'Unexpected block-seq-ind on same line with key',
                                    source: this.source
                                });
                                return;
                            }
                        }
                        else if (atMapIndent) {
                            map.items.push({ start });
                        }
                        this.stack.push(bv);
                        return;
                    }
                }
            }
        }
        yield* this.pop();
        yield* this.step();
    }
    *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
            case 'newline':
                if (it.value) {
                    const end = 'end' in it.value ? it.value.end : undefined;
                    const last = Array.isArray(end) ? end[end.length - 1] : undefined;
                    if (last?.type === 'comment')
                        end?.push(this.sourceToken);
                    else
                        seq.items.push({ start: [this.sourceToken] });
                }
                else
                    it.start.push(this.sourceToken);
                return;
            case 'space':
            case 'comment':
                if (it.value)
                    seq.items.push({ start: [this.sourceToken] });
                else {
                    if (this.atIndentedComment(it.start, seq.indent)) {
                        const prev = seq.items[seq.items.length - 2];
                        const end = prev?.value?.end;
                        if (Array.isArray(end)) {
                            arrayPushArray(end, it.start);
                            end.push(this.sourceToken);
                            seq.items.pop();
                            return;
                        }
                    }
                    it.start.push(this.sourceToken);
                }
                return;
            case 'anchor':
            case 'tag':
                if (it.value || this.indent <= seq.indent)
                    break;
                it.start.push(this.sourceToken);
                return;
            case 'seq-item-ind':
                if (this.indent !== seq.indent)
                    break;
                if (it.value || includesToken(it.start, 'seq-item-ind'))
                    seq.items.push({ start: [this.sourceToken] });
                else
                    it.start.push(this.sourceToken);
                return;
        }
        if (this.indent > seq.indent) {
            const bv = this.startBlockValue(seq);
            if (bv) {
                this.stack.push(bv);
                return;
            }
        }
        yield* this.pop();
        yield* this.step();
    }
    *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === 'flow-error-end') {
            let top;
            do {
                yield* this.pop();
                top = this.peek(1);
            } while (top?.type === 'flow-collection');
        }
        else if (fc.end.length === 0) {
            switch (this.type) {
                case 'comma':
                case 'explicit-key-ind':
                    if (!it || it.sep)
                        fc.items.push({ start: [this.sourceToken] });
                    else
                        it.start.push(this.sourceToken);
                    return;
                case 'map-value-ind':
                    if (!it || it.value)
                        fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
                    else if (it.sep)
                        it.sep.push(this.sourceToken);
                    else
                        Object.assign(it, { key: null, sep: [this.sourceToken] });
                    return;
                case 'space':
                case 'comment':
                case 'newline':
                case 'anchor':
                case 'tag':
                    if (!it || it.value)
                        fc.items.push({ start: [this.sourceToken] });
                    else if (it.sep)
                        it.sep.push(this.sourceToken);
                    else
                        it.start.push(this.sourceToken);
                    return;
                case 'alias':
                case 'scalar':
                case 'single-quoted-scalar':
                case 'double-quoted-scalar': {
                    const fs = this.flowScalar(this.type);
                    if (!it || it.value)
                        fc.items.push({ start: [], key: fs, sep: [] });
                    else if (it.sep)
                        this.stack.push(fs);
                    else
                        Object.assign(it, { key: fs, sep: [] });
                    return;
                }
                case 'flow-map-end':
                case 'flow-seq-end':
                    fc.end.push(this.sourceToken);
                    return;
            }
            const bv = this.startBlockValue(fc);
            /* istanbul ignore else should not happen */
            if (bv)
                this.stack.push(bv);
            else {
                yield* this.pop();
                yield* this.step();
            }
        }
        else {
            const parent = this.peek(2);
            if (parent.type === 'block-map' &&
                ((this.type === 'map-value-ind' && parent.indent === fc.indent) ||
                    (this.type === 'newline' &&
                        !parent.items[parent.items.length - 1].sep))) {
                yield* this.pop();
                yield* this.step();
            }
            else if (this.type === 'map-value-ind' &&
                parent.type !== 'flow-collection') {
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                fixFlowSeqItems(fc);
                const sep = fc.end.splice(1, fc.end.length);
                sep.push(this.sourceToken);
                const map = {
                    type: 'block-map',
                    offset: fc.offset,
                    indent: fc.indent,
                    items: [{ start, key: fc, sep }]
                };
                this.onKeyLine = true;
                this.stack[this.stack.length - 1] = map;
            }
            else {
                yield* this.lineEnd(fc);
            }
        }
    }
    flowScalar(type) {
        if (this.onNewLine) {
            let nl = this.source.indexOf('\n') + 1;
            while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf('\n', nl) + 1;
            }
        }
        return {
            type,
            offset: this.offset,
            indent: this.indent,
            source: this.source
        };
    }
    startBlockValue(parent) {
        switch (this.type) {
            case 'alias':
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return this.flowScalar(this.type);
            case 'block-scalar-header':
                return {
                    type: 'block-scalar',
                    offset: this.offset,
                    indent: this.indent,
                    props: [this.sourceToken],
                    source: ''
                };
            case 'flow-map-start':
            case 'flow-seq-start':
                return {
                    type: 'flow-collection',
                    offset: this.offset,
                    indent: this.indent,
                    start: this.sourceToken,
                    items: [],
                    end: []
                };
            case 'seq-item-ind':
                return {
                    type: 'block-seq',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [this.sourceToken] }]
                };
            case 'explicit-key-ind': {
                this.onKeyLine = true;
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                start.push(this.sourceToken);
                return {
                    type: 'block-map',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, explicitKey: true }]
                };
            }
            case 'map-value-ind': {
                this.onKeyLine = true;
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                return {
                    type: 'block-map',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, key: null, sep: [this.sourceToken] }]
                };
            }
        }
        return null;
    }
    atIndentedComment(start, indent) {
        if (this.type !== 'comment')
            return false;
        if (this.indent <= indent)
            return false;
        return start.every(st => st.type === 'newline' || st.type === 'space');
    }
    *documentEnd(docEnd) {
        if (this.type !== 'doc-mode') {
            if (docEnd.end)
                docEnd.end.push(this.sourceToken);
            else
                docEnd.end = [this.sourceToken];
            if (this.type === 'newline')
                yield* this.pop();
        }
    }
    *lineEnd(token) {
        switch (this.type) {
            case 'comma':
            case 'doc-start':
            case 'doc-end':
            case 'flow-seq-end':
            case 'flow-map-end':
            case 'map-value-ind':
                yield* this.pop();
                yield* this.step();
                break;
            case 'newline':
                this.onKeyLine = false;
            // fallthrough
            case 'space':
            case 'comment':
            default:
                // all other values are errors
                if (token.end)
                    token.end.push(this.sourceToken);
                else
                    token.end = [this.sourceToken];
                if (this.type === 'newline')
                    yield* this.pop();
        }
    }
}

exports.Parser = Parser;


/***/ }),

/***/ 4047:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var composer = __nccwpck_require__(9984);
var Document = __nccwpck_require__(3021);
var errors = __nccwpck_require__(1464);
var log = __nccwpck_require__(7249);
var identity = __nccwpck_require__(1127);
var lineCounter = __nccwpck_require__(6628);
var parser = __nccwpck_require__(3456);

function parseOptions(options) {
    const prettyErrors = options.prettyErrors !== false;
    const lineCounter$1 = options.lineCounter || (prettyErrors && new lineCounter.LineCounter()) || null;
    return { lineCounter: lineCounter$1, prettyErrors };
}
/**
 * Parse the input as a stream of YAML documents.
 *
 * Documents should be separated from each other by `...` or `---` marker lines.
 *
 * @returns If an empty `docs` array is returned, it will be of type
 *   EmptyStream and contain additional stream information. In
 *   TypeScript, you should use `'empty' in docs` as a type guard for it.
 */
function parseAllDocuments(source, options = {}) {
    const { lineCounter, prettyErrors } = parseOptions(options);
    const parser$1 = new parser.Parser(lineCounter?.addNewLine);
    const composer$1 = new composer.Composer(options);
    const docs = Array.from(composer$1.compose(parser$1.parse(source)));
    if (prettyErrors && lineCounter)
        for (const doc of docs) {
            doc.errors.forEach(errors.prettifyError(source, lineCounter));
            doc.warnings.forEach(errors.prettifyError(source, lineCounter));
        }
    if (docs.length > 0)
        return docs;
    return Object.assign([], { empty: true }, composer$1.streamInfo());
}
/** Parse an input string into a single YAML.Document */
function parseDocument(source, options = {}) {
    const { lineCounter, prettyErrors } = parseOptions(options);
    const parser$1 = new parser.Parser(lineCounter?.addNewLine);
    const composer$1 = new composer.Composer(options);
    // `doc` is always set by compose.end(true) at the very latest
    let doc = null;
    for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
            doc = _doc;
        else if (doc.options.logLevel !== 'silent') {
            doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), 'MULTIPLE_DOCS', 'Source contains multiple documents; please use YAML.parseAllDocuments()'));
            break;
        }
    }
    if (prettyErrors && lineCounter) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter));
    }
    return doc;
}
function parse(src, reviver, options) {
    let _reviver = undefined;
    if (typeof reviver === 'function') {
        _reviver = reviver;
    }
    else if (options === undefined && reviver && typeof reviver === 'object') {
        options = reviver;
    }
    const doc = parseDocument(src, options);
    if (!doc)
        return null;
    doc.warnings.forEach(warning => log.warn(doc.options.logLevel, warning));
    if (doc.errors.length > 0) {
        if (doc.options.logLevel !== 'silent')
            throw doc.errors[0];
        else
            doc.errors = [];
    }
    return doc.toJS(Object.assign({ reviver: _reviver }, options));
}
function stringify(value, replacer, options) {
    let _replacer = null;
    if (typeof replacer === 'function' || Array.isArray(replacer)) {
        _replacer = replacer;
    }
    else if (options === undefined && replacer) {
        options = replacer;
    }
    if (typeof options === 'string')
        options = options.length;
    if (typeof options === 'number') {
        const indent = Math.round(options);
        options = indent < 1 ? undefined : indent > 8 ? { indent: 8 } : { indent };
    }
    if (value === undefined) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
            return undefined;
    }
    if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
    return new Document.Document(value, _replacer, options).toString(options);
}

exports.parse = parse;
exports.parseAllDocuments = parseAllDocuments;
exports.parseDocument = parseDocument;
exports.stringify = stringify;


/***/ }),

/***/ 5840:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var map = __nccwpck_require__(7451);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var tags = __nccwpck_require__(18);

const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
class Schema {
    constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat)
            ? tags.getTags(compat, 'compat')
            : compat
                ? tags.getTags(null, compat)
                : null;
        this.name = (typeof schema === 'string' && schema) || 'core';
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map.map });
        Object.defineProperty(this, identity.SCALAR, { value: string.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        // Used by createMap()
        this.sortMapEntries =
            typeof sortMapEntries === 'function'
                ? sortMapEntries
                : sortMapEntries === true
                    ? sortMapEntriesByKey
                    : null;
    }
    clone() {
        const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
    }
}

exports.Schema = Schema;


/***/ }),

/***/ 7451:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var YAMLMap = __nccwpck_require__(4454);

const map = {
    collection: 'map',
    default: true,
    nodeClass: YAMLMap.YAMLMap,
    tag: 'tag:yaml.org,2002:map',
    resolve(map, onError) {
        if (!identity.isMap(map))
            onError('Expected a mapping for this tag');
        return map;
    },
    createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
};

exports.map = map;


/***/ }),

/***/ 3632:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

const nullTag = {
    identify: value => value == null,
    createNode: () => new Scalar.Scalar(null),
    default: true,
    tag: 'tag:yaml.org,2002:null',
    test: /^(?:~|[Nn]ull|NULL)?$/,
    resolve: () => new Scalar.Scalar(null),
    stringify: ({ source }, ctx) => typeof source === 'string' && nullTag.test.test(source)
        ? source
        : ctx.options.nullStr
};

exports.nullTag = nullTag;


/***/ }),

/***/ 1706:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var YAMLSeq = __nccwpck_require__(2223);

const seq = {
    collection: 'seq',
    default: true,
    nodeClass: YAMLSeq.YAMLSeq,
    tag: 'tag:yaml.org,2002:seq',
    resolve(seq, onError) {
        if (!identity.isSeq(seq))
            onError('Expected a sequence for this tag');
        return seq;
    },
    createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
};

exports.seq = seq;


/***/ }),

/***/ 6464:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyString = __nccwpck_require__(3069);

const string = {
    identify: value => typeof value === 'string',
    default: true,
    tag: 'tag:yaml.org,2002:str',
    resolve: str => str,
    stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
    }
};

exports.string = string;


/***/ }),

/***/ 3959:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

const boolTag = {
    identify: value => typeof value === 'boolean',
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
    resolve: str => new Scalar.Scalar(str[0] === 't' || str[0] === 'T'),
    stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
            const sv = source[0] === 't' || source[0] === 'T';
            if (value === sv)
                return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
};

exports.boolTag = boolTag;


/***/ }),

/***/ 8405:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var stringifyNumber = __nccwpck_require__(8689);

const floatNaN = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: str => str.slice(-3).toLowerCase() === 'nan'
        ? NaN
        : str[0] === '-'
            ? Number.NEGATIVE_INFINITY
            : Number.POSITIVE_INFINITY,
    stringify: stringifyNumber.stringifyNumber
};
const floatExp = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'EXP',
    test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
    resolve: str => parseFloat(str),
    stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
    }
};
const float = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
    resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf('.');
        if (dot !== -1 && str[str.length - 1] === '0')
            node.minFractionDigits = str.length - dot - 1;
        return node;
    },
    stringify: stringifyNumber.stringifyNumber
};

exports.float = float;
exports.floatExp = floatExp;
exports.floatNaN = floatNaN;


/***/ }),

/***/ 9874:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(8689);

const intIdentify = (value) => typeof value === 'bigint' || Number.isInteger(value);
const intResolve = (str, offset, radix, { intAsBigInt }) => (intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix));
function intStringify(node, radix, prefix) {
    const { value } = node;
    if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
    return stringifyNumber.stringifyNumber(node);
}
const intOct = {
    identify: value => intIdentify(value) && value >= 0,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'OCT',
    test: /^0o[0-7]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
    stringify: node => intStringify(node, 8, '0o')
};
const int = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?[0-9]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
    stringify: stringifyNumber.stringifyNumber
};
const intHex = {
    identify: value => intIdentify(value) && value >= 0,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'HEX',
    test: /^0x[0-9a-fA-F]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
    stringify: node => intStringify(node, 16, '0x')
};

exports.int = int;
exports.intHex = intHex;
exports.intOct = intOct;


/***/ }),

/***/ 896:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(7451);
var _null = __nccwpck_require__(3632);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var bool = __nccwpck_require__(3959);
var float = __nccwpck_require__(8405);
var int = __nccwpck_require__(9874);

const schema = [
    map.map,
    seq.seq,
    string.string,
    _null.nullTag,
    bool.boolTag,
    int.intOct,
    int.int,
    int.intHex,
    float.floatNaN,
    float.floatExp,
    float.float
];

exports.schema = schema;


/***/ }),

/***/ 3559:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var map = __nccwpck_require__(7451);
var seq = __nccwpck_require__(1706);

function intIdentify(value) {
    return typeof value === 'bigint' || Number.isInteger(value);
}
const stringifyJSON = ({ value }) => JSON.stringify(value);
const jsonScalars = [
    {
        identify: value => typeof value === 'string',
        default: true,
        tag: 'tag:yaml.org,2002:str',
        resolve: str => str,
        stringify: stringifyJSON
    },
    {
        identify: value => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: 'tag:yaml.org,2002:null',
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
    },
    {
        identify: value => typeof value === 'boolean',
        default: true,
        tag: 'tag:yaml.org,2002:bool',
        test: /^true$|^false$/,
        resolve: str => str === 'true',
        stringify: stringifyJSON
    },
    {
        identify: intIdentify,
        default: true,
        tag: 'tag:yaml.org,2002:int',
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
    },
    {
        identify: value => typeof value === 'number',
        default: true,
        tag: 'tag:yaml.org,2002:float',
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: str => parseFloat(str),
        stringify: stringifyJSON
    }
];
const jsonError = {
    default: true,
    tag: '',
    test: /^/,
    resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
    }
};
const schema = [map.map, seq.seq].concat(jsonScalars, jsonError);

exports.schema = schema;


/***/ }),

/***/ 18:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(7451);
var _null = __nccwpck_require__(3632);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var bool = __nccwpck_require__(3959);
var float = __nccwpck_require__(8405);
var int = __nccwpck_require__(9874);
var schema = __nccwpck_require__(896);
var schema$1 = __nccwpck_require__(3559);
var binary = __nccwpck_require__(6083);
var merge = __nccwpck_require__(452);
var omap = __nccwpck_require__(303);
var pairs = __nccwpck_require__(8385);
var schema$2 = __nccwpck_require__(5913);
var set = __nccwpck_require__(1528);
var timestamp = __nccwpck_require__(6752);

const schemas = new Map([
    ['core', schema.schema],
    ['failsafe', [map.map, seq.seq, string.string]],
    ['json', schema$1.schema],
    ['yaml11', schema$2.schema],
    ['yaml-1.1', schema$2.schema]
]);
const tagsByName = {
    binary: binary.binary,
    bool: bool.boolTag,
    float: float.float,
    floatExp: float.floatExp,
    floatNaN: float.floatNaN,
    floatTime: timestamp.floatTime,
    int: int.int,
    intHex: int.intHex,
    intOct: int.intOct,
    intTime: timestamp.intTime,
    map: map.map,
    merge: merge.merge,
    null: _null.nullTag,
    omap: omap.omap,
    pairs: pairs.pairs,
    seq: seq.seq,
    set: set.set,
    timestamp: timestamp.timestamp
};
const coreKnownTags = {
    'tag:yaml.org,2002:binary': binary.binary,
    'tag:yaml.org,2002:merge': merge.merge,
    'tag:yaml.org,2002:omap': omap.omap,
    'tag:yaml.org,2002:pairs': pairs.pairs,
    'tag:yaml.org,2002:set': set.set,
    'tag:yaml.org,2002:timestamp': timestamp.timestamp
};
function getTags(customTags, schemaName, addMergeTag) {
    const schemaTags = schemas.get(schemaName);
    if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge)
            ? schemaTags.concat(merge.merge)
            : schemaTags.slice();
    }
    let tags = schemaTags;
    if (!tags) {
        if (Array.isArray(customTags))
            tags = [];
        else {
            const keys = Array.from(schemas.keys())
                .filter(key => key !== 'yaml11')
                .map(key => JSON.stringify(key))
                .join(', ');
            throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
    }
    if (Array.isArray(customTags)) {
        for (const tag of customTags)
            tags = tags.concat(tag);
    }
    else if (typeof customTags === 'function') {
        tags = customTags(tags.slice());
    }
    if (addMergeTag)
        tags = tags.concat(merge.merge);
    return tags.reduce((tags, tag) => {
        const tagObj = typeof tag === 'string' ? tagsByName[tag] : tag;
        if (!tagObj) {
            const tagName = JSON.stringify(tag);
            const keys = Object.keys(tagsByName)
                .map(key => JSON.stringify(key))
                .join(', ');
            throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags.includes(tagObj))
            tags.push(tagObj);
        return tags;
    }, []);
}

exports.coreKnownTags = coreKnownTags;
exports.getTags = getTags;


/***/ }),

/***/ 6083:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_buffer = __nccwpck_require__(181);
var Scalar = __nccwpck_require__(3301);
var stringifyString = __nccwpck_require__(3069);

const binary = {
    identify: value => value instanceof Uint8Array, // Buffer inherits from Uint8Array
    default: false,
    tag: 'tag:yaml.org,2002:binary',
    /**
     * Returns a Buffer in node and an Uint8Array in browsers
     *
     * To use the resulting buffer as an image, you'll want to do something like:
     *
     *   const blob = new Blob([buffer], { type: 'image/jpeg' })
     *   document.querySelector('#photo').src = URL.createObjectURL(blob)
     */
    resolve(src, onError) {
        if (typeof node_buffer.Buffer === 'function') {
            return node_buffer.Buffer.from(src, 'base64');
        }
        else if (typeof atob === 'function') {
            // On IE 11, atob() can't handle newlines
            const str = atob(src.replace(/[\n\r]/g, ''));
            const buffer = new Uint8Array(str.length);
            for (let i = 0; i < str.length; ++i)
                buffer[i] = str.charCodeAt(i);
            return buffer;
        }
        else {
            onError('This environment does not support reading binary tags; either Buffer or atob is required');
            return src;
        }
    },
    stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
            return '';
        const buf = value; // checked earlier by binary.identify()
        let str;
        if (typeof node_buffer.Buffer === 'function') {
            str =
                buf instanceof node_buffer.Buffer
                    ? buf.toString('base64')
                    : node_buffer.Buffer.from(buf.buffer).toString('base64');
        }
        else if (typeof btoa === 'function') {
            let s = '';
            for (let i = 0; i < buf.length; ++i)
                s += String.fromCharCode(buf[i]);
            str = btoa(s);
        }
        else {
            throw new Error('This environment does not support writing binary tags; either Buffer or btoa is required');
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
            const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
            const n = Math.ceil(str.length / lineWidth);
            const lines = new Array(n);
            for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
                lines[i] = str.substr(o, lineWidth);
            }
            str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? '\n' : ' ');
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
    }
};

exports.binary = binary;


/***/ }),

/***/ 8398:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

function boolStringify({ value, source }, ctx) {
    const boolObj = value ? trueTag : falseTag;
    if (source && boolObj.test.test(source))
        return source;
    return value ? ctx.options.trueStr : ctx.options.falseStr;
}
const trueTag = {
    identify: value => value === true,
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
    resolve: () => new Scalar.Scalar(true),
    stringify: boolStringify
};
const falseTag = {
    identify: value => value === false,
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
    resolve: () => new Scalar.Scalar(false),
    stringify: boolStringify
};

exports.falseTag = falseTag;
exports.trueTag = trueTag;


/***/ }),

/***/ 5782:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var stringifyNumber = __nccwpck_require__(8689);

const floatNaN = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: (str) => str.slice(-3).toLowerCase() === 'nan'
        ? NaN
        : str[0] === '-'
            ? Number.NEGATIVE_INFINITY
            : Number.POSITIVE_INFINITY,
    stringify: stringifyNumber.stringifyNumber
};
const floatExp = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'EXP',
    test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
    resolve: (str) => parseFloat(str.replace(/_/g, '')),
    stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
    }
};
const float = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
    resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, '')));
        const dot = str.indexOf('.');
        if (dot !== -1) {
            const f = str.substring(dot + 1).replace(/_/g, '');
            if (f[f.length - 1] === '0')
                node.minFractionDigits = f.length;
        }
        return node;
    },
    stringify: stringifyNumber.stringifyNumber
};

exports.float = float;
exports.floatExp = floatExp;
exports.floatNaN = floatNaN;


/***/ }),

/***/ 873:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(8689);

const intIdentify = (value) => typeof value === 'bigint' || Number.isInteger(value);
function intResolve(str, offset, radix, { intAsBigInt }) {
    const sign = str[0];
    if (sign === '-' || sign === '+')
        offset += 1;
    str = str.substring(offset).replace(/_/g, '');
    if (intAsBigInt) {
        switch (radix) {
            case 2:
                str = `0b${str}`;
                break;
            case 8:
                str = `0o${str}`;
                break;
            case 16:
                str = `0x${str}`;
                break;
        }
        const n = BigInt(str);
        return sign === '-' ? BigInt(-1) * n : n;
    }
    const n = parseInt(str, radix);
    return sign === '-' ? -1 * n : n;
}
function intStringify(node, radix, prefix) {
    const { value } = node;
    if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? '-' + prefix + str.substr(1) : prefix + str;
    }
    return stringifyNumber.stringifyNumber(node);
}
const intBin = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'BIN',
    test: /^[-+]?0b[0-1_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
    stringify: node => intStringify(node, 2, '0b')
};
const intOct = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'OCT',
    test: /^[-+]?0[0-7_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
    stringify: node => intStringify(node, 8, '0')
};
const int = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?[0-9][0-9_]*$/,
    resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
    stringify: stringifyNumber.stringifyNumber
};
const intHex = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'HEX',
    test: /^[-+]?0x[0-9a-fA-F_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
    stringify: node => intStringify(node, 16, '0x')
};

exports.int = int;
exports.intBin = intBin;
exports.intHex = intHex;
exports.intOct = intOct;


/***/ }),

/***/ 452:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);

// If the value associated with a merge key is a single mapping node, each of
// its key/value pairs is inserted into the current mapping, unless the key
// already exists in it. If the value associated with the merge key is a
// sequence, then this sequence is expected to contain mapping nodes and each
// of these nodes is merged in turn according to its order in the sequence.
// Keys in mapping nodes earlier in the sequence override keys specified in
// later mapping nodes. -- http://yaml.org/type/merge.html
const MERGE_KEY = '<<';
const merge = {
    identify: value => value === MERGE_KEY ||
        (typeof value === 'symbol' && value.description === MERGE_KEY),
    default: 'key',
    tag: 'tag:yaml.org,2002:merge',
    test: /^<<$/,
    resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
    }),
    stringify: () => MERGE_KEY
};
const isMergeKey = (ctx, key) => (merge.identify(key) ||
    (identity.isScalar(key) &&
        (!key.type || key.type === Scalar.Scalar.PLAIN) &&
        merge.identify(key.value))) &&
    ctx?.doc.schema.tags.some(tag => tag.tag === merge.tag && tag.default);
function addMergeToJSMap(ctx, map, value) {
    const source = resolveAliasValue(ctx, value);
    if (identity.isSeq(source))
        for (const it of source.items)
            mergeValue(ctx, map, it);
    else if (Array.isArray(source))
        for (const it of source)
            mergeValue(ctx, map, it);
    else
        mergeValue(ctx, map, source);
}
function mergeValue(ctx, map, value) {
    const source = resolveAliasValue(ctx, value);
    if (!identity.isMap(source))
        throw new Error('Merge sources must be maps or map aliases');
    const srcMap = source.toJSON(null, ctx, Map);
    for (const [key, value] of srcMap) {
        if (map instanceof Map) {
            if (!map.has(key))
                map.set(key, value);
        }
        else if (map instanceof Set) {
            map.add(key);
        }
        else if (!Object.prototype.hasOwnProperty.call(map, key)) {
            Object.defineProperty(map, key, {
                value,
                writable: true,
                enumerable: true,
                configurable: true
            });
        }
    }
    return map;
}
function resolveAliasValue(ctx, value) {
    return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
}

exports.addMergeToJSMap = addMergeToJSMap;
exports.isMergeKey = isMergeKey;
exports.merge = merge;


/***/ }),

/***/ 303:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var toJS = __nccwpck_require__(4043);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var pairs = __nccwpck_require__(8385);

class YAMLOMap extends YAMLSeq.YAMLSeq {
    constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = YAMLOMap.tag;
    }
    /**
     * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
     * but TypeScript won't allow widening the signature of a child method.
     */
    toJSON(_, ctx) {
        if (!ctx)
            return super.toJSON(_);
        const map = new Map();
        if (ctx?.onCreate)
            ctx.onCreate(map);
        for (const pair of this.items) {
            let key, value;
            if (identity.isPair(pair)) {
                key = toJS.toJS(pair.key, '', ctx);
                value = toJS.toJS(pair.value, key, ctx);
            }
            else {
                key = toJS.toJS(pair, '', ctx);
            }
            if (map.has(key))
                throw new Error('Ordered maps must not include duplicate keys');
            map.set(key, value);
        }
        return map;
    }
    static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap = new this();
        omap.items = pairs$1.items;
        return omap;
    }
}
YAMLOMap.tag = 'tag:yaml.org,2002:omap';
const omap = {
    collection: 'seq',
    identify: value => value instanceof Map,
    nodeClass: YAMLOMap,
    default: false,
    tag: 'tag:yaml.org,2002:omap',
    resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
            if (identity.isScalar(key)) {
                if (seenKeys.includes(key.value)) {
                    onError(`Ordered maps must not include duplicate keys: ${key.value}`);
                }
                else {
                    seenKeys.push(key.value);
                }
            }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
    },
    createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
};

exports.YAMLOMap = YAMLOMap;
exports.omap = omap;


/***/ }),

/***/ 8385:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var Scalar = __nccwpck_require__(3301);
var YAMLSeq = __nccwpck_require__(2223);

function resolvePairs(seq, onError) {
    if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
            let item = seq.items[i];
            if (identity.isPair(item))
                continue;
            else if (identity.isMap(item)) {
                if (item.items.length > 1)
                    onError('Each pair must have its own sequence indicator');
                const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
                if (item.commentBefore)
                    pair.key.commentBefore = pair.key.commentBefore
                        ? `${item.commentBefore}\n${pair.key.commentBefore}`
                        : item.commentBefore;
                if (item.comment) {
                    const cn = pair.value ?? pair.key;
                    cn.comment = cn.comment
                        ? `${item.comment}\n${cn.comment}`
                        : item.comment;
                }
                item = pair;
            }
            seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
    }
    else
        onError('Expected a sequence for this tag');
    return seq;
}
function createPairs(schema, iterable, ctx) {
    const { replacer } = ctx;
    const pairs = new YAMLSeq.YAMLSeq(schema);
    pairs.tag = 'tag:yaml.org,2002:pairs';
    let i = 0;
    if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
            if (typeof replacer === 'function')
                it = replacer.call(iterable, String(i++), it);
            let key, value;
            if (Array.isArray(it)) {
                if (it.length === 2) {
                    key = it[0];
                    value = it[1];
                }
                else
                    throw new TypeError(`Expected [key, value] tuple: ${it}`);
            }
            else if (it && it instanceof Object) {
                const keys = Object.keys(it);
                if (keys.length === 1) {
                    key = keys[0];
                    value = it[key];
                }
                else {
                    throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
                }
            }
            else {
                key = it;
            }
            pairs.items.push(Pair.createPair(key, value, ctx));
        }
    return pairs;
}
const pairs = {
    collection: 'seq',
    default: false,
    tag: 'tag:yaml.org,2002:pairs',
    resolve: resolvePairs,
    createNode: createPairs
};

exports.createPairs = createPairs;
exports.pairs = pairs;
exports.resolvePairs = resolvePairs;


/***/ }),

/***/ 5913:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(7451);
var _null = __nccwpck_require__(3632);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var binary = __nccwpck_require__(6083);
var bool = __nccwpck_require__(8398);
var float = __nccwpck_require__(5782);
var int = __nccwpck_require__(873);
var merge = __nccwpck_require__(452);
var omap = __nccwpck_require__(303);
var pairs = __nccwpck_require__(8385);
var set = __nccwpck_require__(1528);
var timestamp = __nccwpck_require__(6752);

const schema = [
    map.map,
    seq.seq,
    string.string,
    _null.nullTag,
    bool.trueTag,
    bool.falseTag,
    int.intBin,
    int.intOct,
    int.int,
    int.intHex,
    float.floatNaN,
    float.floatExp,
    float.float,
    binary.binary,
    merge.merge,
    omap.omap,
    pairs.pairs,
    set.set,
    timestamp.intTime,
    timestamp.floatTime,
    timestamp.timestamp
];

exports.schema = schema;


/***/ }),

/***/ 1528:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var YAMLMap = __nccwpck_require__(4454);

class YAMLSet extends YAMLMap.YAMLMap {
    constructor(schema) {
        super(schema);
        this.tag = YAMLSet.tag;
    }
    add(key) {
        let pair;
        if (identity.isPair(key))
            pair = key;
        else if (key &&
            typeof key === 'object' &&
            'key' in key &&
            'value' in key &&
            key.value === null)
            pair = new Pair.Pair(key.key, null);
        else
            pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
            this.items.push(pair);
    }
    /**
     * If `keepPair` is `true`, returns the Pair matching `key`.
     * Otherwise, returns the value of that Pair's key.
     */
    get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair)
            ? identity.isScalar(pair.key)
                ? pair.key.value
                : pair.key
            : pair;
    }
    set(key, value) {
        if (typeof value !== 'boolean')
            throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
            this.items.splice(this.items.indexOf(prev), 1);
        }
        else if (!prev && value) {
            this.items.push(new Pair.Pair(key));
        }
    }
    toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        if (this.hasAllNullValues(true))
            return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
            throw new Error('Set items must all have null values');
    }
    static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
            for (let value of iterable) {
                if (typeof replacer === 'function')
                    value = replacer.call(iterable, value, value);
                set.items.push(Pair.createPair(value, null, ctx));
            }
        return set;
    }
}
YAMLSet.tag = 'tag:yaml.org,2002:set';
const set = {
    collection: 'map',
    identify: value => value instanceof Set,
    nodeClass: YAMLSet,
    default: false,
    tag: 'tag:yaml.org,2002:set',
    createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
    resolve(map, onError) {
        if (identity.isMap(map)) {
            if (map.hasAllNullValues(true))
                return Object.assign(new YAMLSet(), map);
            else
                onError('Set items must all have null values');
        }
        else
            onError('Expected a mapping for this tag');
        return map;
    }
};

exports.YAMLSet = YAMLSet;
exports.set = set;


/***/ }),

/***/ 6752:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(8689);

/** Internal types handle bigint as number, because TS can't figure it out. */
function parseSexagesimal(str, asBigInt) {
    const sign = str[0];
    const parts = sign === '-' || sign === '+' ? str.substring(1) : str;
    const num = (n) => asBigInt ? BigInt(n) : Number(n);
    const res = parts
        .replace(/_/g, '')
        .split(':')
        .reduce((res, p) => res * num(60) + num(p), num(0));
    return (sign === '-' ? num(-1) * res : res);
}
/**
 * hhhh:mm:ss.sss
 *
 * Internal types handle bigint as number, because TS can't figure it out.
 */
function stringifySexagesimal(node) {
    let { value } = node;
    let num = (n) => n;
    if (typeof value === 'bigint')
        num = n => BigInt(n);
    else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
    let sign = '';
    if (value < 0) {
        sign = '-';
        value *= num(-1);
    }
    const _60 = num(60);
    const parts = [value % _60]; // seconds, including ms
    if (value < 60) {
        parts.unshift(0); // at least one : is required
    }
    else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60); // minutes
        if (value >= 60) {
            value = (value - parts[0]) / _60;
            parts.unshift(value); // hours
        }
    }
    return (sign +
        parts
            .map(n => String(n).padStart(2, '0'))
            .join(':')
            .replace(/000000\d*$/, '') // % 60 may introduce error
    );
}
const intTime = {
    identify: value => typeof value === 'bigint' || Number.isInteger(value),
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'TIME',
    test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
    resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
    stringify: stringifySexagesimal
};
const floatTime = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'TIME',
    test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
    resolve: str => parseSexagesimal(str, false),
    stringify: stringifySexagesimal
};
const timestamp = {
    identify: value => value instanceof Date,
    default: true,
    tag: 'tag:yaml.org,2002:timestamp',
    // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
    // may be omitted altogether, resulting in a date format. In such a case, the time part is
    // assumed to be 00:00:00Z (start of day, UTC).
    test: RegExp('^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})' + // YYYY-Mm-Dd
        '(?:' + // time is optional
        '(?:t|T|[ \\t]+)' + // t | T | whitespace
        '([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)' + // Hh:Mm:Ss(.ss)?
        '(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?' + // Z | +5 | -03:30
        ')?$'),
    resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
            throw new Error('!!timestamp expects a date, starting with yyyy-mm-dd');
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + '00').substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== 'Z') {
            let d = parseSexagesimal(tz, false);
            if (Math.abs(d) < 30)
                d *= 60;
            date -= 60000 * d;
        }
        return new Date(date);
    },
    stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, '') ?? ''
};

exports.floatTime = floatTime;
exports.intTime = intTime;
exports.timestamp = timestamp;


/***/ }),

/***/ 4475:
/***/ ((__unused_webpack_module, exports) => {



const FOLD_FLOW = 'flow';
const FOLD_BLOCK = 'block';
const FOLD_QUOTED = 'quoted';
/**
 * Tries to keep input at up to `lineWidth` characters, splitting only on spaces
 * not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
 * terminated with `\n` and started with `indent`.
 */
function foldFlowLines(text, indent, mode = 'flow', { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
    if (!lineWidth || lineWidth < 0)
        return text;
    if (lineWidth < minContentWidth)
        minContentWidth = 0;
    const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
    if (text.length <= endStep)
        return text;
    const folds = [];
    const escapedFolds = {};
    let end = lineWidth - indent.length;
    if (typeof indentAtStart === 'number') {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
            folds.push(0);
        else
            end = lineWidth - indentAtStart;
    }
    let split = undefined;
    let prev = undefined;
    let overflow = false;
    let i = -1;
    let escStart = -1;
    let escEnd = -1;
    if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text, i, indent.length);
        if (i !== -1)
            end = i + endStep;
    }
    for (let ch; (ch = text[(i += 1)]);) {
        if (mode === FOLD_QUOTED && ch === '\\') {
            escStart = i;
            switch (text[i + 1]) {
                case 'x':
                    i += 3;
                    break;
                case 'u':
                    i += 5;
                    break;
                case 'U':
                    i += 9;
                    break;
                default:
                    i += 1;
            }
            escEnd = i;
        }
        if (ch === '\n') {
            if (mode === FOLD_BLOCK)
                i = consumeMoreIndentedLines(text, i, indent.length);
            end = i + indent.length + endStep;
            split = undefined;
        }
        else {
            if (ch === ' ' &&
                prev &&
                prev !== ' ' &&
                prev !== '\n' &&
                prev !== '\t') {
                // space surrounded by non-space can be replaced with newline + indent
                const next = text[i + 1];
                if (next && next !== ' ' && next !== '\n' && next !== '\t')
                    split = i;
            }
            if (i >= end) {
                if (split) {
                    folds.push(split);
                    end = split + endStep;
                    split = undefined;
                }
                else if (mode === FOLD_QUOTED) {
                    // white-space collected at end may stretch past lineWidth
                    while (prev === ' ' || prev === '\t') {
                        prev = ch;
                        ch = text[(i += 1)];
                        overflow = true;
                    }
                    // Account for newline escape, but don't break preceding escape
                    const j = i > escEnd + 1 ? i - 2 : escStart - 1;
                    // Bail out if lineWidth & minContentWidth are shorter than an escape string
                    if (escapedFolds[j])
                        return text;
                    folds.push(j);
                    escapedFolds[j] = true;
                    end = j + endStep;
                    split = undefined;
                }
                else {
                    overflow = true;
                }
            }
        }
        prev = ch;
    }
    if (overflow && onOverflow)
        onOverflow();
    if (folds.length === 0)
        return text;
    if (onFold)
        onFold();
    let res = text.slice(0, folds[0]);
    for (let i = 0; i < folds.length; ++i) {
        const fold = folds[i];
        const end = folds[i + 1] || text.length;
        if (fold === 0)
            res = `\n${indent}${text.slice(0, end)}`;
        else {
            if (mode === FOLD_QUOTED && escapedFolds[fold])
                res += `${text[fold]}\\`;
            res += `\n${indent}${text.slice(fold + 1, end)}`;
        }
    }
    return res;
}
/**
 * Presumes `i + 1` is at the start of a line
 * @returns index of last newline in more-indented block
 */
function consumeMoreIndentedLines(text, i, indent) {
    let end = i;
    let start = i + 1;
    let ch = text[start];
    while (ch === ' ' || ch === '\t') {
        if (i < start + indent) {
            ch = text[++i];
        }
        else {
            do {
                ch = text[++i];
            } while (ch && ch !== '\n');
            end = i;
            start = i + 1;
            ch = text[start];
        }
    }
    return end;
}

exports.FOLD_BLOCK = FOLD_BLOCK;
exports.FOLD_FLOW = FOLD_FLOW;
exports.FOLD_QUOTED = FOLD_QUOTED;
exports.foldFlowLines = foldFlowLines;


/***/ }),

/***/ 2148:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var anchors = __nccwpck_require__(1596);
var identity = __nccwpck_require__(1127);
var stringifyComment = __nccwpck_require__(9799);
var stringifyString = __nccwpck_require__(3069);

function createStringifyContext(doc, options) {
    const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: 'PLAIN',
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: 'false',
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: 'null',
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: 'true',
        verifyAliasOrder: true
    }, doc.schema.toStringOptions, options);
    let inFlow;
    switch (opt.collectionStyle) {
        case 'block':
            inFlow = false;
            break;
        case 'flow':
            inFlow = true;
            break;
        default:
            inFlow = null;
    }
    return {
        anchors: new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? ' ' : '',
        indent: '',
        indentStep: typeof opt.indent === 'number' ? ' '.repeat(opt.indent) : '  ',
        inFlow,
        options: opt
    };
}
function getTagObject(tags, item) {
    if (item.tag) {
        const match = tags.filter(t => t.tag === item.tag);
        if (match.length > 0)
            return match.find(t => t.format === item.format) ?? match[0];
    }
    let tagObj = undefined;
    let obj;
    if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags.filter(t => t.identify?.(obj));
        if (match.length > 1) {
            const testMatch = match.filter(t => t.test);
            if (testMatch.length > 0)
                match = testMatch;
        }
        tagObj =
            match.find(t => t.format === item.format) ?? match.find(t => !t.format);
    }
    else {
        obj = item;
        tagObj = tags.find(t => t.nodeClass && obj instanceof t.nodeClass);
    }
    if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? 'null' : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
    }
    return tagObj;
}
// needs to be called before value stringifier to allow for circular anchor refs
function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
    if (!doc.directives)
        return '';
    const props = [];
    const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
    if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
    }
    const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
    if (tag)
        props.push(doc.directives.tagString(tag));
    return props.join(' ');
}
function stringify(item, ctx, onComment, onChompKeep) {
    if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
    if (identity.isAlias(item)) {
        if (ctx.doc.directives)
            return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
            throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        }
        else {
            if (ctx.resolvedAliases)
                ctx.resolvedAliases.add(item);
            else
                ctx.resolvedAliases = new Set([item]);
            item = item.resolve(ctx.doc);
        }
    }
    let tagObj = undefined;
    const node = identity.isNode(item)
        ? item
        : ctx.doc.createNode(item, { onTagObj: o => (tagObj = o) });
    tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
    const props = stringifyProps(node, tagObj, ctx);
    if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
    const str = typeof tagObj.stringify === 'function'
        ? tagObj.stringify(node, ctx, onComment, onChompKeep)
        : identity.isScalar(node)
            ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep)
            : node.toString(ctx, onComment, onChompKeep);
    if (!props)
        return str;
    return identity.isScalar(node) || str[0] === '{' || str[0] === '['
        ? `${props} ${str}`
        : `${props}\n${ctx.indent}${str}`;
}

exports.createStringifyContext = createStringifyContext;
exports.stringify = stringify;


/***/ }),

/***/ 1212:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var stringify = __nccwpck_require__(2148);
var stringifyComment = __nccwpck_require__(9799);

function stringifyCollection(collection, ctx, options) {
    const flow = ctx.inFlow ?? collection.flow;
    const stringify = flow ? stringifyFlowCollection : stringifyBlockCollection;
    return stringify(collection, ctx, options);
}
function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
    const { indent, options: { commentString } } = ctx;
    const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
    let chompKeep = false; // flag for the preceding node's status
    const lines = [];
    for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
            if (!chompKeep && item.spaceBefore)
                lines.push('');
            addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
            if (item.comment)
                comment = item.comment;
        }
        else if (identity.isPair(item)) {
            const ik = identity.isNode(item.key) ? item.key : null;
            if (ik) {
                if (!chompKeep && ik.spaceBefore)
                    lines.push('');
                addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
            }
        }
        chompKeep = false;
        let str = stringify.stringify(item, itemCtx, () => (comment = null), () => (chompKeep = true));
        if (comment)
            str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        if (chompKeep && comment)
            chompKeep = false;
        lines.push(blockItemPrefix + str);
    }
    let str;
    if (lines.length === 0) {
        str = flowChars.start + flowChars.end;
    }
    else {
        str = lines[0];
        for (let i = 1; i < lines.length; ++i) {
            const line = lines[i];
            str += line ? `\n${indent}${line}` : '\n';
        }
    }
    if (comment) {
        str += '\n' + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
            onComment();
    }
    else if (chompKeep && onChompKeep)
        onChompKeep();
    return str;
}
function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
    const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
    itemIndent += indentStep;
    const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
    });
    let reqNewline = false;
    let linesAtValue = 0;
    const lines = [];
    for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
            if (item.spaceBefore)
                lines.push('');
            addCommentBefore(ctx, lines, item.commentBefore, false);
            if (item.comment)
                comment = item.comment;
        }
        else if (identity.isPair(item)) {
            const ik = identity.isNode(item.key) ? item.key : null;
            if (ik) {
                if (ik.spaceBefore)
                    lines.push('');
                addCommentBefore(ctx, lines, ik.commentBefore, false);
                if (ik.comment)
                    reqNewline = true;
            }
            const iv = identity.isNode(item.value) ? item.value : null;
            if (iv) {
                if (iv.comment)
                    comment = iv.comment;
                if (iv.commentBefore)
                    reqNewline = true;
            }
            else if (item.value == null && ik?.comment) {
                comment = ik.comment;
            }
        }
        if (comment)
            reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => (comment = null));
        reqNewline || (reqNewline = lines.length > linesAtValue || str.includes('\n'));
        if (i < items.length - 1) {
            str += ',';
        }
        else if (ctx.options.trailingComma) {
            if (ctx.options.lineWidth > 0) {
                reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) +
                    (str.length + 2) >
                    ctx.options.lineWidth);
            }
            if (reqNewline) {
                str += ',';
            }
        }
        if (comment)
            str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines.push(str);
        linesAtValue = lines.length;
    }
    const { start, end } = flowChars;
    if (lines.length === 0) {
        return start + end;
    }
    else {
        if (!reqNewline) {
            const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
            reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
            let str = start;
            for (const line of lines)
                str += line ? `\n${indentStep}${indent}${line}` : '\n';
            return `${str}\n${indent}${end}`;
        }
        else {
            return `${start}${fcPadding}${lines.join(' ')}${fcPadding}${end}`;
        }
    }
}
function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
    if (comment && chompKeep)
        comment = comment.replace(/^\n+/, '');
    if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines.push(ic.trimStart()); // Avoid double indent on first line
    }
}

exports.stringifyCollection = stringifyCollection;


/***/ }),

/***/ 9799:
/***/ ((__unused_webpack_module, exports) => {



/**
 * Stringifies a comment.
 *
 * Empty comment lines are left empty,
 * lines consisting of a single space are replaced by `#`,
 * and all other lines are prefixed with a `#`.
 */
const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, '#');
function indentComment(comment, indent) {
    if (/^\n+$/.test(comment))
        return comment.substring(1);
    return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
}
const lineComment = (str, indent, comment) => str.endsWith('\n')
    ? indentComment(comment, indent)
    : comment.includes('\n')
        ? '\n' + indentComment(comment, indent)
        : (str.endsWith(' ') ? '' : ' ') + comment;

exports.indentComment = indentComment;
exports.lineComment = lineComment;
exports.stringifyComment = stringifyComment;


/***/ }),

/***/ 6829:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var stringify = __nccwpck_require__(2148);
var stringifyComment = __nccwpck_require__(9799);

function stringifyDocument(doc, options) {
    const lines = [];
    let hasDirectives = options.directives === true;
    if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
            lines.push(dir);
            hasDirectives = true;
        }
        else if (doc.directives.docStart)
            hasDirectives = true;
    }
    if (hasDirectives)
        lines.push('---');
    const ctx = stringify.createStringifyContext(doc, options);
    const { commentString } = ctx.options;
    if (doc.commentBefore) {
        if (lines.length !== 1)
            lines.unshift('');
        const cs = commentString(doc.commentBefore);
        lines.unshift(stringifyComment.indentComment(cs, ''));
    }
    let chompKeep = false;
    let contentComment = null;
    if (doc.contents) {
        if (identity.isNode(doc.contents)) {
            if (doc.contents.spaceBefore && hasDirectives)
                lines.push('');
            if (doc.contents.commentBefore) {
                const cs = commentString(doc.contents.commentBefore);
                lines.push(stringifyComment.indentComment(cs, ''));
            }
            // top-level block scalars need to be indented if followed by a comment
            ctx.forceBlockIndent = !!doc.comment;
            contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? undefined : () => (chompKeep = true);
        let body = stringify.stringify(doc.contents, ctx, () => (contentComment = null), onChompKeep);
        if (contentComment)
            body += stringifyComment.lineComment(body, '', commentString(contentComment));
        if ((body[0] === '|' || body[0] === '>') &&
            lines[lines.length - 1] === '---') {
            // Top-level block scalars with a preceding doc marker ought to use the
            // same line for their header.
            lines[lines.length - 1] = `--- ${body}`;
        }
        else
            lines.push(body);
    }
    else {
        lines.push(stringify.stringify(doc.contents, ctx));
    }
    if (doc.directives?.docEnd) {
        if (doc.comment) {
            const cs = commentString(doc.comment);
            if (cs.includes('\n')) {
                lines.push('...');
                lines.push(stringifyComment.indentComment(cs, ''));
            }
            else {
                lines.push(`... ${cs}`);
            }
        }
        else {
            lines.push('...');
        }
    }
    else {
        let dc = doc.comment;
        if (dc && chompKeep)
            dc = dc.replace(/^\n+/, '');
        if (dc) {
            if ((!chompKeep || contentComment) && lines[lines.length - 1] !== '')
                lines.push('');
            lines.push(stringifyComment.indentComment(commentString(dc), ''));
        }
    }
    return lines.join('\n') + '\n';
}

exports.stringifyDocument = stringifyDocument;


/***/ }),

/***/ 8689:
/***/ ((__unused_webpack_module, exports) => {



function stringifyNumber({ format, minFractionDigits, tag, value }) {
    if (typeof value === 'bigint')
        return String(value);
    const num = typeof value === 'number' ? value : Number(value);
    if (!isFinite(num))
        return isNaN(num) ? '.nan' : num < 0 ? '-.inf' : '.inf';
    let n = Object.is(value, -0) ? '-0' : JSON.stringify(value);
    if (!format &&
        minFractionDigits &&
        (!tag || tag === 'tag:yaml.org,2002:float') &&
        /^-?\d/.test(n) &&
        !n.includes('e')) {
        let i = n.indexOf('.');
        if (i < 0) {
            i = n.length;
            n += '.';
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
            n += '0';
    }
    return n;
}

exports.stringifyNumber = stringifyNumber;


/***/ }),

/***/ 9748:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var stringify = __nccwpck_require__(2148);
var stringifyComment = __nccwpck_require__(9799);

function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
    const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
    let keyComment = (identity.isNode(key) && key.comment) || null;
    if (simpleKeys) {
        if (keyComment) {
            throw new Error('With simple keys, key nodes cannot have comments');
        }
        if (identity.isCollection(key) || (!identity.isNode(key) && typeof key === 'object')) {
            const msg = 'With simple keys, collection cannot be used as a key value';
            throw new Error(msg);
        }
    }
    let explicitKey = !simpleKeys &&
        (!key ||
            (keyComment && value == null && !ctx.inFlow) ||
            identity.isCollection(key) ||
            (identity.isScalar(key)
                ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL
                : typeof key === 'object'));
    ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
    });
    let keyCommentDone = false;
    let chompKeep = false;
    let str = stringify.stringify(key, ctx, () => (keyCommentDone = true), () => (chompKeep = true));
    if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
            throw new Error('With simple keys, single line scalar must not span more than 1024 characters');
        explicitKey = true;
    }
    if (ctx.inFlow) {
        if (allNullValues || value == null) {
            if (keyCommentDone && onComment)
                onComment();
            return str === '' ? '?' : explicitKey ? `? ${str}` : str;
        }
    }
    else if ((allNullValues && !simpleKeys) || (value == null && explicitKey)) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        }
        else if (chompKeep && onChompKeep)
            onChompKeep();
        return str;
    }
    if (keyCommentDone)
        keyComment = null;
    if (explicitKey) {
        if (keyComment)
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}\n${indent}:`;
    }
    else {
        str = `${str}:`;
        if (keyComment)
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
    }
    let vsb, vcb, valueComment;
    if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
    }
    else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === 'object')
            value = doc.createNode(value);
    }
    ctx.implicitKey = false;
    if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
    chompKeep = false;
    if (!indentSeq &&
        indentStep.length >= 2 &&
        !ctx.inFlow &&
        !explicitKey &&
        identity.isSeq(value) &&
        !value.flow &&
        !value.tag &&
        !value.anchor) {
        // If indentSeq === false, consider '- ' as part of indentation where possible
        ctx.indent = ctx.indent.substring(2);
    }
    let valueCommentDone = false;
    const valueStr = stringify.stringify(value, ctx, () => (valueCommentDone = true), () => (chompKeep = true));
    let ws = ' ';
    if (keyComment || vsb || vcb) {
        ws = vsb ? '\n' : '';
        if (vcb) {
            const cs = commentString(vcb);
            ws += `\n${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === '' && !ctx.inFlow) {
            if (ws === '\n' && valueComment)
                ws = '\n\n';
        }
        else {
            ws += `\n${ctx.indent}`;
        }
    }
    else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf('\n');
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
            let hasPropsLine = false;
            if (hasNewline && (vs0 === '&' || vs0 === '!')) {
                let sp0 = valueStr.indexOf(' ');
                if (vs0 === '&' &&
                    sp0 !== -1 &&
                    sp0 < nl0 &&
                    valueStr[sp0 + 1] === '!') {
                    sp0 = valueStr.indexOf(' ', sp0 + 1);
                }
                if (sp0 === -1 || nl0 < sp0)
                    hasPropsLine = true;
            }
            if (!hasPropsLine)
                ws = `\n${ctx.indent}`;
        }
    }
    else if (valueStr === '' || valueStr[0] === '\n') {
        ws = '';
    }
    str += ws + valueStr;
    if (ctx.inFlow) {
        if (valueCommentDone && onComment)
            onComment();
    }
    else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
    }
    else if (chompKeep && onChompKeep) {
        onChompKeep();
    }
    return str;
}

exports.stringifyPair = stringifyPair;


/***/ }),

/***/ 3069:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var foldFlowLines = __nccwpck_require__(4475);

const getFoldOptions = (ctx, isBlock) => ({
    indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
    lineWidth: ctx.options.lineWidth,
    minContentWidth: ctx.options.minContentWidth
});
// Also checks for lines starting with %, as parsing the output as YAML 1.1 will
// presume that's starting a new document.
const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
function lineLengthOverLimit(str, lineWidth, indentLength) {
    if (!lineWidth || lineWidth < 0)
        return false;
    const limit = lineWidth - indentLength;
    const strLen = str.length;
    if (strLen <= limit)
        return false;
    for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === '\n') {
            if (i - start > limit)
                return true;
            start = i + 1;
            if (strLen - start <= limit)
                return false;
        }
    }
    return true;
}
function doubleQuotedString(value, ctx) {
    const json = JSON.stringify(value);
    if (ctx.options.doubleQuotedAsJSON)
        return json;
    const { implicitKey } = ctx;
    const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
    const indent = ctx.indent || (containsDocumentMarker(value) ? '  ' : '');
    let str = '';
    let start = 0;
    for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
        if (ch === ' ' && json[i + 1] === '\\' && json[i + 2] === 'n') {
            // space before newline needs to be escaped to not be folded
            str += json.slice(start, i) + '\\ ';
            i += 1;
            start = i;
            ch = '\\';
        }
        if (ch === '\\')
            switch (json[i + 1]) {
                case 'u':
                    {
                        str += json.slice(start, i);
                        const code = json.substr(i + 2, 4);
                        switch (code) {
                            case '0000':
                                str += '\\0';
                                break;
                            case '0007':
                                str += '\\a';
                                break;
                            case '000b':
                                str += '\\v';
                                break;
                            case '001b':
                                str += '\\e';
                                break;
                            case '0085':
                                str += '\\N';
                                break;
                            case '00a0':
                                str += '\\_';
                                break;
                            case '2028':
                                str += '\\L';
                                break;
                            case '2029':
                                str += '\\P';
                                break;
                            default:
                                if (code.substr(0, 2) === '00')
                                    str += '\\x' + code.substr(2);
                                else
                                    str += json.substr(i, 6);
                        }
                        i += 5;
                        start = i + 1;
                    }
                    break;
                case 'n':
                    if (implicitKey ||
                        json[i + 2] === '"' ||
                        json.length < minMultiLineLength) {
                        i += 1;
                    }
                    else {
                        // folding will eat first newline
                        str += json.slice(start, i) + '\n\n';
                        while (json[i + 2] === '\\' &&
                            json[i + 3] === 'n' &&
                            json[i + 4] !== '"') {
                            str += '\n';
                            i += 2;
                        }
                        str += indent;
                        // space after newline needs to be escaped to not be folded
                        if (json[i + 2] === ' ')
                            str += '\\';
                        i += 1;
                        start = i + 1;
                    }
                    break;
                default:
                    i += 1;
            }
    }
    str = start ? str + json.slice(start) : json;
    return implicitKey
        ? str
        : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
}
function singleQuotedString(value, ctx) {
    if (ctx.options.singleQuote === false ||
        (ctx.implicitKey && value.includes('\n')) ||
        /[ \t]\n|\n[ \t]/.test(value) // single quoted string can't have leading or trailing whitespace around newline
    )
        return doubleQuotedString(value, ctx);
    const indent = ctx.indent || (containsDocumentMarker(value) ? '  ' : '');
    const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
    return ctx.implicitKey
        ? res
        : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
}
function quotedString(value, ctx) {
    const { singleQuote } = ctx.options;
    let qs;
    if (singleQuote === false)
        qs = doubleQuotedString;
    else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
            qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
            qs = doubleQuotedString;
        else
            qs = singleQuote ? singleQuotedString : doubleQuotedString;
    }
    return qs(value, ctx);
}
// The negative lookbehind avoids a polynomial search,
// but isn't supported yet on Safari: https://caniuse.com/js-regexp-lookbehind
let blockEndNewlines;
try {
    blockEndNewlines = new RegExp('(^|(?<!\n))\n+(?!\n|$)', 'g');
}
catch {
    blockEndNewlines = /\n+(?!\n|$)/g;
}
function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
    const { blockQuote, commentString, lineWidth } = ctx.options;
    // 1. Block can't end in whitespace unless the last line is non-empty.
    // 2. Strings consisting of only whitespace are best rendered explicitly.
    if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
    }
    const indent = ctx.indent ||
        (ctx.forceBlockIndent || containsDocumentMarker(value) ? '  ' : '');
    const literal = blockQuote === 'literal'
        ? true
        : blockQuote === 'folded' || type === Scalar.Scalar.BLOCK_FOLDED
            ? false
            : type === Scalar.Scalar.BLOCK_LITERAL
                ? true
                : !lineLengthOverLimit(value, lineWidth, indent.length);
    if (!value)
        return literal ? '|\n' : '>\n';
    // determine chomping from whitespace at value end
    let chomp;
    let endStart;
    for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== '\n' && ch !== '\t' && ch !== ' ')
            break;
    }
    let end = value.substring(endStart);
    const endNlPos = end.indexOf('\n');
    if (endNlPos === -1) {
        chomp = '-'; // strip
    }
    else if (value === end || endNlPos !== end.length - 1) {
        chomp = '+'; // keep
        if (onChompKeep)
            onChompKeep();
    }
    else {
        chomp = ''; // clip
    }
    if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === '\n')
            end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
    }
    // determine indent indicator from whitespace at value start
    let startWithSpace = false;
    let startEnd;
    let startNlPos = -1;
    for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === ' ')
            startWithSpace = true;
        else if (ch === '\n')
            startNlPos = startEnd;
        else
            break;
    }
    let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
    if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
    }
    const indentSize = indent ? '2' : '1'; // root is at -1
    // Leading | or > is added later
    let header = (startWithSpace ? indentSize : '') + chomp;
    if (comment) {
        header += ' ' + commentString(comment.replace(/ ?[\r\n]+/g, ' '));
        if (onComment)
            onComment();
    }
    if (!literal) {
        const foldedValue = value
            .replace(/\n+/g, '\n$&')
            .replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, '$1$2') // more-indented lines aren't folded
            //                ^ more-ind. ^ empty     ^ capture next empty lines only at end of indent
            .replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== 'folded' && type !== Scalar.Scalar.BLOCK_FOLDED) {
            foldOptions.onOverflow = () => {
                literalFallback = true;
            };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
            return `>${header}\n${indent}${body}`;
    }
    value = value.replace(/\n+/g, `$&${indent}`);
    return `|${header}\n${indent}${start}${value}${end}`;
}
function plainString(item, ctx, onComment, onChompKeep) {
    const { type, value } = item;
    const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
    if ((implicitKey && value.includes('\n')) ||
        (inFlow && /[[\]{},]/.test(value))) {
        return quotedString(value, ctx);
    }
    if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        // not allowed:
        // - '-' or '?'
        // - start with an indicator character (except [?:-]) or /[?-] /
        // - '\n ', ': ' or ' \n' anywhere
        // - '#' not preceded by a non-space char
        // - end with ' ' or ':'
        return implicitKey || inFlow || !value.includes('\n')
            ? quotedString(value, ctx)
            : blockString(item, ctx, onComment, onChompKeep);
    }
    if (!implicitKey &&
        !inFlow &&
        type !== Scalar.Scalar.PLAIN &&
        value.includes('\n')) {
        // Where allowed & type not set explicitly, prefer block style for multiline strings
        return blockString(item, ctx, onComment, onChompKeep);
    }
    if (containsDocumentMarker(value)) {
        if (indent === '') {
            ctx.forceBlockIndent = true;
            return blockString(item, ctx, onComment, onChompKeep);
        }
        else if (implicitKey && indent === indentStep) {
            return quotedString(value, ctx);
        }
    }
    const str = value.replace(/\n+/g, `$&\n${indent}`);
    // Verify that output will be parsed as a string, as e.g. plain numbers and
    // booleans get parsed with those types in v1.2 (e.g. '42', 'true' & '0.9e-3'),
    // and others in v1.1.
    if (actualString) {
        const test = (tag) => tag.default && tag.tag !== 'tag:yaml.org,2002:str' && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
            return quotedString(value, ctx);
    }
    return implicitKey
        ? str
        : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
}
function stringifyString(item, ctx, onComment, onChompKeep) {
    const { implicitKey, inFlow } = ctx;
    const ss = typeof item.value === 'string'
        ? item
        : Object.assign({}, item, { value: String(item.value) });
    let { type } = item;
    if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        // force double quotes on control characters & unpaired surrogates
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
            type = Scalar.Scalar.QUOTE_DOUBLE;
    }
    const _stringify = (_type) => {
        switch (_type) {
            case Scalar.Scalar.BLOCK_FOLDED:
            case Scalar.Scalar.BLOCK_LITERAL:
                return implicitKey || inFlow
                    ? quotedString(ss.value, ctx) // blocks are not valid inside flow containers
                    : blockString(ss, ctx, onComment, onChompKeep);
            case Scalar.Scalar.QUOTE_DOUBLE:
                return doubleQuotedString(ss.value, ctx);
            case Scalar.Scalar.QUOTE_SINGLE:
                return singleQuotedString(ss.value, ctx);
            case Scalar.Scalar.PLAIN:
                return plainString(ss, ctx, onComment, onChompKeep);
            default:
                return null;
        }
    };
    let res = _stringify(type);
    if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = (implicitKey && defaultKeyType) || defaultStringType;
        res = _stringify(t);
        if (res === null)
            throw new Error(`Unsupported default string type ${t}`);
    }
    return res;
}

exports.stringifyString = stringifyString;


/***/ }),

/***/ 204:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);

const BREAK = Symbol('break visit');
const SKIP = Symbol('skip children');
const REMOVE = Symbol('remove node');
/**
 * Apply a visitor to an AST node or document.
 *
 * Walks through the tree (depth-first) starting from `node`, calling a
 * `visitor` function with three arguments:
 *   - `key`: For sequence values and map `Pair`, the node's index in the
 *     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
 *     `null` for the root node.
 *   - `node`: The current node.
 *   - `path`: The ancestry of the current node.
 *
 * The return value of the visitor may be used to control the traversal:
 *   - `undefined` (default): Do nothing and continue
 *   - `visit.SKIP`: Do not visit the children of this node, continue with next
 *     sibling
 *   - `visit.BREAK`: Terminate traversal completely
 *   - `visit.REMOVE`: Remove the current node, then continue with the next one
 *   - `Node`: Replace the current node, then continue by visiting it
 *   - `number`: While iterating the items of a sequence or map, set the index
 *     of the next step. This is useful especially if the index of the current
 *     node has changed.
 *
 * If `visitor` is a single function, it will be called with all values
 * encountered in the tree, including e.g. `null` values. Alternatively,
 * separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
 * `Alias` and `Scalar` node. To define the same visitor function for more than
 * one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
 * and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
 * specific defined one will be used for each node.
 */
function visit(node, visitor) {
    const visitor_ = initVisitor(visitor);
    if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
            node.contents = null;
    }
    else
        visit_(null, node, visitor_, Object.freeze([]));
}
// Without the `as symbol` casts, TS declares these in the `visit`
// namespace using `var`, but then complains about that because
// `unique symbol` must be `const`.
/** Terminate visit traversal completely */
visit.BREAK = BREAK;
/** Do not visit the children of the current node */
visit.SKIP = SKIP;
/** Remove the current node */
visit.REMOVE = REMOVE;
function visit_(key, node, visitor, path) {
    const ctrl = callVisitor(key, node, visitor, path);
    if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
    }
    if (typeof ctrl !== 'symbol') {
        if (identity.isCollection(node)) {
            path = Object.freeze(path.concat(node));
            for (let i = 0; i < node.items.length; ++i) {
                const ci = visit_(i, node.items[i], visitor, path);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    node.items.splice(i, 1);
                    i -= 1;
                }
            }
        }
        else if (identity.isPair(node)) {
            path = Object.freeze(path.concat(node));
            const ck = visit_('key', node.key, visitor, path);
            if (ck === BREAK)
                return BREAK;
            else if (ck === REMOVE)
                node.key = null;
            const cv = visit_('value', node.value, visitor, path);
            if (cv === BREAK)
                return BREAK;
            else if (cv === REMOVE)
                node.value = null;
        }
    }
    return ctrl;
}
/**
 * Apply an async visitor to an AST node or document.
 *
 * Walks through the tree (depth-first) starting from `node`, calling a
 * `visitor` function with three arguments:
 *   - `key`: For sequence values and map `Pair`, the node's index in the
 *     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
 *     `null` for the root node.
 *   - `node`: The current node.
 *   - `path`: The ancestry of the current node.
 *
 * The return value of the visitor may be used to control the traversal:
 *   - `Promise`: Must resolve to one of the following values
 *   - `undefined` (default): Do nothing and continue
 *   - `visit.SKIP`: Do not visit the children of this node, continue with next
 *     sibling
 *   - `visit.BREAK`: Terminate traversal completely
 *   - `visit.REMOVE`: Remove the current node, then continue with the next one
 *   - `Node`: Replace the current node, then continue by visiting it
 *   - `number`: While iterating the items of a sequence or map, set the index
 *     of the next step. This is useful especially if the index of the current
 *     node has changed.
 *
 * If `visitor` is a single function, it will be called with all values
 * encountered in the tree, including e.g. `null` values. Alternatively,
 * separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
 * `Alias` and `Scalar` node. To define the same visitor function for more than
 * one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
 * and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
 * specific defined one will be used for each node.
 */
async function visitAsync(node, visitor) {
    const visitor_ = initVisitor(visitor);
    if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
            node.contents = null;
    }
    else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
}
// Without the `as symbol` casts, TS declares these in the `visit`
// namespace using `var`, but then complains about that because
// `unique symbol` must be `const`.
/** Terminate visit traversal completely */
visitAsync.BREAK = BREAK;
/** Do not visit the children of the current node */
visitAsync.SKIP = SKIP;
/** Remove the current node */
visitAsync.REMOVE = REMOVE;
async function visitAsync_(key, node, visitor, path) {
    const ctrl = await callVisitor(key, node, visitor, path);
    if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
    }
    if (typeof ctrl !== 'symbol') {
        if (identity.isCollection(node)) {
            path = Object.freeze(path.concat(node));
            for (let i = 0; i < node.items.length; ++i) {
                const ci = await visitAsync_(i, node.items[i], visitor, path);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    node.items.splice(i, 1);
                    i -= 1;
                }
            }
        }
        else if (identity.isPair(node)) {
            path = Object.freeze(path.concat(node));
            const ck = await visitAsync_('key', node.key, visitor, path);
            if (ck === BREAK)
                return BREAK;
            else if (ck === REMOVE)
                node.key = null;
            const cv = await visitAsync_('value', node.value, visitor, path);
            if (cv === BREAK)
                return BREAK;
            else if (cv === REMOVE)
                node.value = null;
        }
    }
    return ctrl;
}
function initVisitor(visitor) {
    if (typeof visitor === 'object' &&
        (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
            Alias: visitor.Node,
            Map: visitor.Node,
            Scalar: visitor.Node,
            Seq: visitor.Node
        }, visitor.Value && {
            Map: visitor.Value,
            Scalar: visitor.Value,
            Seq: visitor.Value
        }, visitor.Collection && {
            Map: visitor.Collection,
            Seq: visitor.Collection
        }, visitor);
    }
    return visitor;
}
function callVisitor(key, node, visitor, path) {
    if (typeof visitor === 'function')
        return visitor(key, node, path);
    if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
    if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
    if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
    if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
    if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
    return undefined;
}
function replaceNode(key, path, node) {
    const parent = path[path.length - 1];
    if (identity.isCollection(parent)) {
        parent.items[key] = node;
    }
    else if (identity.isPair(parent)) {
        if (key === 'key')
            parent.key = node;
        else
            parent.value = node;
    }
    else if (identity.isDocument(parent)) {
        parent.contents = node;
    }
    else {
        const pt = identity.isAlias(parent) ? 'alias' : 'scalar';
        throw new Error(`Cannot replace node with ${pt} parent`);
    }
}

exports.visit = visit;
exports.visitAsync = visitAsync;


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(9890);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
