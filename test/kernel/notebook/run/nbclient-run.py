"""`run IN OUT`: runs a notebook with nbclient in its folder, until a cell fails. `check FILE`: is it valid to nbformat?"""

import os
import sys

import nbclient
import nbformat

what, path = sys.argv[1:3]
notebook = nbformat.read(path, as_version=4)
if what == "check":
    nbformat.validate(notebook)
    print(f"{notebook.nbformat}.{notebook.nbformat_minor}")
else:
    folder = os.path.dirname(path)
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}})
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError:
        pass
    nbformat.write(notebook, sys.argv[3])
