"""Drives a kernel with Jupyter's own client, and prints what it observed as JSON; jupyter.test.ts asserts on it.

argv: the command that starts the kernel, as JSON with {connection_file} in it, and the transport (tcp or ipc).
The kernelspec lies in a folder of its own, given by JUPYTER_PATH.
"""

import json
import os
import sys
import time

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

argv, transport = json.loads(sys.argv[1]), sys.argv[2]
spec_folder = os.path.join(os.environ["JUPYTER_PATH"], "kernels", "quern-under-test")
os.makedirs(spec_folder)
with open(os.path.join(spec_folder, "kernel.json"), "w") as file:
    spec = {"argv": argv, "display_name": "Quern", "language": "typescript", "interrupt_mode": "message"}
    json.dump(spec, file)

observed = {}
km = KernelManager(kernel_name="quern-under-test", transport=transport)
km.start_kernel()
try:
    kc = km.client()
    kc.start_channels()
    kc.wait_for_ready(timeout=60)

    def run(code, **options):
        """The reply and all that was published for one cell, in order."""
        outputs = []
        reply = kc.execute_interactive(
            code,
            timeout=60,
            output_hook=lambda message: outputs.append([message["msg_type"], message["content"]]),
            **options,
        )
        return {"reply": reply["content"], "outputs": outputs}

    def reply_to(message_id, channel="shell"):
        get = kc.get_shell_msg if channel == "shell" else kc.get_control_msg
        while True:
            message = get(timeout=60)
            if message["parent_header"].get("msg_id") == message_id:
                return message["content"]

    observed["hello"] = run('console.log("hello, world"); 6 * 7')
    observed["error"] = run("const x: number = 1;\n(null as any).length")
    observed["expressions"] = run("let a = 20", user_expressions={"twice": "a * 2", "wrong": "nowhere"})
    observed["unstored"] = run("1", store_history=False)
    observed["silent"] = run("console.log('unheard'); 1", silent=True)

    kc.allow_stdin = True
    observed["prompt"] = run(
        'console.log(`hello ${prompt("Who?")}`)',
        allow_stdin=True,
        stdin_hook=lambda message: kc.input("Ada"),
    )
    observed["noprompt"] = run('prompt("Who?")', allow_stdin=False)

    code = 'const s = "\U0001f600"; Mat'
    observed["complete"] = reply_to(kc.complete(code, len(code)))
    observed["inspect"] = reply_to(kc.inspect("a", 1))

    # A cell computes, and the kernel answers.
    busy = kc.execute("while (true);")
    while kc.get_iopub_msg(timeout=60)["msg_type"] != "execute_input":
        pass
    queued = kc.execute("console.log('never')")
    reply_to(kc.is_complete("1"))
    observed["is_complete"] = reply_to(kc.is_complete("const x = `a"))
    observed["complete_while_busy"] = reply_to(kc.complete("cons", 4))
    observed["beating"] = kc.is_alive()
    km.interrupt_kernel()
    observed["interrupted"] = reply_to(busy)
    observed["aborted"] = reply_to(queued)
    observed["after_interrupt"] = run("a")

    observed["crash"] = run("process.exit(3)")
    observed["after_crash"] = run("typeof a")

    # A message signed with another key, and one that was seen before.
    forger = Session(key=b"another key")
    forged = forger.msg("execute_request", {"code": "console.log('forged')", "silent": False})
    forger.send(kc.shell_channel.socket, forged)
    frames = kc.session.serialize(kc.session.msg("execute_request", {"code": "console.log('once')"}))
    for _ in range(2):
        kc.shell_channel.socket.send_multipart(frames)
    kc.shell_channel.get_msg(timeout=60)
    reply_to(kc.kernel_info())
    texts = []
    while kc.iopub_channel.msg_ready() or not texts:
        message = kc.get_iopub_msg(timeout=60)
        if message["msg_type"] == "stream":
            texts.append(message["content"]["text"])
    observed["dropped"] = texts

    late = kc.execute("setTimeout(() => console.log('late'), 200); 0")
    reply_to(late)
    other = kc.execute("await new Promise((done) => setTimeout(done, 500))")
    reply_to(other)
    parents = []
    while True:
        message = kc.get_iopub_msg(timeout=60)
        if message["msg_type"] == "stream":
            parents.append(message["parent_header"]["msg_id"])
        if message["content"].get("execution_state") == "idle" and message["parent_header"]["msg_id"] == other:
            break
    observed["late_under_own_cell"] = parents == [late]

    kc.hb_channel.unpause()
    limit = time.time() + 60
    kc.shutdown()
    while km.is_alive() and time.time() < limit:
        time.sleep(0.01)
    observed["exit_code"] = km.provisioner.process.returncode
    kc.stop_channels()
finally:
    km.shutdown_kernel(now=True)
print(json.dumps(observed))
