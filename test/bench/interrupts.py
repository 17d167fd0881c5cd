"""Interrupts cells in kernels with jupyter_client.

Reads {kernels: {name: {argv, mode, language}}, cases: {name: {language: code}}} as JSON; prints
{case: {kernel: {ename, seconds, state, nextSeconds}}}. `ename` is null where no reply came; the kernel is then replaced.
"""

import json
import queue
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

patience = 15
given = json.load(sys.stdin)
kept = {"typescript": "const kept = 42; kept", "python": "kept = 42; kept"}


class Kernel:
    def __init__(self, name, argv, mode, language):
        self.language = language
        self.manager = KernelManager(kernel_name=name)
        self.manager._kernel_spec = KernelSpec(argv=argv, interrupt_mode=mode, language=language)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.run(kept[language])

    def reply(self, request):
        end = time.perf_counter() + patience
        while True:
            message = self.client.get_shell_msg(timeout=max(0.01, end - time.perf_counter()))
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def run(self, code):
        request = self.client.execute(code)
        content = self.reply(request)
        text = None
        while True:
            message = self.client.get_iopub_msg(timeout=patience)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "execute_result":
                text = message["content"]["data"].get("text/plain")
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return content, text

    def interrupted(self, code):
        request = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=patience)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream" and "go" in message["content"]["text"]:
                break
        # Not in the very moment in which it begins.
        time.sleep(0.3)
        start = time.perf_counter()
        self.manager.interrupt_kernel()
        content = self.reply(request)
        return content.get("ename") or content["status"], time.perf_counter() - start

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


results = {case: {} for case in given["cases"]}
for name, how in given["kernels"].items():
    kernel = None
    for case, codes in given["cases"].items():
        if how["language"] not in codes or (name.startswith("Deno") and not codes.get("plain", True)):
            continue
        kernel = kernel or Kernel(name, **how)
        found = {"ename": None, "seconds": None, "state": "lost", "nextSeconds": None}
        results[case][name] = found
        try:
            found["ename"], found["seconds"] = kernel.interrupted(codes[how["language"]])
            start = time.perf_counter()
            content, text = kernel.run(codes.get("next", "kept") if how["language"] == "typescript" else "kept")
            found["nextSeconds"] = time.perf_counter() - start
            found["state"] = "kept" if content["status"] == "ok" and "42" in (text or "") else "lost"
        except (queue.Empty, RuntimeError):
            pass
        if found["state"] == "lost":
            kernel.stop()
            kernel = None
    if kernel:
        kernel.stop()
json.dump(results, sys.stdout)
