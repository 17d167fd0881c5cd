"""Runs a notebook with nbclient, as Jupyter's own tools do, and prints the executed notebook as JSON."""

import sys

import nbclient
import nbformat

path, folder, timeout_s = sys.argv[1], sys.argv[2], int(sys.argv[3])
notebook = nbformat.read(path, as_version=4)
nbclient.NotebookClient(
    notebook,
    timeout=timeout_s,
    allow_errors=True,
    resources={"metadata": {"path": folder}},
).execute()
sys.stdout.write(nbformat.writes(notebook))
