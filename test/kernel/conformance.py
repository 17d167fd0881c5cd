"""The public conformance tests of kernels (jupyter_kernel_test), with samples in TypeScript.

argv: the command that starts the kernel, as JSON. The kernelspec lies in a folder of its own, given by JUPYTER_PATH.
Prints a JSON object: the name of each test and how it ended.
"""

import json
import os
import sys
import unittest

import jupyter_kernel_test

spec_folder = os.path.join(os.environ["JUPYTER_PATH"], "kernels", "quern-under-test")
os.makedirs(spec_folder)
with open(os.path.join(spec_folder, "kernel.json"), "w") as file:
    spec = {"argv": json.loads(sys.argv[1]), "display_name": "Quern", "language": "typescript", "interrupt_mode": "message"}
    json.dump(spec, file)


# They give a kernel 15 s for its answer, and a tenth of one for each output behind it: what is slower hangs to them.
jupyter_kernel_test.TIMEOUT = 60
jupyter_kernel_test.KernelTests.execute_helper.__defaults__ = (60, False, True, True)
ensure_sync = jupyter_kernel_test.ensure_sync
flush_channels = jupyter_kernel_test.KernelTests.flush_channels


def flush_all(self):
    """What it waits for is that nothing comes any more: as long as they do."""
    jupyter_kernel_test.ensure_sync = ensure_sync
    try:
        flush_channels(self)
    finally:
        jupyter_kernel_test.ensure_sync = lambda get: lambda timeout: ensure_sync(get)(timeout=60)


jupyter_kernel_test.KernelTests.flush_channels = flush_all


class QuernTests(jupyter_kernel_test.KernelTests):
    kernel_name = "quern-under-test"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [{"text": "Math.fro", "matches": ["fround"]}, {"text": "consol"}, {"text": "zzqq", "matches": []}]
    complete_code_samples = ["1", "const x = 1", "for (const a of []) {}", "/a[/]b/", "// c", "`a ${1} b`", "@d class A {}"]
    incomplete_code_samples = ["const x = {", "f(1,", "`a", "1 +", "/* c", "if (a)", "a\n  .", "async () =>", "`a ${"]
    invalid_code_samples = ["const 1x", ")", '"a', "x = = 1", "/a", "a b"]
    code_page_something = "console?"
    code_generate_error = "nowhere()"
    code_execute_result = [
        {"code": "'a' + 'b'", "result": "\u001b[32m'ab'\u001b[39m", "mime": "text/plain"},
        {"code": "6 * 7", "result": "\u001b[33m42\u001b[39m"},
        {"code": "html`<b>6</b>`", "result": "<b>6</b>", "mime": "text/html"},
        {"code": "range(3)", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": "display({ a: 1 })", "mime": "text/plain"},
        {"code": "display(svg`<svg/>`)", "mime": "image/svg+xml"},
        {"code": "display(range(3))", "mime": "text/html"},
    ]
    code_clear_output = "clearOutput()"
    code_history_pattern = "6 ? 7*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console"


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "quern-under-test"
    support_iopub_welcome = True


loader = unittest.TestLoader()
suite = unittest.TestSuite(loader.loadTestsFromTestCase(tests) for tests in (QuernTests, WelcomeTests))
names = [test.id().split(".", 1)[1] for group in suite for test in group]
result = unittest.TextTestRunner(stream=sys.stderr, verbosity=0).run(suite)
ended = {name: "ok" for name in names}
for kind, problems in (("skipped", result.skipped), ("failed", result.failures), ("failed", result.errors)):
    for test, text in problems:
        ended[test.id().split(".", 1)[-1].split(" ")[0]] = f"{kind}: {text[-1500:]}"
print(json.dumps(ended))
