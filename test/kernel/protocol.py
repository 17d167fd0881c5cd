"""Goes through the protocol with Jupyter's own client, and prints what it observed as JSON; protocol.test.ts asserts on it.

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
    spec = {"argv": json.loads(sys.argv[1]), "display_name": "Quern", "language": "typescript", "interrupt_mode": "message"}
    json.dump(spec, file)

observed = {}
km = KernelManager(kernel_name="quern-under-test")
km.start_kernel()
kc = km.client()
kc.start_channels()
kc.wait_for_ready(timeout=60)

seen = []


def until_idle(message_id):
    """What is published for a message up to its idle; what belongs to others is kept for them."""
    while True:
        for index, message in enumerate(seen):
            if message["parent_header"].get("msg_id") == message_id and message["content"].get("execution_state") == "idle":
                mine = [one for one in seen[: index + 1] if one["parent_header"].get("msg_id") == message_id]
                for one in mine:
                    seen.remove(one)
                return mine
        seen.append(kc.get_iopub_msg(timeout=60))


def told(messages):
    return [
        [one["msg_type"], one["content"], [bytes(part).hex() for part in one["buffers"]], one["metadata"]]
        for one in messages
        if one["msg_type"] not in ("status", "execute_input")
    ]


replies = {}


def reply_to(message_id, channel="shell"):
    get = kc.get_shell_msg if channel == "shell" else kc.get_control_msg
    while message_id not in replies:
        message = get(timeout=60)
        replies[message["parent_header"].get("msg_id")] = message["content"]
    return replies.pop(message_id)


def send(message_type, content, channel="shell", header=None, **extras):
    message = kc.session.msg(message_type, content)
    message["header"].update(header or {})
    socket = kc.shell_channel if channel == "shell" else kc.control_channel
    kc.session.send(socket.socket, message, **extras)
    return message["header"]["msg_id"]


def ask(message_type, content, channel="shell", **extras):
    return reply_to(send(message_type, content, channel, **extras), channel)


def run(code, **options):
    message_id = kc.execute(code, **options)
    return {"reply": reply_to(message_id), "outputs": told(until_idle(message_id))}


def answered(code, value):
    """A cell that asks once."""
    message_id = kc.execute(code, allow_stdin=True)
    question = kc.get_stdin_msg(timeout=60)["content"]
    kc.input(value)
    return {"question": question, "reply": reply_to(message_id), "outputs": told(until_idle(message_id))}


def without_status(reply):
    return {key: value for key, value in reply.items() if key != "metadata"}


try:
    observed["info"] = {channel: ask("kernel_info_request", {}, channel) for channel in ("shell", "control")}

    first = kc.execute("throw new Error('no')", stop_on_error=False)
    second = kc.execute("'runs'")
    observed["go_on"] = [reply_to(first)["status"], reply_to(second)["status"]]
    # In one turn, as "run all" sends them.
    both = [kc.execute("throw new Error('no')"), kc.execute("'never'"), kc.execute("'never'", stop_on_error=False)]
    observed["stop"] = [reply_to(one).get("ename") for one in both]

    observed["silent"] = run("console.log('unheard'); globalThis.quiet = 1", silent=True)
    observed["quiet"] = run("quiet", user_expressions={"same": "quiet + 1", "typed": "1 as number"})

    observed["pages"] = [run(code)["reply"]["payload"] for code in ("Math.max?", "Math.max??")]
    observed["next"] = run("setNextInput('1 + 1')")["reply"]["payload"]

    observed["wait"] = run("console.log('a'); clearOutput({ wait: true }); console.log('b'); clearOutput()")["outputs"]
    observed["display"] = run(
        "const h = display('one', { displayId: 'd' }); await h; await h.update('two'); display({ 'text/plain': 'raw' }, { raw: true })"
    )["outputs"]
    observed["later"] = run("await display('three', { displayId: 'd', update: true })")["outputs"]

    emoji = 'const s = "\U0001f600\U0001f600"; Math.ab'
    observed["complete"] = without_status(kc and ask("complete_request", {"code": emoji, "cursor_pos": len(emoji)}))
    observed["inspect"] = ask("inspect_request", {"code": '"\U0001f600"; Math', "cursor_pos": 7, "detail_level": 0})
    observed["inside"] = ask("complete_request", {"code": 'Mat; "\U0001f600"', "cursor_pos": 3})["matches"]
    observed["is_complete"] = {
        code: ask("is_complete_request", {"code": code})
        for code in ("1", "function f() {", "  if (a) {", "const x = (", "`a", "const 1", "Math?")
    }

    observed["input"] = answered("input('Who? ')", "Ada")
    observed["password"] = answered("input('Key', { password: true }).length", "s3cret")
    observed["confirm"] = answered("confirm('Sure?')", "y")
    observed["eof"] = answered("input('Who?')", "\x04")
    observed["refused"] = run("input('Who?')", allow_stdin=False)["reply"]
    waiting = kc.execute("input('Who?')", allow_stdin=True)
    kc.get_stdin_msg(timeout=60)
    km.interrupt_kernel()
    observed["interrupted_input"] = reply_to(waiting)
    kc.input("late")
    observed["after_late"] = answered("input('Again?')", "in time")

    for code in ("'first'", "'second'", "'first'"):
        run(code)
    history = lambda **wanted: ask("history_request", {"raw": True, "output": False, **wanted})["history"]
    observed["tail"] = history(hist_access_type="tail", n=3)
    [session, line, _] = observed["tail"][0]
    observed["range"] = history(hist_access_type="range", session=session, start=line, stop=line + 2)
    observed["current"] = history(hist_access_type="range", session=0, start=line, stop=line + 1)
    observed["search"] = history(hist_access_type="search", pattern="'f?rst*")
    observed["unique"] = history(hist_access_type="search", pattern="'f?rst*", unique=True)
    observed["last_found"] = history(hist_access_type="search", pattern="'*", n=2)
    observed["with_output"] = history(hist_access_type="tail", n=1, output=True)

    run("comm.registerTarget('echo', (line) => { line.onMsg = ({ data, buffers }) => line.send(data, { m: 1 }, buffers) })")
    until_idle(send("comm_open", {"comm_id": "c1", "target_name": "echo", "data": {}}))
    message = send("comm_msg", {"comm_id": "c1", "data": {"x": 1}}, buffers=[b"\x01\x02", memoryview(b"\xff")])
    observed["comm"] = told(until_idle(message))
    observed["comm_info"] = [ask("comm_info_request", wanted)["comms"] for wanted in ({}, {"target_name": "none"})]
    observed["unknown_target"] = told(until_idle(send("comm_open", {"comm_id": "c2", "target_name": "none", "data": {}})))

    subshell = ask("create_subshell_request", {}, "control")["subshell_id"]
    busy = kc.execute("let open; console.log('in'); await new Promise((done) => { open = done }); 'out'")
    beside = send(
        "execute_request",
        {"code": "while (!open) await null; open(); 6 * 7", "silent": False, "store_history": True, "allow_stdin": False},
        header={"subshell_id": subshell},
    )
    observed["subshell"] = [reply_to(beside)["status"], reply_to(busy)["status"]]
    observed["subshells"] = ask("list_subshell_request", {}, "control")["subshell_id"] == [subshell]
    observed["deleted"] = ask("delete_subshell_request", {"subshell_id": subshell}, "control")["status"]

    observed["debug"] = ask("debug_request", {"type": "request", "seq": 1, "command": "initialize"}, "control")

    km.restart_kernel()
    kc.wait_for_ready(timeout=60)
    seen.clear()
    observed["restarted"] = run("typeof quiet")
    observed["before_restart"] = history(hist_access_type="range", session=-1, start=line, stop=line + 1)
    observed["shutdown"] = ask("shutdown_request", {"restart": False}, "control")
    kc.stop_channels()
finally:
    km.shutdown_kernel(now=True)
print(json.dumps(observed))
