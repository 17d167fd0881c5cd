"""Runs a notebook with nbclient in its folder: `run.py IN OUT KERNEL`."""

import os
import sys

import nbclient
import nbformat

path, out, kernel = sys.argv[1:4]
notebook = nbformat.read(path, as_version=4)
nbclient.NotebookClient(
    notebook,
    timeout=600,
    kernel_name=kernel,
    resources={"metadata": {"path": os.path.dirname(path)}},
).execute()
nbformat.write(notebook, out)
