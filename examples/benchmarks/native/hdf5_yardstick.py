"""Reads data sets of HDF5 files with h5py, by the protocol of yardstick.h.

Arguments: files with a contiguous data set "Data" of float64 [time][z][y][x]. It is first stored anew in chunks of one
volume, with gzip for those files that have it in their name, so that both sides read the same chunks. The variants are the
names of the files.
"""

import os
import sys
import time

import h5py
import numpy as np


def chunk(path):
    with h5py.File(path, "r+") as file:
        values = file["Data"][...]
        gzip = {"compression": "gzip", "compression_opts": 4} if "gzip" in path else {}
        del file["Data"]
        file.create_dataset("Data", data=values, chunks=(1,) * (values.ndim - 3) + values.shape[-3:], **gzip)


def read(path):
    with h5py.File(path, "r") as file:
        return file["Data"][...]


files = {os.path.basename(path): path for path in sys.argv[1:]}
last = {}
for path in files.values():
    chunk(path)
print("ready", flush=True)
for line in sys.stdin:
    command, name, *_ = line.split()
    if command == "run":
        wall, cpu = time.perf_counter(), time.process_time()
        last[name] = read(files[name])
        print((time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3, flush=True)
    else:
        print(repr(float(np.abs(last[name].ravel()[::97]).sum())), flush=True)
