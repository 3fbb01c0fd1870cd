export const id = 855;
export const ids = [855];
export const modules = {

/***/ 7855:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ImageError: () => (/* reexport */ ImageError),
  NothingToExpose: () => (/* reexport */ NothingToExpose),
  RuntimeError: () => (/* reexport */ RuntimeError),
  bareEnvironment: () => (/* reexport */ bareEnvironment),
  checkActivate: () => (/* reexport */ checkActivate),
  checkConformance: () => (/* reexport */ checkConformance),
  checkFiles: () => (/* reexport */ checkFiles),
  checkGpuOption: () => (/* reexport */ checkGpuOption),
  checkHelp: () => (/* reexport */ checkHelp),
  checkMissingImage: () => (/* reexport */ checkMissingImage),
  checkModule: () => (/* reexport */ checkModule),
  checkStart: () => (/* reexport */ checkStart),
  checkTarget: () => (/* reexport */ checkTarget),
  checkThroughScheduler: () => (/* reexport */ checkThroughScheduler),
  checkUninstall: () => (/* reexport */ checkUninstall),
  compareSnapshots: () => (/* reexport */ compareSnapshots),
  createToolbox: () => (/* reexport */ createToolbox),
  failed: () => (/* reexport */ failed),
  findRuntime: () => (/* reexport */ findRuntime),
  findShell: () => (/* reexport */ findShell),
  fitRuntime: () => (/* reexport */ fitRuntime),
  hasProgram: () => (/* reexport */ hasProgram),
  hidePrograms: () => (/* reexport */ hidePrograms),
  installBuiltin: () => (/* reexport */ installBuiltin),
  installNeurocommand: () => (/* reexport */ installNeurocommand),
  installTransparentSingularity: () => (/* reexport */ installTransparentSingularity),
  isFinding: () => (/* reexport */ isFinding),
  isFor: () => (/* reexport */ isFor),
  isSystemCommand: () => (/* reexport */ isSystemCommand),
  judgeOutput: () => (/* reexport */ judgeOutput),
  judgeTransfer: () => (/* reexport */ judgeTransfer),
  lookUp: () => (/* reexport */ lookUp),
  measureOverhead: () => (/* reexport */ measureOverhead),
  nameProblem: () => (/* reexport */ nameProblem),
  openImage: () => (/* reexport */ openImage),
  parseDownloads: () => (/* reexport */ parseDownloads),
  parseSmokeFile: () => (/* reexport */ parseSmokeFile),
  passed: () => (/* reexport */ passed),
  readFile: () => (/* reexport */ readFile),
  readOverhead: () => (/* reexport */ readOverhead),
  readPromise: () => (/* reexport */ readPromise),
  recordCall: () => (/* reexport */ recordCall),
  removeSockets: () => (/* reexport */ removeSockets),
  renderExposure: () => (/* reexport */ renderExposure),
  representatives: () => (/* reexport */ representatives),
  resolve: () => (/* reexport */ resolve),
  runSmokeTest: () => (/* reexport */ runSmokeTest),
  sessionEnvironment: () => (/* reexport */ sessionEnvironment),
  snapshot: () => (/* reexport */ snapshot),
  startDisplay: () => (/* reexport */ startDisplay),
  together: () => (/* reexport */ together),
  transferOf: () => (/* reexport */ transferOf),
  untested: () => (/* reexport */ untested),
  writeExposure: () => (/* reexport */ writeExposure)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
var external_node_path_default = /*#__PURE__*/__webpack_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/sif/index.ts + 22 modules
var sif = __webpack_require__(1192);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_default = /*#__PURE__*/__webpack_require__.n(external_node_zlib_);
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
async function resolve(tree, path) {
    let rest = partsOf(path);
    let done = [];
    let entry = await tree.entry('/');
    let links = 0;
    while (rest.length > 0) {
        const [part, ...after] = rest;
        rest = after;
        if (part === '..') {
            done = done.slice(0, -1);
            entry = await tree.entry(join(done));
            continue;
        }
        if (entry?.kind !== 'directory')
            return undefined;
        const next = await tree.entry(join([...done, part]));
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
        entry = await tree.entry(join(done));
        rest = [...partsOf(target), ...rest];
    }
    return entry === undefined ? undefined : { path: join(done), entry };
}
/** Reads a file behind any links; undefined when there is none. */
async function readFile(tree, path, maxBytes) {
    const found = await resolve(tree, path);
    return found === undefined ? undefined : tree.read(found.path, maxBytes);
}
function partsOf(path) {
    return path.split('/').filter((part) => part !== '' && part !== '.');
}
function join(parts) {
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




/** What a bare squashfs begins with. */
const SQUASHFS_MAGIC = 'hsqs';
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
/** Where the squashfs begins: bytes from the start of the file. */
async function findSquashfs(readAt) {
    const start = await readAt(0, SQUASHFS_MAGIC.length);
    if (start.toString('latin1') === SQUASHFS_MAGIC)
        return 0;
    try {
        return (await (0,sif/* findRoot */.wg)(readAt)).root.offset;
    }
    catch (error) {
        if (error instanceof sif/* SifError */.ty)
            throw new ImageError(error.message);
        throw error;
    }
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
        const literal = await resolve(tree, entry);
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
            const here = await resolve(tree, folder === '' ? '/' : folder);
            for (const entry of (here === undefined ? undefined : await tree.list(here.path)) ?? []) {
                if (matches(entry.name, part))
                    next.push(`${folder}/${entry.name}`);
            }
        }
        folders = next.slice(0, 1000);
    }
    const kinds = await Promise.all(folders.map((folder) => resolve(tree, folder)));
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
        const real = await resolve(tree, folder);
        for (const entry of (real === undefined ? undefined : await tree.list(real.path)) ?? []) {
            const file = `${folder === '/' ? '' : folder}/${entry.name}`;
            const target = await resolve(tree, file);
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
    const found = await resolve(tree, file);
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
    const found = await resolve(tree, file);
    return found?.entry.kind === 'file' && (found.entry.mode & 0o111) !== 0;
}

;// CONCATENATED MODULE: ./lib/exposure/host/display.ts
const START_MS = 15_000;
/** Longer than any run. */
const LIFE_MS = 24 * 3_600_000;
/** Where X servers put their sockets: the first one makes it, and none removes it. */
const SOCKETS = '/tmp/.X11-unix';
/** Removes the folder of sockets unless another server has come to use it. */
async function removeSockets(fs) {
    await fs.rmdir(SOCKETS).catch((error) => {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST')
            throw error;
    });
}
/** Starts one. undefined: Xvfb is not there, or does not start. */
async function startDisplay(caller, { clock, fs, cleanup }, env, folder, signal) {
    signal.throwIfAborted();
    const sockets = { kind: 'x11-sockets', id: SOCKETS };
    // Whoever is the first to have a screen here makes it.
    const isFirst = await fs.access(SOCKETS).then(() => false, () => true);
    if (isFirst)
        cleanup.register(sockets);
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
        // Also when the run is cancelled: killed, it would leave its socket behind, and its number taken.
        stop: AbortSignal.any([stop.signal, signal])
    })
        .then(() => resolve(undefined), () => resolve(undefined));
    const patience = new AbortController();
    const late = clock.sleep(START_MS, AbortSignal.any([signal, patience.signal])).then(() => undefined, () => undefined);
    const name = await Promise.race([ready, late]);
    patience.abort();
    const end = async () => {
        stop.abort();
        await ended;
        if (!isFirst)
            return;
        await removeSockets(fs);
        cleanup.release(sockets);
    };
    if (name === undefined) {
        await end();
        return undefined;
    }
    return { name, stop: end };
}

// EXTERNAL MODULE: ./lib/failure/index.ts + 1 modules
var failure = __webpack_require__(4259);
;// CONCATENATED MODULE: ./lib/exposure/host/runtime.ts
/** The container runtimes of a host: which they are, and what they need on this machine. */

/** A runtime is not there, or starts no container on this machine. */
class RuntimeError extends Error {
    name = 'RuntimeError';
}
/** No image has this; that it is missed proves that the container was set up. */
const NOWHERE = '/.neurodesk-ci/nothing';
/** Of the caller, and nothing that a test may fail of: folders to bind that are not there, errors that stay silent. */
const OF_THE_CALLER = Object.fromEntries(['BIND', 'BINDPATH', 'MOUNT', 'SILENT', 'QUIET'].flatMap((name) => [
    [`APPTAINER_${name}`, undefined],
    [`SINGULARITY_${name}`, undefined]
]));
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
        if (!(error instanceof failure/* ToolError */.v4))
            throw error;
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
            env: { ...env, ...OF_THE_CALLER },
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
    const real = await resolve(tree, file);
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
    if (result.startError === 'ENOENT')
        return 'no command of this name is found through PATH';
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
var dist = __webpack_require__(8815);
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
/** Apptainer's and SingularityCE's own processes beside a container: they set it up and mount its image. */
const RUNTIME_PROGRAM = /(?:^|\/)(?:starter(?:-suid)?|squashfuse(?:_ll)?|fuse2fs|fuse-overlayfs|gocryptfs)$/;
/**
 * True for the promised program, and for whatever a promised launcher has become in the container: `exec java …`.
 * Which program a wrapper starts is proved elsewhere. Wrappers and the runtime carry the image in their arguments, or
 * are shells of the host.
 */
function isPromisedProgram(process, command, image) {
    if (process.command.includes(image))
        return false;
    if (process.isContained && process.program !== undefined && !RUNTIME_PROGRAM.test(process.program))
        return true;
    const files = [command.file, command.realFile].filter((file) => file !== undefined);
    if (process.program !== undefined && files.includes(process.program))
        return true;
    // A script shows as its interpreter with the script behind it.
    return process.command
        .slice(0, 3)
        .some((word) => files.includes(word) || (command.file === undefined && word === command.name));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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
/** 0 is what every other question expects, 42 is what the program of `terminate` ends with. */
const EXIT_CODES = [1, 3, 127, 255];
const exitCodes = async (conformer, shell) => {
    for (const code of EXIT_CODES) {
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
    // It counts instead of sleeping: not every image has `sleep`, and a shell hears a signal only when `sleep` has
    // ended. The number ends a program that never hears of it, so that nothing stays for ever.
    const loop = 'n=0; while [ $n -lt 20000000 ]; do n=$((n + 1)); done; exit 9';
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
 * Runs the uninstall script that the installation left. What it wrote must be gone: wrappers, scripts, the module with
 * its folder, and the image; what was there before may stay.
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
        // The container's folder and the one of all modules are not this installation's alone.
        if (own || top === '')
            continue;
        const stats = await fs.lstat(external_node_path_default().join(installed.containers, file)).catch(() => undefined);
        if (stats !== undefined)
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
/** What a wrapper costs: the same program through it, and by the runtime directly, in pairs. */

/** The sign test on six pairs: 1 - 2 / 2^6. */
const PAIRS = 6;
/** undefined when a call fails: then other tests say so. */
async function measureOverhead(conformer, runtime, shell) {
    const { installed } = conformer;
    const substitute = {
        [SHIM.mode]: 'substitute',
        [SHIM.image]: installed.image,
        [SHIM.shell]: shell,
        [SHIM.script]: ':'
    };
    const throughWrapper = () => time(conformer, conformer.command, [], substitute);
    const directly = () => time(conformer, runtime, ['--silent', 'exec', '--cleanenv', installed.image, shell, '-c', ':'], {});
    const pairs = [];
    for (let number = 0; number < PAIRS; number++) {
        // By turns, so that a machine that gets slower meanwhile is slow for both.
        const wrapperFirst = number % 2 === 0;
        const first = await (wrapperFirst ? throughWrapper() : directly());
        const second = await (wrapperFirst ? directly() : throughWrapper());
        if (first === undefined || second === undefined)
            return undefined;
        pairs.push(wrapperFirst ? { wrapper: first, direct: second } : { wrapper: second, direct: first });
    }
    return overheadOf(pairs);
}
/** Pure. */
function overheadOf(pairs) {
    const differences = pairs.map(({ wrapper, direct }) => wrapper - direct);
    return {
        directMs: median(pairs.map(({ direct }) => direct)),
        wrapperMs: median(differences),
        rangeMs: [Math.min(...differences), Math.max(...differences)]
    };
}
/**
 * The overhead in whole milliseconds. `measured`: the wrapper was slower in every pair. `below`: the container's own
 * start varies more than the wrapper costs, and only the upper limit is known. Pure.
 */
function readOverhead({ wrapperMs, rangeMs: [smallest, largest] }) {
    return smallest > 0
        ? { kind: 'measured', ms: Math.round(wrapperMs) }
        : { kind: 'below', ms: Math.max(1, Math.ceil(largest)) };
}
async function time({ caller, env, folder, timeoutMs, signal }, command, args, more) {
    const result = await caller.call(command, args, {
        cwd: folder,
        env: { ...env, ...more },
        timeoutMs,
        signal
    });
    return result.exitCode === 0 ? result.durationMs : undefined;
}
function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length / 2;
    return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
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
    if (link !== undefined)
        return { source: 'link', downloader: undefined, from: link };
    return { source: 'unknown', downloader: undefined, from: undefined };
}
/** A finding when the image did not come the way that was asked for, or came in a way that nobody saw. */
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
    if (transfer.source === 'unknown' || transfer.source === 'link') {
        return {
            id: 'exposure-transfer-unseen',
            severity: 'unknown',
            subject: container,
            message: transfer.from === undefined
                ? 'the image is there, and no program was seen that fetched it'
                : `the image is a link to ${transfer.from}, which is neither CVMFS nor a store`
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





























/***/ }),

/***/ 1192:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ty: () => (/* reexport */ SifError),
  wg: () => (/* reexport */ findRoot),
  Xp: () => (/* reexport */ file_inspectFile)
});

// UNUSED EXPORTS: HEADER_BYTES, NoMksquashfs, digestInDefinition, digestsOfFile, findApptainer, inspectSif, isFor, manifestReads, md5OfParts, parseHeader, streamImage, streamUnavailable

;// CONCATENATED MODULE: ./lib/sif/format.ts
/**
 * The SIF container format, version 01, as Apptainer writes it: a header of 128 bytes, a table of descriptors of
 * 585 bytes each, and the data. All numbers are little endian. Layout: https://github.com/apptainer/sif
 * (pkg/sif/sif.go, `header` and `rawDescriptor`). Pure: bytes in, facts or a SifError out.
 */
const format_HEADER_BYTES = 128;
const format_DESCRIPTOR_BYTES = 585;
/** Apptainer reserves 48; a table far larger is no table. */
const MAX_DESCRIPTORS = 4096;
/** The bytes are no SIF, or one that was cut off or damaged. `what` is stable, the message is for people. */
class SifError extends Error {
    name = 'SifError';
    what;
    constructor(what, message) {
        super(message);
        this.what = what;
    }
}
const format_ARCHITECTURES = {
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
const format_KIND_CODES = {
    definition: 0x4001,
    environment: 0x4002,
    labels: 0x4003,
    partition: 0x4004,
    signature: 0x4005,
    json: 0x4006
};
const KINDS = new Map(Object.entries(format_KIND_CODES).map(([kind, code]) => [code, kind]));
/**
 * Reads the first 128 bytes.
 * @throws SifError `not-sif` when the magic is missing, `damaged` when its numbers make no sense.
 */
function parseHeader(bytes) {
    if (bytes.length < format_HEADER_BYTES) {
        throw new SifError('truncated', `only ${bytes.length} bytes, the header alone has ${format_HEADER_BYTES}`);
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
    if (descriptorCount < 1 || descriptorCount > MAX_DESCRIPTORS) {
        throw new SifError('damaged', `a table of ${descriptorCount} descriptors`);
    }
    if (descriptorBytes !== descriptorCount * format_DESCRIPTOR_BYTES) {
        throw new SifError('damaged', `a table of ${descriptorBytes} bytes for ${descriptorCount} descriptors`);
    }
    if (descriptorOffset < format_HEADER_BYTES || dataOffset < descriptorOffset + descriptorBytes || dataBytes < 1) {
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
        const kind = KINDS.get(raw.readInt32LE(0)) ?? 'other';
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
    return format_ARCHITECTURES[code] ?? `code ${JSON.stringify(code)}`;
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
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_default = /*#__PURE__*/__webpack_require__.n(external_node_zlib_);
;// CONCATENATED MODULE: ./lib/sif/inodes.ts
/**
 * The unpacked inode table of SquashFS 4.0, walked from its first to its last entry. Not every compression has a
 * checksum (zstd's blocks have none): that the entries add up is what tells a whole table from one that only
 * unpacks. Layout: https://docs.kernel.org/filesystems/squashfs.html and squashfs_fs.h; little endian.
 */

const HEADER = 16;
const NO_FRAGMENT = 0xffff_ffff;
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
    const count = file.fragment === NO_FRAGMENT ? Math.ceil(whole) : Math.floor(whole);
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
const METADATA_BYTES = 8192;
/** Says "there is no such table". */
const NONE = 0xffffffffffffffffn;
const COMPRESSIONS = ['', 'gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd'];
/**
 * Reads the superblock.
 * @throws SifError when it is none, or when its tables lie outside of the partition of `available` bytes.
 */
function squashfs_parseSuperBlock(bytes, available) {
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
        compression: COMPRESSIONS[bytes.readUInt16LE(20)] ?? 'unknown',
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
    const options = { maxOutputLength: METADATA_BYTES };
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
        if (length === 0 || length > METADATA_BYTES || packed.length < length) {
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
    const { header, objects, root, architecture } = await findRoot(read, size);
    const readRoot = async (offset, length) => await read(root.offset + offset, length);
    const squashfs = squashfs_parseSuperBlock(await readRoot(0, 96), root.bytes);
    const tablesRead = (await checkTables(readRoot, squashfs)) !== undefined;
    // What was made just now says what it is for.
    const fits = expected.architecture === undefined ||
        architecture === expected.architecture ||
        (expected.digest === undefined && isFor(architecture, expected.architecture));
    if (!fits) {
        throw new SifError('wrong-architecture', `it is for ${architecture}, wanted is ${expected.architecture ?? ''}`);
    }
    const definition = await definitionOf(read, objects);
    if (expected.digest !== undefined && !definition.includes(expected.digest)) {
        throw new SifError('wrong-definition', `its definition does not name ${expected.digest}`);
    }
    return { header, objects, root, architecture, squashfs, tablesRead, definition };
}
/**
 * Reads header and descriptors only: where the file system lies that is mounted as root. For readers of that file
 * system; whether the file is whole, inspectSif says.
 * @param size length of the file in bytes; undefined: not looked at, a file that was cut off still has its first part.
 * @throws SifError for the first thing that is wrong; whatever `read` throws.
 */
async function findRoot(read, size) {
    const header = parseHeader(await read(0, format_HEADER_BYTES));
    if (size !== undefined && size < header.fileBytes) {
        throw new SifError('truncated', `${size} bytes, its header promises ${header.fileBytes}`);
    }
    const table = await read(header.descriptorOffset, header.descriptorCount * format_DESCRIPTOR_BYTES);
    const objects = parseObjects(table, header);
    const root = objects.find(({ partition }) => partition?.primary === true);
    if (root?.partition === undefined)
        throw new SifError('damaged', 'it has no primary partition');
    const { fileSystem, architecture } = root.partition;
    if (fileSystem !== 'squashfs') {
        throw new SifError('damaged', `its primary partition is ${fileSystem}, not squashfs`);
    }
    return { header, objects, root, architecture };
}
/** Old builders left the processor out, or wrote a code of their own: nothing is said by that. */
function isFor(architecture, wanted) {
    return architecture === wanted || (architecture !== 'amd64' && architecture !== 'arm64');
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

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/sif/file.ts
/** A SIF in a local file: inspection, and its SHA-256 and MD5 in one reading. */


/** @throws SifError; the error of the file system when it cannot be read. */
async function file_inspectFile(fs, path, expected = {}) {
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

// EXTERNAL MODULE: ./lib/failure/index.ts + 1 modules
var failure = __webpack_require__(4259);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/tools/half.ts
/** What a kill leaves in the tool cache: a folder without the mark that says it is whole. */

/** The kind of resource that a folder of the tool cache is, as long as it is being filled. */
const half_HALF_TOOL_KIND = 'half-tool';
const ID = /^[a-z][a-z0-9-]*\/\d+\.\d+\.\d+\/[a-z0-9]+$/;
/** NAME/VERSION/ARCHITECTURE, as the tool cache lays its folders out. */
function half_halfToolId(name, version, architecture) {
    return [name, version, architecture].join('/');
}
/** Removes the folder where the tool cache has not marked it as whole. */
async function removeHalfTool(ports, id) {
    if (!ID.test(id))
        throw new Error('it is no folder of the tool cache');
    const folder = path.join(ports.runner.toolCache, id);
    const whole = await ports.fs.access(`${folder}.complete`).then(() => true, () => false);
    if (!whole)
        await ports.fs.rm(folder, { recursive: true, force: true });
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
    // SingularityCE takes the same arguments.
    others: ['singularity'],
    versionArgs: ['--version'],
    versionPattern: /version v?(\d+\.\d+(?:\.\d+)?)/,
    bin: 'usr/bin',
    archive: 'deb',
    // No arm64: the releases have none (https://github.com/apptainer/apptainer/issues/3712).
    files: {
        x64: {
            arch: 'amd64',
            url: 'https://github.com/apptainer/apptainer/releases/download/v1.4.5/apptainer_1.4.5_amd64.deb',
            sha256: '70f19af846501acfbc2e42e7cfeee9ee11ddbbfa1c3502d0d99cde34e8e0af05'
        }
    },
    source: 'https://github.com/apptainer/apptainer/releases/tag/v1.4.5',
    elsewhere: 'install it in a step before, as with `sudo add-apt-repository -y ppa:apptainer/ppa && sudo apt-get install -y apptainer` on Ubuntu'
};

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __webpack_require__(2717);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var lib_retry = __webpack_require__(2751);
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
    const onPath = await get_findOnPath(tool, ports, minimum);
    if (onPath !== undefined)
        return onPath;
    const file = tool.files[(options.architecture ?? process.arch)];
    if (file === undefined || (options.platform ?? process.platform) !== 'linux')
        throw notPublished(tool, minimum);
    // Loaded late: most runs find the tool on PATH and never need it.
    const toolCache = await __webpack_require__.e(/* import() */ 805).then(__webpack_require__.bind(__webpack_require__, 9805));
    const bin = tool.bin.replaceAll('{arch}', file.arch);
    const cached = toolCache.find(tool.name, tool.version, file.arch);
    const fetched = (folder, origin) => ({
        path: path.join(folder, bin, tool.name),
        version: tool.version,
        origin,
        told: ''
    });
    if (cached !== '')
        return fetched(cached, 'cache');
    const name = path.posix.basename(new URL(file.url).pathname);
    const { mirror = '' } = options;
    const url = mirror === '' ? file.url : `${mirror.replace(/\/+$/, '')}/${name}`;
    const folder = path.join(ports.runner.temp, `${tool.name}-${tool.version}`);
    await ports.fs.mkdir(folder, { recursive: true });
    try {
        const archive = path.join(folder, name);
        await fetchArchive(tool, url, archive, file.sha256, ports);
        const unpacked = path.join(folder, 'unpacked');
        await get_unpack(tool, archive, unpacked, ports);
        // It is copied there file by file, under its final name.
        const half = { kind: HALF_TOOL_KIND, id: halfToolId(tool.name, tool.version, file.arch) };
        ports.cleanup.register(half);
        const target = await toolCache.cacheDir(unpacked, tool.name, tool.version, file.arch);
        ports.cleanup.release(half);
        return fetched(target, 'download');
    }
    finally {
        await ports.fs.rm(folder, { recursive: true, force: true });
    }
}
/** The first on PATH that is new enough; fetches nothing. @throws ToolError when the run is cancelled. */
async function get_findOnPath(tool, ports, minimum = tool.minimum) {
    for (const name of [tool.name, ...(tool.others ?? [])]) {
        const program = await ports.exec.which(name);
        if (program === undefined)
            continue;
        const told = await ask(tool, program, ports);
        const version = tool.versionPattern.exec(told)?.[1];
        if (version !== undefined && get_isAtLeast(version, minimum))
            return { path: program, version, origin: 'path', told };
        ports.log.info(`${program} is ${version ?? `of no known version (${told})`}; at least ${minimum} is needed`);
    }
    return undefined;
}
/** @throws ToolError when it is not what was pinned. */
async function fetchArchive(tool, url, archive, wanted, ports) {
    ports.log.info(`${tool.name} ${tool.version} is fetched from ${url}`);
    const sum = await retry(`GET ${url}`, async () => await download(url, archive, ports), {
        classify: classifyHttp,
        clock: ports.clock,
        log: ports.log,
        signal: ports.runner.signal,
        limits: { totalMs: 600_000 }
    });
    if (sum !== wanted)
        throw wrongSum(tool, url, wanted, sum);
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
/** What it says of its version. One that does not even tell it is as good as none. */
async function ask(tool, program, ports) {
    try {
        return (await ports.exec.run(program, tool.versionArgs, { timeoutMs: 30_000 })).stdout.trim();
    }
    catch (error) {
        if (error instanceof ToolError && error.reason !== 'cancelled')
            return firstLine(error.message);
        throw error;
    }
}
const firstLine = (text) => text.split('\n', 1)[0] ?? '';
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
async function get_unpack(tool, archive, to, ports) {
    await ports.fs.mkdir(to, { recursive: true });
    // Not by the tool cache's own functions: what they start could not be found and ended after a kill.
    if (tool.archive === 'zip')
        await ports.exec.run('unzip', ['-q', archive, '-d', to]);
    else if (tool.archive === 'tar')
        await ports.exec.run('tar', ['-x', '-z', '-f', archive, '-C', to]);
    else
        await ports.exec.run('dpkg-deb', ['--extract', archive, to]);
}
function notPublished(tool, minimum) {
    return new InputError([
        {
            input: 'runner',
            given: `${process.platform} ${process.arch} without ${tool.name}`,
            allowed: `${tool.name} ${minimum} or newer on PATH`,
            fix: `${tool.elsewhere ?? 'install it in a step before'} (there is no published file for this system)`
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


/** Nothing on this machine can pack an image. */
class NoMksquashfs extends (/* unused pure expression or super */ null && (Error)) {
    name = 'NoMksquashfs';
}
/**
 * Apptainer, or SingularityCE, which takes the same arguments: on PATH when it is new enough, else from the tool
 * cache, its publisher or `mirror`.
 * @throws what getTool throws where it cannot be had.
 */
async function findApptainer(ports, minimum, mirror = '') {
    const found = await getTool(APPTAINER, ports, { minimum, mirror });
    return using(ports, { command: found.path, version: found.version, manifestReads: readsOf(found) });
}
/** `manifestReads` of the one that findApptainer would take, without fetching it. */
async function manifestReads(ports, minimum) {
    return readsOf((await findOnPath(APPTAINER, ports, minimum)) ?? APPTAINER);
}
/**
 * Until 1.3 Apptainer asks once for the image and once more for its configuration; from 1.4 on once (1.4.5 measured).
 * Of others that is not known, and what is counted too high only leaves something for the next run.
 */
function readsOf({ version, told = '' }) {
    const isApptainer = told === '' || /^apptainer\b/i.test(told);
    return isApptainer && isAtLeast(version, '1.4.0') ? 1 : 2;
}
function using(ports, program) {
    const { command } = program;
    return {
        ...program,
        build: (request) => advised(ports.fs, async () => await run(ports.exec, command, request)),
        expectMksquashfs: async (folder) => await tryToPack(ports, command, folder),
        buildLayout: (request) => advised(ports.fs, async () => await runLayout(ports.exec, command, request))
    };
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
async function advised(fs, work) {
    try {
        await work();
    }
    catch (error) {
        if (!(error instanceof ToolError) || error.reason !== 'exit')
            throw error;
        const advice = await namespaceAdvice(fs, error.detail);
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
        env: { ...loginVariables(request.login), ...surroundings(request.scratch) },
        timeoutMs: request.timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
        ...(request.onLine === undefined ? {} : { onLine: request.onLine })
    });
}
async function runLayout(exec, command, request) {
    const { folder, layout, output, architecture } = request;
    await exec.run(command, ['build', '--arch', architecture, '--disable-cache', output, `oci:${layout}`], {
        cwd: folder,
        env: surroundings(folder),
        timeoutMs: request.timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal })
    });
}
/** An image out of an empty folder, a fifth of a second. What else may be wrong is told by the real one. */
async function tryToPack({ exec, fs }, command, folder) {
    if ((await exec.which('mksquashfs')) !== undefined)
        return;
    const empty = `${folder}/empty`;
    await fs.mkdir(empty, { recursive: true });
    try {
        const args = ['build', '--disable-cache', `${folder}/empty.sif`, empty];
        await exec.run(command, args, { env: surroundings(folder), timeoutMs: 60_000 });
    }
    catch (error) {
        if (!(error instanceof ToolError) || !/mksquashfs.*not found/i.test(error.detail))
            return;
        throw new NoMksquashfs('mksquashfs is neither on PATH nor where Apptainer looks for it');
    }
    finally {
        await fs.rm(folder, { recursive: true, force: true });
    }
}
function surroundings(scratch) {
    return {
        APPTAINER_TMPDIR: scratch,
        SINGULARITY_TMPDIR: scratch,
        TMPDIR: scratch,
        APPTAINER_CACHEDIR: `${scratch}/cache`,
        SINGULARITY_CACHEDIR: `${scratch}/cache`,
        // Names of variables that would bind the host's folders or set a target into the build.
        APPTAINER_BIND: undefined,
        APPTAINER_BINDPATH: undefined,
        SINGULARITY_BIND: undefined,
        SINGULARITY_BINDPATH: undefined
    };
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

;// CONCATENATED MODULE: ./lib/layers/merge.ts
/**
 * What is left of an image's layers when they lie on top of each other, decided from the TOP layer down: an entry
 * counts when no higher layer has its path or hides it. So each layer is read once, and nothing has to be kept but
 * names. Rules: OCI Image Specification 1.1, layer.md ("Applying Changesets", "Whiteouts"). Pure.
 *
 * Two things cannot be known from above. A name can go through a symbolic link of a lower layer (`lib/x`, where
 * `lib` is a link to `usr/lib` below): that is refused (LayerRefused). The content of a hard link can stand under a
 * name that a higher layer hides, and have passed by when the link comes: the layer is to be read again for it
 * (`endLayer`).
 */

/** What a path is in the layers so far. One of the first three, and any of the others. */
const IMPLIED = 1; // a folder, since something lies in it; its own entry may come in a lower layer
const FOLDER = 2;
const LEAF = 4;
const GONE = 8; // nothing of lower layers is left at it or below it
const OPAQUE = 16; // nothing of lower layers is left below it
const PASSED = 32; // a whiteout goes through it: no lower layer may have a symbolic link there
const WHAT = IMPLIED | FOLDER | LEAF;
const NOTHING = { as: undefined, links: [] };
class merge_Merge {
    #limits;
    #claims = new Map([['', IMPLIED]]);
    #folders = new Map();
    #entries = 0;
    #nameBytes = 0;
    // Of the layer at hand.
    #seen = new Map();
    #gone = new Set();
    #opaque = new Set();
    /** Targets of links that this layer does not have. */
    #below = new Map();
    /** Hidden entries that a visible link needs. */
    #again = new Map();
    #parent;
    #parentHidden = false;
    /** Targets that layers above look for in this one, as they see it. */
    #wanted = new Map();
    constructor(limits) {
        this.#limits = limits;
    }
    /** @throws LayerError, LayerRefused */
    entry(entry) {
        if (++this.#entries > this.#limits.entries) {
            throw new LayerError(`more than ${this.#limits.entries} entries`);
        }
        const { path } = entry;
        this.#count(path.length);
        const slash = path.lastIndexOf('/');
        const name = path.slice(slash + 1);
        if (name.startsWith('.wh.'))
            return this.#whiteout(path, slash === -1 ? '' : path.slice(0, slash), name);
        if (path.startsWith('.wh.') || path.includes('/.wh.')) {
            throw new LayerRefused(`${show(path)} lies in a folder that is named as a whiteout`);
        }
        return entry.type === 'directory' ? this.#folder(entry) : this.#leaf(entry);
    }
    /**
     * Ends the layer at hand; the next one lies below it.
     * @returns paths of entries for which it has to be read again (`again`), before the next one.
     */
    endLayer() {
        for (const path of this.#gone)
            this.#mark(path, GONE);
        for (const path of this.#opaque)
            this.#mark(path, OPAQUE);
        const wanted = new Map();
        for (const [path, inode] of [...this.#wanted, ...this.#below]) {
            if (inode.names.length === 0 || inode.written !== undefined)
                continue;
            if (this.#isCut(path)) {
                throw new LayerRefused(`${show(inode.names[0] ?? '')} is a hard link to ${show(path)}, which is hidden from it`);
            }
            const other = wanted.get(path);
            if (other === undefined)
                wanted.set(path, inode);
            else
                other.names.push(...inode.names);
        }
        this.#wanted = wanted;
        this.#seen.clear();
        this.#gone.clear();
        this.#opaque.clear();
        this.#below.clear();
        this.#parent = undefined;
        const again = [...this.#again].filter(([, { names, written }]) => names.length > 0 && written === undefined);
        this.#again.clear();
        for (const [path, inode] of again)
            this.#again.set(path, inode);
        return again.map(([path]) => path);
    }
    /** An entry of the layer that is read again. */
    again(entry) {
        const inode = this.#again.get(entry.path);
        if (inode === undefined || entry.type === 'directory')
            return NOTHING;
        this.#again.delete(entry.path);
        return this.#writeAs(inode.names.shift() ?? '', inode);
    }
    /** After all layers. @throws LayerRefused for a hard link whose target no layer has under that name */
    end() {
        for (const [path, { names }] of this.#wanted) {
            throw new LayerRefused(`${show(names[0] ?? '')} is a hard link to ${show(path)}, which no layer has under this name`);
        }
    }
    /** Is there anything visible at the path? */
    has(path) {
        return ((this.#claims.get(path) ?? 0) & WHAT) !== 0;
    }
    /** Can something be put at the path, so that nothing visible changes? Not where a parent is no folder. */
    isFree(path) {
        if (this.has(path))
            return false;
        for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
            if (((this.#claims.get(at) ?? 0) & LEAF) !== 0)
                return false;
        }
        return true;
    }
    /** All visible folders; without an entry those that no layer describes. */
    *folders() {
        for (const [path, claim] of this.#claims) {
            if ((claim & (IMPLIED | FOLDER)) !== 0)
                yield [path, this.#folders.get(path)];
        }
    }
    #whiteout(path, folder, name) {
        const opaque = name === '.wh..wh..opq';
        const hidden = name.slice(4);
        if (!opaque && (hidden === '' || hidden === '.' || hidden === '..')) {
            throw new LayerError(`${show(path)} is a whiteout of nothing`);
        }
        if (opaque)
            this.#opaque.add(folder);
        else
            this.#gone.add(folder === '' ? hidden : `${folder}/${hidden}`);
        if (this.#isHidden(path))
            return NOTHING;
        for (let at = folder; at !== undefined; at = parentOf(at)) {
            const claim = this.#claims.get(at) ?? 0;
            if ((claim & PASSED) !== 0)
                break;
            this.#claims.set(at, claim | PASSED);
        }
        return NOTHING;
    }
    #folder(entry) {
        const { path } = entry;
        const seen = this.#seen.get(path);
        if (seen !== undefined && seen !== 'folder')
            throw twice(path);
        if (this.#below.has(path) || this.#wanted.has(path))
            throw new LayerRefused(`a hard link to the folder ${show(path)}`);
        if (this.#isHidden(path))
            return NOTHING;
        const claim = this.#claims.get(path) ?? 0;
        if (seen === undefined && (claim & (GONE | LEAF | FOLDER)) !== 0)
            return NOTHING;
        this.#seen.set(path, 'folder');
        // Kept to the end, and attributes can be large.
        for (const [name, value] of entry.xattrs)
            this.#count(name.length + value.length);
        this.#folders.set(path, entry);
        this.#claims.set(path, (claim & ~WHAT) | FOLDER);
        this.#imply(path);
        return NOTHING;
    }
    #leaf(entry) {
        const { path, type } = entry;
        if (path === '')
            throw new LayerError('the root is no folder');
        if (this.#seen.has(path))
            throw twice(path);
        if (this.#below.has(path)) {
            throw new LayerRefused(`a hard link to ${show(path)} comes before it`);
        }
        const visible = this.#claim(entry);
        const wanted = this.#wanted.get(path);
        if (wanted !== undefined)
            this.#wanted.delete(path);
        if (type === 'link')
            return this.#link(entry, visible, wanted);
        if (wanted !== undefined) {
            this.#seen.set(path, wanted);
            return this.#writeAs(visible ? path : (wanted.names.shift() ?? ''), wanted);
        }
        this.#seen.set(path, visible ? 'written' : 'hidden');
        return visible ? { as: path, links: [] } : NOTHING;
    }
    #link({ path, target }, visible, wanted) {
        if (path === target)
            throw new LayerError(`${show(path)} is a hard link to itself`);
        const inode = this.#inodeAt(target);
        this.#seen.set(path, inode);
        const names = [...(visible ? [path] : []), ...(wanted?.names ?? [])];
        if (inode.written === undefined) {
            inode.names.push(...names);
            return NOTHING;
        }
        const to = inode.written;
        return { as: undefined, links: names.map((name) => ({ path: name, to })) };
    }
    /** The file behind a link's target, in the layer at hand or, when it has none there, in the ones below. */
    #inodeAt(target) {
        const seen = this.#seen.get(target);
        if (seen === 'folder')
            throw new LayerError(`a hard link to the folder ${show(target)}`);
        if (typeof seen === 'object')
            return seen;
        const inode = { written: seen === 'written' ? target : undefined, names: [] };
        if (seen === 'hidden')
            this.#again.set(target, inode);
        if (seen !== undefined)
            this.#seen.set(target, inode);
        else {
            const known = this.#below.get(target);
            if (known !== undefined)
                return known;
            this.#below.set(target, inode);
        }
        return inode;
    }
    #writeAs(path, inode) {
        inode.written = path;
        const links = inode.names.splice(0).map((name) => ({ path: name, to: path }));
        return { as: path, links };
    }
    /** Takes the path for what is no folder. @returns false when a higher layer hides it */
    #claim({ path, type }) {
        if (this.#isHidden(path))
            return false;
        const claim = this.#claims.get(path) ?? 0;
        if ((claim & (GONE | LEAF)) !== 0)
            return false;
        if ((claim & FOLDER) !== 0) {
            // A higher layer has put a folder in its place: what lies below it in lower layers had gone before.
            this.#gone.add(path);
            return false;
        }
        if ((claim & IMPLIED) !== 0) {
            throw new LayerRefused(`a layer has entries below ${show(path)}, which is no folder in the layer below`);
        }
        if (type === 'symlink' && (claim & PASSED) !== 0) {
            throw new LayerRefused(`a whiteout goes through ${show(path)}, which is a symbolic link in the layer below`);
        }
        this.#claims.set(path, claim | LEAF);
        this.#imply(path);
        return true;
    }
    /** Does anything above the path hide it? What lies in one folder mostly comes together. */
    #isHidden(path) {
        const parent = parentOf(path);
        if (parent === undefined)
            return false;
        if (parent === this.#parent)
            return this.#parentHidden;
        let hidden = false;
        for (let at = parent; at !== undefined && !hidden; at = parentOf(at)) {
            const claim = this.#claims.get(at) ?? 0;
            if ((claim & LEAF) !== 0) {
                const seen = this.#seen.get(at);
                if (seen !== undefined && seen !== 'hidden')
                    throw twice(at);
            }
            hidden = (claim & (GONE | OPAQUE | LEAF)) !== 0;
        }
        this.#parent = parent;
        this.#parentHidden = hidden;
        return hidden;
    }
    #imply(path) {
        for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
            const claim = this.#claims.get(at) ?? 0;
            if ((claim & WHAT) !== 0)
                return;
            this.#count(at.length);
            this.#claims.set(at, claim | IMPLIED);
        }
    }
    /** Has the layer at hand hidden or replaced the path from those above it? */
    #isCut(path) {
        if (this.#gone.has(path))
            return true;
        for (let at = parentOf(path); at !== undefined; at = parentOf(at)) {
            const seen = this.#seen.get(at);
            if (this.#gone.has(at) || this.#opaque.has(at) || (seen !== undefined && seen !== 'folder'))
                return true;
        }
        return false;
    }
    #mark(path, flag) {
        this.#claims.set(path, (this.#claims.get(path) ?? 0) | flag);
    }
    #count(bytes) {
        this.#nameBytes += bytes;
        if (this.#nameBytes > this.#limits.nameBytes) {
            throw new LayerError(`names of more than ${this.#limits.nameBytes} bytes in all`);
        }
    }
}
function parentOf(path) {
    if (path === '')
        return undefined;
    const slash = path.lastIndexOf('/');
    return slash === -1 ? '' : path.slice(0, slash);
}
function twice(path) {
    return new LayerRefused(`one layer has ${show(path)} twice, or as two things`);
}

;// CONCATENATED MODULE: ./lib/layers/tar-read.ts
/**
 * Reads the tar of a layer, entry by entry, from a stream: ustar with GNU's long names and POSIX's extended headers,
 * as Docker, BuildKit and Podman write them. Sources: POSIX.1-2024 pax, "Extended Header" and "ustar Interchange
 * Format"; GNU tar's manual, "Basic Tar Format". Own code, since names and attributes are bytes here: tar-stream
 * decodes them as UTF-8, which breaks capabilities and names of older encodings.
 */

const BLOCK = 512;
/** For one extended header: thousands of attributes. */
const MAX_EXTENDED = (/* unused pure expression or super */ null && (1024 * 1024));
/** Linux' PATH_MAX, with the NUL. */
const MAX_TARGET = 4096;
const TYPES = {
    '0': 'file',
    '\0': 'file',
    '7': 'file',
    '1': 'link',
    '2': 'symlink',
    '3': 'character',
    '4': 'block',
    '5': 'directory',
    '6': 'fifo'
};
/** @param chunks the unpacked tar. Its errors come through. */
function tar_read_readTar(chunks) {
    const input = new Input(chunks);
    let left = 0;
    let padding = 0;
    const content = async () => {
        if (left === 0)
            return undefined;
        const piece = input.available(left) ?? (await input.more(left));
        if (piece === undefined)
            throw cutOff();
        left -= piece.length;
        return piece;
    };
    const block = async () => {
        const found = await input.exactly(BLOCK);
        if (found === undefined)
            return undefined;
        if (found.length < BLOCK)
            throw cutOff();
        return found;
    };
    const extension = async (size) => {
        if (size > MAX_EXTENDED)
            throw new LayerError(`an extended header of ${size} bytes`);
        const padded = Math.ceil(size / BLOCK) * BLOCK;
        const bytes = await input.exactly(padded);
        if (bytes === undefined || bytes.length < padded)
            throw cutOff();
        return bytes.toString('latin1', 0, size);
    };
    return {
        content,
        next: async () => {
            while ((await content()) !== undefined)
                ;
            if (padding > 0 && ((await input.exactly(padding))?.length ?? 0) < padding)
                throw cutOff();
            padding = 0;
            let extended = {};
            for (;;) {
                const header = await block();
                // GNU tar wants two empty blocks at the end, and takes one or none.
                if (header === undefined || header.every((byte) => byte === 0)) {
                    await input.drain();
                    return undefined;
                }
                checkSum(header);
                const type = String.fromCharCode(header[156] ?? 0);
                const size = extended.size ?? tar_read_number(header, 124, 12);
                if (size < 0 || !Number.isSafeInteger(size))
                    throw new LayerError(`an entry of ${size} bytes`);
                if (type === 'L')
                    extended.path ??= untilNul(await extension(size));
                else if (type === 'K')
                    extended.linkpath ??= untilNul(await extension(size));
                else if (type === 'x')
                    extended = { ...extended, ...parseExtended(await extension(size)) };
                else if (type === 'g')
                    await extension(size);
                else {
                    const entry = entryOf(header, type, size, extended);
                    left = entry.size;
                    padding = (BLOCK - (left % BLOCK)) % BLOCK;
                    return entry;
                }
            }
        }
    };
}
function entryOf(header, flag, size, extended) {
    const name = extended.path ?? nameOf(header);
    if (flag === 'S')
        throw new LayerRefused(`${show(name)} is a sparse file in GNU's old form`);
    let type = TYPES[flag];
    if (type === undefined)
        throw new LayerError(`${show(name)} is of the unknown type ${show(flag)}`);
    if (type === 'file' && name.endsWith('/'))
        type = 'directory';
    const target = extended.linkpath ?? tar_read_text(header, 157, 100);
    if ((type === 'link' || type === 'symlink') && (target === '' || target.includes('\0'))) {
        throw new LayerError(`${show(name)} is a link to nothing`);
    }
    if (target.length >= MAX_TARGET)
        throw new LayerError(`${show(name)} is a link to ${target.length} characters`);
    const device = type === 'character' || type === 'block';
    return {
        type,
        path: cleanPath(name),
        mode: tar_read_number(header, 100, 8) & 0o7777,
        uid: owner(extended.uid ?? tar_read_number(header, 108, 8), name),
        gid: owner(extended.gid ?? tar_read_number(header, 116, 8), name),
        size: type === 'file' ? size : 0,
        // Squashfs has 32 bits, and none of them for times before 1970.
        mtime: Math.min(Math.max(extended.mtime ?? tar_read_number(header, 136, 12), 0), 0xffff_ffff),
        target: type === 'link' ? cleanPath(target) : type === 'symlink' ? target : '',
        major: device ? tar_read_number(header, 329, 8) : 0,
        minor: device ? tar_read_number(header, 337, 8) : 0,
        xattrs: extended.xattrs ?? []
    };
}
/** 32 bits; -2 is how some writers put nobody. */
function owner(id, name) {
    if (!Number.isInteger(id) || id < -0x8000_0000 || id > 0xffff_ffff) {
        throw new LayerError(`${show(name)} belongs to number ${id}`);
    }
    return id >>> 0;
}
function nameOf(header) {
    const name = tar_read_text(header, 0, 100);
    // Behind GNU's magic (`ustar  `) the place of the prefix holds times.
    const posix = header.toString('latin1', 257, 263) === 'ustar\0';
    const prefix = posix ? tar_read_text(header, 345, 155) : '';
    return prefix === '' ? name : `${prefix}/${name}`;
}
/** `<length> <key>=<value>\n`, the length counts all of it. */
function parseExtended(records) {
    const found = {};
    for (let at = 0; at < records.length;) {
        const blank = records.indexOf(' ', at);
        const length = Number(records.slice(at, blank));
        const equals = records.indexOf('=', blank);
        const end = at + length;
        if (!(length > 0) ||
            end > records.length ||
            equals === -1 ||
            equals >= end ||
            records[end - 1] !== '\n') {
            throw new LayerError('an extended header that is none');
        }
        take(found, records.slice(blank + 1, equals), records.slice(equals + 1, end - 1));
        at = end;
    }
    return found;
}
function take(found, key, value) {
    const decimal = () => {
        const parsed = Number(value);
        if (value === '' || !Number.isFinite(parsed))
            throw new LayerError(`the extended header says ${key}=${show(value)}`);
        return Math.floor(parsed);
    };
    if (key === 'path' || key === 'linkpath')
        found[key] = value;
    else if (key === 'size' || key === 'uid' || key === 'gid' || key === 'mtime')
        found[key] = decimal();
    else if (key.startsWith('SCHILY.xattr.'))
        addAttribute(found, key.slice(13), value);
    else if (key.startsWith('LIBARCHIVE.xattr.')) {
        const name = key
            .slice(17)
            .replace(/%([0-9a-fA-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
        addAttribute(found, name, Buffer.from(value, 'base64').toString('latin1'));
    }
    else if (key.startsWith('GNU.sparse.'))
        throw new LayerRefused('a sparse file in GNU’s newer form');
}
/** libarchive writes each attribute in both forms. */
function addAttribute(found, name, value) {
    found.xattrs ??= [];
    if (!found.xattrs.some(([other]) => other === name))
        found.xattrs.push([name, value]);
}
/** Octal digits, or GNU's base 256 when the first bit is set. */
function tar_read_number(header, offset, length) {
    const first = header[offset] ?? 0;
    if ((first & 0x80) === 0) {
        const digits = tar_read_text(header, offset, length).trim();
        if (digits === '')
            return 0;
        if (!/^[0-7]+$/.test(digits))
            throw new LayerError(`${show(digits)} where a number has to be`);
        return Number.parseInt(digits, 8);
    }
    let value = BigInt.asIntN(7, BigInt(first & 0x7f));
    for (const byte of header.subarray(offset + 1, offset + length))
        value = (value << 8n) | BigInt(byte);
    return Number(value);
}
/** The sum of all bytes, with blanks in its own place. Some old writers took the bytes as signed. */
function checkSum(header) {
    let unsigned = 8 * 0x20;
    let high = 0;
    for (let at = 0; at < BLOCK; at++) {
        if (at === 148)
            at = 156;
        const byte = header[at] ?? 0;
        unsigned += byte;
        high += byte >> 7;
    }
    const written = tar_read_number(header, 148, 8);
    if (written !== unsigned && written !== unsigned - 256 * high)
        throw new LayerError('no tar, or a damaged one: a checksum is wrong');
}
function tar_read_text(header, offset, length) {
    return untilNul(header.toString('latin1', offset, offset + length));
}
function untilNul(value) {
    const end = value.indexOf('\0');
    return end === -1 ? value : value.slice(0, end);
}
function cutOff() {
    return new LayerError('the tar ends in the middle of an entry');
}
/** Chunks, cut to measure. */
class Input {
    #chunks;
    #rest = Buffer.alloc(0);
    constructor(chunks) {
        this.#chunks = chunks[Symbol.asyncIterator]();
    }
    /** Up to `most` bytes that are there already. */
    available(most) {
        if (this.#rest.length === 0)
            return undefined;
        const piece = this.#rest.subarray(0, most);
        this.#rest = this.#rest.subarray(piece.length);
        return piece;
    }
    /** Up to `most` bytes as soon as there are some; undefined at the end. */
    async more(most) {
        while (this.#rest.length === 0) {
            const chunk = await this.#chunks.next();
            if (chunk.done === true)
                return undefined;
            this.#rest = chunk.value;
        }
        return this.available(most);
    }
    /** `length` bytes, fewer at the end of the stream; undefined when it is there already. */
    async exactly(length) {
        const first = this.available(length) ?? (await this.more(length));
        if (first === undefined || first.length === length)
            return first;
        const parts = [first];
        let have = first.length;
        while (have < length) {
            const piece = await this.more(length - have);
            if (piece === undefined)
                break;
            parts.push(piece);
            have += piece.length;
        }
        return Buffer.concat(parts);
    }
    /** Reads the stream to its end: only there is its digest checked. */
    async drain() {
        this.#rest = Buffer.alloc(0);
        while ((await this.#chunks.next()).done !== true)
            ;
    }
}

;// CONCATENATED MODULE: ./lib/layers/tar-write.ts
const tar_write_BLOCK = 512;
/** Where the last field that is written here ends. */
const FIELDS = 345;
const FLAGS = {
    file: '0',
    link: '1',
    symlink: '2',
    character: '3',
    block: '4',
    directory: '5',
    fifo: '6'
};
const EMPTY = Buffer.alloc(tar_write_BLOCK);
/** Two empty blocks end a tar. */
const tar_write_TAR_END = Buffer.alloc(2 * tar_write_BLOCK);
/** The header of an entry under the name `path`; its content follows, then `paddingOf(size)`. */
function tar_write_tarHeader(path, entry) {
    const blocks = [];
    const name = entry.type === 'directory' ? `${path === '' ? '.' : path}/` : path;
    if (entry.xattrs.length > 0)
        blocks.push(...extension('x', records(entry.xattrs)));
    if (name.length > 100)
        blocks.push(...extension('L', `${name}\0`));
    if (entry.target.length > 100)
        blocks.push(...extension('K', `${entry.target}\0`));
    blocks.push(header({
        name,
        flag: FLAGS[entry.type],
        target: entry.target,
        mode: entry.mode,
        uid: entry.uid,
        gid: entry.gid,
        size: entry.size,
        mtime: entry.mtime,
        major: entry.major,
        minor: entry.minor
    }));
    return blocks.length === 1 ? (blocks[0] ?? EMPTY) : Buffer.concat(blocks);
}
/** A hard link `path` to what was written as `to` before. */
function tar_write_tarLink(path, to) {
    return tar_write_tarHeader(path, { ...PLAIN, type: 'link', path, target: to });
}
/** Zeros that fill the last block of `size` bytes. */
function tar_write_paddingOf(size) {
    return EMPTY.subarray(0, (tar_write_BLOCK - (size % tar_write_BLOCK)) % tar_write_BLOCK);
}
const PLAIN = { mode: 0, uid: 0, gid: 0, size: 0, mtime: 0, major: 0, minor: 0, xattrs: [] };
function header(fields) {
    const block = Buffer.alloc(tar_write_BLOCK);
    block.write(fields.name.slice(0, 100), 0, 'latin1');
    tar_write_number(block, 100, 8, fields.mode);
    tar_write_number(block, 108, 8, fields.uid);
    tar_write_number(block, 116, 8, fields.gid);
    tar_write_number(block, 124, 12, fields.size);
    tar_write_number(block, 136, 12, fields.mtime);
    block.write(fields.flag, 156, 'latin1');
    block.write(fields.target.slice(0, 100), 157, 'latin1');
    block.write('ustar  \0', 257, 'latin1');
    tar_write_number(block, 329, 8, fields.major);
    tar_write_number(block, 337, 8, fields.minor);
    block.write('        ', 148, 'latin1');
    // Behind the fields it is empty. A loop over the numbers takes a tenth of the time of one over an iterator.
    let sum = 0;
    for (let at = 0; at < FIELDS; at++)
        sum += block[at] ?? 0;
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return block;
}
function tar_write_number(block, offset, length, value) {
    const octal = value.toString(8);
    if (octal.length < length) {
        block.write(octal.padStart(length - 1, '0'), offset, 'latin1');
        return;
    }
    // Base 256: the first bit says so, the rest is the number, its highest byte first.
    let rest = BigInt(value);
    for (let at = offset + length - 1; at > offset; at--) {
        block[at] = Number(rest & 0xffn);
        rest >>= 8n;
    }
    block[offset] = 0x80;
}
function extension(flag, content) {
    const bytes = Buffer.from(content, 'latin1');
    const name = flag === 'x' ? '././@PaxHeader' : '././@LongLink';
    return [header({ ...PLAIN, name, flag, target: '', size: bytes.length }), bytes, tar_write_paddingOf(bytes.length)];
}
function records(xattrs) {
    return xattrs
        .map(([name, value]) => {
        const record = ` SCHILY.xattr.${name}=${value}\n`;
        // The length counts its own digits.
        let length = record.length + String(record.length).length;
        if (record.length + String(length).length !== length)
            length++;
        return `${length}${record}`;
    })
        .join('');
}

;// CONCATENATED MODULE: ./lib/layers/entry.ts
/** What a layer holds: one entry of its tar, and how its name is made safe. */
/** The layer is damaged or hostile, or more than is accepted: another way to read it would not make it better. */
class entry_LayerError extends Error {
    name = 'LayerError';
}
/** The layer may be right, and a single pass from the top layer down cannot do it justice. */
class entry_LayerRefused extends (/* unused pure expression or super */ null && (Error)) {
    name = 'LayerRefused';
}
/** What Linux and squashfs can hold. */
const NAME_BYTES = 255;
const PATH_BYTES = 4096;
/**
 * `./usr//bin/` and `/usr/bin` are `usr/bin`: names stay within the root, as they do when Docker or Apptainer unpack
 * a layer.
 * @throws LayerError for `..`, a NUL, and what is longer than a path can be.
 */
function entry_cleanPath(name) {
    // Most names are clean but for the slash behind a folder's.
    const plain = name.endsWith('/') ? name.slice(0, -1) : name;
    if (plain.length <= NAME_BYTES && !/(^|\/)\.{0,2}(\/|$)|\0/.test(plain))
        return plain;
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..'))
        throw new entry_LayerError(`the name ${entry_show(name)} leads out of its folder`);
    const path = parts.join('/');
    if (path.includes('\0'))
        throw new entry_LayerError(`the name ${entry_show(name)} has a NUL in it`);
    if (path.length > PATH_BYTES || parts.some((part) => part.length > NAME_BYTES)) {
        throw new entry_LayerError(`the name ${entry_show(name)} is longer than a path can be`);
    }
    return path;
}
/** A name in a message: as text where it is UTF-8, never with control characters, never long. */
function entry_show(name) {
    const text = JSON.stringify(Buffer.from(name, 'latin1').toString('utf8'));
    return text.length > 200 ? `${text.slice(0, 200)}…"` : text;
}

;// CONCATENATED MODULE: ./lib/layers/zstd.ts
/**
 * Where the frames of a zstd stream end (RFC 8878, section 3.1). Layers of Podman and of parallel compressors have
 * many; Node's decompressor takes the next one only when it comes in a piece of its own, and waits for ever when not.
 */

const FRAME = 0xfd2f_b528;
const SKIPPABLE = 0x184d_2a50;
function zstd_isZstd(head) {
    const magic = head.length < 4 ? 0 : head.readUInt32LE(0);
    return magic === FRAME || isSkippable(magic);
}
/** The same bytes, each piece within one frame. @throws LayerError for what is no frame */
async function* zstd_cutAtFrames(chunks) {
    const cutter = new Cutter();
    for await (const chunk of chunks)
        yield* cutter.cut(chunk);
}
class Cutter {
    #part = MAGIC;
    /** Bytes of the part that came so far. */
    #have = Buffer.alloc(0);
    #skip = 0;
    #after = MAGIC;
    cut(chunk) {
        const pieces = [];
        let start = 0;
        let at = 0;
        for (;;) {
            const skipped = Math.min(this.#skip, chunk.length - at);
            this.#skip -= skipped;
            at += skipped;
            if (this.#skip === 0 && this.#after === 'end') {
                pieces.push(chunk.subarray(start, at));
                start = at;
                this.#after = MAGIC;
            }
            if (at === chunk.length)
                break;
            if (this.#have.length === 0 && this.#after !== 'end')
                this.#part = this.#after;
            const piece = chunk.subarray(at, at + this.#part.bytes - this.#have.length);
            this.#have = Buffer.concat([this.#have, piece]);
            at += piece.length;
            if (this.#have.length < this.#part.bytes)
                break;
            const { skip, then } = this.#part.read(this.#have);
            this.#have = Buffer.alloc(0);
            this.#skip = skip;
            this.#after = then;
        }
        if (start < chunk.length)
            pieces.push(chunk.subarray(start));
        return pieces;
    }
}
const MAGIC = {
    bytes: 4,
    read: (bytes) => {
        const magic = bytes.readUInt32LE(0);
        if (magic === FRAME)
            return { skip: 0, then: DESCRIPTOR };
        if (isSkippable(magic))
            return { skip: 0, then: LENGTH };
        throw new entry_LayerError('there is something behind the end of its compressed stream');
    }
};
const LENGTH = { bytes: 4, read: (bytes) => ({ skip: bytes.readUInt32LE(0), then: 'end' }) };
const DESCRIPTOR = {
    bytes: 1,
    read: (bytes) => {
        const descriptor = bytes[0] ?? 0;
        const single = (descriptor & 0x20) !== 0;
        const sizeField = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
        const dictionaryField = [0, 1, 2, 4][descriptor & 3] ?? 0;
        const checksum = (descriptor & 4) === 0 ? 0 : 4;
        return { skip: (single ? 0 : 1) + dictionaryField + sizeField, then: blockOf(checksum) };
    }
};
function blockOf(checksum) {
    const block = {
        bytes: 3,
        read: (bytes) => {
            const header = bytes.readUIntLE(0, 3);
            // A block of type 1 is one byte, to be repeated.
            const size = ((header >> 1) & 3) === 1 ? 1 : header >> 3;
            return (header & 1) === 0 ? { skip: size, then: block } : { skip: size + checksum, then: 'end' };
        }
    };
    return block;
}
function isSkippable(magic) {
    return magic >= SKIPPABLE && magic <= SKIPPABLE + 15;
}

;// CONCATENATED MODULE: ./lib/layers/unpack.ts
/** From a layer as it travels to its tar. */





/** Large pieces: each one is a trip through the thread pool. */
const CHUNK = (/* unused pure expression or super */ null && (256 * 1024));
/**
 * Layers with these types are read; how they are packed is told by their first bytes, since some registries hold
 * gzip under the name of a plain tar.
 */
const unpack_TYPES = /^application\/vnd\.(oci\.image\.layer\.v1\.tar(\+gzip|\+zstd)?|docker\.image\.rootfs\.diff\.tar(\.gzip|\.zstd)?)$/;
const FOREIGN = /\.foreign\.|\.nondistributable\./;
/**
 * Says no to layers that cannot be read, before anything is fetched.
 * @throws LayerError for layers that the registry does not hold (foreign); LayerRefused for unknown types.
 */
function unpack_checkMediaType(mediaType, digest) {
    if (FOREIGN.test(mediaType)) {
        throw new LayerError(`layer ${digest} is foreign (${mediaType}): its publisher does not let registries hold it`);
    }
    if (!unpack_TYPES.test(mediaType))
        throw new LayerRefused(`layer ${digest} is of the unknown type ${JSON.stringify(mediaType)}`);
}
/**
 * The unpacked bytes.
 * @param packed its errors come through; read to its end before this one ends.
 * @throws LayerError for what does not unpack, and for more than the budget has left.
 */
async function* unpack_unpack(packed, budget) {
    const source = packed[Symbol.asyncIterator]();
    let ended = false;
    try {
        const head = await beginning(source);
        const rest = async function* () {
            if (head.length > 0)
                yield head;
            for (;;) {
                const next = await source.next();
                if (next.done === true)
                    break;
                yield next.value;
            }
            ended = true;
        };
        for await (const chunk of decompressed(rest(), head)) {
            budget.bytes -= chunk.length;
            if (budget.bytes < 0)
                throw new LayerError('it unpacks to far more than such an image holds');
            yield chunk;
        }
        // A decompressor stops where its stream ends; then the digest of the whole was not looked at.
        if (!ended)
            throw new LayerError('there is something behind the end of its compressed stream');
    }
    finally {
        await source.return?.();
    }
}
async function beginning(source) {
    const parts = [];
    let length = 0;
    while (length < 4) {
        const next = await source.next();
        if (next.done === true)
            break;
        parts.push(next.value);
        length += next.value.length;
    }
    return Buffer.concat(parts);
}
async function* decompressed(chunks, head) {
    const zstd = isZstd(head);
    if (!zstd && !isGzip(head)) {
        yield* chunks;
        return;
    }
    // A frame that wants more memory than zstd's own 128 MB is refused by the library.
    const decompressor = zstd
        ? zlib.createZstdDecompress({ chunkSize: CHUNK })
        : zlib.createGunzip({ chunkSize: CHUNK });
    let cause;
    const source = Readable.from(zstd ? cutAtFrames(chunks) : chunks, {
        objectMode: false,
        highWaterMark: CHUNK
    });
    source.once('error', (error) => (cause ??= error));
    const feeding = pipeline(source, decompressor).catch(() => undefined);
    try {
        for await (const chunk of decompressor)
            yield chunk;
    }
    catch (error) {
        if (cause !== undefined)
            throw cause;
        throw new LayerError(`it cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`);
    }
    finally {
        decompressor.destroy();
        source.destroy();
        await feeding;
    }
}
/** By the magic number of RFC 1952; what it is not, is a tar. */
function isGzip(head) {
    return head.length >= 4 && head[0] === 0x1f && head[1] === 0x8b;
}

;// CONCATENATED MODULE: ./lib/layers/flatten.ts
/** All layers of an image as the one tar that they come to, in a single pass over each, from the top one down. */





const LIMITS = {
    entries: 4_000_000,
    nameBytes: 512 * 1024 * 1024,
    unpackedBase: 16 * 2 ** 30,
    unpackedFactor: 100
};
/** The root has other permission bits than were said: the whole is to be made again with these. */
class flatten_OtherRoot extends Error {
    name = 'OtherRoot';
    mode;
    constructor(mode) {
        super(`the root has mode ${mode.toString(8)}`);
        this.mode = mode;
    }
}
/** Small pieces are put together to this size. */
const BATCH = (/* unused pure expression or super */ null && (256 * 1024));
/**
 * The tar, in pieces. Every owner, mode and attribute is the layers' own.
 * @throws LayerError for a broken or hostile layer; LayerRefused where one pass is not enough; OtherRoot; whatever
 *   opening and reading the layers throws.
 */
async function* flatten_flatten(options) {
    const limits = { ...LIMITS, ...options.limits };
    const merge = new Merge(limits);
    const batch = new Batch();
    const packed = options.layers.reduce((sum, { size }) => sum + size, 0);
    const budget = { bytes: limits.unpackedBase + limits.unpackedFactor * packed };
    for (const entry of options.top) {
        const { as } = merge.entry(entry);
        if (as !== undefined) {
            batch.begin(as, entry);
            batch.add(entry.content, paddingOf(entry.size));
        }
    }
    merge.endLayer();
    for (const layer of [...options.layers].reverse()) {
        try {
            yield* read(layer, (entry) => flatten_take(merge, entry, options), options, budget, batch);
            const again = new Set(merge.endLayer());
            if (again.size > 0) {
                options.onTwice?.(layer, again.size);
                yield* read(layer, (entry) => merge.again(entry), options, budget, batch);
            }
        }
        catch (error) {
            // Which layer it was, is for the message; who reads it looks it up with the registry's tools.
            if (error instanceof LayerError)
                throw new LayerError(`layer ${layer.digest}: ${error.message}`, { cause: error });
            if (error instanceof LayerRefused)
                throw new LayerRefused(`layer ${layer.digest}: ${error.message}`);
            throw error;
        }
    }
    merge.end();
    for (const entry of options.missing) {
        if (!merge.isFree(entry.path))
            continue;
        batch.begin(entry.path, entry);
        batch.add(entry.content, paddingOf(entry.size));
    }
    for (const [path, entry] of merge.folders()) {
        if (path === '')
            checkRoot(entry, options.rootMode);
        else
            batch.begin(path, entry === undefined ? { ...flatten_FOLDER, path, mtime: options.time } : entry);
        if (batch.isFull)
            yield batch.take();
    }
    options.onInodes?.(batch.inodes);
    batch.add(TAR_END);
    yield batch.take();
}
/** A folder that no layer describes is made by whoever unpacks it. */
const flatten_FOLDER = {
    type: 'directory',
    mode: 0o755,
    uid: 0,
    gid: 0,
    size: 0,
    target: '',
    major: 0,
    minor: 0,
    xattrs: []
};
function flatten_take(merge, entry, { refuse }) {
    const decision = merge.entry(entry);
    for (const path of [decision.as, ...decision.links.map((link) => link.path)]) {
        const reason = path === undefined ? undefined : refuse(path);
        if (reason !== undefined)
            throw new LayerRefused(`it has ${show(path ?? '')}: ${reason}`);
    }
    return decision;
}
async function* read(layer, decide, { onFile }, budget, batch) {
    const tar = readTar(unpack(layer.open(), budget));
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
        const { as, links } = decide(entry);
        if (as !== undefined) {
            batch.begin(as, entry);
            let first = true;
            for (let piece = await tar.content(); piece !== undefined; piece = await tar.content()) {
                if (first && entry.type === 'file')
                    onFile?.(as, piece);
                first = false;
                batch.add(piece);
                if (batch.isFull)
                    yield batch.take();
            }
            batch.add(paddingOf(entry.size));
        }
        for (const { path, to } of links)
            batch.add(tarLink(path, to));
        if (batch.isFull)
            yield batch.take();
    }
}
/**
 * Squashfs holds attributes of three namespaces. Labels of SELinux belong to the machine where the image was made,
 * marks of overlayfs would change how this one's folders are mounted on top of others.
 */
function kept({ xattrs }) {
    return xattrs.filter(([name]) => /^(user|trusted|security)\../.test(name) &&
        name !== 'security.selinux' &&
        !/^(user|trusted)\.overlay\./.test(name));
}
function checkRoot(entry, said) {
    if (entry === undefined)
        return;
    // mksquashfs 4.5.1 has options for it and does not heed them when it reads a tar.
    if (entry.uid !== 0 || entry.gid !== 0) {
        throw new LayerRefused(`the root belongs to ${entry.uid}:${entry.gid}, and can only be given to 0:0`);
    }
    // Apptainer gives the owner the right to write there.
    const mode = entry.mode | 0o200;
    if (mode !== said)
        throw new flatten_OtherRoot(mode);
}
class Batch {
    /** Entries so far that are no hard links, and the root. */
    inodes = 1;
    #parts = [];
    #bytes = 0;
    /** The header of an entry. */
    begin(path, entry) {
        this.inodes++;
        this.add(tarHeader(path, entry.xattrs.length === 0 ? entry : { ...entry, xattrs: kept(entry) }));
    }
    add(...parts) {
        for (const part of parts) {
            if (part.length === 0)
                continue;
            this.#parts.push(part);
            this.#bytes += part.length;
        }
    }
    get isFull() {
        return this.#bytes >= BATCH;
    }
    take() {
        const [first] = this.#parts;
        const whole = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts, this.#bytes);
        this.#parts = [];
        this.#bytes = 0;
        return whole;
    }
}

;// CONCATENATED MODULE: ./lib/layers/index.ts
/** OCI layers: what they come to when they lie on top of each other, as one tar. */




;// CONCATENATED MODULE: ./lib/sif/elf.ts
/** For which CPU programs are: the first bytes of an ELF file (elf(5), `e_ident` and `e_machine`). Pure. */
const MACHINES = {
    3: '386',
    21: 'ppc64le',
    22: 's390x',
    40: 'arm',
    62: 'amd64',
    183: 'arm64',
    243: 'riscv64'
};
const PROGRAMS = /^(usr\/)?s?bin\/[^/]+$/;
/** Counts the programs in the folders where every system has its own. */
function elf_programCounter() {
    const counts = new Map();
    return {
        see: (path, bytes) => {
            if (bytes.length < 20 || bytes.readUInt32BE(0) !== 0x7f45_4c46 || !PROGRAMS.test(path))
                return;
            const machine = MACHINES[bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)] ?? 'unknown';
            counts.set(machine, (counts.get(machine) ?? 0) + 1);
        },
        most: () => [...counts].sort(([, x], [, y]) => y - x)[0]?.[0]
    };
}

// EXTERNAL MODULE: ./lib/registry/index.ts + 11 modules
var registry = __webpack_require__(6649);
;// CONCATENATED MODULE: ./lib/sif/skeleton.ts
/**
 * What Apptainer adds to an image: scripts, links and labels in /.singularity.d, folders to mount on, and two
 * descriptions beside the file system. Apptainer itself makes them, out of the same configuration and an empty
 * layer (a third of a second): so they are what the installed version writes, with its quoting and its labels.
 */





const LAYOUT = 'layout';
/** @throws ToolError; SkeletonError when Apptainer writes something else than is known here. */
async function skeleton_makeSkeleton({ exec, fs }, request) {
    const { folder, timeoutMs } = request;
    await writeLayout(fs, path.join(folder, LAYOUT), request);
    const file = path.join(folder, 'skeleton.sif');
    const limits = { timeoutMs, ...(request.signal === undefined ? {} : { signal: request.signal }) };
    const { apptainer, architecture } = request;
    await apptainer.buildLayout({ folder, layout: LAYOUT, output: file, architecture, ...limits });
    const sif = await inspectFile(fs, file);
    const root = path.join(folder, 'root');
    await exec.run('unsquashfs', ['-no-progress', '-no-xattrs', '-offset', String(sif.root.offset), '-dest', root, file], limits);
    const tree = await entriesBelow(fs, root, '');
    const bytes = await fs.readFile(file);
    const objects = sif.objects
        .filter(({ kind }) => kind === 'definition' || kind === 'json')
        .map(({ kind, name, offset, bytes: length }) => ({
        kind: kind === 'definition' ? kind : 'json',
        name,
        content: bytes.subarray(offset, offset + length)
    }));
    const onTop = ({ path: at }) => /^(\.singularity\.d(\/|$)|etc\/(hosts|resolv\.conf)$)/.test(at);
    return rename({ objects, top: tree.filter(onTop), missing: tree.filter((entry) => !onTop(entry)) }, request.reference);
}
class skeleton_SkeletonError extends (/* unused pure expression or super */ null && (Error)) {
    name = 'SkeletonError';
}
/** An OCI image layout 1.0 (image-layout.md) with the image's configuration and one layer with nothing in it. */
async function writeLayout(fs, folder, { config }) {
    const blobs = path.join(folder, 'blobs', 'sha256');
    await fs.mkdir(blobs, { recursive: true });
    const put = async (bytes, mediaType) => {
        const digest = digestOf(bytes);
        await fs.writeFile(path.join(blobs, digest.slice('sha256:'.length)), bytes);
        return { mediaType, digest, size: bytes.length };
    };
    const tar = Buffer.alloc(1024);
    const diffId = `sha256:${createHash('sha256').update(tar).digest('hex')}`;
    const own = { ...config.raw, rootfs: { type: 'layers', diff_ids: [diffId] }, history: [] };
    const manifest = {
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        config: await put(Buffer.from(JSON.stringify(own)), mediaTypes.ociConfig),
        layers: [await put(gzipSync(tar), mediaTypes.ociLayerGzip)]
    };
    const manifests = [await put(Buffer.from(JSON.stringify(manifest)), mediaTypes.ociManifest)];
    await fs.writeFile(path.join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
    await fs.writeFile(path.join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}
/** Folders before what is in them. */
async function entriesBelow(fs, root, folder) {
    const entries = [];
    for (const name of (await fs.readdir(path.join(root, folder))).sort()) {
        const at = path.posix.join(folder, name);
        const file = path.join(root, at);
        const stat = await fs.lstat(file);
        const type = stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'file';
        const content = type === 'file' ? await fs.readFile(file) : Buffer.alloc(0);
        entries.push({
            type,
            path: at,
            mode: stat.mode & 0o7777,
            uid: 0,
            gid: 0,
            size: content.length,
            mtime: Math.floor(stat.mtimeMs / 1000),
            target: type === 'symlink' ? await fs.readlink(file) : '',
            major: 0,
            minor: 0,
            xattrs: [],
            content
        });
        if (type === 'directory')
            entries.push(...(await entriesBelow(fs, root, at)));
    }
    return entries;
}
const LABEL = 'org.label-schema.usage.singularity.deffile.';
/** Puts the image's reference where the skeleton names its layout. Exported for its test. */
function rename(skeleton, reference) {
    const definition = (content) => replaced(content, [
        ['bootstrap: oci\n', 'bootstrap: docker\n'],
        [`from: ${LAYOUT}\n`, `from: ${reference}\n`]
    ]);
    return {
        missing: skeleton.missing,
        objects: skeleton.objects.map((object) => {
            if (object.kind === 'definition')
                return { ...object, content: definition(object.content) };
            if (object.name !== 'inspect-metadata.json')
                return object;
            const content = replaced(object.content, [
                [`"${LABEL}bootstrap":"oci"`, `"${LABEL}bootstrap":"docker"`],
                [`"${LABEL}from":"${LAYOUT}"`, `"${LABEL}from":"${reference}"`],
                [`"deffile":"bootstrap: oci\\nfrom: ${LAYOUT}`, `"deffile":"bootstrap: docker\\nfrom: ${reference}`]
            ]);
            return { ...object, content };
        }),
        top: skeleton.top.map((entry) => {
            let { content } = entry;
            if (entry.path === '.singularity.d/Singularity')
                content = definition(content);
            else if (entry.path === '.singularity.d/labels.json') {
                content = replaced(content, [
                    [`"${LABEL}bootstrap": "oci"`, `"${LABEL}bootstrap": "docker"`],
                    [`"${LABEL}from": "${LAYOUT}"`, `"${LABEL}from": "${reference}"`]
                ]);
            }
            return { ...entry, content, size: content.length };
        })
    };
}
/** Each text stands there once: a quote within a label would be escaped. */
function replaced(content, pairs) {
    let text = content.toString('utf8');
    for (const [from, to] of pairs) {
        const parts = text.split(from);
        if (parts.length !== 2) {
            throw new skeleton_SkeletonError(`this Apptainer describes images in another way: ${JSON.stringify(from)} stands ${parts.length - 1} times where it is expected once`);
        }
        text = parts.join(to);
    }
    return Buffer.from(text, 'utf8');
}

;// CONCATENATED MODULE: ./lib/sif/write.ts
/**
 * Writes what stands before the file system in a SIF: header, descriptors and small objects, in the form and order
 * of Apptainer's builds. The same layout as in format.ts, from the other side. Pure.
 */

/** Apptainer reserves so many. */
const DESCRIPTORS = 48;
const TABLE = 4096;
const DATA = TABLE + DESCRIPTORS * format_DESCRIPTOR_BYTES;
/** Partitions begin at a page. */
const ALIGNMENT = 4096;
const GROUP = 0xf000_0001;
const SQUASHFS = 1;
const PRIMARY = 2;
/** Where the partition has to begin, in bytes from the start of the file. */
function write_partitionOffset(objects) {
    const end = objects.reduce((sum, { content }) => sum + content.length, DATA);
    return Math.ceil(end / ALIGNMENT) * ALIGNMENT;
}
/** The first `partitionOffset(objects)` bytes of the file. */
function write_sifHead(head) {
    const { objects, partitionBytes, created } = head;
    const partitionAt = write_partitionOffset(objects);
    const bytes = Buffer.alloc(partitionAt);
    const code = codeOf(head.architecture);
    bytes.write('#!/usr/bin/env run-singularity\n', 0, 'latin1');
    bytes.write('SIF_MAGIC', 32, 'latin1');
    bytes.write('01', 42, 'latin1');
    bytes.write(code, 45, 'latin1');
    bytes.set(head.id.subarray(0, 16), 48);
    const numbers = [created, created, DESCRIPTORS - objects.length - 1, DESCRIPTORS, TABLE, DATA - TABLE, DATA];
    for (const [index, value] of [...numbers, partitionAt + partitionBytes - DATA].entries()) {
        bytes.writeBigInt64LE(BigInt(value), HEADER_BYTES - 64 + index * 8);
    }
    let offset = DATA;
    for (const [index, { kind, name, content }] of objects.entries()) {
        describe(bytes, index, { type: KIND_CODES[kind], offset, length: content.length, padding: 0, created });
        descriptor(bytes, index).write(name, 73, 127, 'utf8');
        content.copy(bytes, offset);
        offset += content.length;
    }
    const last = objects.length;
    const padding = partitionAt - offset;
    describe(bytes, last, {
        type: KIND_CODES.partition,
        offset: partitionAt,
        length: partitionBytes,
        padding,
        created
    });
    const extra = descriptor(bytes, last).subarray(201);
    extra.writeInt32LE(SQUASHFS, 0);
    extra.writeInt32LE(PRIMARY, 4);
    extra.write(code, 8, 'latin1');
    return bytes;
}
function describe(bytes, index, object) {
    const raw = descriptor(bytes, index);
    raw.writeInt32LE(object.type, 0);
    raw[4] = 1;
    raw.writeUInt32LE(index + 1, 5);
    raw.writeUInt32LE(GROUP, 9);
    const { offset, length, padding, created } = object;
    for (const [place, value] of [offset, length, length + padding, created, created].entries()) {
        raw.writeBigInt64LE(BigInt(value), 17 + place * 8);
    }
}
function descriptor(bytes, index) {
    const at = TABLE + index * DESCRIPTOR_BYTES;
    return bytes.subarray(at, at + DESCRIPTOR_BYTES);
}
/** `00` says that it is unknown. */
function codeOf(architecture) {
    return Object.keys(ARCHITECTURES).find((code) => ARCHITECTURES[code] === architecture) ?? '00';
}

;// CONCATENATED MODULE: ./lib/sif/stream.ts
/**
 * A SIF straight from a registry: the layers flow through mksquashfs to their final place in the file. On the disk
 * there is never more than the SIF itself; Apptainer has the layers, the unpacked tree, the squashfs and the SIF.
 * Nothing here needs root: owners, devices and capabilities go from one archive into another.
 */










/** Queues of mksquashfs. Its default is a quarter of the machine's memory, and two of them may run. */
const MEMORY = '256M';
/** Below it there is no `-tar`. */
const MKSQUASHFS = '4.5';
const USUAL_ROOT = 0o755;
const PIPE = (/* unused pure expression or super */ null && (512 * 1024));
/** Why mksquashfs on PATH cannot do it; undefined when it can. */
async function streamUnavailable({ exec }) {
    for (const name of ['mksquashfs', 'unsquashfs']) {
        if ((await exec.which(name)) === undefined)
            return `${name} is not on PATH`;
    }
    const { stdout, stderr } = await exec.run('mksquashfs', ['-version'], { accept: 'any', timeoutMs: 30_000 });
    const version = /mksquashfs version (\d+\.\d+(?:\.\d+)?)/.exec(stdout + stderr)?.[1];
    if (version !== undefined && isAtLeast(version, MKSQUASHFS))
        return undefined;
    return `mksquashfs is ${version ?? 'of no known version'}, ${MKSQUASHFS} is the first that reads a tar`;
}
/**
 * Converts one image.
 * @throws LayerRefused for what Apptainer may convert, and this cannot; LayerError for a broken or hostile image;
 *   ManifestError when a blob is not what it should be; TransientError; ToolError.
 */
async function streamImage(ports, apptainer, request) {
    const { image, reference, architecture, timeoutMs } = request;
    for (const { mediaType, digest } of image.manifest.layers)
        checkMediaType(mediaType, digest);
    const folder = path.join(request.scratch, 'skeleton');
    await ports.fs.mkdir(folder, { recursive: true });
    const skeleton = await makeSkeleton(ports, {
        apptainer,
        config: image.config,
        reference,
        architecture,
        folder,
        timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal })
    }).catch((error) => {
        throw error instanceof SkeletonError ? new LayerRefused(error.message) : error;
    });
    await ports.fs.rm(folder, { recursive: true, force: true });
    try {
        await attempt(ports, skeleton, request, USUAL_ROOT);
    }
    catch (error) {
        if (!(error instanceof OtherRoot))
            throw error;
        // mksquashfs wants to know before the first byte what stands in the lowest layer. Few images have it.
        ports.log.debug(`${reference}: ${error.message}; once more with it`);
        await attempt(ports, skeleton, request, error.mode);
    }
}
async function attempt(ports, skeleton, request, rootMode) {
    const { output } = request;
    const offset = partitionOffset(skeleton.objects);
    await ports.fs.rm(output, { force: true });
    const created = Math.floor(ports.clock.now() / 1000);
    const programs = programCounter();
    let inodes = 0;
    const tar = flatten({
        layers: request.image.manifest.layers.map((descriptor) => layerOf(request, descriptor)),
        top: skeleton.top,
        missing: skeleton.missing,
        refuse,
        rootMode,
        time: created,
        onInodes: (count) => (inodes = count),
        onFile: programs.see,
        onTwice: ({ digest }, files) => ports.log.debug(`${digest} is read twice: ${files} of its files are only known by a link`)
    });
    await pack(ports, request, rootMode, offset, Readable.from(tar, { objectMode: false, highWaterMark: PIPE }));
    const handle = await ports.fs.open(output, 'r+');
    try {
        const { size } = await handle.stat();
        const { buffer } = await handle.read(Buffer.alloc(96), 0, 96, offset);
        const written = parseSuperBlock(buffer, size - offset).inodes;
        if (written !== inodes)
            throw new LayerRefused(`mksquashfs has made ${written} inodes of ${inodes}`);
        const head = sifHead({
            objects: skeleton.objects,
            partitionBytes: size - offset,
            // What the programs are for counts, as with Apptainer: the check that follows tells an image that lies.
            architecture: programs.most() ?? request.architecture,
            created,
            id: randomId()
        });
        await handle.write(head, 0, head.length, 0);
        await handle.chmod(0o755);
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
async function pack({ exec }, request, rootMode, offset, tar) {
    try {
        const { stderr } = await exec.run('mksquashfs', mksquashfsArguments(request, rootMode, offset), {
            stdinFrom: tar,
            timeoutMs: request.timeoutMs,
            ...(request.signal === undefined ? {} : { signal: request.signal })
        });
        // It leaves out what it does not take, says so, and ends well.
        if (stderr.trim() !== '')
            throw new LayerRefused(`mksquashfs: ${stderr.trim().slice(0, 500)}`);
    }
    catch (error) {
        // When the layers broke off, mksquashfs was ended: what broke them is the news.
        if (error instanceof ToolError && error.reason === 'cancelled' && tar.errored !== null)
            throw tar.errored;
        throw error;
    }
}
/** The arguments of mksquashfs. Exported for its test. */
function mksquashfsArguments({ output, compression, level }, rootMode, offset) {
    return [
        '-',
        output,
        '-tar',
        '-noappend',
        '-quiet',
        '-no-progress',
        ...['-comp', compression],
        ...(level === undefined ? [] : ['-Xcompression-level', String(level)]),
        ...['-mem', MEMORY],
        ...['-root-mode', rootMode.toString(8)],
        ...['-o', String(offset)]
    ];
}
function layerOf({ registry, repository, signal, onBytes }, descriptor) {
    return {
        digest: descriptor.digest,
        size: descriptor.size,
        async *open() {
            for await (const piece of registry.readBlob(repository, descriptor, signal)) {
                onBytes?.(piece.length);
                yield piece;
            }
        }
    };
}
/** An image that was a SIF before: Apptainer moves its definition, and adds to its labels and its apps. */
function refuse(at) {
    if (at === '.singularity.d' || at.startsWith('.singularity.d/') || at === '.build.labels') {
        return 'Apptainer has rules of its own for images that were made by it';
    }
    return at.startsWith('scif/apps/') ? 'Apptainer describes SCIF apps beside the file system' : undefined;
}
/** A version 4 UUID (RFC 9562). */
function randomId() {
    const id = randomBytes(16);
    id[6] = ((id[6] ?? 0) & 0x0f) | 0x40;
    id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
    return id;
}

;// CONCATENATED MODULE: ./lib/sif/index.ts
/** SIF images: making them, with Apptainer or without an unpacked tree, and looking into them without it. */







/***/ })

};
