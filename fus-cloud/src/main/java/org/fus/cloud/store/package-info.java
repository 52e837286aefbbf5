/**
 * The acquisition store: every chunk of data is kept once, under the name of its content, and a manifest for each version of
 * an acquisition says which chunks make which files. The page docs/store.md shows the layout.
 */
package org.fus.cloud.store;
