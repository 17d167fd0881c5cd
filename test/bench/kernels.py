"""Starts and drives kernels with jupyter_client. Reads {name: argv} as JSON, prints {name: {starts, executes}} in ms.

A start is from the spawn until jupyter_client calls the kernel ready; an execute until it has both reply and idle.
"""

import json
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

rounds, warm_up, executions = (int(argument) for argument in sys.argv[1:])
commands = json.load(sys.stdin)
samples = {name: {"starts": [], "executes": []} for name in commands}


def execute(client):
    start = time.perf_counter()
    request = client.execute("1+1")
    reply = client.get_shell_msg(timeout=30)
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    assert reply["content"]["status"] == "ok", reply["content"]
    return (time.perf_counter() - start) * 1000


for _ in range(rounds):
    for name, argv in commands.items():
        manager = KernelManager(kernel_name=name)
        manager._kernel_spec = KernelSpec(argv=argv, interrupt_mode="message", language="x")
        start = time.perf_counter()
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            samples[name]["starts"].append((time.perf_counter() - start) * 1000)
            for _ in range(warm_up):
                execute(client)
            samples[name]["executes"] += [execute(client) for _ in range(executions)]
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
json.dump(samples, sys.stdout)
