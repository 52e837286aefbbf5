package org.fus.io.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/**
 * The changes that writers make to a disk, and nothing else: whatever must survive a crash is written through this seam, so
 * that tests can stand between a writer and its disk. A change is durable when the file, or for an entry the folder that
 * holds it, was forced after it. Safe for use by many threads.
 */
public interface Disk {
    /**
     * The file systems of this machine.
     *
     * @return the disk that every writer uses unless told otherwise
     */
    static Disk local() {
        return LocalDisk.INSTANCE;
    }

    /**
     * The file systems of this machine, for recordings: new files are written past the cache of the system, where it can, and
     * a thread hands them to the device while the next bytes come, so that a recording neither waits for the cache nor takes
     * memory from others. Keeps 12 MiB of buffers. A file has its thread from the first 4 MiB until it is closed; what
     * is promised is what {@link #local} promises.
     *
     * @param threads makes the threads
     * @return a disk for writers of large files
     */
    static Disk uncached(ThreadFactory threads) {
        return new UncachedDisk(threads);
    }

    /**
     * Makes a new file.
     *
     * @param file its folder must exist
     * @return open for writing, empty
     * @throws IOException when it exists or cannot be made
     */
    DiskFile create(Path file) throws IOException;

    /**
     * Opens an existing file for writing at positions.
     *
     * @param file an existing file
     * @return open for writing
     * @throws IOException when it cannot be opened
     */
    DiskFile open(Path file) throws IOException;

    /**
     * Makes a new folder.
     *
     * @param folder its parent must exist
     * @throws IOException when it exists or cannot be made
     */
    void createDirectory(Path folder) throws IOException;

    /**
     * Gives a file or folder another name in one step; an existing file of that name is replaced.
     *
     * @param from what exists
     * @param to the new name, on the same file system
     * @throws IOException when it cannot be moved; both are then as they were
     */
    void move(Path from, Path to) throws IOException;

    /**
     * Deletes a file or an empty folder, if it exists.
     *
     * @param path the file or folder
     * @throws IOException when it exists and cannot be deleted
     */
    void delete(Path path) throws IOException;

    /**
     * Makes the entries of a folder durable. Does nothing on Windows, which offers no such call and logs its entries itself.
     *
     * @param folder an existing folder
     * @throws IOException when the disk reports a failure
     */
    void forceDirectory(Path folder) throws IOException;

    /**
     * The room that is left.
     *
     * @param path an existing file or folder on the file system in question
     * @return bytes that this user may still write
     * @throws IOException when the file system does not tell
     */
    long usableBytes(Path path) throws IOException;
}
