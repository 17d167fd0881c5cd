"""Runs cells with magics by Jupyter's own client, and prints what came as JSON; magics.test.ts asserts on it.

argv: the command that starts the kernel, as JSON with {connection_file} in it. The kernelspec lies in a folder of its
own, given by JUPYTER_PATH.
"""

import json
import os
import sys

from jupyter_client.manager import KernelManager

spec_folder = os.path.join(os.environ["JUPYTER_PATH"], "kernels", "quern-under-test")
os.makedirs(spec_folder)
with open(os.path.join(spec_folder, "kernel.json"), "w") as file:
    json.dump({"argv": json.loads(sys.argv[1]), "display_name": "Quern", "language": "typescript"}, file)

observed = {"cells": []}
km = KernelManager(kernel_name="quern-under-test")
km.start_kernel(cwd=os.environ["JUPYTER_PATH"])
try:
    kc = km.client()
    kc.start_channels()
    kc.wait_for_ready(timeout=60)

    def run(code):
        cell = {"stream": "", "data": {}}

        def hear(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                cell["stream"] += content["text"]
            if message["msg_type"] in ("display_data", "execute_result"):
                cell["data"] = content["data"]

        reply = kc.execute_interactive(code, timeout=60, output_hook=hear)["content"]
        cell.update(status=reply["status"], evalue=reply.get("evalue"), payload=reply.get("payload"))
        observed["cells"].append(cell)

    def completeness(code):
        asked = kc.is_complete(code)
        while True:
            message = kc.get_shell_msg(timeout=60)
            if message["parent_header"].get("msg_id") == asked:
                return message["content"]["status"]

    run("const flights = createDataFrame([{ delay: 5 }, { delay: 50 }]), done = false\nflights")
    run("!echo from the shell")
    run("!exit 3")
    run("!done")
    run("%%sql --save late\nselect delay * 2 as twice from flights where delay > 10")
    run("%time const n: number = await late.count()\nn")
    run("%%md\n# A title")
    run("%who DataFrame")
    run("%whoo")
    run("%%time\nconst wrong: number = 'text'")
    asked = ["%%sql\nselect 1", "%%sql\nselect 1\n", "!ls", "!done &&", "%time f("]
    observed["completeness"] = [completeness(code) for code in asked]
finally:
    km.shutdown_kernel(now=True)

print("\n" + json.dumps(observed))
