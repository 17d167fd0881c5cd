// Quern's own files import each other by their whole names. Node would look at the disk several times for each, in
// processes of hundreds of them, and there is nothing to find out: this saves a tenth of the work.
// Plain JavaScript, since it comes before the first TypeScript file; what is imported behind it has the use.
import module from "node:module";

const folders = ["./", "../kernel/"].map((folder) => new URL(folder, import.meta.url).href);
const formats = { ".ts": "module-typescript", ".js": "module" };

module.registerHooks({
  resolve(specifier, context, next) {
    const { parentURL } = context;
    const format = specifier.startsWith(".") ? formats[specifier.slice(-3)] : undefined;
    if (format === undefined || !folders.some((folder) => parentURL?.startsWith(folder)))
      return next(specifier, context);
    return { url: new URL(specifier, parentURL).href, format, shortCircuit: true };
  },
});
