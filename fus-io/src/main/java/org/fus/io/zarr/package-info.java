/**
 * Zarr version 3: chunked arrays in a store of keys and values, such as a folder.
 *
 * <p>{@link org.fus.io.zarr.ZarrArray} reads parts of an array, writes and appends; {@link org.fus.io.zarr.ZarrGroup} holds
 * arrays and attributes; {@link org.fus.io.zarr.ZarrStore} is where the bytes are. Supported are the regular grid, the
 * codecs {@code bytes}, {@code transpose}, {@code gzip}, {@code zstd}, {@code crc32c} and {@code sharding_indexed}, and the
 * core data types; what is not supported and must be understood is refused by name.
 *
 * @see <a href="https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html">Zarr core specification, version 3</a>
 */
package org.fus.io.zarr;
