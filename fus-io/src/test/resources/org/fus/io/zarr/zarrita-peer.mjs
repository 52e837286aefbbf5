// zarrita, an independent implementation of Zarr, as a peer of the tests.
//   node zarrita-peer.mjs MODULES read STORE PATH    prints what it sees as JSON, with the SHA-256 of the row-major values
//   node zarrita-peer.mjs MODULES write STORE        writes arrays of the numbers 0, 1, 2, ...
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, mode, folder, node] = process.argv.slice(2);
const entry = path.join(modules, 'node_modules', 'zarrita', 'dist', 'src', 'index.js');
const zarr = await import(pathToFileURL(path.resolve(entry)));

const store = {
  async get(key) {
    const file = path.join(folder, key);
    return fs.existsSync(file) && fs.statSync(file).isFile() ? new Uint8Array(fs.readFileSync(file)) : undefined;
  },
  async getRange(key, range) {
    const bytes = await this.get(key);
    if (bytes === undefined) return undefined;
    return 'suffixLength' in range
      ? bytes.slice(bytes.length - range.suffixLength)
      : bytes.slice(range.offset, range.offset + range.length);
  },
  async set(key, value) {
    const file = path.join(folder, key);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, value);
  },
};

function rowMajor({ data, shape, stride }) {
  const values = data.constructor === zarr.BoolArray ? Uint8Array.from(data, Number) : data;
  const out = new values.constructor(shape.reduce((a, b) => a * b, 1));
  const at = shape.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = values[at.reduce((sum, p, axis) => sum + p * stride[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0 && ++at[axis] === shape[axis]; axis--) at[axis] = 0;
  }
  return out;
}

if (mode === 'read') {
  const at = zarr.root(store).resolve(node);
  const array = await zarr.open.v3(at, { kind: 'array' });
  const values = rowMajor(await zarr.get(array));
  const sha256 = crypto.createHash('sha256').update(Buffer.from(values.buffer)).digest('hex');
  console.log(JSON.stringify({ shape: array.shape, dtype: array.dtype, attributes: array.attrs, sha256 }));
} else {
  const little = { name: 'bytes', configuration: { endian: 'little' } };
  const big = { name: 'bytes', configuration: { endian: 'big' } };
  const chains = {
    plain: [little],
    big: [big],
    zstd: [little, { name: 'zstd', configuration: { level: 3, checksum: true } }],
    transpose: [{ name: 'transpose', configuration: { order: [2, 0, 1] } }, little],
  };
  for (const [name, codecs] of Object.entries(chains)) {
    const array = await zarr.create(zarr.root(store).resolve(name), {
      shape: [5, 7, 3], chunkShape: [2, 4, 3], dtype: 'int32', codecs, fillValue: -1,
      attributes: { unit: 'µV' }, dimensionNames: ['time', 'z', 'x'],
    });
    const data = Int32Array.from({ length: 5 * 7 * 3 }, (_, i) => i);
    await zarr.set(array, null, { data, shape: [5, 7, 3], stride: [21, 3, 1] });
  }
  console.log('{}');
}
